"""What holds for any text: offsets, order, determinism, no exception, in any order, in any wrapping."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from random import Random
from typing import Any

import pytest
from bench.fuzz import fault
from bench.newslike import MUTATIONS, damaged, sentences
from bench.properties import broken, reading
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcier.languages import LANGUAGES
from sourcier.problems import InputError
from sourcier.types import Claim, Occurrence, Toll
from tests.read.corpora import furniture

# What a text says around a claim may change it by right; these are cases where it may not.
SAME_EXAMPLES = settings(derandomize=True, max_examples=25)
languages = st.sampled_from(LANGUAGES)
randoms = st.randoms(use_true_random=False)
anything = st.text(max_size=300)
any_code_points = st.lists(st.integers(0, sys.maxunicode), max_size=120).map(
    lambda points: "".join(map(chr, points))
)


@pytest.mark.slow
@given(randoms)
def test_all_holds_for_damaged_news(random: Random) -> None:
    text, language = damaged(random)
    assert broken(text, language) == []


@given(st.one_of(anything, any_code_points), languages)
def test_all_holds_for_any_text(text: str, language: str) -> None:
    assert broken(text, language) == []


@given(st.one_of(anything, any_code_points, randoms.map(lambda random: damaged(random)[0])))
def test_any_text_is_read_in_the_language_that_is_found_or_is_a_problem(text: str) -> None:
    try:
        assert reading(text, None).language in LANGUAGES
    except InputError as error:
        assert error.problem.code == "unread_language"


@pytest.mark.slow
@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: str(mutation.__name__))
def test_every_damage_is_survived(mutation: Any) -> None:
    for language in LANGUAGES:
        random = Random(language)
        text = mutation(" ".join(random.choices(sentences(language), k=12)), random)
        assert broken(text, language) == []


@pytest.mark.slow
def test_reading_is_the_same_in_another_process() -> None:
    script = (
        "from random import Random\n"
        "from bench.newslike import damaged\n"
        "from bench.properties import reading\n"
        "print([reading(*damaged(Random(seed))) for seed in range(30)])\n"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8:backslashreplace"},
            capture_output=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(told) == 1


def figure(claim: Claim) -> tuple[Any, ...]:
    """What a claim says by its own words alone."""
    if isinstance(claim, Toll):
        return claim.kind, claim.quote, claim.outcome, claim.low, claim.high, claim.qualifier
    return claim.kind, claim.quote


def figures(text: str, language: str) -> Counter[tuple[Any, ...]]:
    """What claims say by their own words; what is told by a pronoun alone depends on the text."""
    claims = reading(text, language).claims
    return Counter(figure(claim) for claim in claims if getattr(claim, "mode", "") != "indirect")


@pytest.mark.slow
@SAME_EXAMPLES
@given(randoms, languages)
def test_paragraphs_keep_their_own_claims_in_any_order(random: Random, language: str) -> None:
    paragraphs = random.sample(sentences(language), k=random.randint(2, 6))
    before = local("\n".join(paragraphs), paragraphs, language)
    random.shuffle(paragraphs)
    assert local("\n".join(paragraphs), paragraphs, language) == before


def local(text: str, paragraphs: list[str], language: str) -> Counter[tuple[Any, ...]]:
    """What claims of a text say by their own words: what one paragraph alone tells happened.

    Where two tell of one type ("the attack"), the later may be a mention of the earlier.
    """
    told = Counter(kind for one in paragraphs for kind in types(one, language))
    kept = [
        claim
        for claim in reading(text, language).claims
        if getattr(claim, "mode", "") != "indirect"
        and (not isinstance(claim, Occurrence) or told[claim.type] < 2)
    ]
    return Counter(map(figure, kept))


def types(text: str, language: str) -> set[str]:
    claims = reading(text, language).claims
    return {claim.type for claim in claims if isinstance(claim, Occurrence)}


@pytest.mark.slow
@SAME_EXAMPLES
@given(randoms, languages)
def test_boilerplate_around_a_text_adds_no_claim(random: Random, language: str) -> None:
    text = "\n".join(random.sample(sentences(language), k=random.randint(1, 4)))
    above, below = (random.choices(furniture(language), k=random.randint(0, 6)) for _ in range(2))
    assert figures("\n".join([*above, text, *below]), language) == figures(text, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_boilerplate_alone_holds_no_claim(language: str) -> None:
    assert figures("\n".join(furniture(language)), language) == Counter()


def test_sport_in_the_next_paragraph_hides_no_toll() -> None:
    news, sport = "Two people died in Orval.", "The coach praised his striker after the match."
    told = [claim.quote for claim in reading(f"{news}\n{sport}", "en").claims]
    assert "Two people died" in told


def test_a_fault_is_told_with_its_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert fault(1) is None
    monkeypatch.setattr("bench.fuzz.broken", lambda *_: ["a mistake"])
    told = fault(1)
    assert told is not None
    assert told.startswith("seed 1 (")
    assert "a mistake" in told
