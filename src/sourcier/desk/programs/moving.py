"""What programs may do with an entry on its way: submit, approve, send back, schedule, give up; pin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from sourcier.desk import actions
from sourcier.desk.programs import entries
from sourcier.desk.programs.answers import router
from sourcier.desk.programs.entries import Work
from sourcier.desk.programs.refusals import RefusedError
from sourcier.desk.programs.shapes import Changes, DeskEntry, Hour, Nothing, Reason, described
from sourcier.desk.programs.writing import Warnings, change
from sourcier.types import Entry

_MOVING = (400, 403, 409, 422, 428)


@router.post(
    "/stories/{slug}/entries/{key}/submit",
    operation_id="submit",
    summary="Ask for a second pair of eyes on an entry",
    openapi_extra=described(DeskEntry, *_MOVING),
)
def submit(request: HttpRequest, slug: str, key: str, sent: Changes) -> HttpResponse:
    """Submit an entry as it stands, with what is sent; send ``{}`` to change nothing."""
    return change(request, "write", slug, key, "submit", _worded(sent, actions.submit), "submit")


@router.post(
    "/stories/{slug}/entries/{key}/approve",
    operation_id="approve",
    summary="Approve what was submitted",
    openapi_extra=described(DeskEntry, *_MOVING),
)
def approve(request: HttpRequest, slug: str, key: str, sent: Changes) -> HttpResponse:
    """Approve an entry as it stands, with what is sent; one's own words need the right to publish."""
    return change(
        request, "verify", slug, key, "approve", _worded(sent, actions.approve), "approve"
    )


@router.post(
    "/stories/{slug}/entries/{key}/send-back",
    operation_id="send_back",
    summary="Give submitted words back, with the reason",
    openapi_extra=described(DeskEntry, *_MOVING),
)
def send_back(request: HttpRequest, slug: str, key: str, sent: Reason) -> HttpResponse:
    """Send an entry back."""
    said = " ".join(sent.reason.split())
    if not said:
        raise RefusedError(400, "reason", "say what is to be changed")

    return change(
        request,
        "verify",
        slug,
        key,
        "send_back",
        _as_it_stands(actions.send_back, reason=said),
        "send_back",
    )


@router.post(
    "/stories/{slug}/entries/{key}/schedule",
    operation_id="schedule",
    summary="Let an entry go out by itself at an hour",
    openapi_extra=described(DeskEntry, *_MOVING),
)
def schedule(request: HttpRequest, slug: str, key: str, sent: Hour) -> HttpResponse:
    """Schedule an entry as it stands, with what is sent."""
    if sent.due.tzinfo is None:
        raise RefusedError(400, "bad_hour", "an hour without its offset from UTC")

    def keep(entry: Entry, *, who: str, now: datetime) -> actions.Entries:
        return actions.schedule(entry, sent.due, who=who, now=now)

    return change(request, "publish", slug, key, "schedule", _worded(sent, keep), "schedule")


@router.post(
    "/stories/{slug}/entries/{key}/unschedule",
    operation_id="unschedule",
    summary="Let a scheduled entry wait as a draft",
    openapi_extra=described(DeskEntry, *_MOVING),
)
def unschedule(request: HttpRequest, slug: str, key: str, sent: Nothing) -> HttpResponse:
    """Take an entry's hour away."""
    del sent

    return change(
        request, "publish", slug, key, "unschedule", _as_it_stands(actions.unschedule), "unschedule"
    )


@router.post(
    "/stories/{slug}/entries/{key}/discard",
    operation_id="discard",
    summary="Give a draft up; its history keeps it",
    openapi_extra=described(DeskEntry, *_MOVING),
)
def discard(request: HttpRequest, slug: str, key: str, sent: Nothing) -> HttpResponse:
    """Discard a draft."""
    del sent

    return change(request, "write", slug, key, "discard", _as_it_stands(actions.discard), "discard")


@router.post(
    "/stories/{slug}/entries/{key}/pin",
    operation_id="pin",
    summary="Keep an entry that readers have at the top of the page, before all others there",
    openapi_extra=described(DeskEntry, *_MOVING),
)
def pin(request: HttpRequest, slug: str, key: str, sent: Nothing) -> HttpResponse:
    """Pin an entry."""
    del sent

    return change(request, "publish", slug, key, "pin", _as_it_stands(actions.pin, pinned=True))


@router.post(
    "/stories/{slug}/entries/{key}/unpin",
    operation_id="unpin",
    summary="Give an entry back its place in the order of time",
    openapi_extra=described(DeskEntry, *_MOVING),
)
def unpin(request: HttpRequest, slug: str, key: str, sent: Nothing) -> HttpResponse:
    """Let an entry be pinned no longer."""
    del sent
    takes_down = _as_it_stands(actions.pin, pinned=False)

    def act(work: Work, who: str, now: datetime) -> Warnings:
        public = work.standing.published if work.standing else None
        if public and not public.pinned:
            raise RefusedError(409, "not_pinned", "it is not pinned")
        return takes_down(work, who, now)

    return change(request, "publish", slug, key, "unpin", act)


def _worded(
    sent: Changes, keep: Callable[..., actions.Entries]
) -> Callable[[Work, str, datetime], Warnings]:
    """Return what makes a move with the words that are sent."""

    def act(work: Work, who: str, now: datetime) -> Warnings:
        entry, found = entries.written(work, sent, whole=True)
        keep(entry, who=who, now=now)
        return found

    return act


def _as_it_stands(
    action: Callable[..., actions.Entries], **more: object
) -> Callable[[Work, str, datetime], Warnings]:
    """Return what makes a move with the words that stand."""

    def act(work: Work, who: str, now: datetime) -> Warnings:
        action(work.entry.story, work.entry.id, who=who, now=now, **more)
        return ()

    return act
