"""Verbs of saying, told from the nouns that look like them."""

from __future__ import annotations

import regex

from sourcier.read.speech_grammar import Grammar

QUOTED = "\ufffc"
"""What stands for each character of a quotation in a masked text."""

_OPENERS = frozenset(f"""{QUOTED}.-—–«“"\n""")
_REACH = 24


def is_verb(text: str, grammar: Grammar, match: regex.Match[str]) -> bool:
    """Tell whether a match of a pattern of verbs in a masked text is one; `text` is as printed.

    One with a group ``off`` ("would say") is none.
    """
    before = match.string[max(0, match.start() - _REACH) : match.start()]
    noun = _is_noun(text, grammar, match, before.rpartition("\n")[2])
    return not noun and not match.groupdict().get("off")


def _is_noun(text: str, grammar: Grammar, match: regex.Match[str], before: str) -> bool:
    """Tell whether a word that can be a verb is none here.

    It is none with a capital inside a sentence ("United States"), after an article, and in a bare
    form that begins a sentence ("State media") or that no plural stands before ("the claim").
    """
    trimmed = before.rstrip()
    if not trimmed:
        return not grammar.declines and bool(match.groupdict().get("bare"))
    if text[match.start()].isupper() and trimmed[-1] not in _OPENERS:
        return True
    if grammar.declines or (trimmed == before and not before.endswith("'")):
        return False
    word = before.replace("'", "' ").split()[-1]
    if match.groupdict().get("bare") and not _is_plural(grammar, word):
        return True
    at = match.start() - len(before) + len(trimmed) - len(word)
    return word in grammar.determiner and not _capital_inside(text, at)


def _capital_inside(text: str, at: int) -> bool:
    """Tell whether a word is printed as part of a name ("Roofs for All")."""
    return text[at].isupper() and text[at - 2 : at - 1].isalnum()


def _is_plural(grammar: Grammar, word: str) -> bool:
    known = word in grammar.group or word in grammar.speech.listed("plural_subject")
    return known or word.rstrip(",").endswith("s")
