"""Search over everything that a story has: dispatches, claims, entries with their drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sourcier.desk import store
from sourcier.desk.drafting.phrases import Phrases
from sourcier.desk.finding.extract import Piece, extract
from sourcier.desk.finding.query import Query, QueryError, parse
from sourcier.desk.people.access import needs
from sourcier.desk.screens.frame import desk_of, frame
from sourcier.desk.store.search import MOST, Hit, search

LONGEST = 500
"""How many characters of a query are read."""


@dataclass(frozen=True, slots=True)
class Found:
    """A hit as it is shown: where it stands, whose words, the words themselves."""

    hit: Hit
    who: str
    pieces: tuple[Piece, ...]


@require_safe
@never_cache
@needs("read")
def find(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what ``?q=`` finds, the newest first; a query that can't be read is told why."""
    asked = request.GET.get("q", "")[:LONGEST].replace("\0", "")
    shown = frame(request, slug) | {"desk": desk_of(request, slug), "q": asked, "most": MOST}
    shown["searching"] = True
    found: tuple[Found, ...] | None = None
    error = None
    if asked.strip():
        try:
            query = parse(asked)
            hits = search(slug, query, zone=store.zone(slug))
            found = _shown(hits, query, shown["ui"])
        except QueryError as refused:
            error = refused
    status = 422 if error else 200
    return render(request, "search.html", shown | {"found": found, "error": error}, status=status)


def _shown(hits: Sequence[Hit], query: Query, language: str) -> tuple[Found, ...]:
    captures = {hit.capture.id: hit.capture for hit in hits if hit.capture}
    claims = [hit.claim for hit in hits if hit.claim]
    phrases = Phrases(language, captures, claims)
    return tuple(
        Found(hit, _who(hit, phrases), extract(_text(hit), query.terms))
        for hit in hits
        if hit.capture or hit.entry
    )


def _who(hit: Hit, phrases: Phrases) -> str:
    if hit.claim:
        return phrases.speaker(hit.claim)
    return phrases.publisher(hit.capture.id) if hit.capture else ""


def _text(hit: Hit) -> str:
    if hit.claim:
        return hit.claim.quote
    if hit.capture:
        return hit.capture.text
    text = hit.entry.texts.get(hit.language) if hit.entry else None
    return f"{text.headline}\n{text.body}".strip() if text else ""
