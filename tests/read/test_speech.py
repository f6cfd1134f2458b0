"""Who says what: every line of the corpora, the reference document, and what must never happen."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcier.languages import LANGUAGES
from sourcier.read.document import Document
from sourcier.read.drafts import Quotation, Speech
from sourcier.read.quotes import find_quotations
from sourcier.read.speech import find_speech
from sourcier.types import Capture
from tests.growth import Work, growth
from tests.read.corpora import cases

SEED = Path(__file__).parents[2] / "../shared/seed/20minutes-2024-11-22.txt"


def document(text: str, language: str, publisher: str | None = None) -> Document:
    published = datetime(2024, 11, 22, 7, 30, tzinfo=UTC)
    capture = Capture(id="x", dispatch="x", text=text, published=published, publisher=publisher)
    return Document(text, language, published, "Europe/Paris", capture)


def read(text: str, language: str, publisher: str | None = None) -> list[dict[str, Any]]:
    """Return the speech of a text as the corpora write it."""
    doc = document(text, language, publisher)
    quotations = find_quotations(doc)
    return [written(text, quotations, speech) for speech in find_speech(doc, quotations)]


def written(text: str, quotations: tuple[Quotation, ...], speech: Speech) -> dict[str, Any]:
    who = [[one.name, one.role, one.organisation, one.medium] for one in speech.attribution]
    case: dict[str, Any] = {"who": who}
    if speech.quotations:
        case["direct"] = [text[slice(*quotations[index].content)] for index in speech.quotations]
    if speech.content:
        case["indirect"] = text[slice(*speech.content)]
    if not speech.quotations and not speech.content:
        case["scope"] = [text[slice(*span)] for span in speech.scope]
    if speech.said:
        case["said"] = text[slice(*speech.said)]
    if speech.stance != "asserted":
        case["stance"] = speech.stance
    return case


@pytest.mark.slow
@pytest.mark.parametrize(("language", "room", "case"), cases("speech"))
def test_corpus(language: str, room: str, case: dict[str, Any]) -> None:
    assert read(case["text"], language, case.get("publisher")) == case["speech"]


@pytest.fixture(scope="module")
def seed() -> tuple[str, tuple[Quotation, ...], tuple[Speech, ...]]:
    if not SEED.is_file():
        pytest.skip(f"no reference document at {SEED}")
    text = SEED.read_text(encoding="utf-8")
    doc = document(text, "fr")
    quotations = find_quotations(doc)
    return text, quotations, find_speech(doc, quotations)


SEED_QUOTED = [
    ("prendre des mesures urgentes", (None, "président", "Kazakhstan", None)),
    ("escalade en Ukraine", (None, "président", "Kazakhstan", None)),
    ("entre deux peuples slaves", (None, None, "Kazakhstan", None)),
    ("plusieurs explosions massives", ("Artem Kobzar", "maire", None, "telegram")),
    (
        "ne changera ni",
        ("Farah Dakhlallah", "porte-parole", "Alliance atlantique", "communique"),
    ),
    (
        "La Russie a lancé un missile balistique",
        ("Farah Dakhlallah", "porte-parole", "Alliance atlantique", "communique"),
    ),
    ("un tournant mondial", ("Vladilir Poutine", None, None, None)),
]


@pytest.mark.parametrize(("begins", "who"), SEED_QUOTED)
def test_reference_quotations(
    seed: tuple[str, tuple[Quotation, ...], tuple[Speech, ...]],
    begins: str,
    who: tuple[str | None, ...],
) -> None:
    text, quotations, speeches = seed
    index = next(i for i, q in enumerate(quotations) if text[slice(*q.content)].startswith(begins))
    owners = [speech for speech in speeches if index in speech.quotations]
    assert len(owners) == 1
    last = owners[0].attribution[-1]
    assert (last.name, last.role, last.organisation, last.medium) == who


SEED_SCOPES = [
    ("Des frappes russes", "autorités locales", "ce vendredi", "asserted"),
    ("une alerte aérienne restait", "Artem Kobzar", None, "asserted"),
    ("aux habitants de rester", "Artem Kobzar", None, "asserted"),
    ("un quartier résidentiel", "administration militaire régionale", None, "asserted"),
    ("avoir tiré un missile", "Russie", "Jeudi", "confirmed"),
]


@pytest.mark.parametrize(("begins", "who", "said", "stance"), SEED_SCOPES)
def test_reference_scopes(
    seed: tuple[str, tuple[Quotation, ...], tuple[Speech, ...]],
    begins: str,
    who: str,
    said: str | None,
    stance: str,
) -> None:
    text, _, speeches = seed
    speech = next(s for s in speeches if text[slice(*s.scope[0])].startswith(begins))
    last = speech.attribution[-1]
    assert who in (last.name, last.organisation)
    assert speech.stance == stance
    assert (text[slice(*speech.said)] if speech.said else None) == said


def test_reference_leaves_the_rest_to_nobody(
    seed: tuple[str, tuple[Quotation, ...], tuple[Speech, ...]],
) -> None:
    text, _, speeches = seed
    for nobody in ("Dix personnes ont été blessées", "Soumy est la ville", "Bonjour à toutes"):
        at = text.index(nobody)
        assert not [s for s in speeches for start, end in s.scope if start <= at < end]


PIECES = [
    "« ", " »", "“", "”", '"', "'", "’", "„", "''", ", ", ". ", "\n", " — ", "a déclaré ", "said ",
    "selon ", "according to ", "повідомив ", "заявил ", "по словам ", "the mayor ", "Anna Lys ",
    "le maire ", "citant ", "adding that ", "on Monday ", "мэр ", "and ", "que ", ": ", "5'", "12",
]  # fmt: skip


@given(
    st.sampled_from(LANGUAGES),
    st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=60).map("".join)),
)
def test_any_text_is_read_within_its_bounds(language: str, text: str) -> None:
    doc = document(text, language)
    quotations = find_quotations(doc)
    for speech in find_speech(doc, quotations):
        spans = [speech.cue, *speech.scope, *(one.span for one in speech.attribution)]
        spans += [span for span in (speech.content, speech.said) if span]
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert speech.attribution
        assert all(0 <= index < len(quotations) for index in speech.quotations)


@pytest.mark.slow
@pytest.mark.parametrize("times", [100, pytest.param(800, marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "piece",
    ["a déclaré ", "le maire, ", "« a » ", "le maire a dit que ", "« a dit ", ", citant Anna Lys"],
)
def test_time_grows_with_the_text_alone(piece: str, times: int) -> None:
    def prepare(times: int) -> Work:
        doc = document(piece * times, "fr")
        assert doc.sentences
        return lambda: find_speech(doc, find_quotations(doc))

    assert growth(prepare, times, 10 * times) < 40
