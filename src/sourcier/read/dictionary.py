"""Dictionaries: whether a language has a word, and the base form of one.

They are simplemma's. Loading one takes as long as reading some fifty dispatches, so that the words of
the languages that decline no names are filed with the gazetteer's index, and simplemma is imported
where it is asked.
"""

from __future__ import annotations

from functools import cache, lru_cache
from unicodedata import normalize

from sourcier.read.gazetteer import gazetteer
from sourcier.read.gazetteer_build import DICTIONARIES


@lru_cache(maxsize=16384)
def is_word(word: str, language: str) -> bool:
    """Tell whether the dictionary of a language has a word, given in lower case."""
    if language in DICTIONARIES:
        return gazetteer().lists(language, normalize("NFC", word))
    import simplemma

    return _has(language) and bool(simplemma.is_known(word, language))


@lru_cache(maxsize=4096)
def lemma(word: str, language: str) -> str:
    """Return the dictionary form of a folded word, folded; the word itself where it is unknown."""
    import simplemma

    return str(simplemma.lemmatize(word, lang=language)).lower() if _has(language) else word


@cache
def _has(language: str) -> bool:
    """Tell whether there is a dictionary of a language; without one, it has no words."""
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    return language in SUPPORTED_LANGUAGES
