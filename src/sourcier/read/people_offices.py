"""Offices told in front of a name: [organisation or place] [modifiers of the role] [role]."""

from __future__ import annotations

from dataclasses import dataclass

from sourcier.read.people_words import Words


@dataclass(frozen=True)
class Offices:
    """Splits the words in front of a role; places are indices of tokens."""

    words: Words

    def head_end(self, first: int, last: int) -> int:
        """Return where a role ends that more words of roles follow ("Detective Chief Inspector").

        Where roles stand behind their modifiers alone (languages with ``portfolio``), a role's word
        may be a modifier too ("chief election commissioner").
        """
        end = last
        for index in range(last, min(last + 3, len(self.words.tokens))):
            if not self._portfolios or not self._alike(first, index):
                break
            if self.words.tokens[index].norm in self.words.grammar.role:
                end = index + 1
            elif self.words.is_name(index):
                break
        return end

    def _alike(self, first: int, index: int) -> bool:
        """Tell whether a word can be of one title with the word before it: none is a mere link."""
        token = self.words.tokens[index]
        alike = self.words.is_name(index) == self.words.is_name(first) or (
            index and self.words.is_name(index) == self.words.is_name(index - 1)
        )
        return bool(alike) and token.norm[0].isalpha() and not self.words.is_light(token)

    @property
    def _portfolios(self) -> tuple[str, ...]:
        return self.words.grammar.people.words("portfolio")

    def before(self, first: int) -> tuple[int, str | None]:
        """Return where a role's modifiers begin and the organisation in front of them.

        A nationality is neither, nor is a mere adjective ("former").
        """
        start = self._past_nationality(first)
        adjectives = self.words.grammar.people.words("adjective")
        modifiers = self.words.tokens[start:first]
        if all(token.norm in adjectives for token in modifiers):
            return first, None
        end = self._body_end(start, first) if self._portfolios else first
        body = self.words.between(start, end) if end > start else None
        return end, body and body.removesuffix("'s").removesuffix("’s")

    def plural(self, end: int) -> tuple[str, str] | None:
        """Return the word for a body's people and the body ("railway officials"), or None."""
        people = self.words.grammar.people.words("officials")
        if end < 2 or self.words.tokens[end - 1].norm not in people:
            return None
        role, body = self.before(end - 1)
        words = self.words.between(role, end)
        return (words, body) if words and body else None

    def _past_nationality(self, first: int) -> int:
        demonym = self.words.grammar.people.pattern("demonym")
        start = 0
        while start < first and demonym.fullmatch(self.words.tokens[start].norm):
            start += 1
        return start

    def _body_end(self, start: int, first: int) -> int:
        """Return where the organisation or place ends: `start` where all words are modifiers."""
        ends = (i + 1 for i in reversed(range(start, first)) if self._of_body(i))
        end = next(ends, start)
        return start if self._is_rank(start, end) else end

    def _is_rank(self, start: int, end: int) -> bool:
        """Tell whether an adjective makes a rank of a force's name ("regional police commander")."""
        people = self.words.grammar.people
        norms = [token.norm for token in self.words.tokens[start:end]]
        ranked = end - start > 1 and norms[-1] in people.words("force")
        return ranked and all(norm in people.words("adjective") for norm in norms[:-1])

    def _of_body(self, index: int) -> bool:
        """Tell whether a word before a role names a body: listed, possessive, or a proper name.

        The capital of a title's own modifier ("Health Minister") tells nothing.
        """
        token = self.words.tokens[index]
        people = self.words.grammar.people
        pair = " ".join(token.norm for token in self.words.tokens[max(0, index - 1) : index + 1])
        bodies = people.words("body")
        if token.norm in self.words.grammar.organisation or token.norm in bodies or pair in bodies:
            return True
        if token.norm.endswith("'s"):
            return True
        adjectives = people.words("adjective")
        return self.words.is_name(index) and token.norm not in {*self._portfolios, *adjectives}
