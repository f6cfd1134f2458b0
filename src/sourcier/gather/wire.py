"""A news item of a wire, in whichever format it came, and what the desk makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from lxml import etree

from sourcier.gather.canonical import checked_text, clean
from sourcier.gather.documents import remember
from sourcier.gather.edition import edition
from sourcier.gather.feed_entry import authors
from sourcier.gather.fetched import Fetched
from sourcier.gather.item import Item
from sourcier.gather.markup import Element, quoted_parts
from sourcier.gather.moments import lenient_moment, moment, zone_named
from sourcier.problems import InputError, Problem
from sourcier.types import Credit, Span

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

Parts = tuple[tuple[str, bool], ...]
"""Pieces of a text, each a line or more, and whether it is set apart as the words of others."""

TEXTS = frozenset(("", "text", "composite"))
PACKAGE = "package"
"""The kind of an item that only says what goes together."""

USABLE = frozenset(("", "usable"))
_GONE = frozenset(("canceled", "cancelled", "withdrawn", "withheld", "withhold"))
"""Killed for good, or not to be used until further notice: neither may stand on a page."""

_PICTURES = ("figure", "media")  # of HTML, of NITF: what they show and its caption
_MOST_CREDITS = 50
_MOST_NAMED = 5
_DASHES = "-–—"


class Linked(NamedTuple):
    """An item that another one names: under which identity, and how it is called there."""

    identity: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.name[:80]!r} ({self.identity[:200]})" if self.name else self.identity[:200]


class Wire(msgspec.Struct, frozen=True, kw_only=True):
    """A news item as its format tells it: codes and times as it writes them, empty what it does not say.

    `embargo` is null where there is none, and empty where it has no end. `summary` stands where the
    body says nothing, the headline where the summary does not either. `pictures` names who made or owns
    the pictures that come along, `linked` the items that go with it and are not in it.
    """

    identity: str
    kind: str | None = None
    status: str | None = None
    version: str | None = None
    created: str | None = None
    first: str | None = None
    embargo: str | None = None
    headline: str | None = None
    dateline: str | None = None
    body: Parts = ()
    summary: str | None = None
    language: str | None = None
    url: str | None = None
    writers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    linked: tuple[Linked, ...] = ()


class WirePage(msgspec.Struct, frozen=True):
    """What a document tells, with its bytes and the address of the page after it.

    `links` are the addresses and stamps of the documents that it leads to, where it is an index.
    """

    fetched: Fetched
    wires: list[Wire | Problem]
    next: str | None = None
    links: tuple[tuple[str, str], ...] = ()

    @property
    def met(self) -> set[str | None]:
        """The items of text in it, by identity."""
        texts = (one for one in self.wires if isinstance(one, Wire) and code(one.kind) in TEXTS)
        return {one.identity for one in texts}


def dispatches(wires: Sequence[Wire | Problem], visit: Visit) -> Iterator[Item | Problem]:
    """Yield the item that each text is; that there are others is told once for each kind of them.

    So it is that an item goes with others which nobody has.
    """
    here = {one.identity for one in wires if isinstance(one, Wire)}
    for wire in wires:
        if isinstance(wire, Problem):
            yield wire
            continue
        yield from _missing(wire, here, visit)
        if (kind := code(wire.kind)) not in TEXTS:
            yield from _passed_over(wire, kind, visit)
        else:
            try:
                yield _item(wire, visit)
            except InputError as error:
                yield error.problem


def code(value: str | None) -> str:
    """Return the local part of a concept: "usable" of "stat:usable", or of an address that ends so."""
    return (value or "").strip().rpartition(":")[2].rpartition("/")[2].lower()


def parts_of(body: Element) -> Parts:
    """Return the text of a body without its pictures and their captions."""
    for picture in list(body.iter(*_PICTURES)):
        parent = picture.getparent()
        if parent is not None:
            tail = picture.tail
            picture.clear()
            picture.tag, picture.tail = "br", tail
    return tuple(quoted_parts(body))


def renamed(body: Element, names: dict[str, str]) -> Element:
    """Return a copy of a body whose elements have no namespace, and the names that HTML has for them."""
    copy = etree.fromstring(etree.tostring(body, with_tail=False))
    for element in copy.iter():
        if isinstance(element.tag, str):
            bare = element.tag.rpartition("}")[2]
            element.tag = names.get(bare, bare)
    return copy


def _passed_over(wire: Wire, kind: str, visit: Visit) -> Iterator[Problem]:
    told = f"passed over {kind[:40]}"
    if kind != PACKAGE and told not in visit.door.read:
        remember(visit, told, "told")
        message = f"{kind[:40]!r} is no text: the door's items of this kind are passed over"
        yield Problem(where=wire.identity, code="no_text_item", message=message)


def _missing(wire: Wire, here: Set[str], visit: Visit) -> Iterator[Problem]:
    """Yield what goes with an item, is not in its document either, and was not heard of."""
    apart = (one for one in wire.linked if one.identity not in here)
    missing = [one for one in apart if not visit.door.knows(one.identity)]
    told = f"{wire.identity[:200]} {wire.version} goes with {len(missing)}"
    if missing and told not in visit.door.read:
        remember(visit, told, "told")
        more = f" and {len(missing) - _MOST_NAMED} more" * (len(missing) > _MOST_NAMED)
        names = ", ".join(map(str, missing[:_MOST_NAMED]))
        message = f"it goes with what did not come through this door: {names}{more}"
        yield Problem(where=wire.identity, code="linked_items", message=message)


def _item(wire: Wire, visit: Visit) -> Item:
    """Return the dispatch that a text is; raises InputError for one that cannot be used."""
    zone = zone_named(visit.source.zone, wire.identity)
    if _is_gone(wire):
        return _withdrawal(wire, zone)
    first, created, embargo = (
        moment(value, zone, wire.identity) if value else None
        for value in (wire.first, wire.created, wire.embargo)
    )
    text, quoted = _worded(wire)
    return Item(
        text=text,
        quoted=quoted,
        dispatch=wire.identity,
        url=wire.url,
        title=wire.headline,
        published=first or created,
        updated=created,
        language=wire.language,
        credits=tuple(_credits(wire, visit.source.publisher)),
        embargo=embargo,
        edition=edition(wire.version, created),
    )


def _withdrawal(wire: Wire, zone: ZoneInfo) -> Item:
    """Return the deletion that a kill is, whatever else is wrong with it."""
    created = lenient_moment(wire.created, zone)
    return Item(
        text="",
        dispatch=wire.identity,
        updated=created,
        deleted=True,
        edition=edition(wire.version, created),
    )


def _is_gone(wire: Wire) -> bool:
    """Tell whether the item may not be used any more; raises InputError where nobody knows."""
    status = code(wire.status)
    if status not in USABLE | _GONE:
        raise InputError(wire.identity, "bad_status", f"unknown status {status[:40]!r}: not used")
    return status in _GONE or wire.embargo == ""


def _worded(wire: Wire) -> tuple[str, tuple[Span, ...]]:
    """Return the clean text and the spans in it that are quoted, its dateline before it."""
    if not _says("".join(part for part, _ in wire.body)):
        brief = next(filter(_says, (wire.summary, wire.headline)), "")
        if not brief:
            raise InputError(wire.identity, "empty_text", "neither a text nor a headline")
        return checked_text(brief, wire.identity), ()
    head = _dateline(wire)
    parts = [(clean(part), is_quoted) for part, is_quoted in wire.body]
    quoted, start = [], len(head)
    for part, is_quoted in parts:
        if is_quoted:
            quoted.append((start, start + len(part)))
        start += len(part) + 1
    text = head + "\n".join(part for part, _ in parts)
    return checked_text(text, wire.identity), tuple(quoted)


def _says(value: str | None) -> bool:
    return any(map(str.isalnum, value or ""))


def _dateline(wire: Wire) -> str:
    """Return the dateline that goes before the text, as agencies print it; "" where it stands there."""
    told = " ".join(clean(wire.dateline or "").split()).rstrip(_DASHES + " ")
    beginning = wire.body[0][0][: 2 * len(told) + 40].casefold()
    place = told.partition(",")[0].partition("(")[0].strip().casefold()
    return f"{told} – " if place and place not in beginning else ""


def _credits(wire: Wire, publisher: str) -> Iterator[Credit]:
    """Yield whom the item credits: its writers, and the agencies that it names as its sources."""
    yield from authors(wire.writers[:_MOST_CREDITS])
    named = dict.fromkeys(" ".join(name.split()) for name in wire.sources[:_MOST_CREDITS])
    for name in named:
        if name and name.casefold() != publisher.casefold():
            yield Credit(kind="agency", name=name)
    for name in dict.fromkeys(wire.pictures[:_MOST_CREDITS]):
        yield Credit(kind="picture", name=name)
