"""A search as an editor writes it, read into what must be there, what must not, and where to look. Pure.

Words are all required; ``"a phrase"``, ``-without``, ``begin*``, ``source:``, ``lang:``, ``kind:``,
``place:``, ``from:`` and ``to:`` (days, both included). Quotation marks of any language will do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from sourcier.desk.finding.terms import words

MOST = 24
"""How many words and filters a query may have."""
FIELDS = {"source", "lang", "kind", "place", "from", "to"}
DAYS = {"from", "to"}
LEAST = 2
"""How many letters a word with a star has at least."""

_CLOSING = {'"': '"', "“": "”", "«": "»", "„": "“”"}
_FIELD = re.compile(r"([^\W\d_]{2,12}):(.*)", re.DOTALL)
_QUOTES = re.compile('["“”„«»]')


class QueryError(ValueError):
    """A query that can't be taken: `key` says why (a message of ``search.error``), `what` about what."""

    def __init__(self, key: str, what: str = "") -> None:
        super().__init__(key, what)
        self.key, self.what = key, what


@dataclass(frozen=True, slots=True)
class Term:
    """Folded words that must stand one after the other; the last may go on where `prefix`."""

    words: tuple[str, ...]
    exact: bool = False
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What to find: all of `terms`, none of `without`, within the filters."""

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    filters: dict[str, str] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)


def parse(text: str) -> Query:
    """Return what `text` asks for; raises QueryError, and nothing else, for what can't be read."""
    terms: list[Term] = []
    without: list[Term] = []
    filters: dict[str, str] = {}
    days: dict[str, date] = {}
    for number, (part, quoted) in enumerate(_parts(text)):
        if number == MOST:
            raise QueryError("long", str(MOST))
        found = None if quoted else _FIELD.fullmatch(part)
        if found and not found[2].startswith("//"):
            _filter(found[1].casefold(), found[2], filters, days)
        else:
            _term(part, terms, without, quoted=quoted)
    if not terms and not filters and not days:
        raise QueryError("empty")
    return Query(tuple(terms), tuple(without), filters, days)


def _parts(text: str) -> list[tuple[str, bool]]:
    """Cut a query at its spaces; (part, whether it is a phrase), a phrase with its minus, unquoted."""
    parts: list[tuple[str, bool]] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        start = at + (text[at] == "-")
        if closing := _CLOSING.get(text[start : start + 1]):
            end = next((n for n in range(start + 1, len(text)) if text[n] in closing), None)
            if end is None:
                raise QueryError("quote")
            parts.append((text[at:start] + text[start + 1 : end], True))
        else:
            end = _end(text, at)
            parts.append((_QUOTES.sub("", text[at:end]), False))
        at = end + 1
    return parts


def _end(text: str, start: int) -> int:
    """Return where a part without quotation mark ends; the value of a filter may be quoted."""
    closing = ""
    for at in range(start, len(text)):
        if closing:
            closing = "" if text[at] in closing else closing
        elif text[at].isspace():
            return at
        elif text[at - 1 : at] == ":" and at > start:
            closing = _CLOSING.get(text[at], "")
    if closing:
        raise QueryError("quote")
    return len(text)


def _filter(name: str, value: str, filters: dict[str, str], days: dict[str, date]) -> None:
    if name not in FIELDS:
        raise QueryError("field", name)
    if not words(value):
        raise QueryError("value", f"{name}:")
    if name not in DAYS:
        filters[name] = " ".join(words(value))
        return
    try:
        days[name] = date.fromisoformat(value)
    except ValueError as error:
        raise QueryError("date", value[:40]) from error


def _term(part: str, terms: list[Term], without: list[Term], *, quoted: bool) -> None:
    negative = part.startswith("-")
    said = part.removeprefix("-")
    prefix = not quoted and said.endswith("*")
    found = tuple(words(said))
    if prefix and (not found or len(found[-1]) < LEAST):
        raise QueryError("star", part[:40])
    if found:
        term = Term(found, exact=quoted, prefix=prefix)
        (without if negative else terms).append(term)
