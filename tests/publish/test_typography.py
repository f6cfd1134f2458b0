"""French, English and Cyrillic spaces and marks: ours are set, a source's words are not."""

from __future__ import annotations

import pytest

from sourcier.publish.prose import plain, prose
from sourcier.publish.typography import pieces, typeset, typeset_around_quotes


@pytest.mark.parametrize(
    ("plainly", "finished"),
    [
        ("Qui ? Nous !", "Qui\u202f? Nous\u202f!"),
        ("Soumy : au moins 2 morts", "Soumy\u00a0: au moins 2\u00a0morts"),
        ("l'alerte d'hier ; 95 %", "l’alerte d’hier\u202f; 95\u202f%"),
        ("à 08:20, http://exemple.test", "à 08:20, http://exemple.test"),
    ],
)
def test_french_spaces(plainly: str, finished: str) -> None:
    assert typeset(plainly, "fr") == finished
    assert typeset(finished, "fr") == finished


def test_english_keeps_its_spaces() -> None:
    assert typeset("It's over; who: nobody", "en") == "It’s over; who: nobody"


def test_quotation_marks_become_the_page_s_own() -> None:
    assert (
        typeset_around_quotes('Il dit "assez" : fin', "fr")
        == "Il dit «\u202fassez\u202f»\u00a0: fin"
    )
    assert typeset_around_quotes("He said « enough »", "en") == "He said “enough”"


def test_words_of_a_source_stay_as_captured() -> None:
    text = 'Elle a dit "l\'eau ; qui ?" hier'
    assert "l'eau ; qui ?" in typeset_around_quotes(text, "fr")
    assert list(pieces(text)) == [
        ("ours", "Elle a dit "),
        ("quoted", "l'eau ; qui ?"),
        ("ours", " hier"),
    ]


def test_only_captured_words_are_verbatim() -> None:
    captured = [plain("Le maire parle d’une « nuit  blanche ».")]
    found = prose("Une « nuit blanche », une « fête »", "fr", captured)
    assert [piece.kind for piece in found] == ["ours", "verbatim", "ours", "ours"]
    assert found[1].text == "«\u202fnuit blanche\u202f»"


def test_an_inch_sign_or_a_lone_mark_quotes_nothing() -> None:
    for text in ('un écran de 15" hier', "un « guillemet seul"):
        assert [kind for kind, _ in pieces(text)] == ["ours"]
