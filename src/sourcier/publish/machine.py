"""The time machine's form: from the story's first entry to its present moment, a tick per publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sourcier.publish.view import View
from sourcier.publish.words import tz

TICKS = 40
WIDTH = 240


@dataclass(frozen=True, slots=True)
class Machine:
    """`start` is the first minute in the page's zone (ISO, bare), `position` minutes from it."""

    action: str
    language: str
    start: str
    minutes: int
    position: int
    value: str
    ticks: tuple[float, ...]


def machine(view: View) -> Machine | None:
    """Return the form's values, None where there is no past to go back to."""
    if not view.entries:
        return None
    start = min(entry.published for entry in view.entries).astimezone(tz(view.story.zone))
    start = start.replace(second=0, microsecond=0)
    minutes = int((view.story.now - start) / timedelta(minutes=1))
    if minutes < 1:
        return None
    published = [
        (entry.published - start) / timedelta(minutes=minutes) for entry in view.entries[:TICKS]
    ]
    return Machine(
        action=view.links.root,
        language="" if view.language == view.links.default else view.language,
        start=f"{start:%Y-%m-%dT%H:%M}",
        minutes=minutes,
        position=minutes,
        value=view.clock(view.story.now),
        ticks=tuple(round(part * WIDTH, 1) for part in published),
    )
