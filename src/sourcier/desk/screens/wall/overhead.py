"""The line above the panes: alerts in force, how the sources are, who is there, the last movement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sourcier import types
from sourcier.desk import store
from sourcier.desk.screens.desk import Desk

TICKS = 40
"""How many sources the figure shows at most; its words give the number."""
STEP = 4
"""Units of the drawing from one of its ticks to the next."""

_STATES = {"slow": "slow", "silent": "silent", "new": "fine", "ok": "fine", "failing": "fine"}


@dataclass(frozen=True, slots=True)
class Sources:
    """How many sources are in time, slow, silent and out of order, and the xs of their ticks."""

    fine: int
    slow: int
    silent: int
    out: int
    ticks: dict[str, tuple[int, ...]]

    @property
    def width(self) -> int:
        """Return how wide the figure is."""
        return sum(map(len, self.ticks.values())) * STEP

    @property
    def troubled(self) -> list[tuple[str, int]]:
        """Return the states that somebody should see to, with how many sources are so."""
        return [(name, n) for name in ("slow", "silent", "out") if (n := getattr(self, name))]


def overhead_of(shown: Desk, present: tuple[store.Person, ...]) -> dict[str, Any]:
    """Return what ``_overhead.html`` shows; `present` are the others at the story's desk."""
    slug = shown.story.slug
    moved = store.last_movement(slug)
    return {
        "say": shown.say,
        "desk": shown,
        "slug": slug,
        "alerts": shown.notices(store.recent_alerts(slug)),
        "sources": sources(health for health, _ in store.healths()),
        "moved": shown.clock(moved) if moved else "",
        "moved_at": moved,
        "present": present,
    }


def sources(healths: Iterable[types.SourceHealth]) -> Sources | None:
    """Return the figure of how sources are; null where there are none."""
    counted = Counter(_STATES.get(health.state, "out") for health in healths)
    if not counted:
        return None
    scale = min(1.0, TICKS / counted.total())
    ticks: dict[str, tuple[int, ...]] = {}
    x = 0
    for name in ("fine", "slow", "silent", "out"):
        number = max(1, round(counted[name] * scale)) if counted[name] else 0
        ticks[name] = tuple(range(x, x + number * STEP, STEP))
        x += number * STEP
    return Sources(counted["fine"], counted["slow"], counted["silent"], counted["out"], ticks)
