"""What the wall looks events up by, kept up with each batch: heads, facets and what filters offer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Max

from sourcier import types
from sourcier.desk import models
from sourcier.desk.store import passages, rows

QUIET = ("copy_found", "event_grown", "claim_corroborated")
"""Changes that do not move an event on the wall."""
SETTLED = {"settlement", "point", "district"}
"""How exact a place must be to be one of its own; others are regions."""

Values = set[tuple[str, str, str]]
"""Facets as (event, name, value)."""


def keep_up(story: str, changes: Iterable[types.Change], touched: Iterable[str]) -> None:
    """Bring the heads of `touched` events up to date with their newest snapshots and `changes`.

    Must run in the transaction that added these.
    """
    keys = set(touched)
    before = models.Head.objects.filter(story_id=story, key__in=keys).select_related("snapshot")
    known = {head.key: head for head in before}
    made = [_head(story, row, known.get(row.key)) for row in _newest(story, keys)]
    _move(story, made)
    grown = {h.key: _grown(h, known.get(h.key)) for h in made}
    _keep(made)
    passages.bind(story, grown)
    found = {key for _, captures in grown.values() for key in captures}
    told_in = rows.captures(story, found)
    facets: Values = {(c.event, "kind", c.kind) for c in changes if c.event}
    for head in made:
        facets |= set(_facets(head, grown[head.key][1], told_in))
    _add_facets(story, facets)


def tell(story: str, events: Iterable[str]) -> None:
    """Note which of some events a published entry tells."""
    events = set(events)
    known = models.Head.objects.filter(story_id=story, key__in=events)
    tellings = told(story, events)
    known.filter(key__in=tellings).update(told=True)
    known.exclude(key__in=tellings).update(told=False)


def told(story: str, events: Iterable[str]) -> set[str]:
    """Return those of some events that a published entry tells, which still stands."""
    public = models.EntryVersion.objects.filter(story_id=story, version__gt=0)
    entries = public.filter(event__in=list(events)).values("entry")
    newest = public.filter(entry__in=entries).order_by().values("entry").annotate(n=Max("pk"))
    last = models.EntryVersion.objects.filter(pk__in=newest.values("n"))
    found = last.values_list("event", "record")
    return {event for event, entry in found if entry.state != "retracted"}


def _newest(story: str, keys: Iterable[str]) -> Iterable[models.EventSnapshot]:
    found = models.EventSnapshot.objects.filter(story_id=story, key__in=list(keys))
    newest = found.order_by().values("key").annotate(n=Max("pk")).values("n")
    return models.EventSnapshot.objects.filter(pk__in=newest)


def _head(story: str, row: models.EventSnapshot, before: models.Head | None) -> models.Head:
    event: types.Event = row.record
    place = event.place
    exact = place is not None and place.precision != "country"
    return models.Head(
        story_id=story,
        key=row.key,
        snapshot=row,
        told=before.told if before else False,
        disputed=any(ledger.disputed_since for ledger in event.ledgers),
        merged=bool(event.merged_into),
        type=event.type[:64],
        place=place.name[:255] if place else "",
        country=(place.country or "")[:8] if place else "",
        longitude=place.longitude if place and exact else None,
        latitude=place.latitude if place and exact else None,
        origins=len(event.origins.origins),
    )


def _move(story: str, heads: Iterable[models.Head]) -> None:
    """Set the last movement of each head."""
    by_key = {head.key: head for head in heads}
    loud = models.Change.objects.filter(story_id=story, event__in=list(by_key))
    found = (
        loud.exclude(kind__in=QUIET).order_by().values("event").annotate(at=Max("at"), n=Max("pk"))
    )
    for event, at, row in found.values_list("event", "at", "n"):
        by_key[event].moved, by_key[event].last = at, row


def _keep(heads: Iterable[models.Head]) -> None:
    models.Head.objects.bulk_create(
        heads,
        update_conflicts=True,
        unique_fields=["story", "key"],
        update_fields=[
            "snapshot", "moved", "last", "disputed", "merged",
            "type", "place", "country", "longitude", "latitude", "origins",
        ],
    )  # fmt: skip


def _grown(head: models.Head, before: models.Head | None) -> tuple[set[str], set[str]]:
    """Return the claims and captures that an event has more than before."""
    now: types.Event = head.snapshot.record
    if before is None:
        return set(now.claims), set(now.captures)
    then: types.Event = before.snapshot.record
    return set(now.claims) - set(then.claims), set(now.captures) - set(then.captures)


def _facets(
    head: models.Head, captures: Iterable[str], known: dict[str, types.Capture]
) -> Iterator[tuple[str, str, str]]:
    event: types.Event = head.snapshot.record
    yield head.key, "type", event.type
    if place := event.place:
        name = "place" if place.precision in SETTLED else "region"
        yield head.key, name, place.name
        if place.admin1:
            yield head.key, "region", place.admin1
    for capture in (known[key] for key in captures if key in known):
        if capture.language:
            yield head.key, "language", capture.language
        if source := capture.publisher or capture.source:
            yield head.key, "source", source


def _add_facets(story: str, facets: Values) -> None:
    models.Facet.objects.bulk_create(
        (
            models.Facet(story_id=story, key=key, name=name, value=value[:255])
            for key, name, value in sorted(facets)
        ),
        ignore_conflicts=True,
    )
    models.Option.objects.bulk_create(
        (
            models.Option(story_id=story, name=name, value=value[:255])
            for name, value in sorted({(name, value) for _, name, value in facets})
        ),
        ignore_conflicts=True,
    )
