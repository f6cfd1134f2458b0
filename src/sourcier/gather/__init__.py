"""Gather: sources in, captures out. The only place with the network.

::

    door ─Visit, Web→ bytes ─parse, adapt→ Item ─State→ Capture (new, edited, deleted) | nothing
                      └─→ Evidence

Each kind of door is a module whose `items(visit)` asks for bytes and yields Items; `State` alone
decides whether an
Item says something new. What is wrong with one entry, file or line is a Problem beside the others. What
a door needs is loaded when it is opened: the network is `sourcier.gather.web`.
"""

from __future__ import annotations

from sourcier.gather.canonical import make_capture
from sourcier.gather.doors import gather
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
]
