"""The life of an entry: which move leads from which stage, and the right that it needs. Data, and a decider.

No query, no clock.

::

    new ─→ draft ─submit→ submitted ─approve→ approved ─schedule→ scheduled ─(its hour)→ out
             ↑                └──send back (with a reason)──→ sent back
             └── a new draft of what is out: readers keep the published version meanwhile
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeVar, get_args

from sourcier.desk.people.rights import Right
from sourcier.types import Entry

Stage = Literal[
    "new", "draft", "submitted", "sent_back", "approved", "scheduled", "discarded", "out"
]
"""How far the newest words of an entry have come; "out": readers have them."""
Move = Literal[
    "publish", "approve", "submit", "draft", "schedule", "unschedule", "send_back", "correct",
    "retract", "pin", "unpin", "discard",
]  # fmt: skip
"""What can be done with an entry, in the order in which it is offered: the first is the main one."""

MOVES: tuple[Move, ...] = get_args(Move)
STAGES: tuple[Stage, ...] = get_args(Stage)
WAITING: tuple[Stage, ...] = ("submitted", "sent_back", "approved", "scheduled", "draft")
"""The stages of what is not out and not given up, the most pressing first."""
WORDED: frozenset[Move] = frozenset(
    {"draft", "submit", "approve", "schedule", "publish", "correct"}
)
"""The moves that take the words of the form along."""
IN_HAND: frozenset[Stage] = frozenset({"submitted", "approved", "scheduled"})
"""The stages whose words the desk itself never replaces: somebody looks at them, or has."""


def _needs(right: Right, *stages: Stage) -> dict[Stage, Right]:
    return dict.fromkeys(stages, right)


_UNSEEN: tuple[Stage, ...] = ("new", "draft", "sent_back", "out")
_BEFORE = _needs("publish", *_UNSEEN, "submitted", "approved", "scheduled")
_EVER = _needs("publish", *STAGES)
_RULES: Mapping[Move, Mapping[Stage, Right]] = {
    "draft": _needs("write", *_UNSEEN, "submitted", "discarded")
    | _needs("verify", "approved")
    | _needs("publish", "scheduled"),
    "submit": _needs("write", *_UNSEEN),
    "approve": _needs("verify", "submitted"),
    "send_back": _needs("verify", "submitted", "approved"),
    "publish": _BEFORE,
    "schedule": _BEFORE,
    "unschedule": _needs("publish", "scheduled"),
    "correct": _BEFORE,
    "retract": _EVER,
    "pin": _EVER,
    "unpin": _EVER,
    "discard": _needs("write", "draft", "sent_back", "submitted") | _needs("verify", "approved"),
}
"""The right that each move needs, by the stages from which it leads."""
_OF_PUBLIC: frozenset[Move] = frozenset({"correct", "retract", "pin", "unpin"})
_LEADS: Mapping[Move, Stage] = {
    "draft": "draft", "submit": "submitted", "approve": "approved", "send_back": "sent_back",
    "publish": "out", "schedule": "scheduled", "unschedule": "draft", "correct": "out",
    "retract": "out", "discard": "discarded",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Situation:
    """Where an entry is: its stage, what readers have of it (null: nothing), who wrote its newest words."""

    stage: Stage
    public: Entry | None = None
    by: str = ""


class NotNowError(ValueError):
    """A move does not lead from where an entry is; its argument is the move."""


class EmbargoError(ValueError):
    """Nobody may read this yet; its argument is the moment from which they may."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class PastHourError(ValueError):
    """The hour asked for is not in the future; its argument is that hour."""


def right_for(move: Move, at: Situation, who: str = "") -> Right | None:
    """Return the right that `move` by `who` needs from there; null where it does not lead from there.

    One's own words need a second pair of eyes: who may not publish them alone may not approve them.
    """
    public = at.public
    if public is not None and public.state == "retracted":
        return None
    if move in _OF_PUBLIC and public is None:
        return None
    if move == "unpin" and public is not None and not public.pinned:
        return None
    needed = _RULES[move].get(at.stage)
    return "publish" if move == "approve" and needed and who and who == at.by else needed


def led(move: Move, at: Situation) -> Stage:
    """Return the stage to which `move` leads, its own for one that changes none; raises NotNowError."""
    if right_for(move, at) is None:
        raise NotNowError(move)
    return _LEADS.get(move, at.stage)


def offered(rights: Collection[Right], at: Situation, who: str = "") -> tuple[Move, ...]:
    """Return the moves that `who`, with `rights`, may make from there, their main one first."""
    return tuple(move for move in MOVES if right_for(move, at, who) in rights)


def must_be_free(entry: Entry, when: datetime) -> None:
    """Raise EmbargoError where readers may not have `entry` at `when`."""
    if entry.not_before is not None and entry.not_before > when:
        raise EmbargoError(entry.not_before)


@dataclass(frozen=True, slots=True)
class Scheduled:
    """Words that wait for their hour; `by` asked for it."""

    entry: Entry
    due: datetime
    by: str = ""


Waits = TypeVar("Waits", bound=Scheduled)


def due(waiting: Iterable[Waits], now: datetime) -> tuple[Waits, ...]:
    """Return what is to go out at `now`, in the order of its hours: what was missed goes out late."""
    ready = (each for each in waiting if max(each.due, each.entry.not_before or each.due) <= now)
    return tuple(sorted(ready, key=lambda each: (each.due, each.entry.id)))
