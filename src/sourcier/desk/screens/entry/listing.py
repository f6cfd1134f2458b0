"""The entries that the composer lists, and the one it opens with. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sourcier.desk.drafting.standing import Standing

LISTED = 12
"""How many entries on other events the composer lists."""


def about(entries: Iterable[Standing], event: str | None) -> Standing | None:
    """Return the entry to work on first for an event: its newest draft, else its newest entry."""
    mine = [found for found in _listed(entries) if found.entry.event == event]
    drafts = [found for found in mine if found.entry.state == "draft"]
    public = [
        found for found in mine if found.entry.state != "retracted" and found.entry.regards is None
    ]
    return next(iter((*drafts, *public)), None)


def listed(entries: Sequence[Standing], event: str | None) -> tuple[Standing, ...]:
    """Return the entries that the composer lists: those of the event, then the latest others."""
    mine = [found for found in _listed(entries) if event and found.entry.event == event]
    others = [found for found in _listed(entries) if found not in mine]
    return (*mine, *others[:LISTED])


def _listed(entries: Iterable[Standing]) -> list[Standing]:
    """Return the entries that were not given up."""
    return [found for found in entries if found.stage != "discarded"]
