"""Credits and notes: whose words a text says it carries, and what in it is no news."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcier.languages import LANGUAGES
from sourcier.read.credits import find_credits, find_notes
from sourcier.read.document import Document
from sourcier.read.lexicon import lexicon
from sourcier.types import Capture, Credit

SEED = Path(__file__).parents[2] / "../shared/seed/20minutes-2024-11-22.txt"


def document(text: str, language: str) -> Document:
    published = datetime(2024, 11, 22, 7, 30, tzinfo=UTC)
    capture = Capture(id="x", dispatch="x", text=text, published=published)
    return Document(text, language, published, "UTC", capture)


@pytest.mark.parametrize(
    ("language", "text", "kind", "name"),
    [
        ("fr", "Ouvert (avec l’agence Littoral-Presse).", "agency", "Littoral-Presse"),
        ("fr", "Le pont a rouvert.\nSource : La Vigie", "source", "La Vigie"),
        ("fr", "Lire l’article original sur La Vigie.", "source", "La Vigie"),
        ("fr", "Transféré de Canal du port\nLe pont a rouvert.", "forward", "Canal du port"),
        ("en", "The bridge reopened.\nSource: The Lookout", "source", "The Lookout"),
        ("en", "This story first appeared in The Lookout.", "source", "The Lookout"),
        ("en", "Forwarded from Harbour watch\nThe bridge reopened.", "forward", "Harbour watch"),
        ("en", "By Anna Lys\nThe bridge reopened.", "author", "Anna Lys"),
        ("uk", "Переслано з: Канал порту\nМіст відкрили.", "forward", "Канал порту"),
        ("uk", "Міст відкрили.\nДжерело: Варта", "source", "Варта"),
        ("ru", "Переслано из: Канал порта\nМост открыли.", "forward", "Канал порта"),
        ("ru", "Мост открыли.\nИсточник: Дозор", "source", "Дозор"),
    ],
)
def test_credits(language: str, text: str, kind: str, name: str) -> None:
    assert [(one.kind, one.name) for one in find_credits(document(text, language))] == [
        (kind, name)
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le pont a rouvert (avec {})."),
        ("fr", "TARVEL ({}) - Le pont a rouvert."),
        ("en", "The bridge reopened. Additional reporting by {}."),
        ("en", "TARVEL ({}) - The bridge reopened."),
        ("uk", "Міст відкрили. За матеріалами {}."),
        ("ru", "Мост открыли. По материалам {}."),
    ],
)
def test_agencies_known_by_name(language: str, text: str) -> None:
    agency = lexicon(language, "credits").words("agency_name")[0].upper()
    found = find_credits(document(text.format(agency), language))
    assert found == (Credit(kind="agency", name=agency),)


def test_a_link_is_kept() -> None:
    found = find_credits(document("Done.\nSource: https://lookout.example/1", "en"))
    assert found[0].url == "https://lookout.example/1"


def test_a_line_that_names_nobody_takes_the_newsroom() -> None:
    text = (
        "Bonjour à tous. La rédaction de La Vigie est mobilisée pour vous informer.\n"
        "La source de cet article se trouve sur ce site"
    )
    assert find_credits(document(text, "fr")) == (Credit(kind="source", name="La Vigie"),)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le maire a discuté avec l’association du port."),
        ("fr", "La source du fleuve se trouve sur ce site classé."),
        ("en", "The source of the river is on this site."),
        ("en", "She worked with Anna on the bridge."),
        ("en", "He was hit by a car."),
        ("uk", "Джерело води розташоване поряд."),
        ("ru", "Источник воды находится рядом."),
    ],
)
def test_no_credit(language: str, text: str) -> None:
    assert find_credits(document(text, language)) == ()
    assert find_notes(document(text, language)) == ()


@pytest.mark.parametrize(
    ("language", "text", "kind", "words"),
    [
        ("fr", "Bonjour à tous. Le pont a rouvert.", "greeting", "Bonjour à tous."),
        ("fr", "Le pont a rouvert. Abonnez-vous !", "boilerplate", "Abonnez-vous !"),
        ("fr", "Le pont a rouvert.\nLire aussi : le port", "boilerplate", "Lire aussi : le port"),
        ("en", "Good morning. The bridge reopened.", "greeting", "Good morning."),
        (
            "en",
            "Reopened. Subscribe to our newsletter!",
            "boilerplate",
            "Subscribe to our newsletter!",
        ),
        ("uk", "Доброго ранку! Міст відкрили.", "greeting", "Доброго ранку!"),
        ("uk", "Міст відкрили. Підписуйтесь на канал!", "boilerplate", "Підписуйтесь на канал!"),
        ("ru", "Доброе утро! Мост открыли.", "greeting", "Доброе утро!"),
        ("ru", "Мост открыли. Подписывайтесь на канал!", "boilerplate", "Подписывайтесь на канал!"),
    ],
)
def test_notes(language: str, text: str, kind: str, words: str) -> None:
    notes = find_notes(document(text, language))
    assert [(note["kind"], text[slice(*note["span"])]) for note in notes] == [(kind, words)]


def test_reference_document() -> None:
    if not SEED.is_file():
        pytest.skip(f"no reference document at {SEED}")
    text = SEED.read_text(encoding="utf-8")
    assert find_credits(document(text, "fr")) == (Credit(kind="source", name="20 Minutes"),)
    notes = [
        (note["kind"], text[slice(*note["span"])]) for note in find_notes(document(text, "fr"))
    ]
    assert [kind for kind, _ in notes] == ["greeting", "credit"]
    assert notes[0][1].startswith("Bonjour") and notes[0][1].endswith("le conflit.")


@given(st.sampled_from(LANGUAGES), st.text(max_size=300))
def test_any_text_keeps_its_bounds(language: str, text: str) -> None:
    doc = document(text, language)
    find_credits(doc)
    last = 0
    for note in find_notes(doc):
        start, end = note["span"]
        assert last <= start < end <= len(text)
        last = end
