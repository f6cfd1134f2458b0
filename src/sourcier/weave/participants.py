"""Participants: the full names that stand where a text tells what happened, but do not speak there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sourcier.types import Capture, Claim, Occurrence, Toll
from sourcier.weave import tables
from sourcier.weave.facts import spoken_by
from sourcier.weave.names import person, tokens
from sourcier.weave.wording import sentence

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
    return frozenset(key for key in map(person, own) if _surname(key) not in speakers | places)


def _surname(key: str) -> str:
    return key.split(":")[1] if key.startswith("person:") else key
