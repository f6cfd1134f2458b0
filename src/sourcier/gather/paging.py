"""Paging: older pages of a feed or list that gives its newest first, until one holds what is known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, Protocol, TypeVar

from sourcier.gather.fetched import Fetched
from sourcier.gather.links import joined

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

MOST_PAGES = 3
"""The most older pages (RFC 5005) that one look reads to fill a gap."""


class Page(Protocol):
    """One page of a feed or list."""

    @property
    def fetched(self) -> Fetched:
        """The bytes."""
        ...

    @property
    def met(self) -> Collection[str | None]:
        """The dispatches in it."""
        ...

    @property
    def next(self) -> str | None:
        """The address of the older page, as it stands there."""
        ...


P = TypeVar("P", bound=Page)


def paged(first: P, read: Callable[[Fetched], P], visit: Visit) -> Iterator[P]:
    """Yield a page, and older ones until one holds what the door knew; where none does, that is told.

    The first look at a door is content with one page, so is a file of this machine. Raises InputError
    where a page can't be had.
    """
    if not first.fetched.url.startswith("http"):
        yield first
        return
    known, met, page = visit.door.known(), set[str | None](), first
    for number in range(MOST_PAGES + 1):
        yield page
        met.update(page.met)
        older = joined(page.fetched.url, page.next)
        if not known or known & met or not older or number == MOST_PAGES:
            break
        page = read(visit.fetch(older))
    if known and met and not known & met:
        visit.door.pulse.missed(f"entries before {visit.now:%Y-%m-%d %H:%M}: none was known")
