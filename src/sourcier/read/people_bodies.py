"""Bodies told by what they are and what they are called ("the rights group Lys")."""

from __future__ import annotations

from sourcier.read.people_words import Words

_MOST_BEFORE = 10
"""Words in front of the name of a body, its adjectives included."""


def own_name(words: Words, end: int) -> str | None:
    """Return a body's own name among the tokens before `end`, or None where it is told no more.

    Behind or apposed to a noun of its class ("rights group Lys", "the company, Lys Chemicals") the
    name is a name by itself; what only tells where a body sits ("Brevagne-based") is left out.
    """
    noun = _class_noun(words, end)
    if noun is None:
        return words.between(_behind_seat(words, end), end)
    if end < len(words.tokens) - 1 and noun == end - 1:
        return words.between(end + 1, words.comma(end + 1, len(words.tokens)))
    adjectives = not words.grammar.people.words("portfolio")
    first = noun + 1
    while adjectives and first < end and _is_adjective(words, first):
        first += 1
    return words.between(first, end) if first < end and words.is_name(first) else None


def _class_noun(words: Words, end: int) -> int | None:
    """Return the index of the noun that tells a body's class, if no name stands before it."""
    nouns = words.grammar.people.words("class_noun")
    for index in range(min(end, _MOST_BEFORE)):
        if words.tokens[index].norm in nouns:
            small = not words.is_name(index) or words.is_shouted(words.tokens[index])
            return index if small or (index == 0 and _begins(words)) else None
    return None


def _begins(words: Words) -> bool:
    """Tell whether the phrase has no article: a capital may then be the sentence's."""
    return words.full[0] == words.tokens[0].start


def _is_adjective(words: Words, index: int) -> bool:
    token = words.tokens[index]
    return token.norm[0].isalpha() and not words.is_name(index) and not words.is_light(token)


def _behind_seat(words: Words, end: int) -> int:
    """Return the index behind "Brevagne-based", or 0."""
    seated = words.grammar.people.words("seated")
    for index in range(2, min(end - 1, _MOST_BEFORE)):
        if words.tokens[index].norm in seated and words.tokens[index - 1].norm == "-":
            return index + 1
    return 0
