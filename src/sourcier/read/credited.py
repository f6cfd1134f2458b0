"""A capture with the credits that its own text gives."""

from __future__ import annotations

from msgspec.structs import replace

from sourcier.types import Capture, Reading


def credited(capture: Capture, reading: Reading) -> Capture:
    """Return `capture` with what its text says of whose words they are beside what its door said.

    Weaving traces copies by the credits of captures; "La source de cet article ..." is one.
    """
    fresh = tuple(credit for credit in reading.credits if credit not in capture.credits)
    return replace(capture, credits=capture.credits + fresh) if fresh else capture
