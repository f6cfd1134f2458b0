"""What entries of a story took from other stories: what they rest on stays there, and is read from there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from sourcier import types
from sourcier.desk import models
from sourcier.desk.drafting.standing import Standing
from sourcier.desk.store import rows
from sourcier.desk.store.entries import standing

AT_ONCE = 60
"""How many entries of another story are listed."""


@dataclass(frozen=True, slots=True)
class Lent:
    """What other stories lend to the entries of one, by the id of the entry there: how it is counted.

    `alerts` are those on which such entries rest.
    """

    origins: dict[str, types.Origins]
    alerts: tuple[types.AlertInterval, ...]

    def __bool__(self) -> bool:
        """Whether anything may be lent."""
        return self is not NOTHING


NOTHING = Lent({}, ())


def lent(slug: str, entries: Iterable[types.Entry], moment: datetime) -> Lent:
    """Return what other stories lend to `entries` of `slug`, as of `moment`: no query where nothing is."""
    taken = {entry.id: entry for entry in entries if entry.shared}
    if not taken:
        return NOTHING
    homes = rows.lenders(slug)
    keys = {entry.shared.entry for entry in taken.values() if entry.shared}
    counted = rows.latest(models.OriginsSnapshot, homes, moment=moment, keys=keys)
    told = {claim for entry in taken.values() for claim in entry.claims}
    alerts: tuple[types.AlertInterval, ...] = ()
    if any(entry.kind == "alert" for entry in taken.values()):
        known = rows.latest(models.AlertSnapshot, homes, moment=moment).values()
        alerts = tuple(alert for alert in known if told.intersection(alert.told))
    return Lent(counted, alerts)


def originals(entries: Iterable[types.Entry]) -> dict[str, types.Entry]:
    """Return, by its id, the version that readers now have of what each shared entry was taken from."""
    of = {entry.shared.entry: entry.id for entry in entries if entry.shared}
    public = models.EntryVersion.objects.filter(entry__in=of, version__gt=0)
    newest = public.order_by().values("entry").annotate(n=Max("pk")).values("n")
    found = models.EntryVersion.objects.filter(pk__in=newest).values_list("entry_id", "record")
    return {of[key]: record for key, record in found}


def shared_from(slug: str, origin: types.Shared) -> str:
    """Return the id that an entry of another story has in `slug`, "" where it was not shared."""
    found = models.Entry.objects.filter(story_id=slug, home=origin.story, original=origin.entry)
    return found.values_list("id", flat=True).first() or ""


def shared_into(slug: str, key: str) -> tuple[tuple[str, str], ...]:
    """Return the stories into which an entry of `slug` was shared, each with the id that it has there."""
    found = models.Entry.objects.filter(home_id=slug, original=key).order_by("pk")
    return tuple(found.values_list("story_id", "id"))


@dataclass(frozen=True, slots=True)
class Behind:
    """A shared entry whose original went on: `entry` as it stands, `original` as its readers have it."""

    entry: types.Entry
    original: types.Entry


def behind(slug: str) -> tuple[Behind, ...]:
    """Return the entries of a story whose originals were changed or withdrawn since they were taken."""
    keys = models.Entry.objects.filter(story_id=slug, home__isnull=False).values_list(
        "id", flat=True
    )
    mine = {s.entry.id: s.entry for s in standing(slug, keys=keys) if _listed(s)} if keys else {}
    found = originals(mine.values())
    return tuple(Behind(mine[key], now) for key, now in found.items() if is_behind(mine[key], now))


def is_behind(entry: types.Entry, original: types.Entry) -> bool:
    """Tell whether a shared entry says what its original no longer says."""
    if original.state == "retracted":
        return entry.state != "retracted"
    return entry.shared is not None and original.version > entry.shared.version


def lendable(slug: str, keys: Collection[str] | None = None) -> tuple[types.Entry, ...]:
    """Return what readers have in a story and another may take, the last published first.

    Of some ids, in any number; else the last `AT_ONCE`.
    """
    public = models.EntryVersion.objects.filter(story_id=slug, version__gt=0)
    if keys is not None:
        public = public.filter(entry__in=keys)
    newest = public.order_by().values("entry").annotate(n=Max("pk")).values("n")
    rows = models.EntryVersion.objects.filter(pk__in=newest).order_by("-pk")
    found = (row for row in rows.values_list("record", flat=True)[: AT_ONCE * 2])
    return tuple(entry for entry in found if entry.state != "retracted" and not entry.regards)[
        :AT_ONCE
    ]


def taken_from(slug: str, home: str) -> dict[str, str]:
    """Return the entries of `home` that a story has, each with the id that it has there."""
    found = models.Entry.objects.filter(story_id=slug, home_id=home)
    return dict(found.values_list("original", "id"))


def _listed(found: Standing) -> bool:
    return found.stage != "discarded" and found.entry.state != "retracted"
