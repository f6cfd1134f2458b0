"""Offices, channels and persons of other languages, as a page names them."""

from __future__ import annotations

import msgspec
import pytest

from sourcier.publish.glossary import Office, office
from sourcier.publish.letters import in_letters
from sourcier.publish.links import Links
from sourcier.publish.speakers import Detail, speaker_of
from sourcier.publish.view import View
from sourcier.types import Attribution
from tests.publish.sumy import sumy


@pytest.mark.parametrize(
    ("words", "written", "wanted", "bare"),
    [
        ("Рятувальник", "uk", "fr", "secouriste"),
        ("речниця", "uk", "en", "spokesperson"),
        ("Областная военная администрация", "ru", "fr", "administration militaire régionale"),
        ("міський  голова", "uk", "ru", "мэр"),
        ("Канал міського голови", "uk", "fr", "Canal du maire"),
        ("Канал мэра (демо)", "ru", "en", "The mayor's channel (demo)"),
        ("МОЗ", "uk", "fr", "ministère de la Santé"),
    ],
)
def test_what_is_in_the_table_is_named_in_the_page_s_language(
    words: str, written: str, wanted: str, bare: str
) -> None:
    found = office(words, written, wanted)
    assert found and found.bare == bare


@pytest.mark.parametrize("words", ["", "Плесо", "Плесо (демо)", "Канал мэра (новый)", "(демо)"])
def test_what_is_in_no_table_is_not_translated(words: str) -> None:
    assert office(words, "ru", "fr") is None
    assert office(words, "zz", "fr") is None


def test_an_addition_stands_in_both_forms() -> None:
    found = office("Канал мерії (демо)", "uk", "fr")
    assert found == Office("le canal de la mairie (démo)", "Canal de la mairie (démo)")


@pytest.mark.parametrize(
    ("name", "wanted", "known", "spelled"),
    [
        ("Остап Вільшанський", "fr", (), "Ostap Vilchansky"),
        ("Остап Вільшанський", "en", (), "Ostap Vilshanskyi"),
        ("Остап Вільшанський", "en", ("Ostap Vilshansky",), "Ostap Vilshansky"),
        ("Остап Вільшанський", "fr", ("Ostap Vilshanskyi",), "Ostap Vilshanskyi"),
        ("Андрій Грушецький", "fr", (), "Andriy Hrouchetsky"),
    ],
)
def test_a_person_has_one_spelling(
    name: str, wanted: str, known: tuple[str, ...], spelled: str
) -> None:
    assert in_letters(name, "uk", wanted, known) == spelled


@pytest.mark.parametrize(
    ("role", "told"),
    [("речник", Detail("porte-parole", None)), ("сторож", Detail("сторож", "uk"))],
)
def test_a_role_of_another_language_is_translated_or_marked_as_such(
    role: str, told: Detail
) -> None:
    view = View(sumy(), "fr", Links("/", "soumy", "fr", "fr"))
    claim = next(c for c in sumy().claims.values() if view.language_of(c.capture) == "uk")
    link = Attribution(span=(0, 0), name="Остап Вільха", role=role, organisation=None, medium=None)
    speaker = speaker_of(view, msgspec.structs.replace(claim, attribution=(link,)))
    assert speaker.name == "Ostap Vilkha"
    assert speaker.details == (told,)
    bare = msgspec.structs.replace(link, name=None, role="міський голова")
    assert speaker_of(view, msgspec.structs.replace(claim, attribution=(bare,))).name == "maire"
