"""Bare sentences: those that are a warning and nothing else, as channels post them."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from sourcier.read.document import Document, Sentence, Token
from sourcier.read.lexicon import Lexicon
from sourcier.types import Span

_MARKED_LENGTH = 90
_BARE_LENGTH = 200
_MARK = regex.compile(r"[!‼❗🔴🚨⚠🟥🛑]")


class Bareness:
    """Tells bare sentences from others in one language."""

    def __init__(self, words: Lexicon) -> None:
        self._beside = words.listed("beside")

    def is_call(
        self, document: Document, sentence: Sentence, noun: Span, advice: Sequence[Span]
    ) -> bool:
        """Tell whether a sentence with the noun of a warning calls it out."""
        text = document.text[sentence.start : sentence.end]
        marked = _MARK.search(document.text, max(0, sentence.start - 3), sentence.end + 1)
        short = len(text) <= _MARKED_LENGTH and (marked is not None or text.isupper())
        return short or self.is_bare(document, sentence, noun, advice)

    def is_bare(
        self, document: Document, sentence: Sentence, core: Span, advice: Sequence[Span]
    ) -> bool:
        """Tell whether a sentence holds only `core`, names, signs, `beside` words and advice."""
        if not self._beside or sentence.end - sentence.start > _BARE_LENGTH:
            return False
        end = min((span[0] for span in advice if span[0] >= core[1]), default=sentence.end)
        around = (
            *document.tokens(sentence.start, core[0]),
            *document.tokens(core[1], end),
        )
        return all(self._is_beside(document, token) for token in around)

    def _is_beside(self, document: Document, token: Token) -> bool:
        first = document.text[token.start]
        return not first.isalpha() or first.isupper() or token.norm in self._beside
