"""Search: its syntax, and what it finds in four languages."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from sourcier.desk import store
from sourcier.desk.finding.extract import extract
from sourcier.desk.finding.query import FIELDS, QueryError, parse
from sourcier.desk.store.search import search
from tests.desk.conftest import SLUG, entry
from tests.desk.make import capture
from tests.desk.samples import CAPTURES, READINGS, first

_ALPHABET = st.sampled_from(
    [*"abé*-:\"«»“”„' \0\n'&|()", "Суми", "lang:", "from:", "2024-11-22", "ﬁ"]
)


def found(text: str) -> set[str]:
    return {hit.key for hit in search(SLUG, parse(text))}


@pytest.fixture
def kept(story: str) -> str:
    store.save_captures(SLUG, CAPTURES)
    store.save_readings(SLUG, READINGS)
    store.save_woven(SLUG, first(), READINGS and CAPTURES[0].published)
    store.add_draft(entry("x1", "Une usine évacuée", "Rien d’autre."), by="ines")
    return story


@given(st.lists(_ALPHABET, max_size=14).map("".join) | st.text(max_size=60))
def test_a_query_is_read_or_refused_with_a_reason(text: str) -> None:
    try:
        query = parse(text)
    except QueryError as error:
        assert error.key in {"empty", "quote", "field", "value", "date", "long", "star"}
        return
    assert query.terms or query.filters or query.days
    assert set(query.filters) | set(query.days) <= FIELDS
    for term in (*query.terms, *query.without):
        assert all(word.isalnum() for word in term.words)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "empty"), ("-rien", "empty"), ('"deux morts', "quote"), ("couleur:rouge", "field"),
        ("lang:", "value"), ("from:hier", "date"), ("a*", "star"), ("mot " * 25, "long"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(text: str, key: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert caught.value.key == key


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("explosion petrik", {"wire", "blasts"}),
        ("«fortes explosions»", {"wire", "blasts"}),
        ("«explosions fortes»", set()),
        ("explos* kind:statement", {"blasts"}),
        ("morts -autorites kind:capture", {"copy"}),
        ("вибух lang:uk", {"channel", "heard"}),
        ('source:"Le Lavoir"', {"copy", "copied"}),
        ("place:trypont kind:toll lang:uk", {"twelve"}),
        ("usines évacuées", {"x1"}),
        ("from:2024-11-22 to:2024-11-22 twelve", set()),
        ("morts to:2024-11-21", set()),
    ],
)
def test_what_is_found(kept: str, text: str, keys: set[str]) -> None:
    assert found(text) == keys


def test_no_query_upsets_the_database(kept: str) -> None:
    for text in (
        "NEAR OR AND",
        "'; --",
        "words:x",
        "a:b",
        "ﬁ*",
        "½",
        "x' | y",
        "from:9999-12-31",
        "to:9999-12-31",
    ):
        try:
            found(text)
        except QueryError:
            continue


_SAME = """
вибух вибухи вибухів вибухами
взрыв взрывы взрывов взрывами
поранені поранено поранених
Суми Сумах Сумам
Харків Харкова Харкові
ракета ракети ракет ракетами
удар удары ударов ударами
мэр мэра мэром
blessé blessés blessée blessées
frappe frappes frappé
explosion explosions
strike strikes
wounded wounding
casualty casualties
""".splitlines()


def test_words_meet_in_their_forms(story: str) -> None:
    """Invented recall set: each form of a word finds the text of each other form."""
    asked = met = 0
    for line in filter(None, _SAME):
        forms = line.split()
        store.save_captures(SLUG, [capture(f"c-{word}", f"({word})") for word in forms])
        for word in forms:
            hits = found(word)
            asked += len(forms)
            met += sum(f"c-{form}" in hits for form in forms)
    assert met / asked == 1


def test_the_screen_shows_the_words_found_and_where_they_lead(editor: Client, kept: str) -> None:
    page = editor.get(
        f"/desk/{SLUG}/search", {"q": "explosions"}, headers={"Accept-Language": "fr"}
    )
    assert page.status_code == 200
    assert "<mark>explosions</mark>" in page.text
    assert "?event=e1#ev" in page.text
    draft = editor.get(f"/desk/{SLUG}/search", {"q": "usine"}, headers={"Accept-Language": "fr"})
    assert "?entry=x1#comp" in draft.text


@pytest.mark.parametrize("query", ['"sans fin', "couleur:rouge", "x*", "-rien", "mot " * 40])
def test_the_screen_says_what_is_wrong_with_a_query(editor: Client, kept: str, query: str) -> None:
    page = editor.get(f"/desk/{SLUG}/search", {"q": query})
    assert page.status_code == 422
    assert 'role="alert"' in page.text


def test_hostile_words_are_shown_as_words(editor: Client, kept: str) -> None:
    page = editor.get(f"/desk/{SLUG}/search", {"q": "<script>alert(1)</script>"})
    assert page.status_code == 200
    assert "<script>alert" not in page.text


@given(st.text(max_size=400), st.text(alphabet="abéвіс ", min_size=1, max_size=12))
def test_an_extract_is_made_of_its_text(text: str, asked: str) -> None:
    try:
        query = parse(asked)
    except QueryError:
        return
    made = "".join(piece.text for piece in extract(text, query.terms))
    assert made.removeprefix("[…] ").removesuffix(" […]") in text
