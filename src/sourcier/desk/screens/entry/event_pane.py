"""An event's pane: its sources side by side with their relays, its claims, its ledger. No query, no clock.

An event may have thousands of sources: its first and its latest are shown, the others page by page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sourcier import types
from sourcier.desk.drafting.figures import Phrase, ledger_phrase
from sourcier.desk.drafting.phrases import Phrases
from sourcier.desk.drafting.sentences import sentence
from sourcier.desk.screens.desk import Desk
from sourcier.desk.screens.entry import marks
from sourcier.desk.store import EventPage
from sourcier.publish.tolls import Account, tolls
from sourcier.publish.view import View

RELAYS = 3
"""How many relays of an origin are shown in full."""
SHOWN = 12
"""How many sources, with their relays, are shown at once."""


@dataclass(frozen=True, slots=True)
class Source:
    """One dispatch in the event pane. `copy` is None for an origin."""

    key: str
    title: str
    language: str
    capture: types.Capture
    pieces: tuple[marks.Piece, ...]
    copy: types.Copy | None
    relays: tuple[Source, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A claim in the table: its number, its words, who says so, what it was read as."""

    number: int
    claim: types.Claim
    language: str
    who: str
    named: bool
    read_as: str
    provisional: bool
    bound: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Which of an event's `count` sources are shown: the first one, and those from `low` to `high`.

    A source counts with its relays, from 1. `earlier` and `later` are the `high` of the parts beside it, 0
    for none.
    """

    low: int
    high: int
    count: int
    earlier: int = 0
    later: int = 0


@dataclass(frozen=True, slots=True)
class EventPane:
    """What is shown of one event; `disputes` are (outcome figures, rows that disagree).

    Where `event` is None, it is the claims that an entry about no single event rests on.
    `part` is None where all its sources are shown.
    """

    event: types.Event | None
    title: str
    counts: str
    sources: tuple[Source, ...]
    rows: tuple[Row, ...]
    accounts: tuple[Account, ...]
    disputes: tuple[tuple[str, tuple[Row, ...]], ...]
    part: Part | None = None


class _Pane:
    """Makes the pane of one event; `kept` are the claims of the entry being written."""

    def __init__(self, desk: Desk, page: EventPage, kept: Iterable[str]) -> None:
        self._desk = desk
        self._page = page
        self._numbers = numbered(page)
        self._phrases = Phrases(desk.language, page.captures, page.claims.values())
        self._kept = frozenset(kept)
        self._of_capture: dict[str, dict[int, types.Claim]] = defaultdict(dict)
        for number, claim in self._numbers.items():
            self._of_capture[claim.capture][number] = claim

    def made(self, until: int) -> EventPane:
        event = self._page.event
        groups = grouped(self._page)
        part = part_of(len(groups), until) if event else None
        shown = [groups[0], *groups[max(1, part.low - 1) : part.high]] if part else groups
        within = {key for group in shown for key in group[: RELAYS + 1]}
        return EventPane(
            event=event,
            title=self._title(),
            counts=self._desk.counts(event.origins) if event else "",
            sources=tuple(self._group(group) for group in shown),
            rows=self.rows(within if part else None),
            accounts=self._accounts(),
            disputes=tuple(self._disputes()),
            part=part,
        )

    def _title(self) -> str:
        if event := self._page.event:
            return self._desk.title(event, self._page.claims, self._phrases)
        return self._desk.say("event.rests_on")

    def _group(self, keys: Sequence[str]) -> Source:
        head, *relays = (self._source(key) for key in keys[: RELAYS + 1])
        return replace(head, relays=tuple(relays), more=max(0, len(keys) - 1 - RELAYS))

    def _source(self, key: str) -> Source:
        capture, mine = self._page.captures[key], self._of_capture[key]
        filled = {number for number, claim in mine.items() if claim.id in self._kept}
        return Source(
            key=key,
            title=self._phrases.publisher(key),
            language=self._phrases.written_in(key),
            capture=capture,
            pieces=marks.shortened(capture.text, mine, filled),
            copy=self._page.copies.get(key),
        )

    def rows(self, within: Collection[str] | None) -> tuple[Row, ...]:
        """Return the claims of the captures `within` (null: of all), and all that are bound."""
        return tuple(
            self._row(number, claim)
            for number, claim in self._numbers.items()
            if within is None or claim.capture in within or claim.id in self._kept
        )

    def _row(self, number: int, claim: types.Claim) -> Row:
        return Row(
            number=number,
            claim=claim,
            language=self._phrases.written_in(claim.capture),
            who=sentence(self._phrases.speaker(claim)),
            named=bool(claim.attribution),
            read_as=read_as(claim, self._phrases, self._desk),
            provisional=isinstance(claim, types.Toll) and claim.provisional,
            bound=claim.id in self._kept,
        )

    def _accounts(self) -> tuple[Account, ...]:
        desk, page = self._desk, self._page
        if page.event is None:
            return ()
        story = types.Story(
            slug=desk.story.slug, titles=desk.story.titles, zone=desk.story.zone,
            languages=desk.story.languages, now=desk.story.now, sequence=0,
            events={page.event.id: page.event}, captures=page.captures, claims=page.claims,
        )  # fmt: skip
        found = tolls(View(story, desk.language, desk.links))
        return tuple(account for toll in found for account in toll.accounts)

    def _disputes(self) -> Iterator[tuple[str, tuple[Row, ...]]]:
        for ledger in self._page.event.ledgers if self._page.event else ():
            if ledger.disputed_since:
                sides = tuple(
                    self._row(number, claim)
                    for number, claim in self._numbers.items()
                    if claim.id in ledger.sides
                )
                figures = sentence(ledger_phrase(self._phrases.say, ledger))
                clock = self._desk.clock(ledger.disputed_since)
                yield self._desk.say("event.disputed", figures=figures, clock=clock), sides


def event_pane(desk: Desk, page: EventPage, bound: Iterable[str], until: int = 0) -> EventPane:
    """Return the pane of one event; `bound` are the claims of the entry being written.

    Of more than `SHOWN` origins those up to the one numbered `until` are shown (0: the latest).
    """
    return _Pane(desk, page, bound).made(until)


def bound_rows(desk: Desk, page: EventPage, bound: Iterable[str]) -> tuple[Row, ...]:
    """Return the rows of the claims that are bound alone."""
    return _Pane(desk, page, bound).rows(())


def numbered(page: EventPage) -> dict[int, types.Claim]:
    """Return the claims of an event by their number: origins' before copies', in reading order."""
    order = {key: place for place, key in enumerate(page.captures)}
    replaced = _replaced(page)
    claims = [claim for claim in page.claims.values() if claim.capture not in replaced]
    claims.sort(key=lambda c: (c.capture in page.copies, order.get(c.capture, 0), c.span))
    return dict(enumerate(claims, 1))


def grouped(page: EventPage) -> list[list[str]]:
    """Return the captures of an event: each origin with its relays behind it, then copies of others.

    A capture that a later version replaced is left out.
    """
    replaced = _replaced(page)
    current = [key for key in page.captures if key not in replaced]
    groups = {key: [key] for key in current if key not in page.copies}
    loose: list[list[str]] = []
    for key in current:
        if key in page.copies:
            found = groups.get(page.copies[key].origin or "")
            if found is None:
                loose.append([key])
            else:
                found.append(key)
    return [*groups.values(), *loose]


def read_as(claim: types.Claim, phrases: Phrases, desk: Desk) -> str:
    """Return what a claim was read as: "au moins 2 morts, bilan cumulé"."""
    match claim:
        case types.Toll():
            empty = types.Ledger(event="", outcome=claim.outcome, of=claim.of)
            said = Phrase(phrases.say, empty).of(claim.low, claim.high, claim.qualifier)
        case types.Occurrence():
            known = f"type.{claim.type}" in phrases.say
            said = phrases.say(f"type.{claim.type}" if known else "type.other").lower()
        case types.Alert():
            said = desk.say(f"read.alert.{claim.state}")
        case types.Statement():
            said = desk.say(f"read.statement.{claim.mode}")
        case types.Measure():
            said = desk.say("read.measure")
    parts = [said]
    if claim.role != "news":
        parts.append(desk.say(f"role.{claim.role}"))
    if claim.stance != "asserted":
        parts.append(desk.say(f"stance.{claim.stance}"))
    return ", ".join(parts)


def _replaced(page: EventPage) -> frozenset[str | None]:
    return frozenset(capture.supersedes for capture in page.captures.values())


def part_of(count: int, until: int) -> Part | None:
    """Return the part that ends with source `until` of `count` (0: the latest); None where all are shown."""
    if count <= SHOWN:
        return None
    high = min(until, count) if until > 0 else count
    high = max(high, SHOWN)
    low = high - SHOWN + 2 if high > SHOWN else 1
    later = min(high + SHOWN - 1, count) if high < count else 0
    return Part(low, high, count, earlier=low - 1 if low > 2 else 0, later=later)
