"""The unfolded source of an entry: exact words, their path, the count with its reason, time and place."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sourcier.publish.excerpt import Run, excerpt
from sourcier.publish.glyph import Glyph, descendants, glyph
from sourcier.publish.speakers import detail
from sourcier.publish.view import View
from sourcier.publish.words import tz
from sourcier.types import Capture, Claim, Entry, Origin, Time

FIGURES = 4
SPRINGS = 6
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Figure:
    """Exact words of one capture; `language` where it is not the page's own."""

    caption: str
    language: str | None
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A station on the path of the words: its sign, name, note, and the capture's hash and share."""

    kind: str
    name: str
    note: str
    hash: str = ""
    share: str = ""


@dataclass(frozen=True, slots=True)
class Spring:
    """One origin with its copies, and why it counts as one."""

    glyph: Glyph
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that unfolds under an entry. `facts` are (label, words, resolved, language) rows."""

    figures: tuple[Figure, ...]
    more: int
    steps: tuple[Step, ...]
    springs: tuple[Spring, ...]
    verdict: str
    facts: tuple[tuple[str, str, str, str | None], ...]


def proof(view: View, entry: Entry) -> Proof:
    """Return what unfolds under `entry`."""
    claims = view.claims(entry.origins.claims or entry.claims)
    figures = _figures(view, claims, entry)
    origins = entry.origins.origins
    springs = tuple(_spring(view, origin) for origin in origins)
    return Proof(
        figures=tuple(figures[:FIGURES]),
        more=max(0, len(figures) - FIGURES),
        steps=tuple(_path(view, origins[0])) if origins else (),
        springs=springs[:SPRINGS] if len(springs) > 1 else (),
        verdict=_verdict(view, entry),
        facts=tuple(_facts(view, claims)),
    )


def _figures(view: View, claims: list[Claim], entry: Entry) -> list[Figure]:
    """Return the words of each capture, first those that the entry quotes, then the page's language."""
    by_capture: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_capture[claim.capture].append(claim)
    told = _letters("".join(f"{text.headline} {text.body}" for text in entry.texts.values()))
    quoted = {claim.capture for claim in claims if _letters(claim.quote) in told}
    found = view.captures(by_capture)
    found.sort(
        key=lambda capture: (
            capture.id not in quoted,
            capture.language != view.language,
            capture.published,
        )
    )
    return [
        Figure(
            _caption(view, capture),
            view.language_of(capture.id),
            excerpt(capture.text, by_capture[capture.id]),
        )
        for capture in found
    ]


def _letters(text: str) -> str:
    """Return the letters and digits of a text, which no typography changes."""
    return "".join(filter(str.isalnum, text.casefold()))


def _caption(view: View, capture: Capture) -> str:
    """Return who published a capture, in which language, and that it was deleted."""
    parts = [publisher(view, capture), view.words.either(f"in.{capture.language}", "")]
    for other in view.story.captures.values():
        if other.deleted and other.dispatch == capture.dispatch:
            seen = view.moment(other.retrieved or other.published)
            parts.append(view.words("path.deleted", clock=seen, hash=short_hash(other)))
    return ", ".join(part for part in parts if part)


def publisher(view: View, capture: Capture) -> str:
    """Return a capture's publisher, or that it is unknown."""
    name = view.in_letters(capture.publisher or "", capture.language)
    return name or view.words("path.unnamed")


def short_hash(capture: Capture) -> str:
    """Return the first eight digits of a capture's id, in two groups."""
    return f"{capture.id[:4]} {capture.id[4:8]}"


def _path(view: View, origin: Origin) -> list[Step]:
    captures = view.captures(origin.captures)
    steps = []
    if not origin.captured:
        steps.append(Step("h", origin_name(view, origin), view.words("path.not_captured")))
    if captures:
        steps.append(_station(view, captures[0], "o" if origin.captured else "r"))
    rest = len(origin.captures) - 1
    if rest == 1 and len(captures) == 2:
        copy = _station(view, captures[1], "r")
        steps.append(replace(copy, share=_share(view, captures[1:])))
    elif rest > 0:
        steps.append(_copies(view, captures[1:], rest))
    return steps


def origin_name(view: View, origin: Origin) -> str:
    """Return who an origin is, with role and medium."""
    medium = view.words.either(f"medium.{origin.medium}", "") if origin.medium else ""
    language = next(filter(None, map(view.language_of, origin.captures)), None)
    proper = origin.role or origin.captured  # else it may be an office, which no letters translate
    name = (
        view.in_letters(origin.name, language)
        if proper
        else view.office(origin.name, language) or origin.name
    )
    roles = (role for role in (origin.role or "").split(", ") if role)
    own = (role for role in roles if role.casefold() not in origin.name.casefold())
    worded = (detail(view, role, language).text for role in own)
    return ", ".join(filter(None, (view.words.sentence(name), *worded, medium)))


def _station(view: View, capture: Capture, kind: str) -> Step:
    words = view.words
    name = f"{publisher(view, capture)}, {view.moment(capture.updated or capture.published)}"
    if capture.version > 1:
        name += ", " + words("path.version", n=capture.version)
    seen = capture.retrieved or capture.published
    note = words("path.captured", clock=view.moment(seen), zone=words.zone(view.story.zone))
    return Step(kind, name, note, short_hash(capture))


def _copies(view: View, captures: list[Capture], count: int) -> Step:
    words = view.words
    others = list(dict.fromkeys(publisher(view, capture) for capture in captures))[:2]
    name = words("path.copies", count)
    if others:
        name = words("path.copies_of", copies=name, names=words.series(others))
    return Step(
        "r",
        name,
        words("series.joint").join(filter(None, (_span(view, captures), _share(view, captures)))),
    )


def _span(view: View, captures: list[Capture]) -> str:
    clocks = [view.moment(moment) for moment in sorted(capture.published for capture in captures)]
    if not clocks:
        return ""
    return (
        clocks[0]
        if clocks[0] == clocks[-1]
        else view.words("path.span", start=clocks[0], end=clocks[-1])
    )


def _share(view: View, captures: list[Capture]) -> str:
    copies = [
        view.story.copies[capture.id] for capture in captures if capture.id in view.story.copies
    ]
    shares = [copy.share for copy in copies if copy.share]
    return view.words("path.share", percent=int(100 * min(shares))) if shares else ""


def _spring(view: View, origin: Origin) -> Spring:
    reason = why(view, origin)
    if not origin.captured and origin.captures:
        reason = view.words("series.joint").join(filter(None, (_relayed(view, origin), reason)))
    return Spring(glyph((origin,)), _with_copies(view, origin), reason)


def _relayed(view: View, origin: Origin) -> str:
    first = view.captures(origin.captures[:1])
    copies = view.words("path.copies", len(origin.captures) - 1)
    name = publisher(view, first[0]) if first else view.words("path.unnamed")
    return view.words("path.relayed", len(origin.captures), name=name, copies=copies)


def _with_copies(view: View, origin: Origin) -> str:
    name = origin_name(view, origin)
    count = len(descendants(origin)) if origin.captured else 0
    return view.words("path.with_copies", count, name=name) if count else name


def why(view: View, origin: Origin) -> str:
    """Return in words why an origin counts as one, from its first evidence that has words."""
    for evidence in origin.why:
        key = f"why.{evidence.rule}"
        if key in view.words:
            return _worded(view, key, evidence.detail)
    return view.words("why.captured" if origin.captured else "why.relayed")


def _worded(view: View, key: str, detail: dict[str, Any]) -> str:
    try:
        return view.words(key, **detail)
    except (KeyError, TypeError, ValueError):  # a message with a figure that this evidence lacks
        return view.words(f"{key}_plain") if f"{key}_plain" in view.words else ""


def _verdict(view: View, entry: Entry) -> str:
    origins, outlets = len(entry.origins.origins), entry.origins.outlets
    if not origins:
        return ""
    if origins > 1:
        return view.words("verdict.several", origins)
    return view.words("verdict.copies" if outlets > 1 else "verdict.alone", outlets)


def _facts(view: View, claims: list[Claim]) -> list[tuple[str, str, str, str | None]]:
    rows: dict[tuple[str, str], tuple[str, str, str, str | None]] = {}
    ours = [claim for claim in claims if view.language_of(claim.capture) is None] or claims
    for claim in ours:
        language = view.language_of(claim.capture)
        if time := claim.time or claim.said:
            row = (view.words("fact.when"), time.text, resolved_time(view, time), language)
            rows.setdefault((row[0], row[2]), row)
        if place := claim.place:
            resolved = resolved_place(view, claim)
            at_home = view.words("fact.home", resolved=resolved)
            row = (
                view.words("fact.where"),
                place.text,
                resolved if place.text else at_home,
                language,
            )
            rows.setdefault((row[0], row[2]), row)
    return sorted(rows.values(), key=lambda row: row[0] != view.words("fact.when"))[:6]


def resolved_time(view: View, time: Time) -> str:
    """Return a time as resolved, with its precision."""
    words, zone = view.words, tz(time.zone)
    start, last = time.start.astimezone(zone), (time.end - timedelta(seconds=1)).astimezone(zone)
    if time.precision in ("minute", "hour"):
        clocks = view.clocks(time.start, time.zone)
        there = words.at_clocks([*clocks, (words.clock(time.start, "UTC"), "UTC")])
        return f"{words.day(start.date())}, {there}"
    if time.precision == "part_of_day":
        return words(
            "time.part",
            day=words.day(last.date()),
            start=f"{start:%H:%M}",
            end=f"{time.end.astimezone(zone):%H:%M}",
        )
    if time.precision == "day" and last.date() != start.date():
        return words("time.days", start=words.day(start.date()), end=words.day(last.date()))
    day = words.day(start.date())
    if time.precision in ("month", "year"):
        day = words.month(start.date()) if time.precision == "month" else str(start.year)
    return words(f"time.{time.precision}", day=day)


def resolved_place(view: View, claim: Claim) -> str:
    """Return a place as resolved, with its country and precision."""
    place = claim.place
    assert place is not None
    country = (
        view.words.country(place.country) if place.country and place.precision != "country" else ""
    )
    name = f"{view.place_name(place)} ({country})" if country else view.place_name(place)
    return view.words(f"place.{place.precision}", place=name)
