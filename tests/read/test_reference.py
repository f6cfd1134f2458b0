"""The reference document, read: what stands in it, claim by claim."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest

from sourcier.read import read
from sourcier.types import (
    Alert,
    Capture,
    Claim,
    Measure,
    Occurrence,
    Reading,
    Statement,
    Time,
    Toll,
)

PATH = Path(__file__).parents[2] / "../shared/seed/20minutes-2024-11-22.txt"
SUMY = 692194
T = TypeVar("T")

pytestmark = pytest.mark.skipif(not PATH.is_file(), reason=f"no reference document at {PATH}")


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(
        Capture(
            id="reference",
            dispatch="reference",
            publisher="an aggregator",
            text=PATH.read_text(encoding="utf-8"),
            published=datetime.fromisoformat("2024-11-22T08:30:00+01:00"),
            zone="Europe/Paris",
        )
    )


def of(reading: Reading, kind: type[T]) -> list[T]:
    return [claim for claim in reading.claims if isinstance(claim, kind)]


def the(reading: Reading, kind: type[T], words: str) -> T:
    """The claim of a kind in whose quote `words` stand."""
    found = [claim for claim in of(reading, kind) if words in str(getattr(claim, "quote", ""))]
    assert len(found) == 1, [getattr(claim, "quote", "") for claim in of(reading, kind)]
    return found[0]


def on(time: Time | None, day: str) -> bool:
    """Whether a time lies on a day of Paris, where the outlet is."""
    start = datetime.fromisoformat(f"{day}T00:00:00+01:00")
    return time is not None and start <= time.start and (time.end - start).total_seconds() <= 86400


def origin(claim: Claim) -> tuple[str | None, str | None, str | None, str | None]:
    last = claim.attribution[-1]
    return last.name, last.role, last.organisation, last.medium


def test_every_quote_stands_in_the_text(reading: Reading) -> None:
    text = PATH.read_text(encoding="utf-8")
    assert reading.claims
    assert all(text[slice(*claim.span)] == claim.quote for claim in reading.claims)
    assert reading.language == "fr"


def test_the_president_of_kazakhstan_ordered_measures(reading: Reading) -> None:
    measure = the(reading, Measure, "prendre des mesures urgentes")
    assert measure.actor is not None
    assert measure.actor.startswith("Le président du Kazakhstan")
    assert measure.action == "prendre des mesures urgentes"
    assert measure.for_ == "protéger les infrastructures civiles et militaires de son pays"
    assert measure.reason is not None
    assert "escalade en Ukraine" in measure.reason
    assert on(measure.time, "2024-11-22")
    assert measure.role == "news"


def test_the_escalation_is_a_quotation_of_the_president(reading: Reading) -> None:
    statement = the(reading, Statement, "escalade en Ukraine")
    assert statement.mode == "direct"
    assert origin(statement)[1:3] == ("président", "Kazakhstan")


def test_earlier_calls_of_kazakhstan_are_background(reading: Reading) -> None:
    statement = the(reading, Statement, "entre deux peuples slaves")
    assert (statement.mode, statement.role) == ("direct", "background")
    assert "Kazakhstan" in (origin(statement)[0], origin(statement)[2])


def test_russian_strikes_on_sumy(reading: Reading) -> None:
    strike = the(reading, Occurrence, "frappes russes")
    assert (strike.type, strike.actor) == ("strike", "russes")
    assert strike.place is not None
    assert (strike.place.geonames, strike.place.country) == (SUMY, "UA")
    assert on(strike.said, "2024-11-22")
    assert origin(strike)[2] == "autorités locales"


def test_at_least_two_killed(reading: Reading) -> None:
    toll = the(reading, Toll, "au moins deux morts")
    assert (toll.outcome, toll.low, toll.high, toll.qualifier) == ("killed", 2, None, "at_least")
    assert origin(toll)[2] == "autorités locales"
    assert toll.place is not None
    assert toll.place.geonames == SUMY


def test_the_mayor_on_telegram(reading: Reading) -> None:
    statement = the(reading, Statement, "plusieurs explosions massives")
    assert statement.mode == "direct"
    assert statement.quote == "« plusieurs explosions massives »"
    assert origin(statement) == ("Artem Kobzar", "maire", None, "telegram")


def test_air_raid_alert_in_force(reading: Reading) -> None:
    (alert,) = of(reading, Alert)
    assert (alert.hazard, alert.state, alert.area) == ("air_raid", "in_force", "Soumy")
    assert alert.time is not None
    assert alert.time.start == datetime(2024, 11, 22, 4, tzinfo=UTC)
    assert alert.time.zone == "Europe/Kyiv"
    assert alert.advice == "rester à l’écart des fenêtres"
    assert origin(alert)[0] == "Artem Kobzar"


def test_a_residential_quarter_hit_by_a_drone(reading: Reading) -> None:
    attack = the(reading, Occurrence, "un quartier résidentiel")
    assert (attack.type, attack.target) == ("drone_attack", "un quartier résidentiel")
    assert attack.means is not None
    assert "drone" in attack.means
    assert origin(attack)[2] == "administration militaire régionale"


def test_exactly_ten_injured_provisional(reading: Reading) -> None:
    toll = the(reading, Toll, "Dix personnes")
    assert (toll.outcome, toll.low, toll.high, toll.qualifier) == ("injured", 10, 10, "exact")
    assert toll.provisional


def test_what_happened_in_august_is_background(reading: Reading) -> None:
    offensive = the(reading, Occurrence, "une offensive")
    assert (offensive.type, offensive.role) == ("offensive", "background")
    assert offensive.time is not None
    assert offensive.time.precision == "month"
    assert offensive.time.start == datetime.fromisoformat("2024-08-01T00:00:00+02:00")
    assert offensive.place is not None
    assert offensive.place.country == "RU"


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        ("« ne changera ni", "soutenir l’Ukraine »"),
        ("« La Russie a lancé un missile", "ceux qui soutiennent »"),
    ],
)
def test_the_spokeswoman_of_nato(reading: Reading, begins: str, ends: str) -> None:
    statement = the(reading, Statement, begins)
    assert statement.quote.endswith(ends)
    name, role, organisation, medium = origin(statement)
    assert (name, role) == ("Farah Dakhlallah", "porte-parole")
    assert organisation == "Alliance atlantique"
    assert medium == "communique"


def test_the_long_quotation_holds_its_three_sentences(reading: Reading) -> None:
    statement = the(reading, Statement, "expérimental")
    assert "C’est un nouvel exemple" in statement.quote
    assert "cherche à terroriser" in statement.quote


def test_nato_spoke_on_thursday(reading: Reading) -> None:
    statement = the(reading, Statement, "ne changera ni")
    assert on(statement.time, "2024-11-21")


def test_russia_confirms_the_launch(reading: Reading) -> None:
    launch = the(reading, Occurrence, "tiré un missile de dernière génération")
    assert (launch.type, launch.stance) == ("missile_launch", "confirmed")
    assert launch.actor == "la Russie"
    assert launch.target is not None
    assert "Ukraine" in launch.target
    assert on(launch.time, "2024-11-21")
    assert "Russie" in (origin(launch)[0], origin(launch)[2])


def test_an_experimental_medium_range_missile(reading: Reading) -> None:
    launch = the(reading, Occurrence, "missile balistique expérimental")
    assert launch.type == "missile_launch"
    assert launch.means == "un missile balistique expérimental de moyenne portée"
    assert origin(launch)[0] == "Farah Dakhlallah"


def test_a_global_turning_point(reading: Reading) -> None:
    told = [claim for claim in of(reading, Statement) if "un tournant mondial" in claim.quote]
    assert all("Poutine" in str(origin(statement)[0]) for statement in told)
    direct, indirect = sorted(told, key=lambda statement: statement.mode)
    assert (direct.quote, direct.mode) == ("« un tournant mondial »", "direct")
    assert indirect.quote.startswith("la guerre a pris")


def test_the_greeting_is_no_news(reading: Reading) -> None:
    (greeting,) = [note for note in reading.notes if note["kind"] == "greeting"]
    start, end = greeting["span"]
    assert not [claim for claim in reading.claims if start <= claim.span[0] < end]


def test_the_text_is_a_copy_of_20_minutes(reading: Reading) -> None:
    assert "20 Minutes" in [credit.name for credit in reading.credits]
