"""Background cards: the list of all, one with its versions; put into a story, and followed there."""

from __future__ import annotations

from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sourcier.desk import actions, clock, store
from sourcier.desk.drafting.cards import Card
from sourcier.desk.flow import NotNowError, right_for
from sourcier.desk.people.access import MissingRightError, needs, needs_somewhere
from sourcier.desk.people.roles import may, may_somewhere, open_to, rights_in
from sourcier.desk.screens.entry import conflicts
from sourcier.desk.screens.entry.conflicts import Conflict
from sourcier.desk.screens.entry.editing import situation, work_of
from sourcier.desk.screens.frame import frame
from sourcier.desk.screens.managing import card_form, card_past
from sourcier.desk.screens.managing.card_form import BadCardError
from sourcier.messages import languages

_METHODS = ["GET", "HEAD", "POST"]
_DONE = ("add", "set", "retire", "unretire")


@require_http_methods(_METHODS)
@never_cache
@needs_somewhere("read")
def cards(request: HttpRequest) -> HttpResponse:
    """Show all cards; keep a new one, written here or (``?story=&entry=``) of a published entry."""
    error = ""
    values = _of_entry(request, request.GET.get("story", ""), request.GET.get("entry", ""))
    if request.method == "POST":
        _must_write(request)
        values = {name: request.POST.get(name, "") for name in values}
        _of_entry(request, values["story"], values["entry"])
        try:
            wanted = card_form.filled(request.POST, "", clock.now())
            kept = actions.add_card(wanted, who=request.user.get_username(), now=clock.now())
            return _to_card(kept.id, "add")
        except BadCardError as problem:
            error = str(problem)
    known = tuple(sorted(store.cards(), key=_place))
    shown = {"known": known, **_uses(request, known), **_form(request, values, error)}
    return render(request, "cards.html", frame(request) | shown, status=422 if error else 200)


@require_http_methods(_METHODS)
@never_cache
@needs_somewhere("read")
def card(request: HttpRequest, key: str) -> HttpResponse:
    """Show a card and its versions; change it, retire it, or let it be proposed again."""
    if request.method != "POST":
        return _show_card(request, key)
    _must_write(request)
    try:
        return _to_card(key, _changed(request, key))
    except actions.NoSuchCardError as problem:
        raise Http404 from problem
    except BadCardError as problem:
        return _show_card(request, key, form=request.POST, error=str(problem), status=422)
    except actions.CardsChangedError:
        if request.POST.get("do") != "set":
            return _show_card(request, key, error="cards.changed", status=409)
        return _show_conflict(request, key, 409)


@require_POST
@never_cache
@needs_somewhere("read")
def merge(request: HttpRequest, key: str) -> HttpResponse:
    """Put the form of a card together with how it stands, by the choices sent; as `keeping.merge` does."""
    _must_write(request)
    return _show_conflict(request, key, 200)


def _show_conflict(request: HttpRequest, key: str, status: int) -> HttpResponse:
    """Show what was sent and the newest version put together; as JSON to a script that asks for that."""
    versions = _versions(key)
    found = card_past.conflict(request.POST, versions)
    form = card_past.put_together(request.POST, found, versions)
    if not request.accepts("text/html"):
        return JsonResponse(conflicts.outcome(found, form))
    return _show_card(request, key, form=form, conflict=found, status=status)


def _versions(key: str) -> tuple[Card, ...]:
    """Return the last versions of a card, the newest first; 404 where there is no such card."""
    found = store.card_versions(key)
    if not found:
        raise Http404
    return found


def _show_card(
    request: HttpRequest,
    key: str,
    *,
    form: QueryDict | None = None,
    conflict: Conflict | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show a card; `form` is what somebody sent, to show instead of what it says."""
    versions = _versions(key)
    known, values = versions[0], card_form.shown(versions[0])
    if form is not None and "names" in form:
        values = {name: form.get(name, "") for name in values}
    shown = {
        "card": known,
        "seen": form.get("seen", "") if form is not None else known.version,
        "whole": card_past.fields(known),
        "past": tuple(card_past.compared(versions)),
        "called": store.names(one.by for one in versions),
        "conflict": conflict,
        **_uses(request, (known,)),
        **_form(request, values, error),
    }
    return render(request, "card.html", frame(request) | shown, status=status)


@require_POST
@never_cache
@needs("write")
def insert(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Make a draft of a card in a story; go to the one that it has."""
    event = request.POST.get("event", "")
    try:
        kept = actions.insert_card(slug, key, who=request.user.get_username(), now=clock.now())
    except actions.CardInStoryError as error:
        return _to_entry(slug, event, error.key, "card_already")
    except (actions.NoSuchCardError, actions.CardLanguagesError) as error:
        raise Http404 from error
    return _to_entry(slug, event, kept[0].id, "insert_card")


@require_POST
@never_cache
@needs("write")
def renew(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Bring what its card now says into the draft of an entry."""
    work = work_of(request, slug, "", key)
    who = request.user.get_username()
    right = right_for("draft", situation(work), who)
    if right and right not in rights_in(request.user, slug):
        raise MissingRightError(right)
    try:
        actions.take_card(slug, key, who=who, now=clock.now())
    except (actions.NoSuchEntryError, NotNowError):
        return _to_entry(slug, "", key, "not_card")
    return _to_entry(slug, "", key, "take_card")


def _changed(request: HttpRequest, key: str) -> str:
    """Do what the form of a card asks for, and return what that was."""
    sent, do = request.POST, request.POST.get("do", "")
    number = sent.get("seen", "")
    seen = int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else -1
    who, now = request.user.get_username(), clock.now()
    if do == "set":
        actions.set_card(card_form.filled(sent, key, now), seen=seen, who=who, now=now)
    elif do in ("retire", "unretire"):
        actions.retire_card(key, retired=do == "retire", seen=seen, who=who, now=now)
    else:
        raise BadCardError("error.action")
    return do


def _place(card: Card) -> tuple[bool, str]:
    """Return by what cards are listed: their names, the retired ones behind the others."""
    return card.retired, card.names[0].casefold()


def _must_write(request: HttpRequest) -> None:
    if not may_somewhere(request.user, "publish"):
        raise MissingRightError("publish")


def _of_entry(request: HttpRequest, story: str, key: str) -> dict[str, str]:
    """Return the fields of a new card, with what readers have of an entry; 404 where they have none."""
    blank = Card(id="", version=0, names=(), texts={}, at=clock.now())
    if not story and not key:
        return card_form.shown(blank)
    known = may(request.user, "read", story) and "\0" not in story + key
    entry = store.published(story, key) if known else None
    if entry is None or entry.state == "retracted":
        raise Http404
    return card_form.shown(
        Card(id="", version=0, names=(), texts=entry.texts, at=clock.now(), story=story, entry=key)
    )


def _uses(request: HttpRequest, known: tuple[Card, ...]) -> dict[str, Any]:
    """Return where cards stand, as far as the user may see that."""
    titles = dict(open_to(request.user))
    return {"uses": store.card_uses(known, tuple(titles)), "titles": titles}


def _form(request: HttpRequest, values: dict[str, str], error: str) -> dict[str, Any]:
    done = request.GET.get("done", "")
    return {
        "values": values,
        "codes": languages(),
        "writes": may_somewhere(request.user, "publish"),
        "error": error,
        "done": done if done in _DONE else "",
    }


def _to_card(key: str, done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('desk-card', args=[key])}?done={done}")


def _to_entry(slug: str, event: str, key: str, done: str) -> HttpResponse:
    there = {"event": event, "entry": key, "done": done}
    return HttpResponseRedirect(f"{reverse('desk', args=[slug])}?{urlencode(there)}#comp")
