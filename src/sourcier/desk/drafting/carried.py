"""Which figures and quotations of a text are carried by the claims that it rests on. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

import regex
from babel import Locale

from sourcier.read.document import Document
from sourcier.read.fold import fold
from sourcier.read.numbers import number_reader
from sourcier.types import Capture, Claim, Toll

_CLOCK = r"(?<!\d)\d{1,2}(?::|\s?h\s?)\d{2}(?!\d)"
_MARKED = rf"«\s*(?P<a>[^«»]*?)\s*»|“(?P<b>[^“”]*)”|„(?P<c>[^„“”]*)[“”]|(?P<clock>{_CLOCK})"
_HYPHENS = ("-", "‐", "‑")
_APART = regex.compile(r"[^\p{L}\p{N}]+")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a text. `number` is that of the claim which carries it, where there is one.

    `qualifier` is the one that stands with a number: "au moins" makes ``at_least``.
    """

    kind: Literal["plain", "bound", "unbound"]
    text: str
    number: int | None = None
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Carrier:
    """A bound claim: its number, the text of its dispatch, from which one may quote, when that was out."""

    number: int
    claim: Claim
    text: str
    published: datetime | None = None


def proof(
    text: str, language: str, carriers: Iterable[Carrier], zones: Iterable[str]
) -> tuple[Run, ...]:
    """Return `text` in pieces: its figures and quotations bound to one of `carriers`, or not.

    `zones` are those in which clock times may be told.
    """
    carriers, zones = tuple(carriers), tuple(zones)
    runs: list[Run] = []
    end = 0
    for found in _marked(language).finditer(text):
        runs += _numbers(text[end : found.start()], language, carriers)
        by = _dated if found["day"] else _quoting_or_clock
        runs.append(_run(found.group(), by(found, carriers, zones)))
        end = found.end()
    return (*runs, *_numbers(text[end:], language, carriers))


@cache
def _marked(language: str) -> regex.Pattern[str]:
    """Return what finds quotations, clock times and days ("1er novembre", "November 22") of a language.

    An ordinal's ending may be any one or two letters.
    """
    names = Locale.parse(language).months["format"]["wide"]
    months = "|".join(rf"(?P<m{n}>{regex.escape(name)})" for n, name in names.items())
    day = r"(?<!\d)(?P<day>\d{1,2})(?!\d)(?:-?\p{L}{1,2}\b)?"
    return regex.compile(
        rf"{_MARKED}|{day}\s(?:{months})\b|\b(?:{months})\s{day}", regex.IGNORECASE
    )


def _dated(
    found: regex.Match[str], carriers: tuple[Carrier, ...], zones: tuple[str, ...]
) -> int | None:
    """Return the number of the claim that happened, or was told, on a day."""
    month = next(n for n in range(1, 13) if found[f"m{n}"])
    told = (month, int(found["day"]))
    return next((c.number for c in carriers if told in _days(c, zones)), None)


def _days(carrier: Carrier, zones: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield month and day of when a claim is about, was made and was out."""
    claim = carrier.claim
    for moment in (*(time.start for time in (claim.time, claim.said) if time), carrier.published):
        for zone in (*zones, *([claim.time.zone] if claim.time else [])):
            if moment:
                there = moment.astimezone(ZoneInfo(zone))
                yield there.month, there.day


def _run(text: str, number: int | None) -> Run:
    return Run("bound" if number else "unbound", text, number)


def _quoting_or_clock(
    found: regex.Match[str], carriers: tuple[Carrier, ...], zones: tuple[str, ...]
) -> int | None:
    """Return the number of the claim that carries a quotation or a clock time."""
    if found["clock"]:
        time = _clock(found["clock"])
        return next((c.number for c in carriers if time in _clocks(c.claim, zones)), None)
    words = next(filter(None, (found[key] for key in "abc")), "")
    parts = [_bare(part) for part in words.split("[…]")]
    said = (c.number for c in carriers if all(part in _bare(c.text) for part in parts))
    return next(said, None)


def _numbers(text: str, language: str, carriers: tuple[Carrier, ...]) -> Iterator[Run]:
    """Yield plain text cut at its numbers, in figures or in words."""
    end = 0
    for start, stop, values, qualifier in _spans(text, language):
        if start > end:
            yield Run("plain", text[end:start])
        found = _run(text[start:stop], _counting(values, carriers))
        yield replace(found, qualifier=qualifier)
        end = stop
    if end < len(text):
        yield Run("plain", text[end:])


def _spans(text: str, language: str) -> Iterator[tuple[int, int, set[int], str]]:
    """Yield where each number stands, the figures that it prints, and its qualifier."""
    words = _read(text, language).tokens(0, len(text))
    reader = number_reader(language)
    index = 0
    while index < len(words):
        word = words[index]
        found = reader.read(words, index)
        if found and not found.article and found.qualifier not in ("none", "vague"):
            start, stop = words[found.core].start, words[found.last - 1].end
            if not _in_a_name(text, start, stop):
                yield start, stop, {n for n in (found.low, found.high) if n}, found.qualifier
            index = found.last
        else:
            if word.norm.isdecimal() and not _in_a_name(text, word.start, word.end):
                yield word.start, word.end, {int(word.norm)}, "exact"
            index += 1


def _in_a_name(text: str, start: int, stop: int) -> bool:
    """Tell whether a number is part of a name: "Trois-Ponts", "F-16"."""
    if text[start].isdigit():
        return text[max(0, start - 1) : start] in _HYPHENS and text[: start - 1][-1:].isalpha()
    return text[stop : stop + 1] in _HYPHENS and text[stop + 1 : stop + 2].isalpha()


def _counting(values: set[int], carriers: tuple[Carrier, ...]) -> int | None:
    """Return the number of a claim that carries one of `values`, if all of them are carried."""
    known = {carrier.number: _figures(carrier.claim) for carrier in carriers}
    if not values <= set().union(*known.values()):
        return None
    return next((number for number, figures in known.items() if values & figures), None)


def _figures(claim: Claim) -> set[int]:
    figures = {int(digits) for digits in regex.findall(r"\d{1,9}", claim.quote)}
    if isinstance(claim, Toll):
        figures |= {n for n in (claim.low, claim.high) if n is not None}
    for time in filter(None, (claim.time, claim.said)):
        local = time.start.astimezone(ZoneInfo(time.zone))
        figures |= {local.year, local.hour}
    return figures


def _clocks(claim: Claim, zones: tuple[str, ...]) -> set[tuple[int, int]]:
    moments = [time.start for time in (claim.time, claim.said) if time]
    named = [claim.time.zone] if claim.time else []
    written = {_clock(text) for text in regex.findall(_CLOCK, claim.quote)}
    return written | {_local(moment, zone) for moment in moments for zone in (*zones, *named)}


def _local(moment: datetime, zone: str) -> tuple[int, int]:
    there = moment.astimezone(ZoneInfo(zone))
    return there.hour, there.minute


def _clock(text: str) -> tuple[int, int]:
    hour, minute = regex.findall(r"\d+", text)
    return int(hour), int(minute)


def _bare(text: str) -> str:
    return _APART.sub(" ", fold(text)).strip()


def _read(text: str, language: str) -> Document:
    """Return `text` as a document; when it was published is of no matter here."""
    moment = datetime.fromtimestamp(0, UTC)
    return Document(
        text, language, moment, "UTC", Capture(id="", dispatch="", text=text, published=moment)
    )
