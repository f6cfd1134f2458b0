"""Exact words in their sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from sourcier.publish.excerpt import REACH, excerpt, merge


@dataclass
class Speaker:
    span: tuple[int, int]


@dataclass
class Said:
    span: tuple[int, int]
    attribution: tuple[Speaker, ...] = field(default=())


TEXT = """\
Le pont est fermé. Trois blessés, dit le maire de Valbourg. Le reste attendra.
Un autre paragraphe, trois fois rien."""


def said(words: str, by: str = "") -> Said:
    start = TEXT.index(words)
    speakers = (Speaker((TEXT.index(by), TEXT.index(by) + len(by))),) if by else ()
    return Said((start, start + len(words)), speakers)


def flat(runs: object) -> str:
    return "".join({"mark": f"[{run.text}]", "gap": "…"}.get(run.kind, run.text) for run in runs)  # type: ignore[attr-defined]


def test_the_sentence_around_the_words_with_its_speaker() -> None:
    runs = excerpt(TEXT, [said("Trois blessés", "le maire de Valbourg")])  # type: ignore[list-item]
    assert flat(runs) == "[Trois blessés], dit [le maire de Valbourg]."


def test_far_sentences_are_joined_by_a_gap() -> None:
    runs = excerpt(TEXT, [said("fermé"), said("trois fois rien")])  # type: ignore[list-item]
    assert flat(runs) == "Le pont est [fermé].…Un autre paragraphe, [trois fois rien]."


def test_an_endless_sentence_is_cut_at_words() -> None:
    text = "mot " * 400 + "cible " + "mot " * 400
    start = text.index("cible")
    runs = excerpt(text, [Said((start, start + 5))])  # type: ignore[list-item]
    assert sum(len(run.text) for run in runs) <= 2 * REACH + 5
    assert runs[1].text == "cible"
    assert runs[0].text.startswith("mot ")


def test_touching_spans_are_one() -> None:
    assert merge([(4, 6), (0, 2), (2, 3), (9, 10)]) == [(0, 6), (9, 10)]


@given(
    st.text(max_size=80), st.lists(st.tuples(st.integers(-5, 90), st.integers(-5, 90)), max_size=5)
)
def test_any_spans_in_any_text_give_runs_of_that_text(
    text: str, spans: list[tuple[int, int]]
) -> None:
    for run in excerpt(text, [Said(span) for span in spans]):  # type: ignore[misc]
        assert run.text in text
