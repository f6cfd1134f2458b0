"""Slots: where an unknown name must be one of a place, whatever it is called.

"Kirtawa village", "the district of Tambor", "near Dar Salim", "à Saint-Aubin-sous-Roche", "in Elm Grove,
Neb.", "RAMIDA, Nepal -": the words around it say so. "In Tambor on Friday" says so too where the name is
no word, no person's and no people's, and the text names a place that is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex

from sourcier.read.dictionary import is_word
from sourcier.read.document import Document
from sourcier.read.places_choose import demonym_table
from sourcier.read.places_forms import find
from sourcier.read.places_meant import Found
from sourcier.read.places_mentions import Word
from sourcier.read.places_runs import Run, gap_before
from sourcier.read.places_use import Cues, is_given
from sourcier.types import PlacePrecision

_DATELINE = regex.compile(r",? ?(?:\([^)\n]{2,30}\) ?)?(?:[–—]|--?(?=\s))")
_PAUSES = frozenset(",.;:!?)\n»”…")
_HYPHENS = frozenset("-‑")
_LONGEST_GAP = 24
_ACRONYM = 4


class Slots:
    """The runs of one text, to be asked which of them stand where places do."""

    def __init__(
        self,
        document: Document,
        words: Sequence[Word],
        known: Cues,
        free: Sequence[Run],
        places: Mapping[int, Found],
    ) -> None:
        """Take the runs that are no known place, and the known ones by their first word."""
        self._document, self._words, self._known = document, words, known
        self._places = places
        self._people = {words[at].key for run in free if self._is_person(run) for at in run.words}

    def precision(self, run: Run) -> PlacePrecision | None:
        """Return what kind of place a run must be, None where it need not be one."""
        named = self._by_noun(run)
        if named:
            return named
        sure = self._is_before_place(run) or self._is_compound(run) or self._is_beside(run)
        found = sure or self._is_inside(run) or self.is_dateline(run)
        return "settlement" if found else None

    def _by_noun(self, run: Run) -> PlacePrecision | None:
        """Return the unit that the noun behind or before a run says it is."""
        known, after = self._known, run.after[:1]
        if not self._is_foreign(run) and run.last not in known.of:
            return None
        if after and run.gap == " " and after[0] in known.noun_behind and self._is_named_so(run):
            return self._unit(after[0])
        over = bool(known.of) and run.last in known.of
        noun = run.before[1] if over and len(run.before) > 1 else run.last
        if noun in known.village_noun if over or not known.of else noun in known.noun_bare:
            return self._unit(noun)
        if over and noun in known.town_noun | known.district_noun | known.island_noun:
            return self._unit(noun) if self._is_foreign(run) else None
        return None

    def _unit(self, noun: str) -> PlacePrecision:
        if noun in self._known.village_noun | self._known.town_noun:
            return "settlement"
        return "district" if noun in self._known.district_noun else "region"

    def _is_named_so(self, run: Run) -> bool:
        """Tell whether the noun behind a name is its own ("X village", not "a Fulani village")."""
        of = len(run.after) > 1 and run.after[1] in self._known.of
        return run.article not in self._known.one_of and not of

    def _is_before_place(self, run: Run) -> bool:
        """Tell whether a run is told with its region or country ("in Elm Grove, Neb.")."""
        place = self._places.get(run.end)
        if place is None:
            return self._before_linked(run)
        if run.gap not in {", ", " ("} or not _is_unit(place):
            return False
        known = self._known
        keys = {self._words[at].key for at in run.words}
        plain = run.last in known.locative and not keys & (known.never | known.given_before)
        named = plain or (is_placed_run(run, known) and self._is_foreign(run))
        return named and self._is_unknown(run)

    def _before_linked(self, run: Run) -> bool:
        """Tell whether words of place lead on to a unit ("à Valrouge, dans l'Aveyron")."""
        known = self._known
        if not known.of or not run.gap.startswith(",") or not is_placed_run(run, known):
            return False
        at = run.end
        while at < len(self._words) and at - run.end < _ACRONYM and at not in self._places:
            if self._words[at].key not in known.locative | known.articles:
                return False
            at += 1
        place = self._places.get(at)
        return place is not None and _is_unit(place) and self._is_foreign(run)

    def is_dateline(self, run: Run) -> bool:
        """Tell whether a run and its country open a line ("RAMIDA, Nepal (AP) -")."""
        place = self._places.get(run.end)
        start, text = self._words[run.first].start, self._document.text
        opens = start == 0 or text[start - 1] == "\n"
        if place is None or not opens or run.gap != ", " or not _is_unit(place):
            return False
        return _DATELINE.match(text, place.mention.end) is not None

    def _is_compound(self, run: Run) -> bool:
        """Tell whether a run is one piece with a small word inside, as names of towns are."""
        small = any(not self._words[at].upper for at in run.words)
        hyphened = gap_before(self._document, self._words, run.first + 1) in _HYPHENS
        return small and hyphened and is_placed_run(run, self._known) and self._is_unknown(run)

    def _is_beside(self, run: Run) -> bool:
        """Tell whether the words before a run lead to places alone ("near X", "au nord de X")."""
        known = self._known
        over = run.last in known.of and len(run.before) > 1 and run.before[1] in known.beside
        beside = over or run.last in known.beside - known.compass
        known_land = bool(self._places)
        return beside and known_land and self._is_foreign(run) and self._is_unknown(run)

    def _is_inside(self, run: Run) -> bool:
        """Tell whether a run stands where a town does, and is nothing else that is known."""
        known = self._known
        if run.last not in known.inside or run.article or not self._places:
            return False
        if len(run.before) > 1 and run.before[1] in known.inside_not:
            return False
        first, last = self._words[run.first], self._words[run.end - 1]
        if last.end - first.start < _ACRONYM:
            return False
        if any(self._words[at].key in self._people for at in run.words):
            return False
        return self._is_paused(run) and self._is_foreign(run) and self._is_unknown(run)

    def _is_paused(self, run: Run) -> bool:
        """Tell whether the clause pauses behind a run, or goes on with one of its small words."""
        gap = run.gap.lstrip(" ")[:1]
        if not run.after or (gap and gap in _PAUSES):
            return True
        return run.gap == " " and run.after[0] in self._known.inside_behind

    def _is_person(self, run: Run) -> bool:
        """Tell whether a run may be a person's name, of several words or behind a title."""
        titled = run.last in self._known.given_before | self._known.office_noun
        return titled or len(run.words) > 1

    def _is_unknown(self, run: Run) -> bool:
        return not find(tuple(self._words[at].key for at in run.words))

    def _is_foreign(self, run: Run) -> bool:
        """Tell whether a run is no common word, no given name, no acronym and no people's name."""
        language, known = self._document.language, self._known
        head = run.first + (self._words[run.first].key in known.articles and len(run.words) > 1)
        first = self._words[head]
        text = self._document.text[first.start : first.end]
        if (text.isupper() and len(text) <= _ACRONYM) or is_given(first, language):
            return False
        other = known.never | known.people | known.given_before | known.noun_behind
        if first.key in other or first.key in demonym_table(language):
            return False
        return not any(self._is_plain(self._words[at]) for at in range(head, run.end))

    def _is_plain(self, word: Word) -> bool:
        """Tell whether a word is a common one and no given name ("Square", not the Ali of "Mir Ali")."""
        language = self._document.language
        lower = self._document.text[word.start : word.end].lower()
        return word.upper and is_word(lower, language) and not is_given(word, language)


def is_placed_run(run: Run, known: Cues) -> bool:
    """Tell whether a run stands behind a word of place."""
    return run.last in known.locative | known.beside | known.of


def _is_unit(found: Found) -> bool:
    return found.mention.short or found.entry.kind in {"country", "region", "district"}
