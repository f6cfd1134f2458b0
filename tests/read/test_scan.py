"""Scans find what one pattern of all the alternatives finds."""

from __future__ import annotations

import pytest
import regex
from bench.newslike import sentences
from hypothesis import given
from hypothesis import strategies as st

from sourcier.languages import LANGUAGES
from sourcier.read.fold import fold
from sourcier.read.lexicon import NOTHING, Lexicon, lexicon
from sourcier.read.scan import Scan, openings
from sourcier.types import Span

_TOPICS = ("alerts", "context", "measures", "occurrences")
_EDGE = r"[\p{L}\p{N}]"


def bounded(source: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?<!{_EDGE})(?:{source})(?!{_EDGE})")


def scanned(scan: Scan, text: str) -> list[tuple[str, Span]]:
    return [(name, match.span()) for name, match in scan.finditer(openings(text))]


def in_one(patterns: dict[str, str], text: str) -> list[tuple[str, Span]]:
    named = (f"(?P<{name}>{source})" for name, source in patterns.items())
    union = bounded("|".join(named) or NOTHING)
    return [(str(match.lastgroup), match.span()) for match in union.finditer(text)]


@pytest.mark.slow
@pytest.mark.parametrize("topic", _TOPICS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_finds_what_the_patterns_as_one_find(language: str, topic: str) -> None:
    words: Lexicon = lexicon(language, topic)
    patterns = {name: words.source(name) for name in words.patterns() if "_" in name}
    scan = words.scan(*patterns)
    lines = "\n".join(map(fold, sentences(language)))
    assert scanned(scan, lines) == in_one(patterns, lines)


PATTERNS = {
    "behind": "(?<=(?:big|old) )dog",
    "signed": r"[(«] ?dog|,? the",
    "ahead": r"dogs?(?= barks?\b)|cat(?! flap)",
    "repeated": r"(?:\p{L}+ ){1,2}barks",
    "figures": r"\d+ (?:dogs|cats)|a dog",
    "short": "a|i",
}
WORDS = [*"abi,.(«-'é", "big", "old", "dog", "dogs", "barks", "cat", "cats", "flap", "the", "12"]


@given(st.lists(st.sampled_from(WORDS)))
def test_patterns_may_look_around_and_begin_with_signs(words: list[str]) -> None:
    scan = Scan((name, bounded(source)) for name, source in PATTERNS.items())
    for text in (" ".join(words), "".join(words)):
        assert scanned(scan, text) == in_one(PATTERNS, text)


@given(st.lists(st.sampled_from(WORDS)))
def test_each_pattern_may_be_found_for_itself(words: list[str]) -> None:
    scan = Scan((name, bounded(source)) for name, source in PATTERNS.items())
    text = " ".join(words)
    apart = [(n, m.span()) for n, s in PATTERNS.items() for m in bounded(s).finditer(text)]
    each = [(name, match.span()) for name, match in scan.each(openings(text))]
    assert sorted(each) == sorted(apart)
    assert [span[0] for _, span in each] == sorted(span[0] for _, span in apart)


def test_a_word_of_any_length_is_found_whole() -> None:
    long = "a" * 100_000
    scan = Scan([("long", bounded("a+ end"))])
    assert scanned(scan, f"x {long} end") == [("long", (2, len(long) + 6))]
