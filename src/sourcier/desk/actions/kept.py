"""What every action shares: a version kept, with its line in the audit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from msgspec.structs import replace

from sourcier.desk import signals, store
from sourcier.desk.actions.notices import tell_entry
from sourcier.desk.drafting.cards import background
from sourcier.desk.drafting.mentions import Mentions
from sourcier.desk.drafting.standing import Standing
from sourcier.desk.flow import Move, Situation, Stage, led
from sourcier.messages import messages
from sourcier.types import Entry, EntryKind, EntryText

Entries = tuple[Entry, ...]
About = TypeVar("About", str, Entry)
P = ParamSpec("P")
T = TypeVar("T")


class NoSuchEntryError(LookupError):
    """There is no such entry, or readers never saw it."""


class FrozenStoryError(PermissionDenied):
    """The story is frozen: nothing in it changes any more; its argument is the slug."""


@contextmanager
def alone(slug: str) -> Iterator[None]:
    """Hold a story in one transaction: nobody else changes it until the block ends.

    What the block reads is still so when it writes. An action within belongs to the same transaction.
    Raises FrozenStoryError for a story that is frozen.
    """
    with transaction.atomic():
        if not store.queue_up(slug):
            raise FrozenStoryError(slug)
        yield


def changes_story(
    action: Callable[Concatenate[About, P], T],
) -> Callable[Concatenate[About, P], T]:
    """Run an action on a story (by its slug, or an entry's) `alone`."""

    @wraps(action)
    def acting(about: About, /, *given: P.args, **named: P.kwargs) -> T:
        with alone(about if isinstance(about, str) else about.story):
            return action(about, *given, **named)

    return acting


def new_id() -> str:
    """Return an id for a new entry."""
    return uuid4().hex[:12]


def notice(
    about: Entry, kind: EntryKind, before: Mapping[str, EntryText], who: str, now: datetime
) -> Entry:
    """Publish the entry that tells readers of a correction or retraction."""
    texts = {code: _notice_text(kind, code, about, text) for code, text in before.items()}
    told = replace(
        about, id=new_id(), kind=kind, state="published", regards=about.id, texts=texts,
        published=now, updated=now, note={}, pinned=False, rank=0, not_before=None,
        shared=None, picture=None, card=None, link=None,
    )  # fmt: skip
    return put(told, "publish", who)


def _notice_text(kind: EntryKind, language: str, about: Entry, before: EntryText) -> EntryText:
    say = messages(language, "sentences")
    note = about.note.get(language, "")
    now = about.texts.get(language, before).headline
    headline = say(f"{kind}.headline", headline=now)
    told = before.headline.rstrip(".")
    body = say("correction.body", note=note, before=told) if kind == "correction" else note
    return EntryText(headline=headline, body=body.strip())


def put(
    entry: Entry,
    action: str,
    who: str,
    *,
    topic: str = "",
    stage: Stage | None = "out",
    **detail: object,
) -> Entry:
    """Add `entry` as the next version of its id, for readers to have; it is then in `stage`."""
    added = store.add_version(entry, topic=topic, by=who, stage=stage)
    audit(added, action, who, added.updated, **detail)
    signals.changed.after_commit(added.story)
    for story, key in store.shared_into(added.story, added.id):
        signals.moved.after_commit(story, "entry", key)
    if action in _TELLS:
        _bring_background(added)
    return added


_TELLS = ("publish", "publish_scheduled", "correct")
"""What brings new words to readers."""


def _bring_background(entry: Entry) -> None:
    """Keep a draft of each card that `entry` is the first in its story to name, for an editor to look at."""
    known = () if entry.kind == "background" else store.cards()
    said = (f"{text.headline}\n{text.body}" for text in entry.texts.values())
    named = Mentions(known).among(said)
    had = store.made_of_cards(entry.story, named) if named else {}
    now = entry.updated
    for card in (card for card in named if card.id not in had):
        pages = store.outline(entry.story, now=now).languages
        made = background(card, new_id(), entry.story, pages, now)
        if made.texts:
            kept = store.add_draft(made, topic=card.topic)
            audit(kept, "draft", "", now, card=card.id, named_in=entry.id)


def audit(entry: Entry, action: str, who: str, at: datetime, **detail: object) -> None:
    """Write down who did `action` to `entry`, with what else is to be known of it."""
    said = {"version": entry.version, "sequence": entry.sequence, **detail}
    store.audit(entry.story, at, action, who=who, entry=entry.id, detail=said)
    tell_entry(entry, "submit" if detail.get("waits") else action, who, now=at)
    signals.moved.after_commit(entry.story, "entry", entry.id)


def stands(story: str, key: str) -> Standing | None:
    """Return how an entry stands; null where there is none."""
    return next(iter(store.standing(story, keys=[key])), None)


def must_lead(move: Move, story: str, key: str) -> tuple[Stage, Standing | None]:
    """Return the stage to which `move` leads an entry, and how it stands; raises NotNowError.

    To be asked in an action that `changes_story`.
    """
    before = stands(story, key)
    return led(move, before.situation if before else Situation("new")), before


def must_be_published(entry: Entry) -> Entry:
    """Return what readers have of `entry`; raises NoSuchEntryError where they have nothing."""
    before = store.published(entry.story, entry.id)
    if before is None:
        raise NoSuchEntryError(entry.id)
    return before
