"""What the desk's templates show, made ready from what `store` found. No query, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sourcier import types
from sourcier.desk.drafting.figures import Phrase, ledger_phrase
from sourcier.desk.drafting.phrases import Phrases
from sourcier.desk.drafting.sentences import sentence
from sourcier.desk.drafting.standing import Standing
from sourcier.desk.screens import marks
from sourcier.desk.screens.troubles import Trouble, trouble
from sourcier.desk.screens.voice import voice
from sourcier.desk.store import EventPage, Wall, WallEvent
from sourcier.publish.glyph import Glyph, glyph
from sourcier.publish.links import Links
from sourcier.publish.tolls import Account, tolls
from sourcier.publish.view import View
from sourcier.publish.words import Words

LOOKS = {
    "event_opened": ("i-pl", "tea"),
    "toll_stated": ("i-up", ""),
    "toll_revised": ("i-up", ""),
    "toll_disputed": ("i-ne", "och"),
    "toll_settled": ("i-ok", ""),
    "alert_opened": ("i-al", "red"),
    "alert_observed": ("i-al", "red"),
    "alert_closed": ("i-al", ""),
    "claim_confirmed": ("i-ok", "tea"),
    "claim_denied": ("i-ne", "och"),
    "claim_disputed": ("i-ne", "och"),
    "dispatch_edited": ("i-ed", ""),
    "dispatch_deleted": ("i-rm", "plu"),
}
"""The icon and the colour of each kind of movement; the others are a plus in no colour."""
MOVEMENTS = 3
"""How many movements the wall shows of an event."""
LISTED = 12
"""How many entries on other events the composer lists."""
RELAYS = 3
"""How many relays of an origin are shown in full."""
QUOTED = 70


@dataclass(frozen=True, slots=True)
class Movement:
    """One change on the wall: its icon and colour, its word, when, what was said in which language."""

    icon: str
    colour: str
    word: str
    at: datetime
    said: str
    language: str


@dataclass(frozen=True, slots=True)
class Card:
    """An event on the wall, its last movements first."""

    key: str
    title: str
    movements: tuple[Movement, ...]
    glyph: Glyph
    counts: str
    told: bool
    unread: bool


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
class EventPane:
    """Everything about one event; `disputes` are (outcome figures, rows that disagree)."""

    event: types.Event
    title: str
    counts: str
    sources: tuple[Source, ...]
    rows: tuple[Row, ...]
    accounts: tuple[Account, ...]
    disputes: tuple[tuple[str, tuple[Row, ...]], ...]


class Desk:
    """Speaks one interface language about one story."""

    def __init__(self, language: str, story: types.Story) -> None:
        self.language = language
        self.story = story
        self.say = voice(language)
        self.words = Words(language)

    def cards(self, wall: Wall) -> tuple[Card, ...]:
        """Return the wall."""
        phrases = Phrases(self.language, wall.captures, wall.claims.values())
        return tuple(self._card(item, wall.claims, phrases) for item in wall.events)

    def troubles(self, found: Sequence[tuple[types.SourceHealth, datetime]]) -> tuple[Trouble, ...]:
        """Return the sources that need a look, each said in a line."""
        return tuple(trouble(health, at, self.say, self.clock) for health, at in found)

    def event(self, page: EventPage, bound: Iterable[str]) -> EventPane:
        """Return the pane of one event; `bound` are the claims of the entry being written."""
        phrases = Phrases(self.language, page.captures, page.claims.values())
        numbers = numbered(page)
        kept = set(bound)
        rows = tuple(
            self._row(number, claim, claim.id in kept, phrases) for number, claim in numbers.items()
        )
        filled = {row.number for row in rows if row.bound}
        return EventPane(
            event=page.event,
            title=self._title(page.event, page.claims, phrases),
            counts=self.counts(page.event.origins),
            sources=self._sources(page, numbers, filled, phrases),
            rows=rows,
            accounts=self._accounts(page),
            disputes=tuple(self._disputes(page.event, rows, phrases)),
        )

    def counts(self, origins: types.Origins) -> str:
        """Return "14 médias, 2 origines"."""
        outlets = self.words("count.outlets", origins.outlets)
        return f"{outlets}, {self.words('count.origins', len(origins.origins))}"

    def clock(self, moment: datetime) -> str:
        """Return a clock time in the story's zone, with the day where it is another."""
        return View(self.story, self.language, self._links()).moment(moment)

    def _links(self) -> Links:
        return Links("/", self.story.slug, self.language, self.language)

    def _card(self, item: WallEvent, claims: Mapping[str, types.Claim], phrases: Phrases) -> Card:
        return Card(
            key=item.event.id,
            title=self._title(item.event, claims, phrases),
            movements=tuple(self._movement(c, claims, phrases) for c in item.changes[:MOVEMENTS]),
            glyph=glyph(item.event.origins.origins),
            counts=self.counts(item.event.origins),
            told=item.told,
            unread=item.unread,
        )

    def _movement(
        self, change: types.Change, claims: Mapping[str, types.Claim], phrases: Phrases
    ) -> Movement:
        icon, colour = LOOKS.get(change.kind, ("i-pl", ""))
        claim = next((claims[key] for key in change.claims if key in claims), None)
        said = claim.quote if claim else ""
        if len(said) > QUOTED:
            said = said[:QUOTED].rsplit(" ", 1)[0] + " […]"
        language = phrases.written_in(claim.capture) if claim else self.language
        word = self.say(f"change.{change.kind}")
        return Movement(icon, colour, word, change.at, said, language)

    def _title(
        self, event: types.Event, claims: Mapping[str, types.Claim], phrases: Phrases
    ) -> str:
        """Return what an event is and where; for words, whose they are."""
        known = f"type.{event.type}" in phrases.say
        what = phrases.say(f"type.{event.type}") if known else self._other(event.type)
        first = next((claims[key] for key in event.claims if key in claims), None)
        if event.type == "statement" and first:
            speaker = phrases.speaker(first, medium=False, tongue=False)
            return self.say("event.said", speaker=speaker)
        return sentence(phrases.located("event.title", event.place, what=what))

    def _other(self, kind: str) -> str:
        return self.say(f"event.{kind}" if f"event.{kind}" in self.say else "event.other")

    def _sources(
        self,
        page: EventPage,
        numbers: Mapping[int, types.Claim],
        bound: set[int],
        phrases: Phrases,
    ) -> tuple[Source, ...]:
        replaced = {capture.supersedes for capture in page.captures.values()}
        made = [
            self._source(capture, page.copies.get(key), numbers, bound, phrases)
            for key, capture in page.captures.items()
            if key not in replaced
        ]
        origins = [source for source in made if source.copy is None]
        held = {source.key for source in origins}
        loose = [s for s in made if s.copy and s.copy.origin not in held]
        return tuple(_with_relays(origin, made) for origin in (*origins, *loose))

    def _source(
        self,
        capture: types.Capture,
        copy: types.Copy | None,
        numbers: Mapping[int, types.Claim],
        bound: set[int],
        phrases: Phrases,
    ) -> Source:
        mine = {number: claim for number, claim in numbers.items() if claim.capture == capture.id}
        return Source(
            key=capture.id,
            title=phrases.publisher(capture.id),
            language=phrases.written_in(capture.id),
            capture=capture,
            pieces=marks.shortened(capture.text, mine, bound),
            copy=copy,
        )

    def _row(self, number: int, claim: types.Claim, bound: bool, phrases: Phrases) -> Row:
        return Row(
            number=number,
            claim=claim,
            language=phrases.written_in(claim.capture),
            who=sentence(phrases.speaker(claim)),
            named=bool(claim.attribution),
            read_as=self._read_as(claim, phrases),
            provisional=isinstance(claim, types.Toll) and claim.provisional,
            bound=bound,
        )

    def _read_as(self, claim: types.Claim, phrases: Phrases) -> str:
        match claim:
            case types.Toll():
                empty = types.Ledger(event="", outcome=claim.outcome, of=claim.of)
                said = Phrase(phrases.say, empty).of(claim.low, claim.high, claim.qualifier)
            case types.Occurrence():
                known = f"type.{claim.type}" in phrases.say
                said = phrases.say(f"type.{claim.type}" if known else "type.other").lower()
            case types.Alert():
                said = self.say(f"read.alert.{claim.state}")
            case types.Statement():
                said = self.say(f"read.statement.{claim.mode}")
            case types.Measure():
                said = self.say("read.measure")
        parts = [said]
        if claim.role != "news":
            parts.append(self.say(f"role.{claim.role}"))
        if claim.stance != "asserted":
            parts.append(self.say(f"stance.{claim.stance}"))
        return ", ".join(parts)

    def _accounts(self, page: EventPage) -> tuple[Account, ...]:
        story = types.Story(
            slug=self.story.slug, titles=self.story.titles, zone=self.story.zone,
            languages=self.story.languages, now=self.story.now, sequence=0,
            events={page.event.id: page.event}, captures=page.captures, claims=page.claims,
        )  # fmt: skip
        found = tolls(View(story, self.language, self._links()))
        return tuple(account for toll in found for account in toll.accounts)

    def _disputes(
        self, event: types.Event, rows: Sequence[Row], phrases: Phrases
    ) -> Iterable[tuple[str, tuple[Row, ...]]]:
        for ledger in event.ledgers:
            if ledger.disputed_since:
                sides = tuple(row for row in rows if row.claim.id in ledger.sides)
                figures = sentence(ledger_phrase(phrases.say, ledger))
                clock = self.clock(ledger.disputed_since)
                yield self.say("event.disputed", figures=figures, clock=clock), sides


def numbered(page: EventPage) -> dict[int, types.Claim]:
    """Return the claims of an event by their number: origins' before copies', in reading order."""
    order = {key: place for place, key in enumerate(page.captures)}
    replaced = {capture.supersedes for capture in page.captures.values()}
    claims = [claim for claim in page.claims.values() if claim.capture not in replaced]
    claims.sort(key=lambda c: (c.capture in page.copies, order.get(c.capture, 0), c.span))
    return dict(enumerate(claims, 1))


def about(entries: Iterable[Standing], event: str | None) -> Standing | None:
    """Return the entry to work on first for an event: its newest draft, else its newest entry."""
    mine = [found for found in _listed(entries) if found.entry.event == event]
    drafts = [found for found in mine if found.entry.state == "draft"]
    public = [
        found for found in mine if found.entry.state != "retracted" and found.entry.regards is None
    ]
    return next(iter((*drafts, *public)), None)


def listed(entries: Sequence[Standing], event: str | None) -> tuple[Standing, ...]:
    """Return the entries that the composer lists: those of the event, then the latest others."""
    mine = [found for found in _listed(entries) if event and found.entry.event == event]
    others = [found for found in _listed(entries) if found not in mine]
    return (*mine, *others[:LISTED])


def _listed(entries: Iterable[Standing]) -> list[Standing]:
    """Return the entries that were not given up."""
    return [found for found in entries if found.stage != "discarded"]


def _with_relays(origin: Source, made: Iterable[Source]) -> Source:
    relays = tuple(
        s for s in made if s.copy and s.copy.origin == origin.key and s.key != origin.key
    )
    return replace(origin, relays=relays[:RELAYS], more=max(0, len(relays) - RELAYS))
