"""What a program asks of an entry, put into the forms that editors use: one set of rules for both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, QueryDict
from msgspec.structs import replace

from sourcier.desk import actions, store
from sourcier.desk.drafting.standing import Standing
from sourcier.desk.programs.refusals import RefusedError
from sourcier.desk.programs.shapes import Changes, Text
from sourcier.desk.screens.desk import Desk
from sourcier.desk.screens.entry import attached, composer, proofs
from sourcier.desk.screens.voice import voice
from sourcier.types import Entry, Picture

LANGUAGE = "en"
"""What programs are told is in English."""


@dataclass(frozen=True)
class Work:
    """An entry that is asked for, with its event; `standing` is null for a new one."""

    desk: Desk
    entry: Entry
    page: store.EventPage | None
    standing: Standing | None


def new(slug: str, event: str | None, now: datetime) -> Work:
    """Return a blank entry about an event. Raises RefusedError."""
    page = store.event_page(slug, event) if event else None
    if event and page is None:
        raise RefusedError(400, "unknown_event", f"no event {event}")
    desk = Desk(LANGUAGE, store.outline(slug, now=now))
    return Work(desk, composer.blank(slug, actions.new_id(), page, now), page, None)


def standing(slug: str, key: str) -> Standing:
    """Return an entry as it stands. Raises RefusedError."""
    for found in store.standing(slug):
        if found.entry.id == key:
            return found
    raise RefusedError(404, "no_entry", "no such entry")


def known(slug: str, key: str, request: HttpRequest, now: datetime) -> Work:
    """Return an entry that is still as the program saw it. Raises RefusedError."""
    found = standing(slug, key)
    seen = request.headers.get("If-Match", "")
    if not seen:
        raise RefusedError(428, "say_what_you_saw", "send the entry's etag in If-Match")
    if seen not in ("*", etag(found)):
        headers = {"ETag": etag(found)}
        raise RefusedError(409, "changed", "somebody changed it meanwhile", headers=headers)
    if found.entry.state == "retracted":
        raise RefusedError(409, "retracted", "it was retracted")
    page = _page(slug, found.entry)
    return Work(Desk(LANGUAGE, store.outline(slug, now=now)), found.entry, page, found)


def etag(found: Standing) -> str:
    """Return the mark of how an entry stands, as it is in ``ETag`` and ``If-Match``."""
    return f'"{composer.stamp(found)}"'


def written(work: Work, sent: Changes, *, whole: bool) -> tuple[Entry, tuple[str, ...]]:
    """Return the entry with what is sent, by the rules of the composer's form, and what is to be looked at.

    `whole`: it goes on its way to readers, with all that they need. Raises RefusedError.
    """
    page = _resting(work, sent)
    known_claims = {*work.entry.claims, *(page.claims if page else ())}
    if unknown := set(sent.claims or ()) - known_claims:
        whose = "event" if work.entry.event else "story"
        raise RefusedError(400, "unknown_claim", f"not of this {whose}: {min(unknown)}")
    form = _form(work.entry, sent, work.desk.story.languages)
    try:
        entry = composer.filled(work.entry, form, page, _uploaded(work.entry, sent))
        if whole:
            attached.must_be_whole(entry)
    except composer.FormError as error:
        raise bad_form(error) from error
    if "not_before" in sent.model_fields_set:
        entry = replace(entry, not_before=_embargo(sent))
    return entry, tuple(proofs.warnings(proofs.proofs(work.desk, entry, page)))


def note(work: Work, sent: dict[str, str]) -> dict[str, str]:
    """Return the reasons sent, by language. Raises RefusedError."""
    _must_speak(sent, work.desk.story.languages)
    form = QueryDict(mutable=True)
    form.update({f"note-{code}": text for code, text in sent.items()})
    try:
        return composer.notes(form)
    except composer.FormError as error:
        raise bad_form(error) from error


def _form(entry: Entry, sent: Changes, languages: tuple[str, ...]) -> QueryDict:
    form = QueryDict(mutable=True)
    form["kind"] = sent.kind or entry.kind
    form.setlist("claim", list(entry.claims if sent.claims is None else sent.claims))
    if sent.texts is None:
        texts = {code: composer.joined(entry.texts, code) for code in entry.texts}
    else:
        _must_speak(sent.texts, languages)
        texts = {code: joined(text) for code, text in sent.texts.items()}
    form.update({f"text-{code}": text for code, text in texts.items()})
    form.update(_attached(sent, languages))
    return form


def _attached(sent: Changes, languages: tuple[str, ...]) -> dict[str, str]:
    """Return what is sent of picture and link as the fields of the form; none for what stays."""
    fields: dict[str, str] = {}
    if "picture" in sent.model_fields_set:
        shown = sent.picture
        fields |= {"picture": shown.digest if shown else ""}
        if shown:
            _must_speak(shown.alt, languages)
            _must_speak(shown.caption, languages)
            fields |= {"credit": shown.credit}
            fields |= {f"alt-{code}": text for code, text in shown.alt.items()}
            fields |= {f"caption-{code}": text for code, text in shown.caption.items()}
    if "link" in sent.model_fields_set:
        told = sent.link.model_dump() if sent.link else dict.fromkeys(("url", "title", "site"), "")
        fields |= {f"link-{name}": text for name, text in told.items()}
        if sent.link and not any(map(str.strip, told.values())):
            raise RefusedError(400, "link_url", voice(LANGUAGE)("link.error.url"))
    return fields


def _uploaded(entry: Entry, sent: Changes) -> Picture | None:
    """Return the picture that is sent, where the entry does not have it already."""
    digest = sent.picture.digest if sent.picture else ""
    if not digest or (entry.picture and entry.picture.digest == digest):
        return entry.picture
    return store.picture(digest)


def _resting(work: Work, sent: Changes) -> store.EventPage | None:
    """Return what the entry may rest on: its event, else any claims of its story."""
    if work.entry.event or sent.claims is None:
        return work.page
    return store.claims_page(work.entry.story, {*work.entry.claims, *sent.claims})


def _embargo(sent: Changes) -> datetime | None:
    if sent.not_before and sent.not_before.tzinfo is None:
        raise RefusedError(400, "bad_hour", "an hour without its offset from UTC")
    return sent.not_before


def joined(text: Text) -> str:
    """Return a text as a form sends it. Raises RefusedError for one without a headline."""
    headline = " ".join(text.headline.split())
    if not headline:
        raise RefusedError(400, "empty", "a text without its headline")
    return f"{headline}\n\n{text.body}"


def _must_speak(sent: dict[str, Text] | dict[str, str], languages: tuple[str, ...]) -> None:
    if other := set(sent) - set(languages):
        raise RefusedError(400, "bad_language", f"the page is in {languages}, not in {min(other)}")


def bad_form(error: ValueError) -> RefusedError:
    """Return how programs are told what is wrong with a form; `error` has the key of its message."""
    key = str(error)
    return RefusedError(400, key.replace("error.", "").replace(".", "_"), voice(LANGUAGE)(key))


def _page(slug: str, entry: Entry) -> store.EventPage | None:
    """Return the event that an entry is about, else the claims that it rests on."""
    if entry.event:
        return store.event_page(slug, entry.event)
    return store.claims_page(slug, entry.claims)
