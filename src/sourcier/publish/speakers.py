"""Who says so: the speakers of an entry's claims, and through whom their words came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sourcier.publish.view import View
from sourcier.types import Attribution, Claim


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker as the sources word it; `language` where the words are not the page's own.

    `name` empty: nobody is named. `relay` is the publisher that passed the words on.
    """

    name: str
    details: tuple[str, ...]
    medium: str | None
    relay: str | None
    language: str | None


def speakers(view: View, claims: Iterable[Claim]) -> list[Speaker]:
    """Return each speaker of `claims` once; those in the page's language suffice where there are any."""
    claims = [claim for claim in claims if claim.role == "news"] or list(claims)
    ours = [claim for claim in claims if view.language_of(claim.capture) is None]
    named = [claim for claim in ours if claim.attribution] or ours or claims
    found: dict[tuple[str, str | None], Speaker] = {}
    for claim in sorted(named, key=lambda claim: not claim.attribution):
        speaker = speaker_of(view, claim)
        found.setdefault((speaker.name.casefold(), speaker.relay), speaker)
    return list(found.values())


def speaker_of(view: View, claim: Claim) -> Speaker:
    """Return who a claim is given to, and its relay where that is another."""
    capture = view.story.captures.get(claim.capture)
    publisher = capture.publisher if capture else None
    language = view.language_of(claim.capture)
    if not claim.attribution:
        return Speaker("", (), None, publisher, language)
    origin = claim.attribution[-1]
    name, details = _worded(origin)
    relay = None if publisher is None or publisher.casefold() == name.casefold() else publisher
    medium = view.words.either(f"medium.{origin.medium}", "") if origin.medium else None
    return Speaker(name, details, medium or None, relay, language)


def _worded(link: Attribution) -> tuple[str, tuple[str, ...]]:
    parts = [part for part in (link.name, link.role, link.organisation) if part]
    name, *rest = parts or [""]
    return name, tuple(part for part in rest if part.casefold() not in name.casefold())
