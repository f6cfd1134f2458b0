"""A small invented story that has everything which formats tell apart: an entry that was updated, one
corrected, one withdrawn, an alert opened, changed and ended, and the end of the story.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from msgspec.structs import replace

from sourcier.types import Alert, AlertInterval, Entry, Event, Statement, Story, Toll
from tests.publish.maker import Maker, again, counted, entry, known, ledger, origin, speaker, utc

# no gazetteer has this town: its id and its place on the map are made up
TRYPONT = known("Trypont", 999001, "FR", (47.25, -1.5), "settlement")
ZONE = "Europe/Paris"
WIRE = (
    "Trois passants ont été blessés à Trypont, a indiqué la préfecture. "
    "Une alerte aux crues est en vigueur à Trypont. « Le pont nord tient », assure la maire Odile Sarrat."
)


class Trypont(Maker):
    """The captures and claims of a flood."""

    def __init__(self) -> None:
        super().__init__()
        at = "https://lanterne.example/crue"
        self.wire = self.capture(
            "wire", "Agence Lanterne", "22 05:10", WIRE, url=at, title="Crue à Trypont"
        )
        self.relay = self.copy(self.wire, "La Vigie", "22 05:25")
        self.radio = self.capture(
            "radio", "Radio Confluent", "22 05:40", "Cinq blessés à Trypont, selon la préfecture."
        )
        self.clear = self.capture(
            "clear", "Préfecture", "22 09:00", "Fin de l'alerte aux crues à Trypont."
        )
        where = {name: self.place(name, "Trypont", TRYPONT) for name in (self.wire, self.radio)}
        self.here = where[self.wire]
        office, mayor = (
            speaker("la préfecture", organisation="la préfecture"),
            speaker("la maire Odile Sarrat", name="Odile Sarrat", role="maire"),
        )
        hurt: dict[str, Any] = {"outcome": "injured", "qualifier": "exact"}
        self.three = self.claim(
            Toll, self.wire, "Trois passants ont été blessés", office, place=self.here,
            low=3, high=3, words="Trois", **hurt,
        )  # fmt: skip
        self.five = self.claim(
            Toll, self.radio, "Cinq blessés", office, place=where[self.radio],
            low=5, high=5, words="Cinq", **hurt,
        )  # fmt: skip
        quote = "Une alerte aux crues est en vigueur à Trypont"
        flood: dict[str, Any] = {"hazard": "flood", "place": self.here}
        self.flood = self.claim(
            Alert, self.wire, quote, state="in_force", advice="éloignez-vous des berges", **flood
        )
        self.over = self.claim(
            Alert, self.clear, "Fin de l'alerte aux crues", state="ended", hazard="flood"
        )
        self.holds = self.claim(Statement, self.wire, "« Le pont nord tient »", mayor)

    def entries(self) -> list[tuple[Entry, ...]]:
        """Return all versions of each entry, oldest first."""
        office = origin("office", "La préfecture", self.wire, self.relay, role="préfecture")
        both = counted(origin("office", "La préfecture", self.wire, self.relay, self.radio))
        mayor = counted(origin("mayor", "Odile Sarrat", self.wire, role="maire de Trypont"))
        own = counted(origin("pref", "Préfecture", self.clear, captured=True))
        here: dict[str, Any] = {"story": "trypont", "zone": ZONE, "place": self.here}
        toll = entry("toll", {
            "sequence": 1, "kind": "toll", "at": "22 05:12",
            "fr": ["Trois blessés à Trypont", "La préfecture parle de trois passants."],
            "en": ["Three injured in Trypont", "The prefecture speaks of three passers-by."],
        }, claims=(self.three,), origins=counted(office), event="ev", **here)  # fmt: skip
        more = replace(toll, **again(toll, {
            "sequence": 4, "at": "22 05:45",
            "fr": ["Cinq blessés à Trypont", "La préfecture relève son bilan."],
            "en": ["Five injured in Trypont", "The prefecture raises its count."],
        }), claims=(self.five,), origins=both)  # fmt: skip
        alert = entry("alert", {
            "sequence": 2, "kind": "alert", "at": "22 05:13",
            "fr": ["Alerte aux crues à Trypont", ""], "en": ["Flood warning in Trypont", ""],
        }, claims=(self.flood,), origins=counted(office), **here)  # fmt: skip
        bridge = entry("bridge", {
            "sequence": 3, "kind": "statement", "at": "22 05:14",
            "fr": ["Le pont sud tient, assure la maire", ""],
            "en": ["The south bridge holds, says the mayor", ""],
        }, claims=(self.holds,), origins=mayor, **here)  # fmt: skip
        right = replace(bridge, **again(bridge, {
            "sequence": 5, "at": "22 06:00",
            "fr": ["Le pont nord tient, assure la maire", "« Le pont nord tient », dit-elle."],
            "en": ["The north bridge holds, says the mayor", "“Le pont nord tient”, she says."],
        }), state="corrected", note={"fr": "C'est le pont nord.", "en": "It is the north one."})  # fmt: skip
        rumour = entry("rumour", {
            "sequence": 6, "kind": "occurrence", "at": "22 06:30",
            "fr": ["La digue aurait cédé", "L'information n'est pas confirmée."],
            "en": ["The dyke is said to have given way", "This is not confirmed."],
        }, story="trypont", zone=ZONE)  # fmt: skip
        gone = replace(rumour, version=2, sequence=7, state="retracted", updated=utc("22 07:00"),
                       note={"fr": "La digue a tenu.", "en": "The dyke held."})  # fmt: skip
        over = entry("over", {
            "sequence": 8, "kind": "alert", "at": "22 09:02",
            "fr": ["Fin de l'alerte à Trypont", "Merci de nous avoir lus."],
            "en": ["End of the warning in Trypont", "Thank you for reading."],
        }, claims=(self.over,), origins=own, **here)  # fmt: skip
        return [(toll, more), (alert,), (bridge, right), (rumour, gone), (over,)]

    def states(self) -> tuple[AlertInterval, ...]:
        """Return the alert as it opened, as it was still in force, and as it ended."""
        opened = AlertInterval(
            id="al1", event=None, hazard="flood", place=self.here, area="Trypont", zone=ZONE,
            start=utc("22 05:00"), opened=utc("22 05:10"), seen=utc("22 05:12"),
            observed=(utc("22 05:10"),), claims=(self.flood,),
        )  # fmt: skip
        later = replace(opened, observed=(*opened.observed, utc("22 07:30")), seen=utc("22 07:31"))
        claims = (self.flood, self.over)
        ended = replace(later, end=utc("22 09:00"), seen=utc("22 09:02"), claims=claims)
        return opened, later, ended

    def event(self) -> Event:
        """Return the flood, with its ledger."""
        first = self.line(
            self.three, "La préfecture", "22 05:10", state="superseded", superseded_by=self.five
        )
        last = self.line(self.five, "La préfecture", "22 05:40")
        injured = ledger("ev", "injured", first, last, low=5, high=5, best=5)
        when: dict[str, Any] = {"opened": utc("22 05:10"), "updated": utc("22 05:40")}
        told = (self.three, self.five)
        return Event(
            id="ev", type="flood", place=self.here, zone=ZONE, claims=told, ledgers=(injured,), **when
        )  # fmt: skip


@cache
def trypont() -> Story:
    """Return the story as it was closed."""
    made = Trypont()
    versions, states = made.entries(), made.states()
    newest = [known[-1] for known in versions]
    return Story(
        slug="trypont",
        titles={"fr": "La crue à Trypont", "en": "The flood in Trypont"},
        zone=ZONE,
        languages=("fr", "en"),
        now=utc("22 10:00"),
        sequence=8,
        closed=True,
        entries=tuple(sorted(newest, key=lambda e: e.published, reverse=True)),
        history={known[0].id: known for known in versions if len(known) > 1},
        events={"ev": made.event()},
        alerts=states[-1:],
        alert_history={"al1": states},
        captures=made.captures,
        claims=made.claims,
        copies=made.copies,
    )
