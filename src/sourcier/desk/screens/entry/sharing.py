"""Entries shared between stories: what another story has to take, taking it, taking its newer words."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sourcier.desk import actions, clock, store
from sourcier.desk.finding.query import QueryError, parse
from sourcier.desk.flow import EmbargoError, NotNowError, right_for
from sourcier.desk.people.access import MissingRightError, needs
from sourcier.desk.people.roles import open_to, rights_in
from sourcier.desk.screens.entry.editing import situation, work_of
from sourcier.desk.screens.frame import desk_of, frame
from sourcier.desk.screens.wall.searching import LONGEST
from sourcier.desk.store.search import search
from sourcier.types import Entry


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("write")
def bring(request: HttpRequest, slug: str) -> HttpResponse:
    """List what another story has published (``?from=``, ``?q=``); take an entry of it into this one."""
    if request.method == "POST":
        return _taken(request, slug)
    return _list(request, slug)


@require_POST
@never_cache
@needs("write")
def take_anew(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Bring the words that a shared entry's original now has into its draft."""
    work = work_of(request, slug, "", key)
    right = right_for("draft", situation(work), request.user.get_username())
    if right and right not in rights_in(request.user, slug):
        raise MissingRightError(right)
    try:
        actions.take_anew(slug, key, who=request.user.get_username(), now=clock.now())
    except (actions.NoSuchEntryError, NotNowError, EmbargoError, actions.NotSharedError):
        return _to_entry(slug, key, "not_anew")
    return _to_entry(slug, key, "take_anew")


def _taken(request: HttpRequest, slug: str) -> HttpResponse:
    home, key = request.POST.get("from", ""), request.POST.get("entry", "")
    if home not in dict(open_to(request.user)):
        raise Http404
    who, now = request.user.get_username(), clock.now()
    try:
        kept = actions.share(home, key, to=slug, who=who, now=now)[0]
    except actions.SharedAlreadyError as error:
        return _to_entry(slug, error.key, "shared_already")
    except actions.NotSharedError as error:
        return _list(request, slug, home, error=str(error), status=422)
    except actions.NoSuchEntryError:
        return _list(request, slug, home, error="error.gone", status=409)
    except EmbargoError as error:
        hour = desk_of(request, slug).clock(error.until)
        return _list(request, slug, home, error="error.embargo", says={"hour": hour}, status=422)
    return _to_entry(slug, kept.id, "share")


def _to_entry(slug: str, key: str, done: str) -> HttpResponse:
    there = urlencode({"entry": key, "done": done})
    return HttpResponseRedirect(f"{reverse('desk', args=[slug])}?{there}#comp")


def _list(
    request: HttpRequest,
    slug: str,
    home: str = "",
    *,
    error: str = "",
    says: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    homes = {one: titles for one, titles in open_to(request.user) if one != slug}
    home = home or request.GET.get("from", "")
    home = home if home in homes else next(iter(homes), "")
    asked = request.GET.get("q", "")[:LONGEST].replace("\0", "")
    found: tuple[Entry, ...] = ()
    try:
        found = _found(home, asked) if home else ()
    except QueryError as refused:
        error, says, status = f"search.error.{refused.key}", {"what": refused.what}, 422
    shown = {
        "desk": desk_of(request, slug),
        "homes": homes,
        "home": home,
        "q": asked,
        "found": found,
        "there": desk_of(request, home) if home else None,
        "had": store.taken_from(slug, home),
        "error": error,
        "says": says or {},
    }
    return render(request, "bring.html", frame(request, slug) | shown, status=status)


def _found(home: str, asked: str) -> tuple[Entry, ...]:
    if not asked.strip():
        return store.lendable(home)
    hits = search(home, parse(f"{asked} kind:entry"), zone=store.zone(home))
    return store.lendable(home, {hit.entry.id for hit in hits if hit.entry})
