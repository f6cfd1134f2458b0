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
from sourcier.desk.screens import composer, conflicts, panes, proofs, together
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
    if work.standing and _changed_meanwhile(request.POST, work.standing):
        return _show_conflict(request, work, work.standing)
    try:
        entry = _do(request, work)
    except composer.FormError as error:
        return show_desk(request, work, error=str(error), sent=request.POST, status=422)
    except actions.NoSuchEntryError:
        return show_desk(request, work, error="error.gone", sent=request.POST, status=409)
    _sent(request, work)
    there = {"event": entry.event or "", "entry": entry.id, "done": request.POST["do"]}
    return HttpResponseRedirect(f"{reverse('desk', args=[slug])}?{urlencode(there)}#comp")


def _changed_meanwhile(sent: QueryDict, standing: Standing) -> bool:
    """Tell whether texts were sent that were typed over another version than the one that stands."""
    texts = any(name.startswith("text-") for name in sent)
    return texts and sent.get("seen") != composer.stamp(standing)


def _show_conflict(request: HttpRequest, work: Work, standing: Standing) -> HttpResponse:
    """Show both versions put together, to be looked at and sent again."""
    found = conflicts.conflict(request.POST, standing, work.desk.story.languages)
    form = conflicts.put_together(request.POST, found, standing)
    return show_desk(request, work, sent=form, conflict=found, status=409)


def _sent(request: HttpRequest, work: Work) -> None:
    """Forget the working copy of what was sent, and let go of its entry."""
    me, slug = together.user(request), work.desk.story.slug
    event, entry = request.POST.get("event", ""), request.POST.get("entry", "")
    store.drop_copy(slug, me, together.copy_key(entry, event))
    actions.let_go(slug, me, work.entry.id)


def _do(request: HttpRequest, work: Work) -> types.Entry:
    sent, who, now = request.POST, request.user.get_username(), clock.now()
    slug, key, action = work.desk.story.slug, work.entry.id, sent.get("do", "")
    if work.standing and sent.get("seen") != composer.stamp(work.standing):
        raise composer.FormError("error.changed")
    lock = store.lock_of(slug, key, now=clock.real())
    if lock and lock.who.user != who:
        raise composer.FormError("error.locked")
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
    sent, restored = more.get("sent"), None
    if sent is None:
        restored = _restored(request, work)
        sent = more["sent"] = restored.form if restored else None
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
        "stamp": sent.get("seen", "") if sent else composer.stamp(work.standing),
        "conflict": None,
        "restored": restored,
        **_together(request, work),
        "listed": panes.listed(entries, event),
        "editor": may(request.user, "publish", work.desk.story.slug),
        **_wall(work.desk, event),
        **more,
    }
    return render(request, "desk.html", values, status=status)


def _restored(request: HttpRequest, work: Work) -> together.Restored | None:
    """Return what one typed into this entry's form and did not send."""
    shown = {f"text-{code}": text for code, text in _shown_texts(work, None).items()}
    me, key = together.user(request), together.copy_key(*_place(work))
    more = {"kind": work.entry.kind, "claim": work.entry.claims}
    return together.restored(me, work.desk, key, shown | more)


def _together(request: HttpRequest, work: Work) -> dict[str, Any]:
    me, (entry, event) = together.user(request), _place(work)
    return {
        "around": together.around(me, work.desk, event, entry, clock.real()),
        "copy_key": together.copy_key(entry, event),
        "names": together.names,
        "initials": together.initials,
    }


def _place(work: Work) -> tuple[str, str]:
    """Return the entry ("" for a new one) and the event that are before the editor."""
    return (work.entry.id if work.standing else ""), (work.entry.event or "")


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
