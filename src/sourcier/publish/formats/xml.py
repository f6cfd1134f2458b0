"""XML for the formats that are XML: elements from (name, attributes, children), written as bytes."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any, Final

from lxml import etree

LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def root(
    namespace: str, name: str, others: dict[str, str] | None = None, **attributes: str
) -> etree._Element:
    """Return a document's element; `others` are more namespaces by their prefix."""
    known: Any = {None: namespace, **(others or {})}  # the types know no default namespace
    return etree.Element(f"{{{namespace}}}{name}", attributes, nsmap=known)


def add(
    parent: etree._Element,
    name: str,
    text: str | None = None,
    namespace: str | None = None,
    **attributes: str | None,
) -> etree._Element:
    """Append an element of the parent's namespace, or of `namespace`; null attributes are left out.

    An attribute named ``lang`` with a trailing underscore is ``xml:lang``.
    """
    space = namespace if namespace is not None else etree.QName(parent).namespace
    tag = f"{{{space}}}{name}" if space else name
    child = etree.SubElement(parent, tag)
    for key, value in attributes.items():
        if value is not None:
            child.set(LANG if key == "lang_" else key.rstrip("_"), clean(value))
    if text is not None:
        child.text = clean(text)
    return child


def clean(text: str) -> str:
    """Return `text` without the characters that XML 1.0 cannot hold."""
    return _NOT_XML.sub("", text)


def moment(when: datetime) -> str:
    """Return an RFC 3339 moment in UTC; raises ValueError for one without its offset."""
    if when.tzinfo is None:
        raise ValueError(f"a moment without its offset: {when}")
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def written(element: etree._Element) -> bytes:
    """Return the document, in UTF-8."""
    return etree.tostring(element, xml_declaration=True, encoding="utf-8", pretty_print=True)
