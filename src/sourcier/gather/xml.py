"""XML from outside, read strictly: no entities, no DTD, no network, no absurd nesting."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from sourcier.gather.markup import Element
from sourcier.problems import InputError


def parsed(body: bytes, where: str) -> Element:
    """Return the root of a document; raises InputError (``bad_xml``) naming `where`."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise InputError(where, "bad_xml", f"not sound XML: {error}") from None
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(dtd.iterentities(), None) is not None:  # type: ignore[union-attr]
        raise InputError(where, "bad_xml", "it declares entities of its own")
    return root


def name(element: Element) -> str:
    """Return an element's name without its namespace, whichever version of a format that is of."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element, *wanted: str) -> Iterator[Element]:
    """Yield the children of these names."""
    for child in element:
        if isinstance(child.tag, str) and name(child) in wanted:
            yield child


def within(element: Element, *path: str) -> Iterator[Element]:
    """Yield the elements at the end of a path of names."""
    if not path:
        yield element
        return
    for child in children(element, path[0]):
        yield from within(child, *path[1:])


def text(element: Element, *path: str) -> str:
    """Return the text of the first element at the end of a path that has one, else ""."""
    return next(filter(None, (words(one) for one in within(element, *path))), "")


def words(element: Element) -> str:
    """Return all the text within an element."""
    return "".join(str(piece) for piece in element.itertext("*")).strip()


def every(element: Element, wanted: str) -> Iterator[Element]:
    """Yield the elements of a name wherever they stand, `element` among them."""
    for one in element.iter():
        if isinstance(one.tag, str) and name(one) == wanted:
            yield one
