"""The search page of a folder: all entries with their folded words, for a script or a reader to go through.

Nothing is fetched, so that it works from disk. What a query finds is what `search.search` finds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from sourcier.publish.feed import headline
from sourcier.publish.page import Page, whole_page
from sourcier.publish.search import LONGEST, MOST_WORDS, Words, rules, said, texts
from sourcier.publish.typography import marks
from sourcier.publish.view import View
from sourcier.types import Entry


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry as the page lists it; `words` are all those it is found by, folded, once each.

    `language` is that of its headline and body where it is not the page's own.
    """

    moment: str
    href: str
    headline: str
    language: str | None
    body: str
    quotes: tuple[Words, ...]
    words: str


def search_page(view: View, languages: tuple[str, ...]) -> Page:
    """Return the page that lists all standing entries, newest first, and searches them by script."""
    return whole_page(
        "search.html",
        view,
        languages,
        frozen=True,
        script="find.js",
        address=view.links.searching_in,
        about=None,
        listed=[_listed(view, entry) for entry in view.entries if entry.state != "retracted"],
        longest=LONGEST,
        config=_config(view),
    )


def _listed(view: View, entry: Entry) -> Listed:
    title, language = headline(view, entry)
    _, body, *rest = texts(view, entry)
    folded = {word for text in (_, body, *rest) for word in said(text.words)}
    return Listed(
        moment=view.moment(entry.published),
        href=view.links.entry(entry.id),
        headline=title,
        language=language,
        body=body.words,
        quotes=tuple({text.words: text for text in rest if text.shown}.values()),
        words=" ".join(sorted(folded)),
    )


def _config(view: View) -> str:
    told = {
        **rules(),
        "longest": LONGEST,
        "most": MOST_WORDS,
        "found": view.words.forms("search.found"),
        "quotes": marks(view.language),
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
