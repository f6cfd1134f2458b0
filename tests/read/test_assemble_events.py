"""Binding between claims: habits, rival figures, unnamed places."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from sourcier.read import read
from sourcier.types import Alert, Capture, Claim, Measure, Occurrence, Toll


def claims(language: str, text: str, zone: str = "Europe/Kyiv") -> tuple[Claim, ...]:
    published = datetime.fromisoformat("2025-03-14T12:00:00+00:00")
    capture = Capture(
        id="c", dispatch="d", text=text, published=published, zone=zone, language=language
    )
    return read(capture).claims


def tolls(language: str, text: str) -> list[Toll]:
    return [claim for claim in claims(language, text) if isinstance(claim, Toll)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Road accidents kill more than 12,000 people a year, the ministry says."),
        ("fr", "Les accidents de la route font chaque année plus de 12.000 morts."),
        ("uk", "Щороку в аваріях на дорогах гине понад 12 тисяч людей."),
        ("ru", "Ежегодно в авариях на дорогах гибнут более 12 тысяч человек."),
    ],
)
def test_what_happens_every_year_is_background_and_no_occurrence(language: str, text: str) -> None:
    found = claims(language, text)
    assert not [claim for claim in found if isinstance(claim, Occurrence)]
    assert [(c.role, c.scope) for c in found if isinstance(c, Toll)] == [("background", "period")]


def test_a_habit_disputes_no_event() -> None:
    text = (
        "A coach fell into a gorge in Kenya on Thursday, killing 45 people, the police said. "
        "Road accidents kill more than 12,000 people a year, according to the ministry."
    )
    assert {toll.stance for toll in tolls("en", text)} == {"asserted"}


@pytest.mark.parametrize(
    "text",
    [
        "In Turkey, 912 people were killed, the agency said. In Syria, 326 died, the ministry said.",
        "Twelve people died in army areas, a clerk said, and 147 in rebel areas, according to her.",
    ],
)
def test_figures_of_two_places_are_no_rivals(text: str) -> None:
    found = tolls("en", text)
    assert len(found) == 2
    assert {toll.stance for toll in found} == {"asserted"}


def test_two_sources_for_one_event_are_rivals() -> None:
    found = tolls("fr", "Dix personnes ont été tuées, selon la mairie ; douze, selon les secours.")
    assert [(toll.low, toll.stance) for toll in found] == [(10, "disputed"), (12, "disputed")]


def test_a_running_count_ends_with_its_sentence() -> None:
    text = (
        "Depuis octobre 2023, plus de 3.440 personnes ont été tuées au Liban. "
        "Deux soldats ont été blessés jeudi dans une frappe."
    )
    assert [toll.scope for toll in tolls("fr", text)] == ["cumulative", "event"]


def test_the_capital_is_that_of_the_country_told_of() -> None:
    text = "Повітряну тривогу в столиці України оголосили о 10:01, відбій – об 11:45."
    alerts = [claim for claim in claims("uk", text) if isinstance(claim, Alert)]
    assert [claim.place.name for claim in alerts if claim.place] == ["Kyiv", "Kyiv"]
    kyiv = ZoneInfo("Europe/Kyiv")
    hours = [f"{claim.time.start.astimezone(kyiv):%H:%M}" for claim in alerts if claim.time]
    assert hours == ["10:01", "11:45"]


@pytest.mark.parametrize(
    "text",
    [
        "The capital of fashion is calm. A strike hit Kharkiv.",
        "A strike hit Kharkiv, after venture capital gains tax talks in Ukraine.",
        "In Ukraine a strike hit the cultural capital, Lviv.",
    ],
)
def test_another_capital_is_no_place(text: str) -> None:
    assert "Kyiv" not in {claim.place.name for claim in claims("en", text) if claim.place}


def test_what_goes_on_has_no_day_of_its_own() -> None:
    text = (
        "Two people were hurt in Sumy on Thursday. Daily shelling of Sumy has emptied the street."
    )
    shelling = [claim for claim in claims("en", text) if isinstance(claim, Occurrence)]
    assert [(claim.type, claim.time) for claim in shelling] == [("shelling", None)]


def test_a_weekday_orders_nothing() -> None:
    (measure,) = [
        claim
        for claim in claims("ru", "Губернатор в пятницу поручил закрыть школы.")
        if isinstance(claim, Measure)
    ]
    assert measure.actor == "Губернатор"


def test_a_subject_begins_at_its_own_noun_phrase() -> None:
    text = (
        "Douze personnes étaient toujours portées disparues et plus de deux millions de foyers "
        "étaient privés d'électricité jeudi."
    )
    (outage,) = [claim for claim in claims("fr", text) if isinstance(claim, Occurrence)]
    assert outage.target == "plus de deux millions de foyers"


@pytest.mark.parametrize(
    ("language", "text", "types"),
    [
        ("en", "Gunmen opened fire in Karsk. No one claimed the attack.", ["shooting"]),
        ("en", "An explosion shook Karsk. No one claimed the attack.", ["explosion"]),
        ("fr", "Des hommes armés ont ouvert le feu. L'attaque a duré une heure.", ["shooting"]),
        ("en", "A bomb exploded. An attack on a patrol followed.", ["explosion", "strike"]),
    ],
)
def test_a_definite_attack_is_the_one_that_was_told(
    language: str, text: str, types: list[str]
) -> None:
    found = claims(language, text)
    assert [claim.type for claim in found if isinstance(claim, Occurrence)] == types


@pytest.mark.parametrize(
    "text",
    [
        "Le maire a affirmé qu'un obus avait touché l'école de Beaumont.",
        "Le maire a affirmé que trois obus avaient touché l'école de Beaumont.",
    ],
)
def test_the_pluperfect_of_reported_speech_is_news(text: str) -> None:
    assert {claim.role for claim in claims("fr", text)} == {"news"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Deux bergers sont morts jeudi dans un incendie qui fait rage depuis mardi."),
        ("en", "Two herders died Thursday in a fire that broke through the fence on Tuesday."),
    ],
)
def test_a_time_told_of_the_happening_dates_it(language: str, text: str) -> None:
    (fire,) = [claim for claim in claims(language, text) if isinstance(claim, Occurrence)]
    assert fire.time is not None
    assert fire.time.start.astimezone(ZoneInfo("Europe/Kyiv")).day == 11


def types(language: str, text: str) -> list[str]:
    return [claim.type for claim in claims(language, text) if isinstance(claim, Occurrence)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Un incendie a détruit un entrepôt à Dole. La cause du brasier est inconnue.", ["fire"]),
        ("en", "A ferry capsized off Kos. The boat sank within minutes.", ["accident"]),
        ("en", "A ferry capsized off Kos. A trawler sank at noon.", ["accident", "accident"]),
        ("en", "A house in Kos collapsed. The house gave way at dawn.", ["collapse"]),
        ("en", "A house in Kos collapsed. The bridge gave way too.", ["collapse", "collapse"]),
    ],
)  # fmt: skip
def test_what_befell_a_thing_told_before_is_told_again(
    language: str, text: str, expected: list[str]
) -> None:
    assert types(language, text) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Depuis juin, neuf personnes ont perdu la vie dans des avalanches en France."),
        ("en", "Landslides have killed 57 people in Nepal since June."),
    ],
)
def test_the_many_of_a_running_count_are_no_occurrence(language: str, text: str) -> None:
    assert types(language, text) == []


def test_a_few_people_arrested_are_a_toll_and_an_occurrence_many_a_toll_alone() -> None:
    assert types("fr", "Deux passeurs ont été interpellés à Dakar.") == ["arrest"]
    assert types("fr", "Trente manifestants ont été interpellés à Dakar.") == []


@pytest.mark.parametrize(
    ("language", "text", "type_", "place", "words"),
    [
        (
            "fr",
            "Deux hommes sont morts dans une fusillade. Le drame est survenu à Nîmes vers 22 heures.",
            "shooting", "Nîmes", "vers 22 heures",
        ),
        (
            "en",
            "A worker died in an explosion at a mill. The incident happened in Leeds at 9.30am.",
            "explosion", "Leeds", "9.30am",
        ),
        (
            "ru",
            "Взорвался газ в жилом доме. Происшествие случилось в Рязани около 15:00 в среду.",
            "explosion", "Ryazan’", "около 15:00 в среду",
        ),
    ],
)  # fmt: skip
def test_a_general_word_places_and_dates_what_was_told(
    language: str, text: str, type_: str, place: str, words: str
) -> None:
    found = [one for one in claims(language, text) if isinstance(one, Occurrence)]
    event = next(one for one in found if one.type == type_)
    assert event.place and event.place.name == place
    assert event.time and words in event.time.text
    assert {one.type for one in found} <= {type_, "arrest"}


def test_a_general_word_alone_tells_no_type() -> None:
    assert types("en", "The incident happened in Leeds at 9.30am.") == []


def test_a_shooting_is_told_of_each_victim() -> None:
    text = "Three boys were shot in Reno on Friday. The first was shot in the leg, Al Fox was shot twice."
    assert types("en", text) == ["shooting"]
    assert types("en", f"{text} A man was shot in Sparks.") == ["shooting", "shooting"]
