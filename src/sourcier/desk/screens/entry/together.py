"""Who else is at an entry, who writes on it, and what one typed there and did not send yet.

All of it runs by the real time, whatever the desk's clock says: a replay does not end a lock sooner.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.contrib.auth.models import User
from django.http import HttpRequest, QueryDict

from sourcier.desk import store
from sourcier.desk.screens.desk import Desk

FIELDS = 400
"""The most values that a form may have to be kept, and the most characters that they may have together."""
LETTERS = 400_000

_OF_THE_MOMENT = frozenset({"csrfmiddlewaretoken", "do", "event", "entry", "tab", "hold", "repair"})
"""What a form sends and a working copy has no use for."""


@dataclass(frozen=True, slots=True)
class Around:
    """Who is there, as the screen of one entry says it. `lock` is another's; `mine`: one has it oneself."""

    on_event: tuple[store.Person, ...]
    on_entry: tuple[store.Person, ...]
    lock: store.Lock | None
    mine: bool
    since: str

    @property
    def state(self) -> str:
        """Return whose the lock is: ``mine``, ``theirs`` or ``free``."""
        return "mine" if self.mine else "theirs" if self.lock else "free"


@dataclass(frozen=True, slots=True)
class Restored:
    """A form as one left it, and the time when it was kept."""

    form: QueryDict
    clock: str


def user(request: HttpRequest) -> User:
    """Return who is signed in; only for views that need a right."""
    return cast("User", request.user)


def copy_key(entry: str, event: str) -> str:
    """Return the key of a working copy: the entry's id, or what a new one is about."""
    return entry if entry not in ("", "new") else f"new/{event}"


def around(me: User, desk: Desk, event: str, entry: str, now: datetime) -> Around:
    """Return who else is on an event and an entry ("" for a new one)."""
    story = desk.story.slug
    others = [one for one in store.people_here(story, now=now) if one.who.user != me.username]
    lock = store.lock_of(story, entry, now=now) if entry else None
    mine = lock is not None and lock.who.user == me.username
    theirs = lock if lock and not mine else None
    writer = theirs.who if theirs else None
    on_entry = _people(one.who for one in others if entry and one.entry == entry)
    on_event = _people(one.who for one in others if event and one.event == event)
    return Around(
        on_event=on_event,
        on_entry=tuple(who for who in on_entry if who != writer),
        lock=theirs,
        mine=mine,
        since=desk.clock(theirs.since) if theirs else "",
    )


def others(me: User, story: str, now: datetime) -> tuple[store.Person, ...]:
    """Return who else is at the desk of a story."""
    here = store.people_here(story, now=now)
    return _people(one.who for one in here if one.who.user != me.username)


def said(around: Around, desk: Desk) -> str:
    """Return one sentence of who is on the entry, for the line that is read out; "" for nobody."""
    if around.lock:
        return desk.say("together.writes", name=around.lock.who.name)
    if around.on_entry:
        return desk.say("together.here", names=names(around.on_entry))
    return ""


def names(people: tuple[store.Person, ...]) -> str:
    """Return names in a row."""
    return ", ".join(person.name for person in people)


def initials(name: str) -> str:
    """Return up to two letters that stand for a name."""
    words = [word for word in name.replace("-", " ").replace(".", " ").split() if word]
    letters = words[0][:2] if len(words) == 1 else "".join(word[0] for word in words[:2])
    return letters.upper()


def kept_fields(sent: QueryDict) -> store.Fields | None:
    """Return what a working copy keeps of a form; null where that is too much."""
    fields = {
        name: [str(value) for value in values]
        for name, values in sent.lists()
        if name not in _OF_THE_MOMENT
    }
    values = [value for each in fields.values() for value in each]
    if len(values) > FIELDS or sum(map(len, values)) + sum(map(len, fields)) > LETTERS:
        return None
    return fields


def restored(me: User, desk: Desk, key: str, shown: Mapping[str, Any]) -> Restored | None:
    """Return what one typed there and did not send, where it is not what stands there anyway.

    `shown` are the fields as the form has them without it, as texts or lists of texts.
    """
    copy = store.copy_of(desk.story.slug, me, key)
    if copy is None or not _differs(copy.fields, shown):
        return None
    form = QueryDict(mutable=True)
    for name, values in copy.fields.items():
        form.setlist(name, values)
    return Restored(form, desk.clock(copy.at))


def _differs(fields: store.Fields, shown: Mapping[str, Any]) -> bool:
    for name, there in shown.items():
        if isinstance(there, str):
            before, after = [there], fields.get(name, [""])
        else:
            before, after = sorted(there), sorted(fields.get(name, []))
        if [_plain(value) for value in before] != [_plain(value) for value in after]:
            return True
    return any(name.startswith("note-") and any(values) for name, values in fields.items())


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _people(found: Any) -> tuple[store.Person, ...]:
    return tuple(dict.fromkeys(found))
