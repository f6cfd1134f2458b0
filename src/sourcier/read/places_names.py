"""Names of people, outlets and things, and first words of sentences, that only look like places."""

from __future__ import annotations

from collections.abc import Sequence

from sourcier.read.dictionary import is_word
from sourcier.read.document import Document
from sourcier.read.places_choose import demonym_table
from sourcier.read.places_mentions import Mention, Word
from sourcier.read.places_use import (
    Cues,
    Setting,
    is_given,
    leads_street,
    opens_sentence,
)

_OPENING, _CLOSING = frozenset('«“„"‹‘'), frozenset('»”“"›’')
_SPACES = " \u00a0\u202f"
_LEAST_SIGNIFICANT = 4


def is_other_name(
    document: Document, words: Sequence[Word], mention: Mention, around: Setting, known: Cues
) -> bool:
    """Tell whether a name of the gazetteer is that of a person, an outlet or a thing here."""
    return (
        _is_person(document, words, mention, around)
        or _is_adjective(document, mention)
        or _is_quoted(document, mention, around, known)
        or _is_of_outlet(words, mention, around, known)
        or _is_of_publisher(document, mention)
        or leads_street(document, words, mention)
    )


def is_first_word(document: Document, word: Word) -> bool:
    """Tell whether a word is a common one whose capital only opens a sentence."""
    text = document.text[word.start : word.end]
    return opens_sentence(document, word) and is_word(text.lower(), document.language)


def _is_person(
    document: Document, words: Sequence[Word], mention: Mention, around: Setting
) -> bool:
    """Tell whether a given name leads to a surname ("mayor Артём Лис", but "мэр Артёма Иван Лис")."""
    alone = mention.first == mention.last
    if not (alone and around.leads_name and is_given(words[mention.last], document.language)):
        return False
    return not is_given(words[mention.last + 1], document.language)


def _is_adjective(document: Document, mention: Mention) -> bool:
    """Tell whether a mention is an adjective of a country that only sounds like a town."""
    units = {"country", "region"}
    plain = mention.first == mention.last and mention.key in demonym_table(document.language)
    return plain and not any(hit.entry.kind in units for hit in mention.hits)


def _is_quoted(document: Document, mention: Mention, around: Setting, known: Cues) -> bool:
    """Tell whether a mention alone fills quotation marks, as names of outlets and of things do."""
    before = document.text[: mention.start].rstrip(_SPACES)[-1:]
    after = document.text[mention.end :].lstrip(_SPACES)[:1]
    quoted = before in _OPENING and after in _CLOSING and before != "" and after != ""
    return quoted and around.last not in known.village_noun | known.place_noun


def _is_of_outlet(words: Sequence[Word], mention: Mention, around: Setting, known: Cues) -> bool:
    """Tell whether a mention ends the name of an outlet ("La Gazette du Delta")."""
    noun = mention.first - 2
    if noun < 0 or around.last not in known.of or not words[noun].upper:
        return False
    return words[noun].key in known.outlet_noun


def _is_of_publisher(document: Document, mention: Mention) -> bool:
    """Tell whether a mention is part of the publisher's own name, written out."""
    name = document.capture.publisher if document.capture else None
    if not name or len(name) < _LEAST_SIGNIFICANT:
        return False
    at = document.text.find(name, max(0, mention.end - len(name)), mention.start + len(name))
    return 0 <= at <= mention.start
