"""What holds for the reading of any text. Each check returns what does not hold, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from sourcier.read import read
from sourcier.types import Capture, Claim, Measure, Occurrence, Place, Reading, Statement, Time

PUBLISHED = datetime(2025, 3, 30, 1, 30, tzinfo=UTC)
"""Within the hour that clocks skip or have skipped in Europe."""


def reading(text: str, language: str | None, zone: str = "Europe/Paris") -> Reading:
    """Read a text, mentions and all."""
    capture = Capture(
        id="c", dispatch="d", text=text, published=PUBLISHED, zone=zone, language=language
    )
    return read(capture, mentions=True)


def broken(text: str, language: str | None) -> list[str]:
    """Return all that does not hold for a text."""
    first = reading(text, language)
    faults = [fault for claim in first.claims for fault in of_claim(claim, text)]
    faults += [
        fault for one in first.mentions for fault in _cut("mention", one.span, one.quote, text)
    ]
    faults += of_order(first)
    if reading(text, language) != first:
        faults.append("a second reading differs")
    return faults


def of_order(found: Reading) -> list[str]:
    """Return what is wrong with the order and the references of claims."""
    starts = [claim.span[0] for claim in found.claims]
    ids = [claim.id for claim in found.claims]
    parts = [getattr(claim, "part_of", None) for claim in found.claims]
    faults = []
    if starts != sorted(starts):
        faults.append("claims are not in the order of the text")
    if len(set(ids)) < len(ids):
        faults.append("two claims have one id")
    if not {part for part in parts if part} <= set(ids):
        faults.append("part_of names no claim")
    return faults


def of_claim(claim: Claim, text: str) -> Iterator[str]:
    """Yield what is wrong with a claim."""
    yield from _cut(claim.kind, claim.span, claim.quote, text)
    for link in claim.attribution:
        if not 0 <= link.span[0] < link.span[1] <= len(text):
            yield f"attribution at {link.span} is outside the text"
        if not (link.name or link.role or link.organisation):
            yield f"attribution at {link.span} names nobody"
    for part in (claim.time, claim.said, claim.place):
        yield from of_part(part, text)
    yield from _words(claim, text)


def of_part(part: Time | Place | None, text: str) -> Iterator[str]:
    """Yield what is wrong with a time or a place."""
    if part is None:
        return
    if isinstance(part, Time) or part.text:
        yield from _cut("part", part.span, part.text, text)
    if isinstance(part, Time) and not part.start < part.end:
        yield f"time {part.text!r} ends before it starts"


def _words(claim: Claim, text: str) -> Iterator[str]:
    """Yield which words of a claim are none of the text."""
    if isinstance(claim, Statement):
        start, end = claim.content
        if not claim.span[0] <= start < end <= claim.span[1]:
            yield f"content {claim.content} is outside its statement {claim.span}"
    verbatim = list(claim.hedges)
    if isinstance(claim, Occurrence):
        verbatim += [word for word in (claim.actor, claim.target, claim.means) if word]
    if isinstance(claim, Measure):
        verbatim += [w for w in (claim.actor, claim.action, claim.for_, claim.reason) if w]
    yield from (f"{word!r} is not in the text" for word in verbatim if word not in text)


def _cut(what: str, span: tuple[int, int], words: str, text: str) -> Iterator[str]:
    if not words or text[slice(*span)] != words:
        yield f"{what} {words!r} is not what stands at {span}"
