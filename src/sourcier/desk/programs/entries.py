"""What a program asks of an entry, put into the forms that editors use: one set of rules for both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, QueryDict

from sourcier.desk import actions, store
from sourcier.desk.drafting.standing import Standing
from sourcier.desk.programs.refusals import RefusedError
from sourcier.desk.programs.shapes import Changes, Text
from sourcier.desk.screens import composer, proofs
from sourcier.desk.screens.desk import Desk
from sourcier.desk.screens.voice import voice
from sourcier.types import Entry

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


def filled(work: Work, sent: Changes) -> Entry:
    """Return the entry with what is sent, by the rules of the composer's form. Raises RefusedError."""
    known_claims = {*work.entry.claims, *(work.page.claims if work.page else ())}
    if unknown := set(sent.claims or ()) - known_claims:
        raise RefusedError(400, "unknown_claim", f"not of this event: {min(unknown)}")
    form = _form(work.entry, sent, work.desk.story.languages)
    try:
        return composer.filled(work.entry, form, work.page)
    except composer.FormError as error:
        raise _bad_form(error) from error


def note(work: Work, sent: dict[str, str]) -> dict[str, str]:
    """Return the reasons sent, by language. Raises RefusedError."""
    _must_speak(sent, work.desk.story.languages)
    form = QueryDict(mutable=True)
    form.update({f"note-{code}": text for code, text in sent.items()})
    try:
        return composer.notes(form)
    except composer.FormError as error:
        raise _bad_form(error) from error


def warnings(work: Work, entry: Entry) -> tuple[str, ...]:
    """Return what is to be looked at in an entry, as editors are told."""
    return tuple(proofs.warnings(proofs.proofs(work.desk, entry, work.page)))


def _form(entry: Entry, sent: Changes, languages: tuple[str, ...]) -> QueryDict:
    form = QueryDict(mutable=True)
    form["kind"] = sent.kind or entry.kind
    form.setlist("claim", list(entry.claims if sent.claims is None else sent.claims))
    if sent.texts is None:
        texts = {code: composer.joined(entry.texts, code) for code in entry.texts}
    else:
        _must_speak(sent.texts, languages)
        texts = {code: _joined(text) for code, text in sent.texts.items()}
    form.update({f"text-{code}": text for code, text in texts.items()})
    return form


def _joined(text: Text) -> str:
    headline = " ".join(text.headline.split())
    if not headline:
        raise RefusedError(400, "empty", "a text without its headline")
    return f"{headline}\n\n{text.body}"


def _must_speak(sent: dict[str, Text] | dict[str, str], languages: tuple[str, ...]) -> None:
    if other := set(sent) - set(languages):
        raise RefusedError(400, "bad_language", f"the page is in {languages}, not in {min(other)}")


def _bad_form(error: composer.FormError) -> RefusedError:
    key = str(error)
    return RefusedError(400, key.removeprefix("error."), voice(LANGUAGE)(key))


def _page(slug: str, entry: Entry) -> store.EventPage | None:
    """Return the event that an entry is about, else the claims that it rests on."""
    if entry.event:
        return store.event_page(slug, entry.event)
    return store.claims_page(slug, entry.claims)
