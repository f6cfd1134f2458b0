"""Replay: a recorded stream comes in again, faster, through the door that live JSON lines take.

::

    lines ─→ beats (moment, captures) ─due→ seconds after the start ─wait→ out
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter

from sourcier.gather.moments import moment, zone_named
from sourcier.gather.records import Record, decode_records, item_of
from sourcier.gather.state import State
from sourcier.problems import InputError, Problem
from sourcier.types import Capture, Source

SPEED = 120.0
"""Seconds of the stream in one second of replay: the demo takes about four minutes."""

LONGEST_GAP = timedelta(minutes=6)
"""The longest silence that is replayed in full; a longer one, such as the night, is cut to it."""

OPENING = timedelta(hours=3)
"""How much of the stream is there at once, so that the page does not start empty."""

Found = Capture | Problem
Beat = tuple[datetime, tuple[Found, ...]]


def beats(lines: Iterable[bytes], sources: Iterable[Source], name: str = "demo") -> list[Beat]:
    """Return what the stream brings at each moment, in the order of retrieval.

    Versions, and what each one supersedes, are found as for a live source. A line without
    `retrieved` is retrieved when it is published; one that is bad is a Problem, in the first beat.
    """
    known = {source.id: source for source in sources}
    timed, problems = _timed(decode_records(lines, name), known)
    state = State()
    turned = [(when, _turn(record, where, known, state, when)) for when, where, record in timed]
    grouped = [
        (when, tuple(found for _, found in group if found))
        for when, group in groupby(turned, key=itemgetter(0))
    ]
    result = [(when, found) for when, found in grouped if found]
    if problems and result:
        result[0] = (result[0][0], (*problems, *result[0][1]))
    return result


def dues(moments: Sequence[datetime], speed: float) -> list[float]:
    """Return the second after the start at which each of the ordered `moments` is due.

    All within `OPENING` of the first are due at 0; then the clock runs `speed` times as fast as
    the stream's, silences cut to `LONGEST_GAP`.
    """
    due, result = 0.0, []
    for number, now in enumerate(moments):
        if now - moments[0] > OPENING:
            gap = min(now - moments[number - 1], LONGEST_GAP)
            due += gap.total_seconds() / speed
        result.append(due)
    return result


def replay(
    lines: Iterable[bytes],
    sources: Iterable[Source],
    *,
    speed: float = SPEED,
    clock: Callable[[], float] = time.monotonic,
    wait: Callable[[float], None] = time.sleep,
) -> Iterator[Beat]:
    """Yield each moment of the stream with what it brings, when it is due.

    What a caller does with one beat is taken off the wait for the next. `clock` gives seconds and
    `wait` lets them pass.
    """
    found = beats(lines, sources)
    start = clock()
    for due, beat in zip(dues([when for when, _ in found], speed), found, strict=True):
        rest = due - (clock() - start)
        if rest > 0:
            wait(rest)
        yield beat


_Timed = tuple[datetime, str, Record]


def _timed(
    records: Iterable[tuple[str, Record] | Problem], sources: Mapping[str, Source]
) -> tuple[list[_Timed], list[Problem]]:
    timed: list[_Timed] = []
    problems: list[Problem] = []
    for entry in records:
        if isinstance(entry, Problem):
            problems.append(entry)
            continue
        where, record = entry
        try:
            timed.append((_retrieved(record, where, sources), where, record))
        except InputError as error:
            problems.append(error.problem)
    return sorted(timed, key=itemgetter(0)), problems


def _retrieved(record: Record, where: str, sources: Mapping[str, Source]) -> datetime:
    source = sources.get(record.source or "")
    if source is None:
        raise InputError(where, "unknown_source", f"no source {record.source!r}")
    zone = zone_named(source.zone, where)
    return moment(record.retrieved or record.published, zone, where)


def _turn(
    record: Record, where: str, sources: Mapping[str, Source], state: State, now: datetime
) -> Found | None:
    source = sources[record.source or ""]
    try:
        return state.door(source).turn(item_of(record, where, source.zone), source, now)
    except InputError as error:
        return error.problem
