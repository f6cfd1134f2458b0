"""One poll of one door."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, cast

from sourcier.gather.item import Item
from sourcier.gather.state import State
from sourcier.gather.visit import Visit
from sourcier.problems import InputError, Problem
from sourcier.types import Capture, Source, SourceKind

if TYPE_CHECKING:  # the network is loaded by those who open a door
    from sourcier.gather.evidence import Evidence
    from sourcier.gather.web import Web

Items = Callable[[Visit], Iterator[Item | Problem]]

_MODULES: dict[SourceKind, str] = {
    "feed": "feed",
    "page": "page",
    "telegram": "telegram",
    "telegram-client": "telegram_client",
    "telegram-export": "telegram_export",
    "ninjs": "ninjs",
    "newsml": "newsml",
    "cap": "cap",
    "alerts": "alerts",
    "mail": "mail",
    "file": "folder",
    "warc": "warc",
    "jsonl": "records",
    "parquet": "parquet",
}
"""The module of each kind of door: its `items` yields what is behind it. Loaded by who opens one."""


def gather(
    source: Source,
    state: State,
    *,
    now: datetime,
    web: Web,
    evidence: Evidence | None = None,
) -> Iterator[Capture | Problem]:
    """Poll `source` once: yield what is new, edited or deleted behind it since `state` last saw it.

    What is wrong with one entry is a Problem beside the others; a door that does not open is one
    Problem. `now` is when the captures count as retrieved. The bytes that they were read from are kept
    as `evidence`.
    """
    door = state.door(source)
    visit = Visit(source, door, now, web)
    new = found_all = 0
    try:
        for found in _found(visit):
            if isinstance(found, Problem):
                yield found
                continue
            found_all += 1
            capture = door.turn(found, source, now)
            if evidence and (capture or found.embargo):
                _keep(found, visit, evidence)
            if capture:
                new += 1
                yield capture
    except InputError as error:
        if visit.opened:
            door.forget_bytes()  # the same again is the same trouble, not "nothing new"
        door.pulse.went_wrong(error, now)
        yield error.problem
    else:
        door.pulse.went_well(now, new, found_all if visit.opened else None)


def _found(visit: Visit) -> Iterator[Item | Problem]:
    yield from visit.door.due(visit.now)
    name = _MODULES.get(visit.source.kind)
    if name is None:
        kind = visit.source.kind
        raise InputError(visit.source.id, "kind_not_ready", f"no door of kind {kind!r} yet")
    module = import_module(f"sourcier.gather.{name}")
    yield from cast("Items", module.items)(visit)


def _keep(item: Item, visit: Visit, evidence: Evidence) -> None:
    """Keep the bytes that `item` was read from; those of one that was held are kept already."""
    fetched = visit.bytes_of(item.raw) if item.raw else None
    if fetched:
        evidence.keep(fetched)
