"""A text made of the claims that an editor bound."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sourcier.desk.drafting.compose import compose, kind_of, principal
from sourcier.desk.drafting.phrases import Phrases
from sourcier.types import Claim, EntryText, Event, Time
from tests.desk.make import alert, capture, event, minute, place, toll
from tests.desk.samples import (
    BLASTS,
    CAPTURES,
    CLAIMS,
    HEARD,
    INJURED,
    KILLED,
    STRIKE,
    TWELVE,
    second,
)

SOURCES = {each.id: each for each in CAPTURES}


def told(*claims: Claim, language: str = "fr", about: Event | None = None) -> EntryText:
    return compose(Phrases(language, SOURCES, CLAIMS.values()), claims, about, SOURCES)


@pytest.mark.parametrize(
    ("language", "headline", "body"),
    [
        ("fr", "Au moins deux morts à Trois-Ponts, selon les autorités locales", ""),
        ("en", "At least two killed in Trypont, according to local authorities", ""),
    ],
)
def test_a_figure_keeps_its_caution_and_its_giver(language: str, headline: str, body: str) -> None:
    assert told(KILLED, language=language) == EntryText(headline=headline, body=body)


def test_what_is_provisional_is_said_to_be() -> None:
    assert told(INJURED).body == "Bilan provisoire."


def test_figures_of_one_giver_make_one_sentence() -> None:
    injured = replace(INJURED, attribution=KILLED.attribution)
    headline = "Au moins deux morts et dix blessés à Trois-Ponts, selon les autorités locales"
    assert told(KILLED, injured) == EntryText(headline=headline, body="Bilan provisoire.")


def test_figures_of_two_givers_stay_apart_and_their_contradiction_is_said() -> None:
    text = told(INJURED, TWELVE, about=second().known.event("e1"))
    assert text.headline == "Dix blessés à Trois-Ponts, selon Agence Galet"
    assert "12 blessés à Trois-Ponts, selon Ivan Petrik, maire." in text.body
    assert text.body.endswith("Ces bilans se contredisent ; aucun n'est écarté.")


def test_a_figure_alone_is_not_said_to_be_contradicted() -> None:
    assert "contredisent" not in told(TWELVE, about=second().known.event("e1")).body


def test_a_figure_without_a_place_is_told_where_the_event_is() -> None:
    text = told(
        replace(KILLED, place=None),
        about=event(KILLED, place=place("Halka", "Halka", geonames=78)),
    )
    assert text.headline.startswith("Au moins deux morts à Halka")


def test_who_gives_the_same_figures_is_named_with_the_others() -> None:
    mayor = replace(KILLED, id="again", attribution=TWELVE.attribution, capture="channel")
    headline = (
        "Au moins deux morts à Trois-Ponts, selon les autorités locales et Ivan Petrik, maire"
    )
    assert told(KILLED, mayor).headline == headline


def test_the_gravest_figure_makes_the_headline() -> None:
    assert told(INJURED, KILLED).headline.startswith("Au moins deux morts")


def test_a_first_text_tells_the_standing_figures_and_no_copy() -> None:
    about = second().known.event("e1")
    chosen = principal(about, CLAIMS.values(), {"copy"})
    assert {claim.id for claim in chosen} == {"killed", "injured", "twelve"}
    assert principal(event(BLASTS, STRIKE), [BLASTS, STRIKE], set()) == (STRIKE,)


def test_figures_come_before_what_was_said() -> None:
    text = told(BLASTS, STRIKE, KILLED)
    assert text.headline.startswith("Au moins deux morts")
    assert text.body.index("Frappe à Trois-Ponts") < text.body.index("« trois fortes explosions »")
    assert kind_of([BLASTS, STRIKE, KILLED]) == "toll"


def test_foreign_words_are_said_to_be_foreign() -> None:
    text = told(HEARD)
    assert "en ukrainien" in text.headline
    assert "У місті прогриміли вибухи" in text.body


def test_an_alert_is_told_with_its_hour_and_what_is_not_known_of_it() -> None:
    siren = capture("siren", "L'alerte aérienne est en vigueur à Trois-Ponts.", at=30)
    time = Time(
        text="07:30", span=(0, 0), start=minute(30), end=minute(30), zone="Europe/Kyiv",
        precision="minute",
    )  # fmt: skip
    claim = alert(siren, "al", "L'alerte aérienne est en vigueur", place=place(), time=time)
    found = {"siren": siren}
    text = compose(Phrases("fr", found, [claim]), [claim], None, found)
    assert text.headline == "Alerte aérienne en vigueur à Trois-Ponts"
    assert text.body.startswith("En vigueur à 07:30, heure locale, selon Agence Galet")
    timeless = replace(claim, time=None)
    assert compose(Phrases("fr", found, [timeless]), [timeless], None, found).headline


def test_a_toll_over_time_is_said_to_be_one() -> None:
    year = replace(KILLED, scope="cumulative")
    assert "bilan cumulé" in told(year).headline


def test_nothing_bound_tells_nothing() -> None:
    assert told() == EntryText(headline="", body="")
    assert kind_of([]) == "text"


def test_a_group_is_counted() -> None:
    source = capture("g", "Trois enfants ont été tués à Trois-Ponts.")
    claim = toll(source, "g", "Trois enfants ont été tués", 3, of=("children",), place=place())
    found = {"g": source}
    for language, words in {"fr": "enfants tués", "en": "children"}.items():
        made = compose(Phrases(language, found, [claim]), [claim], None, found)
        assert words in made.headline
