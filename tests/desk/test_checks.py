"""What an editor's text says otherwise than the claims it rests on, and how to mend it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sourcier.desk.drafting.carried import Carrier
from sourcier.desk.drafting.checks import Bound, Check, checks, mended
from sourcier.messages import messages
from sourcier.types import Claim, Event
from tests.desk.samples import (
    BLASTS,
    CAPTURES,
    INJURED,
    KILLED,
    TWELVE,
    second,
)

TEXTS = {each.id: each.text for each in CAPTURES}
NUMBERED: dict[int, Claim] = {1: KILLED, 2: INJURED, 3: BLASTS, 6: TWELVE}
GIVERS = {1: "les autorités locales", 2: "Agence Galet", 6: "Ivan Petrik, maire"}


def carrier(number: int) -> Carrier:
    claim = NUMBERED[number]
    return Carrier(number, claim, TEXTS[claim.capture])


def found(
    text: str, *bound: int, language: str = "fr", event: Event | None = None
) -> tuple[Check, ...]:
    carriers = tuple(carrier(number) for number in bound)
    free = tuple(carrier(number) for number in NUMBERED if number not in bound)
    rests = Bound(carriers, free, GIVERS, event)
    return checks(text, language, rests, ["Europe/Paris"], messages(language, "sentences"))


def only(text: str, *bound: int, **more: str) -> Check:
    (check,) = found(text, *bound, **more)  # type: ignore[arg-type]
    return check


def test_a_faithful_text_needs_nothing() -> None:
    text = "Au moins deux morts, selon les autorités locales. Dix blessés, bilan provisoire."
    assert found(text, 1, 2) == ()


def test_a_figure_of_a_free_claim_can_be_bound() -> None:
    check = only("Dix blessés.")
    assert (check.kind, check.words, check.bind, check.quote) == (
        "figure", "Dix", 2, "Dix personnes ont été blessées",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "written"),
    [("Trente morts", "Deux"), ("Il y a 30 morts", "2"), ("On compte trente morts", "deux")],
)
def test_a_wrong_figure_is_set_right_as_it_was_written(text: str, written: str) -> None:
    check = found(f"{text}, selon les autorités locales.", 1)[0]
    assert (check.kind, check.number, check.write) == ("figure", 1, written)


def test_of_several_tolls_the_words_around_tell_which_is_meant() -> None:
    check = found("Au moins deux morts et 30 personnes blessées.", 1, 2)[0]
    assert (check.words, check.number, check.write) == ("30", 2, "10")


def test_a_figure_like_no_claim_has_no_repair() -> None:
    check = only("Quarante écoles sont fermées.")
    assert check.words == "Quarante"
    assert check.bind is None
    assert check.write is None


@pytest.mark.parametrize(
    ("language", "text", "written"),
    [
        ("fr", "Deux morts, selon les autorités locales.", "Au moins deux"),
        ("fr", "Il y a 2 morts, selon les autorités locales.", "au moins 2"),
        ("en", "Two killed, les autorités locales say.", "At least two"),
        ("uk", "Двоє загиблих, les autorités locales.", "Щонайменше двоє"),
        ("ru", "Двое погибших, les autorités locales.", "По меньшей мере двое"),
    ],
)
def test_a_lost_caution_is_put_back(language: str, text: str, written: str) -> None:
    check = only(text, 1, language=language)
    assert (check.kind, check.number, check.write) == ("caution", 1, written)
    mend = mended(text, check.at, check.words, written)
    assert mend is not None
    assert found(mend, 1, language=language) == ()


def test_another_claim_may_give_the_figure_without_caution() -> None:
    bare = replace(KILLED, qualifier="exact", high=2, id="bare")
    rests = Bound((carrier(1), Carrier(4, bare, TEXTS["wire"])), (), GIVERS)
    say = messages("fr", "sentences")
    assert checks("Deux morts, selon les autorités locales.", "fr", rests, [], say) == ()


def test_what_is_provisional_must_be_said_to_be() -> None:
    check = only("Dix blessés.", 2)
    assert (check.kind, check.number, check.write) == ("provisional", 2, "Bilan provisoire.")
    assert mended("Dix blessés.", 0, "", "Bilan provisoire.") == "Dix blessés. Bilan provisoire."


def test_a_figure_wants_its_giver() -> None:
    check = only("Au moins deux morts à Trois-Ponts.", 1)
    assert (check.kind, check.words, check.number) == ("giver", "les autorités locales", 1)


def test_a_contradiction_is_not_told_by_one_side() -> None:
    event = second().known.event("e1")
    text = "Dix blessés, bilan provisoire."
    check = only(text, 2, event=event)  # type: ignore[arg-type]
    assert (check.kind, check.number, check.bind) == ("contradiction", 6, 6)
    both = "Dix blessés (bilan provisoire), ou douze selon le maire Ivan Petrik."
    assert found(both, 2, 6, event=event) == ()


def test_an_unfaithful_quotation_is_given_its_words() -> None:
    check = only("Le maire parle de « deux fortes explosions ».", 3)
    assert check.kind == "quotation"
    assert check.write == "« trois fortes explosions »"


def test_invented_words_have_no_repair() -> None:
    assert only("« Tout va bien dans la ville »", 3).write is None


def test_words_that_are_gone_are_not_mended() -> None:
    assert mended("Trois morts", 0, "Deux", "Au moins deux") is None
    assert mended("Hier, deux morts", 0, "deux", "au moins deux") == "Hier, au moins deux morts"
    assert mended("deux et deux", 3, "deux", "dix") is None
    assert mended("deux et deux", -4, "deux", "dix") is None


@given(st.text(max_size=200), st.sampled_from(["fr", "en", "uk", "ru"]))
def test_any_text_is_checked_and_each_check_stands_where_it_says(text: str, language: str) -> None:
    for check in found(text, 1, 2, 3, language=language):
        if check.words and check.kind != "giver":
            assert text.startswith(check.words, check.at)
