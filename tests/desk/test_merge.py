from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcier.desk.drafting.merge import Clash, _words, merge

BASE = "Deux morts à Trois-Ponts, selon la mairie. Bilan provisoire."

words = st.lists(st.sampled_from(["un", "deux", "trois", "morts", ",", ".", " ", "\n\n", "à", "ї"]))
typed = st.text(max_size=60).map(lambda text: text.replace("\r", "\n"))  # as forms are read
texts = st.one_of(words.map(" ".join), typed)


def test_changes_in_different_places_are_both_taken() -> None:
    theirs = BASE.replace("Deux", "Trois")
    mine = BASE.replace("la mairie", "le préfet")
    found = merge(BASE, theirs, mine)
    assert not found.clashes
    assert found.text() == "Trois morts à Trois-Ponts, selon le préfet. Bilan provisoire."


def test_the_same_change_is_taken_once() -> None:
    both = BASE.replace("Deux", "Trois")
    assert merge(BASE, both, both).text() == both


def test_what_both_changed_has_to_be_chosen() -> None:
    found = merge(BASE, BASE.replace("Deux", "Trois"), BASE.replace("Deux", "Quatre"))
    assert found.clashes == (Clash("Deux", "Trois", "Quatre"),)
    assert found.text().startswith("Quatre morts")
    assert found.text({0: "theirs"}).startswith("Trois morts")
    assert found.text({0: "both"}).startswith("Trois Quatre morts")


def test_a_change_beside_another_is_a_clash() -> None:
    """Two neighbours of one phrase, each changed by somebody else, may contradict each other."""
    found = merge("dix blessés", "dix tués", "onze blessés")
    assert found.clashes == (Clash("dix blessés", "dix tués", "onze blessés"),)


def test_what_one_takes_out_and_the_other_changes_is_a_clash() -> None:
    found = merge(BASE, BASE.replace(" Bilan provisoire.", ""), BASE.replace("Bilan", "Compte"))
    assert len(found.clashes) == 1
    assert "Compte provisoire" in found.text()


def test_two_paragraphs_added_at_the_same_place_can_both_be_had() -> None:
    found = merge("Titre", "Titre\n\nEux.", "Titre\n\nMoi.")
    assert found.text(dict.fromkeys(range(len(found.clashes)), "both")).count("Titre") == 1
    assert "Eux" in found.text({0: "both"})
    assert "Moi" in found.text({0: "both"})


@given(texts, texts)
def test_where_they_changed_nothing_it_is_mine(base: str, mine: str) -> None:
    assert merge(base, base, mine).text() == mine
    assert not merge(base, base, mine).clashes


@given(texts, texts)
def test_where_i_changed_nothing_it_is_theirs(base: str, theirs: str) -> None:
    assert merge(base, theirs, base).text() == theirs


@given(texts, texts, texts)
def test_it_does_not_matter_who_is_who(base: str, one: str, two: str) -> None:
    here, there = merge(base, one, two), merge(base, two, one)
    assert [type(part) for part in here.parts] == [type(part) for part in there.parts]
    turned = [Clash(clash.base, clash.mine, clash.theirs) for clash in there.clashes]
    assert list(here.clashes) == turned
    if not here.clashes:
        assert here.text() == there.text()


@given(texts, texts, texts)
def test_no_word_that_somebody_typed_is_lost(base: str, theirs: str, mine: str) -> None:
    """Each word that is in one version and not in the common text is in the outcome, or is offered."""
    found = merge(base, theirs, mine)
    everything = _words(found.text(dict.fromkeys(range(len(found.clashes)), "both")))
    for version in (theirs, mine):
        typed_words = {word for word in _words(version) if not word.isspace()}
        assert typed_words - set(_words(base)) <= set(everything)


@pytest.mark.parametrize("text", ["a " * 10_000, "un deux trois " * 1_500, "\n" * 20_000])
def test_a_long_text_of_few_words_takes_no_time(text: str) -> None:
    began = time.process_time()
    merge(text, text.replace("a", "b", 3) + "fin", "début " + text[::-1])
    assert time.process_time() - began < 3
