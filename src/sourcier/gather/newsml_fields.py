"""The fields of a NewsML-G2 item, and its body in NITF, XHTML or as text."""

from __future__ import annotations

from collections.abc import Iterator

from sourcier.gather.feed_entry import worded
from sourcier.gather.markup import Element
from sourcier.gather.wire import PACKAGE, Linked, Parts, Wire, parts_of, renamed
from sourcier.gather.xml import every, text, within, words
from sourcier.problems import InputError

_BODIES = ("body.content", "body")  # of NITF, of XHTML
_OF_HTML = {"hl2": "h2", "bq": "blockquote", "block": "div", "note": "div"}
"""What HTML calls the blocks of NITF."""

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MOST_NAMES = 50
_MOST_REFERENCES = 1_000


def wire(one: Element, where: str) -> Wire:
    """Return what a `newsItem` says; raises InputError naming `where` for one without a guid."""
    identity = (one.get("guid") or "").strip()
    if not identity:
        raise InputError(where, "bad_newsml", "a news item without guid")
    created = text(one, "contentMeta", "contentCreated")
    return Wire(
        identity=identity,
        kind=_concept(one, "itemMeta", "itemClass"),
        status=_concept(one, "itemMeta", "pubStatus"),
        version=one.get("version"),
        created=text(one, "itemMeta", "versionCreated"),
        first=text(one, "itemMeta", "firstCreated") or created,
        embargo=_embargo(one),
        headline=_line(one, "contentMeta", "headline") or _line(one, "itemMeta", "title"),
        dateline=_dateline(one),
        body=_body(one),
        summary=_line(one, "contentMeta", "description"),
        language=_language(one),
        writers=tuple(_writers(one)),
        sources=tuple(_sources(one)),
        pictures=tuple(_pictures(one)),
    )


def package(one: Element, where: str) -> Wire:
    """Return what a `packageItem` says: the items that go together, by the names that it gives them."""
    references = list(every(one, "itemRef"))[:_MOST_REFERENCES]
    return Wire(
        identity=(one.get("guid") or "").strip() or where,
        kind=PACKAGE,
        version=one.get("version"),
        linked=tuple(found for each in references if (found := _linked(each))),
    )


def _linked(reference: Element) -> Linked | None:
    names = (reference.get(key) for key in ("residref", "guidref", "href"))
    identity = next(filter(None, names), None)
    called = _line(reference, "headline") or _line(reference, "title")
    return Linked(identity.strip(), called or "") if identity else None


def _concept(one: Element, *path: str) -> str:
    """Return the concept at a path, as a code or an address."""
    found = (each.get("qcode") or each.get("uri") or "" for each in within(one, *path))
    return next(found, "")


def _line(one: Element, *path: str) -> str | None:
    return " ".join(text(one, *path).split()) or None


def _embargo(one: Element) -> str | None:
    """Return the end of the embargo; an empty element is one without an end, as the standard has it."""
    for element in within(one, "itemMeta", "embargoed"):
        return (element.text or "").strip()
    return None


def _dateline(one: Element) -> str | None:
    """Return the dateline of the item, or that of its body in NITF."""
    own = _line(one, "contentMeta", "dateline")
    nitf = (" ".join(" ".join(map(str, each.itertext("*"))).split()) for each in _heads(one))
    return own or next(nitf, None)


def _heads(one: Element) -> Iterator[Element]:
    """Yield the datelines in the head of a body in NITF."""
    for inline in within(one, "contentSet", "inlineXML"):
        for head in every(inline, "body.head"):
            yield from every(head, "dateline")


def _body(one: Element) -> Parts:
    """Return the first body that says something."""
    for inline in within(one, "contentSet", "inlineXML"):
        for wanted in _BODIES:
            bodies = (parts_of(renamed(body, _OF_HTML)) for body in every(inline, wanted))
            if parts := tuple(part for body in bodies for part in body):
                return parts
    for inline in within(one, "contentSet", "inlineData"):
        if told := worded(inline.text or ""):
            return ((told, False),)
    return ()


def _language(one: Element) -> str | None:
    tags = (each.get("tag") for each in within(one, "contentMeta", "language"))
    return next(filter(None, tags), one.get(_LANG))


def _writers(one: Element) -> list[str]:
    """Return the names of the creators, else the byline."""
    creators = list(within(one, "contentMeta", "creator"))[:_MOST_NAMES]
    named = [told for each in creators if (told := _line(each, "name"))]
    byline = _line(one, "contentMeta", "by")
    return named or ([byline] if byline else [])


def _sources(one: Element) -> Iterator[str]:
    """Yield the sources of information, by name or, where there is none, as they are written."""
    for source in list(within(one, "contentMeta", "infoSource"))[:_MOST_NAMES]:
        yield _line(source, "name") or source.get("literal") or ""
    yield from text(one, "contentMeta", "creditline").split("/")


def _pictures(one: Element) -> Iterator[str]:
    """Yield who made the pictures that a body in NITF holds."""
    for inline in within(one, "contentSet", "inlineXML"):
        for maker in list(every(inline, "media-producer"))[:_MOST_NAMES]:
            if told := " ".join(words(maker).split()):
                yield told
