"""Texts: every capture as it is compared, made again from its words when it was long not asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from xxhash import xxh3_64_intdigest

from sourcier.types import Capture, Claim, Statement
from sourcier.weave import rules, tables
from sourcier.weave.archive import Recent
from sourcier.weave.boilerplate import Boilerplate
from sourcier.weave.facts import Fact, fact, spoken_by
from sourcier.weave.likeness import Text, credited
from sourcier.weave.passages import passages


class Head(NamedTuple):
    """What is always at hand of a text: enough to tell whether it is worth comparing."""

    name: str
    published: datetime
    dispatch: str
    publisher: str | None
    credits: bool

    def may_match(self, other: Head) -> bool:
        """Tell whether one of two texts may descend from the other, as far as their heads tell."""
        if other.dispatch == self.dispatch:
            return False
        if self.publisher is not None and other.publisher == self.publisher:
            return False
        apart = abs(other.published - self.published)
        return apart <= rules.WORDS_WITHIN or self.credits or other.credits


class Texts:
    """Texts by name. The latest asked for are kept, as many as `rules.TEXTS_AT_HAND`."""

    def __init__(
        self,
        captures: Mapping[str, Capture],
        told: Mapping[str, tuple[Claim, ...]],
        boilerplate: Boilerplate,
    ) -> None:
        self._captures = captures
        self._told = told
        self._boilerplate = boilerplate
        self._made: Recent[str, Text] = Recent(rules.TEXTS_AT_HAND)

    def __getitem__(self, name: str) -> Text:
        """Return a text. Raises KeyError where the capture is not known."""
        return self._made.get(name) or self._made.put(name, self._make(name))

    def forget(self, name: str) -> None:
        """Let a text be made anew: more of its claims, or boilerplate of its publisher, became known."""
        self._made.drop(name)

    def _make(self, name: str) -> Text:
        capture = self._captures[name]
        news = tuple(claim for claim in self._told.get(name, ()) if claim.role == "news")
        found, facts = passages(capture.text), tuple(map(fact, news))
        return Text(
            capture,
            found,
            self._boilerplate.own(capture.publisher, found),
            facts,
            frozenset(map(_number, _signs(capture, news, facts))),
            tuple(credited(capture, news)),
        )


def head(text: Text) -> Head:
    """Return the head of a text."""
    capture = text.capture
    return Head(
        capture.id, capture.published, capture.dispatch, capture.publisher, bool(text.credits)
    )


def _signs(capture: Capture, news: tuple[Claim, ...], facts: tuple[Fact, ...]) -> Iterator[Fact]:
    """Yield what captures of one day are looked up by: placed facts, and speakers of statements."""
    day = capture.published.toordinal()
    for claim, told in zip(news, facts, strict=True):
        where = tables.site(claim.place) if claim.place else None
        speaker = spoken_by(claim) if isinstance(claim, Statement) else None
        for at in (day, day + 1):
            if where:
                yield (at, where, *told)
            if speaker:
                yield (at, speaker)


def _number(sign: Fact) -> int:
    return xxh3_64_intdigest(repr(sign).encode())
