"""OPML: feeds come in from a reader and go back."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from sourcier.cli import main
from sourcier.gather.opml import as_toml, read_opml, write_opml
from sourcier.gather.sources import load_sources
from sourcier.problems import InputError, Problem
from sourcier.types import Source

OPML = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Feeds</title></head><body>
<outline text="Presse"><outline type="rss" text="Le Fanal &amp; fils" xmlUrl="https://fanal.example/rss"/>
<outline type="rss" title="Вісник" xmlUrl="https://visnyk.example/rss" htmlUrl="https://visnyk.example/"/></outline>
<outline type="rss" text="Le Fanal, fils" xmlUrl="https://fils.example/atom"/>
<outline type="rss" text="again" xmlUrl="https://fanal.example/rss"/>
<outline type="rss" text="no web" xmlUrl="nowhere"/>
<outline text="an empty folder"/></body></opml>"""


def test_the_feeds_of_a_reader_come_in_and_go_back(tmp_path: Path) -> None:
    found = list(read_opml(OPML.encode(), "feeds.opml"))
    sources = [one for one in found if isinstance(one, Source)]
    assert [one.id for one in sources] == ["le-fanal-fils", "visnyk-example", "le-fanal-fils-2"]
    assert [one.code for one in found if isinstance(one, Problem)] == ["bad_url"]
    path = tmp_path / "sources.toml"
    path.write_text("\n".join(map(as_toml, sources)), "utf-8")
    loaded, _, problems = load_sources(path)
    assert (loaded, problems) == (sources, [])
    again = [one for one in read_opml(write_opml(loaded, "t"), "t") if isinstance(one, Source)]
    assert again == sources


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"<rss/>",
        b"<opml><body>",
        b"\xff\xfe",
        b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><rss>&b;</rss>',
    ],
)
def test_what_is_no_opml_is_one_problem(bad: bytes) -> None:
    with pytest.raises(InputError) as caught:
        list(read_opml(bad, "feeds.opml"))
    assert caught.value.problem.code == "bad_opml"
    assert "\n" not in str(caught.value.problem)


def test_a_title_can_say_nothing_to_the_file() -> None:
    bad = Source(id="x", kind="feed", url="https://x.example/", publisher='"\n[[source]]\\\x01é')
    assert tomllib.loads(as_toml(bad))["source"][0]["publisher"] == bad.publisher


def test_the_commands_import_export_and_tell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opml, toml = tmp_path / "feeds.opml", tmp_path / "sources.toml"
    opml.write_text(OPML, "utf-8")
    assert main(["sources", "import", str(opml)]) == 1  # one outline had no web address
    toml.write_text(capsys.readouterr().out, "utf-8")
    assert main(["sources", "export", str(toml)]) == 0
    assert "https://visnyk.example/rss" in capsys.readouterr().out
    assert main(["sources", "status", str(toml), "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out.count("new ") == 3
    assert main(["sources", "import", str(tmp_path / "none.opml")]) == 1
