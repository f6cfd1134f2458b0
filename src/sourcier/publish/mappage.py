"""The map page: a larger map that one zooms into by links, and all its places as a table.

One page holds all views: the whole country, each region of the story and each of its places. A view's
address is a fragment, ``map#v-UA-SM`` (a region's ISO 3166-2 code) or ``map#v-692194`` (a place's GeoNames
id); the style sheet shows the view that is the target, else the whole country. So it needs no script, the
same file works on a server (``<story>/map``) and from disk (``map.html``), an address stays good as long as
the place is in the story, and going back and forth is the browser's own. With ``?at=`` it is of that moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sourcier.publish.feed import headline
from sourcier.publish.land import unit_path
from sourcier.publish.links import Links
from sourcier.publish.maplayers import PIN
from sourcier.publish.mapplan import HEIGHT, WHOLE, WIDTH, Plan, plan
from sourcier.publish.page import Page, whole_page
from sourcier.publish.render import utc
from sourcier.publish.scenes import Scene, scenes
from sourcier.publish.spots import Spot, full_name, spots
from sourcier.publish.strip import hazard
from sourcier.publish.view import View
from sourcier.types import Entry, Story

LISTED = 12
"""Entries that a view lists."""


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as a view lists it; `language` is that of its headline where it is not the page's own."""

    moment: str
    utc: str
    href: str
    headline: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Signs:
    """Which signs the views of a page show: what its legend explains."""

    happening: bool
    said: bool
    many: bool
    alert: bool
    news: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One place in the table. `href` is its view, "" where it is not on the map; `last` may be null."""

    place: str
    href: str
    region: str
    alerts: tuple[str, ...]
    kinds: tuple[tuple[str, int], ...]
    count: int
    last: Told | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A view with what stands beside it: its places and entries, and the views before and after it."""

    scene: Scene
    rows: tuple[Row, ...]
    entries: tuple[Told, ...]
    more: int
    before: tuple[str, str] | None
    after: tuple[str, str] | None


def render_map_page(
    story: Story, language: str, *, base: str = "/", languages: tuple[str, ...] = ("fr", "en")
) -> Page:
    """Return the map page of `story` in `language`, as it stands at ``story.now``; see `render_page`."""
    return map_page(
        View(story, language, Links(base, story.slug, language, languages[0])), languages
    )


def map_page(view: View, languages: tuple[str, ...], *, frozen: bool = False) -> Page:
    """Return the map page of a view; a `frozen` one brings its policy along."""
    found = spots(view)
    made = plan(view, found)
    drawn = list(scenes(made)) if made else []
    shown = [_shown(view, made, *about) for about in _with_neighbours(drawn)] if made else []
    return whole_page(
        "map.html",
        view,
        languages,
        frozen=frozen,
        script="",
        sheet="map.css",
        address=lambda code: view.same_moment(view.links.map_in(code)),
        about=None,
        past=not view.story.live,
        zone=view.words.zone(view.story.zone),
        home=view.same_moment(view.links.home),
        # The whole country comes last: it is shown where none of the views before it is the target.
        views=sorted(shown, key=lambda one: one.scene.id == WHOLE),
        lands=list({one.scene.land.id: one.scene.land for one in shown}.values()),
        units=_units(drawn),
        signs=_signs(drawn),
        rows=[_row(view, made, spot) for spot in found],
        width=WIDTH,
        height=HEIGHT,
        radius=PIN,
    )


def _with_neighbours(
    drawn: list[Scene],
) -> Iterator[tuple[Scene, tuple[str, str] | None, tuple[str, str] | None]]:
    """Yield each view with links to those before and after it."""
    links = [(f"#{scene.id}", scene.title) for scene in drawn]
    before = {after: link for link, after in pairwise(links)}
    after = dict(pairwise(links))
    for scene, link in zip(drawn, links, strict=True):
        yield scene, before.get(link), after.get(link)


def _shown(
    view: View,
    made: Plan,
    scene: Scene,
    before: tuple[str, str] | None,
    after: tuple[str, str] | None,
) -> Shown:
    entries = {entry.id: entry for spot in scene.spots for entry in spot.entries}.values()
    newest = sorted(entries, key=lambda entry: entry.published, reverse=True)
    listed = [spot for spot in scene.spots if made.place_view(spot) not in ("", scene.id)]
    return Shown(
        scene=scene,
        rows=tuple(_row(view, made, spot) for spot in listed),
        entries=() if scene.id == WHOLE else tuple(_told(view, one) for one in newest[:LISTED]),
        more=max(0, len(newest) - LISTED),
        before=before,
        after=after,
    )


def _units(drawn: list[Scene]) -> list[tuple[str, str]]:
    """Return the areas' ids and paths, each cut to the ground that it lies on."""
    areas = {unit for scene in drawn for unit, _ in scene.areas}
    return [(unit, unit_path(unit)) for unit in sorted(areas)]


def _signs(drawn: list[Scene]) -> Signs:
    pins = [pin for scene in drawn for layer in scene.layers for pin in layer.pins]
    kinds = {kind for scene in drawn for _, kind in scene.areas}
    return Signs(
        happening=any(pin.family != "said" for pin in pins),
        said=any(pin.family == "said" for pin in pins),
        many=any(pin.many for pin in pins),
        alert="aa" in kinds or any(layer.halos for scene in drawn for layer in scene.layers),
        news="an" in kinds,
    )


def _row(view: View, made: Plan | None, spot: Spot) -> Row:
    there = made.place_view(spot) if made else ""
    within = made.bare(spot.unit) if made and spot.unit else ""
    country = view.words.country(spot.country) if spot.country else ""
    return Row(
        place=full_name(view, spot.place),
        href=f"#{there}" if there else "",
        region={"region": country, "country": ""}.get(spot.place.precision, within or country),
        alerts=tuple(hazard(view, alert) for alert in spot.alerts),
        kinds=tuple(spot.kinds(view).items()),
        count=len(spot.entries),
        last=_told(view, spot.entries[0]) if spot.entries else None,
    )


def _told(view: View, entry: Entry) -> Told:
    words, language = headline(view, entry)
    return Told(
        moment=view.moment(entry.published),
        utc=utc(entry.published),
        href=view.from_beside(entry),
        headline=words,
        language=language,
    )
