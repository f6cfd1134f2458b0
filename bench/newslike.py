"""Texts like the news, for fuzzing: dispatches built from the corpora's invented sentences, damaged.

Every function takes a `Random` and is a pure function of it: a seed gives the same text again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from random import Random

import msgspec

from bench.corpora.source import LANGUAGES

MARKS = ("« ", " »", "«", "»", "“", "”", "„", '"', "'", "’", "‘", "‹", "›")
SIGNS = ("🔴", "❗️", "👨‍👩‍👧", "🇺🇦", "⚡️", "•", "—", "…", "#", "@", "№", "\u00ad", "\u200b", "\u200f",
         "\u202b", "\ufeff", "\u2028", "\x00", "\t", "\u3000", "İ", "ß", "ﬁ", "e\u0301", "й", "א",
         "ا", "𝟛", "²", "½", "٣", "\udce9", "\ud83d", "\U0010ffff")  # fmt: skip
SPACES = (" ", "  ", "\u00a0", "\u202f", "\u2009", "\n", "\r\n", "\t", "\u3000", "")
Mutation = Callable[[str, Random], str]


@cache
def sentences(language: str) -> tuple[str, ...]:
    """Return the texts of a language's corpora, in the order of their files."""
    folder = files("sourcier") / "languages" / language / "corpus"
    lines = [
        line
        for path in sorted(folder.iterdir(), key=lambda path: path.name)
        if path.name.endswith(".jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return tuple(dict.fromkeys(msgspec.json.decode(line)["text"] for line in lines))


def dispatch(random: Random, language: str, longest: int = 8) -> str:
    """Return up to `longest` texts of the corpora as paragraphs."""
    chosen = random.choices(sentences(language), k=random.randint(1, longest))
    return random.choice(("\n", "\n\n", " ")).join(chosen)


def damaged(random: Random, most: int = 4) -> tuple[str, str]:
    """Return a dispatch with up to `most` damages, and the language that it claims to be in."""
    language = random.choice(LANGUAGES)
    text = dispatch(random, language)
    for mutation in random.choices(MUTATIONS, k=random.randint(0, most)):
        text = mutation(text, random)
    return text, language if random.random() < 0.9 else random.choice(LANGUAGES)


def _cut(text: str, random: Random) -> tuple[str, str]:
    at = random.randint(0, len(text))
    return text[:at], text[at:]


def lose(text: str, random: Random) -> str:
    """Delete a stretch of a few characters."""
    before, after = _cut(text, random)
    return before + after[random.randint(1, 9) :]


def insert(text: str, random: Random) -> str:
    """Insert some sign."""
    return random.choice(SIGNS).join(_cut(text, random))


def repeat(text: str, random: Random) -> str:
    """Write a stretch twice or more often."""
    before, after = _cut(text, random)
    return before + after[: random.randint(1, 40)] * random.randint(1, 3) + after


def insert_mark(text: str, random: Random) -> str:
    """Open or close a quotation that is not there."""
    return random.choice(MARKS).join(_cut(text, random))


def swap_marks(text: str, random: Random) -> str:
    """Write one kind of quotation mark as another."""
    return text.replace(random.choice(MARKS), random.choice(MARKS))


def respace(text: str, random: Random) -> str:
    """Write one kind of space as another, in all places or one."""
    return text.replace(" ", random.choice(SPACES), random.choice((-1, 1, 3)))


def shout(text: str, random: Random) -> str:
    """Write a part in capitals."""
    before, after = _cut(text, random)
    return before.upper() + after


def decompose(text: str, random: Random) -> str:
    """Write accents apart, or presentation forms together."""
    return unicodedata.normalize(random.choice(("NFD", "NFKC", "NFKD")), text)


def truncate(text: str, random: Random) -> str:
    """Break off."""
    return _cut(text, random)[0]


def shuffle(text: str, random: Random) -> str:
    """Put the words of a part in any order."""
    before, after = _cut(text, random)
    words = after[:200].split(" ")
    random.shuffle(words)
    return before + " ".join(words) + after[200:]


def number(text: str, random: Random) -> str:
    """Put a number where there was none."""
    digits = random.choice(
        ("0", "00", "1.310", "12,5", "9" * 30, "-3", "20-30", "06h30", "31/02", "1e9")
    )
    return f" {digits} ".join(_cut(text, random))


def mix(text: str, random: Random) -> str:
    """Put a sentence of another language in the middle."""
    return f" {random.choice(sentences(random.choice(LANGUAGES)))} ".join(_cut(text, random))


MUTATIONS: tuple[Mutation, ...] = (
    lose, insert, repeat, insert_mark, swap_marks, respace, shout, decompose, truncate, shuffle,
    number, mix,
)  # fmt: skip
