"""Pages of an export of Telegram's desktop client (``messages.html``), as posts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from msgspec import UNSET

from sourcier.gather.markup import Element, elements, parse, strings, text_of
from sourcier.gather.moments import moment, zone_named
from sourcier.gather.telegram_posts import Post, parts_of
from sourcier.problems import InputError, Problem
from sourcier.types import Credit, Source


def _of(name: str) -> str:
    """Return the condition of an XPath that an element has a class."""
    return f"[contains(concat(' ', @class, ' '), ' {name} ')]"


_MESSAGES = f"//div{_of('message')}{_of('default')}[starts-with(@id, 'message')]"
_BODY = f"./div{_of('body')}"
_FORWARDED = f"./div{_of('forwarded')}{_of('body')}"
_NAME = f"./div{_of('from_name')}"
_TEXT = f"./div{_of('text')}"
_STAMP = f"./div{_of('date')}{_of('details')}/@title"
_FORWARD_STAMP = f".//span{_of('date')}{_of('details')}"
_MEDIA = f"./div{_of('media_wrap')}"
_NUMBER = re.compile(r"message(\d{1,18})", re.ASCII)
_WHEN = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d)(?: UTC([+-]\d\d:\d\d))?", re.ASCII)


def html_posts(body: bytes, source: Source) -> Iterator[Post | Problem]:
    """Yield the messages of a page; raises InputError for a page without any.

    A message that is joined to the one before it, and forwarded as that was, has its origin.
    """
    root = parse(body)
    found = elements(root, _MESSAGES) if root is not None else []
    if not found:
        raise InputError(source.url, "no_export", "no messages: not a page of an export")
    origin: Credit | None = None
    for message in found:
        joined = "joined" in str(message.get("class")).split()
        try:
            post = _post(message, source, origin if joined else None)
        except InputError as error:
            yield error.problem
            continue
        origin = post.forward
        yield post


def _post(message: Element, source: Source, before: Credit | None) -> Post:
    name = str(message.get("id"))
    number = _NUMBER.fullmatch(name)
    where = f"{source.url} {name[:60]}"
    body = next(iter(elements(message, _BODY)), None)
    if number is None or body is None:
        raise InputError(where, "bad_message", "a message without number or body")
    forwarded = next(iter(elements(body, _FORWARDED)), None)
    content = body if forwarded is None else forwarded
    stamp = next(iter(strings(body, _STAMP)), "")
    published = _moment(stamp, source, where)
    if published is None:
        raise InputError(where, "bad_date", f"not a date of an export: {stamp[:60]!r}")
    return Post(
        number=int(number.group(1)),
        where=where,
        parts=parts_of(elements(content, _TEXT)),
        published=published,
        album=stamp if elements(content, _MEDIA) else None,
        forward=(_origin(forwarded, source, where) or before) if forwarded is not None else None,
    )


def _origin(forwarded: Element, source: Source, where: str) -> Credit | None:
    """Return whom a message is forwarded from, and when that one posted it."""
    for name in elements(forwarded, _NAME):
        stamps = elements(name, _FORWARD_STAMP)
        told = text_of(name)
        for stamp in stamps:
            told = told.removesuffix(text_of(stamp)).strip()
        when = _moment(str(stamps[0].get("title")), source, where) if stamps else None
        return Credit(kind="forward", name=told or None, published=when or UNSET)
    return None


def _moment(stamp: str, source: Source, where: str) -> datetime | None:
    """Return the moment that "22.11.2024 06:11:00 UTC+02:00" gives, else None; older ones name no zone."""
    found = _WHEN.fullmatch(stamp.strip())
    if found is None:
        return None
    day, month, year, clock, offset = found.groups(default="")
    return moment(f"{year}-{month}-{day}T{clock}{offset}", zone_named(source.zone, where), where)
