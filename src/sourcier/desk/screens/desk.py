"""The desk in one interface language about one story: what all its screens say. No query, no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from sourcier import types
from sourcier.desk.drafting.phrases import Phrases
from sourcier.desk.drafting.sentences import sentence
from sourcier.desk.screens.troubles import Trouble, trouble
from sourcier.desk.screens.voice import voice
from sourcier.publish import strip
from sourcier.publish.links import Links
from sourcier.publish.placenames import place_called
from sourcier.publish.spots import full_name
from sourcier.publish.view import View
from sourcier.publish.words import Words


class Desk:
    """Speaks one interface language about one story."""

    def __init__(self, language: str, story: types.Story) -> None:
        self.language = language
        self.story = story
        self.say = voice(language)
        self.words = Words(language)

    @cached_property
    def links(self) -> Links:
        """The addresses of the story's pages."""
        return Links("/", self.story.slug, self.language, self.language)

    @cached_property
    def _view(self) -> View:
        return View(self.story, self.language, self.links)

    def troubles(self, found: Sequence[tuple[types.SourceHealth, datetime]]) -> tuple[Trouble, ...]:
        """Return the sources that need a look, each said in a line."""
        return tuple(trouble(health, at, self.say, self.clock) for health, at in found)

    def counts(self, origins: types.Origins) -> str:
        """Return "14 médias, 2 origines"."""
        outlets = self.words("count.outlets", origins.outlets)
        return f"{outlets}, {self.words('count.origins', len(origins.origins))}"

    def clock(self, moment: datetime) -> str:
        """Return a clock time in the story's zone, with the day where it is another."""
        return self._view.moment(moment)

    def day(self, moment: datetime) -> str:
        """Return a moment's day in the story's zone, in little room: "22 nov."."""
        return self.words.short_day(self._view.today(moment))

    def place(self, name: str, country: str) -> str:
        """Return what a place of the gazetteer is called, with what it is: "Soumy (région)"."""
        return full_name(self._view, place_called(name, country))

    def alert(self, alert: types.AlertInterval) -> str:
        """Return what an alert warns of and where: "Alerte aérienne, Soumy"."""
        return strip.title(self._view, alert)

    def notices(self, alerts: Sequence[types.AlertInterval]) -> list[strip.Notice]:
        """Return those of some alerts that are in force, the newest observation first."""
        story = replace(self.story, alerts=tuple(alerts))
        return strip.notices(View(story, self.language, self.links))

    def title(self, event: types.Event, claims: Mapping[str, types.Claim], phrases: Phrases) -> str:
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


def local(moment: datetime | None, zone: str) -> str:
    """Return a moment as a field for a clock time in `zone` holds it."""
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}" if moment else ""
