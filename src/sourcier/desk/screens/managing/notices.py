"""Who is told of what: the list of watches, the form of one, what became of the last notices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sourcier.desk import actions, clock, store
from sourcier.desk.drafting.notices import CHANNELS, OCCASIONS, OUTCOMES, Channel
from sourcier.desk.people.access import needs
from sourcier.desk.screens.frame import desk_of, frame
from sourcier.desk.screens.managing.watch_form import BadWatchError, sentence, values_of, watch_of
from sourcier.messages import languages

_SECRET = "notices.secret"  # noqa: S105 - where a session keeps it until it was shown, once
_DONE = ("save", "on", "off", "remove", "try")
_REFUSALS = {
    actions.TooManyWatchesError: ("notices.error.many", 422),
    actions.NoSuchWatchError: ("notices.error.gone", 409),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A watch as its line shows it: one sentence."""

    id: int
    sentence: str
    on: bool


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("rules")
def notices(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who is told of what in a story; add, change, try or end it."""
    if request.method != "POST":
        return _screen(request, slug)
    try:
        _do(request, slug, request.POST.get("do", ""))
    except BadWatchError as error:
        return _screen(request, slug, error=str(error), status=422)
    except tuple(_REFUSALS) as error:
        said, status = _REFUSALS[type(error)]
        return _screen(request, slug, error=said, status=status)
    return HttpResponseRedirect(f"{reverse('desk-notices', args=[slug])}?done={request.POST['do']}")


def ways() -> frozenset[Channel]:
    """Return by which ways this desk can tell somebody."""
    known: dict[Channel, bool] = {
        "web_hook": True,
        "mail": settings.MAIL,
        "telegram": bool(settings.TELEGRAM),
    }
    return frozenset(channel for channel, there in known.items() if there)


def _do(request: HttpRequest, slug: str, do: str) -> None:
    sent, who, now = request.POST, request.user.get_username(), clock.now()
    key = _number(sent.get("watch", ""))
    match do:
        case "save" if key:
            actions.set_watch(slug, key, watch_of(sent, ways()), who=who, now=now)
        case "save":
            made = actions.add_watch(slug, watch_of(sent, ways()), who=who, now=now)[1]
            if made.secret:
                request.session[_SECRET] = made.secret
        case "on" | "off":
            actions.switch_watch(slug, key, on=do == "on", who=who, now=now)
        case "remove":
            actions.remove_watch(slug, key, who=who, now=now)
        case "try":
            actions.try_watch(slug, key, who=who, now=now)
        case _:
            raise BadWatchError("error.action")


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else 0


def _screen(request: HttpRequest, slug: str, *, error: str = "", status: int = 200) -> HttpResponse:
    around, known = frame(request, slug), store.watches(slug)
    asked = _number(request.GET.get("edit", "") or request.POST.get("watch", ""))
    edited = next((kept for kept in known if kept.id == asked), None)
    done, posted = request.GET.get("done", ""), request.POST
    form = posted if posted.get("do") == "save" else posted.__class__()
    shown: dict[str, Any] = {
        "desk": desk_of(request, slug),
        "known": [Shown(k.id, sentence(k.watch, around["say"]), k.on) for k in known],
        "edited": edited,
        "values": values_of(edited.watch if edited else None, form, around["ui"]),
        "ways": ways(),
        "channels": CHANNELS,
        "occasions": OCCASIONS,
        "outcomes": OUTCOMES,
        "tongues": languages(),
        "sent": tuple(store.deliveries(slug)),
        "told": {kept.id: kept.watch.address for kept in known},
        "secret": request.session.pop(_SECRET, ""),
        "error": error,
        "done": done if done in _DONE else "",
    }
    return render(request, "notices.html", around | shown, status=status)
