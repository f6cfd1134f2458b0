"""One poll of one door."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from sourcier.gather.folder import items as folder_items
from sourcier.gather.folder import local_path, read_file
from sourcier.gather.item import Item, adapted
from sourcier.gather.records import decode_records, item_of
from sourcier.gather.state import State
from sourcier.problems import InputError, Problem
from sourcier.types import Capture, Source

if TYPE_CHECKING:  # the network and the parsers are loaded by the doors that need them
    import httpx

_READY = {"feed", "page", "telegram", "file", "jsonl"}


def open_client() -> httpx.Client:
    """Return the HTTP client that `gather` takes; the caller closes it."""
    from sourcier.gather import http

    return http.open_client()


def gather(
    source: Source, state: State, *, now: datetime, client: httpx.Client
) -> Iterator[Capture | Problem]:
    """Poll `source` once: yield what is new, edited or deleted behind it since `state` last saw it.

    What is wrong with one entry is a Problem beside the others; a door that does not open is one
    Problem. `now` is when the captures count as retrieved.
    """
    try:
        for found in _items(source, state, client):
            if isinstance(found, Problem):
                yield found
            elif capture := state.turn(found, source, now):
                yield capture
    except InputError as error:
        yield error.problem


def _items(source: Source, state: State, client: httpx.Client) -> Iterator[Item | Problem]:
    if source.kind not in _READY:
        raise InputError(source.id, "kind_not_ready", f"no door of kind {source.kind!r} yet")
    if source.kind == "file":
        return folder_items(source)
    body = _body(source, state, client)
    return iter(()) if body is None else _parsed(body, source, state)


def _body(source: Source, state: State, client: httpx.Client) -> bytes | None:
    path = local_path(source)
    if path is not None:
        body = read_file(path)
        return body if state.door(source).is_news(body) else None
    from sourcier.gather import http

    return http.fetch(source.url, state.door(source), client)


def _parsed(body: bytes, source: Source, state: State) -> Iterator[Item | Problem]:
    if source.kind == "feed":
        from sourcier.gather import feed

        return feed.items(body, source)
    if source.kind == "page":
        from sourcier.gather import page

        return page.items(body, source)
    if source.kind == "telegram":
        from sourcier.gather import telegram

        known = {dispatch for dispatch, _ in state.live(source)}
        return telegram.items(body, source, known)
    return _lines(body, source)


def _lines(body: bytes, source: Source) -> Iterator[Item | Problem]:
    for found in decode_records(body.splitlines(), source.url):
        if isinstance(found, Problem):
            yield found
        else:
            yield from adapted([found], lambda entry: item_of(entry[1], entry[0], source.zone))
