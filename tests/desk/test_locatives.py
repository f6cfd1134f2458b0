"""Places in the words of sources, where a language declines names."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sourcier.desk.drafting.phrases import Phrases
from sourcier.types import Claim
from tests.desk.make import capture, occurrence, place


def told(language: str, *texts: tuple[str, str], about: str = "Суми") -> str:
    captures, claims = {}, list[Claim]()
    for number, (text, words) in enumerate(texts):
        source = capture(f"c{number}", text, language=language)
        start = text.index(words)
        where = place(words, "Sumy", geonames=5, country="UA")
        span = (start, start + len(words))
        claims.append(occurrence(source, f"o{number}", text, place=replace(where, span=span)))
        captures[source.id] = source
    phrases = Phrases(language, captures, claims)
    return phrases.located("toll.headline", claims[0].place, figures="двоє загиблих")


@pytest.mark.parametrize(
    ("language", "text", "words", "expected"),
    [
        ("uk", "Вибух пролунав у Сумах зранку.", "Сумах", "двоє загиблих у Сумах"),
        ("uk", "У Кривому Розі двоє загиблих.", "Кривому Розі", "двоє загиблих у Кривому Розі"),
        ("uk", "Вибух у Криму.", "Криму", "двоє загиблих у Криму"),
        ("ru", "Взрывы во Льгове.", "Льгове", "двоє загиблих во Льгове"),
    ],
)
def test_a_place_is_told_as_a_source_says_it(
    language: str, text: str, words: str, expected: str
) -> None:
    assert told(language, (text, words)) == expected


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("uk", "Колона виїхала в Одесу.", "Одесу"),
        ("uk", "Удар по Сумах.", "Сумах"),
        ("uk", "Ракета летить у Сумську область.", "Сумську область"),
        ("uk", "Суми під обстрілом.", "Суми"),
        ("ru", "Поезд пришёл в Москву.", "Москву"),
    ],
)
def test_motion_and_other_cases_are_not_taken(language: str, text: str, words: str) -> None:
    assert told(language, (text, words)).endswith(": двоє загиблих")


def test_the_commonest_words_win() -> None:
    texts = (
        ("У Сумі тихо.", "Сумі"),
        ("Вибух у Сумах.", "Сумах"),
        ("Гасло в Сумах: у Сумах.", "Сумах"),
    )
    assert told("uk", *texts, ("Дим у Сумах.", "Сумах")) == "двоє загиблих у Сумах"


def test_french_declines_nothing() -> None:
    assert told("fr", ("Une explosion à Soumy.", "Soumy")) == "двоє загиблих à Soumy"
