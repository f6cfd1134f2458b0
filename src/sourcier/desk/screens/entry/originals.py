"""What the composer says of sharing: where an entry came from, into which stories it may go."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from sourcier.desk import store
from sourcier.desk.drafting.standing import Standing
from sourcier.desk.people.roles import Titles, may, open_to
from sourcier.desk.screens.desk import Desk
from sourcier.types import Entry


@dataclass(frozen=True, slots=True)
class Original:
    """What an entry was shared from, as readers of that story have it now; `behind`: it went on since.

    `open` tells whether the user may see that story at the desk.
    """

    entry: Entry
    title: str
    behind: bool
    open: bool


def original_of(request: HttpRequest, desk: Desk, entry: Entry) -> Original | None:
    """Return what the entry being written was shared from; null for one that was not."""
    shared = entry.shared
    found = store.originals([entry]).get(entry.id) if shared else None
    if shared is None or found is None:
        return None
    title = shared.titles.get(desk.language) or shared.story
    seen = may(request.user, "read", shared.story)
    return Original(found, title, store.is_behind(entry, found), seen)


def takers(request: HttpRequest, slug: str, standing: Standing | None) -> dict[str, Any]:
    """Return the stories into which this user may take an entry of `slug`, and those that have it already."""
    public = standing.published if standing else None
    if public is None or public.state == "retracted" or public.regards:
        return {"takers": (), "lent": {}}
    known = dict(open_to(request.user))
    if len(known) < 2:
        return {"takers": (), "lent": {}}
    there = dict(store.shared_into(slug, public.id))
    return {
        "takers": tuple(_writable(request, known, {slug, *there})),
        "lent": {one: (known[one], key) for one, key in there.items() if one in known},
    }


def _writable(
    request: HttpRequest, known: Mapping[str, Titles], but: Collection[str]
) -> Iterator[tuple[str, Titles]]:
    for slug, titles in known.items():
        if slug not in but and may(request.user, "write", slug) and not store.is_frozen(slug):
            yield slug, titles
