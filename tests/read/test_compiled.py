"""Compiled patterns are kept from one start to the next, and never trusted blindly."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import regex
from msgspec import Raw

from sourcier.read import cache
from sourcier.read.compiled import Store, _bytes

SOURCES = (
    r"(?<![\p{L}\p{N}])(?:(?P<words>\d+) (?:killed|dead))(?![\p{L}\p{N}])",
    r"(?:a|ab|abc)+?(?=d)",
    r"(?P<day>été|hiver)(?:(?P<more> .)){2,3}",
)
TEXTS = ("12 killed, 3 dead", "abcabd", "été à la", "")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "patterns-1.bin"


def _filled(path: Path) -> None:
    store = Store(path)
    for source in SOURCES:
        store.pattern(source)
    store.keep()


def test_kept_patterns_are_not_compiled_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _filled(path)
    monkeypatch.setattr(Store, "_made", None)
    assert [Store(path).pattern(source).pattern for source in SOURCES] == list(SOURCES)


@pytest.mark.parametrize("source", SOURCES)
def test_kept_patterns_find_what_compiled_ones_find(path: Path, source: str) -> None:
    _filled(path)
    kept, made = Store(path).pattern(source), regex.compile(source)
    for text in TEXTS:
        for size in range(len(text) + 1):
            found, expected = (p.search(text[:size], partial=True) for p in (kept, made))
            assert str(found) == str(expected)
            assert (found and found.groupdict()) == (expected and expected.groupdict())


@pytest.mark.parametrize("harm", [b"", b"x", b"\0" * 100])
def test_damaged_file_is_written_anew(path: Path, harm: bytes) -> None:
    _filled(path)
    whole = path.read_bytes()
    path.write_bytes(harm + whole[len(harm) : -3])
    _filled(path)
    assert path.read_bytes() == whole


def test_row_that_is_no_pattern_is_compiled(path: Path) -> None:

    path.parent.mkdir()
    path.write_bytes(_bytes({SOURCES[0]: Raw(b"\x93\x01\x02\x03")}))
    assert Store(path).pattern(SOURCES[0]).search("12 dead")


def test_what_another_process_kept_stays(path: Path) -> None:
    first, second = Store(path), Store(path)
    first.pattern(SOURCES[0])
    second.pattern(SOURCES[1])
    first.keep()
    second.keep()
    assert set(Store(path)._kept) == set(SOURCES[:2])


def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    _filled(tmp_path / "cache" / "patterns-1.bin")


def test_old_files_of_its_kind_go(path: Path) -> None:
    path.parent.mkdir()
    for name in ("patterns-0.bin", "patterns-2.bin", "places-0.bin"):
        (path.parent / name).write_bytes(b"")
    for name in ("patterns-0.bin", "places-0.bin"):
        os.utime(path.parent / name, (0, 0))
    cache.write(path, b"new")
    assert sorted(p.name for p in path.parent.iterdir()) == [
        "patterns-1.bin", "patterns-2.bin", "places-0.bin",
    ]  # fmt: skip
