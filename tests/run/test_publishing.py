"""A folder follows the stories: when it is written, and what happens where it cannot be."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from sourcier.problems import Problem
from sourcier.run.publishing import Publishing
from sourcier.types import EntryText, Story
from tests.publish.sumy import sumy


class Desk:
    """Two stories in memory, and how often they were read."""

    def __init__(self, folder: Path) -> None:
        self.time = datetime(2024, 11, 22, 8, 0, tzinfo=UTC)
        self.stories = {slug: msgspec.structs.replace(sumy(), slug=slug) for slug in ("a", "b")}
        self.loaded: list[str] = []
        self.problems: list[Problem] = []
        self.publishing = Publishing(
            folder,
            load=self.load,
            mark=lambda slug: self.stories[slug].sequence,
            now=lambda: self.time,
            report=self.problems.append,
            keep=timedelta(hours=1),
        )

    def load(self, slug: str) -> Story:
        self.loaded.append(slug)
        return self.stories[slug]

    def look(self) -> list[str]:
        return self.publishing.look(self.stories)

    def add(self, slug: str) -> None:
        story = self.stories[slug]
        self.stories[slug] = msgspec.structs.replace(story, sequence=story.sequence + 1)


def sequence(folder: Path) -> int:
    found: int = json.loads((folder / "live.json").read_bytes())["sequence"]
    return found


@pytest.mark.slow
def test_a_story_is_written_when_something_was_added_to_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert desk.look() == ["a", "b"]
    assert desk.look() == []
    desk.add("b")
    assert desk.look() == ["b"]
    assert desk.loaded == ["a", "b", "b"]
    assert sequence(tmp_path / "b") == sequence(tmp_path / "a") + 1


@pytest.mark.slow
def test_it_is_looked_at_now_and_then_and_written_only_where_it_differs(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.look()
    desk.time += timedelta(minutes=10)
    assert desk.look() == []
    assert desk.loaded == ["a", "b", "a", "b"]


@pytest.mark.slow
def test_a_disk_that_refuses_is_reported_and_tried_again(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "site")
    (tmp_path / "site").write_text("a file, no folder")
    assert desk.look() == []
    assert [problem.code for problem in desk.problems] == ["not_written", "not_written"]
    (tmp_path / "site").unlink()
    assert desk.look() == ["a", "b"]


@pytest.mark.slow
def test_another_process_goes_on_where_one_ended(tmp_path: Path) -> None:
    Desk(tmp_path).look()
    old = {path.name for path in (tmp_path / "a").glob("page.*")}
    desk = Desk(tmp_path)
    desk.add("a")
    desk.look()
    assert old <= {path.name for path in (tmp_path / "a").glob("page.*")}


@pytest.mark.slow
def test_a_served_folder_goes_on_with_what_others_take(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.publishing.base = "https://fichiers.example/"
    desk.look()
    before = (tmp_path / "a" / "feed.atom").read_text("utf-8")
    entry = desk.stories["a"].entries[0]
    texts = {"fr": EntryText(headline="Un titre nouveau", body="")}
    entries = (msgspec.structs.replace(entry, texts=texts), *desk.stories["a"].entries[1:])
    desk.stories["a"] = msgspec.structs.replace(desk.stories["a"], entries=entries)
    desk.add("a")
    assert desk.look() == ["a"]
    after = (tmp_path / "a" / "feed.atom").read_text("utf-8")
    assert "Un titre nouveau" in after and "Un titre nouveau" not in before
    names = {path.name for path in (tmp_path / "a").iterdir()}
    led = re.findall(r"https://fichiers\.example/a/([^\s\"'<>#\\&]*)", after)
    assert led and set(led) <= names
    assert desk.problems == []
