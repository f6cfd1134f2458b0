"""A source in trouble, as the desk says it in a line: what ``sourcier sources status`` tells. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sourcier.desk.screens.voice import Voice
from sourcier.publish.words import words
from sourcier.types import SourceHealth

GAPS = 3
"""How many of the gaps are named, the last ones."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A source that somebody should see to: who it is, what is the matter, since when, what is known."""

    publisher: str
    word: str
    since: str
    facts: tuple[str, ...]


def trouble(
    health: SourceHealth, at: datetime, say: Voice, clock: Callable[[datetime], str]
) -> Trouble:
    """Return how a source is since `at`; `say` speaks the desk's language, `clock` tells a moment in it."""
    return Trouble(
        publisher=health.publisher,
        word=say(f"health.{health.state}"),
        since=say("health.since", clock=clock(at)),
        facts=tuple(_facts(health, say, clock)),
    )


def _facts(health: SourceHealth, say: Voice, clock: Callable[[datetime], str]) -> Iterator[str]:
    if health.failures:
        yield say("health.failures", health.failures)
    if health.message:
        yield health.message
    if health.moved:
        yield say("health.moved_to", address=health.moved)
    if health.answered:
        yield say("health.answered", clock=clock(health.answered))
    if health.newest:
        yield say("health.newest", clock=clock(health.newest))
    if health.usual:
        yield say("health.usual", span=_span(health.usual, say.language))
    if health.gaps:
        yield say("health.gaps", gaps=", ".join(health.gaps[-GAPS:]))
    if health.lost:
        yield say("health.lost", health.lost)


def _span(seconds: float, language: str) -> str:
    return words(language).duration(timedelta(seconds=max(60.0, seconds)))
