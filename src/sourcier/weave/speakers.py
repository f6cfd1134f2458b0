"""Speakers: one key for whoever goes by several names, in several languages and scripts.

A person is known by the surname and the initial, an office ("the mayor") by its kind and its place,
anybody else by the words that name them. Then aliases: a surname alone is the one person of that
surname; a person speaks for the one office held; an office or a person that has a channel is that
channel; a part of an outlet's name is the outlet. An office of a region named without its place is
the one such office heard of, if there is one alone; "the authorities" of a region are its
administration, where that is heard of.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict

import msgspec

from sourcier.types import Attribution, Capture, Claim, Place
from sourcier.weave import tables
from sourcier.weave.names import body, person, tokens

_AUTHORITIES, _ADMINISTRATION = "authorities", "administration"
_RELAYS = ("wire", "press")


class Speaker(msgspec.Struct, frozen=True, gc=False):
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
        self._offices: dict[str, set[str]] = defaultdict(set)
        self._channels: dict[str, str] = {}
        self._channels_named: dict[str, list[str]] = defaultdict(list)
        self._channels_at: dict[str, list[str]] = defaultdict(list)
        self._outlets: dict[str, set[str]] = defaultdict(set)
        self._named: dict[str, set[str]] = defaultdict(set)
        self._heard_of: dict[str, set[str]] = defaultdict(set)
        self._unplaced: dict[str, set[str]] = defaultdict(set)
        self._bare: set[str] = set()

    @property
    def channels(self) -> int:
        """How many officials' channels are known."""
        return len(self._channels)

    def publisher(self, capture: Capture) -> None:
        """Learn a publisher; an official's channel is its own voice."""
        if capture.publisher is None:
            return
        key = outlet(capture.publisher)
        words = set(tokens(capture.publisher))
        for word in words:
            if key not in self._outlets[word]:
                self._outlets[word].add(key)
                self.moved |= self._named[word]
        if capture.role == "official" and key not in self._channels:
            self._channels[key] = capture.publisher
            for word in {body(capture.publisher), *words}:
                insort(self._channels_named[word], key)
            for surname in (f"person:{word}" for word in words):
                people = {f"{surname}:{initial}" for initial in self._initials.get(surname, ())}
                offices = {office for name in people for office in self._offices.get(name, ())}
                self.moved |= {f"{surname}:", *people, *offices, *self._bare}

    def learn(self, claim: Claim, place: Place | None, capture: Capture | None) -> None:
        """Learn the names of a claim's last speaker, and of where a channel speaks."""
        if claim.attribution:
            held = _office_key(claim.attribution[-1], place, capture)
            self._learn_office(held)
            self._learn_name(claim.attribution[-1], held)
        elif capture is not None and capture.publisher and place is not None:
            self._learn_place(outlet(capture.publisher), place)

    def _learn_office(self, held: str | None) -> None:
        """Learn that an office of a region is heard of."""
        _, kind, where = (held or "::").split(":", 2)
        if held and (not where or kind == _AUTHORITIES):
            self._bare.add(held)
        if not where.startswith("region:") or held is None or held in self._heard_of[kind]:
            return
        self._heard_of[kind].add(held)
        self.moved |= self._bare

    def _learn_name(self, last: Attribution, held: str | None) -> None:
        if not last.name:
            return
        key = person(last.name)
        surname, _, initial = key.rpartition(":")
        if not initial:
            return
        if initial not in self._initials[surname]:
            self._initials[surname].add(initial)
            self.moved.add(f"{surname}:")
        if held and held.endswith(":") and held not in self._unplaced[key]:
            self._unplaced[key].add(held)
            self._bare |= {key, f"{surname}:"}
            self.moved |= {key, f"{surname}:"}
        elif held and not held.endswith(":") and key not in self._holders[held]:
            self._holders[held].add(key)
            self._offices[key].add(held)
            self.moved |= {key, f"{surname}:", *self._offices[key], *self._holders[held]}
            self.moved |= self._bare

    def _learn_place(self, channel: str, place: Place) -> None:
        office = tables.office(self._channels[channel]) if channel in self._channels else None
        if office is None:
            return
        places = {tables.site(place), tables.region(place), str(place.country)}
        self._learn_office(f"office:{office[0]}:{tables.region(place)}")
        held_here = {f"{office[0]}:{where}" for where in places}
        fresh = {where for where in held_here if channel not in self._channels_at[where]}
        for where in fresh:
            insort(self._channels_at[where], channel)
            held = f"office:{where}"
            self.moved |= {held, *self._holders.get(held, ())}
        if fresh:
            self.moved |= self._bare

    def of(self, claim: Claim, place: Place | None, capture: Capture | None) -> Speaker | None:
        """Return the last speaker of a claim, or None where the outlet speaks in its own voice."""
        if not claim.attribution:
            return None
        last = claim.attribution[-1]
        name = last.name or last.organisation or last.role or ""
        if last.name:
            return Speaker(person(last.name), name, _role(last), last.medium)
        if last.medium in _RELAYS or (last.organisation and self._is_outlet(last.organisation)):
            return self._heard(Speaker(outlet(name), name, None, last.medium))
        office = _office_key(last, place, capture)
        if office:
            return Speaker(office, name, None, last.medium)
        if tables.is_unnamed(last.role if not last.organisation else last.organisation):
            where = capture.dispatch if capture else claim.dispatch
            return Speaker(f"unnamed:{body(name)}:{where}", name, None, last.medium)
        return self._heard(Speaker(f"body:{body(name)}", name, None, last.medium))

    def _heard(self, speaker: Speaker) -> Speaker:
        """Remember the words of a name that may turn out to be an outlet's."""
        for word in tokens(speaker.name):
            self._named[word].add(speaker.key)
        return speaker

    def resolve(self, key: str) -> str:
        """Return the key that a key stands for."""
        kind, _, rest = key.partition(":")
        if kind == "person":
            return self._person(key)
        if kind == "office":
            return self._office(key, rest)
        if kind == "outlet":
            return self._outlet(key, rest)
        named = self._channels_named.get(rest, ())
        return next((c for c in named if body(self._channels[c]) == rest), key)

    def is_official(self, key: str) -> bool:
        """Tell whether a final key is that of an office or of an official's channel."""
        return key.startswith("office:") or key in self._channels

    def _person(self, key: str) -> str:
        """Return the office that a person speaks for, the person's channel, or the person."""
        surname, _, initial = key.rpartition(":")
        initials = self._initials.get(surname, set())
        if not initial and len(initials) == 1:
            key = f"{surname}:{next(iter(initials))}"
        own = self._channel_of(key)
        offices = self._offices.get(key) or self._unplaced.get(key, set())
        if own or len(offices) != 1:
            return own or key
        held = next(iter(offices))
        office = self._office(held, held.removeprefix("office:"))
        return key if office.endswith(":") else office

    def _office(self, key: str, rest: str) -> str:
        """Return the channel of an office, its one holder who holds another too, or the office."""
        kind, _, where = rest.partition(":")
        if not where:
            return self._only(key, kind)
        if (
            kind == _AUTHORITIES
            and f"office:{_ADMINISTRATION}:{where}" in self._heard_of[_ADMINISTRATION]
        ):
            rest = f"{_ADMINISTRATION}:{where}"
            key = f"office:{rest}"
        holders = self._holders.get(key, set())
        own = list(self._channels_at.get(rest, ()))
        own += sorted(filter(None, map(self._channel_of, holders)))
        if own:
            return own[0]
        holder = next(iter(holders)) if len(holders) == 1 else None
        return holder if holder and len(self._offices[holder]) > 1 else key

    def _only(self, key: str, kind: str) -> str:
        """Return the one office of a kind that is heard of, or the key where there are several."""
        known = self._heard_of.get(kind) or set()
        if kind == _AUTHORITIES:
            known = known | self._heard_of.get(_ADMINISTRATION, set())
        found = {self._office(held, held.removeprefix("office:")) for held in known}
        return next(iter(found)) if len(found) == 1 else key

    def _channel_of(self, key: str) -> str | None:
        """Return the channel that is named after a person."""
        _, surname, initial = key.split(":")
        for channel in self._channels_named.get(surname, ()):
            others = set(tokens(self._channels[channel])) - {surname}
            if any(word[0] == initial for word in others):
                return channel
        return None

    def _is_outlet(self, name: str) -> bool:
        return outlet(name) in self._outlets.get((tokens(name) or ("",))[0], ())

    def _outlet(self, key: str, rest: str) -> str:
        """Return the known outlet whose name holds all words of a key ("Perch" for "Perch Agency")."""
        found = [self._outlets.get(word, set()) for word in rest.split("-")]
        common = set.intersection(*found) if found else set()
        return key if key in common or len(common) != 1 else next(iter(common))


def outlet(name: str) -> str:
    """Return the key of an outlet's own voice."""
    return f"outlet:{body(name)}"


def _role(last: Attribution) -> str | None:
    return ", ".join(filter(None, (last.role, last.organisation))) or None


def _office_key(last: Attribution, place: Place | None, capture: Capture | None) -> str | None:
    """Return the key of the office that a speaker holds or is, with what tells it from its like.

    It ends with a colon where the place that would tell is not known.
    """
    words = " ".join(filter(None, (last.role, last.organisation)))
    found = tables.office(words) if words else None
    if found is None:
        state = tables.state(words) if words and not last.name else None
        return f"office:state:{state}" if state else None
    office, level = found
    if level == "world":
        return f"office:{office}:world"
    if level == "nation":
        party = tables.nation(words) or (capture.party if capture else None)
        return f"office:{office}:{party or (place.country if place else '')}"
    if place is None:
        return f"office:{office}:"
    if level == "region" and place.precision == "country":
        return f"office:{office}:"
    if level == "country" or place.precision == "country":
        return f"office:{office}:{place.country}"
    if level == "region" or place.precision == "region":
        return f"office:{office}:{tables.region(place)}"
    return f"office:{office}:{tables.site(place)}"
