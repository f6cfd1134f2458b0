"""Credits and notes: whose words a text says it carries, and what in it is no news.

The lines and turns of phrase are data (``languages/<code>/credits.toml``): patterns named
``agency_…``, ``source_…``, ``forward_…``, ``author_…`` give credits (their group ``name`` is the
name); ``greeting_…`` and ``boilerplate_…`` give notes; ``newsroom`` names whose newsroom speaks.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Literal

import regex

from sourcier.read.document import Document
from sourcier.read.lexicon import lexicon
from sourcier.read.scan import Scan
from sourcier.types import Credit, Span

CreditKind = Literal["agency", "forward", "source", "author"]

_CREDIT_KINDS: tuple[CreditKind, ...] = ("agency", "forward", "source", "author")
_NOTE_KINDS = ("greeting", "boilerplate")
_URL = regex.compile(r"""https?://[^\s<>"'»”)\]]+""")


def find_credits(document: Document) -> tuple[Credit, ...]:
    """Return the credits that the text itself gives, in order, each once.

    A credit of kind ``source`` whose line names nobody takes the name of the newsroom that speaks in
    the text ("the newsroom of The Lantern brings you ..."), where there is one.
    """
    newsroom = _newsroom(document)
    found: dict[tuple[str, str | None], Credit] = {}
    for kind, match in sorted(_matches(document, _CREDIT_KINDS), key=lambda one: one[1].start()):
        name = _name(document, match) or (newsroom if kind == "source" else None)
        url = _URL.search(document.text, *match.span())
        credit = Credit(kind=kind, name=name, url=url.group() if url else None)
        found.setdefault((kind, name and name.casefold()), credit)
    return tuple(found.values())


def find_notes(document: Document) -> tuple[dict[str, Any], ...]:
    """Return the spans that are no news, as ``{"span": [start, end], "kind": kind}``.

    `kind` is ``greeting``, ``boilerplate`` or ``credit``; spans are in order and do not overlap.
    """
    notes: list[tuple[Span, str]] = []
    for kind, match in _matches(document, _NOTE_KINDS):
        notes.append((_sentences(document, match.span()), kind))
    notes += [(match.span(), "credit") for _, match in _matches(document, _CREDIT_KINDS)]
    return tuple({"span": [*span], "kind": kind} for span, kind in _merged(notes))


def _matches(document: Document, kinds: tuple[Any, ...]) -> Iterator[tuple[Any, regex.Match[str]]]:
    for name, match in _scan(document.language, kinds).each(document.openings):
        yield name.partition("_")[0], match


@lru_cache(maxsize=16)
def _scan(language: str, kinds: tuple[str, ...]) -> Scan:
    return lexicon(language, "credits").scan_of(*kinds)


def _name(document: Document, match: regex.Match[str]) -> str | None:
    if "name" not in match.re.groupindex or match.start("name") < 0:
        return None
    return document.text[slice(*match.span("name"))].strip(' \u00a0\t.,:;«»“”"()') or None


def _newsroom(document: Document) -> str | None:
    topic = lexicon(document.language, "credits")
    if "newsroom" not in topic.patterns():
        return None
    match = topic.pattern("newsroom").search(document.folded)
    return _name(document, match) if match else None


def _sentences(document: Document, span: Span) -> Span:
    """Return the whole sentences that a turn of phrase stands in."""
    first, last = document.sentence_at(span[0]), document.sentence_at(max(span[0], span[1] - 1))
    return min(first.start, span[0]), max(last.end, span[1])


def _merged(notes: list[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """Return the notes in order, those of one kind that touch joined, overlaps cut off."""
    merged: list[tuple[Span, str]] = []
    for (start, end), kind in sorted(notes):
        if merged and start <= merged[-1][0][1] + 1:
            (begin, until), before = merged[-1]
            if before == kind or end <= until:
                merged[-1] = ((begin, max(until, end) if before == kind else until), before)
                continue
            start = max(start, until)
        merged.append(((start, end), kind))
    return merged
