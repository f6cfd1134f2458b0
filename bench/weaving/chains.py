"""Revision chains: invented stories of one toll, each with the ledger that it must end with.

A claimant gives a figure, raises or lowers it; outlets of any language relay the figure that stands, or late
the one that was replaced; another claimant may contradict, and may come round. Right is a chain whose
standing figures are those of each claimant's last word, disputed where these exclude each other.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from sourcier.read import read
from sourcier.types import Capture
from sourcier.weave import Known, weave

LANGUAGES = ("en", "fr", "uk", "ru")
TOWNS = {
    "Sumy": ("Sumy", "Soumy", "Суми", "Сумы"),
    "Poltava": ("Poltava", "Poltava", "Полтава", "Полтава"),
    "Lviv": ("Lviv", "Lviv", "Львів", "Львов"),
    "Chernihiv": ("Chernihiv", "Tchernihiv", "Чернігів", "Чернигов"),
}
OUTLETS = ("Dune", "Mole", "Lune", "Cap", "Phare", "Anse", "Digue", "Quai")
BEGIN = datetime(2031, 3, 4, 6, tzinfo=UTC)
BANK = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


class Ledger(NamedTuple):
    """The figures that stand, and whether they exclude each other."""

    standing: frozenset[int]
    disputed: bool


class Chain:
    """One story: its texts in order of time, and the ledger that they amount to."""

    def __init__(self, number: int, seed: int = 1) -> None:
        self._chance = random.Random(f"{seed}-{number}")
        self._number = number
        self._town = self._chance.choice(list(TOWNS))
        self._clock = BEGIN
        self._told: dict[str, int] = {}
        self.captures: list[Capture] = []
        self._tell()

    @property
    def ledger(self) -> Ledger:
        """The ledger that is right in the end."""
        standing = frozenset(self._told.values())
        return Ledger(standing, len(standing) > 1)

    def _tell(self) -> None:
        chance = self._chance
        figure = chance.randint(5, 20)
        self._say("first", "mayor", figure)
        for step in chance.sample(("relay", "more", "late", "fewer", "rival", "round"), 6)[
            : chance.randint(2, 5)
        ]:
            mayor = self._told["mayor"]
            if step == "relay":
                self._relay(mayor)
            elif step in ("more", "fewer"):
                new = mayor + chance.randint(1, 9) * (1 if step == "more" else -1)
                self._say(step, "mayor", max(new, 2), mayor)
                self._relay(self._told["mayor"])
                if chance.random() < 0.5:
                    self._relay(mayor)
            elif step == "rival" and "hospital" not in self._told:
                self._say("first", "hospital", mayor + chance.randint(20, 40))
            elif step == "round" and "hospital" in self._told:
                self._say("fewer", "hospital", mayor, self._told["hospital"])

    def _say(self, how: str, who: str, figure: int, old: int | None = None) -> None:
        self._told[who] = figure
        self._publish(how, who, figure, old)

    def _relay(self, figure: int) -> None:
        self._publish("relay", "mayor", figure, None)

    def _publish(self, how: str, who: str, figure: int, old: int | None) -> None:
        self._clock += timedelta(minutes=self._chance.randint(20, 70))
        language = self._chance.randrange(len(LANGUAGES))
        code = LANGUAGES[language]
        words = {
            "n": figure,
            "old": old,
            "town": TOWNS[self._town][language],
            "who": BANK[who][code][how == "relay"],
        }
        name = f"c{self._number:02}-{len(self.captures)}"
        self.captures.append(
            Capture(
                id=name,
                dispatch=name,
                text=BANK[how][code].format(**words),
                published=self._clock,
                retrieved=self._clock,
                publisher=f"{OUTLETS[len(self.captures) % len(OUTLETS)]} {code}",
                role="outlet",
                language=code,
                zone="Europe/Kyiv",
            )
        )


def woven(chain: Chain) -> Ledger:
    """Read and weave a chain; return the ledger of its dead."""
    known = Known()
    for capture in chain.captures:
        weave([capture], read(capture).claims, known)
    ledgers = [
        ledger
        for event in known.events()
        if event.merged_into is None
        for ledger in event.ledgers
        if ledger.outcome == "killed" and not ledger.of
    ]
    current = [line for ledger in ledgers for line in ledger.lines if line.state == "current"]
    standing = frozenset(line.low for line in current if line.low is not None)
    return Ledger(standing, any(ledger.disputed_since for ledger in ledgers))


def wrong(many: int = 60) -> Iterator[tuple[Chain, Ledger]]:
    """Yield the chains that end with another ledger, each with that."""
    for number in range(many):
        chain = Chain(number)
        found = woven(chain)
        if found != chain.ledger:
            yield chain, found


if __name__ == "__main__":
    import sys

    many = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    failures = list(wrong(many))
    print(f"{many - len(failures)} of {many} ledgers right")
    for chain, found in failures:
        print(chain.ledger, found, *(capture.text for capture in chain.captures), sep="\n  ")
