"""Which events the wall shows: what its filters say, read from an address and written into one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

FACETS = ("type", "kind", "language", "source", "region", "place")
"""What an event is found by, by a value that it has had."""
STATES = ("unread", "told", "untold", "disputed", "nowhere")
"""What an event is found by, yes or no."""
QUICK: tuple[dict[str, str], ...] = (
    {},
    {"unread": "1"},
    {"kind": "toll"},
    {"kind": "alert"},
    {"disputed": "1"},
)
"""The filters that are one press away, as an address says them."""
VIEWS = ("", "time", "map")
"""How the wall is shown: as a list alone, or with a timeline or a map above it."""
LONGEST = 255
YEARS = range(1970, 2200)
"""Moments of other years are no dispatch's, and near the ends of the calendar no zone can be reckoned."""

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""
Cursor = tuple[datetime, int]
"""The last movement of the last event of a page: its moment and its row."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """The filters set: a value for each facet (empty: any), the states, when something moved.

    `since` (included) and `until` (not) are aware, `box` is where it was; `before` says from where on the
    page goes, `view` how it is shown.
    """

    facets: dict[str, str] = field(default_factory=dict)
    states: tuple[str, ...] = ()
    before: Cursor | None = None
    view: str = ""
    since: datetime | None = None
    until: datetime | None = None
    box: Box | None = None

    def address(self, **more: str) -> str:
        """Return the query string that says the same, with `more` in front."""
        return urlencode({**more, **self.fields()})

    def fields(self) -> dict[str, str]:
        """Return what a form sends that says the same."""
        said = {**self.facets, **dict.fromkeys(self.states, "1")}
        if self.since:
            said["from"] = _written(self.since)
        if self.until:
            said["to"] = _written(self.until)
        if self.box:
            said["box"] = ",".join(f"{edge:.3f}" for edge in self.box)
        if self.view:
            said["view"] = self.view
        if self.before:
            said["before"] = f"{self.before[0].isoformat()}~{self.before[1]}"
        return said

    def chips(self) -> Iterator[tuple[str, str, Sieve]]:
        """Yield each filter set: its name, its value ("" for a state or a span), what is left without."""
        for name, value in self.facets.items():
            rest = {key: kept for key, kept in self.facets.items() if key != name}
            yield name, value, replace(self, facets=rest, before=None)
        for state in self.states:
            rest_of = tuple(kept for kept in self.states if kept != state)
            yield state, "", replace(self, states=rest_of, before=None)
        if self.since or self.until:
            yield "span", "", self.within(None, None)
        if self.box:
            yield "box", "", self.inside(None)

    def within(self, since: datetime | None, until: datetime | None) -> Sieve:
        """Return the same filters for what moved in another span of time."""
        return replace(self, since=since, until=until, before=None)

    def inside(self, box: Box | None) -> Sieve:
        """Return the same filters for what was in another part of the world."""
        return replace(self, box=box, before=None)

    def first(self) -> Sieve:
        """Return the same filters for what moved last."""
        return replace(self, before=None)

    def older(self, last: Cursor) -> Sieve:
        """Return the same filters for what moved before `last`."""
        return replace(self, before=last)

    def shown_as(self, view: str) -> Sieve:
        """Return the same filters for one of `VIEWS`."""
        return replace(self, view=view)

    def __bool__(self) -> bool:
        """Tell whether anything is left out (a later page is no filter)."""
        return bool(self.facets or self.states or self.since or self.until or self.box)


def sieve(sent: Mapping[str, str], zone: str = "UTC") -> Sieve:
    """Return the filters that an address or a form holds; what it says wrong is passed over.

    Its moments without an offset are clock times of `zone` (IANA).
    """
    found = {name: sent.get(name, "").strip()[:LONGEST].replace("\0", "") for name in FACETS}
    states = tuple(state for state in STATES if sent.get(state) == "1")
    facets = {name: value for name, value in found.items() if value}
    view = sent.get("view", "")
    since, until = (_moment(sent.get(name, ""), zone) for name in ("from", "to"))
    if since and until and since >= until:
        since = until = None
    before = _cursor(sent.get("before", ""))
    box = _box(sent.get("box", ""))
    return Sieve(facets, states, before, view if view in VIEWS else "", since, until, box)


def _box(said: str) -> Box | None:
    try:
        west, south, east, north = (float(edge) for edge in said[:LONGEST].split(","))
    except ValueError:
        return None
    held = -180 <= west < east <= 180 and -90 <= south < north <= 90
    return (west, south, east, north) if held else None


def _moment(said: str, zone: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        return None
    if at.year not in YEARS:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def _written(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="auto") + "Z"


def _cursor(said: str) -> Cursor | None:
    moment, _, row = said.partition("~")
    try:
        at, number = datetime.fromisoformat(moment), int(row)
    except ValueError:
        return None
    return (at, number) if at.tzinfo and abs(number) < 1 << 62 else None
