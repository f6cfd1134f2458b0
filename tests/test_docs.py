"""What the documents say is so."""

from __future__ import annotations

import argparse
import re
import shlex
import tomllib
from pathlib import Path

import pytest

from sourcier.cli import parser
from sourcier.publish.dataset.files import write_dataset
from tests.publish.sumy import sumy

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def commands() -> list[str]:
    lines = "\n".join(blocks(README, "sh")).splitlines()
    parts = [part.split("#")[0].strip() for line in lines for part in line.split("|")]
    return [part for part in parts if "sourcier " in part and not part.startswith("git")]


def test_the_readme_shows_commands() -> None:
    assert len(commands()) >= 5


@pytest.mark.parametrize("command", commands())
def test_commands_of_the_readme_parse(command: str) -> None:
    words = shlex.split(command)
    arguments = parser().parse_args(words[1:])
    assert isinstance(arguments, argparse.Namespace)


def test_the_library_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    code = next(code for code in blocks(README, "python") if "sourcier" in code)
    exec(compile(code, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "toll" in printed and "Sumy" in printed


def test_the_data_sets_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_dataset(sumy(), tmp_path / "out" / "STORY", ("parquet",))
    monkeypatch.chdir(tmp_path)
    code = next(code for code in blocks(README, "python") if "duckdb" in code)
    exec(compile(code, "README.md", "exec"), {})


def test_make_targets_of_the_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    told = set(re.findall(r"`?make ([a-z]+)`", README + CONTRIBUTING)) | {"demo", "test"}
    assert told <= targets


def test_links_between_documents_lead_somewhere() -> None:
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"


def test_the_example_of_a_source_loads(tmp_path: Path) -> None:
    from sourcier.gather import load_sources

    (example,) = blocks(CONTRIBUTING, "toml")
    tomllib.loads(example)
    path = tmp_path / "sources.toml"
    path.write_text(example, "utf-8")
    sources, stories, problems = load_sources(path)
    assert (len(sources), len(stories), problems) == (1, 1, [])


def test_no_registry_and_no_index_stands_in_the_lock() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text("utf-8")
        assert "://" not in text and "--index" not in text and "--extra-index" not in text
        pinned = re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==", text, re.MULTILINE)
        assert len(pinned) > 20 and "--hash=sha256:" in text
