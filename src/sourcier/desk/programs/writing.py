"""What programs may do at the desk: write drafts, publish, correct, retract."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from sourcier.desk import actions, clock, store
from sourcier.desk.flow import EmbargoError, Move, NotNowError, PastHourError, right_for
from sourcier.desk.people.rights import Right
from sourcier.desk.programs import answers, entries
from sourcier.desk.programs.answers import caller_of, router
from sourcier.desk.programs.callers import Caller
from sourcier.desk.programs.entries import Work
from sourcier.desk.programs.once import once
from sourcier.desk.programs.refusals import RefusedError
from sourcier.desk.programs.shapes import (
    Changes,
    Correction,
    DeskEntry,
    NewEntry,
    Retraction,
    described,
)
from sourcier.types import Entry

Warnings = tuple[str, ...]

_CHANGING = (400, 403, 409, 422, 428)


@router.post(
    "/stories/{slug}/entries",
    operation_id="create_draft",
    summary="A new draft",
    openapi_extra=described(DeskEntry, 400, 403, 422, made=True),
)
def create(request: HttpRequest, slug: str, sent: NewEntry) -> HttpResponse:
    """Keep a new draft."""

    def does(caller: Caller, now: datetime) -> HttpResponse:
        work = entries.new(slug, sent.event, now)
        entry, found = entries.written(work, sent, whole=False)
        actions.draft(entry, who=caller.name, now=now)
        answer = written(caller, "create_draft", entry, now, found)
        answer.status_code = 201
        answer["Location"] = request.build_absolute_uri(f"{request.path}/{entry.id}")
        return answer

    return called(request, "write", slug, does)


@router.put(
    "/stories/{slug}/entries/{key}",
    operation_id="edit_draft",
    summary="A draft of what an entry is to become",
    openapi_extra=described(DeskEntry, *_CHANGING),
)
def edit(request: HttpRequest, slug: str, key: str, sent: Changes) -> HttpResponse:
    """Keep a draft; what readers have stays as it is."""

    def act(work: Work, who: str, now: datetime) -> Warnings:
        entry, found = entries.written(work, sent, whole=False)
        actions.draft(entry, who=who, now=now)
        return found

    return change(request, "write", slug, key, "edit_draft", act, "draft")


@router.post(
    "/stories/{slug}/entries/{key}/publish",
    operation_id="publish",
    summary="Publish an entry: its first version, or the next one",
    openapi_extra=described(DeskEntry, *_CHANGING),
)
def publish(request: HttpRequest, slug: str, key: str, sent: Changes) -> HttpResponse:
    """Publish an entry as it stands, with what is sent; send ``{}`` to change nothing."""

    def act(work: Work, who: str, now: datetime) -> Warnings:
        entry, found = entries.written(work, sent, whole=True)
        actions.publish(entry, who=who, now=now, warnings=found)
        return found

    return change(request, "publish", slug, key, "publish", act)


@router.post(
    "/stories/{slug}/entries/{key}/correct",
    operation_id="correct",
    summary="Correct what readers have, and tell them what was wrong",
    openapi_extra=described(DeskEntry, *_CHANGING),
)
def correct(request: HttpRequest, slug: str, key: str, sent: Correction) -> HttpResponse:
    """Correct an entry."""

    def act(work: Work, who: str, now: datetime) -> Warnings:
        entry, found = entries.written(work, sent, whole=True)
        note = entries.note(work, sent.note)
        actions.correct(entry, note=note, who=who, now=now, warnings=found)
        return found

    return change(request, "publish", slug, key, "correct", act)


@router.post(
    "/stories/{slug}/entries/{key}/retract",
    operation_id="retract",
    summary="Withdraw what readers have, and tell them why",
    openapi_extra=described(DeskEntry, *_CHANGING),
)
def retract(request: HttpRequest, slug: str, key: str, sent: Retraction) -> HttpResponse:
    """Withdraw an entry."""

    def act(work: Work, who: str, now: datetime) -> Warnings:
        actions.retract(slug, key, note=entries.note(work, sent.note), who=who, now=now)
        return ()

    return change(request, "publish", slug, key, "retract", act)


def change(
    request: HttpRequest,
    right: Right,
    slug: str,
    key: str,
    call: str,
    act: Callable[[Work, str, datetime], Warnings],
    move: Move | None = None,
) -> HttpResponse:
    """Let `act` change an entry that is as the program saw it; it returns its warnings.

    `right` is the least that is needed, `move` what may need more from where the entry is.
    """

    def does(caller: Caller, now: datetime) -> HttpResponse:
        if not store.queue_up(slug):
            raise _frozen(slug)
        work = entries.known(slug, key, request, now)
        if move:
            _must_hold(caller, work, move)
        try:
            found = act(work, caller.name, now)
        except actions.NoSuchEntryError as error:
            raise RefusedError(409, "not_published", "readers have no such entry") from error
        except EmbargoError as error:
            message = f"under embargo until {error.until.isoformat()}"
            raise RefusedError(409, "embargo", message) from error
        except PastHourError as error:
            raise RefusedError(422, "past_hour", "that hour is over") from error
        except NotNowError as error:
            raise RefusedError(409, "not_now", "the state of the entry forbids this") from error
        return written(caller, call, work.entry, now, found)

    return called(request, right, slug, does)


def _must_hold(caller: Caller, work: Work, move: Move) -> None:
    """Refuse a move to whom lacks the right that it needs from where the entry is."""
    if work.standing and (needed := right_for(move, work.standing.situation, caller.name)):
        caller.must(needed, work.entry.story)


def _frozen(slug: str) -> RefusedError:
    return RefusedError(
        409, "frozen", f"the story {slug} is frozen: nothing in it changes any more"
    )


def called(
    request: HttpRequest,
    right: Right,
    slug: str,
    does: Callable[[Caller, datetime], HttpResponse],
    body: bytes | None = None,
) -> HttpResponse:
    """Do once what a program that has `right` in a story asks for. Raises RefusedError."""
    caller = caller_of(request)
    caller.must(right, slug)
    try:
        return once(request, caller, lambda: does(caller, clock.now()), body)
    except actions.FrozenStoryError as error:
        raise _frozen(slug) from error


def written(
    caller: Caller, call: str, entry: Entry, now: datetime, warnings: Warnings = ()
) -> HttpResponse:
    """Note which token did it, and answer with the entry as it stands now."""
    noted(caller, call, entry.story, now, entry.id)
    return answers.entry(entries.standing(entry.story, entry.id), warnings)


def noted(
    caller: Caller, call: str, slug: str, now: datetime, key: str = "", **more: object
) -> None:
    """Keep, as a line of the audit, which token did something; `slug` may be "" for all stories."""
    told = more | {"token": caller.token.key, "name": caller.token.name, "call": call}
    store.audit(slug, now, "by_token", who=caller.name, entry=key, detail=told)
