"""Postings: what was posted is found again within reach, packed or not."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from msgspec.structs import replace

from sourcier.weave import Known, rules, weave
from sourcier.weave.postings import DAYS, Postings
from tests.weave.samples import capture
from tests.weave.test_copies import WIRE

REACH = 30


def found(postings: Postings, day: int, value: int) -> list[int]:
    return postings.find(day, {value}).get(value, [])


def test_a_posting_is_found_within_reach_alone() -> None:
    postings = Postings(REACH)
    postings.add(100, {7, -7}, 1)
    assert found(postings, 100 + REACH, 7) == [1]
    assert found(postings, 100 - REACH, -7) == [1]
    assert found(postings, 100, 8) == []
    assert found(postings, 100 + REACH + 2 * DAYS, 7) == []


def test_what_is_packed_is_found_again_with_what_came_late() -> None:
    chance = random.Random(5)
    posted = [
        (chance.randrange(400), chance.randrange(-9, 9) << 20, number) for number in range(900)
    ]
    postings = Postings(REACH)
    for day, value, number in posted:
        postings.add(day, {value}, number)
    for day, value, number in posted:
        assert number in found(postings, day, value)
    everything = Postings(1000)
    for day, value, number in posted:
        everything.add(day, {value}, number)
    for _, value, _ in posted:
        assert set(found(everything, 200, value)) == {n for _, v, n in posted if v == value}


def test_texts_that_were_set_aside_are_compared_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        capture(f"d{n}", f"{WIRE} {' '.join(f'tale{n}x{word}' for word in range(n * 4))}")
        for n in range(9)
    ]
    later = [
        capture(f"e{n}", text.text, "09:30", publisher=f"Echo {n}") for n, text in enumerate(texts)
    ]
    texts = [replace(text, publisher=f"Voice {n}") for n, text in enumerate(texts)]
    later = [
        replace(text, published=text.published + timedelta(days=n % 3))
        for n, text in enumerate(later)
    ]

    def copies() -> dict[str, object]:
        known = Known()
        for text in (*texts, *later):
            weave([text], (), known)
        return dict(known.copies)

    everything = copies()
    monkeypatch.setattr(rules, "TEXTS_AT_HAND", 2)
    assert len(everything) > len(later)
    assert copies() == everything
