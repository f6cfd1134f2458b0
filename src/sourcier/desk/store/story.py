"""A story as `publish` wants it, at the present or at any past moment, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec
from django.conf import settings
from django.db.models import Max, OuterRef, Subquery

from sourcier import types
from sourcier.desk import models
from sourcier.desk.store import rows
from sourcier.desk.store.lent import Lent, lent

LAST = 8
"""How many of its last publications the front page looks at for the entries of a story."""
CHANGES = 200
"""How many of the latest changes a page is given."""


def story(slug: str, *, at: datetime | None = None, now: datetime) -> types.Story:
    """Return the story as it stood at `at` (null: at `now`), with only what its entries lead to.

    Raises `models.Story.DoesNotExist` for an unknown slug.
    """
    moment = now if at is None else min(at, now)
    empty = outline(slug, now=moment)
    versions = _versions(slug, moment)
    origins = rows.latest(models.OriginsSnapshot, slug, moment=moment)
    newest = {version.id: version for version in versions}
    borrowed = lent(slug, newest.values(), moment)
    entries = _newest_first(newest.values(), origins, borrowed)
    events = _events(rows.latest(models.EventSnapshot, slug, moment=moment), entries)
    alerts = _alerts(rows.latest(models.AlertSnapshot, slug, moment=moment), entries)
    alerts += tuple(alert for alert in borrowed.alerts if alert not in alerts)
    claims = rows.claims(slug, _claim_ids((*versions, *entries), events.values(), alerts))
    copies = rows.latest(models.CopyLink, slug, moment=moment)
    if borrowed:
        told_in = {claim.capture for claim in claims.values()}
        copies = rows.copies(slug, told_in - copies.keys(), moment=moment) | copies
    captures = rows.captures(slug, _capture_ids(claims, entries, events.values(), copies))
    return msgspec.structs.replace(
        empty,
        sequence=max((version.sequence for version in versions), default=0),
        live=at is None,
        entries=entries,
        history=_history(versions),
        events=events,
        alerts=alerts,
        captures=captures,
        claims=claims,
        copies={key: copy for key, copy in copies.items() if key in captures},
        changes=_changes(slug, moment),
        total=origins.get("", types.Origins()),
    )


def with_alert_history(story: types.Story) -> types.Story:
    """Return a story with all states until its moment of its alerts, and of those that it took back."""
    gone = {key for one in story.entries if one.state == "retracted" for key in one.claims}
    keys = [alert.id for alert in story.alerts]
    if gone:
        known = rows.latest(models.AlertSnapshot, story.slug, moment=story.now)
        keys += [key for key, alert in known.items() if gone.intersection(alert.told)]
    homes = (story.slug, *rows.lenders(story.slug))
    found = models.AlertSnapshot.objects.filter(
        story_id__in=homes, key__in=set(keys), at__lte=story.now
    )
    states: dict[str, tuple[types.AlertInterval, ...]] = {}
    for row in found.order_by("pk"):
        states[row.key] = (*states.get(row.key, ()), row.record)
    return msgspec.structs.replace(story, alert_history=states)


def everything(slug: str, *, at: datetime | None = None, now: datetime) -> types.Story:
    """Return the story as of `at` (null: `now`) with all that was captured, read and woven until then.

    Raises `models.Story.DoesNotExist` for an unknown slug.
    """
    moment = now if at is None else min(at, now)
    shown = story(slug, at=at, now=now)
    keys = models.Capture.objects.filter(story_id=slug, at__lte=moment).values_list(
        "key", flat=True
    )
    captures = rows.captures(slug, keys)
    claims = models.Claim.objects.filter(story_id=slug, capture__in=captures).order_by("pk")
    read = {row.key: row.record for row in claims}
    alerts = rows.latest(models.AlertSnapshot, slug, moment=moment)
    return msgspec.structs.replace(
        shown,
        events=rows.latest(models.EventSnapshot, slug, moment=moment),
        alerts=tuple((alerts | {alert.id: alert for alert in shown.alerts}).values()),
        captures=captures | shown.captures,
        claims=read | shown.claims,
        copies=rows.latest(models.CopyLink, slug, moment=moment) | shown.copies,
    )


def stories() -> tuple[tuple[str, dict[str, str]], ...]:
    """Return (slug, titles by language) of each story, the first opened first."""
    return tuple(models.Story.objects.order_by("opened", "slug").values_list("slug", "titles"))


def outline(slug: str, *, now: datetime) -> types.Story:
    """Return a story without anything in it; raises `models.Story.DoesNotExist`."""
    return _empty(models.Story.objects.get(slug=slug), now)


def _empty(row: models.Story, now: datetime) -> types.Story:
    return types.Story(
        slug=row.slug,
        titles=row.titles,
        zone=row.zone,
        languages=tuple(row.languages),
        now=now,
        sequence=row.sequence,
        closed=row.closed,
        frozen=row.frozen,
        demo=row.demo,
        publisher=settings.PUBLISHER,
    )


def fronts(*, now: datetime) -> tuple[types.Story, ...]:
    """Return every story with the last entries that readers have of it and its origins in all.

    Three queries, however many stories there are.
    """
    told = models.EntryVersion.objects.filter(story_id=OuterRef("pk"), version__gt=0)
    last = told.order_by("-sequence").values("pk")
    stories = models.Story.objects.annotate(
        **{f"last{n}": Subquery(last[n : n + 1]) for n in range(LAST)}
    )
    rows_of = {row.slug: row for row in stories.order_by("opened", "slug")}
    keys = [getattr(row, f"last{n}") for row in rows_of.values() for n in range(LAST)]
    found = models.EntryVersion.objects.filter(pk__in=filter(None, keys)).order_by("sequence")
    entries: dict[str, dict[str, types.Entry]] = {}
    for entry in found.values_list("record", flat=True):
        entries.setdefault(entry.story, {})[entry.id] = entry
    totals = rows.totals(rows_of)
    return tuple(
        msgspec.structs.replace(
            _empty(row, now),
            entries=tuple(e for e in entries.get(slug, {}).values() if e.state != "retracted"),
            total=totals.get(slug, types.Origins()),
        )
        for slug, row in rows_of.items()
    )


def zone(slug: str) -> str:
    """Return the IANA zone of a story's page; raises `models.Story.DoesNotExist`."""
    return models.Story.objects.values_list("zone", flat=True).get(slug=slug)


def changed(slug: str, *, until: datetime) -> datetime:
    """Return when a story's page last changed, as known at `until`; when it was opened, if never.

    Raises `models.Story.DoesNotExist` for an unknown slug.
    """
    opened: datetime = models.Story.objects.values_list("opened", flat=True).get(slug=slug)
    tables = (
        models.EntryVersion,
        models.EventSnapshot,
        models.AlertSnapshot,
        models.CopyLink,
        models.OriginsSnapshot,
    )
    rows = (table.objects.filter(story_id=slug, at__lte=until) for table in tables)
    moments = (found.aggregate(last=Max("at"))["last"] for found in rows)
    return max((moment for moment in moments if moment), default=min(opened, until))


def moment_of(slug: str, sequence: int) -> datetime | None:
    """Return when what has the `sequence` of a story went out; null for one before the first."""
    rows = models.EntryVersion.objects.filter(story_id=slug, sequence__lte=sequence)
    last: datetime | None = rows.aggregate(last=Max("at"))["last"]
    return last


def captures_and_claims(
    slug: str,
) -> tuple[tuple[types.Capture, ...], tuple[types.Claim, ...]]:
    """Return all captures and claims of a story in the order they came, to weave them again."""
    captures = models.Capture.objects.filter(story_id=slug).order_by("pk")
    claims = models.Claim.objects.filter(story_id=slug).order_by("pk")
    return tuple(row.record for row in captures), tuple(row.record for row in claims)


def _versions(slug: str, moment: datetime) -> tuple[types.Entry, ...]:
    found = models.EntryVersion.objects.filter(story_id=slug, version__gt=0, at__lte=moment)
    return tuple(found.order_by("sequence").values_list("record", flat=True))


def _newest_first(
    entries: Iterable[types.Entry], origins: dict[str, types.Origins], borrowed: Lent
) -> tuple[types.Entry, ...]:
    counted = (
        msgspec.structs.replace(entry, origins=_origins(entry, origins, borrowed))
        for entry in entries
    )
    return tuple(sorted(counted, key=lambda e: (e.published, e.sequence), reverse=True))


def _origins(
    entry: types.Entry, origins: dict[str, types.Origins], borrowed: Lent
) -> types.Origins:
    """Return how an entry is counted: by the story from which it was shared, by its own, as it says."""
    there = borrowed.origins.get(entry.shared.entry) if entry.shared else None
    return there or origins.get(entry.id, entry.origins)


def _history(versions: Iterable[types.Entry]) -> dict[str, tuple[types.Entry, ...]]:
    by_id: dict[str, list[types.Entry]] = {}
    for version in versions:
        by_id.setdefault(version.id, []).append(version)
    return {key: tuple(history) for key, history in by_id.items() if len(history) > 1}


def _events(
    known: dict[str, types.Event], entries: Iterable[types.Entry]
) -> dict[str, types.Event]:
    """Return the events that something published is about, and those that absorbed them."""
    kept: dict[str, types.Event] = {}
    waiting = [entry.event for entry in entries if entry.event and entry.state != "retracted"]
    while waiting:
        event = known.get(waiting.pop())
        if event and event.id not in kept:
            kept[event.id] = event
            waiting += [event.merged_into] if event.merged_into else []
    return kept


def _alerts(
    known: dict[str, types.AlertInterval], entries: Iterable[types.Entry]
) -> tuple[types.AlertInterval, ...]:
    """Return the alerts that a published entry rests on."""
    told = {claim for entry in entries if entry.state != "retracted" for claim in entry.claims}
    return tuple(alert for alert in known.values() if told.intersection(alert.told))


def _claim_ids(
    versions: Iterable[types.Entry],
    events: Iterable[types.Event],
    alerts: Iterable[types.AlertInterval],
) -> Iterator[str]:
    for version in versions:
        yield from (*version.claims, *version.origins.claims)
    for alert in alerts:
        yield from alert.claims
    for event in events:
        yield from (line.claim for ledger in event.ledgers for line in ledger.lines)


def _capture_ids(
    claims: dict[str, types.Claim],
    entries: Iterable[types.Entry],
    events: Iterable[types.Event],
    copies: dict[str, types.Copy],
) -> set[str]:
    found = {claim.capture for claim in claims.values()}
    counted = [entry.origins for entry in entries] + [event.origins for event in events]
    found.update(key for of in counted for origin in of.origins for key in origin.captures)
    found.update(copy.origin for key, copy in copies.items() if key in found and copy.origin)
    return found


def _changes(slug: str, moment: datetime) -> tuple[types.Change, ...]:
    found = models.Change.objects.filter(story_id=slug, at__lte=moment).order_by("-at", "-pk")
    return tuple(reversed(found.values_list("record", flat=True)[:CHANGES]))
