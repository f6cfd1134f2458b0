"""What the composer's form asks for, done: each move of an entry, for who has the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, get_args

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from msgspec.structs import replace

from sourcier.desk import actions, clock, store
from sourcier.desk.drafting.standing import Standing
from sourcier.desk.flow import (
    MOVES,
    WORDED,
    EmbargoError,
    Move,
    NotNowError,
    PastHourError,
    right_for,
)
from sourcier.desk.people.access import MissingRightError, needs
from sourcier.desk.people.roles import rights_in
from sourcier.desk.screens.entry import attached, composer, conflicts, proofs, together
from sourcier.desk.screens.entry.editing import Work, picture_of, show_desk, situation, work_of
from sourcier.types import Entry


@require_POST
@never_cache
@needs("write")
def act(request: HttpRequest, slug: str) -> HttpResponse:
    """Do what the composer's form asks: any move of `sourcier.desk.flow`.

    Nobody else changes the story from before the form is compared with how the entry stands until what it
    asks is done: of two forms that are sent in one instant, the second is compared with what the first did.
    """
    try:
        with actions.alone(slug):
            entry = _do(request, _asked(request, slug))
    except _REFUSALS as error:
        return _refused(request, _asked(request, slug), error)
    _sent(request, slug, entry.id)
    there = {"event": entry.event or "", "entry": entry.id, "done": request.POST["do"]}
    return HttpResponseRedirect(f"{reverse('desk', args=[slug])}?{urlencode(there)}#comp")


class _ChangedError(ValueError):
    """Texts were sent that were typed over another version than the one that stands."""


_Refusal = (
    _ChangedError
    | EmbargoError
    | PastHourError
    | composer.FormError
    | NotNowError
    | actions.NoSuchEntryError
)
_REFUSALS = get_args(_Refusal)


def _asked(request: HttpRequest, slug: str) -> Work:
    return work_of(request, slug, request.POST.get("event", ""), request.POST.get("entry", ""))


def _show_conflict(request: HttpRequest, work: Work, standing: Standing) -> HttpResponse:
    """Show both versions put together, to be looked at and sent again."""
    found = conflicts.conflict(request.POST, standing, work.desk.story.languages)
    form = conflicts.put_together(request.POST, found, standing)
    return show_desk(request, work, sent=form, conflict=found, status=409)


def _sent(request: HttpRequest, slug: str, key: str) -> None:
    """Forget the working copy of what was sent, and let go of its entry."""
    me, sent = together.user(request), request.POST
    store.drop_copy(slug, me, together.copy_key(sent.get("entry", ""), sent.get("event", "")))
    actions.let_go(slug, me, key)


def _refused(request: HttpRequest, work: Work, error: _Refusal) -> HttpResponse:
    """Show the form again as it was sent, with what is wrong."""
    match error:
        case _ChangedError() if work.standing:
            return _show_conflict(request, work, work.standing)
        case EmbargoError():
            hour = {"hour": work.desk.clock(error.until)}
            return _again(request, work, "error.embargo", 422, error_says=hour)
        case PastHourError():
            return _again(request, work, "error.past", 422)
        case composer.FormError():
            return _again(request, work, str(error), 422)
        case NotNowError():
            return _again(request, work, "error.not_now", 409)
    return _again(request, work, "error.gone", 409)


def _again(request: HttpRequest, work: Work, error: str, status: int, **more: Any) -> HttpResponse:
    return show_desk(request, work, error=error, sent=request.POST, status=status, **more)


def _do(request: HttpRequest, work: Work) -> Entry:
    sent, who, now = request.POST, request.user.get_username(), clock.now()
    _must_be_as_seen(sent, work.standing)
    lock = store.lock_of(work.desk.story.slug, work.entry.id, now=clock.real())
    if lock and lock.who.user != who:
        raise composer.FormError("error.locked")
    move = _allowed(request, work)
    if move in WORDED:
        return _with_words(move, work, sent, who, now)
    return _as_it_stands(move, work, sent, who, now)


def _must_be_as_seen(sent: QueryDict, standing: Standing | None) -> None:
    """Raise where the entry stands otherwise than when the form was opened."""
    if standing is None or sent.get("seen") == composer.stamp(standing):
        return
    if any(name.startswith("text-") for name in sent):
        raise _ChangedError
    raise composer.FormError("error.changed")


def _allowed(request: HttpRequest, work: Work) -> Move:
    """Return the move asked for. Raises FormError, NotNowError, MissingRightError."""
    asked = request.POST.get("do", "")
    if asked not in MOVES:
        raise composer.FormError("error.action")
    move = asked
    me, rights = request.user.get_username(), rights_in(request.user, work.desk.story.slug)
    right = right_for(move, situation(work), me)
    if right is None:
        raise NotNowError(move)
    if right not in rights:
        if right_for(move, situation(work)) in rights:
            raise composer.FormError("error.own_words")
        raise MissingRightError(right)
    return move


def _with_words(move: Move, work: Work, sent: QueryDict, who: str, now: datetime) -> Entry:
    picture = picture_of(work.entry, sent)
    entry, zone = composer.filled(work.entry, sent, work.page, picture), work.desk.story.zone
    if move != "draft":
        attached.must_be_whole(entry)
    if "not_before" in sent:
        entry = replace(entry, not_before=composer.hour(sent, "not_before", zone))
    if move == "schedule":
        due = composer.hour(sent, "due", zone)
        if due is None:
            raise composer.FormError("error.hour")
        return actions.schedule(entry, due, who=who, now=now)[0]
    if move in _KEEPS:
        return _KEEPS[move](entry, who=who, now=now)[0]
    warnings = proofs.warnings(proofs.proofs(work.desk, entry, work.page))
    if move == "publish":
        return actions.publish(entry, who=who, now=now, warnings=warnings)[0]
    note = composer.notes(sent)
    return actions.correct(entry, note=note, who=who, now=now, warnings=warnings)[0]


_KEEPS: dict[Move, Callable[..., actions.Entries]] = {
    "draft": actions.draft,
    "submit": actions.submit,
    "approve": actions.approve,
}


def _as_it_stands(move: Move, work: Work, sent: QueryDict, who: str, now: datetime) -> Entry:
    slug, key = work.desk.story.slug, work.entry.id
    match move:
        case "retract":
            return actions.retract(slug, key, note=composer.notes(sent), who=who, now=now)[0]
        case "pin" | "unpin":
            return actions.pin(slug, key, pinned=move == "pin", who=who, now=now)[0]
        case "send_back":
            reason = composer.reason(sent)
            return actions.send_back(slug, key, reason=reason, who=who, now=now)[0]
        case "unschedule":
            return actions.unschedule(slug, key, who=who, now=now)[0]
    return actions.discard(slug, key, who=who, now=now)[0]
