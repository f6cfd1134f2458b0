"""Search within a story: what is found by which words, and what its page shows."""

from __future__ import annotations

import msgspec
import pytest

from sourcier.publish.links import Links
from sourcier.publish.page import render_page
from sourcier.publish.search import LONGEST, MOST, Results, fold, search, stem
from sourcier.publish.view import View
from sourcier.types import EntryText
from tests.publish.sumy import sumy
from tests.publish.test_page import words
from tests.publish.trees import tree


def found(query: str, language: str = "fr") -> Results:
    return search(View(sumy(), language, Links("/", "soumy", language, "fr")), query)


def in_text(query: str, text: str) -> bool:
    story = sumy()
    entry = msgspec.structs.replace(
        story.entries[0], claims=(), texts={"fr": EntryText(headline="Titre", body=text)}
    )
    story = msgspec.structs.replace(story, entries=(entry,))
    return search(View(story, "fr", Links("/", "soumy", "fr", "fr")), query).total == 1


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("blesses", "Dix personnes blessées."),
        ("BLESSÉ", "dix blesses"),
        ("coeur", "au cœur de la ville"),
        ("l'alerte", "L’alerte est levée"),
        ("alerte", "l’alerte est levée"),
        ("ville deux", "Deux morts dans la ville"),
        ("morts", "un mort"),
        ("explosions", "an explosion was heard"),
        ("п'ять", "П’ять поранених"),
        ("пять", "П’ять поранених"),
        ("Суми", "вибухи в Сумах"),
        ("їжак", "Їжаки"),
        ("поранені", "десять поранених"),
        ("ёлка", "под елкой"),
        ("взрывы", "после взрывов"),
        ("район", "в районах города"),
        ("грунт", "ґрунт"),
    ],
)
def test_a_word_is_found_in_any_form(query: str, text: str) -> None:
    assert in_text(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("mort", "un amortisseur"),
        ("deux trois", "Deux morts"),
        ("", "Deux morts"),
        ("«»", "Deux « morts »"),
        ("п'ять", "поранені в яру"),
    ],
)
def test_what_is_not_there_is_not_found(query: str, text: str) -> None:
    assert not in_text(query, text)


def test_folding_and_stems_keep_three_letters() -> None:
    assert fold("L’Été") == "lete"
    assert [stem(word) for word in ("морі", "гас", "as", "gaz", "les")] == [
        "мор",
        "гас",
        "as",
        "gaz",
        "les",
    ]


def test_sources_words_and_speakers_are_searched_in_their_own_language() -> None:
    ukrainian = found("тривога")
    assert [one.href for one in ukrainian.found] == ["/soumy/e/a4"]
    shown = ukrainian.found[0]
    assert shown.spoken == "uk" and shown.source
    assert any(run.kind == "mark" and run.text == "тривога" for run in shown.runs)
    assert "/soumy/e/a4" in [one.href for one in found("Vilkhovy").found]


def test_what_was_withdrawn_is_not_found() -> None:
    assert all("/a5" not in one.href for one in found("quartier").found)


def test_results_stand_first_and_lead_to_the_entries() -> None:
    page = tree(render_page(sumy(), "fr", query="alerte  Soumy").html)
    assert words(page.get_element_by_id("rh")).endswith("« alerte Soumy »")
    assert not page.xpath("//article | //script | //aside")
    (main,) = page.xpath("//main")
    assert main.xpath(".//li/a/@href")
    assert main.xpath("./*[1]//a/@href") == ["/soumy/"]
    assert [one.tag for one in main] == ["p", "form", "section"]
    assert page.xpath("//input[@name='q']/@value") == ["alerte Soumy"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//nav/a[@lang='en']/@href") == ["?l=en&q=alerte%20Soumy"]


def test_nothing_found_says_so() -> None:
    page = tree(render_page(sumy(), "en", query="zzz").html)
    assert words(page.get_element_by_id("rh")) == "0 entries for “zzz”"


def test_a_query_is_no_markup_and_has_a_limit() -> None:
    hostile = "<script>alert(1)</script>" + "a " * 5000
    html = render_page(sumy(), "fr", query=hostile).html
    assert "<script>alert" not in html
    assert len(found(hostile).query) <= LONGEST


def test_the_newest_are_shown_of_many() -> None:
    story = sumy()
    many = tuple(msgspec.structs.replace(story.entries[0], id=f"n{n}") for n in range(MOST + 5))
    page = render_page(msgspec.structs.replace(story, entries=many), "fr", query="Kazakhstan")
    assert page.html.count("<li><span>") == MOST
    assert "et 5\u00a0entrées plus anciennes" in page.html
