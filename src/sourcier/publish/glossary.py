"""Offices, bodies and their channels, named in each page language by a table. Pure.

Nothing is translated that is not in ``data/glossary.toml``.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_SIGNS = str.maketrans({"’": "'", "ʼ": "'", "ё": "е"})
_ADDED = re.compile(r"(.+?) \(([^()]+)\)")


class Office(NamedTuple):
    """An office in one language: with its article, as a sentence goes on with it, and bare."""

    worded: str
    bare: str


def office(words: str, written: str | None, wanted: str) -> Office | None:
    """Return the office that `words` of language `written` name, in language `wanted`; None for none.

    What a name adds in brackets is named as well: "Канал мэра (демо)" is "Canal du maire (démo)".
    """
    if found := _ADDED.fullmatch(words):
        named, added = (office(part, written, wanted) for part in found.groups())
        if named and added:
            return Office(*(f"{form} ({added.bare})" for form in named))
    key = _offices(written or wanted).get(_key(words))
    forms = _glossary()[key].get(wanted) if key else None
    return Office(forms[0], forms[1]) if forms else None


def _key(words: str) -> str:
    return " ".join(words.casefold().translate(_SIGNS).split())


@cache
def _offices(language: str) -> dict[str, str]:
    entries = _glossary().items()
    return {_key(form): key for key, entry in entries for form in entry.get(language, ())}


@cache
def _glossary() -> dict[str, dict[str, list[str]]]:
    text = (files("sourcier.publish") / "data" / "glossary.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
