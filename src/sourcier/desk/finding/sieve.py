"""Which events the wall shows: what its filters say, read from an address and written into one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlencode

FACETS = ("type", "kind", "language", "source", "region", "place")
"""What an event is found by, by a value that it has had."""
STATES = ("unread", "told", "untold", "disputed")
"""What an event is found by, yes or no."""
LONGEST = 255

Cursor = tuple[datetime, int]
"""The last movement of the last event of a page: its moment and its row."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """The filters set: a value for each facet (empty: any), the states, from where on, on a map or not."""

    facets: dict[str, str] = field(default_factory=dict)
    states: tuple[str, ...] = ()
    before: Cursor | None = None
    view: str = ""

    def address(self, **more: str) -> str:
        """Return the query string that says the same, with `more` in front."""
        said = {**more, **self.facets, **dict.fromkeys(self.states, "1")}
        if self.view:
            said["view"] = self.view
        if self.before:
            said["before"] = f"{self.before[0].isoformat()}~{self.before[1]}"
        return urlencode(said)

    def chips(self) -> Iterator[tuple[str, str, Sieve]]:
        """Yield each filter set: its name, its value ("" for a state), and what is left without it."""
        for name, value in self.facets.items():
            rest = {key: kept for key, kept in self.facets.items() if key != name}
            yield name, value, replace(self, facets=rest, before=None)
        for state in self.states:
            rest_of = tuple(kept for kept in self.states if kept != state)
            yield state, "", replace(self, states=rest_of, before=None)

    def older(self, last: Cursor) -> Sieve:
        """Return the same filters for what moved before `last`."""
        return replace(self, before=last)

    def shown_as(self, view: str) -> Sieve:
        """Return the same filters for the list ("") or the map."""
        return replace(self, view=view)

    def __bool__(self) -> bool:
        """Tell whether anything is left out (a later page is no filter)."""
        return bool(self.facets or self.states)


def sieve(sent: Mapping[str, str]) -> Sieve:
    """Return the filters that an address holds; what it says wrong is passed over."""
    found = {name: sent.get(name, "").strip()[:LONGEST].replace("\0", "") for name in FACETS}
    states = tuple(state for state in STATES if sent.get(state) == "1")
    facets = {name: value for name, value in found.items() if value}
    view = "map" if sent.get("view") == "map" else ""
    return Sieve(facets, states, _cursor(sent.get("before", "")), view)


def _cursor(said: str) -> Cursor | None:
    moment, _, row = said.partition("~")
    try:
        at, number = datetime.fromisoformat(moment), int(row)
    except ValueError:
        return None
    return (at, number) if at.tzinfo and abs(number) < 1 << 62 else None
