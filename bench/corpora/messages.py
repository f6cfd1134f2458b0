"""Alert messages: what sirens, officials and observers post, invented for this project.

They stand in ``languages/<code>/corpus/alert_messages.jsonl``: a text with the hazard, state and area
of each alert in it, none for a trap. Those marked ``held`` were written before the reader had seen
any of them. An alert is right where its state is, and its area: the words of its place, or those of
its area, are among the words expected, or the other way round. The state and hazard are told apart
from the area below.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.resources import files
from typing import Any

import msgspec
import regex

from bench.corpora.corpus import Corpus
from bench.corpora.rows import Error, Item, Tallies, Tally, excerpt, matched
from bench.corpora.source import Record
from sourcier.read import read
from sourcier.types import Alert, Capture

LANGUAGES = ("uk", "ru")
STATE_AREA, STATE_HAZARD = "alert: state, area", "alert: state, hazard"
HELD = "alert: state, area, of those held back"
ITEMS = (Item(STATE_AREA, "F1", 0.97), Item(STATE_HAZARD), Item(HELD))
_WORD = regex.compile(r"[\p{L}\p{N}]+")


def documents(language: str) -> list[Record]:
    """Return the messages of a language."""
    path = files("sourcier") / "languages" / language / "corpus" / "alert_messages.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    return [{"language": language, **msgspec.json.decode(line)} for line in lines]


def alerts(message: Record) -> list[Alert]:
    """Return the alerts that are read in a message."""
    capture = msgspec.convert(
        {
            **{key: message[key] for key in ("text", "published", "zone", "language")},
            "id": "message",
            "dispatch": "message",
        },
        Capture,
    )
    return [claim for claim in read(capture).claims if isinstance(claim, Alert)]


def is_there(wanted: Record, found: Alert) -> bool:
    """Tell whether an alert has the state and the area that are wanted."""
    words = _words(wanted["area"])
    told = [_words(found.place.text if found.place else None), _words(found.area)]
    named = any(one and (one <= words or words <= one) for one in told) if words else not any(told)
    return found.state == wanted["state"] and named


def is_of(wanted: Record, found: Alert) -> bool:
    """Tell whether an alert has the state and the hazard that are wanted."""
    return (found.state, found.hazard) == (wanted["state"], wanted["hazard"])


def score(message: Record) -> Tallies:
    """Read one message and return its tallies."""
    found = alerts(message)
    rules: dict[str, Callable[[Any, Alert], bool]] = {STATE_AREA: is_there, STATE_HAZARD: is_of}
    if message.get("held"):
        rules[HELD] = is_there
    tallies = {item: _tally(message["alerts"], found, rule) for item, rule in rules.items()}
    tallies[STATE_AREA].errors = _errors(message, found)
    return tallies


def _tally(wanted: list[Record], found: list[Alert], rule: Callable[[Any, Alert], bool]) -> Tally:
    right = len(matched(wanted, found, rule))
    return Tally(right, len(found), right, len(wanted))


def _errors(message: Record, found: list[Alert]) -> list[Error]:
    wanted = message["alerts"]
    pairs = matched(wanted, found, is_there)
    missed = [one for i, one in enumerate(wanted) if i not in {pair[0] for pair in pairs}]
    made_up = [one for j, one in enumerate(found) if j not in {pair[1] for pair in pairs}]
    return [
        *(_error(message, "missed", f"{one['state']} {one['area']}", (0, 0)) for one in missed),
        *(_error(message, "made up", f"{one.state} {one.area}", one.span) for one in made_up),
    ]


def _error(message: Record, what: str, key: str, span: tuple[int, int]) -> Error:
    context = excerpt(message["text"], span)
    return Error(f"alert message: {what}", key, message["text"][:20], context, span)


def _words(text: str | None) -> set[str]:
    return set(_WORD.findall(text.lower())) if text else set()


CORPORA = tuple(
    Corpus(
        f"alerts-{language}",
        f"alert messages {language}",
        ITEMS,
        partial(documents, language),
        score,
    )
    for language in LANGUAGES
)
