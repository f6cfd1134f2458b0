"""Search over everything, with one syntax on SQLite (FTS5) and PostgreSQL (full text)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from sourcier import types
from sourcier.desk import models
from sourcier.desk.finding.query import Query, Term
from sourcier.desk.finding.terms import stem
from sourcier.desk.store import rows

MOST = 60
"""How many passages an answer has at most."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with what it is of: a capture, a claim (and its capture), or an entry."""

    sort: str
    key: str
    event: str
    language: str
    at: datetime
    capture: types.Capture | None = None
    claim: types.Claim | None = None
    entry: types.Entry | None = None


def search(slug: str, query: Query, *, zone: str = "UTC") -> tuple[Hit, ...]:
    """Return what `query` finds, the newest first; its days are days in `zone`."""
    found = models.Passage.objects.filter(story_id=slug).filter(_narrowed(query, ZoneInfo(zone)))
    if query.terms:
        found = found.filter(pk__in=_matching(_together(query.terms)))
    if query.without:
        found = found.exclude(pk__in=_matching(_any(query.without)))
    passages = found.order_by("-at", "-pk").defer("words", "stems")[:MOST]
    return tuple(_hits(slug, list(passages)))


def _narrowed(query: Query, zone: ZoneInfo) -> Q:
    """Return the condition that the filters and days make."""
    asked = Q()
    for name, value in query.filters.items():
        match name:
            case "lang":
                asked &= Q(language=value)
            case "kind":
                asked &= Q(kind=value.replace(" ", "_")) | Q(sort=value)
            case _:
                asked &= Q(**{f"{name}__contains": value})
    for name, day in query.days.items():
        start = datetime.combine(day, time(), UTC).replace(tzinfo=zone)
        if name == "from":
            asked &= Q(at__gte=start)
        elif day < date.max:
            asked &= Q(at__lt=start + timedelta(days=1))
    return asked


def _matching(condition: str) -> RawSQL:
    """Return the passages that a full-text condition finds; it holds letters and digits alone."""
    if connection.vendor == "postgresql":
        sql = "SELECT id FROM desk_passage WHERE fts @@ to_tsquery('simple', %s)"
    else:
        sql = "SELECT rowid FROM desk_passage_fts WHERE desk_passage_fts MATCH %s"
    return RawSQL(sql, [condition])  # noqa: S611 - the condition is a parameter


def _together(terms: Iterable[Term]) -> str:
    joint = " & " if connection.vendor == "postgresql" else " AND "
    return joint.join(f"({_condition(term)})" for term in terms)


def _any(terms: Iterable[Term]) -> str:
    joint = " | " if connection.vendor == "postgresql" else " OR "
    return joint.join(f"({_condition(term)})" for term in terms)


def _condition(term: Term) -> str:
    """Return a term in the database's own language: words as they stand, or without their endings."""
    whole = term.exact or term.prefix
    said = term.words if whole else tuple(map(stem, term.words))
    if connection.vendor == "postgresql":
        weight = "A" if whole else "B"
        marks = [weight] * (len(said) - 1) + [f"*{weight}" if term.prefix else weight]
        return " <-> ".join(f"'{w}':{mark}" for w, mark in zip(said, marks, strict=True))
    phrase = f'"{" ".join(said)}"{" *" if term.prefix else ""}'
    return f"{'words' if whole else 'stems'} : {phrase}"


def _hits(slug: str, passages: list[models.Passage]) -> Iterable[Hit]:
    def keys(sort: str) -> set[str]:
        return {passage.key for passage in passages if passage.sort == sort}

    claims = rows.claims(slug, keys("claim"))
    captures = rows.captures(slug, keys("capture") | {claim.capture for claim in claims.values()})
    entries = _entries(slug, keys("entry"))
    for one in passages:
        claim = claims.get(one.key) if one.sort == "claim" else None
        known: dict[str, Any] = {"claim": claim}
        known["capture"] = captures.get(claim.capture if claim else one.key)
        known["entry"] = entries.get(one.key) if one.sort == "entry" else None
        yield Hit(one.sort, one.key, one.event, one.language, one.at, **known)


def _entries(slug: str, keys: Iterable[str]) -> dict[str, types.Entry]:
    """Return the newest version of entries, by id."""
    found = models.EntryVersion.objects.filter(story_id=slug, entry__in=list(keys)).order_by("pk")
    return {entry.id: entry for entry in found.values_list("record", flat=True)}
