"""Invented dispatches of any length, for measuring cost over length."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

PARAGRAPHS = (Path(__file__).parent / "invented.txt").read_text(encoding="utf-8").split("\n\n")


def text_of(length: int) -> str:
    """Return some `length` characters of invented news in paragraphs, each numbered apart."""
    parts: list[str] = []
    written = 0
    for number, paragraph in enumerate(cycle(PARAGRAPHS), 1):
        part = f"{paragraph.strip()} This is bulletin {number}.\n\n"
        parts.append(part)
        written += len(part)
        if written >= length:
            break
    return "".join(parts)[:length]
