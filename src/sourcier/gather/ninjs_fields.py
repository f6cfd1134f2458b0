"""The fields of a ninjs item, as its versions call them: 1.x, 2.x with lists of roles, 3.x in camel case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sourcier.gather.feed_entry import worded
from sourcier.gather.links import joined
from sourcier.gather.markup import parse
from sourcier.gather.wire import Parts, Wire, parts_of
from sourcier.problems import InputError

Fields = dict[str, Any]

_PLAIN = "text/plain"
_MAIN = frozenset(("main", "body", ""))
_CAPTIONS = frozenset(("caption", "creditline"))


def wire(item: Fields, where: str) -> Wire:
    """Return what an item says; raises InputError naming `where` for one that nobody can name again."""
    one = folded(item)
    named = identity(one)
    if not named:
        raise InputError(where, "bad_ninjs", "a news item without uri")
    link = string(one, "canonicalurl") or string(one, "link")
    return Wire(
        identity=named,
        kind=string(one, "type"),
        status=string(one, "pubstatus"),
        version=string(one, "version"),
        created=string(one, "versioncreated"),
        first=string(one, "firstcreated") or string(one, "contentcreated"),
        embargo=_embargo(one),
        headline=headline(one),
        dateline=string(one, "dateline"),
        body=body(one),
        summary=_summary(one),
        language=string(one, "language"),
        url=joined(where, link) or joined("", string(one, "uri")),
        writers=byline(one),
        sources=tuple(sources(one)),
    )


def folded(one: Fields) -> Fields:
    """Return the fields under names in lower case, as 1.x and 2.x have them and 3.x would."""
    return {key.lower(): value for key, value in one.items()}


def string(one: Fields, name: str) -> str | None:
    """Return the value of a field, None where it says nothing or is no string."""
    value = one.get(name)
    return (value.strip() or None) if isinstance(value, str) else None


def _objects(one: Fields, *names: str) -> Iterator[Fields]:
    for name in names:
        value = one.get(name)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield folded(each)


def identity(one: Fields) -> str | None:
    """Return what all versions of an item share: its id at the agency, whose uris may differ, or its uri."""
    uri = string(one, "uri")
    told = dict(_roles(one, "altids"))
    for altids in _objects(one, "altids"):  # of 1.x: an object
        told.setdefault("itemid", string(altids, "itemid") or "")
    return (told.get("itemid") or uri) if uri else None


def _roles(one: Fields, name: str) -> Iterator[tuple[str, str]]:
    """Yield the roles of a list of values (2.x, 3.x), each with its value as plain text."""
    for each in _objects(one, name):
        if value := string(each, "value"):
            yield string(each, "role") or "", worded(value)


def _embargo(one: Fields) -> str | None:
    """Return the end of the embargo, "" where one is told without an end that can be read."""
    told = next((one[name] for name in ("embargoed", "embargo") if one.get(name)), None)
    return told.strip() if isinstance(told, str) else None if told is None else ""


def headline(one: Fields) -> str | None:
    """Return the main headline, else another, else the title."""
    heads = sorted(_roles(one, "headlines"), key=lambda told: told[0] != "main")
    own, title = (worded(string(one, name) or "") for name in ("headline", "title"))
    return next(filter(None, [own, *(value for _, value in heads), title]), None)


def _summary(one: Fields) -> str | None:
    listed = (value for role, value in _roles(one, "descriptions") if role not in _CAPTIONS)
    own = (worded(string(one, f"description_{kind}") or "") for kind in ("text", "html"))
    return next(filter(None, [*listed, *own]), None)


def body(one: Fields) -> Parts:
    """Return the first body that says something: the main one of a list, or of 1.x the field of its own."""
    listed = [(string(body, "role") or "", body) for body in _objects(one, "bodies")]
    for role, body in sorted(listed, key=lambda told: told[0] != "main"):
        value, kind = string(body, "value"), string(body, "contenttype") or ""
        if value and role in _MAIN and (parts := _parts(value, plain=kind == _PLAIN)):
            return parts
    names = ["body_text", "bodytext", "body_html", *(key for key in one if key.startswith("body_"))]
    for name in names:
        parts = _parts(string(one, name) or "", plain=name in names[:2])
        if parts:
            return parts
    return ()


def _parts(value: str, *, plain: bool) -> Parts:
    if plain or "<" not in value:
        text = value if plain else worded(value)
        return ((text, False),) if text.strip() else ()
    root = parse(value.encode("utf-8", "replace"))
    return () if root is None else parts_of(root)


def byline(one: Fields) -> tuple[str, ...]:
    """Return who wrote the item, or made what it shows."""
    return tuple(filter(None, [string(one, "byline") or string(one, "by")]))


def sources(one: Fields) -> Iterator[str]:
    """Yield the agencies that the item names as its sources, or credits."""
    for source in _objects(one, "infosources", "infosource"):
        yield worded(string(source, "name") or "")
    for role, value in _roles(one, "descriptions"):
        if role == "creditline":
            yield from value.split("/")
