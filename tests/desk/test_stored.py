"""The commands that take a story from a data folder."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from sourcier.cli import main
from sourcier.desk import actions, setup, store
from sourcier.gather import make_capture
from sourcier.gather.evidence import Evidence
from sourcier.gather.fetched import Fetched
from tests.desk.conftest import SLUG, entry
from tests.desk.make import minute


@pytest.fixture(autouse=True)
def _at_hand(story: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands find the test's own database."""
    monkeypatch.setenv("SOURCIER_DATABASE", "the test's")
    monkeypatch.setattr(setup, "prepare", lambda _: None)
    actions.publish(entry("x1", "Deux blessés"), who="ines", now=minute(1))


@pytest.mark.parametrize(
    ("command", "file"), [("publish", "index.html"), ("export", "claims.parquet")]
)
def test_a_story_is_written_into_its_folder(command: str, file: str, tmp_path: Path) -> None:
    assert main([command, str(tmp_path)]) == 0
    assert (tmp_path / SLUG / file).stat().st_size > 0


def test_one_format_alone_is_exported(tmp_path: Path) -> None:
    assert main(["export", str(tmp_path), "--format", "csv", "--published"]) == 0
    assert {path.suffix for path in (tmp_path / SLUG).iterdir()} == {".csv", ".json"}


@pytest.mark.parametrize("command", ["publish", "export"])
def test_an_unknown_story_is_one_clear_line(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, str(tmp_path), "--story", "nulle-part"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"no such story; there are: {SLUG}" in said
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_no_desks_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SOURCIER_DATABASE")
    assert main(["export", str(tmp_path / "out"), "--data", str(tmp_path)]) == 1
    assert "no desk's data folder" in capsys.readouterr().err


def test_a_folder_follows_the_story_until_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    looks = iter(range(2))

    def sleep(_: float) -> None:
        if next(looks, None) is None:
            raise KeyboardInterrupt

    monkeypatch.setattr("sourcier.commands.publish.time.sleep", sleep)
    assert main(["publish", str(tmp_path), "--watch", "--keep", "5"]) == 0
    assert b'"pages"' in (tmp_path / SLUG / "live.json").read_bytes()
    assert capsys.readouterr().out.count(SLUG) == 1


def test_the_past_is_not_followed(tmp_path: Path) -> None:
    assert main(["publish", str(tmp_path), "--watch", "--at", "2024-11-22T08:00"]) == 2


def test_the_bytes_of_a_capture_are_shown_and_verified(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    fetched = Fetched("https://fanal.example/1", b"Un mort.", minute(0))
    known, lost = (
        make_capture(text=text, published=minute(0), raw=raw)
        for text, raw in (("Un mort.", fetched.digest), ("Deux morts.", "0" * 64))
    )
    Evidence(tmp_path / "evidence").keep(fetched)
    store.save_captures(SLUG, [known, lost])
    assert main(["evidence", known.id, "--data", str(tmp_path)]) == 0
    assert b"Un mort." in gzip.decompress(capfdbinary.readouterr().out)
    assert main(["evidence", "verify", "--data", str(tmp_path)]) == 1
    said = capfdbinary.readouterr().err.decode()
    assert lost.id in said and known.id not in said and "1 kept" in said
    assert main(["evidence", "nobody", "--data", str(tmp_path)]) == 1
