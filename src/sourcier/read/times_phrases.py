"""Phrases: atoms that touch are one expression ("23h52" + "locales" + "mardi"), two may span a range."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from sourcier.read.times_atoms import CLOCKS, COARSE, DAYS, PARTS, Atom, TimeLexicon

_DATES = frozenset({"date", "dates"})
_NAMED_DAYS = frozenset({"weekday", "rel"})

_COMPARISON = 40

Mode = Literal["at", "since", "until"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A whole expression; `until` is the far end of a range, `gloss` the same clock in another zone."""

    atoms: tuple[Atom, ...]
    start: int
    end: int
    mode: Mode = "at"
    until: Phrase | None = None
    gloss: Phrase | None = None

    def get(self, kinds: frozenset[str]) -> Atom | None:
        """Return the atom of one of these kinds, or None."""
        return next((atom for atom in self.atoms if atom.kind in kinds), None)

    @property
    def day(self) -> Atom | None:
        """The atom that says the day: a date rather than the weekday beside it."""
        return self.get(_DATES) or self.get(DAYS)

    @property
    def part(self) -> Atom | None:
        """The atom that says the part of the day."""
        return self.get(PARTS)

    @property
    def clock(self) -> Atom | None:
        """The atom that says the clock time."""
        return self.get(CLOCKS)

    @property
    def zone(self) -> Atom | None:
        """The atom that says the zone of the clock time."""
        return self.get(frozenset({"zone"}))


def find_phrases(folded: str, lexicon: TimeLexicon) -> Iterator[Phrase]:
    """Yield the expressions of a folded text that are times, in order."""
    runs = list(_runs(folded, lexicon, list(lexicon.atoms(folded))))
    joined = list(_ranges(folded, lexicon, runs))
    for phrase in _glosses(folded, lexicon, joined):
        moded = _with_mode(folded, lexicon, phrase)
        if _is_time(moded):
            yield moded


def _runs(folded: str, lexicon: TimeLexicon, atoms: Sequence[Atom]) -> Iterator[Phrase]:
    run: list[Atom] = []
    for atom in atoms:
        if run and not (_fits(run, atom) and _touches(folded, lexicon, run[-1], atom)):
            yield _phrase(run)
            run = []
        if run or atom.kind != "zone":
            run.append(atom)
    if run:
        yield _phrase(run)


def _phrase(run: list[Atom]) -> Phrase:
    return Phrase(tuple(run), run[0].start, run[-1].end)


def _fits(run: list[Atom], atom: Atom) -> bool:
    kinds = {known.kind for known in run}
    if atom.kind == "zone":
        return run[-1].kind in CLOCKS
    if kinds & COARSE or atom.kind in COARSE:
        return False
    if atom.kind == "date" and run[-1].kind in _NAMED_DAYS and not kinds & _DATES:
        return True
    return not any(atom.kind in group and kinds & group for group in (DAYS, CLOCKS, PARTS))


def _touches(folded: str, lexicon: TimeLexicon, left: Atom, right: Atom) -> bool:
    gap = folded[left.end : right.start]
    if right.kind == "zone":
        return gap in {"", " ", " (", ", "}
    return _is_glue(gap, lexicon)


def _is_glue(gap: str, lexicon: TimeLexicon) -> bool:
    if "\n" in gap or len(gap) > 30:
        return False
    return gap.strip(" ,") in {"", *lexicon.words("glue")}


def _ranges(folded: str, lexicon: TimeLexicon, runs: list[Phrase]) -> Iterator[Phrase]:
    index = 0
    while index < len(runs):
        left = runs[index]
        right = runs[index + 1] if index + 1 < len(runs) else None
        opened = _range_start(folded, lexicon, left, right) if right else None
        if right is None or opened is None:
            yield left
            index += 1
        else:
            yield Phrase(left.atoms, min(opened, left.start), right.end, until=right)
            index += 2


def _range_start(folded: str, lexicon: TimeLexicon, left: Phrase, right: Phrase) -> int | None:
    """Return where the range from `left` to `right` starts; None where they are no range."""
    gap = folded[left.end : right.start].strip(" ,")
    if gap not in lexicon.words("range_join") and not _leads(right, folded, lexicon, gap):
        return None
    before = folded[max(0, left.start - 25) : left.start]
    for word in lexicon.words("range_open"):
        if before.endswith((f" {word} ", f"\n{word} ")) or before == f"{word} ":
            return left.start - len(word) - 1
    own = folded[left.start : left.end]
    if any(
        own.startswith(f"{word} ") or f" {word} " in own for word in lexicon.words("range_open")
    ):
        return left.start
    return None


def _leads(right: Phrase, folded: str, lexicon: TimeLexicon, gap: str) -> bool:
    own = folded[right.start : right.end]
    return not gap and any(own.startswith(f"{word} ") for word in lexicon.words("range_join"))


def _glosses(folded: str, lexicon: TimeLexicon, phrases: list[Phrase]) -> Iterator[Phrase]:
    """Put "(10h33 GMT)" or ", soit 10h33 GMT" to the clock time before it."""
    held: Phrase | None = None
    for phrase in phrases:
        if held and _glosses_for(folded, lexicon, held, phrase):
            end = phrase.end + (folded[phrase.end : phrase.end + 1] == ")")
            yield Phrase(held.atoms, held.start, end, until=held.until, gloss=phrase)
            held = None
            continue
        if held:
            yield held
        held = phrase
    if held:
        yield held


def _glosses_for(folded: str, lexicon: TimeLexicon, held: Phrase, phrase: Phrase) -> bool:
    gap = folded[held.end : phrase.start].strip(" ,")
    return bool(held.clock and phrase.clock and phrase.zone) and gap in {"(", *lexicon.words("or")}


def _is_time(phrase: Phrase) -> bool:
    kinds = {atom.kind for atom in phrase.atoms}
    if kinds <= {"zone"}:
        return False
    if kinds <= {"joined"}:
        return phrase.mode == "until"
    return not kinds <= {"weak", "joined"} or phrase.until is not None or len(kinds) > 1


def _with_mode(folded: str, lexicon: TimeLexicon, phrase: Phrase) -> Phrase:
    """Return the phrase as an open interval where "since" or "until" leads it.

    "The first since 1973" compares with 1973 and tells of no interval.
    """
    if _compares(folded, lexicon, phrase.start):
        return phrase
    own = folded[phrase.start : phrase.end]
    before = folded[max(0, phrase.start - 25) : phrase.start]
    modes: tuple[Mode, ...] = ("since", "until")
    for mode in modes:
        for word in lexicon.words(mode):
            if phrase.clock and word in lexicon.words("start"):
                continue
            if own.startswith(f"{word} "):
                return _moded(phrase, mode, phrase.start)
            if before.endswith((f" {word} ", f"\n{word} ")) or before == f"{word} ":
                return _moded(phrase, mode, phrase.start - len(word) - 1)
    return phrase


def _compares(folded: str, lexicon: TimeLexicon, start: int) -> bool:
    clause = folded[max(0, start - _COMPARISON) : start]
    begin = start - len(clause) + 1 + max(clause.rfind(sign) for sign in ",.;:!?\n")
    return lexicon.holds("superlative", folded, begin, start)


def _moded(phrase: Phrase, mode: Mode, start: int) -> Phrase:
    if phrase.until or any(atom.kind in {"dates", "years", "clocks"} for atom in phrase.atoms):
        return phrase
    return Phrase(phrase.atoms, start, phrase.end, mode, phrase.until, phrase.gloss)
