"""Which events of a story pass the wall's filters, and which of them somebody has not seen."""

from __future__ import annotations

from typing import Any, get_args

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Value, When

from sourcier import types
from sourcier.desk import models
from sourcier.desk.finding.sieve import Sieve
from sourcier.desk.store.heads import QUIET

ALL = Sieve()
LOUD = tuple(kind for kind in get_args(types.ChangeKind) if kind not in QUIET)
"""Changes that move an event on the wall."""


def moved(slug: str, user: str = "") -> Any:
    """Return the heads of all events that moved, each marked `unread` for `user`, or the whole wall read."""
    heads = models.Head.objects.filter(story_id=slug, merged=False).exclude(moved=None)
    if not user:
        return heads.annotate(unread=Value(value=False))
    mine = models.Seen.objects.filter(story_id=slug, user__username=user)
    whole = mine.filter(key="").values_list("last", flat=True).first() or 0
    seen = mine.filter(key=OuterRef("key"), last__gte=OuterRef("last"))
    new = Case(
        When(Q(last__gt=whole) & ~Exists(seen), then=Value(value=True)),
        default=Value(value=False),
        output_field=BooleanField(),
    )
    return heads.annotate(unread=new)


def sifted(slug: str, sieve: Sieve, heads: Any) -> Any:
    """Return those of `heads` (of `moved`) that pass the `sieve`."""
    for name, value in sieve.facets.items():
        values = kinds(sieve) if name == "kind" else (value,)
        held = models.Facet.objects.filter(story_id=slug, name=name, value__in=values)
        heads = heads.filter(key__in=held.values("key"))
    asked = {"unread": Q(unread=True), "told": Q(told=True), "untold": Q(told=False)}
    asked |= {"disputed": Q(disputed=True), "nowhere": Q(longitude=None)}
    for state in sieve.states:
        heads = heads.filter(asked[state])
    if sieve.box:
        west, south, east, north = sieve.box
        heads = heads.filter(longitude__range=(west, east), latitude__range=(south, north))
    if sieve.since:
        heads = heads.filter(moved__gte=sieve.since)
    if sieve.until or (sieve.since and "kind" in sieve.facets):  # else the last movement says it
        heads = heads.filter(key__in=_moved_within(slug, sieve))
    if sieve.before:
        at, last = sieve.before
        heads = heads.filter(Q(moved__lt=at) | Q(moved=at, last__lt=last))
    return heads


def kinds(sieve: Sieve) -> tuple[str, ...]:
    """Return the kinds of change that count as a movement: those asked for, else all that show.

    ``toll`` asks for every kind that begins with ``toll_``, and so on.
    """
    kind = sieve.facets.get("kind")
    if not kind:
        return LOUD
    return tuple(each for each in LOUD if each.startswith(f"{kind}_")) or (kind,)


def _moved_within(slug: str, sieve: Sieve) -> Any:
    found = models.Change.objects.filter(story_id=slug, kind__in=kinds(sieve))
    if sieve.since:
        found = found.filter(at__gte=sieve.since)
    if sieve.until:
        found = found.filter(at__lt=sieve.until)
    return found.values("event")
