"""The view: one story in one language, with the look-ups that all parts of the page share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sourcier.publish.glossary import office
from sourcier.publish.letters import in_letters
from sourcier.publish.links import Links, anchor
from sourcier.publish.placenames import key, listed_name, place_names
from sourcier.publish.words import Words, tz, words
from sourcier.types import Capture, Claim, Entry, EntryText, Place, Story

SHOWN = 40
"""Entries that the page shows whole; older ones stand as a list of headlines."""
UNFOLDED = 3
"""Entries whose source the page carries along, the newest; that of the others is on their own pages."""
_APART = ("key_point",)


@dataclass(frozen=True)
class View:
    """What a part of the page is made from.

    The page shows `limit` entries whole (0: is another's), and the first `unfolded` with their source.
    """

    story: Story
    language: str
    links: Links
    limit: int = SHOWN
    unfolded: int = UNFOLDED

    @cached_property
    def words(self) -> Words:
        """The messages of the page's language."""
        return words(self.language)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The entries that readers may see, newest first."""
        shown = (entry for entry in self.story.entries if entry.state != "draft")
        return tuple(sorted(shown, key=lambda e: (e.published, anchor(e.id)), reverse=True))

    @cached_property
    def feed(self) -> tuple[Entry, ...]:
        """The entries that stand in the feed, newest first."""
        return tuple(entry for entry in self.entries if entry.kind not in _APART)

    @cached_property
    def on_page(self) -> frozenset[str]:
        """The ids of the entries that the page shows whole."""
        return frozenset(entry.id for entry in self.feed[: self.limit])

    @cached_property
    def sourced(self) -> frozenset[str]:
        """The ids of the entries whose source the page carries along."""
        return frozenset(entry.id for entry in self.feed[: self.unfolded])

    def address(self, entry: Entry) -> str:
        """Return where an entry is to be found: on the page, or at its own address."""
        return f"#{anchor(entry.id)}" if entry.id in self.on_page else self.links.entry(entry.id)

    def same_moment(self, address: str) -> str:
        """Return the address of another of the story's pages, as of the moment that this one shows."""
        if self.story.live:
            return address
        local = self.story.now.astimezone(tz(self.story.zone))
        return self.links.then(address, f"{local:%Y-%m-%dT%H:%M}")

    def from_beside(self, entry: Entry) -> str:
        """Return where an entry is to be found from another page: on the live page, or at its own address."""
        address = self.address(entry)
        return self.same_moment(self.links.home) + address if address[0] == "#" else address

    @cached_property
    def entry_by_id(self) -> dict[str, Entry]:
        """Each visible entry by its id."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def entry_of_claim(self) -> dict[str, Entry]:
        """The newest standing entry that rests on a claim."""
        standing = (entry for entry in reversed(self.entries) if entry.state != "retracted")
        return {claim: entry for entry in standing for claim in entry.claims}

    def text(self, entry: Entry) -> tuple[EntryText, str]:
        """Return the entry's words in the page's language, or in one that it has, and which."""
        for code in (self.language, *self.story.languages, *sorted(entry.texts)):
            if code in entry.texts:
                return entry.texts[code], code
        return EntryText(headline=""), self.language

    @cached_property
    def title(self) -> tuple[str, str]:
        """The story's title and its language."""
        titles = self.story.titles
        for code in (self.language, *self.story.languages, *sorted(titles)):
            if code in titles:
                return titles[code], code
        return self.story.slug, self.language

    def claims(self, ids: Iterable[str]) -> list[Claim]:
        """Return the claims with these ids that the story holds."""
        return [self.story.claims[claim] for claim in ids if claim in self.story.claims]

    def captures(self, ids: Iterable[str]) -> list[Capture]:
        """Return the captures with these ids that the story holds."""
        return [self.story.captures[key] for key in ids if key in self.story.captures]

    def language_of(self, capture_id: str) -> str | None:
        """Return the language of a capture, None where the page's own, so that no `lang` is needed."""
        capture = self.story.captures.get(capture_id)
        language = capture.language if capture else None
        return None if language == self.language else language

    def in_letters(self, name: str, language: str | None) -> str:
        """Return a name of another language in the page's letters, as its sources spell it where known."""
        known = self.office(name, language)
        return known or in_letters(name, language, self.language, self._people)

    def office(self, words: str, language: str | None) -> str | None:
        """Return the page's own words for an office or a channel of another language, where known."""
        found = office(words, language, self.language) if language else None
        return found.bare if found else None

    @cached_property
    def _people(self) -> frozenset[str]:
        """How the sources in the page's language spell those whom they name."""
        ours = (c for c in self.story.claims.values() if self.language_of(c.capture) is None)
        return frozenset(link.name for claim in ours for link in claim.attribution if link.name)

    def today(self, moment: datetime) -> date:
        """Return the date of `moment` in the page's zone."""
        return moment.astimezone(tz(self.story.zone)).date()

    def clock(self, moment: datetime) -> str:
        """Return the clock time of `moment` in the page's zone."""
        return self.words.clock(moment, self.story.zone)

    def moment(self, moment: datetime) -> str:
        """Return the clock time, with the day where that is not the page's own."""
        if self.today(moment) == self.today(self.story.now):
            return self.clock(moment)
        return self.words(
            "date.at", day=self.words.day(self.today(moment), year=False), clock=self.clock(moment)
        )

    def brief(self, moment: datetime) -> str:
        """Return what `moment` does, in little room."""
        if self.today(moment) == self.today(self.story.now):
            return self.clock(moment)
        return f"{self.words.short_day(self.today(moment))} {self.clock(moment)}"

    @cached_property
    def updated(self) -> str:
        """When the page was made: its own clock, that of the place that most entries are about, UTC."""
        words, zones = self.words, Counter(entry.zone for entry in self.entries if entry.zone)
        clocks = [(self.moment(self.story.now), words.zone(self.story.zone))]
        there = zones.most_common(1)[0][0] if zones else self.story.zone
        if there and there != self.story.zone:
            clocks.append((words.clock(self.story.now, there), words.zone(there)))
        clocks.append((words.clock(self.story.now, "UTC"), "UTC"))
        return words("mast.updated", clocks=words.at_clocks(clocks))

    def zone_name(self, zone: str, place: Place | None = None) -> str:
        """Return by which place a clock is labelled: the settlement itself, or its zone's city."""
        if place is not None and place.precision in ("point", "settlement"):
            return self.place_name(place)
        return self.words.zone(zone)

    def clocks(
        self, moment: datetime, zone: str, place: Place | None = None
    ) -> list[tuple[str, str]]:
        """Return (clock, place) for the place's zone, then for the page's zone where it differs."""
        there = (self.words.clock(moment, zone), self.zone_name(zone, place))
        here = (self.clock(moment), self.words.zone(self.story.zone))
        return [there] if zone == self.story.zone else [there, here]

    def place_name(self, place: Place) -> str:
        """Return the name of a place in the page's language, as its sources spell it where known."""
        if place.precision == "country" and place.country:
            return self.words.country(place.country)
        named = self._places.get(key(place)) or listed_name(place, self.language)
        return named or place.name

    @cached_property
    def _places(self) -> dict[str, str]:
        return place_names(self.language, self.story.captures, self.story.claims.values())
