"""A feed in XML made sound, so that what reads it meets well-formed XML of bounded depth alone.

Feeds come with a wrong charset, HTML's entities, bare ampersands, control characters, prefixes that were
never declared and without their end. lxml recovers from most, but drops what it does not know: so
characters are put right first. Time is linear in the length.
"""

from __future__ import annotations

import html
import re
from html.entities import name2codepoint

from lxml import etree

from sourcier.gather.feed_entry import MOST_ENTRIES
from sourcier.gather.markup import Element

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_DECLARED = re.compile(rb"""^[^>]{0,100}?encoding\s{0,9}=\s{0,9}["']([A-Za-z0-9._-]{1,40})""")
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.-]{1,40})", re.IGNORECASE)
_PROLOG = re.compile(r"\s*<\?xml[^>]*>")
_AMPERSAND = re.compile(r"&(?:(#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|\w{2,31};)?)", re.ASCII)
_XML_ENTITIES = frozenset(("lt;", "gt;", "amp;", "quot;", "apos;"))
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_ENTRIES = frozenset(("item", "entry"))
_PROSE = frozenset(("title", "summary", "content", "description", "encoded", "body"))
_DEEPEST = 12  # of an entry's elements, its prose aside: ``source/author/name`` is 3
_TAIL = 2000  # characters in which a feed's end is looked for: caches write comments behind it


class Sound:
    """A repaired feed: `xml` in UTF-8, how many entries were `cut`, whether it was `whole`."""

    def __init__(self, root: Element, text: str) -> None:
        found = list(_entries(root))
        self.root = root
        self.whole = _ends(text, local_name(root))
        last = min(max(0, len(found) - (not self.whole)), MOST_ENTRIES)
        self.cut = max(0, len(found) - MOST_ENTRIES)
        for _, entry in found[:last]:
            _flatten(entry)
        for parent, entry in found[last:]:
            parent.remove(entry)
        self.xml = etree.tostring(root, encoding="utf-8", with_tail=False)


def repaired(body: bytes, content_type: str | None) -> Sound | None:
    """Return the feed that `body` is, made sound; None where there is no XML in it."""
    text = _PROLOG.sub("", decoded(body, content_type), count=1).lstrip()
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    text = _escaped(_NO_XML.sub(" ", text))
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return None if root is None else Sound(root, text)


def decoded(body: bytes, content_type: str | None) -> str:
    """Return the text of `body`: UTF-8 where it is that, else as the header or the file itself declares.

    What is in none of these is Windows-1252, what most of them are.
    """
    named = _HEADER.search(content_type or "")
    declared = _DECLARED.match(body[:200])
    charsets = [
        "utf-16" if body[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig",
        declared[1].decode("ascii") if declared else "",
        named[1] if named else "",
    ]
    for charset in filter(None, charsets):
        try:
            return body.decode(charset)
        except (UnicodeError, LookupError):
            continue
    return body.decode("cp1252", "replace")


def local_name(element: Element) -> str:
    """Return an element's name without its namespace or prefix, in lower case."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _escaped(text: str) -> str:
    """Return the XML with HTML's entities as characters and bare ampersands escaped, CDATA as it is."""
    pieces: list[str] = []
    here = 0
    while (start := text.find(_CDATA, here)) >= 0:
        end = text.find(_CDATA_END, start)
        end = len(text) if end < 0 else end + len(_CDATA_END)
        pieces += [_AMPERSAND.sub(_entity, text[here:start]), text[start:end]]
        here = end
    return "".join((*pieces, _AMPERSAND.sub(_entity, text[here:])))


def _entity(match: re.Match[str]) -> str:
    name = match[1] or ""
    if name.startswith("#") or name in _XML_ENTITIES:
        return match[0]
    point = name2codepoint.get(name.removesuffix(";")) if name else None
    return chr(point) if point else "&amp;" + name


def _entries(root: Element) -> list[tuple[Element, Element]]:
    """Return the entries with their parents, wherever a dialect puts them: in the channel or beside it."""
    tops = [root, *(child for child in root if local_name(child) in {"channel", "items"})]
    return [(top, child) for top in tops for child in top if local_name(child) in _ENTRIES]


def _ends(text: str, name: str) -> bool:
    """Tell whether the last tag that closes is the root's."""
    last = text[-_TAIL:].rpartition("</")[2]
    return bool(re.match(rf"(?:\w+:)?{re.escape(name)}\s*>", last, re.IGNORECASE))


def _flatten(entry: Element) -> None:
    """Write the markup within an entry's prose as text, and cut what is nested absurdly deep."""
    for child in entry:
        if local_name(child) in _PROSE and len(child):
            child.text = html.escape(child.text or "") + "".join(_markup(one) for one in child)
            del child[:]
            child.set("type", "html")
    _prune(entry, _DEEPEST)


def _markup(element: Element) -> str:
    for one in element.iter():
        if isinstance(one.tag, str):
            one.tag = local_name(one)
    return etree.tostring(element, encoding="unicode")


def _prune(element: Element, levels: int) -> None:
    for child in list(element):
        if levels:
            _prune(child, levels - 1)
        else:
            element.remove(child)
