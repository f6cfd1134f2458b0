"""Many patterns as one: a single scan that tells which of them matched."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from sourcier.read.lexicon import Lexicon


def union(words: Lexicon, names: Sequence[str]) -> regex.Pattern[str]:
    """Return one pattern of all the named ones, each a group of its name; the first one wins.

    `Match.lastgroup` tells which one matched. It matches nothing where `names` is empty.
    """
    groups = "|".join(f"(?P<{name}>{words.source(name)})" for name in names)
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{groups or '(?!)'})(?![\p{{L}}\p{{N}}])")
