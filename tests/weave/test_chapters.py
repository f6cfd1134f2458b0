"""A region's words read chapter by chapter amount to what they amount to when all are read anew."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import cast

import pytest
from msgspec.structs import replace

from sourcier.types import Alert
from sourcier.weave.alerts import word
from sourcier.weave.chapters import Chapters
from sourcier.weave.drafts import Reading, Word, in_order, numbered

from .samples import KONOTOP, OKHTYRKA, SUMY_REGION, at, capture, told, when

KEY = ("region:UA:sm", "air_raid")


def words(chance: random.Random, many: int = 40) -> list[Word]:
    """Invent words over some days: of the region or a town, with the minute or without, in any state."""
    found = []
    for number in range(many):
        moment = at("00:00") + timedelta(minutes=chance.randrange(0, many * 90, 5))
        place = chance.choice((SUMY_REGION, OKHTYRKA, KONOTOP))
        state = chance.choice(("started", "in_force", "ended"))
        clock, day = f"{moment:%H:%M}", f"{moment:%Y-%m-%d}"
        source = capture(f"c{number // 2:02}", "Siren here.", clock, day=day)
        time = when(clock, 1 / 60, "minute", day=day) if chance.random() < 0.7 else None
        (made,) = told(source).alert("Siren", state, place=place, time=time).claims
        alert = replace(cast(Alert, made), id=f"{number:03}")
        found.append(word(alert, source, place, moment, moment + timedelta(minutes=1)))
    return found


def _of(capture: str, given: list[Word]) -> list[Word]:
    return [one for one in given if one.claim.capture == capture]


def whole(given: list[Word]) -> list[object]:
    reading = Reading()
    captures = {one.claim.capture: numbered(_of(one.claim.capture, given)) for one in given}
    for one in in_order(w for each in captures.values() for w in each):
        reading.read(one)
    return [draft.interval(KEY) for draft in reading.drafts]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(60))
def test_chapters_are_the_whole_read_in_parts(seed: int) -> None:
    chance = random.Random(seed)
    given = words(chance)
    chance.shuffle(given)
    chapters = Chapters(KEY)
    for one in given:
        chapters.add(one)
    assert list(chapters) == whole(given)
    gone = {one.claim.id for one in given[::3]}
    for one in given[::3]:
        chapters.withdraw(one.claim.capture, {one.claim.id})
    assert list(chapters) == whole([one for one in given if one.claim.id not in gone])


def test_a_week_is_many_chapters() -> None:
    chapters = Chapters(KEY)
    for one in words(random.Random(7), many=200):
        chapters.add(one)
    assert len(chapters._chapters) > 5


def test_what_changed_is_told_once_with_what_it_was() -> None:
    given = sorted(words(random.Random(5)), key=lambda one: one.at)
    chapters = Chapters(KEY)
    last: dict[str, object] = {}
    for one in given:
        chapters.add(one)
        for before, after in chapters.changed():
            assert before == last.get(after.id)
            last[after.id] = after
        assert not chapters.changed()
    assert list(chapters) == [last[interval.id] for interval in chapters]


def test_a_claim_finds_its_intervals() -> None:
    given = words(random.Random(9))
    chapters = Chapters(KEY)
    for one in given:
        chapters.add(one)
    for one in given:
        named = [interval for interval in chapters if one.claim.id in interval.claims]
        assert chapters.of(one.claim.id, one.claim.capture) == named
