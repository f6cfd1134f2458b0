"""Tolls: every line of the corpora, the reference document, and what must hold for any text."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcier.languages import LANGUAGES
from sourcier.read.document import Document
from sourcier.read.drafts import TollDraft
from sourcier.read.tolls import find_tolls
from sourcier.types import Capture
from tests.read.corpora import cases

ROOT = Path(__file__).parents[2]
SEED = ROOT / "../shared/seed/20minutes-2024-11-22.txt"


def document(text: str, language: str) -> Document:
    published = datetime(2024, 11, 22, 8, 30, tzinfo=UTC)
    capture = Capture(id="0", dispatch="0", text=text, published=published)
    return Document(text, language, published, "Europe/Paris", capture)


def shown(text: str, toll: TollDraft) -> dict[str, Any]:
    """The toll as a corpus line writes it."""
    row: dict[str, Any] = {
        "words": text[slice(*toll.words)],
        "outcome": toll.outcome,
        "low": toll.low,
        "high": toll.high,
        "qualifier": toll.qualifier,
        "provisional": toll.provisional,
        "of": list(toll.of),
        "part_of": toll.part_of,
        "scope": toll.scope,
    }
    return row


@pytest.mark.slow
@pytest.mark.parametrize(("language", "room", "case"), cases("tolls"))
def test_corpus(language: str, room: str, case: dict[str, Any]) -> None:
    text = case["text"]
    tolls = find_tolls(document(text, language))
    rows = [shown(text, toll) for toll in tolls]
    named = [
        {key: row[key] for key in expected}
        for row, expected in zip(rows, case["tolls"], strict=False)
    ]
    assert (len(rows), named) == (len(case["tolls"]), case["tolls"]), rows


@pytest.mark.skipif(not SEED.exists(), reason="the reference document is not beside the repository")
def test_reference_document_holds_two_tolls() -> None:
    text = SEED.read_text(encoding="utf-8")
    told = [
        (toll.outcome, toll.qualifier, toll.low, toll.high, toll.provisional)
        for toll in find_tolls(document(text, "fr"))
    ]
    assert told == [
        ("killed", "at_least", 2, None, False),
        ("injured", "exact", 10, 10, True),
    ]


SNIPPETS = [
    "two dead", "at least three", "killed", "wounded", ", including", "a woman", " and ", "of them",
    "trois blessés", "dont", "загинули", "двоє", "погибли", "десятки", "the toll rose to", "12", "-",
    "«", "\n", "\u0301", "no one was", "–", "une vingtaine", ". ",
]  # fmt: skip
LANGUAGE_CODES = st.sampled_from(LANGUAGES)


def check(text: str, language: str) -> None:
    """Spans lie in the text, words in spans, wholes in the tuple; reading twice gives the same."""
    tolls = find_tolls(document(text, language))
    assert tolls == find_tolls(document(text, language))
    for index, toll in enumerate(tolls):
        start, end = toll.span
        assert 0 <= start <= toll.words[0] < toll.words[1] <= end <= len(text)
        assert toll.low is not None
        assert toll.high is None or toll.low <= toll.high
        assert toll.part_of is None or toll.part_of < index


@pytest.mark.slow
@given(st.text(max_size=200), LANGUAGE_CODES)
def test_any_text_is_read(text: str, language: str) -> None:
    check(text, language)


@given(st.lists(st.sampled_from(SNIPPETS), max_size=25), LANGUAGE_CODES)
def test_any_toll_talk_is_read(pieces: list[str], language: str) -> None:
    check(" ".join(pieces), language)


def test_permuted_paragraphs_keep_their_tolls() -> None:
    paragraphs = ["A gas leak killed nine people.", "Prices fell.", "Four hikers are missing."]
    texts = ["\n".join(paragraphs), "\n".join(reversed(paragraphs))]
    told = [sorted((t.outcome, t.low) for t in find_tolls(document(x, "en"))) for x in texts]
    assert told[0] == told[1] == [("killed", 9), ("missing", 4)]


@pytest.mark.parametrize("times", [300, pytest.param(3_000, marks=pytest.mark.slow)])
def test_an_endless_sentence_is_read(times: int) -> None:
    text = "two dead and " * times
    assert len(find_tolls(document(text, "en"))) > 0.96 * times


def test_an_unknown_language_has_no_tolls() -> None:
    assert find_tolls(document("two dead", "xx")) == ()
