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
    one = _folded(item)
    identity = _identity(one)
    if not identity:
        raise InputError(where, "bad_ninjs", "a news item without uri")
    link = _string(one, "canonicalurl") or _string(one, "link")
    return Wire(
        identity=identity,
        kind=_string(one, "type"),
        status=_string(one, "pubstatus"),
        version=_string(one, "version"),
        created=_string(one, "versioncreated"),
        first=_string(one, "firstcreated") or _string(one, "contentcreated"),
        embargo=_embargo(one),
        headline=_headline(one),
        dateline=_string(one, "dateline"),
        body=_body(one),
        summary=_summary(one),
        language=_string(one, "language"),
        url=joined(where, link) or joined("", _string(one, "uri")),
        writers=tuple(filter(None, [_string(one, "byline") or _string(one, "by")])),
        sources=tuple(_sources(one)),
    )


def _folded(one: Fields) -> Fields:
    """Return the fields under names in lower case, as 1.x and 2.x have them and 3.x would."""
    return {key.lower(): value for key, value in one.items()}


def _string(one: Fields, name: str) -> str | None:
    value = one.get(name)
    return (value.strip() or None) if isinstance(value, str) else None


def _objects(one: Fields, *names: str) -> Iterator[Fields]:
    for name in names:
        value = one.get(name)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield _folded(each)


def _identity(one: Fields) -> str | None:
    """Return what all versions of an item share: its id at the agency, whose uris may differ, or its uri."""
    uri = _string(one, "uri")
    told = dict(_roles(one, "altids"))
    for altids in _objects(one, "altids"):  # of 1.x: an object
        told.setdefault("itemid", _string(altids, "itemid") or "")
    return (told.get("itemid") or uri) if uri else None


def _roles(one: Fields, name: str) -> Iterator[tuple[str, str]]:
    """Yield the roles of a list of values (2.x, 3.x), each with its value as plain text."""
    for each in _objects(one, name):
        if value := _string(each, "value"):
            yield _string(each, "role") or "", worded(value)


def _embargo(one: Fields) -> str | None:
    """Return the end of the embargo, "" where one is told without an end that can be read."""
    told = next((one[name] for name in ("embargoed", "embargo") if one.get(name)), None)
    return told.strip() if isinstance(told, str) else None if told is None else ""


def _headline(one: Fields) -> str | None:
    heads = sorted(_roles(one, "headlines"), key=lambda told: told[0] != "main")
    own, title = (worded(_string(one, name) or "") for name in ("headline", "title"))
    return next(filter(None, [own, *(value for _, value in heads), title]), None)


def _summary(one: Fields) -> str | None:
    listed = (value for role, value in _roles(one, "descriptions") if role not in _CAPTIONS)
    own = (worded(_string(one, f"description_{kind}") or "") for kind in ("text", "html"))
    return next(filter(None, [*listed, *own]), None)


def _body(one: Fields) -> Parts:
    """Return the first body that says something: the main one of a list, or of 1.x the field of its own."""
    listed = [(_string(body, "role") or "", body) for body in _objects(one, "bodies")]
    for role, body in sorted(listed, key=lambda told: told[0] != "main"):
        value, kind = _string(body, "value"), _string(body, "contenttype") or ""
        if value and role in _MAIN and (parts := _parts(value, plain=kind == _PLAIN)):
            return parts
    names = ["body_text", "bodytext", "body_html", *(key for key in one if key.startswith("body_"))]
    for name in names:
        parts = _parts(_string(one, name) or "", plain=name in names[:2])
        if parts:
            return parts
    return ()


def _parts(value: str, *, plain: bool) -> Parts:
    if plain or "<" not in value:
        text = value if plain else worded(value)
        return ((text, False),) if text.strip() else ()
    root = parse(value.encode("utf-8", "replace"))
    return () if root is None else parts_of(root)


def _sources(one: Fields) -> Iterator[str]:
    """Yield the agencies that the item names as its sources, or credits."""
    for source in _objects(one, "infosources", "infosource"):
        yield worded(_string(source, "name") or "")
    for role, value in _roles(one, "descriptions"):
        if role == "creditline":
            yield from value.split("/")
