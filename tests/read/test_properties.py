"""What holds for any text: offsets, determinism, no exception, boilerplate adds nothing."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcier.read import read
from sourcier.types import Capture, Reading

LANGUAGES = ("fr", "en", "uk", "ru")
PIECES = [
    "Deux personnes ont été tuées",
    "a déclaré le maire",
    "at least 12 were injured",
    "said Ann Bell",
    "у Харкові пролунав вибух",
    "повідомив мер",
    "сообщил губернатор",
    "в ночь на 5 марта",
    "à 06h30 heure locale",
    "on Tuesday",
    "« ",
    " »",
    "“",
    "”",
    '"',
    "„",
    "dont trois enfants",
    "un drone",
    "alerte aérienne levée",
    "відбій",
    " . ",
    ", ",
    "\n",
    "\u2028",
    "🔴",
    "İ",
    "e\u0301",
    "\u00ad",
    "'",
    "’",
    "de ",
    "the ",
    "1.310",
    "–",
]
BOILERPLATE = {
    "fr": "Abonnez-vous à notre infolettre pour recevoir nos articles.",
    "en": "Subscribe to our newsletter for more stories.",
    "uk": "Підписуйтесь на наш канал.",
    "ru": "Подписывайтесь на наш канал.",
}
NEWS = {
    "fr": "Une frappe a fait deux morts à Odessa jeudi, a indiqué le maire.",
    "en": "A strike killed two people in Odesa on Thursday, the mayor said.",
    "uk": "Унаслідок удару в Одесі загинули двоє людей, повідомив мер.",
    "ru": "При ударе в Одессе погибли два человека, сообщил мэр.",
}

news_like = st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)
anything = st.text(max_size=300)


def reading(text: str, language: str) -> Reading:
    published = datetime(2025, 3, 14, 9, tzinfo=UTC)
    return read(
        Capture(
            id="c", dispatch="d", text=text, published=published, zone="Europe/Paris",
            language=language,
        )
    )  # fmt: skip


@given(st.one_of(news_like, anything), st.sampled_from(LANGUAGES))
def test_every_span_is_its_quote(text: str, language: str) -> None:
    for claim in reading(text, language).claims:
        assert text[slice(*claim.span)] == claim.quote != ""
        assert all(0 <= link.span[0] < link.span[1] <= len(text) for link in claim.attribution)
        for part in (claim.time, claim.said, claim.place):
            assert part is None or text[slice(*part.span)] == part.text


@given(news_like, st.sampled_from(LANGUAGES))
def test_reading_is_deterministic_and_ordered(text: str, language: str) -> None:
    first, second = reading(text, language), reading(text, language)
    assert first == second
    starts = [claim.span[0] for claim in first.claims]
    assert starts == sorted(starts)
    assert len({claim.id for claim in first.claims}) == len(first.claims)


@given(anything)
def test_any_text_is_read_in_the_language_that_is_detected(text: str) -> None:
    published = datetime(2025, 3, 14, tzinfo=UTC)
    normal = unicodedata.normalize("NFC", text)
    found = read(Capture(id="c", dispatch="d", text=normal, published=published))
    assert found.language in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_boilerplate_around_a_text_adds_no_claim(language: str) -> None:
    alone = reading(NEWS[language], language)
    wrapped = reading(
        f"{BOILERPLATE[language]}\n{NEWS[language]}\n{BOILERPLATE[language]}", language
    )
    assert alone.claims
    assert [claim.quote for claim in wrapped.claims] == [claim.quote for claim in alone.claims]


@pytest.mark.parametrize("language", LANGUAGES)
def test_paragraphs_keep_their_own_claims_in_any_order(language: str) -> None:
    other = BOILERPLATE[language]
    one = reading(f"{NEWS[language]}\n{other}", language)
    two = reading(f"{other}\n{NEWS[language]}", language)
    assert [claim.quote for claim in one.claims] == [claim.quote for claim in two.claims]
