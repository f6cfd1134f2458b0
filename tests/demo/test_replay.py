from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from sourcier.demo.replay import LONGEST_GAP, OPENING, beats, dues, replay
from sourcier.problems import Problem
from sourcier.types import Capture, Source

DOOR = Source(
    id="fanal", kind="feed", url="https://fanal.example/", publisher="Le Fanal", zone="Europe/Paris"
)
START = datetime(2024, 11, 21, 17, tzinfo=UTC)


def line(minute: int, text: str = "Rien à signaler.", **more: Any) -> bytes:
    when = (START + timedelta(minutes=minute)).isoformat()
    record = {"source": "fanal", "dispatch": f"d{minute}", "published": when, "retrieved": when}
    return json.dumps(record | {"text": text} | more).encode()


class Clock:
    """A clock that stands still but for waits."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.waits: list[float] = []

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


def test_versions_are_found_and_not_told() -> None:
    stream = [
        line(0, "Un mort.", dispatch="d"),
        line(5, "Un mort.", dispatch="d"),
        line(9, "Deux morts.", dispatch="d"),
        line(12, "", dispatch="d", deleted=True),
    ]
    found = [capture for _, captures in beats(stream, [DOOR]) for capture in captures]
    captures = [capture for capture in found if isinstance(capture, Capture)]
    assert [(c.version, c.deleted) for c in captures] == [(1, False), (2, False), (3, True)]
    assert [c.supersedes for c in captures] == [None, captures[0].id, captures[1].id]
    assert {c.publisher for c in captures} == {"Le Fanal"}


def test_lines_of_one_moment_come_together_and_in_order_of_retrieval() -> None:
    stream = [line(8), line(3, dispatch="a"), line(3, dispatch="b")]
    moments = [(when, len(found)) for when, found in beats(stream, [DOOR])]
    assert moments == [(START + timedelta(minutes=3), 2), (START + timedelta(minutes=8), 1)]


def test_a_bad_line_is_a_problem_beside_the_others() -> None:
    stream = [b"{", line(1, source="nobody"), line(2, ""), line(3)]
    found = [one for _, several in beats(stream, [DOOR]) for one in several]
    assert [one.code for one in found if isinstance(one, Problem)] == [
        "bad_json_line",
        "unknown_source",
        "empty_text",
    ]
    assert sum(isinstance(one, Capture) for one in found) == 1


def test_the_opening_is_there_at_once_and_the_night_is_short() -> None:
    evening = OPENING - timedelta(minutes=1)
    moments = [START, START + evening, START + OPENING + timedelta(minutes=1)]
    moments.append(moments[-1] + timedelta(hours=9))
    night = LONGEST_GAP.total_seconds()
    assert dues(moments, speed=60) == [0, 0, 2, 2 + night / 60]
    assert dues(moments, speed=600)[-1] == (120 + night) / 600


def test_work_between_beats_is_taken_off_the_wait() -> None:
    after = int(OPENING.total_seconds() // 60)
    stream = [line(0), line(after + 1), line(after + 4)]
    clock = Clock()
    seen = []
    for when, captures in replay(stream, [DOOR], speed=60, clock=clock, wait=clock.wait):
        seen.append((when, len(captures)))
        clock.now += 1
    assert [count for _, count in seen] == [1, 1, 1]
    assert clock.waits == [6 - 1, 3 - 1]
