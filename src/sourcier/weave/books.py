"""Books: the figures and ledgers of one event, made anew only as far as something they rest on changed.

Dispatches come in the order of time for the most part: then a ledger goes on where it ended, and the
tolls of a dispatch cost little more in an event of a thousand dispatches than in one of three.
"""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from sourcier.types import Ledger, Toll
from sourcier.weave.dispatches import Version
from sourcier.weave.events import Record
from sourcier.weave.facts import number
from sourcier.weave.figures import Figure
from sourcier.weave.ledgers import Key, ledgers, sorted_out
from sourcier.weave.sheets import Sheet
from sourcier.weave.speakers import outlet
from sourcier.weave.wording import wording

if TYPE_CHECKING:
    from sourcier.weave.known import Known


class Book:
    """The figures and ledgers of one event."""

    def __init__(self) -> None:
        self._figures: dict[str, Figure] = {}
        self._sheets: dict[Key, Sheet] = {}
        self._channels = 0

    def ledgers(self, known: Known, record: Record, fresh: Set[str]) -> tuple[Ledger, ...]:
        """Return the ledgers of the event as they stand.

        `fresh` are the captures of which something changed since the event was last looked at.
        """
        tolls = [c for c in record.claims if isinstance(c, Toll) and c.scope == "event"]
        if self._channels != known.speakers.channels:
            self._channels = known.speakers.channels
            fresh = {toll.capture for toll in tolls}
        self._figures = {toll.id: self._figure(known, toll, fresh) for toll in tolls}
        told = sorted_out(list(self._figures.values()))
        self._sheets = {key: self._sheet(key, figures) for key, figures in told.items()}
        return ledgers(record.id, {key: sheet.closed() for key, sheet in self._sheets.items()})

    def _figure(self, known: Known, toll: Toll, fresh: Set[str]) -> Figure:
        """Return a toll's figure, the very one that was where it is the same."""
        kept = self._figures.get(toll.id)
        if kept is not None and toll.capture not in fresh:
            return kept
        made = _made(known, toll)
        return kept if kept is not None and made == kept else made

    def _sheet(self, key: Key, figures: list[Figure]) -> Sheet:
        """Return the sheet of some figures: the one that was goes on, if all others come after."""
        sheet = self._sheets.get(key)
        if sheet is None or not sheet.precedes(figures):
            return Sheet(figures)
        sheet.enter(figures[len(sheet.entered) :])
        return sheet


def _made(known: Known, toll: Toll) -> Figure:
    name, spring, parent = toll.capture, known.tracer.trace(toll), known.tracer.parent(toll)
    copy, capture = known.copies.get(name), known.captures.get(name)
    versions = known.dispatches.versions(toll.dispatch)
    earlier = _restated(known, toll, versions)
    said = wording(toll, capture, known.told[name], known.moments[name])
    standing = known.told[versions[-1].id] if versions else ()
    return Figure(
        toll=toll,
        number=number(toll),
        capture=capture,
        wording=said,
        as_of=said.as_of,
        claimant=spring.speaker.key,
        name=spring.speaker.name,
        reported=known.moments[name],
        publisher=outlet(said.outlet),
        named=spring.raw is not None,
        official=known.speakers.is_official(spring.speaker.key),
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
