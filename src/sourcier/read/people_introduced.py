"""Who bears a surname: the place of a text where somebody is introduced by name and office."""

from __future__ import annotations

import regex

from sourcier.read.people import read_speaker
from sourcier.read.people_words import Speaker
from sourcier.read.speech_phrases import Phrases

_FIRST_NAMES = r"(?:\p{Lu}[\p{L}'’.-]+ (?:\p{Ll}{1,4} )?){1,2}"
_MOST_BEFORE = 160
"""Characters in front of a name within which the words of its office begin."""
_MOST_PLACES = 3
"""At how many places of a text, the first ones, somebody's introduction is looked for."""


def introduced(phrases: Phrases, surname: str) -> Speaker | None:
    """Return who bears `surname` under their full name, with the office told beside it.

    None where no full name ends with it, or no office stands by one.
    """
    full = regex.compile(rf"{_FIRST_NAMES}{regex.escape(surname)}(?![\p{{L}}'’-])")
    for place, match in enumerate(full.finditer(phrases.document.text)):
        if place == _MOST_PLACES:
            return None
        speaker = _with_office(phrases, match.start(), match.end(), surname)
        if speaker is not None:
            return speaker
    return None


def _with_office(phrases: Phrases, start: int, end: int, surname: str) -> Speaker | None:
    """Return whom a name and the words of an office around it tell: the longest such phrase's."""
    sentence = phrases.document.sentence_at(start)
    first = max(sentence.start, start - _MOST_BEFORE)
    for token in phrases.tokens(first, end):
        phrase = phrases.read(token.start, sentence.end)
        if phrase is None or phrase[1] < end:
            continue
        speaker = read_speaker(phrases, phrase)
        name = (speaker and speaker.name) or ""
        if speaker and speaker.role and name != surname and name.endswith(surname):
            return speaker
    return None
