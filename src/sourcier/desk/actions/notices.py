"""Who is told, and what of: kept in the transaction of what is told, so that no more and no less is."""

from __future__ import annotations

import secrets
from base64 import b64encode
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from msgspec.structs import replace

from sourcier.desk import store
from sourcier.desk.drafting import notices
from sourcier.desk.drafting.material import Material
from sourcier.desk.drafting.notices import Watch
from sourcier.types import Change, Entry, SourceHealth

TOGETHER = timedelta(seconds=10)
"""How long a notice waits for others, to go in one message with them."""
MOST = 40
"""The most watches of a story."""
_BYTES = 24


class NoSuchWatchError(LookupError):
    """The story has no such watch."""


class TooManyWatchesError(ValueError):
    """A story has as many watches as it may have."""


@transaction.atomic
def add_watch(story: str, watch: Watch, *, who: str, now: datetime) -> tuple[int, Watch]:
    """Let somebody be told from now on; return the id of the watch, and the watch with its secret.

    Raises TooManyWatchesError.
    """
    if len(store.watches(story)) >= MOST:
        raise TooManyWatchesError
    made = replace(watch, secret=new_secret()) if watch.channel == "web_hook" else watch
    key = store.add_watch(story, made, by=who, now=now)
    _audit(story, "add_watch", key, watch, who, now)
    return key, made


@transaction.atomic
def set_watch(story: str, key: int, watch: Watch, *, who: str, now: datetime) -> None:
    """Let a watch be told of other things, or elsewhere; a web hook keeps its secret."""
    before = _of(story, key)
    channel = replace(watch, secret=before.watch.secret) if _is_hook(before.watch, watch) else watch
    if channel.channel == "web_hook" and not channel.secret:
        channel = replace(channel, secret=new_secret())
    store.set_watch(key, channel)
    _audit(story, "set_watch", key, watch, who, now)


@transaction.atomic
def switch_watch(story: str, key: int, *, on: bool, who: str, now: datetime) -> None:
    """Tell a watch, or tell it nothing more."""
    before = _of(story, key)
    store.switch_watch(key, on=on)
    _audit(story, "watch_on" if on else "watch_off", key, before.watch, who, now)


@transaction.atomic
def remove_watch(story: str, key: int, *, who: str, now: datetime) -> None:
    """Forget a watch."""
    before = _of(story, key)
    store.remove_watch(key)
    _audit(story, "remove_watch", key, before.watch, who, now)


@transaction.atomic
def try_watch(story: str, key: int, *, who: str, now: datetime) -> None:
    """Send a watch a notice that says it is a trial."""
    kept = _of(story, key)
    store.add_notices(key, [notices.trial(kept.watch)], at=now, due=now)
    _audit(story, "try_watch", key, kept.watch, who, now)


def tell_changes(
    story: str, changes: Iterable[Change], material: Material, *, now: datetime
) -> None:
    """Let the watches of a story be told of a batch, in the transaction that keeps it."""
    changes = tuple(changes)
    for kept in store.watches(story, on=True):
        found = notices.of_changes(kept.watch, kept.crossed, changes, material)
        if found.crossed != kept.crossed:
            store.note_crossed(kept.id, found.crossed)
        if found.notices:
            store.add_notices(kept.id, found.notices, at=now, due=now + TOGETHER)


def tell_entry(entry: Entry, action: str, who: str, *, now: datetime) -> None:
    """Let the watches of a story be told of what was done to an entry, in the transaction that does it."""
    for kept in store.watches(entry.story, on=True) if action in notices.MOVES else ():
        if told := notices.of_entry(kept.watch, entry, action, who):
            store.add_notices(kept.id, [told], at=now, due=now + TOGETHER)


@transaction.atomic
def save_health(health: SourceHealth, *, now: datetime) -> bool:
    """Keep how a source is from `now` on, and tell who wants to know; return whether that is news."""
    news, before = store.save_health(health, now), store.health_before(health.source)
    if not news or not (health.needs_a_look or (before and before.needs_a_look)):
        return news
    for kept in store.all_watches():
        if told := notices.of_source(kept.watch, health):
            store.add_notices(kept.id, [told], at=now, due=now + TOGETHER)
    return news


def new_secret() -> str:
    """Return a secret for a web hook, as Standard Webhooks writes one."""
    return f"whsec_{b64encode(secrets.token_bytes(_BYTES)).decode('ascii')}"


def _of(story: str, key: int) -> store.KeptWatch:
    found = store.watch(key)
    if found is None or found.story != story:
        raise NoSuchWatchError(key)
    return found


def _is_hook(*watches: Watch) -> bool:
    return all(watch.channel == "web_hook" for watch in watches)


def _audit(story: str, action: str, key: int, watch: Watch, who: str, now: datetime) -> None:
    said = {
        "watch": key,
        "channel": watch.channel,
        "address": watch.address,
        "occasions": list(watch.occasions),
    }
    store.audit(story, now, action, who=who, detail=said)
