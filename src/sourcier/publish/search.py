"""Search within a story: in its entries, in the sources' words that they rest on, in who is named.

A word is found in any case, with or without its accents, whatever apostrophe it has and mostly whatever
its ending: what a query asks for is how a word begins.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sourcier.publish.excerpt import Run
from sourcier.publish.feed import headline
from sourcier.publish.view import View
from sourcier.types import Claim, Entry

LONGEST, MOST_WORDS = 100, 8
"""Characters and words of a query that are looked at."""
MOST = 50
"""Entries that are shown of those found."""
AROUND = 90
"""Characters shown on each side of the first word found."""
_WORD = re.compile(r"[^\W_]+(?:['’ʼ](?=[\u0400-\u04ff])[^\W_]+)*")
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that was found: when, where, its headline, and the words around those asked for.

    `language` and `spoken` are those of headline and words where they are not the page's own; `source` is
    who published the words, where they are not ours.
    """

    moment: str
    href: str
    headline: str
    language: str | None
    runs: tuple[Run, ...]
    spoken: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Results:
    """What was asked for, in how many entries it was found, and the newest of them."""

    query: str
    total: int
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Words in which to look; `shown` where an excerpt of them says something."""

    words: str
    language: str | None = None
    source: str = ""
    shown: bool = True


def search(view: View, query: str) -> Results:
    """Return the standing entries, newest first, in which all words of `query` are found."""
    query = " ".join(query[:LONGEST].split())
    wanted = tuple(stem(word) for _, _, word in _words(query))[:MOST_WORDS]
    entries = [entry for entry in view.entries if entry.state != "retracted"]
    matching = [entry for entry in entries if wanted and _matches(view, entry, wanted)]
    found = tuple(_found(view, entry, wanted) for entry in matching[:MOST])
    return Results(query, len(matching), found)


def fold(word: str) -> str:
    """Return a word in lower case, without accents and apostrophes."""
    letters = _data()["letters"]
    plain = "".join(letters.get(sign, sign) for sign in word.casefold())
    apart = unicodedata.normalize("NFKD", plain)
    return "".join(sign for sign in apart if sign.isalnum())


def stem(word: str) -> str:
    """Return how a folded word begins, its ending left away."""
    script = "cyrillic" if "\u0400" <= word[:1] <= "\u04ff" else "latin"
    for ending in _endings(script):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word


def said(text: str) -> set[str]:
    """Return the folded words of `text`."""
    return {word for _, _, word in _words(text)}


def rules() -> dict[str, Any]:
    """Return what a script needs in order to fold and stem a query as this module does.

    Its lower case keeps "ß" and the final sigma, which `str.casefold` does not.
    """
    return {
        "letters": _data()["letters"] | {"ß": "ss", "ς": "σ"},
        "endings": {script: _endings(script) for script in ("latin", "cyrillic")},
        "shortest": _SHORTEST,
    }


def _words(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each word of `text` stands, and the word, folded."""
    for found in _WORD.finditer(text):
        yield found.start(), found.end(), fold(found.group())


def texts(view: View, entry: Entry) -> Iterator[Words]:
    """Yield all words in which an entry can be found: ours, then its sources'."""
    text, language = view.text(entry)
    ours = None if language == view.language else language
    yield Words(text.headline, ours, shown=False)
    yield Words(text.body, ours)
    for claim in view.claims(entry.claims):
        capture = view.story.captures.get(claim.capture)
        publisher = (capture.publisher if capture else None) or ""
        yield Words(claim.quote, view.language_of(claim.capture), publisher)
        yield Words(" ".join((publisher, *_named(claim))), shown=False)


def _named(claim: Claim) -> Iterator[str]:
    for link in claim.attribution:
        yield from filter(None, (link.name, link.role, link.organisation))
    if claim.place:
        yield from (claim.place.text, claim.place.name)


def _matches(view: View, entry: Entry, wanted: tuple[str, ...]) -> bool:
    missing = set(wanted)
    for text in texts(view, entry):
        found = said(text.words)
        missing = {start for start in missing if not any(word.startswith(start) for word in found)}
        if not missing:
            return True
    return False


def _found(view: View, entry: Entry, wanted: tuple[str, ...]) -> Found:
    told, language = headline(view, entry)
    shown = [text for text in texts(view, entry) if text.shown and _hits(text.words, wanted)]
    text = shown[0] if shown else Words("")
    return Found(
        moment=view.moment(entry.published),
        href=view.links.entry(entry.id),
        headline=told,
        language=language,
        runs=tuple(_excerpt(text.words, _hits(text.words, wanted))),
        spoken=text.language,
        source=text.source,
    )


def _hits(text: str, wanted: tuple[str, ...]) -> list[tuple[int, int]]:
    return [(start, end) for start, end, word in _words(text) if word.startswith(wanted)]


def _excerpt(text: str, hits: list[tuple[int, int]]) -> Iterator[Run]:
    """Yield the text around the first hit, each hit in it marked; cut between words."""
    if not hits:
        return
    first = max(0, hits[0][0] - AROUND)
    start = text.find(" ", first, hits[0][0]) + 1 if first else 0
    last = min(len(text), hits[0][1] + AROUND)
    end = max(text.rfind(" ", 0, last), hits[0][1]) if last < len(text) else last
    if start:
        yield Run("gap")
    at = start
    for begin, stop in hits:
        if stop <= end:
            yield Run("text", text[at:begin])
            yield Run("mark", text[begin:stop])
            at = stop
    yield Run("text", text[at:end])
    if end < len(text):
        yield Run("gap")


@cache
def _endings(script: str) -> tuple[str, ...]:
    return tuple(sorted({fold(ending) for ending in _data()["endings"][script]}, key=len)[::-1])


@cache
def _data() -> dict[str, Any]:
    text = (files("sourcier.publish") / "data" / "search.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
