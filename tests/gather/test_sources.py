from __future__ import annotations

from pathlib import Path

import pytest

from sourcier.gather import load_sources
from sourcier.gather.sources import load_contact

STORY = """
[[story]]
slug = "crue"
titles = { fr = "Crue de l'Orne" }
zone = "Europe/Paris"
languages = ["fr"]
"""
DOOR = """
[[source]]
id = "fanal"
kind = "feed"
url = "https://fanal.example/rss"
publisher = "Le Fanal"
story = "crue"
"""

ROOT = Path(__file__).parents[2]


def write(folder: Path, text: str) -> Path:
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_stories_and_sources_are_read_with_their_defaults(tmp_path: Path) -> None:
    sources, stories, problems = load_sources(write(tmp_path, STORY + DOOR))
    assert problems == []
    assert [(s.slug, s.titles, s.languages) for s in stories] == [
        ("crue", {"fr": "Crue de l'Orne"}, ("fr",))
    ]
    assert [(s.id, s.role, s.zone, s.poll) for s in sources] == [("fanal", "outlet", "UTC", 120.0)]


def test_a_url_without_scheme_is_beside_the_file(tmp_path: Path) -> None:
    text = STORY + DOOR.replace("https://fanal.example/rss", "depeches/")
    sources, _, _ = load_sources(write(tmp_path, text))
    assert sources[0].url == str(tmp_path / "depeches")


@pytest.mark.parametrize(
    ("bad", "line", "word"),
    [
        (DOOR.replace('"fanal"', '"b"') + 'colour = "red"', 15, "colour"),
        (DOOR.replace('"fanal"', '"b"').replace('"feed"', '"pigeon"'), 15, "pigeon"),
        (DOOR.replace('"fanal"', '"b"') + 'zone = "Europe/Atlantis"', 15, "Atlantis"),
        (DOOR.replace('"fanal"', '"b"') + "poll = 0.1", 15, "poll"),
        (DOOR.replace('"fanal"', '"b"').replace("publisher", "publishers"), 15, "publisher"),
        (DOOR, 15, "fanal"),
        (STORY.replace('"crue"', '"b"').replace("fr =", "en ="), 15, "titles"),
    ],
)
def test_a_wrong_table_is_named_with_its_line_and_the_rest_stands(
    tmp_path: Path, bad: str, line: int, word: str
) -> None:
    path = write(tmp_path, STORY + DOOR + bad)
    sources, stories, problems = load_sources(path)
    assert (len(sources), len(stories), len(problems)) == (1, 1, 1)
    assert problems[0].where == f"{path}:{line}"
    assert word in problems[0].message
    assert "\n" not in str(problems[0])


def test_what_is_wrong_with_the_whole_file_is_a_problem(tmp_path: Path) -> None:
    for text in ("[[source", "[source]\nid = 1\n", "[door]\n", DOOR):
        sources, stories, problems = load_sources(write(tmp_path, text))
        assert (sources, stories, len(problems)) == ([], [], 1), text
    _, _, problems = load_sources(tmp_path / "none.toml")
    assert len(problems) == 1


def test_the_doors_to_start_from_load_and_say_what_they_are() -> None:
    """The list itself: no door of it is opened here."""
    sources, stories, problems = load_sources(ROOT / "sources.example.toml")
    assert problems == []
    assert len(stories) == 1
    assert len(sources) >= 60
    assert len({source.url for source in sources}) == len(sources)
    assert {language for source in sources for language in source.languages} == {
        "fr",
        "en",
        "uk",
        "ru",
    }
    officials = [source for source in sources if source.kind == "telegram"]
    assert len(officials) >= 12
    assert all(source.party and source.home for source in officials)
    assert {"feed", "page", "telegram", "cap", "alerts"} == {source.kind for source in sources}
    assert all(source.url.startswith("https://") for source in sources)


@pytest.mark.parametrize(
    ("address", "good"),
    [("desk@galet.example", True), ("https://galet.example/", True), ("the desk", False)],
)
def test_the_file_may_say_whom_a_source_can_write_to(
    tmp_path: Path, address: str, good: bool
) -> None:
    file = write(tmp_path, f'contact = "{address}"\n' + STORY + DOOR)
    sources, _, problems = load_sources(file)
    assert len(sources) == 1
    assert load_contact(file) == (address if good else "")
    assert [one.code for one in problems] == ["bad_contact"] * (not good)
