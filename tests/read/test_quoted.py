"""What a layout sets apart as the words of others is nobody's claim but theirs."""

from __future__ import annotations

from datetime import datetime

import pytest

from sourcier.gather import make_capture
from sourcier.read import read
from sourcier.types import Claim, Span

OWN = "Two people were killed in Harbourtown."
QUOTE = "Five people were injured in the fire."
NAMED = "The mayor, Ann Bell, said that seven people were injured in the fire."


def claims(text: str, *quoted: Span) -> tuple[Claim, ...]:
    published = datetime.fromisoformat("2024-11-22T08:00:00+00:00")
    return read(make_capture(text=text, published=published, language="en", quoted=quoted)).claims


def test_words_of_others_are_not_the_publisher_s() -> None:
    text = f"{OWN}\n{QUOTE}"
    whole = claims(text)
    own = claims(text, (len(OWN) + 1, len(text)))
    assert {claim.span[0] < len(OWN) for claim in whole} == {True, False}
    assert [claim.quote for claim in own] == [
        claim.quote for claim in whole if claim.span[0] < len(OWN)
    ]


def test_who_is_named_within_a_quotation_answers_for_it() -> None:
    found = claims(NAMED, (0, len(NAMED)))
    assert found
    assert {claim.attribution[-1].name for claim in found} == {"Ann Bell"}


@pytest.mark.parametrize("span", [(-5, 0), (900, 1000), (0, 0)])
def test_a_span_beyond_the_text_costs_nothing(span: Span) -> None:
    assert [one.quote for one in claims(OWN, span)] == [one.quote for one in claims(OWN)]
