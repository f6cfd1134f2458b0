"""The words around a trigger: noun phrases grown to its left and right, by lists alone."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from sourcier.read.document import Document, Token
from sourcier.read.lexicon import Lexicon
from sourcier.types import Span

_SIGN = regex.compile(r"[^\p{L}\p{N}]")
_INNER_SIGNS = frozenset('-%«»“”"„№')
_REACH = 14


@dataclass(frozen=True)
class Grammar:
    """The function words of a language, as the growing of phrases needs them.

    `stop` end a phrase, `lead` may stand before its noun, `definite` mark it as told before and
    `fresh` as new; `target` and `agent` are prepositions, `linking` words are cut from
    both ends of a phrase, `dangling` ones from its end.
    """

    stop: frozenset[str]
    lead: frozenset[str]
    definite: frozenset[str]
    fresh: frozenset[str]
    target: frozenset[str]
    agent: frozenset[str]
    linking: frozenset[str]
    dangling: frozenset[str]
    elided: tuple[str, ...]
    article_free: bool
    lead_form: regex.Pattern[str] | None = field(repr=False)

    @classmethod
    def of(cls, lexicon: Lexicon) -> Grammar:
        """Return the grammar that a language's ``occurrences.toml`` gives."""
        return cls(
            stop=frozenset(lexicon.words("stop")),
            lead=frozenset(lexicon.words("lead")),
            definite=frozenset(lexicon.words("definite")),
            fresh=frozenset(lexicon.words("fresh")),
            target=frozenset(lexicon.words("target")),
            agent=frozenset(lexicon.words("agent")),
            linking=frozenset(lexicon.words("linking")),
            dangling=frozenset(lexicon.words("dangling")),
            elided=lexicon.words("elided"),
            article_free=not lexicon.words("definite"),
            lead_form=lexicon.pattern("lead_form") if "lead_form" in lexicon.patterns() else None,
        )

    def leads(self, token: Token) -> bool:
        """Tell whether a word may stand before the noun of its phrase."""
        if token.norm in self.lead or token.norm[0].isdigit():
            return True
        return self.lead_form is not None and self.lead_form.fullmatch(token.norm) is not None


class Words:
    """The tokens of one sentence, elided articles apart, and the phrases that can be grown."""

    def __init__(self, document: Document, sentence: Span, grammar: Grammar) -> None:
        self.grammar = grammar
        self._tokens = [
            part for token in document.tokens(*sentence) for part in _parts(token, grammar.elided)
        ]

    def index(self, offset: int) -> int:
        """Return the number of the token that holds `offset`."""
        return next(
            (number for number, token in enumerate(self._tokens) if token.end > offset),
            len(self._tokens),
        )

    def is_definite(self, lead: Span, target: Span | None) -> bool:
        """Tell whether the words `lead` before a noun make it something already told.

        Without articles in the language, a bare noun without a target is taken so.
        """
        inside = [token.norm for token in self._tokens if lead[0] <= token.start < lead[1]]
        if self.grammar.article_free:
            return target is None and not any(norm in self.grammar.fresh for norm in inside)
        return any(norm in self.grammar.definite for norm in inside)

    def lead(self, start: int) -> int:
        """Return where the noun phrase begins whose noun stands at `start`."""
        number = self.index(start)
        begin = start
        for token in reversed(self._tokens[max(0, number - 6) : number]):
            if not self.grammar.leads(token):
                break
            begin = token.start
        return begin

    def before(self, start: int) -> Span | None:
        """Return the phrase that ends right before `start`: the subject of a verb there."""
        number = self.index(start)
        begin = end = None
        for token in reversed(self._tokens[max(0, number - _REACH) : number]):
            if self._closes(token):
                break
            begin, end = token.start, end or token.end
        return None if begin is None or end is None else self.trimmed(begin, end)

    def after(self, end: int) -> Span | None:
        """Return the phrase that begins right after `end`: the object of a verb there."""
        begin = last = None
        for token in self._tokens[self.index(end) :][:_REACH]:
            if self._closes(token):
                break
            begin = token.start if begin is None else begin
            last = token.end
        return None if begin is None or last is None else self.trimmed(begin, last)

    def opened(self, span: Span | None, heads: frozenset[str]) -> Span | None:
        """Return the phrase that one of the prepositions `heads` opens in `span`."""
        if span is None:
            return None
        inside = [token for token in self._tokens if span[0] <= token.start < span[1]]
        for position, token in enumerate(inside):
            if token.norm in heads:
                return self._until_preposition(inside[position + 1 :])
        return None

    def _until_preposition(self, tokens: list[Token]) -> Span | None:
        heads = self.grammar.target | self.grammar.agent
        end = None
        for token in tokens:
            if token.norm in heads or self._closes(token):
                break
            end = token.end
        return None if end is None else self.trimmed(tokens[0].start, end)

    def _closes(self, token: Token) -> bool:
        if token.norm in self.grammar.stop:
            return True
        return bool(_SIGN.fullmatch(token.norm)) and token.norm not in _INNER_SIGNS

    def trimmed(self, begin: int, end: int) -> Span | None:
        """Return the span without conjunctions and loose marks at its ends."""
        inside = [token for token in self._tokens if begin <= token.start and token.end <= end]
        loose = self.grammar.linking
        while inside and (inside[0].norm in loose or _SIGN.fullmatch(inside[0].norm)):
            inside.pop(0)
        ends = loose | self.grammar.dangling | {"-"}
        while inside and inside[-1].norm in ends:
            inside.pop()
        return (inside[0].start, inside[-1].end) if inside else None


def _parts(token: Token, elided: tuple[str, ...]) -> tuple[Token, ...]:
    cut = token.norm.find("'") + 1
    if not cut or token.norm[:cut] not in elided:
        return (token,)
    middle = token.start + cut
    return (
        Token(token.start, middle, token.norm[:cut]),
        Token(middle, token.end, token.norm[cut:]),
    )
