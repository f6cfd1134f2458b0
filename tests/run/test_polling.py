"""The loop over live sources: what comes through a door is filed, an edit is an edit, a bad door is said."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sourcier.gather import State, gather
from sourcier.gather.web import Web
from sourcier.problems import Problem
from sourcier.run import polling as polling_module
from sourcier.run.polling import Polling
from sourcier.types import Capture, Source

NOW = datetime(2024, 11, 22, 8, 0, tzinfo=UTC)


def write(path: Path, text: str) -> None:
    line = {"dispatch": "d-1", "published": "2024-11-22T07:00:00Z", "text": text}
    path.write_text(json.dumps(line) + "\n", "utf-8")


def poll(
    folder: Path, *sources: Source, until: Callable[[list[Capture], list[Problem]], bool]
) -> list[Capture]:
    """Poll each source once, as a desk that is started and stopped does."""
    taken: list[Capture] = []
    problems: list[Problem] = []

    def take(story: str, captures: Sequence[Capture]) -> None:
        assert story == "delta"
        taken.extend(captures)

    with Web(pause=0) as web:
        polling = Polling(
            sources, story="delta", state=State(folder=folder / "doors"), web=web, evidence=None,
            now=lambda: NOW, take=take, report=problems.append,
        )  # fmt: skip
        polling.start()
        for _ in range(200):
            if until(taken, problems):
                break
            polling.join(0.05)
        polling.stop()
        polling.join(10)
    assert until(taken, problems), (taken, problems)
    return taken


def door(path: Path, name: str = "delta") -> Source:
    return Source(
        id=name, kind="jsonl", url=str(path), publisher="La Gazette du Delta", languages=("fr",)
    )


def test_an_edit_made_while_the_desk_was_off_is_a_second_version(tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    write(path, "Deux blessés à Lyon.")
    (first,) = poll(tmp_path, door(path), until=lambda taken, _: len(taken) == 1)
    write(path, "Trois blessés à Lyon.")
    (second,) = poll(tmp_path, door(path), until=lambda taken, _: len(taken) == 1)
    assert (first.version, second.version, second.supersedes) == (1, 2, first.id)


def test_a_bad_door_is_reported_and_costs_the_others_nothing(tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    write(path, "Deux blessés à Lyon.")
    bad = door(tmp_path / "missing.jsonl", "missing")
    taken = poll(tmp_path, bad, door(path), until=lambda taken, problems: bool(taken and problems))
    assert len(taken) == 1


def test_a_broken_memory_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    write(path, "Deux blessés à Lyon.")
    (tmp_path / "doors").mkdir()
    (tmp_path / "doors" / "delta.json").write_text("{half", "utf-8")
    poll(tmp_path, door(path), until=lambda taken, problems: bool(taken and problems))


def test_the_state_of_a_source_is_told_when_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    write(path, "Deux blessés à Lyon.")
    told: list[tuple[str, str]] = []
    with Web(pause=0) as web:
        polling = Polling(
            [door(path), door(tmp_path / "none.jsonl", "none")], story="delta", state=State(), web=web,
            evidence=None, now=lambda: NOW, take=lambda *_: None, report=lambda _: None,
            tell=lambda health: told.append((health.source, health.state)),
        )  # fmt: skip
        assert {one.state for one in polling.health()} == {"new"}
        polling._land([(one, polling._open(one.source)) for one in polling._doors])
        polling._look()
        polling._land([(one, polling._open(one.source)) for one in polling._doors])
        polling._look()
        polling._look()
    assert told == [("delta", "ok"), ("none", "failing"), ("none", "dead")]


def test_what_could_not_be_filed_comes_again(tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    write(path, "Deux blessés à Lyon.")
    problems: list[Problem] = []
    filed: list[Capture] = []

    def take(_: str, captures: Sequence[Capture]) -> None:
        if not problems:
            raise OSError("disk full")
        filed.extend(captures)

    with Web(pause=0) as web:
        polling = Polling(
            [door(path)], story="delta", state=State(folder=tmp_path / "doors"), web=web,
            evidence=None, now=lambda: NOW, take=take, report=problems.append,
        )  # fmt: skip
        for _ in range(2):
            polling._land([(one, polling._open(one.source)) for one in polling._doors])
    assert [problem.code for problem in problems] == ["door_failed"]
    assert [capture.version for capture in filed] == [1]


def test_a_door_that_is_woken_is_asked_out_of_turn(tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    write(path, "Deux blessés à Lyon.")
    clock, taken = [NOW], list[Capture]()
    with Web(pause=0) as web:
        polling = Polling(
            [door(path)], story="delta", state=State(), web=web, evidence=None, now=lambda: clock[0],
            take=lambda _, captures: taken.extend(captures), report=lambda _: None,
        )  # fmt: skip
        polling.start()
        for number in (1, 2):
            for _ in range(200):
                if len(taken) == number:
                    break
                polling.join(0.05)
            assert len(taken) == number
            write(path, "Trois blessés à Lyon.")
            clock[0] += timedelta(seconds=10)
            polling.wake("delta")
        polling.end()
    assert [capture.version for capture in taken] == [1, 2]


def test_what_is_under_way_when_it_is_stopped_is_filed_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answered = threading.Event(), threading.Event()

    def slow(source: Source, state: State, **rest: Any) -> Iterator[Capture | Problem]:
        asked.set()
        assert answered.wait(10)
        yield from gather(source, state, **rest)

    monkeypatch.setattr(polling_module, "gather", slow)
    write(tmp_path / "wire.jsonl", "Deux blessés à Lyon.")
    taken: list[Capture] = []
    with Web(pause=0) as web:
        polling = Polling(
            [door(tmp_path / "wire.jsonl")], story="delta", state=State(), web=web, evidence=None,
            now=lambda: NOW, take=lambda _, captures: taken.extend(captures), report=print,
        )  # fmt: skip
        polling.start()
        assert asked.wait(10)
        polling.stop()
        answered.set()
        polling.join(10)
    assert [capture.text for capture in taken] == ["Deux blessés à Lyon."]
