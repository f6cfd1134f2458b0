"""A background card as its form shows it and as its form sends it. No query, no clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from django.http import QueryDict

from sourcier.desk.drafting.cards import Card
from sourcier.desk.finding.terms import words
from sourcier.desk.screens.entry import composer
from sourcier.messages import languages
from sourcier.types import Reference

MOST = 30
"""How many names, or sources, a card may have."""
LONGEST_NAME = 100
LONGEST_ADDRESS = 500
SHORTEST = 2
"""Letters and digits of a name; fewer would be found everywhere."""


class BadCardError(ValueError):
    """What was sent makes no card; its argument is the key of the message that says why."""


def filled(sent: QueryDict, key: str, now: datetime) -> Card:
    """Return the card `key` ("" for a new one) with what was sent; raises BadCardError."""
    try:
        texts = composer.texts(sent)
    except composer.FormError as error:
        raise BadCardError(str(error)) from error
    if not texts:
        raise BadCardError("cards.no_text")
    names = tuple(_names(sent))
    if not names:
        raise BadCardError("cards.no_name")
    sources = tuple(map(_source, _lines(sent, "sources")))
    return Card(
        id=key, version=0, names=names, texts=texts, sources=sources, at=now,
        story=sent.get("story", ""), entry=sent.get("entry", ""),
    )  # fmt: skip


def shown(card: Card) -> dict[str, str]:
    """Return the fields of a form that holds `card`."""
    lines = (f"{source.url} {source.title}" for source in card.sources)
    return {
        "names": "\n".join(card.names),
        "sources": "\n".join(lines),
        "story": card.story,
        "entry": card.entry,
        **{f"text-{code}": composer.joined(card.texts, code) for code in languages()},
    }


def _lines(sent: QueryDict, name: str) -> Iterator[str]:
    lines = (" ".join(line.split()) for line in sent.get(name, "").replace("\0", "").splitlines())
    found = [line for line in dict.fromkeys(lines) if line]
    if len(found) > MOST:
        raise BadCardError("cards.many")
    return iter(found)


def _names(sent: QueryDict) -> Iterator[str]:
    for name in _lines(sent, "names"):
        if len(name) > LONGEST_NAME or len("".join(words(name))) < SHORTEST:
            raise BadCardError("cards.bad_name")
        yield name


def _source(line: str) -> Reference:
    """Return what a line names: an address (https), then a title; its host where there is none."""
    url, _, title = line.partition(" ")
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError as error:
        raise BadCardError("cards.bad_source") from error
    fit = parts.scheme == "https" and "." in host and "@" not in parts.netloc
    if not fit or len(line) > LONGEST_ADDRESS:
        raise BadCardError("cards.bad_source")
    return Reference(title=title or host, url=url)
