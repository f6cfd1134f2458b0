"""A folder that is followed: immutable pages, doors and one pointer, and never a half state."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from sourcier.publish import folder as folders
from sourcier.publish.edition import Edition, Press, files_of
from sourcier.publish.folder import clear, put
from sourcier.publish.links import WebFolderLinks
from sourcier.publish.taken import write_formats
from sourcier.types import Story
from tests.publish.sumy import sumy
from tests.publish.trees import tree

NOW = datetime(2024, 11, 22, 8, 0, tzinfo=UTC)
KEEP = timedelta(hours=24)


def after(minutes: int) -> Story:
    return msgspec.structs.replace(sumy(), now=sumy().now + timedelta(minutes=minutes))


def later(story: Story, **changes: object) -> Story:
    return msgspec.structs.replace(story, sequence=story.sequence + 1, **changes)


def without_newest(story: Story) -> Story:
    return msgspec.structs.replace(story, entries=story.entries[1:], sequence=story.sequence - 1)


def made(press: Press, story: Story) -> Edition:
    edition = press.edition(story)
    assert edition is not None
    return edition


def write(edition: Edition, folder: Path, now: datetime = NOW) -> None:
    put(edition, folder, now=now, keep=KEEP)


def pages(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("page.*.html")}


def age(folder: Path, moment: datetime) -> None:
    """Let the folder's files be of `moment`, as the real clock would have made them."""
    for path in folder.iterdir():
        os.utime(path, (moment.timestamp(), moment.timestamp()))


def test_pages_are_named_after_what_is_in_them_and_the_pointer_leads_there(tmp_path: Path) -> None:
    write(made(Press(), sumy()), tmp_path)
    pointer = json.loads((tmp_path / "live.json").read_bytes())
    assert (pointer["poll"], pointer["sequence"]) == (15, sumy().sequence)
    for code, name in pointer["pages"].items():
        content = (tmp_path / name).read_bytes()
        assert name == f"page.{code}.{sha256(content).hexdigest()[:32]}.html"
        config = json.loads(tree(content).get_element_by_id("fil").get("data-cfg"))
        assert config["live"] == config["look"] == "live.json"
        assert config["mark"] == pointer["mark"]
    assert (tmp_path / "live.json").stat().st_size < 500


def test_every_address_on_a_page_is_a_file_of_the_folder(tmp_path: Path) -> None:
    write(made(Press(), sumy()), tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert {
        "index.html",
        "index.en.html",
        "claims.jsonl",
        "e-a4.v1.fr.html",
        "e-a1.en.html",
    } <= names
    for path in tmp_path.glob("*.html"):
        shown = tree(path.read_bytes())
        for href in shown.xpath("//a/@href"):
            file, _, fragment = href.partition("#")
            assert not file or file in names, f"{path.name}: {href}"
            assert file or shown.xpath(f"//*[@id='{fragment}']"), f"{path.name}: {href}"


@pytest.mark.slow
def test_nothing_new_makes_no_edition() -> None:
    press = Press()
    made(press, sumy())
    assert press.edition(sumy()) is None
    assert press.edition(after(minutes=1)) is None


def test_in_a_new_hour_pages_are_made_again_and_open_tabs_leave_them(tmp_path: Path) -> None:
    press = Press()
    first, second = made(press, sumy()), made(press, after(minutes=30))
    assert not set(first.kept) & set(second.kept)
    assert json.loads(first.pointer)["mark"] == json.loads(second.pointer)["mark"]
    assert not [name for name in second.doors if name.startswith("e-")]


def test_only_what_changed_is_made_again() -> None:
    press = Press()
    first = made(press, without_newest(sumy()))
    second = made(press, sumy())
    assert "e-a1.fr.html" in first.doors
    assert "e-a1.fr.html" not in second.doors
    assert f"e-{sumy().entries[0].id}.fr.html" in second.doors
    assert not set(first.kept) & set(second.kept)


def test_a_closed_story_says_so_and_its_page_asks_no_more() -> None:
    edition = made(Press(), later(sumy(), closed=True))
    assert json.loads(edition.pointer)["poll"] == 0
    assert all(b"&#34;live&#34;:&#34;&#34;" in page for page in edition.kept.values())


def test_a_replaced_page_stays_for_its_while_and_then_goes(tmp_path: Path) -> None:
    press = Press()
    write(made(press, without_newest(sumy())), tmp_path)
    old = pages(tmp_path)
    age(tmp_path, NOW - timedelta(days=9))  # it was the newest for nine days
    write(made(press, sumy()), tmp_path)
    assert old < pages(tmp_path)
    clear(tmp_path, now=NOW + timedelta(hours=23), keep=KEEP)
    assert old < pages(tmp_path)
    clear(tmp_path, now=NOW + timedelta(hours=25), keep=KEEP)
    assert not old & pages(tmp_path)
    assert files_of((tmp_path / "live.json").read_bytes()) <= pages(tmp_path)
    assert (tmp_path / "index.html").exists()


class PowerCutError(OSError):
    """The machine goes off in the middle of it."""


@pytest.mark.slow
@pytest.mark.parametrize("survived", range(0, 40, 3))
def test_a_cut_at_any_point_leaves_a_whole_state(
    survived: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    press = Press()
    write(made(press, without_newest(sumy())), tmp_path)
    before = (tmp_path / "live.json").read_bytes()
    edition = made(press, sumy())
    left = iter(range(survived))

    def replace(path: Path, content: bytes, whole=folders.replace_file) -> None:  # type: ignore[no-untyped-def]
        if next(left, None) is None:
            path.with_name(f".{path.name}.part").write_bytes(content[: len(content) // 2])
            raise PowerCutError
        whole(path, content)

    monkeypatch.setattr(folders, "replace_file", replace)
    try:
        write(edition, tmp_path)
    except PowerCutError:
        assert (tmp_path / "live.json").read_bytes() == before
    else:
        assert (tmp_path / "live.json").read_bytes() == edition.pointer
    for name in files_of((tmp_path / "live.json").read_bytes()):
        assert (tmp_path / name).read_bytes().endswith(b"</html>\n")
    for path in tmp_path.glob("[!.]*.html"):
        assert path.read_bytes().endswith(b"</html>\n")
    monkeypatch.undo()
    write(made(Press(), sumy()), tmp_path)  # whoever starts again finishes it
    clear(tmp_path, now=NOW + timedelta(days=3650), keep=KEEP)
    assert not list(tmp_path.glob(".*"))


@pytest.mark.slow
@pytest.mark.parametrize("pointer", [b"", b"[]", b"{}", b'{"pages":[1]}', b'{"pages":3}'])
def test_what_is_no_pointer_leads_nowhere(pointer: bytes, tmp_path: Path) -> None:
    assert files_of(pointer) == set()
    (tmp_path / "live.json").write_bytes(pointer)
    write(made(Press(), sumy()), tmp_path)
    assert files_of((tmp_path / "live.json").read_bytes())


def test_a_pointer_s_names_lead_to_nothing_outside_the_folder(tmp_path: Path) -> None:
    inside = tmp_path / "site"
    inside.mkdir()
    victim = tmp_path / "victim"
    victim.write_bytes(b"")
    os.utime(victim, (1, 1))
    (inside / "live.json").write_bytes(b'{"pages":{"fr":"../victim"}}')
    write(made(Press(), sumy()), inside)
    assert victim.stat().st_mtime == 1


@pytest.mark.slow
@pytest.mark.parametrize("fed", [True, False])
def test_a_page_announces_the_feeds_that_stand_beside_it(tmp_path: Path, fed: bool) -> None:
    story = sumy()
    write(made(Press(fed=fed), story), tmp_path)
    links = {view: tmp_path / f"index{view}.html" for view in ("", f".{story.languages[1]}")}
    if fed:
        write_formats(story, tmp_path, "https://direct.example", lambda _: None, WebFolderLinks)
    for path in links.values():
        feeds = tree(path.read_text("utf-8")).xpath(
            "//link[@rel='alternate' and contains(@type, '/') and @title]/@href"
        )
        assert bool(feeds) == fed
        assert all((tmp_path / name).is_file() for name in feeds)
