"""Which of the times of a text dates what it tells."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from sourcier.read import read
from sourcier.types import Capture, Occurrence


def days(language: str, text: str) -> list[int | None]:
    """Return the day of the month on which each occurrence starts, published on Thursday the 13th."""
    published = datetime.fromisoformat("2025-03-13T12:00:00+00:00")
    capture = Capture(
        id="c", dispatch="d", text=text, published=published, zone="Europe/Paris", language=language
    )
    told = [claim for claim in read(capture).claims if isinstance(claim, Occurrence)]
    zone = ZoneInfo("Europe/Paris")
    return [claim.time.start.astimezone(zone).day if claim.time else None for claim in told]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Crews searched Lyon on Wednesday after a blast.", [None]),
        ("en", "Two people died in Lyon on Wednesday after a blast.", [12]),
        ("en", "Crews dug on Wednesday when a bridge in Lyon collapsed.", [12]),
        ("en", "A fire broke out in Lyon on Monday. The fire began at 11:30 a.m.", [10]),
        ("fr", "Des secours fouillaient Lyon mercredi après une explosion.", [None]),
        ("fr", "Deux personnes sont mortes à Lyon mercredi après une explosion.", [12]),
        ("fr", "Un incendie a détruit une usine de Lyon lundi. L'incendie a pris vers 11h30.", [10]),
    ],
)  # fmt: skip
def test_a_time_of_another_clause_dates_only_what_took_victims_then(
    language: str, text: str, expected: list[int | None]
) -> None:
    assert days(language, text) == expected


def test_a_clock_time_is_on_the_day_of_the_event_that_it_tells_again() -> None:
    told = "Des hommes armés ont attaqué un marché de Djibo lundi."
    assert days("fr", told + "\nIls ont ouvert le feu vers 11h30.") == [10, 10]


def test_a_clock_time_that_heads_its_paragraph_is_of_today() -> None:
    assert days(
        "fr", "Lundi, un incendie a fait deux morts à Lyon.\n11h30 Un incendie à Nice."
    ) == [
        10,
        13,
    ]


def starts(text: str) -> list[datetime | None]:
    """Return when each claim of a French text starts, published in Paris on Thursday the 13th."""
    published = datetime.fromisoformat("2025-03-13T12:00:00+00:00")
    capture = Capture(
        id="c", dispatch="d", text=text, published=published, zone="Europe/Paris", language="fr"
    )
    return [claim.time.start if claim.time else None for claim in read(capture).claims]


def test_a_clock_time_behind_the_place_that_opens_a_post_is_of_all_that_it_tells() -> None:
    assert days("ru", "Таганрог, 02:40. Два хлопка со стороны порта. Загорелся склад.") == [13, 13]


def test_a_local_time_without_a_place_is_that_of_the_place_told_before() -> None:
    text = "Neuf policiers ont été blessés à Tokyo. L'état d'urgence, décrété par le gouvernement, est entré"
    text += " en vigueur à 05h00 locales."
    assert starts(text)[-1] == datetime.fromisoformat("2025-03-12T20:00:00+00:00")


def test_when_a_toll_was_published_is_not_when_it_happened() -> None:
    assert starts("Selon un bilan publié mercredi, le cyclone a fait 17 morts.") == [None, None]


def first_start(language: str, kind: str, text: str) -> str | None:
    """Return when the first claim of a kind starts, in UTC, published in Kyiv at 14:00 (12:00 UTC)."""
    published = datetime.fromisoformat("2025-03-13T12:00:00+00:00")
    capture = Capture(
        id="c", dispatch="d", text=text, published=published, zone="Europe/Kyiv", language=language
    )
    told = next(claim for claim in read(capture).claims if claim.kind == kind)
    return f"{told.time.start:%d %H:%M}" if told.time else None


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "Под Рязанью перевернулся автобус. Случилось это сегодня в 8:55.", "13 06:55"),
        ("uk", "Біля Рахова лавина накрила туристів. Сталося це в середу об 11:20.", "12 09:20"),
        ("fr", "Un train a déraillé près de Gap. Cela s'est produit mardi vers 23 heures.", "11 21:00"),
        ("en", "A coach overturned near Leeds. It happened at 11 pm on Tuesday.", "11 21:00"),
        ("ru", "Под Рязанью перевернулся автобус. Похожее случилось в 2015 году.", None),
    ],
)  # fmt: skip
def test_a_sentence_may_say_when_the_one_before_it_happened(
    language: str, text: str, expected: str | None
) -> None:
    assert first_start(language, "occurrence", text) == expected


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("toll", "У Сумах о 05:42 прогримів вибух. Станом на 08:30 поранено дев'ятеро.", "13 03:42"),
        ("occurrence", "Станом на 08:30 збито 14 безпілотників.", "13 06:30"),
        ("measure", "Рух мостом зупинено до кінця тижня.", "13 12:00"),
        ("measure", "У вівторок мер зупинив рух мостом до кінця тижня.", "10 22:00"),
        ("alert", "Повітряна тривога в Сумах триває з 12:58.", "13 10:58"),
    ],
)  # fmt: skip
def test_a_count_is_no_event_and_what_was_ordered_may_hold_ahead(
    kind: str, text: str, expected: str
) -> None:
    assert first_start("uk", kind, text) == expected


def test_a_local_time_that_elsewhere_has_passed_is_past() -> None:
    text = "Потужний землетрус зафіксовано у четвер о 16:32 за місцевим часом біля Сендая в Японії."
    assert first_start("uk", "occurrence", text) == "13 07:32"
