"""Which language a text is in."""

from __future__ import annotations

from functools import cache

import eldc

LANGUAGES = ("fr", "en", "uk", "ru")
"""The languages that the reader knows."""


def detect(text: str) -> str:
    """Return the ISO 639-1 code of the likeliest known language of `text`.

    A text without letters is read as English.
    """
    _ready()
    found = str(eldc.detect(text[:4000]))
    return found if found in LANGUAGES else "en"


@cache
def _ready() -> None:
    eldc.init()
    eldc.set_languages(list(LANGUAGES))
