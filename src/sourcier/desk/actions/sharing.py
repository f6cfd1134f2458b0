"""An entry of one story taken into another: its words are kept there anew, what it rests on stays at home."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from sourcier.desk import store
from sourcier.desk.actions.kept import (
    Entries,
    NoSuchEntryError,
    alone,
    audit,
    changes_story,
    must_lead,
    new_id,
)
from sourcier.desk.drafting.cards import TOPIC
from sourcier.desk.flow import must_be_free
from sourcier.types import Entry, EntryText, Shared


class NotSharedError(ValueError):
    """An entry cannot be taken into a story; its argument is the key of the message that says why."""


class SharedAlreadyError(NotSharedError):
    """The story has the entry; `key` is the id that it has there."""

    def __init__(self, key: str) -> None:
        super().__init__("share.already")
        self.key = key


def share(home: str, key: str, *, to: str, who: str, now: datetime) -> Entries:
    """Keep what readers have of an entry of `home` as a draft of the story `to`.

    It takes the words in the languages that both pages have, the claims and how they are counted; not the
    event, which is the home's. Of one that was shared itself, the first home is kept. Raises
    NoSuchEntryError where readers have nothing, EmbargoError before its hour, NotSharedError for what
    speaks of another entry, for the same story and where no language is common.
    """
    if home == to:
        raise NotSharedError("share.same")
    with alone(to):
        public = store.published(home, key)
        if public is None or public.state == "retracted":
            raise NoSuchEntryError(key)
        if public.regards:
            raise NotSharedError("share.regards")
        must_be_free(public, now)
        origin = public.shared or _shared(public, now)
        if found := store.shared_from(to, origin) or _of_its_card(public, to):
            raise SharedAlreadyError(found)
        taken = _taken(public, _common(public, to, now), origin, now)
        kept = store.add_draft(
            replace(taken, id=new_id(), story=to, published=now),
            topic=TOPIC + taken.card.id if taken.card else "",
            by=who,
        )
        audit(
            kept, "share", who, now, home=origin.story, of=origin.entry, from_version=origin.version
        )
        store.audit(home, now, "lend", who=who, entry=key, detail={"to": to, "entry": kept.id})
        return (kept,)


@changes_story
def take_anew(story: str, key: str, *, who: str, now: datetime) -> Entries:
    """Keep what readers now have of a shared entry's original as its draft.

    Raises NoSuchEntryError where there is none any more, NotNowError where no draft may be kept.
    """
    before = must_lead("draft", story, key)[1]
    entry = before.entry if before else None
    original = store.originals([entry]).get(key) if entry else None
    if entry is None or original is None or original.state == "retracted":
        raise NoSuchEntryError(key)
    must_be_free(original, now)
    texts = _common(original, story, now)
    taken = _taken(original, entry.texts | texts, _shared(original, now), now)
    again = replace(
        taken, id=key, story=story, published=entry.published, pinned=entry.pinned, rank=entry.rank
    )
    kept = store.add_draft(again, by=who)
    audit(kept, "take_anew", who, now, of=original.id, from_version=original.version)
    return (kept,)


def _of_its_card(public: Entry, to: str) -> str:
    """Return the entry that a story has of the card of which `public` was made, "" for none."""
    card = store.card(public.card.id) if public.card else None
    return store.made_of_cards(to, [card]).get(card.id, "") if card else ""


def _shared(public: Entry, now: datetime) -> Shared:
    titles = store.outline(public.story, now=now).titles
    return Shared(story=public.story, titles=titles, entry=public.id, version=public.version)


def _taken(public: Entry, texts: dict[str, EntryText], origin: Shared, now: datetime) -> Entry:
    """Return a draft of what an entry says, without what belongs to its story."""
    return replace(
        public, version=0, sequence=0, state="draft", updated=now, texts=texts, event=None,
        note={}, pinned=False, rank=0, not_before=None, shared=origin,
    )  # fmt: skip


def _common(public: Entry, story: str, now: datetime) -> dict[str, EntryText]:
    """Return the texts in languages of the page of `story`; raises NotSharedError where there are none."""
    codes = store.outline(story, now=now).languages
    found = {code: public.texts[code] for code in codes if code in public.texts}
    if not found:
        raise NotSharedError("share.languages")
    return found
