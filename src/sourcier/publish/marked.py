"""A capture with its claims marked in the text: what ``sourcier read --format html`` prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from sourcier.publish.page import policy
from sourcier.publish.proof import short_hash
from sourcier.publish.render import asset, environment
from sourcier.publish.tolls import bounds
from sourcier.publish.words import Words, words
from sourcier.types import Capture, Claim, Toll

KINDS = ("toll", "statement", "occurrence", "alert", "measure")
KNOWN = ("fr", "en", "uk", "ru")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text between two ends of claims; `numbers` are the claims that cover it.

    `opens` are the numbers of those that begin here, `kind` that of the shortest of all.
    """

    text: str
    numbers: tuple[int, ...]
    opens: tuple[int, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """A claim as the legend lists it."""

    number: int
    claim: Claim
    speaker: str
    figure: str


def render_marked(capture: Capture, claims: Iterable[Claim], language: str) -> str:
    """Return a page of its own: the text with every claim marked and numbered, and their list.

    `language` is the page's, ISO 639-1; English serves where there are no messages in it.
    """
    language = language if language in KNOWN else "en"
    listed = sorted(
        (claim for claim in claims if _holds(capture, claim)), key=lambda claim: claim.span
    )
    css = asset("tokens.css") + "\n" + asset("marked.css")
    numbered = [
        Numbered(number, claim, _speaker(claim), _figure(claim, words(language)))
        for number, claim in enumerate(listed, 1)
    ]
    return (
        environment()
        .get_template("marked.html")
        .render(
            t=words(language),
            language=language,
            capture=capture,
            hash=short_hash(capture),
            paragraphs=list(_paragraphs(capture.text, listed)),
            claims=numbered,
            kinds=[kind for kind in KINDS if any(_kind(claim) == kind for claim in listed)],
            css=Markup(css),  # noqa: S704 - our own files
            policy=policy(css, "", frozen=True),
        )
    )


def _holds(capture: Capture, claim: Claim) -> bool:
    return 0 <= claim.span[0] < claim.span[1] <= len(capture.text)


def _kind(claim: Claim) -> str:
    return claim.kind


def _speaker(claim: Claim) -> str:
    if not claim.attribution:
        return ""
    origin = claim.attribution[-1]
    return ", ".join(part for part in (origin.name, origin.role, origin.organisation) if part)


def _figure(claim: Claim, t: Words) -> str:
    if not isinstance(claim, Toll):
        return ""
    return " ".join(filter(None, bounds(t, claim.low, claim.high, claim.qualifier)))


def _paragraphs(text: str, claims: list[Claim]) -> Iterator[list[Segment]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield list(segments(text, claims, start, start + len(line)))
        start += len(line) + 1


def segments(text: str, claims: list[Claim], start: int, end: int) -> Iterator[Segment]:
    """Yield ``text[start:end]`` cut at the ends of `claims`, in order, nothing lost."""
    inner = {offset for claim in claims for offset in claim.span if start < offset < end}
    for left, right in pairwise(sorted({start, end} | inner)):
        over = [
            (n, claim)
            for n, claim in enumerate(claims, 1)
            if claim.span[0] < right and claim.span[1] > left
        ]
        shortest = min(over, key=lambda pair: pair[1].span[1] - pair[1].span[0], default=None)
        yield Segment(
            text[left:right],
            tuple(number for number, _ in over),
            tuple(number for number, claim in over if claim.span[0] == left),
            _kind(shortest[1]) if shortest else "",
        )
