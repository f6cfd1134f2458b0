"""Names, places and quotations of sources, as the page's language says them. Pure.

Nothing is translated but from a table (`publish.glossary`, Babel's countries): what is in none stands
in its own words, in quotation marks, with its language named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import regex
from babel import Locale

from sourcier.desk.drafting.locatives import locatives
from sourcier.messages import messages
from sourcier.publish.glossary import office
from sourcier.publish.letters import in_letters
from sourcier.publish.placenames import key as place_key
from sourcier.publish.placenames import listed_name, place_names
from sourcier.read.document import Document
from sourcier.read.fold import fold
from sourcier.types import Attribution, Capture, Claim, Place
from sourcier.weave.names import person

_INNER = regex.compile(
    r"«\s*(?P<a>[^«»]*?)\s*»|“(?P<b>[^“”]*)”|„(?P<c>[^„“”]*)[“”]|\"(?P<d>[^\"]*)\""
)
_LONGEST_NAME = 90
_LONGEST_SENTENCE = 240


class Phrases:
    """Speaks one page language about given sources."""

    def __init__(
        self, language: str, captures: Mapping[str, Capture], claims: Iterable[Claim]
    ) -> None:
        self.language = language
        self.say = messages(language, "sentences")
        self._captures = captures
        claims = tuple(claims)
        self._places = place_names(language, captures, claims)
        self._locatives = locatives(language, captures, claims)
        self._people = _person_names(language, captures, claims)

    def written_in(self, capture: str) -> str:
        """Return the language of a capture; the page's own where that is not known."""
        found = self._captures.get(capture)
        return (found.language if found else None) or self.language

    def foreign(self, capture: str) -> str | None:
        """Return "en ukrainien" where a capture is in another language than the page, else None."""
        language = self.written_in(capture)
        if language == self.language:
            return None
        return self._tongue(language)

    def publisher(self, capture: str) -> str:
        """Return who published a capture."""
        found = self._captures.get(capture)
        host = urlsplit(found.url).hostname if found and found.url else None
        names = (found.publisher, found.source, host) if found else ()
        name = next((name for name in names if name), self.say("speaker.nobody"))
        language = self.written_in(capture)
        known = None if language == self.language else office(name, language, self.language)
        return known.worded if known else in_letters(name, language, self.language)

    def speaker(self, claim: Claim, *, medium: bool = True, tongue: bool = True) -> str:
        """Return who says a claim: its origin, or the publisher where it speaks in its own voice.

        `medium` adds through what ("sur Telegram"), `tongue` names the language of foreign words.
        """
        if not claim.attribution:
            return self.publisher(claim.capture)
        origin = claim.attribution[-1]
        language = self.written_in(claim.capture)
        named = self._own(origin, claim) if language == self.language else None
        named = named or self._translated(origin, language, tongue=tongue)
        return f"{named}{self.medium(claim)}" if medium else named

    def medium(self, claim: Claim) -> str:
        """Return " sur Telegram" for the medium that the origin spoke through, "" for none."""
        medium = claim.attribution[-1].medium if claim.attribution else None
        return self.say(f"medium.{medium}") if f"medium.{medium}" in self.say else ""

    def quoted(self, words: str, *, longest: int | None = None) -> str:
        """Return a source's words in the page's quotation marks, whole or cut with […] at a word."""
        opening, closing = self.say.raw("marks.outer")
        inner = self.say.raw("marks.inner")
        words = " ".join(words.split()).rstrip(".")
        words = _INNER.sub(
            lambda m: inner[0] + next(filter(None, m.groups()), "") + inner[1], words
        )
        if longest and len(words) > longest:
            words = words[:longest].rsplit(" ", 1)[0].rstrip(",;:–—-") + " […]"
        return f"{opening}{words}{closing}"

    def sentence(self, claim: Claim) -> str:
        """Return the sentence that a claim stands in, or its own words where that one is long."""
        capture = self._captures.get(claim.capture)
        if capture is None or not capture.text:
            return claim.quote
        language, zone = self.written_in(capture.id), capture.zone or "UTC"
        read = Document(capture.text, language, capture.published, zone, capture)
        first, last = read.sentence_at(claim.span[0]), read.sentence_at(claim.span[1] - 1)
        words = capture.text[first.start : last.end]
        return words if len(words) <= _LONGEST_SENTENCE else claim.quote

    def name(self, place: Place) -> str:
        """Return a place's name as the sources in this language spell it, else GeoNames' own."""
        if place.precision == "country" and place.country:
            return str(Locale.parse(self.language).territories.get(place.country, place.name))
        return self._places.get(place_key(place)) or listed_name(place, self.language) or place.name

    def where(self, place: Place | None) -> str | None:
        """Return "à Soumy", "au Kazakhstan", "dans la région de Soumy"; None for no place."""
        if place is None:
            return None
        name = self.name(place)
        for pattern, template in self.say.raw(f"place.{place.precision}"):
            if found := regex.search(pattern, name):
                return str(template.format(name=name, **found.groupdict()))
        return name

    def located(self, key: str, place: Place | None, **values: str) -> str:
        """Return message `key` with the place in it, or its form without one.

        Where names are declined, the form ``<key>_in`` takes a place as a source says it.
        """
        said = self._locatives.get(place_key(place)) if place else None
        if said and f"{key}_in" in self.say:
            return self.say(f"{key}_in", None, where=said, **values)
        where = self.where(place)
        if where is None:
            return self.say(f"{key}_nowhere", None, **values)
        return self.say(key, None, where=where, **values)

    def clock(self, moment: datetime, zone: str) -> str:
        """Return the clock time of a moment in `zone`."""
        return f"{moment.astimezone(ZoneInfo(zone)):%H:%M}"

    def _own(self, origin: Attribution, claim: Claim) -> str | None:
        """Return a speaker in the words of its text, with their article; None where they do not serve."""
        capture = self._captures.get(claim.capture)
        words = capture.text[slice(*origin.span)].strip() if capture else ""
        if capture is None or not words or "\n" in words or len(words) > _LONGEST_NAME:
            return None
        if origin.name and fold(origin.name) not in fold(words):
            return None
        before = capture.text[max(0, origin.span[0] - 6) : origin.span[0]].lower()
        article = next((a for a in self._articles if _ends(before, a)), "")
        if not article and not words.lower().startswith(self._articles):
            if origin.name and origin.role:
                return self.say("speaker.named", name=origin.name, role=origin.role)
            if known := office(words, self.language, self.language):
                return known.worded
        return article + self._without_capital(words)

    @property
    def _articles(self) -> tuple[str, ...]:
        listed: list[str] = self.say.raw("speaker.articles")
        return tuple(a.lower() if a[-1] in "'’" else f"{a.lower()} " for a in listed)

    def _without_capital(self, words: str) -> str:
        starts = words.lower().startswith(self._articles)
        return words[0].lower() + words[1:] if starts else words

    def _translated(self, origin: Attribution, language: str, *, tongue: bool) -> str:
        forms = (_joined(origin), origin.organisation, origin.role)
        offices = (office(words, language, self.language) for words in forms if words)
        known = next(filter(None, offices), None)
        if origin.name:
            name = self._in_our_letters(origin.name, language)
            role = known.bare if known else origin.role if language == self.language else None
            return self.say("speaker.named", name=name, role=role) if role else name
        if known:
            return known.worded
        words = _joined(origin) or self.say("speaker.nobody")
        if language == self.language:
            return words
        if not tongue:
            return self.quoted(words)
        return self.say(
            "speaker.foreign", words=self.quoted(words), language=self._tongue(language)
        )

    def _tongue(self, language: str) -> str:
        key = f"language.{language}"
        return self.say(key if key in self.say else "language.other")

    def _in_our_letters(self, name: str, language: str) -> str:
        known = None if language == self.language else self._people.get(person(name))
        return known or in_letters(name, language, self.language)


def _person_names(
    language: str, captures: Mapping[str, Capture], claims: Iterable[Claim]
) -> dict[str, str]:
    """Return how the sources in one language spell each person, by what spellings have in common."""
    return {
        person(link.name): link.name
        for claim in claims
        for link in claim.attribution
        if link.name and claim.capture in captures and captures[claim.capture].language == language
    }


def _ends(text: str, article: str) -> bool:
    """Tell whether `text` ends with a whole article."""
    return text.endswith(article) and not text[: -len(article)][-1:].isalpha()


def _joined(origin: Attribution) -> str:
    return " ".join(filter(None, (origin.role, origin.organisation)))
