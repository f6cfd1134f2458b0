"""A small invented story in Japan."""

from __future__ import annotations

from functools import cache
from typing import Any

from sourcier.types import Event, Occurrence, Story, Toll
from tests.publish.maker import Maker, counted, entry, known, ledger, origin, speaker, utc

WAJIMA = known("Wajima", 1848976, "JP", (37.4, 136.9), "settlement")


@cache
def wajima() -> Story:
    """Return a small story in Japan, its page in the zone of the place."""
    m = Maker()
    text = (
        "Un séisme a secoué Wajima lundi à 16 h 10. "
        "La préfecture parle de dizaines de blessés et de quatre disparus."
    )
    wire = m.capture("w", "Agence Kawa", "18 07:40", text)
    office = origin("office:ishikawa", "La préfecture", wire, m.copy(wire, "La Vigie", "18 07:55"))
    by, here = speaker("La préfecture", role="La préfecture"), m.place(wire, "Wajima", WAJIMA)
    then = m.time(wire, "lundi à 16 h 10", "18 07:10 / 18 07:11", "Asia/Tokyo", "minute")
    quake = m.claim(
        Occurrence, wire, "Un séisme a secoué Wajima", type="earthquake", place=here, time=then
    )
    vague: dict[str, Any] = {
        "outcome": "injured",
        "low": 20,
        "high": None,
        "qualifier": "vague",
        "words": "dizaines",
    }
    dozens = m.claim(Toll, wire, "dizaines de blessés", by, place=here, **vague)
    exact: dict[str, Any] = {
        "outcome": "missing",
        "low": 4,
        "high": 4,
        "qualifier": "exact",
        "words": "quatre",
    }
    four = m.claim(Toll, wire, "quatre disparus", by, place=here, **exact)
    claims = (quake, dozens, four)
    ledgers = (
        ledger(
            "q1", "injured", m.line(dozens, "La préfecture", "18 07:40"), low=20, qualifier="vague"
        ),
        ledger("q1", "missing", m.line(four, "La préfecture", "18 07:40"), low=4, high=4),
    )
    seen: dict[str, Any] = {
        "opened": utc("18 07:40"),
        "updated": utc("18 07:40"),
        "zone": "Asia/Tokyo",
    }
    event = Event(id="q1", type="earthquake", place=here, claims=claims, ledgers=ledgers, **seen)
    row: dict[str, Any] = {
        "sequence": 1,
        "kind": "occurrence",
        "at": "18 07:45",
        "zone": "Asia/Tokyo",
        "fr": ("Séisme à Wajima", "La préfecture compte « quatre disparus »."),
        "en": ("Earthquake in Wajima", "The prefecture counts four missing."),
    }
    rests: dict[str, Any] = {
        "claims": claims,
        "origins": counted(office),
        "event": "q1",
        "place": here,
    }
    return Story(
        slug="wajima",
        titles={"fr": "Séisme à Wajima", "en": "Earthquake in Wajima"},
        zone="Asia/Tokyo",
        languages=("fr", "en"),
        now=utc("18 09:00"),
        sequence=1,
        entries=(entry("w1", row, story="wajima", **rests),),
        events={"q1": event},
        captures=m.captures,
        claims=m.claims,
        copies=m.copies,
        total=counted(office),
    )
