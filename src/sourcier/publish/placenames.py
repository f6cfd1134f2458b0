"""Names of places as a page's language spells them: as its sources do, else as Natural Earth lists them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

import simplemma

from sourcier.messages import messages
from sourcier.types import Capture, Claim, Place
from sourcier.types.claim import PlacePrecision

_CYRILLIC = ("uk", "ru")
"""Languages whose names of regions stand in this order among the Cyrillic ones of the gazetteer."""

_OBLAST = " Oblast"
_UNITS = (" Raion", " Hromada")
_FRENCH = {"shch": "chtch", "zh": "j", "sh": "ch", "ch": "tch", "u": "ou"}
_ROMANISED = re.compile("|".join(_FRENCH), re.IGNORECASE)


def place_names(
    language: str, captures: Mapping[str, Capture], claims: Iterable[Claim]
) -> dict[str, str]:
    """Return the commonest spelling of each place, by `key`, in the sources of one language."""
    spelled: dict[str, Counter[str]] = {}
    for claim in claims:
        capture = captures.get(claim.capture)
        if not (claim.place and claim.place.text) or not capture or capture.language != language:
            continue  # a place that no word names is where its source speaks from
        if name := _nominative(claim.place.text, language):
            spelled.setdefault(key(claim.place), Counter())[name] += 1
    return {place: counts.most_common(1)[0][0] for place, counts in spelled.items()}


def key(place: Place) -> str:
    """Return what a place is known by."""
    return str(place.geonames or f"{place.name}/{place.admin1}/{place.precision}")


def place_called(name: str, country: str) -> Place:
    """Return the place of which only the gazetteer's name is known, which tells what it is."""
    precision: PlacePrecision = "region" if name.endswith(_OBLAST) else "settlement"
    if name.endswith(_UNITS):
        precision = "district"
    return Place(
        text="", span=(0, 0), name=name, geonames=None, country=country, admin1=None, latitude=None,
        longitude=None, precision=precision,
    )  # fmt: skip


def listed_name(place: Place, language: str) -> str | None:
    """Return what a place is called in a language though no source of that language names it, if known.

    Towns and regions are listed; the gazetteer's names of Ukraine follow its national romanisation, from
    which French differs by rule: Sumy is Soumy, Zhytomyr Jytomyr.
    """
    listed = _in_cyrillic(place, language) or _town(place, language)
    return listed or (_in_french(place) if language == "fr" else None)


def _town(place: Place, language: str) -> str | None:
    return _towns().get((place.country, place.name, language)) or None


def _in_cyrillic(place: Place, language: str) -> str | None:
    if language not in _CYRILLIC or place.precision not in ("region", "district"):
        return None
    names = _regions().get((place.country, place.name))
    if not names and place.precision == "region":
        names = _regions().get((place.country, place.admin1))
    return names[min(_CYRILLIC.index(language), len(names) - 1)] if names else None


def _in_french(place: Place) -> str | None:
    """Return a name in French; that of an oblast without its kind, which the sentence around it says.

    Raions and hromadas say theirs before the name of their seat, as French has it.
    """
    if unit := _unit(place):
        return unit
    bare = place.name.removesuffix(_OBLAST) if place.precision == "region" else place.name
    seat = _towns().get((place.country, bare, "fr")) if place.precision == "region" else None
    french = seat or (_by_rule(bare) if place.country == "UA" else bare)
    return french if place.country == "UA" or french != place.name else None


def _unit(place: Place) -> str | None:
    """Return "raïon de Konotop" for Konotop Raion; None for what is not named after its seat."""
    if place.country != "UA" or place.precision != "district":
        return None
    for pattern, template in messages("fr", "sentences").raw("place.unit"):
        if found := re.search(pattern, place.name):
            seat = found["seat"]
            french = _towns().get((place.country, seat, "fr")) or _by_rule(seat)
            return str(template.format(seat=french))
    return None


def _by_rule(name: str) -> str:
    return _ROMANISED.sub(lambda found: _french(found[0]), name)


def _french(letters: str) -> str:
    french = _FRENCH[letters.lower()]
    return french if letters.islower() else french.capitalize()


def names_its_kind(name: str, language: str) -> bool:
    """Tell whether a region's name says what it is ("Сумська область")."""
    return re.search(messages(language, "sentences").raw("place.kinds"), name) is not None


@cache
def _nominative(name: str, language: str) -> str | None:
    """Return a place name undeclined; None where the language declines it and the form is unknown.

    So it is of names of several words: they are declined together, a dictionary knows them one by one.
    """
    if "place.declined" not in messages(language, "sentences"):
        return name
    if " " in name:
        return None
    lemma = str(simplemma.lemmatize(name, lang=language))
    return lemma if lemma[:1].isupper() else None


@cache
def _towns() -> dict[tuple[str | None, str, str], str]:
    """Return the listed names of towns by country, GeoNames' name and language."""
    text = (files("sourcier.publish") / "data" / "towns.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {
        (country, name, language): spelled
        for country, name, *names in rows
        for language, spelled in zip(("fr", *_CYRILLIC), names, strict=True)
    }


@cache
def _regions() -> dict[tuple[str | None, str | None], list[str]]:
    """Return the Cyrillic names of each first-level region, by country and name, an oblast's also bare."""
    return {
        (row[0][:2], name): found
        for row in region_rows()
        for name in (row[3].removesuffix(_OBLAST), row[3])
        if (found := [name for name in row[-1].split("|") if re.match(r"[\u0400-\u04ff]", name)])
    }


@cache
def region_rows() -> tuple[tuple[str, ...], ...]:
    """Return the gazetteer's rows of regions; src/sourcier/gazetteer/README.md tells their columns."""
    text = (files("sourcier") / "gazetteer" / "regions.tsv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(tuple(line.split("\t")) for line in lines)
