"""HTML from outside: parsed without the network, searched, and written as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import cast

from lxml import etree, html
from lxml.etree import _Element

Element = _Element

_BREAKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset"),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
        *("hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"),
    )
)
_SILENT = frozenset(("script", "style", "noscript", "template", "svg", "iframe"))
_SPACES = re.compile(r"[ \t\r\n\f]+")  # not the no-break ones: they are the outlet's typography
_LINE_ENDS = re.compile(r" *\n[ \n]*")


def parse(page: bytes) -> Element | None:
    """Return the root of an HTML page, None where there is no element in it.

    Bytes that are UTF-8 are read as such, others as the page declares.
    """
    try:
        page.decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = None
    parser = html.HTMLParser(
        recover=True, no_network=True, remove_comments=True, remove_pis=True, encoding=encoding
    )
    try:
        return html.document_fromstring(page, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def elements(root: Element, path: str) -> list[Element]:
    """Return the elements that an XPath finds."""
    return cast("list[Element]", root.xpath(path))


def strings(root: Element, path: str) -> list[str]:
    """Return the attributes or texts that an XPath finds."""
    return [str(value) for value in cast("list[str]", root.xpath(path))]


def plain(fragment: str) -> str:
    """Return the text of a piece of HTML, one line a paragraph."""
    root = parse(fragment.encode("utf-8", "replace"))
    return "" if root is None else text_of(root)


def text_of(root: Element) -> str:
    """Return the text within `root`: spaces collapsed, a line break for each block and ``br``."""
    return _trimmed(piece for piece, _ in _pieces(root))


def quoted_parts(root: Element) -> list[tuple[str, bool]]:
    """Return the text within `root` in parts, each a line or more, and whether it is in a ``blockquote``."""
    grouped = groupby(_pieces(root), key=lambda piece: piece[1])
    parts = ((_trimmed(piece for piece, _ in group), quoted) for quoted, group in grouped)
    return [(text, quoted) for text, quoted in parts if text]


def _trimmed(pieces: Iterable[str]) -> str:
    return _LINE_ENDS.sub("\n", "".join(pieces)).strip()


def _pieces(root: Element) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of the text within `root`, and whether each is in a ``blockquote``.

    It walks without recursion, since the nesting is the sender's choice.
    """
    depth = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start" and element.tag == "blockquote":
            depth += 1
        if element.tag in _BREAKS:
            yield "\n", depth > 0
        if event == "start" and element.tag in _SILENT:
            walk.skip_subtree()
        elif event == "start":
            yield _SPACES.sub(" ", element.text or ""), depth > 0
        if event == "end":
            depth -= element.tag == "blockquote"
            if element is not root:
                yield _SPACES.sub(" ", element.tail or ""), depth > 0
