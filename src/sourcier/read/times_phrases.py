"""Phrases: atoms that touch are one expression ("23h52" + "locales" + "mardi"), two may span a range."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sourcier.read.scan import Openings
from sourcier.read.times_atoms import CLOCKS, COARSE, DAYS, PARTS, Atom, TimeLexicon
from sourcier.read.times_calendar import PARTS as HOURS

_DATES = frozenset({"date", "dates"})
_NAMED_DAYS = frozenset({"weekday", "rel"})
_OPENED = frozenset({"weekday", "date", "numbered", "rel"})

_JOINS = ("range_join", "range_bare", "night_join")
_BEGINNINGS = frozenset({"dawn", "morning", "midday", "afternoon", "evening"})
_COMPARISON = 40
_CLAUSE = 70
_GLOSS_REACH = 40
_BEFORE_ZONE = frozenset({"", " ", " (", ", "})

Mode = Literal["at", "since", "until", "through"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A whole expression; `until` is the far end of a range."""

    atoms: tuple[Atom, ...]
    start: int
    end: int
    mode: Mode = "at"
    until: Phrase | None = None

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
    def is_open(self) -> bool:
        """Whether it is a span that ends at the time behind it ("the 24 hours to")."""
        return any("to" in atom.values for atom in self.atoms)

    @property
    def zone(self) -> Atom | None:
        """The atom that says the zone of the clock time."""
        return self.get(frozenset({"zone"}))

    @property
    def gloss(self) -> Phrase | None:
        """The same clock time in another zone."""
        glossed = next((atom.gloss for atom in self.atoms if atom.gloss), None)
        return Phrase(glossed, glossed[0].start, glossed[-1].end) if glossed else None


def find_phrases(opened: Openings, lexicon: TimeLexicon) -> Iterator[Phrase]:
    """Yield the expressions of a folded text that are times, in order."""
    folded = opened.text
    atoms = list(_glossed(folded, lexicon, list(lexicon.atoms(opened))))
    runs = list(_runs(folded, lexicon, atoms))
    for phrase in _ranges(folded, lexicon, [_with_one_part(run, lexicon) for run in runs]):
        moded = _with_mode(folded, lexicon, phrase)
        if _is_time(moded, lexicon):
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


def _with_one_part(phrase: Phrase, lexicon: TimeLexicon) -> Phrase:
    """Return a phrase with one of its parts of day.

    Of "late Monday afternoon" that is the second, of "late Monday evening" the first, which is narrower.
    """
    parts = [atom for atom in phrase.atoms if atom.kind in PARTS]
    if len(parts) < 2:
        return phrase
    first, second = (HOURS[lexicon.part(atom)] for atom in parts)
    apart = second[0] > first[1] or first[0] > second[1]
    left_out = parts[0] if apart else parts[1]
    return replace(phrase, atoms=tuple(atom for atom in phrase.atoms if atom is not left_out))


def _fits(run: list[Atom], atom: Atom) -> bool:
    kinds = {known.kind for known in run}
    if atom.kind == "zone":
        return bool(kinds & CLOCKS) and "zone" not in kinds
    if kinds & COARSE or atom.kind in COARSE:
        return False
    if atom.kind == "date" and kinds & _NAMED_DAYS and not kinds & _DATES:
        return True
    opened = len(run) == 2 and run[0].kind in {"joined", "part"} and run[1].kind in _OPENED
    if atom.kind == "joined" and opened:
        return True
    return not any(atom.kind in group and kinds & group for group in (DAYS, CLOCKS, PARTS))


def _touches(folded: str, lexicon: TimeLexicon, left: Atom, right: Atom) -> bool:
    gap = folded[left.end : right.start]
    if right.kind == "zone":
        return gap in _BEFORE_ZONE
    if left.kind in DAYS and right.kind == "joined" and gap.strip() in lexicon.listed("day_join"):
        return False
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
    if left.is_open:
        return None if gap else left.start
    joins = [word for name in _JOINS for word in lexicon.words(name)]
    if gap not in joins and not _leads(right, folded, lexicon, gap):
        return None
    if gap in lexicon.listed("range_bare") or (left.part and gap in lexicon.listed("night_join")):
        return left.start
    if gap in lexicon.listed("day_join") and _follows(left, right, lexicon):
        return left.start
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


def _follows(left: Phrase, right: Phrase, lexicon: TimeLexicon) -> bool:
    """Tell whether two bare weekdays follow one another ("Monday and Tuesday")."""
    kinds = [atom.kind for phrase in (left, right) for atom in phrase.atoms]
    if kinds != ["weekday", "weekday"]:
        return False
    first, second = (
        lexicon.value("weekday", phrase.atoms[0].values["weekday"]) for phrase in (left, right)
    )
    return bool((second - first) % 7 == 1)


def _leads(right: Phrase, folded: str, lexicon: TimeLexicon, gap: str) -> bool:
    own = folded[right.start : right.end]
    return not gap and any(own.startswith(f"{word} ") for word in lexicon.words("range_join"))


def _glossed(folded: str, lexicon: TimeLexicon, atoms: list[Atom]) -> Iterator[Atom]:
    """Put "(10h33 GMT)" or ", soit 10h33 GMT" to the atom before it, where that ends a clock time."""
    marks = {"(", "/", *lexicon.words("or")}
    index, clock = 0, -_GLOSS_REACH
    while index < len(atoms):
        atom, following = atoms[index], atoms[index + 1 : index + 4]
        index += 1
        clock = atom.start if atom.kind in CLOCKS else clock
        gap = folded[atom.end : following[0].start].strip(" ,") if following else ""
        if gap in marks and atom.start - clock < _GLOSS_REACH:
            gloss = _gloss(folded, following)
            end = gloss[-1].end if gloss else atom.end
            closed = end + (bool(gloss) and folded[end : end + 1] == ")")
            atom = replace(atom, end=closed, gloss=gloss)
            index += len(gloss)
        yield atom


def _gloss(folded: str, atoms: list[Atom]) -> tuple[Atom, ...]:
    """Return the clock time and zone, perhaps with a day, that atoms begin with, or nothing."""
    if len(atoms) < 2 or atoms[0].kind not in CLOCKS or atoms[1].kind != "zone":
        return ()
    if folded[atoms[0].end : atoms[1].start] not in _BEFORE_ZONE:
        return ()
    dated = (
        len(atoms) == 3 and atoms[2].kind in DAYS and folded[atoms[2].end : atoms[2].end + 1] == ")"
    )
    return tuple(atoms if dated else atoms[:2])


def _opens(phrase: Phrase, lexicon: TimeLexicon) -> bool:
    """Tell whether a bare part of day is one that things last from ("since dawn")."""
    part = phrase.part
    return phrase.mode == "since" and part is not None and lexicon.part(part) in _BEGINNINGS


def _is_time(phrase: Phrase, lexicon: TimeLexicon) -> bool:
    kinds = {atom.kind for atom in phrase.atoms}
    if kinds <= {"zone"} or (phrase.is_open and phrase.until is None):
        return False
    if kinds <= {"joined"}:
        return phrase.mode == "until" or _opens(phrase, lexicon)
    return not kinds <= {"weak", "joined"} or phrase.until is not None or len(kinds) > 1


def _with_mode(folded: str, lexicon: TimeLexicon, phrase: Phrase) -> Phrase:
    """Return the phrase as an open interval where "since" or "until" leads it, or its clause.

    "Since the truce began in May" runs from May.
    "The first since 1973" compares with 1973 and tells of no interval.
    """
    if _compares(folded, lexicon, phrase.start):
        return phrase
    modes: tuple[Mode, ...] = ("since", "through", "until")
    for mode in modes:
        start = led_by(folded, phrase, lexicon.words(mode))
        if start is not None:
            return _inclusive(folded, lexicon, _moded(phrase, mode, start))
    reach = max(0, phrase.start - _CLAUSE)
    leads = lexicon.pattern("since_clause").search(folded, reach, phrase.start)
    return _moded(phrase, "since", leads.start()) if leads else phrase


def led_by(folded: str, phrase: Phrase, words: Sequence[str]) -> int | None:
    """Return where one of `words` starts that opens a phrase, reaches into it or stands right before it."""
    for word in words:
        first, last = max(0, phrase.start - len(word) - 1), phrase.start + len(word) + 1
        at = folded.rfind(f"{word} ", first, last)
        if at == phrase.start or (at >= 0 and (at == 0 or folded[at - 1] in " \n")):
            return at
    return None


def _inclusive(folded: str, lexicon: TimeLexicon, phrase: Phrase) -> Phrase:
    """Return what lasts until a day with that day, where a word behind it says so."""
    if phrase.mode != "until":
        return phrase
    for word in lexicon.listed("inclusive"):
        if folded.startswith(f" {word}", phrase.end):
            return replace(phrase, mode="through", end=phrase.end + 1 + len(word))
    return phrase


def _compares(folded: str, lexicon: TimeLexicon, start: int) -> bool:
    clause = folded[max(0, start - _COMPARISON) : start]
    begin = start - len(clause) + 1 + max(clause.rfind(sign) for sign in ",.;:!?\n")
    return lexicon.holds("superlative", folded, begin, start)


def _moded(phrase: Phrase, mode: Mode, start: int) -> Phrase:
    if phrase.until or any(atom.kind in {"dates", "years", "clocks"} for atom in phrase.atoms):
        return phrase
    return Phrase(phrase.atoms, start, phrase.end, mode, phrase.until)
