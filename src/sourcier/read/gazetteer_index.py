"""The index file of the gazetteer: sorted 64-bit keys beside fixed records, read in place by mmap.

Layout: magic, length of the header, the header (JSON: where each section lies, and the small tables
of countries, regions and zones), then the sections. Numbers are little-endian. Section ``words`` holds
the dictionaries in which names are looked up.
"""

from __future__ import annotations

import json
import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from msgspec import Struct

from sourcier.read.gazetteer_names import digest

MAGIC = b"sourcier-places-12\n"
_RECORD = struct.Struct("<IffIHHHBBIH")
_NO_DEGREES = 1000.0
_BUCKET_BITS = 18
_BUCKET_SHIFT = 64 - _BUCKET_BITS
_LAST = 2**64 - 1
_MAIN, _COMMON = 1, 2

Kind = Literal["settlement", "region", "district", "country", "area"]
KINDS: tuple[Kind, ...] = ("settlement", "region", "district", "country", "area")


class Entry(Struct, frozen=True):
    """A place of the gazetteer. `code` is the GeoNames code of its region ("UA.21").

    An ``area`` is a sea, a strait or a stretch of land that is no unit of any country.
    """

    kind: Kind
    geonames: int
    name: str
    country: str
    code: str
    zone: str
    latitude: float | None
    longitude: float | None
    population: int
    capital: bool = False

    @property
    def id(self) -> int | str:
        """What tells it from every other: its GeoNames id, for want of one its code and name."""
        return self.geonames or f"{self.code} {self.name}"


class Hit(Struct, frozen=True):
    """An entry found under a name: whether that is its main name, and whether it is a common word."""

    entry: Entry
    main: bool
    common: bool = False


class Name(NamedTuple):
    """The keys of one name of the entry with this number."""

    words: tuple[str, ...]
    number: int
    main: bool
    common: bool = False


class Index:
    """The gazetteer's index over the bytes of its file."""

    def __init__(self, data: Any) -> None:
        view = memoryview(data)
        if bytes(view[: len(MAGIC)]) != MAGIC:
            raise ValueError("not a gazetteer index")
        start = len(MAGIC) + 4
        (length,) = struct.unpack_from("<I", view, len(MAGIC))
        header = json.loads(bytes(view[start : start + length]))
        self._tables: dict[str, list[str]] = header["tables"]
        sections = {name: view[low:high] for name, (low, high) in header["sections"].items()}
        self._keys = sections["keys"].cast("Q")
        self._rows = sections["rows"].cast("I")
        self._prefixes = sections["prefixes"].cast("Q")
        self._words = sections["words"].cast("Q")
        self._buckets = sections["buckets"].cast("I")
        self._records = sections["records"]
        self._names = sections["names"]
        self.entry = lru_cache(maxsize=65536)(self._entry)

    def find(self, words: tuple[str, ...]) -> tuple[Hit, ...]:
        """Return the entries whose name has these keys."""
        wanted, found = digest(words), []
        at = self._buckets[wanted >> _BUCKET_SHIFT]
        while self._keys[at] < wanted:
            at += 1
        while self._keys[at] == wanted:
            row = self._rows[at]
            found.append(Hit(self.entry(row >> 2), bool(row & _MAIN), bool(row & _COMMON)))
            at += 1
        return tuple(found)

    def opens(self, words: tuple[str, ...]) -> bool:
        """Tell whether a longer name begins with these keys."""
        return _holds(self._prefixes, digest(words))

    def lists(self, language: str, word: str) -> bool:
        """Tell whether the dictionary of a language, one of those filed, has a word in lower case."""
        return _holds(self._words, digest((language, word)))

    def _entry(self, number: int) -> Entry:
        record = _RECORD.unpack_from(self._records, number * _RECORD.size)
        geonames, latitude, longitude, population, country, code, zone, kind, capital, at, size = (
            record
        )
        return Entry(
            kind=KINDS[kind],
            geonames=geonames,
            name=bytes(self._names[at : at + size]).decode(),
            country=self._tables["countries"][country],
            code=self._tables["codes"][code],
            zone=self._tables["zones"][zone],
            latitude=_degrees(latitude),
            longitude=_degrees(longitude),
            population=population,
            capital=bool(capital),
        )


def _holds(numbers: memoryview, wanted: int) -> bool:
    at = bisect_left(numbers, wanted)
    return at < len(numbers) and numbers[at] == wanted


def _degrees(stored: float) -> float | None:
    return None if stored == _NO_DEGREES else round(stored, 5)


def pack(
    entries: Sequence[Entry], names: Iterable[Name], dictionaries: Mapping[str, Iterable[str]]
) -> bytes:
    """Return the bytes of an index; `dictionaries` are the words of languages by their codes."""
    rows, prefixes = _sorted_rows(names)
    words = {digest((code, word)) for code, listed in dictionaries.items() for word in listed}
    tables = {
        "countries": sorted({entry.country for entry in entries}),
        "codes": sorted({entry.code for entry in entries}),
        "zones": sorted({entry.zone for entry in entries}),
    }
    records, texts = _records(entries, tables)
    numbers = [row[0] for row in rows] + [_LAST, _LAST]
    sections = {
        "keys": array("Q", numbers).tobytes(),
        "buckets": array("I", _buckets(numbers)).tobytes(),
        "rows": array("I", (row[1] for row in rows)).tobytes(),
        "prefixes": array("Q", sorted(prefixes)).tobytes(),
        "words": array("Q", sorted(words)).tobytes(),
        "records": records,
        "names": texts,
    }
    return _assembled(tables, sections)


def _sorted_rows(names: Iterable[Name]) -> tuple[list[tuple[int, int]], set[int]]:
    rows: set[tuple[int, int]] = set()
    prefixes: set[int] = set()
    for name in names:
        flags = _MAIN * name.main | _COMMON * name.common
        rows.add((digest(name.words), name.number << 2 | flags))
        for size in range(1, len(name.words)):
            prefixes.add(digest(name.words[:size]))
    return sorted(rows), prefixes


def _buckets(numbers: list[int]) -> Iterator[int]:
    """Yield, for each value of the leading bits, where the keys with it begin."""
    for lead in range(1 << _BUCKET_BITS):
        yield bisect_left(numbers, lead << _BUCKET_SHIFT)


def _records(entries: Sequence[Entry], tables: dict[str, list[str]]) -> tuple[bytes, bytes]:
    numbers = {
        name: {value: at for at, value in enumerate(table)} for name, table in tables.items()
    }
    records, texts = bytearray(), bytearray()
    for entry in entries:
        name = entry.name.encode()
        records += _RECORD.pack(
            entry.geonames,
            _NO_DEGREES if entry.latitude is None else entry.latitude,
            _NO_DEGREES if entry.longitude is None else entry.longitude,
            min(entry.population, 2**32 - 1),
            numbers["countries"][entry.country],
            numbers["codes"][entry.code],
            numbers["zones"][entry.zone],
            KINDS.index(entry.kind),
            entry.capital,
            len(texts),
            len(name),
        )
        texts += name
    return bytes(records), bytes(texts)


def _assembled(tables: dict[str, list[str]], sections: dict[str, bytes]) -> bytes:
    """Lay the sections out at offsets that are multiples of eight, as `memoryview.cast` wants."""
    places = dict.fromkeys(sections, (10**9, 10**9))
    size = len(MAGIC) + 4 + len(json.dumps({"tables": tables, "sections": places})) + 8
    at = size = size + -size % 8
    for name, content in sections.items():
        places[name] = (at, at + len(content))
        at += len(content) + -len(content) % 8
    header = json.dumps({"tables": tables, "sections": places}).encode()
    out = bytearray(MAGIC + struct.pack("<I", len(header)) + header)
    out += bytes(size - len(out))
    for content in sections.values():
        out += content + bytes(-len(content) % 8)
    return bytes(out)
