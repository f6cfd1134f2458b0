"""Health: what is the matter with a source, from the pulse of its door.

A door that fails twice is dead or blocked, one that answers twice with nothing where there was
something has changed; so it is seen within two polls. Silence is measured by the door's own rhythm.
"""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from statistics import median

from sourcier.gather.pulse import Pulse
from sourcier.types import HealthState, Source, SourceHealth

TWICE = 2
"""How many polls in a row tell of a trouble that is none of a moment."""

SILENT = 8.0
"""How many times its usual pause a source is silent for before that is said."""

_SHORTEST_SILENCE = 3600.0  # seconds; a quiet hour is none
_RHYTHM = 5  # pauses from which a rhythm is known
_SLOW = 5.0  # seconds that an answer may take
_SLOWER = 4.0  # times the usual one

_REFUSED = {
    "http_401",
    "http_403",
    "http_407",
    "http_429",
    "http_451",
    "flood_wait",
    "robots_forbid",
    "login_refused",
}
_NOTHING_IN_IT = {"no_article", "no_posts", "bad_feed", "empty", "bad_xml", "bad_json"}


def health(source: Source, pulse: Pulse, now: datetime) -> SourceHealth:
    """Return how `source` is at `now`, as `pulse` tells."""
    usual = _usual(pulse.arrivals)
    return SourceHealth(
        source=source.id,
        publisher=source.publisher,
        state=_state(pulse, usual, now),
        answered=pulse.answered,
        newest=pulse.newest,
        failed=pulse.failed,
        failures=pulse.failures,
        code=pulse.code if pulse.failures else None,
        message=pulse.message if pulse.failures else None,
        moved=pulse.moved,
        usual=usual,
        seconds=median(pulse.seconds) if pulse.seconds else None,
        gaps=tuple(pulse.gaps),
        lost=pulse.lost,
    )


def _state(pulse: Pulse, usual: float | None, now: datetime) -> HealthState:
    if not pulse.polls:
        return "new"
    if pulse.failures:
        return _failure(pulse)
    if pulse.moved:
        return "moved"
    if _is_empty_now(pulse.found):
        return "changed"
    if usual is not None and pulse.newest:
        longest = max(SILENT * usual, _SHORTEST_SILENCE)
        if (now - pulse.newest).total_seconds() > longest:
            return "silent"
    return "slow" if _is_slow(pulse.seconds) else "ok"


def _failure(pulse: Pulse) -> HealthState:
    if pulse.failures < TWICE:
        return "failing"
    if pulse.code in _REFUSED:
        return "blocked"
    return "changed" if pulse.code in _NOTHING_IN_IT and pulse.arrivals else "dead"


def _usual(arrivals: list[datetime]) -> float | None:
    """Return the median of the pauses between arrivals in seconds, None where no rhythm is known."""
    pauses = [(later - sooner).total_seconds() for sooner, later in pairwise(arrivals)]
    return median(pauses) if len(pauses) >= _RHYTHM else None


def _is_empty_now(found: list[int]) -> bool:
    """Tell whether the last answers held nothing, where there had been something."""
    return len(found) > TWICE and not any(found[-TWICE:]) and any(found[:-TWICE])


def _is_slow(seconds: list[float]) -> bool:
    """Tell whether the last answers took much longer than is usual, or than anybody should wait."""
    before, last = seconds[:-TWICE], seconds[-TWICE:]
    if len(last) < TWICE:
        return False
    return min(last) > (max(_SLOW, _SLOWER * median(before)) if before else _SLOW)
