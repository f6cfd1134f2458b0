"""Speakers: one key for whoever goes by several names, in several languages and scripts.

A person is known by the surname and the initial, an office ("the mayor") by its kind and its place,
anybody else by the words that name them. Then: a surname alone is the one person of that surname, an
office is the one person named as holding it, a person or office that has a channel is that channel.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from sourcier.types import Attribution, Capture, Claim, Place
from sourcier.weave import tables
from sourcier.weave.names import body, person, tokens

_RELAYS = ("wire", "press")


class Speaker(NamedTuple):
    """Who answers for a claim: the key before aliases, and what to call them."""

    key: str
    name: str
    role: str | None = None
    medium: str | None = None


class Speakers:
    """All names heard so far and which of them are one; `moved` collects keys whose alias changed."""

    def __init__(self) -> None:
        self.moved: set[str] = set()
        self._initials: dict[str, set[str]] = defaultdict(set)
        self._holders: dict[str, set[str]] = defaultdict(set)
        self._channels: dict[str, str] = {}
        self._channel_places: dict[str, set[str]] = defaultdict(set)
        self._outlets: set[str] = set()

    def publisher(self, capture: Capture) -> None:
        """Learn a publisher; an official's channel is its own voice."""
        if capture.publisher is None:
            return
        self._outlets.add(body(capture.publisher))
        if capture.role == "official" and outlet(capture.publisher) not in self._channels:
            self._channels[outlet(capture.publisher)] = capture.publisher
            self.moved |= {"*"}

    def learn(self, claim: Claim, place: Place | None, capture: Capture | None) -> None:
        """Learn the names of a claim's last speaker, and where a channel speaks of."""
        if claim.attribution:
            last = claim.attribution[-1]
            self._learn_name(last, place, capture)
        elif capture is not None and capture.role == "official" and capture.publisher and place:
            places = self._channel_places[outlet(capture.publisher)]
            fresh = {tables.site(place), tables.region(place), str(place.country)} - places
            places |= fresh
            self.moved |= {"*"} if fresh else set()

    def _learn_name(self, last: Attribution, place: Place | None, capture: Capture | None) -> None:
        if not last.name:
            return
        key = person(last.name)
        surname, _, initial = key.rpartition(":")
        if initial and initial not in self._initials[surname]:
            self._initials[surname].add(initial)
            self.moved.add(f"{surname}:")
        held = _office_key(last, place, capture)
        if held and initial and key not in self._holders[held]:
            self._holders[held].add(key)
            self.moved.add(held)

    def of(self, claim: Claim, place: Place | None, capture: Capture | None) -> Speaker | None:
        """Return the last speaker of a claim, or None where the outlet speaks in its own voice."""
        if not claim.attribution:
            return None
        last = claim.attribution[-1]
        name = last.name or last.organisation or last.role or ""
        if last.name:
            return Speaker(person(last.name), name, _role(last), last.medium)
        if last.medium in _RELAYS or (
            last.organisation and body(last.organisation) in self._outlets
        ):
            return Speaker(outlet(name), name, None, last.medium)
        office = _office_key(last, place, capture)
        if office:
            return Speaker(office, name, None, last.medium)
        if not last.organisation and tables.is_unnamed(last.role or ""):
            where = capture.dispatch if capture else claim.dispatch
            return Speaker(f"unnamed:{body(name)}:{where}", name, None, last.medium)
        return Speaker(f"body:{body(name)}", name, None, last.medium)

    def resolve(self, key: str) -> str:
        """Return the key that a key stands for."""
        if key.startswith("person:") and key.endswith(":"):
            initials = self._initials.get(key[:-1], set())
            key += next(iter(initials)) if len(initials) == 1 else ""
        if key.startswith("office:"):
            holders = self._holders.get(key, set())
            if len(holders) == 1:
                return self.resolve(next(iter(holders)))
        return self._channel(key) or key

    def _channel(self, key: str) -> str | None:
        """Return the key of the channel in which a person or an office speaks."""
        kind, _, rest = key.partition(":")
        if kind == "person":
            surname, _, initial = rest.partition(":")
            return next(
                (c for c, name in self._sorted() if _is_person(name, surname, initial)), None
            )
        if kind == "office":
            office, _, where = rest.partition(":")
            return next(
                (c for c, name in self._sorted() if self._holds(c, name, office, where)), None
            )
        if kind == "body":
            return next((c for c, name in self._sorted() if body(name) == rest), None)
        return None

    def _sorted(self) -> list[tuple[str, str]]:
        return sorted(self._channels.items())

    def _holds(self, channel: str, name: str, office: str, where: str) -> bool:
        """Tell whether a channel is an office's: by its name, and by the places that it tells of."""
        found = tables.office(name)
        return found is not None and found[0] == office and where in self._channel_places[channel]


def _is_person(name: str, surname: str, initial: str) -> bool:
    words = set(tokens(name))
    return surname in words and any(word[0] == initial for word in words - {surname})


def outlet(name: str) -> str:
    """Return the key of an outlet's own voice."""
    return f"outlet:{body(name)}"


def _role(last: Attribution) -> str | None:
    return ", ".join(filter(None, (last.role, last.organisation))) or None


def _office_key(last: Attribution, place: Place | None, capture: Capture | None) -> str | None:
    """Return the key of the office that a speaker holds or is, with what tells it from its like."""
    words = " ".join(filter(None, (last.role, last.organisation)))
    found = tables.office(words) if words else None
    if found is None:
        return None
    office, level = found
    if level == "nation":
        party = tables.nation(words) or (capture.party if capture else None)
        return f"office:{office}:{party or (place.country if place else None)}"
    if place is None:
        return f"office:{office}:"
    if level == "country" or place.precision == "country":
        return f"office:{office}:{place.country}"
    if level == "region" or place.precision == "region":
        return f"office:{office}:{tables.region(place)}"
    return f"office:{office}:{tables.site(place)}"
