"""alerts.in.ua: the alerts that are active now, by oblast, raion and hromada.

What is on the list is an alert; what is gone from it is over, since its `finished_at` or since it was seen
gone. The token comes from the environment, goes into one header, and is kept nowhere.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from sourcier.gather import linked as nodes
from sourcier.gather.bulletin import Area, Bulletin, Warned
from sourcier.gather.fetched import Fetched
from sourcier.gather.hazards import hazards
from sourcier.gather.item import Item
from sourcier.gather.moments import moment, zone_named
from sourcier.problems import InputError, Problem

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

_MOST = 5000  # three times the hromadas of Ukraine


def items(visit: Visit) -> Iterator[Item | Problem]:
    """Yield a dispatch for each alert that is on the list, and an end for each that is gone from it."""
    name = visit.source.token
    token = os.environ.get(name, "").strip()
    if not token.isascii() or not token.isprintable() or not token:
        raise InputError(
            visit.source.id, "no_token", f"the environment variable {name} has no token"
        )
    fetched = visit.open({"Authorization": f"Bearer {token}"})
    if fetched is not None:
        yield from visit.read_in(fetched, _changes(_rows(fetched), visit))


def _rows(fetched: Fetched) -> list[Any]:
    try:
        told = json.loads(fetched.body.decode("utf-8-sig"), parse_int=str)
    except (ValueError, RecursionError) as error:
        raise InputError(fetched.url, "bad_alerts", f"not JSON: {error}") from None
    rows = told.get("alerts") if isinstance(told, dict) else None
    if not isinstance(rows, list):
        raise InputError(fetched.url, "bad_alerts", "no list of alerts")
    return rows[:_MOST]


def _changes(rows: list[Any], visit: Visit) -> Iterator[Item | Problem]:
    listed, active = visit.door.listed, set[str]()
    for row in rows:
        try:
            key, item = _item(row, visit)
        except InputError as error:
            active.add(_key(row))
            yield error.problem
            continue
        active.add(key)
        listed[key] = item
        yield item
    for key in [key for key in listed if key not in active]:
        yield _ended(listed.pop(key), visit.now)


def _key(row: Any) -> str:
    return (nodes.text(row, "id") or "") if isinstance(row, dict) else ""


def _item(row: Any, visit: Visit) -> tuple[str, Item]:
    """Return the key and dispatch of a row; raises InputError for one that tells no alert."""
    where, key = visit.source.url, _key(row)
    area, kind = (
        nodes.text(row, name) if key else None for name in ("location_title", "alert_type")
    )
    if not key or not area or not kind:
        raise InputError(where, "bad_alert", f"an alert without id, place or type: {str(row)[:80]}")
    started = _moment(row, "started_at", visit)
    if started is None:
        raise InputError(where, "bad_alert", f"alert {key} does not say when it started")
    oblast = nodes.text(row, "location_oblast")
    codes = tuple(
        f"{name} {code}"
        for name in ("location_uid", "location_oblast_uid")
        if (code := nodes.text(row, name))
    )
    told = Warned(
        event=hazards("alert_words").get(kind, kind.replace("_", " ")),
        areas=(Area(name=area if oblast in {None, area} else f"{area}, {oblast}", codes=codes),),
        start=started,
        ended=_moment(row, "finished_at", visit),
        hazard=hazards("alert_type").get(kind, kind),
        description=nodes.text(row, "notes") or "",
    )
    return key, _written(key, told, _moment(row, "updated_at", visit))


def _written(key: str, told: Warned, updated: datetime | None) -> Item:
    bulletin = Bulletin([told])
    return Item(
        text=bulletin.text,
        dispatch=key,
        published=told.start,
        updated=updated,
        language="uk",
        alerts=tuple(bulletin.alerts),
    )


def _ended(item: Item, when: datetime) -> Item:
    """Return an alert that is gone from the list, as over `when` it was seen gone."""
    if any(fact.state == "ended" for fact in item.alerts):
        return item
    start = item.alerts[0]
    over = replace(start, state="ended", start=max(when, start.start), end=None)
    return replace(item, updated=when, alerts=(replace(start, end=over.start), over))


def _moment(row: dict[str, Any], name: str, visit: Visit) -> datetime | None:
    value = nodes.text(row, name)
    zone = zone_named(visit.source.zone, visit.source.id)
    return moment(value, zone, visit.source.url) if value else None
