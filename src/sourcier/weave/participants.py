"""Participants: the full names that stand where a text tells what happened, but do not speak there.

A storm that has a name is one of them, and no less itself for being told of in many regions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sourcier.types import Capture, Claim, Occurrence, Toll
from sourcier.weave import tables
from sourcier.weave.facts import spoken_by
from sourcier.weave.names import person, skeleton, tokens
from sourcier.weave.rules import PUBLIC_IN
from sourcier.weave.wording import sentence

_STORM = "storm:"
_CAPITAL = r"[^\W\d_a-zß-öø-ÿа-яёіїєґ][^\W\d_]*[a-zß-öø-ÿа-яёіїєґ]"
_BEHIND = 300  # characters behind the last toll or occurrence, where its people are often named
_NAME = re.compile(
    rf"{_CAPITAL}(?:[’'-]{_CAPITAL})*(?: (?:[A-ZА-Я]\. )?{_CAPITAL}(?:[’'-]{_CAPITAL})*)+"
)


def participants(capture: Capture | None, claims: Iterable[Claim]) -> frozenset[str]:
    """Return the keys of the people, streets and houses named from the first toll or occurrence to the last.

    Who speaks in the text is no participant, nor is an office or a place that a claim is bound to.
    """
    if capture is None:
        return frozenset()
    told = [claim for claim in claims if isinstance(claim, Toll | Occurrence)]
    if not told:
        return frozenset()
    first, last = min(claim.span for claim in told), max(claim.span for claim in told)
    stretch = sentence(capture.text, first)[0], sentence(capture.text, last)[1] + _BEHIND
    names = {match.group() for match in _NAME.finditer(capture.text, *stretch)}
    speakers = {_surname(key) for claim in claims if (key := spoken_by(claim))}
    places = {_surname(person(claim.place.name)) for claim in told if claim.place}
    own = (name for name in names if len(tokens(name)) > 1 and not tables.is_institution(name))
    people = {key for key in map(person, own) if _surname(key) not in speakers | places}
    return frozenset(people | _storms(capture, stretch))


def spelled(capture: Capture) -> dict[str, str]:
    """Return how a text spells the people it names, by their keys; the first spelling of each."""
    names = [match.group() for match in _NAME.finditer(capture.text)]
    return {person(name): name for name in reversed(names)}


def is_public(key: str, regions: int) -> bool:
    """Tell whether a key that is told of in so many regions stands for nobody's own story."""
    return regions >= PUBLIC_IN and not key.startswith(_STORM)


def _storms(capture: Capture, stretch: tuple[int, int]) -> set[str]:
    found = tables.pattern("storm", capture.language)
    names = found.findall(capture.text[slice(*stretch)]) if found else ()
    return {f"{_STORM}{skeleton(name)}" for name in names}


def _surname(key: str) -> str:
    return key.split(":")[1] if key.startswith("person:") else key
