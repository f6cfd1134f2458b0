"""Who says so: the speakers of an entry's claims, and through whom their words came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from sourcier.publish.view import View
from sourcier.types import Claim


class Detail(NamedTuple):
    """A role or an organisation; `language` where it is in other words than the page's own."""

    text: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker as the sources word it; `language` where the words are not the page's own.

    `name` empty: nobody is named; `original` as it was written, where that was in other letters. `relays`
    are the publishers that passed the words on.
    """

    name: str
    details: tuple[Detail, ...]
    medium: str | None
    relays: tuple[str, ...]
    language: str | None
    original: str = ""


def speakers(view: View, claims: Iterable[Claim]) -> list[Speaker]:
    """Return each speaker of `claims` once; those in the page's language suffice where there are any."""
    claims = [claim for claim in claims if claim.role == "news"] or list(claims)
    ours = [claim for claim in claims if view.language_of(claim.capture) is None]
    named = [claim for claim in ours if claim.attribution] or ours or claims
    found: dict[str, Speaker] = {}
    for claim in sorted(named, key=lambda claim: not claim.attribution):
        speaker = speaker_of(view, claim)
        key = speaker.name.casefold()
        known = found.setdefault(key, speaker)
        relays = tuple(dict.fromkeys((*known.relays, *speaker.relays)))
        found[key] = replace(known, relays=relays)
    return list(found.values())


def speaker_of(view: View, claim: Claim) -> Speaker:
    """Return who a claim is given to, and its relay where that is another."""
    capture = view.story.captures.get(claim.capture)
    language = view.language_of(claim.capture)
    publisher = view.in_letters((capture and capture.publisher) or "", language)
    if not claim.attribution:
        return Speaker("", (), None, _known(publisher), language)
    origin = claim.attribution[-1]
    name, *details = [part for part in (origin.name, origin.role, origin.organisation) if part] or [
        ""
    ]
    spelled = (
        view.in_letters(name, language) if origin.name else view.office(name, language) or name
    )
    relays = () if publisher.casefold() == spelled.casefold() else _known(publisher)
    medium = view.words.either(f"medium.{origin.medium}", "") if origin.medium else None
    original = name if spelled != name else ""
    worded = tuple(
        detail(view, part, language) for part in details if part.casefold() not in name.casefold()
    )
    return Speaker(spelled, worded, medium or None, relays, language, original)


def detail(view: View, words: str, language: str | None) -> Detail:
    """Return a role or an organisation in the page's words where they are known, else in its own."""
    known = view.office(words, language)
    return Detail(known, None) if known else Detail(words, language)


def _known(publisher: str) -> tuple[str, ...]:
    return (publisher,) if publisher else ()


def named(view: View, relays: tuple[str, ...]) -> str:
    """Return relays in words: the first two, and how many more."""
    more = len(relays) - 2
    shown = [*relays[:2], *([view.words("by.others", more)] if more > 0 else [])]
    return view.words.series(shown)
