"""The map: the country around the story's places, each drawn no finer than its source places it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sourcier.publish import outlines
from sourcier.publish.frame import WIDTH, Frame, Point, frame, is_cut
from sourcier.publish.mapnames import Name, Names
from sourcier.publish.view import View
from sourcier.types import Claim, Place

_SETTLED = ("point", "settlement", "district")
Unit = tuple[str, str]
"""A country's ISO 3166-1 code and a first-level unit's ISO 3166-2 code."""


@dataclass(frozen=True, slots=True)
class Map:
    """Paths, marks and names in the units of ``viewBox``; `legend` are (sign, sentence) rows.

    `news` are regions that claims place news in, `context` those that are only spoken of, `around` the
    neighbours of a country that is cut. `elsewhere` says what lies off the map.
    """

    width: int
    height: int
    label: str
    country: str
    around: str
    news: str
    context: str
    marks: tuple[Point, ...]
    names: tuple[Name, ...]
    legend: tuple[tuple[str, str], ...]
    elsewhere: str


@dataclass
class _Places:
    """The story's places, each once: settlements, regions and countries of news; regions of context."""

    settlements: dict[object, Place] = field(default_factory=dict)
    regions: dict[object, Place] = field(default_factory=dict)
    context: dict[object, Place] = field(default_factory=dict)
    countries: Counter[str] = field(default_factory=Counter)

    def add(self, claim: Claim) -> None:
        """Take in the place of one claim."""
        place, news = claim.place, claim.role == "news"
        if place is None:
            return
        if place.country and news:
            self.countries[place.country] += 1
        if place.latitude is None or place.longitude is None:
            return
        key = place.geonames or place.name
        if place.precision == "region":
            (self.regions if news else self.context).setdefault(key, place)
        elif place.precision in _SETTLED and news:
            self.settlements.setdefault(key, place)

    @property
    def located(self) -> list[Place]:
        """The places of news that are finer than a country."""
        return [*self.settlements.values(), *self.regions.values()]

    @property
    def home(self) -> str | None:
        """The country that the map shows: where most places of news are."""
        located = Counter(place.country for place in self.located if place.country)
        ranked = (located or self.countries).most_common(1)
        return ranked[0][0] if ranked else None


def atlas(view: View) -> Map | None:
    """Return the map of a story, None where none of its places can be drawn."""
    places = _places(view)
    home = places.home
    if home is None or not outlines.country(home):
        return None
    shown = frame(
        home,
        [(place.country, _point(place)) for place in (*places.located, *places.context.values())],
    )
    news = _units(places.regions.values())
    context = [unit for unit in _units(places.context.values()) if unit not in news]
    around = {code for code, _ in (*news, *context) if code != home and is_cut(home)}
    legend = tuple(_legend(view, places, home, context=bool(context)))
    return Map(
        width=WIDTH,
        height=shown.height,
        label=" ".join(
            (view.words("map.label", country=view.words.country(home)), *dict(legend).values())
        ),
        country=shown.path(outlines.country(home)),
        around=shown.path(ring for code in sorted(around) for ring in outlines.country(code)),
        news=shown.path(_rings(news)),
        context=shown.path(_rings(context)),
        marks=tuple(shown.at(_point(place)) for place in _on(shown, places.settlements.values())),
        names=tuple(_names(view, shown, places, home)),
        legend=legend,
        elsewhere=_elsewhere(view, shown, places, home),
    )


def _places(view: View) -> _Places:
    places = _Places()
    standing = (entry for entry in view.entries if entry.state != "retracted")
    for claim in view.claims(dict.fromkeys(claim for entry in standing for claim in entry.claims)):
        places.add(claim)
    return places


def _point(place: Place) -> Point:
    return place.longitude or 0.0, place.latitude or 0.0


def _units(regions: Iterable[Place]) -> list[Unit]:
    found = (
        (place.country or "", outlines.unit_at(place.country or "", *_point(place)))
        for place in regions
    )
    return [(country, unit) for country, unit in found if unit]


def _rings(units: Iterable[Unit]) -> Iterator[outlines.Ring]:
    for country, unit in units:
        yield from outlines.units(country)[unit]


def _on(shown: Frame, places: Iterable[Place]) -> list[Place]:
    return [place for place in places if shown.holds(_point(place))]


def _names(view: View, shown: Frame, places: _Places, home: str) -> list[Name]:
    settlements = _on(shown, places.settlements.values())
    names = Names(shown, [shown.at(_point(place)) for place in settlements])
    for place in settlements:
        names.beside(shown.at(_point(place)), view.place_name(place))
    told = {place.name for place in settlements}
    for place in _on(shown, (*places.context.values(), *places.regions.values())):
        if place.name not in told:
            names.within(shown.at(_point(place)), view.place_name(place), strong=False)
    if point := outlines.label_point(home):
        names.within(shown.at(point), view.words.country(home), strong=True)
    return names.placed


def _legend(view: View, places: _Places, home: str, *, context: bool) -> Iterator[tuple[str, str]]:
    words = view.words
    if settled := places.settlements.values():
        yield "ring", words("map.settlements", len(settled), names=_listed(view, settled))
    if regions := places.regions.values():
        yield "m1", words("map.regions", len(regions), names=_listed(view, regions))
    if context:
        yield "m2", words("map.context", names=_listed(view, places.context.values()))
    if home in places.countries:
        yield "m0", words("map.country", name=words.country(home))


def _listed(view: View, places: Iterable[Place]) -> str:
    return view.words.series(list(dict.fromkeys(view.place_name(place) for place in places)))


def _elsewhere(view: View, shown: Frame, places: _Places, home: str) -> str:
    on = _on(shown, places.located)
    names = [view.place_name(place) for place in places.located if place not in on]
    drawn = {place.country for place in on} | {home}
    names += [view.words.country(code) for code in places.countries if code not in drawn]
    return (
        view.words("map.elsewhere", names=view.words.series(list(dict.fromkeys(names))))
        if names
        else ""
    )
