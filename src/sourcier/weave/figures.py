"""Figures: the tolls of a ledger, and how two of them stand to each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import msgspec

from sourcier.types import Capture, Evidence, Toll
from sourcier.weave import rules
from sourcier.weave.likeness import same_outlet
from sourcier.weave.wording import Wording

_OPEN = 10**9
_ABOUT = 0.2  # by which a figure given as "about" may be off
_COLLECTIVE = "office:authorities:"


class Figure(msgspec.Struct, frozen=True, gc=False):
    """A toll with all that its line depends on.

    `number` is the figure printed, `as_of` when the claimant spoke. `named` tells whether the text
    names who gave it, `official` whether that is an office or its channel, `own_channel` whether the
    claimant published it. `source` is the claim that this one relays, where its capture is a copy;
    `withdrawn` says why the dispatch no longer stands, `who` why the claimant is the claimant.
    """

    toll: Toll
    number: int | None
    capture: Capture | None
    wording: Wording
    as_of: datetime
    claimant: str
    name: str
    reported: datetime
    publisher: str | None = None
    named: bool = False
    official: bool = False
    source: str | None = None
    source_why: tuple[Evidence, ...] = ()
    withdrawn: Evidence | None = None
    who: tuple[Evidence, ...] = ()

    @property
    def own_channel(self) -> bool:
        """Tell whether the claimant published the figure."""
        return self.publisher == self.claimant


def parts(told: Sequence[Figure]) -> frozenset[str]:
    """Return the claims that count a part of what their own text counts as a whole.

    "Two more bodies were found, which makes four dead"; "twelve injured, the hospital says, two of them
    badly": a figure up to half of another of the same claimant, or for which nobody is named, is a part.
    One that the text sets against another is none.
    """
    beside: dict[str, list[Figure]] = defaultdict(list)
    for figure in told:
        if figure.toll.stance not in ("disputed", "denied"):
            beside[figure.toll.capture].append(figure)
    return frozenset(
        figure.toll.id
        for found in beside.values()
        if len(found) > 1
        for figure in found
        if any(_holds(whole, figure) for whole in found)
    )


def _holds(whole: Figure, figure: Figure) -> bool:
    """Tell whether a figure may be a part of another of its text."""
    size = figure.number or 0
    return 0 < 2 * size <= (whole.number or 0) and (
        figure.claimant == whole.claimant or not figure.named
    )


def agreed(figure: Figure, other: Figure) -> bool:
    """Tell whether two claimants gave one number at about the same time."""
    if figure.claimant == other.claimant or not same_number(figure, other):
        return False
    return abs(figure.as_of - other.as_of) <= rules.RELAY_LAG


def outdates(later: Figure, figure: Figure) -> bool:
    """Tell whether a figure is older than one that excludes it, and upheld against no rival."""
    return later.as_of > figure.as_of and revisable(later, figure)


def same_number(one: Figure, other: Figure) -> bool:
    """Tell whether two figures are one number of one scope."""
    return one.number == other.number and one.toll.scope == other.toll.scope


def same_terms(one: Figure, other: Figure) -> bool:
    """Tell whether two figures are given in the same terms: bounds, qualifier, provisional or not."""
    mine = (one.toll.low, one.toll.high, one.toll.qualifier, one.toll.provisional)
    return mine == (other.toll.low, other.toll.high, other.toll.qualifier, other.toll.provisional)


def credits(figure: Figure, other: Figure) -> bool:  # noqa: A001
    """Tell whether a figure is relayed from the outlet that published another."""
    return any(same_outlet(relay, other.wording.outlet) for relay in figure.wording.relays)


def reworded(figure: Figure, other: Figure) -> bool:
    """Tell whether two relays word one figure of one speaker differently within a few hours."""
    return (
        not figure.own_channel
        and figure.toll.dispatch != other.toll.dispatch
        and abs(figure.as_of - other.as_of) <= rules.RELAY_LAG
        and figure.wording.revision is None
    )


def says_anew(figure: Figure, source: Figure) -> bool:
    """Tell whether a text like an earlier one says that its figure replaces another: it is no copy."""
    return figure.wording.revision is not None and source.wording.revision is None


def told_late(figure: Figure, later: Figure) -> bool:
    """Tell whether an old figure may be a late relay: the one that replaced it is only hours old."""
    return (
        figure.toll.said is None
        and figure.as_of - later.as_of <= rules.RELAY_LAG
        and figure.wording.revision is None
    )


def echoes(figure: Figure, other: Figure) -> bool:
    """Tell whether an outlet repeats in its own voice what somebody named has said."""
    unsourced = not figure.named and not figure.official
    return unsourced and (other.named or other.official) and not excluded(figure, other)


def softer(figure: Figure, other: Figure) -> bool:
    """Tell whether a figure is limited where another is not ("at least", "provisional")."""
    if figure.toll.qualifier != other.toll.qualifier:
        return other.toll.qualifier == "exact"
    return figure.toll.provisional and not other.toll.provisional


def retells(figure: Figure, other: Figure) -> bool:
    """Tell whether the claimant of a figure now publishes somebody else's, which excludes it."""
    return (
        figure.publisher == other.claimant
        and figure.toll.stance == other.toll.stance == "asserted"
        and excluded(figure, other)
    )


def speaks_for(figure: Figure, other: Figure) -> bool:
    """Tell whether an office now says what "the authorities" as a whole said differently."""
    return other.claimant.startswith(_COLLECTIVE) and figure.official and excluded(figure, other)


def replaces(figure: Figure, other: Figure) -> bool:
    """Tell whether a text that revises a toll names the figure of another claimant as the old one."""
    if figure.wording.revision is None or not revisable(figure, other):
        return False
    return other.number in figure.wording.replaces


def goes_on(figure: Figure, other: Figure) -> bool:
    """Tell whether a text that revises a toll follows its own outlet's earlier report."""
    same = figure.wording.outlet == other.wording.outlet
    return same and figure.wording.revision is not None and revisable(figure, other)


def revisable(figure: Figure, other: Figure) -> bool:
    """Tell whether two figures exclude each other and the other is not upheld against rivals."""
    return other.toll.stance != "disputed" and excluded(figure, other)


def excluded(one: Figure, other: Figure) -> bool:
    """Tell whether no number fits both figures."""
    (low, high), (other_low, other_high) = _bounds(one.toll), _bounds(other.toll)
    return high < other_low or other_high < low


def _bounds(toll: Toll) -> tuple[int, int]:
    low = toll.low or 0
    high = _OPEN if toll.high is None else toll.high
    if toll.qualifier == "about":
        return round(low * (1 - _ABOUT)), round(high * (1 + _ABOUT))
    return low, high
