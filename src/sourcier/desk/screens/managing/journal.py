"""The journal: who did what when, in a story or in what is of none; on a page, or whole as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sourcier.desk import store
from sourcier.desk.people.access import needs, needs_everywhere
from sourcier.desk.screens.frame import frame
from sourcier.desk.screens.managing.journal_file import journal_file
from sourcier.desk.screens.managing.journal_words import Telling, Told, day
from sourcier.desk.screens.voice import Voice
from sourcier.desk.store import JournalLine, Wanted

PAGE = 50
"""How many lines a page has."""
DESK = "~"
"""Stands in an address for the desk itself; no user name has it."""
OF_PEOPLE = ("invite", "join", "give_role", "take_role", "make_token", "revoke_token")
"""What is shown only to who says who may enter: people's names, links and tokens are in it."""


@require_safe
@never_cache
@needs("rules")
def of_story(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show what was done in a story, to who answers for what goes out there, also by itself."""
    return _journal(request, slug, store.zone(slug))


@require_safe
@never_cache
@needs_everywhere("people")
def of_none(request: HttpRequest) -> HttpResponseBase:
    """Show what is of no story: who signed in, was let in, locked out, given a role in all."""
    return _journal(request, "", "UTC")


def _journal(request: HttpRequest, slug: str, zone: str) -> HttpResponseBase:
    shown = frame(request, slug)
    wanted = wanted_in(request.GET, zone, () if "people" in shown["rights"] else OF_PEOPLE)
    if request.GET.get("form") == "csv":
        return journal_file(
            request, slug, wanted, lambda lines: _telling(shown["say"], zone, lines)
        )
    return _page(request, shown, zone, wanted)


def wanted_in(sent: QueryDict, zone: str, hidden: Iterable[str]) -> Wanted:
    """Return which lines an address asks for; what it says wrong is passed over. Its day is one of `zone`."""
    who, before = sent.get("who", "")[:150].replace("\0", ""), sent.get("before", "")
    since, until = _day(sent.get("day", ""), zone)
    whole = before.isascii() and before.isdecimal() and len(before) < 19
    return Wanted(
        who={"": None, DESK: ""}.get(who, who),
        action=sent.get("did", "")[:32].replace("\0", ""),
        since=since,
        until=until,
        without=tuple(hidden),
        before=int(before) if whole else None,
    )


def _day(said: str, zone: str) -> tuple[datetime | None, datetime | None]:
    try:
        first = date.fromisoformat(said)
        starts = (
            datetime.combine(first + timedelta(days=n), time(), ZoneInfo(zone)) for n in (0, 1)
        )
        since, until = (start.astimezone(UTC) for start in starts)
    except (ValueError, OverflowError):
        return None, None
    return since, until


def _telling(say: Voice, zone: str, lines: Sequence[JournalLine]) -> Telling:
    """Return what tells these lines: it knows the people and the entries that they name."""
    named = (line.detail.get(key) for line in lines for key in ("user", "from"))
    people = {*(line.who for line in lines), *(name for name in named if isinstance(name, str))}
    entries = store.headlines(line.entry for line in lines if line.entry)
    return Telling(say, zone, store.names(people - {""}), entries)


def _page(request: HttpRequest, shown: dict[str, Any], zone: str, wanted: Wanted) -> HttpResponse:
    slug, say = shown["slug"], shown["say"]
    found = store.journal(slug, wanted, PAGE + 1)
    lines = found[:PAGE]
    telling = _telling(say, zone, lines)
    people, done = store.journal_choices(slug)
    kept = {
        name: request.GET[name][:150] for name in ("who", "did", "day") if request.GET.get(name)
    }
    named = store.names(name for name in people if name)
    actions = ((one, _action(say, one)) for one in done if one not in wanted.without)
    values = {
        "days": _by_day(map(telling.told, lines), zone, say),
        "zone": zone,
        "here": reverse("desk-journal", args=[slug]) if slug else reverse("desk-journal-all"),
        "kept": kept,
        "people": [(one or DESK, named.get(one) or say("history.desk")) for one in people],
        "actions": sorted(actions, key=lambda choice: choice[1].casefold()),
        "older": urlencode(kept | {"before": lines[-1].row}) if len(found) > PAGE else "",
        "file": urlencode(kept | {"form": "csv"}),
    }
    return render(request, "journal.html", shown | values)


def _by_day(lines: Iterable[Told], zone: str, say: Voice) -> list[tuple[str, list[Told]]]:
    grouped = groupby(lines, key=lambda told: day(told.line.at, zone, say))
    return [(said, list(those)) for said, those in grouped]


def _action(say: Voice, action: str) -> str:
    """Return what a filter calls an action."""
    return say.either(f"deed.{action}", action)
