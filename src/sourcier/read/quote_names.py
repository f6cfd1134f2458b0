"""Quotation marks around a name ("the newspaper «Perekhrest»"), which nobody says."""

from __future__ import annotations

import regex

from sourcier.read.document import Document
from sourcier.read.drafts import Quotation
from sourcier.read.speech_grammar import Grammar

_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}'’ʼ.-]*")
_SENTENCE_SIGN = regex.compile(r"[.!?…]\s|[!?…,;:]|\.$")
_LAST_WORD = regex.compile(r"(\p{L}[\p{L}'’ʼ-]*)\s*$")
_LONGEST_NAME = 4


def is_name(document: Document, grammar: Grammar, quotation: Quotation) -> bool:
    """Tell whether the words in a pair of marks are a name or a so-called word, not a statement."""
    content = document.text[slice(*quotation.content)]
    words = _WORD.findall(content)
    if not words or not quotation.closed:
        return not words
    before = document.folded[max(0, quotation.span[0] - 60) : quotation.span[0]]
    if _ends_with(before, grammar.speech.words("so_called")):
        return True
    if len(words) > _LONGEST_NAME or _SENTENCE_SIGN.search(content):
        return False
    if not (words[0][0].isupper() or words[0][0].isdigit()):
        return False
    return _named(document, grammar, quotation, before)


def _named(document: Document, grammar: Grammar, quotation: Quotation, before: str) -> bool:
    """Tell from the words around it whether a short capitalised quotation names something."""
    if _ends_with(before, grammar.people.words("naming")) or before.endswith("("):
        return True
    word = _LAST_WORD.search(before)
    if word is None or before.rstrip()[-1:] in ":,—–":
        return False
    after = document.text[quotation.span[1] : quotation.span[1] + 3].lstrip()
    goes_on = after.startswith((",", "—", "–", "-"))
    if any(match.end() == word.end(1) for match in grammar.verb.finditer(before)):
        if grammar.declines:
            return True
        return not goes_on and _ends_with(before, grammar.speech.words("relaying"))
    behind = document.folded[quotation.span[1] : quotation.span[1] + 40]
    return not goes_on or grammar.verb.search(behind) is None


def _ends_with(before: str, words: tuple[str, ...]) -> bool:
    trimmed = before.rstrip()
    return any(
        trimmed.endswith(word) and not trimmed[: -len(word)][-1:].isalnum() for word in words
    )
