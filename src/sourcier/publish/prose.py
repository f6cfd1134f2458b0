"""An entry's words as pieces to render: ours typeset, a source's own in quotation marks as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sourcier.publish.typography import marks, pieces, typeset
from sourcier.publish.view import View
from sourcier.types import Entry

Kind = Literal["ours", "verbatim"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words; a verbatim one comes with its quotation marks."""

    kind: Kind
    text: str


def paragraphs(view: View, entry: Entry, body: str, language: str) -> list[list[Piece]]:
    """Return the paragraphs of an entry's body, in `language`."""
    captured = _captured(view, entry)
    return [prose(line, language, captured) for line in body.splitlines() if line.strip()]


def prose(text: str, language: str, captured: Iterable[str]) -> list[Piece]:
    """Return `text` in pieces; quoted words are verbatim where a captured text holds them."""
    opening, closing = marks(language)
    found = []
    for kind, piece in pieces(text):
        if kind == "ours":
            found.append(Piece("ours", typeset(piece, language)))
        else:
            source = any(plain(piece) in words for words in captured)
            found.append(Piece("verbatim" if source else "ours", f"{opening}{piece}{closing}"))
    return found


def plain(text: str) -> str:
    """Return text for comparison: case, apostrophes and spaces do not count."""
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("ʼ", "'")).strip(" .,").casefold()


def _captured(view: View, entry: Entry) -> list[str]:
    claims = view.claims(entry.claims)
    texts = [
        view.story.captures[c.capture].text for c in claims if c.capture in view.story.captures
    ]
    return [plain(text) for text in dict.fromkeys([*(claim.quote for claim in claims), *texts])]
