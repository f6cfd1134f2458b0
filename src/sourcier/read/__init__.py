"""Read: a capture in, its claims out. Pure: no I/O, no clock."""

from __future__ import annotations

from sourcier.types import Capture, Reading


def read(capture: Capture, *, mentions: bool = False) -> Reading:
    """Return all that `capture` says, every claim bound to the characters that carry it."""
    return Reading(capture=capture.id, dispatch=capture.dispatch, language="en")
