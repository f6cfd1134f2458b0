"""Item: one dispatch as a door shows it now. Every format is parsed, then adapted to this."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TypeVar

import msgspec

from sourcier.gather.edition import Edition
from sourcier.problems import InputError, Problem
from sourcier.types import AlertFact, Credit, Span

Entry = TypeVar("Entry")


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """What an adapter makes of one entry, post, page or line; `State` turns it into a Capture.

    Datetimes are aware; `published` is null where the door does not tell: then the first sight
    counts. `dispatch` is the publisher's own identity for it (a guid, a post number), null where
    the URL is. `publisher`, `language` and `zone` override the source's. `deleted` tells of a withdrawal.
    Before `embargo` nothing of it may leave the house. `raw` is the SHA-256 of the bytes that it was
    read from. `stamp` stands for what the door itself shows, where the words are from a page to which it
    leads: under the stamp that was seen last, nothing is new. `edition` is what orders versions where the
    publisher tells it: one that comes after a newer one is nothing. The spans of `alerts`
    and of `quoted` (the words of others) index `text`, which is clean then.
    """

    text: str
    published: datetime | None = None
    dispatch: str | None = None
    publisher: str | None = None
    url: str | None = None
    title: str | None = None
    language: str | None = None
    zone: str | None = None
    updated: datetime | None = None
    credits: tuple[Credit, ...] = ()
    deleted: bool = False
    embargo: datetime | None = None
    raw: str | None = None
    stamp: str | None = None
    edition: Edition | None = None
    alerts: tuple[AlertFact, ...] = ()
    quoted: tuple[Span, ...] = ()

    @property
    def key(self) -> str | None:
        """What all versions of the dispatch share; null where only its words tell it apart."""
        return self.dispatch or self.url


def adapted(entries: Iterable[Entry], adapt: Callable[[Entry], Item]) -> Iterator[Item | Problem]:
    """Yield what `adapt` makes of each entry; where it raises InputError, the Problem."""
    for entry in entries:
        try:
            yield adapt(entry)
        except InputError as error:
            yield error.problem
