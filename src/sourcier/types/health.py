"""SourceHealth: how a source answers, as its polls told."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

HealthState = Literal[
    "new", "ok", "failing", "dead", "blocked", "moved", "changed", "silent", "slow"
]


class SourceHealth(msgspec.Struct, frozen=True, kw_only=True):
    """How the source of that id is.

    `state` is ``new`` (not asked yet), ``ok``, ``failing`` (once), ``dead`` (again), ``blocked`` (it
    refuses us),
    ``moved`` (for good, to `moved`), ``changed`` (it answers, and nothing is found in it any more),
    ``silent`` (nothing
    new for much longer than usual) or ``slow``. Datetimes are aware: the last answer, the last time
    with something new, the last failure. `usual` is the median of seconds between two times with
    something new,
    `seconds` that of an answer. `gaps` names what was not seen, `lost` counts what a cap cut off.
    """

    source: str
    publisher: str
    state: HealthState
    answered: datetime | None = None
    newest: datetime | None = None
    failed: datetime | None = None
    failures: int = 0
    code: str | None = None
    message: str | None = None
    moved: str | None = None
    usual: float | None = None
    seconds: float | None = None
    gaps: tuple[str, ...] = ()
    lost: int = 0

    @property
    def needs_a_look(self) -> bool:
        """Tell whether somebody should see to it."""
        return self.state not in {"new", "ok", "failing"}
