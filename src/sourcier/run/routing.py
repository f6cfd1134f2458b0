"""Which stories a dispatch belongs to: the one that its source names, and those that take it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from sourcier.desk.store import Settings
from sourcier.types import Capture, Takes


def routed(
    story: str, captures: Sequence[Capture], stories: Iterable[Settings]
) -> dict[str, list[Capture]]:
    """Return the captures by story: all in `story`, and in each other live one those that it takes."""
    found = {story: list(captures)}
    for other in stories:
        if other.slug != story and not other.frozen:
            found[other.slug] = [capture for capture in captures if takes(other.takes, capture)]
    return {slug: some for slug, some in found.items() if some}


def takes(wanted: Takes, capture: Capture) -> bool:
    """Tell whether a capture is of one of the sources, or has one of the words."""
    if capture.source in wanted.sources:
        return True
    return any(_pattern(word).search(capture.text) for word in wanted.words)


@lru_cache(4096)
def _pattern(word: str) -> re.Pattern[str]:
    end = "" if word.endswith("*") else r"(?!\w)"
    return re.compile(rf"(?<!\w){re.escape(word.rstrip('*'))}{end}", re.IGNORECASE)
