"""Bulletins: the messages that an alert amounts to, from the states in which it stood, oldest first.

The first state gives an ``Alert``, a later word while it is in force and its end; each further state that
tells something else gives one more. States are only ever added, so a message, once sent, stays what it
was under the same number, and what replaces it refers to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sourcier.types import AlertInterval, Entry, Story

_BARRED = re.compile(r"[\s,<&]+")
"""What CAP keeps out of identifiers and senders (3.2.1)."""

Type = Literal["Alert", "Update", "Cancel"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message on an alert as it stood then; `before` are those that it replaces, oldest first.

    `over` tells that the message is on the alert's end; an ``Update`` that is, that the end was inferred.
    `withdrawn` is the entry that we took back, where a ``Cancel`` says so and not that the danger is over.
    """

    alert: AlertInterval
    type: Type
    sent: datetime
    over: bool = False
    before: tuple[Message, ...] = ()
    withdrawn: Entry | None = None

    @property
    def key(self) -> str:
        """The message's identifier, unique for its sender."""
        return barred(f"{self.alert.id}.{'withdrawn' if self.withdrawn else len(self.before) + 1}")


class _Step(NamedTuple):
    """What there is to say at one point of a state: what kind of message, when, what it tells."""

    type: Type
    sent: datetime
    over: bool
    told: tuple[Any, ...]


def bulletins(story: Story) -> list[tuple[Message, ...]]:
    """Return the messages on each alert of a story, and on those that it told and took back."""
    standing = {alert.id: (alert,) for alert in story.alerts}
    states = standing | story.alert_history
    return [
        messages(known) if key in standing else _withdrawn(story, messages(known))
        for key, known in states.items()
    ]


def _withdrawn(story: Story, told: tuple[Message, ...]) -> tuple[Message, ...]:
    """Return messages with the one that takes them back, where they do not end with a ``Cancel``."""
    last = told[-1]
    behind = [
        entry
        for entry in story.entries
        if entry.state == "retracted" and set(entry.claims).intersection(last.alert.told)
    ]
    if last.type == "Cancel" or not behind:
        return told
    entry = max(behind, key=lambda entry: entry.updated)
    sent = max(entry.updated, last.sent)
    return (*told, Message(last.alert, "Cancel", sent, before=told, withdrawn=entry))


def messages(states: Sequence[AlertInterval]) -> tuple[Message, ...]:
    """Return what an alert that stood in these states amounts to, oldest first."""
    found: tuple[Message, ...] = ()
    told: tuple[Any, ...] = ()
    for state in states:
        steps = list(_steps(state))
        for step in steps[-1:] if found else steps:
            if step.told == told:
                continue
            kind = "Update" if found and step.type == "Alert" else step.type
            sent = max(step.sent, found[-1].sent) if found else step.sent
            found += (Message(state, kind, sent, step.over, found),)
            told = step.told
    return found


def _steps(state: AlertInterval) -> Iterator[_Step]:
    """Yield the opening of an alert, the last word while it was in force, and its end."""
    last = max(state.observed, default=state.opened)
    where = (state.place.name, state.place.geonames) if state.place else state.area
    what = (state.hazard, where, state.start, state.advice)
    yield _Step("Alert", state.opened, False, (what, None, False))
    if last > state.opened and (state.end is None or last < state.end):
        yield _Step("Update", last, False, (what, None, last))
    if state.end is not None:
        type: Type = "Update" if state.inferred_end else "Cancel"  # noqa: A001
        sent = state.end if state.inferred_end else state.seen
        yield _Step(type, sent, True, (what, state.end, state.inferred_end))


def barred(text: str) -> str:
    """Return `text` without what CAP keeps out of identifiers and senders."""
    return _BARRED.sub("-", text)
