"""Names in the letters of a page's language: Cyrillic ones romanised by the tables of each pair."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

import translitua

_CYRILLIC = re.compile("[\u0400-\u04ff]")
# Surnames in -ський, as newspapers end them: always in French (Zelensky), where sources do so in English.
_ENDING = re.compile(r"(?<=[sc]k)y[yi]\b")
_NATIONAL = translitua.UkrainianKMU
_PASSPORT = translitua.RussianInternationalPassport1997Reduced
_TABLES: dict[tuple[str, str], tuple[type[translitua.TransliterationTable], ...]] = {
    ("uk", "fr"): (translitua.UkrainianFrench, _NATIONAL),
    ("uk", "en"): (_NATIONAL,),
    ("ru", "fr"): (_PASSPORT,),
    ("ru", "en"): (_PASSPORT,),
}


def in_letters(name: str, written: str | None, wanted: str, known: Collection[str] = ()) -> str:
    """Return a name of language `written` in the letters of language `wanted`, itself where it needs none.

    `known` are spellings that sources use: where a table makes one of them, it is taken.
    """
    spelled = _romanised(name, written or "", wanted)
    return next((form for form in spelled if form in known), spelled[0])


@cache
def _romanised(name: str, written: str, wanted: str) -> tuple[str, ...]:
    tables = _TABLES.get((written, wanted), ())
    if not tables or not _CYRILLIC.search(name):
        return (name,)
    spelled = [str(translitua.translit(name, table)) for table in tables]
    plain = [_ENDING.sub("y", form) for form in spelled]
    return (*plain, *spelled) if wanted == "fr" else (*spelled, *plain)
