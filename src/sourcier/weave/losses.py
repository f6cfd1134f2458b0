"""Losses: what a relay dropped on the way: "at least", "provisional", a doubt, the claimant's name."""

from __future__ import annotations

import re

from sourcier.types import Capture, Claim, Toll
from sourcier.weave import tables
from sourcier.weave.facts import fact
from sourcier.weave.folding import fold

_SOFT = ("at_least", "more_than", "at_most", "about", "vague")
_WORD = re.compile(r"[\w'’-]+")


def lost(
    origin: Claim, relay: Claim, origin_capture: Capture | None, relay_capture: Capture | None
) -> tuple[str, ...]:
    """Return the words of `origin` that `relay` lacks, as the origin's text has them."""
    words: list[str] = []
    if isinstance(origin, Toll) and isinstance(relay, Toll):
        if origin.qualifier in _SOFT and relay.qualifier in ("exact", "none"):
            words.append(_qualifier(origin, relay))
        if origin.provisional and not relay.provisional:
            words.append(_provisional(origin_capture))
    if origin.hedges and not relay.hedges:
        words.extend(origin.hedges)
    if origin.attribution and not relay.attribution and not _speaks_itself(relay_capture):
        last = origin.attribution[-1]
        words.append(last.name or last.organisation or last.role or "")
    return tuple(word for word in words if word)


def _speaks_itself(capture: Capture | None) -> bool:
    return capture is not None and capture.role == "official"


def _qualifier(origin: Toll, relay: Toll) -> str:
    """Return the origin's words but for those that the relay has too; all of them across languages."""
    kept = {word.lower() for word in _WORD.findall(relay.words)}
    left = [word for word in _WORD.findall(origin.words) if word.lower() not in kept]
    digits = [word for word in left if not any(char.isdigit() for char in word)]
    return " ".join(digits) or origin.words


def _provisional(capture: Capture | None) -> str:
    """Return the words that call the origin's toll provisional, or the key ``provisional``."""
    found = tables.pattern("provisional", capture.language if capture else None)
    match = found.search(fold(capture.text)) if found and capture else None
    return capture.text[slice(*match.span())] if match and capture else "provisional"


def matching(claim: Claim, others: tuple[Claim, ...]) -> Claim | None:
    """Return the claim among `others` that tells the same as `claim`: the same fact, or of its kind.

    Figures must be equal; of several equals, the one at the like place among them is taken. Who denies
    or admits something relays nobody who says it.
    """
    wanted = fact(claim)
    others = tuple(other for other in others if _takes(other) == _takes(claim))
    same = [other for other in others if fact(other) == wanted]
    if same:
        return same[0]
    if isinstance(claim, Toll):
        return None
    loosely = [other for other in others if fact(other)[:2] == wanted[:2]]
    return loosely[0] if len(loosely) == 1 else None


def _takes(claim: Claim) -> str:
    """Return the stance of a claim; a figure at odds with another is still asserted."""
    return "asserted" if claim.stance == "disputed" else claim.stance
