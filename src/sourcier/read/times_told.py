"""Times of telling: when something was said, published or printed, not when it happened."""

from __future__ import annotations

import regex

from sourcier.read.document import Document
from sourcier.read.times_atoms import TimeLexicon
from sourcier.read.times_phrases import Phrase, led_by
from sourcier.types import Span

_BEFORE = 60
_PLACE = 50
_SIGNS = regex.compile("[ ,]*")
_DATELINE = regex.compile(r"\s?(?:\([^()\n]{1,40}\))?\s?[–—-]{1,2}\s")


def is_told(document: Document, lexicon: TimeLexicon, phrase: Phrase) -> bool:
    """Tell whether a time stands beside words of telling, or in a dateline."""
    return (
        _is_behind_telling(document.folded, lexicon, phrase)
        or _is_before_telling(document.folded, lexicon, phrase)
        or (phrase.clock is None and is_in_dateline(document, (phrase.start, phrase.end)))
    )


def is_of_count(document: Document, lexicon: TimeLexicon, phrase: Phrase) -> bool:
    """Tell whether a time is that of a count which may go on ("as of 9 a.m.")."""
    return led_by(document.folded, phrase, lexicon.words("as_of")) is not None


def opens_line(document: Document, phrase: Phrase) -> bool:
    """Tell whether nothing but signs stands before a phrase in its line."""
    line = document.text.rfind("\n", 0, phrase.start) + 1
    return not any(map(str.isalnum, document.text[line : phrase.start]))


def _is_behind_telling(folded: str, lexicon: TimeLexicon, phrase: Phrase) -> bool:
    start = max(0, phrase.start - _BEFORE)
    found = lexicon.pattern("telling_before").finditer(folded, start, phrase.start)
    return any(not folded[match.end() : phrase.start].strip() for match in found)


def _is_before_telling(folded: str, lexicon: TimeLexicon, phrase: Phrase) -> bool:
    signs = _SIGNS.match(folded, phrase.end)
    start = signs.end() if signs else phrase.end
    return lexicon.pattern("telling_after").match(folded, start) is not None


def is_in_dateline(document: Document, date: Span) -> bool:
    """Tell whether a date stands behind the place that a dispatch opens with ("LIMA, 16 mai –")."""
    first = document.text[: date[0]].rstrip()
    opens = 0 < len(first) <= _PLACE and first.endswith(",") and "\n" not in first
    return opens and _DATELINE.match(document.text, date[1]) is not None
