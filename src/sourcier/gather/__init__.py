"""Gather: sources in, captures out. The only place with the network.

::

    door ─fetch→ bytes ─parse, adapt→ Item ─State→ Capture (new, edited, deleted) | nothing

Each format is a module with one function from bytes to Items; `State` alone decides whether an Item
says something new. What is wrong with one entry, file or line is a Problem beside the others.
"""

from __future__ import annotations

from sourcier.gather.canonical import make_capture
from sourcier.gather.doors import gather, open_client
from sourcier.gather.records import capture_from_text, captures_from_jsonl
from sourcier.gather.sources import StoryConfig, load_sources
from sourcier.gather.state import State

__all__ = [
    "State",
    "StoryConfig",
    "capture_from_text",
    "captures_from_jsonl",
    "gather",
    "load_sources",
    "make_capture",
    "open_client",
]
