"""The desk's screens and what their forms do, behind a login."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sourcier import types
from sourcier.desk import actions, clock, models, store
from sourcier.desk.drafting.standing import Standing
from sourcier.desk.people.access import needs
from sourcier.desk.people.roles import may, open_to
from sourcier.desk.screens import composer, panes, proofs
from sourcier.desk.screens.frame import frame
from sourcier.desk.screens.tongue import language


@dataclass(frozen=True)
class Work:
    """What an editor has before them: an event, and the entry being written."""

    desk: panes.Desk
    page: store.EventPage | None
    standing: Standing | None
    entry: types.Entry


@require_safe
@never_cache
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Go to the desk of the first story that one may see; say so where there is none."""
    for slug, _ in open_to(request.user):
        return HttpResponseRedirect(reverse("desk", args=[slug]))
    return render(request, "no_story.html", frame(request))


@require_safe
@never_cache
@needs("read")
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the wall, one event and the composer."""
    work = work_of(request, slug, request.GET.get("event", ""), request.GET.get("entry", ""))
    return show_desk(request, work)


@require_safe
@never_cache
@needs("read")
def wall(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the wall alone, as it is asked for every few seconds."""
    shown = _desk(request, slug)
    return render(request, "_wall.html", _wall(shown, request.GET.get("event", "")))


@require_POST
@never_cache
@needs("read")
def proof(request: HttpRequest, slug: str) -> HttpResponse:
    """Show which figures and quotations of the texts sent are carried by the claims sent."""
    work = work_of(request, slug, request.POST.get("event", ""), request.POST.get("entry", ""))
    try:
        entry = composer.filled(work.entry, request.POST, work.page)
    except composer.FormError:
        return HttpResponse()
    pane = work.desk.event(work.page, entry.claims) if work.page else None
    shown = {"say": work.desk.say, "desk": work.desk, "pane": pane}
    return render(
        request, "_proof.html", shown | {"proofs": proofs.proofs(work.desk, entry, work.page)}
    )


@require_POST
@never_cache
@needs("publish")
def act(request: HttpRequest, slug: str) -> HttpResponse:
    """Do what the composer's form asks: draft, publish, correct, retract, pin or unpin."""
    work = work_of(request, slug, request.POST.get("event", ""), request.POST.get("entry", ""))
    try:
        entry = _do(request, work)
    except composer.FormError as error:
        return show_desk(request, work, error=str(error), sent=request.POST, status=422)
    except actions.NoSuchEntryError:
        return show_desk(request, work, error="error.gone", sent=request.POST, status=409)
    there = {"event": entry.event or "", "entry": entry.id, "done": request.POST["do"]}
    return HttpResponseRedirect(f"{reverse('desk', args=[slug])}?{urlencode(there)}#comp")


def _do(request: HttpRequest, work: Work) -> types.Entry:
    sent, who, now = request.POST, request.user.get_username(), clock.now()
    slug, key, action = work.desk.story.slug, work.entry.id, sent.get("do", "")
    if work.standing and sent.get("seen") != composer.stamp(work.standing):
        raise composer.FormError("error.changed")
    if action == "retract":
        return actions.retract(slug, key, note=composer.notes(sent), who=who, now=now)[0]
    if action in ("pin", "unpin"):
        return actions.pin(slug, key, pinned=action == "pin", who=who, now=now)[0]
    entry = composer.filled(work.entry, sent, work.page)
    warnings = proofs.warnings(proofs.proofs(work.desk, entry, work.page))
    match action:
        case "draft":
            return actions.draft(entry, who=who, now=now)[0]
        case "publish":
            return actions.publish(entry, who=who, now=now, warnings=warnings)[0]
        case "correct":
            note = composer.notes(sent)
            return actions.correct(entry, note=note, who=who, now=now, warnings=warnings)[0]
    raise composer.FormError("error.action")


def _desk(request: HttpRequest, slug: str) -> panes.Desk:
    try:
        story = store.outline(slug, now=clock.now())
    except models.Story.DoesNotExist as error:
        raise Http404 from error
    return panes.Desk(language(request), story)


def work_of(request: HttpRequest, slug: str, event: str, key: str) -> Work:
    """Return the event and entry asked for; a new entry where there is none. 404 for unknown ones."""
    shown = _desk(request, slug)
    entries = store.standing(slug)
    chosen = next((found for found in entries if found.entry.id == key), None)
    if key not in ("", "new") and chosen is None:
        raise Http404
    event = event or (chosen.entry.event if chosen else None) or ""
    page = store.event_page(slug, event) if event else None
    if event and page is None:
        raise Http404
    if not key and event:
        chosen = panes.about(entries, event)
    entry = chosen.entry if chosen else composer.blank(slug, actions.new_id(), page, clock.now())
    return Work(shown, page, chosen, entry)


def show_desk(request: HttpRequest, work: Work, *, status: int = 200, **more: Any) -> HttpResponse:
    """Show the wall, the event and the composer; `sent` is a form to show instead of the entry."""
    event = work.page.event.id if work.page else ""
    entries = store.standing(work.desk.story.slug)
    sent = more.get("sent")
    entry, bound = work.entry, work.entry.claims
    if sent is not None:
        bound = tuple(sent.getlist("claim"))
    values = {
        "error": "",
        "sent": None,
        "done": request.GET.get("done", ""),
        **frame(request, work.desk.story.slug),
        "desk": work.desk,
        "work": work,
        "entry": entry,
        "texts": _shown_texts(work, sent),
        "pane": work.desk.event(work.page, bound) if work.page else None,
        "proofs": proofs.proofs(work.desk, _being_written(work, sent), work.page),
        "kinds": composer.KINDS,
        "stamp": composer.stamp(work.standing),
        "listed": panes.listed(entries, event),
        "editor": may(request.user, "publish", work.desk.story.slug),
        **_wall(work.desk, event),
        **more,
    }
    return render(request, "desk.html", values, status=status)


def _wall(shown: panes.Desk, event: str) -> dict[str, Any]:
    cards = shown.cards(store.wall(shown.story.slug))
    return {
        "desk": shown,
        "say": shown.say,
        "cards": cards,
        "troubles": shown.troubles(store.troubles()),
        "current": event,
    }


def _being_written(work: Work, sent: QueryDict | None) -> types.Entry:
    """Return the entry as the form has it, as far as that can be taken."""
    try:
        return work.entry if sent is None else composer.filled(work.entry, sent, work.page)
    except composer.FormError:
        return work.entry


def _shown_texts(work: Work, sent: Any) -> dict[str, str]:
    codes = work.desk.story.languages
    if sent is not None:
        return {code: sent.get(f"text-{code}", "") for code in codes}
    return {code: composer.joined(work.entry.texts, code) for code in codes}
