"""The nominative of an office's words, for languages that decline them."""

from __future__ import annotations

from typing import overload

from sourcier.read.speech_grammar import Grammar


@overload
def nominative(words: str, grammar: Grammar) -> str: ...
@overload
def nominative(words: None, grammar: Grammar) -> None: ...
@overload
def nominative(words: str | None, grammar: Grammar) -> str | None: ...
def nominative(words: str | None, grammar: Grammar) -> str | None:
    """Return `words` in the nominative, as far as the language's endings tell it."""
    return words
