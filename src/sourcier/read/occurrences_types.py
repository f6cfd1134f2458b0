"""The types of occurrences, from ``languages/occurrence_types.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

GENERAL = "event"
"""The type of a general word for what was told ("the tragedy"), of which no claim is made."""


@cache
def vocabulary() -> dict[str, Any]:
    """Return the file's contents: ``weak``, and the tables ``types``, ``again`` and ``open``."""
    path = files("sourcier") / "languages" / "occurrence_types.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def family(type_: str) -> str:
    """Return the name shared by the types in which one happening may be told."""
    return str(vocabulary()["types"].get(type_, {}).get("family", type_))


@cache
def retold(type_: str) -> tuple[str, ...]:
    """Return the families that a definite noun of a type may name again, its own first."""
    own = family(type_)
    return own, *vocabulary()["again"].get(own, ())


def names_of(type_: str) -> tuple[str, ...]:
    """Return the families under which an occurrence of a type is told again."""
    general = (GENERAL,) if type_ in vocabulary()["general"] else ()
    return family(type_), *general


def is_lasting(type_: str) -> bool:
    """Tell whether a type is a state, which the time of another occurrence says nothing about."""
    return bool(vocabulary()["types"].get(type_, {}).get("lasting", False))


def is_consequence(type_: str) -> bool:
    """Tell whether a type is told as what another happening did."""
    return bool(vocabulary()["types"].get(type_, {}).get("consequence", False))


def is_single(type_: str) -> bool:
    """Tell whether a type befalls one thing, which a text may call by many names."""
    return bool(vocabulary()["types"].get(type_, {}).get("single", False))


def is_of_each(type_: str) -> bool:
    """Tell whether one happening of a type is told of each of its victims."""
    return bool(vocabulary()["types"].get(type_, {}).get("each", False))


def is_military(type_: str) -> bool:
    """Tell whether a type is told only where the text speaks of arms or armies."""
    return bool(vocabulary()["types"].get(type_, {}).get("military", False))


def is_natural(type_: str) -> bool:
    """Tell whether a type is a work of the weather or the earth: its CAP category says so."""
    return vocabulary()["types"].get(type_, {}).get("cap") in ("Geo", "Met")


@cache
def weak_types() -> frozenset[str]:
    """Return the open types whose words tell an attack only in a text about arms or armies."""
    return frozenset(vocabulary()["weak"])


@cache
def harmless_types() -> frozenset[str]:
    """Return the weak types whose words tell no violence at all outside war ("hit by a flood")."""
    return frozenset(vocabulary()["harmless"])


@cache
def quarrelling_types() -> frozenset[str]:
    """Return the types for whose words politics has another use ("attacked his rival")."""
    return frozenset(vocabulary()["quarrelling"])


@cache
def open_types() -> frozenset[str]:
    """Return the types that are settled by what was used."""
    return frozenset(vocabulary()["open"])


def settled(type_: str, weapons: frozenset[str]) -> str | None:
    """Return the type that `type_` is with `weapons`; None where an open one stays open."""
    table: dict[str, str] | None = vocabulary()["open"].get(type_)
    if table is None:
        return type_
    return next((table[kind] for kind in table if kind in weapons), table.get("other"))


def turned(type_: str, weapon: str) -> str:
    """Return the type that `type_` is where a weapon suffers it: "a drone crashed"."""
    table: dict[str, str] = vocabulary()["types"].get(type_, {}).get("turned", {})
    return table.get(weapon, type_)


def is_suffered(type_: str) -> bool:
    """Tell whether a type is told only together with what suffered it."""
    return bool(vocabulary()["types"].get(type_, {}).get("suffered", False))
