"""The wall as a screen shows it: the events that pass its filters, what filters there are, what is unread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

from babel import Locale
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sourcier.desk import store
from sourcier.desk.drafting.sentences import sentence
from sourcier.desk.finding.sieve import FACETS, QUICK, STATES, VIEWS, Sieve, sieve
from sourcier.desk.finding.slots import slots
from sourcier.desk.people.access import needs
from sourcier.desk.screens.desk import Desk, local
from sourcier.desk.screens.voice import Voice
from sourcier.desk.screens.wall.cards import Card, cards
from sourcier.desk.screens.wall.wallmap import WallMap, wall_map
from sourcier.desk.screens.wall.walltime import SORTS, WallTime, wall_time
from sourcier.messages import messages

MATTERS = ("disputed", "untold")
"""The states of events that are shown to who has opened none."""
FEW = 5
"""How many events of each."""
Choice = tuple[str, str]
"""A value as the address holds it, and as it is said."""


def wall_of(request: HttpRequest, shown: Desk, event: str) -> dict[str, Any]:
    """Return what ``_wall.html`` shows: the page of the wall that the address asks for, `event` marked."""
    slug, asked = shown.story.slug, sieve(request.GET, shown.story.zone)
    user = request.user.get_username()
    wall = store.wall(slug, asked, user=user)
    listed = cards(shown, wall)
    return {
        "drawn": _map(shown, asked, user) if asked.view == "map" else None,
        "timeline": _timeline(shown, asked, user) if asked.view == "time" else None,
        "desk": shown,
        "say": shown.say,
        "cards": listed,
        "troubles": shown.troubles(store.troubles()),
        "current": event,
        "sieve": asked,
        "facets": list(_facets(shown, store.options(slug))),
        "states": STATES,
        "sorts": tuple(reversed(SORTS)),
        "views": VIEWS,
        "local": lambda moment: local(moment, shown.story.zone),
        "chips": list(chips(shown, asked)),
        "quick": list(_quick(shown, asked)),
        "mine": store.saved_filters(slug, user),
        "here_is": asked.first().address(),
        "older": asked.older(wall.older).address(event=event) if wall.older else "",
        "unread": wall.unread,
    }


def open_matters(request: HttpRequest, shown: Desk) -> list[tuple[str, str, tuple[Card, ...]]]:
    """Return what wants an editor: a word for it, the wall's address for it, the last events of it."""
    user = request.user.get_username()
    asked = (sieve({state: "1"}) for state in MATTERS)
    found = ((one, store.wall(shown.story.slug, one, user=user, most=FEW)) for one in asked)
    return [
        (shown.say(f"filter.{one.states[0]}"), one.address(), cards(shown, wall))
        for one, wall in found
        if wall.events
    ]


@require_POST
@never_cache
@needs("read")
def seen(request: HttpRequest, slug: str) -> HttpResponse:
    """Take all that moved so far as seen by the user, and go back to the wall as it was filtered."""
    store.see_all(slug, request.user.get_username())
    there = sieve(request.POST).address(event=request.POST.get("event", "")[:128])
    return HttpResponseRedirect(f"{reverse('desk', args=[slug])}?{there}#wall")


def _timeline(shown: Desk, asked: Sieve, user: str) -> WallTime | None:
    """Return when the events that pass the filters moved; None where nothing has moved yet."""
    slug, now = shown.story.slug, shown.story.now
    first = store.first_movement(slug)
    since = asked.since or (first and first.replace(second=0, microsecond=0))
    until = asked.until or now.replace(second=0, microsecond=0) + timedelta(minutes=1)
    if not first or not since or since >= until:
        return None
    edges = slots(since, until, shown.story.zone)
    counts = store.movements(slug, asked, edges, user=user)
    alerts = store.recent_alerts(slug, asked, user=user)
    return wall_time(shown, asked, edges, counts, alerts, first)


def _map(shown: Desk, asked: Sieve, user: str) -> WallMap | None:
    """Return where all events are that pass the filters."""
    found = store.spread(shown.story.slug, asked, user=user)
    called = cache(shown.place)
    spots = [replace(spot, place=called(spot.place, spot.country)) for spot in found.spots]
    return wall_map(spots, found.nowhere, asked.box)


def _quick(shown: Desk, asked: Sieve) -> Iterator[tuple[str, str, bool]]:
    """Yield the filters that are one press away: their name, their address, whether they are set."""
    for said in QUICK:
        one = sieve(said).shown_as(asked.view)
        name = next((f"{key}_{value}" for key, value in said.items()), "all")
        yield shown.say(f"quick.{name}"), one.address(), one == asked.first()


def _facets(
    shown: Desk, known: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, list[Choice]]]:
    """Yield each facet that has more than one value, with its values as they are said."""
    groups = tuple(said["kind"] for said in QUICK if "kind" in said)
    for name in FACETS:
        values = known.get(name, ())
        if name == "kind":
            values += tuple(
                kind for kind in groups if any(v.startswith(f"{kind}_") for v in values)
            )
        choices = [(value, _said(shown.say, name, value)) for value in values]
        if choices:
            yield name, sorted(choices, key=lambda choice: choice[1].casefold())


def chips(shown: Desk, asked: Sieve) -> Iterator[tuple[str, str, str]]:
    """Yield each filter set: its name and value as they are said, and the address without it."""
    for name, value, rest in asked.chips():
        said = _span(shown, asked) if name == "span" else _said(shown.say, name, value)
        yield shown.say(f"filter.{name}"), said, rest.address()


def _span(shown: Desk, asked: Sieve) -> str:
    low = shown.clock(asked.since) if asked.since else ""
    high = shown.clock(asked.until) if asked.until else ""
    if low and high:
        return f"{low} – {high}"
    return shown.say("time.from", clock=low) if low else shown.say("time.to", clock=high)


def _said(say: Voice, name: str, value: str) -> str:
    """Return a facet's value in the desk's language; as it stands where there is no word for it."""
    match name:
        case "kind":
            known = (key for key in (f"change.{value}", f"quick.kind_{value}") if key in say)
            return next((say(key) for key in known), value)
        case "type" if (key := f"type.{value}") in (words := messages(say.language, "sentences")):
            return sentence(words(key))
        case "language":
            return str(Locale.parse(say.language).languages.get(value, value))
    return value
