"""The feed: entries newest first, cut into days, each day after the first opened by a recap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from sourcier.publish.corrections import Correction, correction
from sourcier.publish.glyph import Glyph, glyph
from sourcier.publish.linked import Card, card
from sourcier.publish.links import anchor
from sourcier.publish.pictures import Shown, shown
from sourcier.publish.proof import Proof, proof
from sourcier.publish.prose import Piece, paragraphs
from sourcier.publish.speakers import Speaker, speakers
from sourcier.publish.tongues import stale, tongue
from sourcier.publish.typography import typeset_around_quotes
from sourcier.publish.view import View
from sourcier.types import Entry

EPOCH = datetime.fromtimestamp(0, UTC)
RECAP = 5
_BARE = ("background", "recap", "correction")


@dataclass(frozen=True, slots=True)
class Article:
    """One entry, ready for its template.

    `sourced`: its words can be unfolded; `proof` is null where they are on the entry's own page alone.
    `clocks` are (clock, place): the page's zone, the place's, UTC. Newer entries have a higher `rank`.
    `tongue` names the language of words that are not in the page's own, `stale` says that a correction
    passed them over.
    """

    id: str
    rank: int
    entry: Entry
    href: str
    headline: str
    language: str | None
    label: str
    tone: str
    clocks: tuple[tuple[str, str], ...]
    date: str
    paragraphs: list[list[Piece]]
    speakers: list[Speaker]
    sourced: bool
    proof: Proof | None
    glyph: Glyph | None
    counts: str
    correction: Correction | None
    revised: str
    note: str
    regards: tuple[str, str] | None
    shared: tuple[str, str] | None
    picture: Shown | None
    card: Card | None
    tongue: str
    stale: str
    opened: bool = False


@dataclass(frozen=True, slots=True)
class Recap:
    """The day before, in brief; it stands where the newer day's entries end."""

    id: str
    title: str
    opens: str
    items: tuple[tuple[str, str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Day:
    """One day's articles under its name, with the recap that opens it (None for the newest)."""

    id: str
    title: str
    recap: Recap | None
    articles: tuple[Article, ...]


def days(view: View, opened: str | None = None) -> list[Day]:
    """Return the newest entries by day in the page's zone, newest first."""
    shown = view.feed[: view.limit]
    found: list[Day] = []
    newer: list[Entry] = []
    for day, group in groupby(shown, lambda entry: view.today(entry.published)):
        entries = list(group)
        recap = recap_of(view, day, newer) if newer else None
        articles = tuple(_shown(view, entry, opened) for entry in entries)
        found.append(Day(f"d-{day}", view.words.sentence(view.words.weekday(day)), recap, articles))
        newer = entries
    return found


def older(view: View) -> list[tuple[str, str, str, str | None]]:
    """Return (moment, address, headline, language) of the entries that the page only lists."""
    return [
        (view.moment(entry.published), view.links.entry(entry.id), *headline(view, entry))
        for entry in view.feed[view.limit :]
        if entry.state != "retracted"
    ]


def late(view: View) -> dict[str, int]:
    """Return the versions of entries that changed since they were published and stand whole no more.

    A tab that still shows such an entry learns from it that what it shows was revised.
    """
    return {
        anchor(entry.id): entry.version for entry in view.feed[view.limit :] if entry.version > 1
    }


def headline(view: View, entry: Entry) -> tuple[str, str | None]:
    """Return an entry's headline, typeset, and its language where it is not the page's."""
    text, language = view.text(entry)
    return typeset_around_quotes(text.headline, language), _foreign(view, language)


def _shown(view: View, entry: Entry, opened: str | None) -> Article:
    unfold = entry.id == opened
    return article(view, entry, opened=unfold, whole=unfold or entry.id in view.sourced)


def article(view: View, entry: Entry, *, opened: bool = False, whole: bool = True) -> Article:
    """Return one entry ready for its template; `whole`: together with its source."""
    text, language = view.text(entry)
    claims = view.claims(entry.claims)
    bare = entry.kind in _BARE
    sourced = bool(claims) and entry.kind != "recap"
    return Article(
        id=anchor(entry.id),
        rank=(entry.published - EPOCH) // timedelta(microseconds=1),
        entry=entry,
        href=view.links.entry(entry.id),
        headline=typeset_around_quotes(text.headline, language),
        language=_foreign(view, language),
        label=label(view, entry),
        tone={"alert": "k-al", "correction": "k-fix", "retraction": "k-fix"}.get(entry.kind, ""),
        clocks=tuple(entry_clocks(view, entry)),
        date=view.words.day(view.today(entry.published), year=False),
        paragraphs=paragraphs(view, entry, text.body, language),
        speakers=[] if bare or entry.kind == "retraction" else speakers(view, claims),
        sourced=sourced,
        proof=proof(view, entry) if sourced and whole else None,
        glyph=glyph(entry.origins.origins) if entry.origins.origins else None,
        counts=counts(view, entry),
        correction=correction(view, entry),
        revised=view.moment(entry.updated) if _revised(entry) else "",
        note=note(view, entry),
        regards=_regards(view, entry),
        shared=_shared(view, entry),
        picture=shown(view, entry),
        card=card(view, entry),
        tongue="" if language == view.language else tongue(view, language),
        stale=stale(view, entry, language),
        opened=opened,
    )


def label(view: View, entry: Entry) -> str:
    """Return the kind of an entry in a word: its event's type where that says more."""
    event = view.story.events.get(entry.event or "")
    if entry.kind == "occurrence" and event and f"type.{event.type}" in view.words:
        return view.words(f"type.{event.type}")
    return view.words(f"kind.{entry.kind}")


def entry_clocks(view: View, entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the entry's time in the page's zone, then in its place's where that differs, then in UTC."""
    zone = view.story.zone
    yield view.clock(entry.published), view.words.zone(zone)
    there = entry.zone
    if there and entry.place and there != zone:
        yield view.words.clock(entry.published, there), view.zone_name(there, entry.place)
    if "UTC" not in (view.words.zone(zone), there):
        yield view.words.clock(entry.published, "UTC"), "UTC"


def counts(view: View, entry: Entry) -> str:
    """Return "14 médias, 2 origines", or nothing where there is no origin."""
    origins = len(entry.origins.origins)
    return counted(view, entry.origins.outlets, origins) if origins else ""


def counted(view: View, outlets: int, origins: int) -> str:
    """Return the two figures in words."""
    return f"{view.words('count.outlets', outlets)}, {view.words('count.origins', origins)}"


def note(view: View, entry: Entry) -> str:
    """Return what the entry says about an error, in the page's language or one that it has."""
    for code in (view.language, *view.story.languages, *sorted(entry.note)):
        if code in entry.note:
            return typeset_around_quotes(entry.note[code], code)
    return ""


def recap_of(view: View, day: date, newer: list[Entry]) -> Recap:
    """Return the recap of `day` that opens the day of the `newer` entries."""
    standing = [
        entry for entry in view.feed if view.today(entry.published) == day and _recalled(entry)
    ]
    standing.sort(key=lambda entry: (not entry.pinned, -entry.origins.outlets, entry.published))
    chosen = sorted(standing[:RECAP], key=lambda entry: entry.published)
    opens = min(entry.published for entry in newer)
    return Recap(
        id=f"r-{day}",
        title=view.words("recap.title", day=view.words.sentence(view.words.weekday(day))),
        opens=view.words(
            "recap.opens", day=view.words.weekday(view.today(opens)), clock=view.clock(opens)
        ),
        items=tuple((view.address(entry), *headline(view, entry)) for entry in chosen),
    )


def _revised(entry: Entry) -> bool:
    return entry.version > 1 and entry.state == "published"


def _recalled(entry: Entry) -> bool:
    return entry.state != "retracted" and entry.kind not in (
        "retraction",
        "correction",
        "recap",
        "background",
    )


def _regards(view: View, entry: Entry) -> tuple[str, str] | None:
    about = view.entry_by_id.get(entry.regards or "")
    if about is None:
        return None
    if about.state == "retracted":
        return view.links.version(about.id, 1), view.words("retraction.read")
    return view.address(about), view.words("correction.see")


def _shared(view: View, entry: Entry) -> tuple[str, str] | None:
    """Return the address ("" for none) and the words that tell from which story an entry was taken."""
    home = entry.shared
    if home is None:
        return None
    title = home.titles.get(view.language) or next(iter(home.titles.values()), home.story)
    return view.links.elsewhere(home.story, home.entry), view.words("entry.shared", story=title)


def _foreign(view: View, language: str) -> str | None:
    return None if language == view.language else language
