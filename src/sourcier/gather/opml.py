"""OPML 2.0: the subscriptions that feed readers keep, to and from sources."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from lxml import etree

from sourcier.problems import InputError, Problem
from sourcier.types import Source

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=False)
_WORD = re.compile(r"[a-z0-9]+")


def read_opml(data: bytes, name: str) -> Iterator[Source | Problem]:
    """Yield the feed that each outline names, in order; folders are walked through, repeats left out.

    Raises InputError naming `name` for what is no OPML.
    """
    try:
        root = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as error:
        raise InputError(name, "bad_opml", f"no OPML: {error}") from None
    if root.tag != "opml":
        raise InputError(name, "bad_opml", f"no OPML: it begins with <{root.tag}>")
    ids: set[str] = set()
    urls: set[str] = set()
    for outline in root.iter("outline"):
        url = (outline.get("xmlUrl") or "").strip()
        if not url or url in urls:
            continue
        urls.add(url)
        yield _source(url, outline.get("title") or outline.get("text") or "", ids, name)


def _source(url: str, title: str, ids: set[str], name: str) -> Source | Problem:
    try:
        host = urlsplit(url).hostname
    except ValueError:
        host = None
    if not host:
        return Problem(where=name, code="bad_url", message=f"not a web address: {url[:200]}")
    title = " ".join(title.split()) or host
    return Source(id=_id(title, host, ids), kind="feed", url=url, publisher=title)


def _id(title: str, host: str, taken: set[str]) -> str:
    """Return a short name of Latin letters that no other source has, of the title or else of the host."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = "-".join(_WORD.findall(plain)) or "-".join(_WORD.findall(host.lower())) or "feed"
    found, number = stem, 2
    while found in taken:
        found, number = f"{stem}-{number}", number + 1
    taken.add(found)
    return found


def write_opml(sources: Iterable[Source], title: str) -> bytes:
    """Return the feeds among `sources` as OPML."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = title
    body = etree.SubElement(root, "body")
    for source in sources:
        if source.kind == "feed":
            name = source.publisher
            etree.SubElement(body, "outline", type="rss", text=name, title=name, xmlUrl=source.url)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def as_toml(source: Source) -> str:
    """Return the table of ``sources.toml`` that a feed is, to be looked over by whoever takes it in."""
    fields = ("id", "kind", "url", "publisher")
    lines = (f"{name} = {_quoted(getattr(source, name))}" for name in fields)
    return "\n".join(("[[source]]", *lines)) + "\n"


def _quoted(text: str) -> str:
    """Return a basic string of TOML; what it forbids is escaped."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\u{ord(found[0]):04x}", escaped) + '"'
