"""The composer: an entry as its form shows it and as its form sends it. No query, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import get_args
from zoneinfo import ZoneInfo

from django.http import QueryDict
from msgspec.structs import replace

from sourcier.desk.drafting import origins
from sourcier.desk.drafting.standing import Standing
from sourcier.desk.screens.entry import attached
from sourcier.desk.screens.wrong import FormError as FormError
from sourcier.desk.store import EventPage
from sourcier.messages import languages
from sourcier.types import Entry, EntryKind, EntryText, Picture

KINDS: tuple[EntryKind, ...] = (
    "text", "toll", "occurrence", "statement", "measure", "alert", "key_point", "background", "recap",
    "image", "link",
)  # fmt: skip
"""The kinds that an editor may choose; corrections and retractions come from their actions."""

LONGEST = 20_000
"""The most characters that a text may have."""


def blank(story: str, key: str, event: EventPage | None, now: datetime) -> Entry:
    """Return an empty new entry about `event`."""
    about = event.event if event else None
    return Entry(
        id=key, story=story, version=0, sequence=0, kind="text", state="draft", published=now,
        updated=now, texts={}, event=about.id if about else None,
        place=about.place if about else None, zone=about.zone if about else None,
    )  # fmt: skip


def filled(
    entry: Entry, sent: QueryDict, event: EventPage | None, picture: Picture | None = None
) -> Entry:
    """Return `entry` with the texts, kind and claims that were sent.

    Raises FormError for an empty or overlong text, or a kind that is none. A claim that neither the
    event nor the entry has is passed over. `picture` is the one that the form names, where there is it.
    """
    written = texts(sent)
    if not written:
        raise FormError("error.empty")
    kind = sent.get("kind", entry.kind)
    if kind not in get_args(EntryKind):
        raise FormError("error.kind")
    known = event.claims if event else {}
    claims = tuple(
        key for key in dict.fromkeys(sent.getlist("claim")) if key in known or key in entry.claims
    )
    resting = [known[key] for key in claims if key in known]
    about = event.event if event else None
    counted = origins.among(about, resting, event.captures) if event and about else entry.origins
    return replace(
        entry, texts=written, kind=kind, claims=claims, origins=counted,
        picture=attached.picture_of(entry, sent, picture), link=attached.link_of(entry, sent),
    )  # fmt: skip


def notes(sent: QueryDict) -> dict[str, str]:
    """Return the reasons sent, by language; raises FormError where there is none."""
    found = {
        name.removeprefix("note-"): " ".join(value.split())
        for name, value in sent.items()
        if name.startswith("note-") and isinstance(value, str) and value.strip()
    }
    if not found:
        raise FormError("error.note")
    return found


def reason(sent: QueryDict) -> str:
    """Return why a draft is sent back; raises FormError where nothing is said."""
    said = " ".join(sent.get("reason", "").split())
    if not said:
        raise FormError("error.reason")
    if len(said) > LONGEST:
        raise FormError("error.long")
    return said


def hour(sent: QueryDict, name: str, zone: str) -> datetime | None:
    """Return the moment that a field gives as a clock time in `zone`; null for an empty one.

    Raises FormError for what is no time, or one that the clocks of the zone skip.
    """
    if not (told := sent.get(name, "").strip()):
        return None
    try:
        moment = datetime.fromisoformat(told).replace(tzinfo=ZoneInfo(zone))
        there = moment.astimezone(UTC)
        back = there.astimezone(moment.tzinfo)
    except (ValueError, OverflowError) as error:
        raise FormError("error.hour") from error
    if back.replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise FormError("error.skipped_hour")
    return there


def joined(texts: Mapping[str, EntryText], language: str) -> str:
    """Return a text as the form shows it: the headline, an empty line, the body."""
    text = texts.get(language)
    return "\n\n".join(filter(None, (text.headline, text.body))) if text else ""


def stamp(standing: Standing | None) -> str:
    """Return a mark of how an entry stood, to notice that someone else changed it since."""
    return f"{standing.entry.version}/{standing.entry.updated.isoformat()}" if standing else ""


def texts(sent: QueryDict) -> dict[str, EntryText]:
    """Return the texts sent, by language; raises FormError for one that is too long.

    One in a language that no page can have is passed over.
    """
    found = {}
    for name, value in sent.items():
        code = name.removeprefix("text-")
        if code == name or code not in languages() or not isinstance(value, str):
            continue
        if len(value) > LONGEST:
            raise FormError("error.long")
        headline, _, body = value.replace("\r\n", "\n").strip().partition("\n")
        if headline:
            found[code] = EntryText(headline=headline.strip(), body=body.strip())
    return found
