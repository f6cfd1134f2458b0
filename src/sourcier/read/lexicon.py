"""Language knowledge as data: word lists and patterns from ``languages/<code>/<topic>.toml``.

A topic's file has two tables::

    [words]                       # lists of words or phrases, as they look folded (see fold.py)
    victim = ["personne", "personnes"]

    [patterns]                    # regular expressions; {name} stands for a list or another pattern
    killed = "(?P<words>{number}) {victim} (?:ont été|été) tuées?"

``{name}`` becomes a group of alternatives, longest first. A pattern's own quantifiers are written
as ``{{2,3}}``. Patterns run over `Document.folded`. A name that a topic lacks is looked up in
``common.toml`` of the same language.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

import regex

from sourcier.read.compiled import compiled
from sourcier.read.scan import Scan

_NAME = regex.compile(r"(?<!\{)\{([a-z_0-9]+)\}(?!\})")

NOTHING = "(?!)"
"""A pattern that matches nowhere: what a language finds by a pattern that it lacks."""


class Lexicon:
    """The word lists and patterns of one topic in one language."""

    def __init__(self, language: str, topic: str) -> None:
        self.language = language
        self.topic = topic
        self._own = _load(language, topic)
        self._common = _load(language, "common") if topic != "common" else {}
        self._compiled: dict[str, regex.Pattern[str]] = {}
        self._sources: dict[str, str] = {}
        self._words: dict[str, tuple[str, ...]] = {}
        self._sets: dict[str, frozenset[str]] = {}

    def words(self, name: str) -> tuple[str, ...]:
        """Return a word list; empty where the language has none of that name."""
        if name not in self._words:
            self._words[name] = tuple(self._lookup("words", name) or ())
        return self._words[name]

    def listed(self, name: str) -> frozenset[str]:
        """Return a word list as a set, to look words up in."""
        if name not in self._sets:
            self._sets[name] = frozenset(self.words(name))
        return self._sets[name]

    def table(self, name: str) -> dict[str, Any]:
        """Return any other table of the topic's file (``[map]``, ``[numbers]`` ...) or {}."""
        value = self._own.get(name, self._common.get(name, {}))
        assert isinstance(value, dict)
        return value

    def patterns(self) -> tuple[str, ...]:
        """Return the names of the topic's own patterns, in the file's order."""
        return tuple(self._own.get("patterns", {}))

    def pattern(self, name: str) -> regex.Pattern[str]:
        """Return a compiled pattern, names expanded, bounded so that it starts and ends words.

        Where the language has none of that name, it matches nothing.
        """
        if name not in self._compiled:
            source = rf"(?<![\p{{L}}\p{{N}}])(?:{self.source(name)})(?![\p{{L}}\p{{N}}])"
            self._compiled[name] = compiled(source)
        return self._compiled[name]

    def scan(self, *names: str) -> Scan:
        """Return a scan for patterns; where several match at one place, the first named is taken."""
        return Scan((name, self.pattern(name)) for name in names)

    def scan_of(self, *kinds: str) -> Scan:
        """Return a scan for the topic's patterns of some kinds: named so, or ``<kind>_<more>``."""
        return self.scan(*(name for name in self.patterns() if name.split("_")[0] in kinds))

    def source(self, name: str) -> str:
        """Return a pattern's expanded source, without its bounds.

        Raises KeyError where a pattern uses a name that the language has neither as list nor pattern.
        """
        if name not in self._sources:
            self._sources[name] = self._expand(self._lookup("patterns", name) or NOTHING)
        return self._sources[name]

    def _lookup(self, table: str, name: str) -> Any:
        return self._own.get(table, {}).get(name, self._common.get(table, {}).get(name))

    def _expand(self, raw: str) -> str:
        def replace(match: regex.Match[str]) -> str:
            name = match.group(1)
            listed = self._lookup("words", name)
            if listed is not None:
                ordered = sorted(set(listed), key=lambda word: (-len(word), word))
                return "(?:" + "|".join(regex.escape(w, literal_spaces=True) for w in ordered) + ")"
            if self._lookup("patterns", name) is None:
                raise KeyError(f"languages/{self.language}/{self.topic}.toml: no {{{name}}}")
            return f"(?:{self.source(name)})"

        return _NAME.sub(replace, raw).replace("{{", "{").replace("}}", "}")


@lru_cache(maxsize=256)
def lexicon(language: str, topic: str) -> Lexicon:
    """Return the (cached) lexicon of a topic; an empty one where the language has no such file."""
    return Lexicon(language, topic)


@lru_cache(maxsize=256)
def _load(language: str, topic: str) -> dict[str, Any]:
    path = files("sourcier") / "languages" / language / f"{topic}.toml"
    if not path.is_file():
        return {}
    return tomllib.loads(path.read_text(encoding="utf-8"))
