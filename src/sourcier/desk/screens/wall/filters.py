"""The filters that one keeps: a list to rename and remove them; the wall has a form that keeps one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sourcier.desk import actions, store
from sourcier.desk.finding.sieve import Sieve, sieve
from sourcier.desk.people.access import needs
from sourcier.desk.screens.frame import desk_of, frame
from sourcier.desk.screens.wall.walls import chips

LONGEST = 4000
"""How many characters of filters sent are read."""
_REFUSALS: dict[type[Exception], str] = {
    actions.FilterNameError: "filters.no_name",
    actions.TooManyFiltersError: "filters.too_many",
    actions.NoSuchFilterError: "filters.gone",
}


class _NothingToKeepError(ValueError):
    """The form asks for what the wall shows without any filter."""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("read")
def filters(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one's filters; keep, rename or remove one. What was kept is shown on the wall."""
    error = ""
    if request.method == "POST":
        try:
            return HttpResponseRedirect(_do(request, slug))
        except _NothingToKeepError:
            error = "filters.nothing"
        except tuple(_REFUSALS) as refused:
            error = _REFUSALS[type(refused)]
    desk = desk_of(request, slug)
    known = store.saved_filters(slug, request.user.get_username())
    shown = {
        **frame(request, slug),
        "desk": desk,
        "filters": [(one, list(chips(desk, _asked(one.address)))) for one in known],
        "sent": _asked(request.POST.get("filter", "")),
        "name": request.POST.get("name", ""),
        "longest": actions.LONGEST_NAME,
        "most": actions.FILTERS,
        "error": error,
        "done": request.GET.get("done", ""),
    }
    return render(request, "filters.html", shown, status=422 if error else 200)


def _do(request: HttpRequest, slug: str) -> str:
    """Do what a form asks, and return where to go then."""
    sent, who = request.POST, request.user.get_username()
    do, key, name = sent.get("do"), sent.get("key", ""), sent.get("name", "")
    if do == "keep":
        asked = _asked(sent.get("filter", ""))
        if not asked:
            raise _NothingToKeepError
        actions.keep_filter(slug, name, asked.address(), who=who)
        return f"{reverse('desk', args=[slug])}?{asked.address()}#wall"
    number = int(key) if key.isascii() and key.isdecimal() and len(key) < 19 else 0
    if do == "rename":
        actions.rename_filter(slug, number, name, who=who)
    elif do == "drop":
        actions.drop_filter(slug, number, who=who)
    else:
        raise actions.NoSuchFilterError(do)
    return f"{reverse('desk-filters', args=[slug])}?done=1"


def _asked(address: str) -> Sieve:
    """Return the filters that an address says, from its first page on."""
    return sieve(QueryDict(address[:LONGEST])).first()
