"""The desk's screens and what their forms do, behind a login."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sourcier import types
from sourcier.desk import actions, clock, store
from sourcier.desk.drafting.standing import Standing
from sourcier.desk.flow import Situation, offered, right_for
from sourcier.desk.people.access import needs
from sourcier.desk.people.roles import open_to, rights_in
from sourcier.desk.screens.desk import Desk, local
from sourcier.desk.screens.entry import composer, listing, proofs, together
from sourcier.desk.screens.entry.event_pane import EventPane, bound_rows, event_pane
from sourcier.desk.screens.entry.mentioned import mentioned, typed
from sourcier.desk.screens.entry.originals import original_of, takers
from sourcier.desk.screens.frame import desk_of, frame
from sourcier.desk.screens.wall.overhead import overhead_of
from sourcier.desk.screens.wall.walls import open_matters, wall_of
from sourcier.publish.linked import names
from sourcier.publish.words import tz

_LONGEST_NUMBER = 9
"""From how many digits on a number in an address is none of ours."""


@dataclass(frozen=True)
class Work:
    """What an editor has before them: an event, and the entry being written."""

    desk: Desk
    page: store.EventPage | None
    standing: Standing | None
    entry: types.Entry
    entries: tuple[Standing, ...] = ()

    @property
    def event(self) -> str:
        """The id of the event, "" for none."""
        return self.page.event.id if self.page and self.page.event else ""


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
    """Show the wall, one event and the composer; the event then counts as seen."""
    work = work_of(request, slug, request.GET.get("event", ""), request.GET.get("entry", ""))
    if work.event:
        store.see(slug, request.user.get_username(), work.event)
    return show_desk(request, work)


@require_safe
@never_cache
@needs("read")
def wall(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the wall alone, as it is asked for every few seconds."""
    shown = desk_of(request, slug)
    return render(request, "_wall.html", wall_of(request, shown, request.GET.get("event", "")))


@require_safe
@never_cache
@needs("read")
def overhead(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the line above the panes alone, as it is asked for when something moved."""
    return render(request, "_overhead.html", _overhead(request, desk_of(request, slug)))


@require_POST
@never_cache
@needs("read")
def proof(request: HttpRequest, slug: str) -> HttpResponse:
    """Show which figures and quotations of the texts sent are carried by the claims sent.

    And the background cards that the texts name, but those that are ``offered`` on the screen already.
    """
    work = work_of(request, slug, request.POST.get("event", ""), request.POST.get("entry", ""))
    try:
        picture = picture_of(work.entry, request.POST)
        entry = composer.filled(work.entry, request.POST, work.page, picture)
    except composer.FormError:
        return HttpResponse()
    texts, offered = _shown_texts(work, request.POST).values(), request.POST.get("offered", "")
    writes = "write" in rights_in(request.user, slug)
    found = typed(work.desk.story, entry, texts, offered.split()) if writes else ()
    shown = {
        "say": work.desk.say,
        "desk": work.desk,
        "work": work,
        "typed": found,
        "proofs": proofs.proofs(work.desk, entry, work.page),
        "about": work.page is not None,
        "bound": bound_rows(work.desk, work.page, entry.claims) if work.page else (),
    }
    return render(request, "_proof.html", shown)


def work_of(
    request: HttpRequest, slug: str, event: str, key: str, claims: Iterable[str] = ()
) -> Work:
    """Return the event and entry asked for; a new entry where there is none. 404 for unknown ones.

    What is about no event has the claims that it rests on before it, those of the form and `claims`.
    """
    shown = desk_of(request, slug)
    entries = store.at_hand(slug, event=event, entry=key)
    chosen = next((found for found in entries if found.entry.id == key), None)
    if key not in ("", "new") and chosen is None:
        raise Http404
    event = event or (chosen.entry.event if chosen else None) or ""
    page = store.event_page(slug, event) if event else None
    if event and page is None:
        raise Http404
    if not key and event:
        chosen = listing.about(entries, event)
    entry = chosen.entry if chosen else composer.blank(slug, actions.new_id(), page, clock.now())
    if not event:
        page = store.claims_page(slug, {*entry.claims, *request.POST.getlist("claim"), *claims})
    return Work(shown, page, chosen, entry, entries)


def show_desk(request: HttpRequest, work: Work, *, status: int = 200, **more: Any) -> HttpResponse:
    """Show the wall, the event and the composer; `sent` is a form to show instead of the entry."""
    event = work.event
    sent, restored = more.get("sent"), None
    if sent is None:
        restored = _restored(request, work)
        sent = more["sent"] = restored.form if restored else None
    entry, bound = work.entry, work.entry.claims
    if sent is not None:
        bound = tuple(sent.getlist("claim"))
    pane, texts = _pane(request, work, bound), _shown_texts(work, sent)
    values = {
        "error": "",
        "error_says": {},
        "sent": None,
        "done": request.GET.get("done", ""),
        **frame(request, work.desk.story.slug),
        "desk": work.desk,
        "work": work,
        "entry": entry,
        "texts": texts,
        "pane": pane,
        "about": pane is not None,
        "bound": [row for row in pane.rows if row.bound] if pane else [],
        "proofs": proofs.proofs(work.desk, _being_written(work, sent), work.page),
        "kinds": composer.KINDS,
        "providers": ", ".join(names()),
        "shown_picture": picture_of(entry, sent),
        "stamp": sent.get("seen", "") if sent else composer.stamp(work.standing),
        "conflict": None,
        "recap_day": _today(work.desk.story) - timedelta(days=1),
        "restored": restored,
        **_together(request, work),
        **mentioned(work.desk.story, entry, pane, texts),
        "original": original_of(request, work.desk, entry),
        **takers(request, work.desk.story.slug, work.standing),
        "listed": listing.listed(work.entries, event),
        **offers(request, work, sent),
        **wall_of(request, work.desk, event),
        **_overhead(request, work.desk),
        "matters": () if pane else open_matters(request, work.desk),
        **more,
    }
    return render(request, "desk.html", values, status=status)


def _overhead(request: HttpRequest, shown: Desk) -> dict[str, Any]:
    present = together.others(together.user(request), shown.story.slug, clock.real())
    return overhead_of(shown, present) | {"initials": together.initials}


def _pane(request: HttpRequest, work: Work, bound: tuple[str, ...]) -> EventPane | None:
    """Return the pane of the event, with the part of its origins that is asked for."""
    asked = request.POST.get("origins") or request.GET.get("origins") or ""
    until = int(asked) if asked.isdecimal() and len(asked) < _LONGEST_NUMBER else 0
    return event_pane(work.desk, work.page, bound, until) if work.page else None


def _today(story: types.Story) -> date:
    return story.now.astimezone(tz(story.zone)).date()


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


def situation(work: Work) -> Situation:
    """Return where the entry being written is, for the decider of moves."""
    return work.standing.situation if work.standing else Situation("new")


def offers(request: HttpRequest, work: Work, sent: QueryDict | None) -> dict[str, Any]:
    """Return what the user may do with the entry, and the hours that the form holds."""
    rights = rights_in(request.user, work.desk.story.slug)
    zone, standing, me = work.desk.story.zone, work.standing, request.user.get_username()
    at = situation(work)
    due = local(standing.due if standing else None, zone)
    not_before = local(work.entry.not_before, zone)
    return {
        "moves": offered(rights, at, me),
        "own_words": at.by == me and right_for("approve", at) in rights and "publish" not in rights,
        "editor": "write" in rights,
        "due": sent.get("due", due) if sent else due,
        "not_before": sent.get("not_before", not_before) if sent else not_before,
    }


def _being_written(work: Work, sent: QueryDict | None) -> types.Entry:
    """Return the entry as the form has it, as far as that can be taken."""
    try:
        if sent is None:
            return work.entry
        picture = picture_of(work.entry, sent)
        return composer.filled(work.entry, sent, work.page, picture)
    except composer.FormError:
        return work.entry


def picture_of(entry: types.Entry, sent: QueryDict | None) -> types.Picture | None:
    """Return the picture that a form names, that of the entry where there is no form; null for none."""
    if sent is None or "picture" not in sent:
        return entry.picture
    digest = sent.get("picture", "")
    if entry.picture and entry.picture.digest == digest:
        return entry.picture
    return store.picture(digest) if digest else None


def _shown_texts(work: Work, sent: Any) -> dict[str, str]:
    codes = work.desk.story.languages
    if sent is not None:
        return {code: sent.get(f"text-{code}", "") for code in codes}
    return {code: composer.joined(work.entry.texts, code) for code in codes}
