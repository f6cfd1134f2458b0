"""Invented texts with copies of every kind, to measure what is found to be a copy of what.

A family is one report and what others made of it: the same words, the first half, the paragraphs in
another order, about half of the sentences in another wording, a part of a longer article, a translation;
with a credit or without, always within the furniture of the copier's site. Beside them stand
two reports of the same thing by reporters of their own, in other sentences and with words of their
own, which are copies of nothing. Families follow each other a few hours apart, from the same outlets.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from sourcier.read import read
from sourcier.types import Capture, Claim, Credit
from sourcier.weave import Known, weave

LANGUAGES = ("en", "fr", "uk", "ru")
KINDS = ("verbatim", "cut", "reordered", "rewrite", "inside", "translation")
AGENCY = {"en": "Perch Wire", "fr": "Agence Perche", "uk": "Окунь-Інформ", "ru": "Окунь-Пресс"}
OUTLETS = ("Dune", "Mole", "Lune", "Cap", "Phare", "Anse", "Digue", "Quai", "Rade", "Baie")
LATIN, CYRILLIC = ("bdfglmnprstv", "aeiou"), ("бдглмнпрств", "аеиоу")
BEGIN = datetime(2031, 3, 1, 6, tzinfo=UTC)
BANK = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


class Text(NamedTuple):
    """One text of a family: its capture, in what way it is a copy, and of which (None: of none)."""

    capture: Capture
    kind: str
    origin: str | None


@dataclass
class Family:
    """The facts of one report, and the texts that tell them."""

    number: int
    chance: random.Random

    def __post_init__(self) -> None:
        self.language = self.chance.randrange(len(LANGUAGES))
        self.facts = {name: self.chance.choice(values) for name, values in BANK["slots"].items()}
        bounds = {"b": (2, 9), "c": (11, 49), "d": (1, 23), "e": (10, 59), "f": (51, 99)}
        bounds |= {"g": (101, 499), "h": (501, 999)}
        self.numbers = {name: str(self.chance.randint(*span)) for name, span in bounds.items()}
        self.at = BEGIN + timedelta(hours=7 * self.number)

    def texts(self) -> list[Text]:
        """Return the origin, its copies, and the independent reports, in order of time."""
        origin = self._capture(
            "origin", self._body(self.language), AGENCY[self._code()], "agency", 0
        )
        made = [Text(origin, "origin", None)]
        for step, kind in enumerate(KINDS, 1):
            made.append(self._copy(kind, step, origin))
        for step in (len(KINDS) + 1, len(KINDS) + 2):
            other = self._capture(
                f"own{step}", self._independent(step), f"{OUTLETS[step]} Press", "outlet", step
            )
            made.append(Text(other, "independent", None))
        return made

    def _code(self) -> str:
        return LANGUAGES[self.language]

    def _copy(self, kind: str, step: int, origin: Capture) -> Text:
        language = self.language
        if kind == "translation":
            language = (self.language + self.chance.randrange(1, 4)) % len(LANGUAGES)
        body = self._changed(kind, language)
        named: tuple[Credit, ...] = ()
        if self.chance.random() < 0.5:
            line = BANK["credit"][LANGUAGES[language]].format(agency=AGENCY[self._code()])
            body = f"{body}\n\n{line}"
            named = (Credit(kind="agency", name=AGENCY[self._code()]),)
        outlet = f"{OUTLETS[step]} {LANGUAGES[language]}"
        head, tail = BANK["furniture"][LANGUAGES[language]]
        made = self._capture(kind, f"{head}{body}{tail}", outlet, "outlet", step, language, named)
        return Text(made, kind, origin.id)

    def _changed(self, kind: str, language: int) -> str:
        """Return the report's body as a copier changes it."""
        sentences = self._sentences(language)
        if kind == "cut":
            sentences = sentences[: len(sentences) // 2 + 1]
        elif kind == "reordered":
            sentences = sentences[3:] + sentences[:3]
        elif kind == "rewrite":
            other = self._sentences(language, wording=1)
            turned = set(self.chance.sample(range(len(sentences)), 3))
            sentences = [other[i] if i in turned else one for i, one in enumerate(sentences)]
        elif kind == "inside":
            sentences = [*self._own(language, 3), *sentences, *self._own(language, 2)]
        return "\n\n".join(sentences)

    def _body(self, language: int) -> str:
        return "\n\n".join(self._sentences(language))

    def _sentences(self, language: int, wording: int = 0) -> list[str]:
        return [self._filled(one, language, wording) for one in BANK["sentence"]]

    def _filled(self, one: dict[str, Any], language: int, wording: int = 0) -> str:
        pattern = one[LANGUAGES[language]]
        if isinstance(pattern, list):
            pattern = pattern[wording]
        words = {name: value[language] for name, value in self.facts.items()}
        return str(pattern.format(**words, **self.numbers))

    def _independent(self, step: int) -> str:
        """Return a report by somebody who was there, and heard another figure of the injured."""
        kept, self.numbers = self.numbers, {**self.numbers}
        self.numbers["c"] = str(int(kept["c"]) + self.chance.randint(1, 9))
        self.numbers["e"] = str(self.chance.randint(10, 59))
        self.numbers["h"] = str(self.chance.randint(501, 999))
        told = [self._filled(one, self.language) for one in BANK["lead"][step % 2 * 2 :][:2]]
        self.numbers = kept
        return "\n\n".join([*told, *self._own(self.language, 4)])

    def _own(self, language: int, many: int) -> list[str]:
        """Return sentences that nobody else has, in invented words of the language's script."""
        letters = CYRILLIC if LANGUAGES[language] in ("uk", "ru") else LATIN
        return [
            " ".join(self._word(letters) for _ in range(14)).capitalize() + "." for _ in range(many)
        ]

    def _word(self, letters: tuple[str, str]) -> str:
        parts = range(self.chance.choice((2, 3, 3, 4)))
        return "".join(
            self.chance.choice(letters[0]) + self.chance.choice(letters[1]) for _ in parts
        )

    def _capture(
        self,
        name: str,
        text: str,
        publisher: str,
        role: Any,
        step: int,
        language: int | None = None,
        named: tuple[Credit, ...] = (),
    ) -> Capture:
        key = f"f{self.number:03}-{name}"
        told = self.at + timedelta(minutes=13 * step)
        return Capture(
            id=key,
            dispatch=key,
            text=text,
            published=told,
            retrieved=told + timedelta(seconds=40),
            publisher=publisher,
            role=role,
            language=LANGUAGES[self.language if language is None else language],
            zone="Europe/Kyiv",
            credits=named,
        )


class Score(NamedTuple):
    """Copy pairs that are, that were found, that were found right; copies with the right origin;
    independent reports taken for copies, and copies that were counted as an origin of their own."""

    wanted: int
    found: int
    right: int
    origins: int
    taken: int
    counted: int

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.wanted + self.found)


def score(many: int = 200, seed: int = 1) -> tuple[Score, dict[str, tuple[int, int]]]:
    """Weave `many` families; return the score, and by kind how many copies there are and were found."""
    families = [Family(number, random.Random(f"{seed}-{number}")).texts() for number in range(many)]
    known = woven([text.capture for family in families for text in family])
    wanted, found, kinds = set(), set(), {kind: [0, 0] for kind in KINDS}
    origins = taken = counted = 0
    for family in families:
        groups: dict[str, list[str]] = {}
        roots = {text.capture.id: known.texts.root(text.capture.id)[0] for text in family}
        for text in family:
            groups.setdefault(text.origin or text.capture.id, []).append(text.capture.id)
            if text.origin is None:
                taken += text.kind == "independent" and text.capture.id in known.copies
                continue
            right = roots[text.capture.id] == text.origin
            origins += right
            counted += not right
            kinds[text.kind][0] += 1
            kinds[text.kind][1] += right
        wanted |= _pairs(groups.values())
    roots_of: dict[str, list[str]] = {}
    for family in families:
        for text in family:
            roots_of.setdefault(known.texts.root(text.capture.id)[0], []).append(text.capture.id)
    found = _pairs(roots_of.values())
    made = Score(len(wanted), len(found), len(wanted & found), origins, taken, counted)
    return made, {kind: (there, right) for kind, (there, right) in kinds.items()}


def woven(captures: Sequence[Capture]) -> Known:
    """Read and weave captures, one after the other."""
    known = Known()
    for capture in sorted(captures, key=lambda c: c.published):
        claims: tuple[Claim, ...] = read(capture).claims
        weave([capture], claims, known)
    return known


def _pairs(groups: Any) -> set[frozenset[str]]:
    return {frozenset(pair) for group in groups for pair in combinations(sorted(group), 2)}


if __name__ == "__main__":
    import sys

    print(*score(int(sys.argv[1]) if len(sys.argv) > 1 else 200), sep="\n")
