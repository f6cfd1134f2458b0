"""Where something happened, in languages that decline names: in the words that a source used. Pure.

"У Сумах" is made of "Суми" by no rule that holds for all names; but a source that writes of a place
mostly says "у Сумах" somewhere. What no source says is told with the bare name instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import regex

from sourcier.messages import messages
from sourcier.publish.placenames import key
from sourcier.types import Capture, Claim


def locatives(
    language: str, captures: Mapping[str, Capture], claims: Iterable[Claim]
) -> dict[str, str]:
    """Return how sources in `language` say that something is in a place, by the place's `key`.

    The commonest words win. Empty for a language whose messages name no ``place.locative``: its
    prepositions, and the endings that speak of motion to the place.
    """
    say = messages(language, "sentences")
    if "place.locative" not in say:
        return {}
    rule = say.raw("place.locative")
    prepositions, refused = tuple(rule["prepositions"]), regex.compile(rule["refused"])
    found: dict[str, Counter[str]] = {}
    for claim in claims:
        capture = captures.get(claim.capture)
        if not claim.place or not capture or capture.language != language:
            continue
        words = capture.text[slice(*claim.place.span)]
        before = capture.text[: claim.place.span[0]].split()[-1:]
        if words != claim.place.text or not before or not words[:1].isupper():
            continue
        preposition = before[0].lower().lstrip("(«“\"'")
        if preposition in prepositions and not refused.search(words):
            found.setdefault(key(claim.place), Counter())[f"{preposition} {words}"] += 1
    return {place: counts.most_common(1)[0][0] for place, counts in found.items()}
