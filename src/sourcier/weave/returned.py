"""Returned: texts that carry the id of a capture, as those do that were taken from a page of this desk.

What is handed out names the captures that it rests on, by the first eight digits of their SHA-256 or by
all. A text that comes in with the digits of a capture that is known descends from it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from sourcier.types import Capture, Evidence
from sourcier.weave.rules import Rule, because

DIGITS = 8
SCHEME = "sha256:"

_HEX = "[0-9a-f]"
_NAMED = re.compile(  # whole ids; short ones that are no number; what a credit line closes with
    rf"(?<![0-9A-Za-z])(?:{_HEX}{{64}}|(?=[0-9]{{0,7}}[a-f])(?=[a-f]{{0,7}}[0-9]){_HEX}{{8}})"
    rf"(?![0-9A-Za-z])|(?<=[^\W\d_][ \u00a0\u202f]){_HEX}{{4}}[ \u00a0\u202f]?{_HEX}{{4}}(?=\))"
)
_MIXED = re.compile("[0-9](?:(?=[a-f])|(?<=[a-f][0-9]))")
_CLOSED = re.compile(rf"\)(?<={_HEX}{{4}}\))")
_SPACES = re.compile(r"\s")


def named_captures(capture: Capture) -> Iterator[Evidence]:
    """Yield what may be ids of captures that a text, or the page that held it, names."""
    text = capture.text
    for found in _NAMED.finditer(text) if _MIXED.search(text) or _CLOSED.search(text) else ():
        digits = _SPACES.sub("", found[0])
        yield because(
            Rule.NAMES_CAPTURE, capture.id, found.span(), hash=digits[:DIGITS], digits=digits
        )
    for credit in capture.credits:
        if credit.url and credit.url.startswith(SCHEME):
            digits = credit.url.removeprefix(SCHEME)
            start = text.find(credit.name) if credit.name else -1
            span = (start, start + len(credit.name or "")) if start >= 0 else None
            yield because(Rule.NAMES_CAPTURE, capture.id, span, hash=digits[:DIGITS], digits=digits)


def is_named(evidence: Evidence, capture: str) -> bool:
    """Tell whether the evidence of `named_captures` names a capture, by its id."""
    return evidence.rule == Rule.NAMES_CAPTURE and capture.startswith(evidence.detail["digits"])


class Returned:
    """Which captures there are by the first digits of their ids, and who names those that are to come."""

    def __init__(self) -> None:
        self._known: dict[str, list[str]] = defaultdict(list)
        self._naming: dict[str, set[str]] = defaultdict(set)

    def add(self, capture: str, credits: Iterable[Evidence]) -> frozenset[str]:  # noqa: A002
        """Take a capture and whom it credits in; return the captures that name it."""
        mark = capture[:DIGITS]
        if capture not in self._known[mark]:
            self._known[mark].append(capture)
        for credit in credits:
            if credit.rule == Rule.NAMES_CAPTURE:
                self._naming[credit.detail["hash"]].add(capture)
        return frozenset(self._naming.get(mark, ())) - {capture}

    def of(self, credits: Iterable[Evidence]) -> Iterator[tuple[str, Evidence]]:  # noqa: A002
        """Yield the captures that some credits name, with the credit, in the order of the text."""
        for credit in credits:
            if credit.rule == Rule.NAMES_CAPTURE:
                for capture in sorted(self._known.get(credit.detail["hash"], ())):
                    if is_named(credit, capture):
                        yield capture, credit
