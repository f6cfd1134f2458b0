"""From how many origins an editor's entry is known, by those of its event. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sourcier.types import Capture, Claim, Event, Origins


def among(event: Event | None, claims: Iterable[Claim], captures: Mapping[str, Capture]) -> Origins:
    """Return those origins of `event` that some of `claims` descend from, with what they count."""
    resting = {claim.capture for claim in claims}
    origins = event.origins.origins if event else ()
    kept = tuple(origin for origin in origins if resting.intersection(origin.captures))
    told = [captures[key] for origin in kept for key in origin.captures if key in captures]
    outlets = {capture.publisher or capture.source or capture.dispatch for capture in told}
    return Origins(outlets=len(outlets), dispatches=len({c.dispatch for c in told}), origins=kept)
