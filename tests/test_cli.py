"""The program: formats, pipes, and what bad input gets."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest

from sourcier.cli import main

TEXT = (
    "Deux personnes ont été tuées et dix autres blessées vendredi à Soumy, a indiqué le maire de la ville. "
    "« Une nuit terrible », a-t-il écrit sur Telegram."
)
PUBLISHED = "2024-11-22T08:30:00+01:00"


@dataclass
class Done:
    """What a run of the program gave."""

    returncode: int
    stdout: str
    stderr: str


def process(*arguments: str, given: str = "") -> Done:
    """Run the program as a process of its own, as a shell does."""
    command = [sys.executable, "-m", "sourcier", *arguments]
    done = subprocess.run(
        command, input=given.encode(), capture_output=True, timeout=120, check=False
    )
    assert b"Traceback" not in done.stderr
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def sourcier(*arguments: str, given: str = "") -> Done:
    """Run the program within this process, where what it has loaded stays loaded."""
    code: int | str | None
    with (
        patch("sys.stdin", io.TextIOWrapper(io.BytesIO(given.encode()))),
        redirect_stdout(io.StringIO()) as out,
        redirect_stderr(io.StringIO()) as problems,
    ):
        try:
            code = main(arguments)
        except SystemExit as leave:
            code = leave.code
    assert isinstance(code, int)
    return Done(code, out.getvalue(), problems.getvalue())


def line(**fields: object) -> str:
    return json.dumps({"published": PUBLISHED, **fields}, ensure_ascii=False) + "\n"


@pytest.fixture
def text_file(tmp_path: Path) -> str:
    path = tmp_path / "dispatch.txt"
    path.write_text(TEXT, "utf-8")
    return str(path)


def test_read_prints_claims_whose_quotes_stand_in_the_text(text_file: str) -> None:
    done = sourcier("read", text_file, "--published", PUBLISHED, "--zone", "Europe/Paris")
    claims = [json.loads(row) for row in done.stdout.splitlines()]
    assert done.returncode == 0
    assert {claim["kind"] for claim in claims} >= {"toll", "statement"}
    assert all(TEXT[slice(*claim["span"])] == claim["quote"] for claim in claims)
    tolls = {(c["outcome"], c["low"], c["high"]) for c in claims if c["kind"] == "toll"}
    assert tolls == {("killed", 2, 2), ("injured", 10, 10)}


def test_read_takes_captures_and_gives_their_dispatch_back() -> None:
    given = line(text=TEXT, dispatch="d-1") + line(text="Rien à signaler.", dispatch="d-2")
    done = sourcier("read", "-", given=given)
    assert done.returncode == 0
    assert {json.loads(row)["dispatch"] for row in done.stdout.splitlines()} == {"d-1"}


def test_formats_for_people(text_file: str) -> None:
    options = ("--published", PUBLISHED, "--zone", "Europe/Paris")
    table = sourcier("read", text_file, *options, "--format", "table").stdout
    assert "killed exact 2" in table and "Sumy" in table
    html = sourcier("read", text_file, *options, "--format", "html").stdout
    assert html.startswith("<!doctype html>") and "<mark" in html


def test_one_bad_line_costs_nothing_else() -> None:
    given = (
        line(text=TEXT, dispatch="good")
        + "{broken\n"
        + line(text="")
        + line(text=TEXT, published="soon")
    )
    done = sourcier("read", "-", given=given + line(text=TEXT, zone="Mars/Base") + line(text=TEXT))
    assert done.returncode == 1
    problems = done.stderr.splitlines()
    assert [problem.split(": ")[1] for problem in problems] == ["-:2", "-:3", "-:4", "-:5"]
    assert len({json.loads(row)["capture"] for row in done.stdout.splitlines()}) == 2


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe", "text"),
        (b"", "empty"),
        (b"a" * 5_000_000, "characters"),
    ],
    ids=["not a text", "empty", "5 MB"],
)
def test_a_bad_file_gets_one_line(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    done = sourcier("read", str(path), "--published", PUBLISHED)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "bad.txt" in done.stderr and word in done.stderr


@pytest.mark.parametrize(
    "options",
    [("--published", "yesterday"), ("--published", PUBLISHED, "--zone", "Europe/Nowhere"), ()],
    ids=["no date", "unknown zone", "date missing"],
)
def test_wrong_usage_is_told_apart_from_bad_input(text_file: str, options: tuple[str, ...]) -> None:
    done = sourcier("read", text_file, *options)
    assert done.returncode == 2
    assert done.stdout == ""


@pytest.mark.slow
@pytest.mark.parametrize("run", [sourcier, process])
def test_a_missing_file_is_bad_input(run: Callable[..., Done]) -> None:
    done = run("read", "/nowhere/at-all.txt", "--published", PUBLISHED)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)


@pytest.mark.slow
def test_read_pipes_into_weave_and_weave_explains() -> None:
    later = line(text=TEXT.replace("Deux", "Trois"), publisher="Le Fanal", dispatch="d-2")
    given = line(text=TEXT, publisher="Agence Sillage", dispatch="d-1") + later
    read = process("read", "--with-captures", "-", given=given)
    woven = process("weave", "-", given=read.stdout)
    assert (read.returncode, woven.returncode) == (0, 0)
    changes = [json.loads(row) for row in woven.stdout.splitlines()]
    kinds = {change["kind"] for change in changes}
    assert {"event_opened", "toll_stated"} <= kinds
    event = next(change["event"] for change in changes if change["kind"] == "event_opened")
    explained = sourcier("weave", "--explain", event, "-", given=read.stdout)
    assert explained.returncode == 0
    assert "Sumy" in explained.stdout
    assert sourcier("weave", "--explain", "nothing", "-", given=read.stdout).returncode == 1


def test_no_command_is_wrong_usage_and_version_is_told() -> None:
    assert sourcier().returncode == 2
    assert process("read", "--published", "soon").returncode == 2
    assert process("--version").stdout.startswith("sourcier ")


def test_a_credit_in_the_text_reaches_the_weave() -> None:
    origin = line(
        text=TEXT, publisher="Le Fanal", dispatch="d-1", published="2024-11-22T08:00:00+01:00"
    )
    copy = line(text=TEXT + "\nSource : Le Fanal", publisher="Delta Presse", dispatch="d-2")
    read = sourcier("read", "--with-captures", "-", given=copy + origin)
    changes = [
        json.loads(row) for row in sourcier("weave", "-", given=read.stdout).stdout.splitlines()
    ]
    (found,) = [change for change in changes if change["kind"] == "copy_found"]
    assert found["dispatch"] == "d-2"
    assert "credit_line" in {evidence["rule"] for evidence in found["why"]}
