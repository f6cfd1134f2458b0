"""Books: the figures and ledgers of one event, made anew only as far as something they rest on changed.

Dispatches come in the order of time for the most part: then a ledger goes on where it ended, and the
tolls of a dispatch cost little more in an event of a thousand dispatches than in one of three.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sourcier.types import Claim, Copy, Ledger, Toll
from sourcier.weave.dispatches import Version
from sourcier.weave.events import Record
from sourcier.weave.facts import number
from sourcier.weave.figures import Figure
from sourcier.weave.ledgers import Key, ledgers, sorted_out
from sourcier.weave.origins import Spring
from sourcier.weave.sheets import Sheet
from sourcier.weave.speakers import outlet
from sourcier.weave.wording import wording

if TYPE_CHECKING:
    from sourcier.weave.known import Known


class _Text(NamedTuple):
    """All that the figures of one capture follow from, beside the origin of each."""

    copy: Copy | None
    versions: tuple[Version, ...]
    told: tuple[tuple[Claim, ...], ...]  # by it, by other versions of it, and by what it copies


_Ground = tuple[Spring, bool, _Text]
"""All that a toll's figure follows from: its origin, whether that is official, its text."""


class Book:
    """The figures and ledgers of one event."""

    def __init__(self) -> None:
        self._figures: dict[str, tuple[_Ground, Figure]] = {}
        self._sheets: dict[Key, Sheet] = {}

    def ledgers(self, known: Known, record: Record) -> tuple[Ledger, ...]:
        """Return the ledgers of the event as they stand."""
        tolls = [c for c in record.claims if isinstance(c, Toll) and c.scope == "event"]
        texts = {toll.capture: toll.dispatch for toll in tolls}
        grounds = {name: _text(known, name, dispatch) for name, dispatch in texts.items()}
        self._figures = {t.id: self._figure(known, t, grounds[t.capture]) for t in tolls}
        told = sorted_out([figure for _, figure in self._figures.values()])
        self._sheets = {key: self._sheet(key, figures) for key, figures in told.items()}
        return ledgers(record.id, {key: sheet.closed() for key, sheet in self._sheets.items()})

    def _figure(self, known: Known, toll: Toll, text: _Text) -> tuple[_Ground, Figure]:
        """Return a toll's figure, the one that was where nothing it follows from changed."""
        spring = known.tracer.trace(toll)
        ground = spring, known.speakers.is_official(spring.speaker.key), text
        kept = self._figures.get(toll.id)
        if kept is not None and kept[0] == ground:
            return kept
        return ground, _made(toll, ground, known)

    def _sheet(self, key: Key, figures: list[Figure]) -> Sheet:
        """Return the sheet of some figures: the one that was goes on, if all others come after."""
        sheet = self._sheets.get(key)
        if sheet is None or not sheet.precedes(figures):
            return Sheet(figures)
        sheet.enter(figures[len(sheet.entered) :])
        return sheet


def _text(known: Known, capture: str, dispatch: str) -> _Text:
    copy, versions = known.copies.get(capture), known.dispatches.versions(dispatch)
    names = [capture, *(version.id for version in versions if version.id != capture)]
    if copy is not None and copy.origin is not None:
        names.append(copy.origin)
    return _Text(copy, versions, tuple([known.told[name] for name in names]))


def _made(toll: Toll, ground: _Ground, known: Known) -> Figure:
    spring, official, (copy, versions, _) = ground
    parent, capture = known.tracer.parent(toll), known.captures.get(toll.capture)
    earlier = _restated(known, toll, versions)
    said = wording(toll, capture, known.told[toll.capture], known.moments[toll.capture])
    standing = known.told[versions[-1].id] if versions else ()
    return Figure(
        toll=toll,
        number=number(toll),
        capture=capture,
        wording=said,
        as_of=said.as_of,
        claimant=spring.speaker.key,
        name=spring.speaker.name,
        reported=known.moments[toll.capture],
        publisher=outlet(said.outlet),
        named=spring.raw is not None,
        official=official,
        who=spring.why,
        source=earlier or (parent.id if parent else None),
        source_why=copy.why if copy and parent and not earlier else (),
        withdrawn=known.dispatches.withdrawn(toll, standing),
    )


def _restated(known: Known, toll: Toll, versions: tuple[Version, ...]) -> str | None:
    """Return the claim of an earlier version of the same dispatch that a toll says again."""
    for version in versions:
        if version.id == toll.capture:
            return None
        for claim in known.told[version.id]:
            if isinstance(claim, Toll) and _unchanged(claim, toll):
                return claim.id
    return None


def _unchanged(one: Toll, other: Toll) -> bool:
    mine = (one.outcome, one.low, one.high, one.qualifier, one.provisional, one.of)
    theirs = (other.outcome, other.low, other.high, other.qualifier, other.provisional, other.of)
    return mine == theirs and (one.part_of is None) == (other.part_of is None)
