"""The demo: two stories from outlets that do not exist, replayed as if they came in now.

``ukraine.jsonl`` starts from public facts of 21 and 22 November 2024 and goes on with invented ones;
``hokkaido.jsonl`` is invented throughout. Every outlet, every channel, and every person but the public
figures whom the reference document cites, is made up, and no text was ever published elsewhere.
"""

from __future__ import annotations

from importlib.resources import as_file, files

from sourcier.gather import StoryConfig, load_sources
from sourcier.types import Source

STREAMS = ("ukraine.jsonl", "hokkaido.jsonl")


def demo_sources() -> tuple[list[Source], list[StoryConfig]]:
    """Return the demo's doors and stories. Their URLs lead nowhere: they are replayed, not polled."""
    with as_file(files(__name__) / "sources.toml") as path:
        sources, stories, problems = load_sources(path)
    if problems:
        raise ValueError(str(problems[0]))
    return sources, stories


def demo_lines(*streams: str) -> list[bytes]:
    """Return the lines of the demo's `streams` (all of them by default), one after the other."""
    return [
        line
        for stream in streams or STREAMS
        for line in (files(__name__) / stream).read_bytes().splitlines()
    ]
