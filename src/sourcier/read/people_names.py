"""Personal names in a phrase, told from the names of offices beside them."""

from __future__ import annotations

from dataclasses import dataclass

from sourcier.read.document import Token
from sourcier.read.people_places import is_place
from sourcier.read.people_words import Words


@dataclass(frozen=True)
class Names:
    """Finds runs of capitalised words that are a person's name; runs are (first, end) tokens."""

    words: Words

    def find(self, start: int) -> tuple[int, int] | None:
        """Return the run of tokens from `start` on that is a person's name, the last such run."""
        runs = self.runs(start)
        if not runs:
            return None
        if self._before_link(runs, start):
            return runs[0]
        first, last = runs[-1]
        if (
            first > start
            and self.words.tokens[first - 1].norm != ","
            and not self._full(first, last)
        ):
            return None
        if first > start and not self._free(first, start):
            first = self._within_office(first, last)
        first = self._after_office(first, last, start)
        return (first, last) if first < last and self.is_personal(first, last) else None

    def _before_link(self, runs: list[tuple[int, int]], start: int) -> bool:
        """Tell whether a full name right at `start` has its organisation behind it ("of the ...")."""
        first, last = runs[0]
        return first == start and self.has_body(first, last)

    def has_body(self, first: int, last: int) -> bool:
        """Tell whether a full name is followed by a link and the name of an organisation."""
        after = self.words.tokens[last:]
        if self.words.grammar.declines or not after or after[0].norm not in self.words.grammar.link:
            return False
        body = any(token.norm in self.words.grammar.organisation for token in after)
        return body and self._full(first, last) and self.is_personal(first, last)

    def _full(self, first: int, last: int) -> bool:
        """Tell whether a run holds two words or more, as a name apart from its title has."""
        return sum(self.words.begins_word(index) for index in range(first, last)) > 1

    def _within_office(self, first: int, last: int) -> int:
        """Return where a name begins right behind a one-word office ("ministre de la Santé Anna Lys").

        Two capitalised words are the office's own ("of New York"): then there is no name.
        """
        tokens, grammar = self.words.tokens, self.words.grammar
        words = [i for i in range(first, last) if self._opens(i)]
        if len(words) < 3 or any(t.norm in grammar.organisation for t in tokens[first:last]):
            return last
        joined = [i for i in words[:-2] if self.words.is_light(tokens[i - 1])]
        if joined and joined[-1] > first:  # "of the Health of Brevagne Anna Lys"
            return joined[-1] + 1
        places = (i for i in reversed(words[1:]) if is_place(self.words.folded(first, i)))
        return next(places, words[1])

    def _opens(self, index: int) -> bool:
        """Tell whether a token begins a capitalised word."""
        return self.words.begins_word(index) and self.words.is_name(index)

    def _after_office(self, first: int, last: int, start: int) -> int:
        """Return where the name begins in a run that begins with an office ("МЧС Анна Лис")."""
        for index in range(last - 1, first - 1, -1):
            token = self.words.tokens[index]
            if token.norm in self.words.grammar.organisation or self.words.is_shouted(token):
                return index + 1
        words = [i for i in range(first, last) if self.words.begins_word(i)]
        patronymic = self.words.grammar.people.words("patronymic")
        apart = first > start and self.words.tokens[first - 1].norm == ","
        if not self.words.grammar.declines or apart or len(words) < 3:
            return first
        return first if self.words.tokens[words[1]].norm.endswith(patronymic) else words[1]

    def _free(self, first: int, start: int) -> bool:
        """Tell whether a run of names is no part of the office before it ("of the Foreign Office")."""
        before = self.words.tokens[first - 1]
        if before.norm == ",":
            return True
        return first == start or not (
            self.words.is_light(before) or self.words.phrases.is_name(before)
        )

    def runs(self, start: int) -> list[tuple[int, int]]:
        """Return the runs of capitalised words from a token on, particles and joints included."""
        runs: list[tuple[int, int]] = []
        particles = self.words.grammar.people.words("particle")
        for index in range(start, len(self.words.tokens)):
            token = self.words.tokens[index]
            glued = index > 0 and self.words.tokens[index - 1].end == token.start
            if self.words.phrases.is_name(token) or (token.norm in "-.'’" and glued):
                if runs and runs[-1][1] == index:
                    runs[-1] = (runs[-1][0], index + 1)
                elif self.words.phrases.is_name(token):
                    runs.append((index, index + 1))
            elif runs and runs[-1][1] == index and self._bridges(index, particles):
                runs[-1] = (runs[-1][0], index + 1)
        return runs

    def _bridges(self, index: int, particles: tuple[str, ...]) -> bool:
        after = self.words.tokens[index + 1 : index + 2]
        return (
            self.words.tokens[index].norm in particles
            and bool(after)
            and self.words.phrases.is_name(after[0])
        )

    def is_personal(self, first: int, last: int) -> bool:
        """Tell whether a run of capitalised words can be a person's name."""
        tokens = self.words.tokens[first:last]
        other = self.words.grammar.organisation | self.words.grammar.group
        plural = self.words.grammar.people.words("plural_ending")
        if len(tokens) == 1 and tokens[0].norm.endswith(plural) and not self.words.oblique:
            return False
        if any(token.norm in other for token in tokens):
            return False
        if self.words.folded(first, last) in self.words.grammar.powers or self._of_power(tokens):
            return False
        words = [token for token in tokens if token.norm[0].isalpha()]
        return len(words) > 1 or not any(self.words.is_shouted(token) for token in words)

    def _of_power(self, tokens: tuple[Token, ...]) -> bool:
        """Tell whether a sentence begins so with whose friend somebody is ("Allié de Moscou")."""
        particles = self.words.grammar.people.words("particle")
        powers = self.words.grammar.powers
        return len(tokens) > 2 and tokens[-2].norm in particles and tokens[-1].norm in powers

    def is_kin(self, first: int, last: int) -> bool:
        """Tell whether small words before a full name say who it is ("подруга Анна Лис")."""
        words = [i for i in range(first, last) if self.words.begins_word(i)]
        before = {token.norm for token in self.words.tokens[:first]}
        known = self.words.grammar.organisation | self.words.grammar.group
        return (
            bool(before) and len(words) > 1 and not before & known and self.is_personal(first, last)
        )
