"""Which language a text is in; other languages are a problem, not garbage."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from bench.newslike import sentences

from sourcier import languages
from sourcier.languages import LANGUAGES
from sourcier.problems import InputError
from sourcier.read import read
from sourcier.read.language import detect
from sourcier.types import Capture

OTHERS = {
    "be": "Два чалавекі загінулі ў аўторак у выніку пажару на складзе, паведаміў мэр горада.",
    "bg": "Двама души загинаха във вторник при пожар в склад, съобщи кметът на града.",
    "cs": "Při požáru skladu v úterý zahynuli dva lidé, řekl starosta města.",
    "de": "Bei einem Brand in einem Lagerhaus sind am Dienstag zwei Menschen verletzt worden.",
    "el": "Δύο άνθρωποι σκοτώθηκαν την Τρίτη σε πυρκαγιά σε αποθήκη, είπε ο δήμαρχος.",
    "es": "Al menos tres personas murieron el martes en un choque de trenes cerca de Vallehondo.",
    "it": "Due persone sono rimaste ferite nel crollo di un ponte, ha detto il sindaco.",
    "nl": "Bij een brand in een loods zijn dinsdag twee mensen gewond geraakt.",
    "pl": "W pożarze magazynu zginęły we wtorek dwie osoby, poinformował burmistrz.",
    "pt": "Pelo menos três pessoas morreram na terça-feira num choque de comboios.",
    "ro": "Doi oameni au murit marți într-un incendiu izbucnit la un depozit din oraș.",
    "sr": "Двоје људи погинуло је у уторак у пожару у складишту, рекао је градоначелник.",
    "tr": "Salı günü bir depoda çıkan yangında iki kişi hayatını kaybetti.",
}

UNREAD = [(language, text) for language, text in OTHERS.items() if language not in LANGUAGES]


def capture(text: str, language: str | None = None) -> Capture:
    published = datetime(2025, 3, 14, tzinfo=UTC)
    return Capture(id="c", dispatch="d", text=text, published=published, language=language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("write", [str, str.upper], ids=["as it is", "capitals"])
def test_lines_of_the_corpora_are_told_apart(language: str, write: type[str]) -> None:
    lines = [line for line in sentences(language) if sum(map(str.isalpha, line)) >= 20]
    wrong = [line for line in lines if detect(write(line)) != language]
    assert len(wrong) * 50 <= len(lines), wrong


@pytest.mark.parametrize(("language", "text"), UNREAD)
def test_another_language_is_a_problem(language: str, text: str) -> None:
    assert detect(text) == language
    with pytest.raises(InputError) as raised:
        read(capture(text))
    assert raised.value.problem.code == "unread_language"
    assert repr(language) in raised.value.problem.message


def test_a_given_language_that_is_not_read_gives_way_to_the_one_that_is_found() -> None:
    assert read(capture("Two people were hurt in Port Selwyn.", "xx")).language == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Харків. Вибухи!", "uk"),
        ("Харьков. Взрывы!", "ru"),
        ("Отбой тревоги", "ru"),
        ("Відбій тривоги", "uk"),
        ("🔴 УВАГА! Дніпро — в укриття", "uk"),
        ("Séisme au large de Vauclerc", "fr"),
        ("ALERTE. Deux morts à Orval", "fr"),
        ("Orval bridge shut", "en"),
        ("Мер: «Всі живі». Сусідка сказала російською: «Мы услышали взрыв и выбежали».", "uk"),
        ("", "en"),
        ("12:30 🚨", "en"),
        ("\ud83d", "en"),
    ],
)
def test_short_and_mixed_posts_are_in_one_of_ours(text: str, language: str) -> None:
    assert detect(text) == language


def test_latin_letters_for_cyrillic_words_stay_readable() -> None:
    assert (
        detect("Vzryvy v gorode, dvoe pogibshikh i pyatero ranenykh, soobshchil mer.") in LANGUAGES
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_without_rooms_is_read_and_claims_nothing(
    monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(languages, "LANGUAGES", (*LANGUAGES, "xx"))
    for text in sentences(language)[::25]:
        reading = read(capture(text, "xx"), mentions=True)
        assert reading.language == "xx"
        assert reading.claims == ()
