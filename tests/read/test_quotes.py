"""Quotations: what stands in marks, whatever the marks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcier.languages import LANGUAGES
from sourcier.read.document import Document
from sourcier.read.quotes import find_quotations
from sourcier.types import Capture
from tests.growth import Work, growth


def document(text: str, language: str) -> Document:
    published = datetime(2024, 11, 22, 7, 30, tzinfo=UTC)
    capture = Capture(id="x", dispatch="x", text=text, published=published)
    return Document(text, language, published, "UTC", capture)


def contents(text: str, language: str = "en") -> list[tuple[int, str]]:
    """Return depth and words of each quotation."""
    found = find_quotations(document(text, language))
    return [(quotation.depth, text[slice(*quotation.content)]) for quotation in found]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "« Tout va bien », dit-elle.", ["Tout va bien"]),
        ("fr", "«\u00a0Tout va bien.\u00a0»", ["Tout va bien."]),
        ("fr", "«Tout va bien», dit-elle.", ["Tout va bien"]),
        ("en", "“All is well,” she said.", ["All is well"]),
        ("en", '"All is well," she said.', ["All is well"]),
        ("en", "‘All is well,’ she said.", ["All is well"]),
        ("en", "'All is well,' she said.", ["All is well"]),
        ("en", "''All is well,'' she said.", ["All is well"]),
        ("en", "``All is well,'' she said.", ["All is well"]),
        ("uk", "„Усе гаразд“, – сказала вона.", ["Усе гаразд"]),
        ("uk", "„Усе гаразд”, – сказала вона.", ["Усе гаразд"]),
        ("ru", "»Всё хорошо«, — сказала она.", ["Всё хорошо"]),
        ("ru", "«Всё хорошо», — сказала она.", ["Всё хорошо"]),
        ("ru", "«Всё хорошо”, — сказала она.", ["Всё хорошо"]),
        ("fr", "“Tout va bien», dit-elle.", ["Tout va bien"]),
        ("fr", "« Tout va bien ”, dit-elle.", ["Tout va bien"]),
        ("fr", "l’« escalade » et la « paix »", ["escalade", "paix"]),
        ("fr", 'l\'"escalade" se poursuit', ["escalade"]),
        ("en", "“One. Two! Three?” she asked.", ["One. Two! Three?"]),
        ("en", "“One.\nTwo,” she said.", ["One.\nTwo"]),
        ("en", "“One.\n“Two,” she said.", ["One.", "Two"]),
    ],
)
def test_marks_of_every_style(language: str, text: str, expected: list[str]) -> None:
    assert contents(text, language) == [(0, words) for words in expected]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "“He said ‘never’ and left,” she said.",
            [(0, "He said ‘never’ and left"), (1, "never")],
        ),
        (
            "fr",
            "« Il doit entendre “ce bruit” », dit-elle.",
            [(0, "Il doit entendre “ce bruit”"), (1, "ce bruit")],
        ),
        (
            "ru",
            "«Слова агентства «Маяк» неверны», — сказал он.",
            [(0, "Слова агентства «Маяк» неверны"), (1, "Маяк")],
        ),
        (
            "en",
            '"He called it "a mess" today," she said.',
            [(0, 'He called it "a mess" today'), (1, "a mess")],
        ),
    ],
)
def test_nested(language: str, text: str, expected: list[tuple[int, str]]) -> None:
    assert contents(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The dogs' owners didn't see Anna's house."),
        ("en", 'It was 5\'11" tall and 12" wide.'),
        ("en", "Rock 'n' roll of the '90s."),
        ("fr", "L’eau qu’elle n’a pas vue aujourd’hui."),
        ("uk", "П’ять об'єктів і сімʼя."),
        ("en", "No marks at all."),
        ("en", '“” and ""'),
    ],
)
def test_no_quotation(language: str, text: str) -> None:
    assert contents(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "« Tout est perdu, a lancé Yann. Le quai était vide.", ["Tout est perdu"]),
        ("en", "“All is lost, said Ian. The quay was empty.", ["All is lost"]),
        ("en", "“All is lost, the mayor said. The quay was empty.", ["All is lost"]),
        ("ru", "«Всё потеряно, — сказал Ян. Причал был пуст.", ["Всё потеряно"]),
        ("uk", "«Усе втрачено!, – сказав Ян. Причал порожній.", ["Усе втрачено!"]),
        ("en", "“All is lost\nThe quay was empty. “Yes,” he said.", ["All is lost", "Yes"]),
        (
            "fr",
            "« Tout est perdu, a lancé Yann. « Et le quai ? » a dit Marc.",
            ["Tout est perdu", "Et le quai ?"],
        ),
    ],
)
def test_an_unclosed_quotation_keeps_to_itself(
    language: str, text: str, expected: list[str]
) -> None:
    assert [words for _, words in contents(text, language)] == expected


def test_one_closing_mark_may_serve_two() -> None:
    text = "«Так пишет агентство «Маяк». Потом был дождь."
    assert contents(text, "ru")[0][1] == "Так пишет агентство «Маяк»"


MARKS = "«»‹›“”„‟‚‘’'\"`"


@given(
    st.sampled_from(LANGUAGES),
    st.one_of(st.text(max_size=200), st.text(alphabet=MARKS + "ab .,\nсказав ", max_size=200)),
)
def test_any_text_keeps_its_bounds(language: str, text: str) -> None:
    for quotation in find_quotations(document(text, language)):
        start, end = quotation.content
        assert 0 <= quotation.span[0] < start < end <= quotation.span[1] <= len(text)
        assert quotation.depth >= 0


@pytest.mark.slow
@pytest.mark.parametrize("times", [500, pytest.param(2_000, marks=pytest.mark.slow)])
@pytest.mark.parametrize("piece", ["«", "“a ", '"a', "«сказал он, ", "'a ", "»", "« a »\n", "„"])
def test_time_grows_with_the_text_alone(piece: str, times: int) -> None:
    def prepare(times: int) -> Work:
        doc = document(piece * times, "ru")
        return lambda: find_quotations(doc)

    assert growth(prepare, times, 10 * times) < 40
