"""Outlets in a phrase: their name, and the medium that the noun beside it tells."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from sourcier.read.people_words import Words
from sourcier.read.speech_grammar import OUTLETS, Grammar
from sourcier.types import Medium, Span

_SIGNS = regex.compile(r"[.,;:!?]")
_NAMED: tuple[Medium, ...] = ("wire", "broadcast", "press")
"""The media whose outlets a language lists by name."""


@dataclass(frozen=True)
class Outlets:
    """Finds the outlet that a phrase names."""

    words: Words

    def known(self) -> tuple[str | None, Medium] | None:
        """Return the phrase and its medium where it is an outlet known by name."""
        folded = self.words.folded(0, len(self.words.tokens))
        for medium in _NAMED:
            if folded in self.words.grammar.people.listed(f"{medium}_name"):
                return self.words.whole(), medium
        return None

    def find(self) -> tuple[str | None, Medium] | None:
        """Return an outlet's name and medium, where the phrase is one ("the agency Lys")."""
        grammar = self.words.grammar
        if all(token.norm not in grammar.outlet for token in self.words.tokens):
            return None
        for medium in OUTLETS:
            for head in grammar.people.words(medium):
                found = self._headed(head.split())
                if found is not None:
                    unnamed = medium == "telegram" and self.words.tokens[0].norm in head.split()
                    return (None if unnamed and found == self.words.whole() else found), medium
        return None

    def _headed(self, head: list[str]) -> str | None:
        norms = [token.norm for token in self.words.tokens]
        for index in range(min(4, len(norms))):
            if norms[index : index + len(head)] == head:
                break
        else:
            return None
        if any(self.words.names_role(norm) for norm in norms[:index]):
            return None
        adjectives = self.words.grammar.people.words("outlet_adjective")
        named = index and self.words.is_name(index - 1) and norms[index - 1] not in adjectives
        small = not self.words.is_name(index)
        if named and small and index + len(head) == len(norms):
            return self.words.between(0, index)
        return self._outlet_name(index, index + len(head))

    def _outlet_name(self, head: int, after: int) -> str | None:
        """Return the name after the noun, or the whole phrase where the noun has none."""
        adjectives = self.words.grammar.people.words("outlet_adjective")
        while after < len(self.words.tokens) and self.words.tokens[after].norm in adjectives:
            after += 1
        if after >= len(self.words.tokens):
            return self.words.whole()
        if self.words.is_name(head) and not self.words.grammar.declines:
            return self.words.whole()
        if self.words.is_name(after) or not self.words.tokens[after].norm[0].isalpha():
            name = self.words.between(after, len(self.words.tokens))
            return self.words.quoted(after) or name
        return self.words.whole() if head == 0 else None


def outlet_medium(grammar: Grammar, folded: str, span: Span) -> Medium | None:
    """Return what kind of outlet is named, by its name or the noun beside it; null without one."""
    before = folded[max(0, span[0] - 20) : span[0]].replace("'", "' ")
    around = before, _SIGNS.sub(" ", folded[span[1] : span[1] + 20])
    words = [around[0].split()[-1:], *(around[1].split()[:n] for n in (1, 2))]
    near = {" ".join(word) for word in words}
    name = folded[slice(*span)]
    near |= {name, name.partition(" ")[0], name.rpartition(" ")[2]}
    for medium in _NAMED:
        listed = (grammar.people.listed(name) for name in (medium, f"{medium}_name"))
        if not all(map(near.isdisjoint, listed)):
            return medium
    return None
