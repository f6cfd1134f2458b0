"""Two days of an invented story in Ukraine, built from the nouns directly."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from sourcier.types import (
    Alert,
    AlertInterval,
    Entry,
    Event,
    Evidence,
    Measure,
    Occurrence,
    Origin,
    Statement,
    Story,
    Time,
    Toll,
)
from tests.publish.maker import Maker, again, counted, entry, known, ledger, origin, speaker, utc

SUMY = known("Sumy", 692194, "UA", (50.9216, 34.80029), "settlement")
KURSK = known("Kursk Oblast", 538555, "RU", (51.6667, 36.0833), "region")
UKRAINE = known("Ukraine", 690791, "UA", (49.0, 32.0), "country")
KAZAKHSTAN = known("Kazakhstan", 1522867, "KZ", (48.0, 68.0), "country")
PARIS, KYIV = "Europe/Paris", "Europe/Kyiv"
DATA = tomllib.loads(Path(__file__).with_name("sumy.toml").read_text(encoding="utf-8"))


class Sumy(Maker):
    """Two days of an invented story in Ukraine, seen from Paris."""

    def __init__(self) -> None:
        super().__init__()
        rows = {name: dict(row) for name, row in DATA["captures"].items()}
        self.ids = {name: self.capture(name, **row) for name, row in rows.items()}
        reprints = enumerate(("La Vigie", "Plein Nord", "Canal Bief", "Le Ponton"))
        self.wires = [
            self.copy(self.ids["wire"], who, f"22 06:{41 + 2 * n}") for n, who in reprints
        ]
        self.steppes = [
            self.copy(self.ids["steppe"], who, "22 07:35", 0.93)
            for who in ("La Vigie", "Plein Nord")
        ]
        self.here = self.place(self.ids["wire"], "Soumy", SUMY)
        self.friday = self.time(self.ids["wire"], "vendredi", "21 22:00 / 22 22:00", KYIV, "day")
        self._tolls()
        self._alert_claims()
        self._others()

    def _said(
        self, name: str, kind: type[Any], capture: str, quote: str, by: Any = None, **more: Any
    ) -> None:
        self.ids[name] = self.claim(kind, self.ids[capture], quote, by, **more)

    def _place(self, capture: str, words: str, where: dict[str, Any]) -> Any:
        return self.place(self.ids[capture], words, where)

    def _toll(self, name: str, capture: str, quote: str, by: Any = None, **more: Any) -> None:
        place = self._place(capture, "Soumy", SUMY)
        self._said(name, Toll, capture, quote, by, place=place, **more)

    def _tolls(self) -> None:
        by = speaker("les autorités locales", role="les autorités locales")
        two: dict[str, Any] = {
            "low": 2,
            "high": None,
            "qualifier": "at_least",
            "words": "au moins deux",
            "outcome": "killed",
        }
        self._toll("dead", "wire", "au moins deux morts", by, time=self.friday, **two)
        ten: dict[str, Any] = {
            "low": 10,
            "high": 10,
            "qualifier": "exact",
            "words": "Dix",
            "outcome": "injured",
        }
        self._toll("hurt", "wire", "Dix personnes ont été blessées", provisional=True, **ten)
        self._toll("one", "first", "au moins un mort", **two | {"low": 1, "words": "au moins un"})
        self._toll(
            "twelve", "radio", "douze blessés", **ten | {"low": 12, "high": 12, "words": "douze"}
        )

    def _alert_claims(self) -> None:
        mayor = speaker(
            "le maire Taras Vilkhovy", name="Taras Vilkhovy", role="maire", medium="telegram"
        )
        blasts = "« une série de détonations très fortes »"
        self._said("blasts", Statement, "wire", blasts, mayor, place=self.here)
        six = self.time(self.ids["wire"], "06 heures locales", "22 04:00 / 22 05:00", KYIV, "hour")
        raid: dict[str, Any] = {"hazard": "air_raid", "state": "in_force"}
        quote = "une alerte aérienne courait encore à 06 heures locales"
        advice = "ne pas s'approcher des fenêtres"
        self._said(
            "raid",
            Alert,
            "wire",
            quote,
            mayor,
            area="Soumy",
            advice=advice,
            place=self.here,
            time=six,
            **raid,
        )
        place = self._place("post", "Суми", SUMY)
        self._said(
            "raid_uk",
            Alert,
            "post",
            "Повітряна тривога триває",
            advice="не підходьте до вікон",
            place=place,
            **raid,
        )

    def _others(self) -> None:
        region = speaker("l'administration régionale", organisation="l'administration régionale")
        flats = "un immeuble d'habitation a été touché par un drone"
        self._said("house", Occurrence, "wire", flats, region, type="drone_attack", place=self.here)
        president = speaker("Le président du Kazakhstan", role="Le président du Kazakhstan")
        there = self._place("steppe", "Kazakhstan", KAZAKHSTAN)
        friday = self.time(self.ids["steppe"], "vendredi", "21 23:00 / 22 23:00", PARIS, "day")
        self._said(
            "urgent", Statement, "steppe", "« des mesures sans délai »", president, place=there
        )
        action = "protéger les infrastructures du pays"
        self._said(
            "order",
            Measure,
            "steppe",
            action,
            actor=president["role"],
            action=action,
            place=there,
            time=friday,
        )
        words = "la porte-parole de l'Alliance, Ines Vandaele"
        ines = speaker(
            words,
            name="Ines Vandaele",
            role="porte-parole",
            organisation="l'Alliance",
            medium="communique",
        )
        self._said("nothing", Statement, "treaty", "« ne changera rien à notre soutien »", ines)
        thursday = self.time(self.ids["launch"], "jeudi", "20 23:00 / 21 23:00", PARIS, "day")
        shot = "lancé un missile d'un type nouveau contre l'Ukraine"
        country, moscow = (
            self._place("launch", "Ukraine", UKRAINE),
            speaker("Moscou", name="Moscou"),
        )
        launch: dict[str, Any] = {
            "type": "missile_launch",
            "stance": "confirmed",
            "place": country,
            "time": thursday,
        }
        self._said("shot", Occurrence, "launch", shot, moscow, **launch)
        kursk = self._place("about", "Koursk", KURSK)
        clash: dict[str, Any] = {
            "type": "clash",
            "role": "background",
            "time": self._august(),
            "place": kursk,
        }
        self._said("context", Occurrence, "about", "des combats ont repris en août", **clash)
        place = self._place("rumour", "Soumy", SUMY)
        self._said(
            "second",
            Occurrence,
            "rumour",
            "Un second quartier de Soumy aurait été visé",
            type="strike",
            place=place,
        )

    def _august(self) -> Time:
        span = self.span(self.ids["about"], "en août")
        start, end = (
            utc("01 00:00").replace(month=7, day=31, hour=22),
            utc("01 22:00").replace(month=8, day=31),
        )
        return Time(text="en août", span=span, start=start, end=end, zone=PARIS, precision="month")

    @property
    def origins(self) -> dict[str, Origin]:
        """The story's origins, by short names."""
        at = self.ids
        office, own = (Evidence(rule="same_office"),), (Evidence(rule="own_voice"),)
        mayor: dict[str, Any] = {"role": "maire de Soumy", "medium": "telegram", "captured": True}
        ines: dict[str, Any] = {"role": "porte-parole de l'Alliance", "medium": "communique"}
        return {
            "locals": origin(
                "office:sumy", "Les autorités locales de Soumy", at["wire"], *self.wires, why=office
            ),
            "steppe": origin(
                "office:kz", "Le président du Kazakhstan", at["steppe"], *self.steppes
            ),
            "mayor": origin("person:vilkhovy", "Taras Vilkhovy", at["post"], at["wire"], **mayor),
            "radio": origin("outlet:radio", "Radio Confluent", at["radio"], captured=True, why=own),
            "gue": origin("outlet:gue", "Le Courrier du Gué", at["first"], captured=True),
            "ines": origin("person:vandaele", "Ines Vandaele", at["treaty"], **ines),
            "moscow": origin("state:ru", "Moscou", at["launch"]),
            "delta": origin("outlet:delta", "Écho du Delta", at["rumour"], captured=True),
        }

    @property
    def events(self) -> dict[str, Event]:
        """The strike, with its ledgers, and the launch."""
        at = self.ids
        gue = self.line(
            at["one"],
            "Le Courrier du Gué",
            "22 04:47",
            state="superseded",
            superseded_by=at["dead"],
        )
        locals_ = self.line(at["dead"], "Les autorités locales", "22 06:36")
        nobody, radio = (
            self.line(at["hurt"], "", "22 06:36"),
            self.line(at["twelve"], "Radio Confluent", "22 07:18"),
        )
        rivals: dict[str, Any] = {
            "disputed_since": utc("22 07:18"),
            "sides": (at["hurt"], at["twelve"]),
            "provisional": True,
        }
        killed = ledger("ev1", "killed", gue, locals_, low=2, qualifier="at_least")
        injured = ledger("ev1", "injured", nobody, radio, low=10, high=12, **rivals)
        seen: dict[str, Any] = {"opened": utc("22 04:47"), "updated": utc("22 07:18")}
        strike: dict[str, Any] = {
            "place": self.here,
            "zone": KYIV,
            "time": self.friday,
            "ledgers": (killed, injured),
        }
        told = tuple(at[name] for name in ("dead", "hurt", "one", "twelve"))
        return {
            "ev1": Event(id="ev1", type="strike", claims=told, **seen | strike),
            "ev2": Event(id="ev2", type="missile_launch", claims=(at["shot"],), **seen),
        }

    @property
    def alerts(self) -> tuple[AlertInterval, ...]:
        """One that is over, one in force."""
        common: dict[str, Any] = {"place": self.here, "area": "Soumy", "zone": KYIV}
        night: dict[str, Any] = {
            "start": utc("21 20:00"),
            "opened": utc("21 20:00"),
            "end": utc("21 21:00"),
            "seen": utc("21 21:00"),
        }
        now: dict[str, Any] = {
            "observed": (utc("22 04:00"),),
            "opened": utc("22 04:04"),
            "seen": utc("22 04:18"),
        }
        claims = (self.ids["raid_uk"], self.ids["raid"])
        return (
            AlertInterval(id="al0", event=None, hazard="missile", **common | night),
            AlertInterval(id="al1", event="ev1", hazard="air_raid", claims=claims, **common | now),
        )

    def entries(self) -> tuple[dict[str, Entry], dict[str, tuple[Entry, ...]]]:
        """Return the newest version of each entry, and all versions of those that changed."""
        newest: dict[str, Entry] = {}
        history: dict[str, tuple[Entry, ...]] = {}
        for key, row in DATA["entries"].items():
            first = newest[key] = entry(key, row, story="soumy", **self._rests(key))
            if "again" in row:
                newest[key] = msgspec.structs.replace(first, **again(first, row["again"]))
                history[key] = (first, newest[key])
        return newest, history

    def _rests(self, key: str) -> dict[str, Any]:
        """Return the claims, origins, place and event that an entry rests on."""
        flats = origin("region", "L'administration régionale", self.ids["wire"], *self.wires[:2])
        about = origin("wire", "Agence Lanterne", self.ids["about"], captured=True)
        named = self.origins | {"flats": flats, "about": about}
        claims, origins, event = {
            "a1": ("shot", "moscow", "ev2"),
            "a2": ("nothing", "ines", None),
            "a3": ("context", "about", None),
            "a4": ("blasts raid raid_uk", "mayor", "ev1"),
            "a5": ("second", "delta", None),
            "a10": ("house", "flats", "ev1"),
            "a11": ("dead hurt twelve", "locals radio", "ev1"),
            "a12": ("urgent order", "steppe", None),
        }.get(key, ("", "", None))
        ids = tuple(self.ids[name] for name in claims.split())
        place = self.claims[ids[0]].place if ids and key not in ("a10", "a3") else None
        found = counted(*(named[name] for name in origins.split()))
        return {"claims": ids, "origins": found, "event": event, "place": place}


@cache
def sumy() -> Story:
    """Return the story in Ukraine at 08:47 in Paris."""
    made = Sumy()
    entries, history = made.entries()
    return Story(
        slug="soumy",
        titles={
            "fr": "Guerre en Ukraine : des frappes sur Soumy",
            "en": "War in Ukraine: strikes on Sumy",
        },
        zone=PARIS,
        languages=("fr", "en"),
        now=utc("22 07:47"),
        sequence=13,
        demo=True,
        entries=tuple(sorted(entries.values(), key=lambda e: e.published, reverse=True)),
        history=history,
        events=made.events,
        alerts=made.alerts,
        captures=made.captures,
        claims=made.claims,
        copies=made.copies,
        total=counted(*made.origins.values()),
    )
