"""Which figures and quotations of a text are carried by the claims that it rests on. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

import regex

from sourcier.messages import messages
from sourcier.read.fold import fold
from sourcier.types import Claim, Toll

_QUOTED = r"«\s*(?P<a>[^«»]*?)\s*»|“(?P<b>[^“”]*)”|„(?P<c>[^„“”]*)[“”]"
_CLOCK = r"(?P<clock>(?<!\d)\d{1,2}(?::|\s?h\s?)\d{2}(?!\d))"
_DIGITS = r"(?P<digits>(?<![\d\p{L}])\d+(?:[ \u00a0\u202f.,]\d{3})*(?!\d))"
_APART = regex.compile(r"[^\p{L}\p{N}]+")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a text. `number` is that of the claim which carries it, where there is one."""

    kind: Literal["plain", "bound", "unbound"]
    text: str
    number: int | None = None


def proof(
    text: str, language: str, claims: Mapping[int, Claim], zones: Iterable[str]
) -> tuple[Run, ...]:
    """Return `text` in pieces: its figures and quotations bound to one of `claims` (by number) or not.

    `zones` are those in which clock times may be told.
    """
    zones = tuple(zones)
    runs: list[Run] = []
    end = 0
    for found in _pattern(language).finditer(text):
        if found.start() > end:
            runs.append(Run("plain", text[end : found.start()]))
        number = _carrier(found, language, claims, zones)
        runs.append(Run("bound" if number else "unbound", found.group(), number))
        end = found.end()
    return (*runs, Run("plain", text[end:])) if end < len(text) else tuple(runs)


def unbound(runs: Iterable[Run]) -> tuple[str, ...]:
    """Return the figures and quotations that no claim carries."""
    return tuple(run.text for run in runs if run.kind == "unbound")


def _carrier(
    found: regex.Match[str], language: str, claims: Mapping[int, Claim], zones: tuple[str, ...]
) -> int | None:
    groups = found.groupdict()
    words = next((groups[key] for key in "abc" if groups[key]), None)
    for number, claim in claims.items():
        if words is not None:
            carried = _bare(words.replace("[…]", "")) in _bare(claim.quote)
        elif groups["clock"]:
            carried = _clock(groups["clock"]) in _clocks(claim, zones)
        else:
            carried = _value(found, language) in _figures(claim)
        if carried:
            return number
    return None


@cache
def _pattern(language: str) -> regex.Pattern[str]:
    words: list[str] = messages(language, "sentences").raw("numbers.words")[2:]
    listed = "|".join(regex.escape(word) for word in words)
    word = rf"(?P<word>(?<!\p{{L}})(?i:{listed})(?!\p{{L}}))"
    return regex.compile("|".join((_QUOTED, _CLOCK, _DIGITS, word)))


def _value(found: regex.Match[str], language: str) -> int:
    if found["word"]:
        words: list[str] = messages(language, "sentences").raw("numbers.words")
        return words.index(found["word"].lower())
    return int(regex.sub(r"\D", "", found["digits"]))


def _figures(claim: Claim) -> set[int]:
    figures = {int(digits) for digits in regex.findall(r"\d{1,9}", claim.quote)}
    if isinstance(claim, Toll):
        figures |= {n for n in (claim.low, claim.high) if n is not None}
    for time in filter(None, (claim.time, claim.said)):
        local = time.start.astimezone(ZoneInfo(time.zone))
        figures |= {local.day, local.year, local.hour}
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
