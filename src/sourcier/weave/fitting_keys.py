"""Where bundles look for each other: the keys under which an event is found by what may fit it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from sourcier.weave import rules, tables
from sourcier.weave.bundles import Bundle
from sourcier.weave.fitting_parts import Ties
from sourcier.weave.fitting_places import is_wide, words

Key = tuple[Hashable, ...]


def leads(bundle: Bundle) -> Iterator[Key]:
    """Yield the keys under which an event's opening bundle is found."""
    start, end = bundle.window or (bundle.moment, bundle.moment)
    first = min(start, bundle.moment).toordinal() - 1
    last = min(end.toordinal() + rules.LOOKBACK_DAYS, first + 2 * rules.LOOKBACK_DAYS)
    for day in range(first, last + 1):
        for key in _places(bundle, opened=True):
            yield (day, *key)
        for topic in _topics(bundle):
            yield (day, *topic)
    yield from (("quotes", value) for value in bundle.quotes)
    yield from (("people", name) for name in bundle.people)
    yield ("capture", bundle.capture)


def asks(bundle: Bundle, ties: Ties) -> Iterator[Key]:
    """Yield the keys under which a bundle looks for an event; each meets one of `leads`."""
    times = {bundle.moment, *(bundle.window or ())}
    for day in {time.toordinal() for time in times}:
        for key in _places(bundle, opened=False):
            yield (day, *key)
        for topic in _topics(bundle) if bundle.place is None or not bundle.families else ():
            yield (day, *topic)
    yield from (("quotes", value) for value in bundle.quotes)
    yield from (("people", name) for name in bundle.people)
    yield from (("capture", name) for name in (*ties.ancestors, *ties.kin))


def _topics(bundle: Bundle) -> Iterator[Key]:
    """Yield what can join bundles without a place: who says something, or what rarely happens."""
    if bundle.kind in ("statement", "measure"):
        yield from (("says", bundle.kind, speaker) for speaker in bundle.speakers)
    if not bundle.families & tables.frequent():
        yield from (("kind", family) for family in bundle.families)


def _places(bundle: Bundle, *, opened: bool) -> Iterator[Key]:
    """Yield where a bundle is: its place, and what that lies in, or what lies in it."""
    place = bundle.place
    if place is None:
        return
    yield ("at", bundle.site)
    country, region = f"country:{place.country}", bundle.region
    within, around = ("in", "at") if opened else ("at", "in")
    if place.precision == "country":
        yield (around, country) if not opened else ("at", country)
        return
    yield (within, country)
    if region is not None:
        yield (within, region)
        if is_wide(bundle):
            yield ("wide", region)
    if place.precision == "region":
        if region is not None:
            yield ("at", region) if opened else ("in", region)
        yield from (("name", place.country, word) for word in words(bundle))
