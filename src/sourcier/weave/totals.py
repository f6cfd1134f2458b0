"""Totals: the origins of all news, counted anew only as far as something that they rest on changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sourcier.types import Claim, Origin, Origins

if TYPE_CHECKING:
    from sourcier.weave.known import Known


class Totals:
    """Who carries a whole story, and from which origins."""

    def __init__(self) -> None:
        self._fresh: set[str] = set()
        self._keys: dict[str, set[str]] = {}
        self._captures: dict[str, dict[str, None]] = {}
        self._origins: dict[str, Origin] = {}
        self._carriers: dict[str, tuple[str, str]] = {}
        self._outlets: Counter[str] = Counter()
        self._dispatches: Counter[str] = Counter()

    def look_again(self, captures: Iterable[str]) -> None:
        """Note that something changed about captures: their claims, their origins, whether they stand."""
        self._fresh.update(captures)

    def origins(self, known: Known) -> Origins:
        """Return the origins as they stand now."""
        fresh, self._fresh = sorted(self._fresh), set()
        moved: set[str] = set()
        for name in fresh:
            self._carry(known, name)
            moved |= self._place(name, {_key(known, claim) for claim in _news(known, name)})
        for key in moved:
            self._make(known, key)
        found = sorted(self._origins.values(), key=lambda o: (-len(o.captures), o.key))
        return Origins(
            outlets=len(self._outlets), dispatches=len(self._dispatches), origins=tuple(found)
        )

    def _carry(self, known: Known, name: str) -> None:
        """Count who published a capture and which dispatch it is, unless that was deleted."""
        for tally, what in zip(
            (self._outlets, self._dispatches), self._carriers.pop(name, ()), strict=False
        ):
            tally[what] -= 1
            if not tally[what]:
                del tally[what]
        capture = known.captures.get(name)
        if capture is not None and not known.dispatches.is_deleted(capture.dispatch):
            outlet = capture.publisher or capture.dispatch
            self._carriers[name] = outlet, capture.dispatch
            self._outlets[outlet] += 1
            self._dispatches[capture.dispatch] += 1

    def _place(self, name: str, keys: set[str]) -> set[str]:
        """Let a capture stand under the keys of its origins alone; return the keys that this concerns."""
        before = self._keys.get(name, set())
        for key in before - keys:
            del self._captures[key][name]
        for key in keys:
            self._captures.setdefault(key, {})[name] = None
        self._keys[name] = keys
        return before | keys

    def _make(self, known: Known, key: str) -> None:
        told = (claim for name in self._captures[key] for claim in _news(known, name))
        made = known.tracer.origins(claim for claim in told if _key(known, claim) == key).origins
        if made:
            self._origins[key] = made[0]
        else:
            self._origins.pop(key, None)
            del self._captures[key]


def _news(known: Known, name: str) -> list[Claim]:
    """Return the news of a capture; none where its dispatch was deleted."""
    told = (claim for claim in known.told[name] if claim.role == "news")
    return [claim for claim in told if not known.dispatches.is_deleted(claim.dispatch)]


def _key(known: Known, claim: Claim) -> str:
    return known.tracer.trace(claim).speaker.key
