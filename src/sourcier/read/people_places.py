"""Places in the words that name a speaker: "maire de New York Anna Lys", "officer in Harbin"."""

from __future__ import annotations

from functools import lru_cache

from sourcier.read.gazetteer import gazetteer
from sourcier.read.gazetteer_names import keys
from sourcier.read.people_words import Words


@lru_cache(maxsize=4096)
def is_place(name: str) -> bool:
    """Tell whether the gazetteer has a place of this name."""
    found = keys(name)
    return bool(found) and bool(gazetteer().find(found))


def before_place(words: Words, first: int, end: int) -> int:
    """Return where the words of an office end before "in Harbin", which tells where, not what."""
    local = words.grammar.speech.words("local_link")
    for index in range(first, end):
        if words.tokens[index].norm in local:
            where = words.between(index + 1, words.comma(index, end))
            if where and (is_place(where) or where.lower() in words.grammar.speech.listed("here")):
                return index
    return end


def is_where(words: Words, office: str) -> bool:
    """Tell whether what an office is of is a mere place ("mayor of Brevagne", "of the capital").

    It tells where its holder sits, and is nobody's name; a country stands for its government. Case
    languages print offices otherwise.
    """
    if words.grammar.declines or office.lower() in words.grammar.powers:
        return False
    if office.lower() in words.grammar.people.words("territory"):
        return True
    return office[0].isupper() and is_place(office)
