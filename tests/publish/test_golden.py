"""Golden files of every format, held to the official schemas; and what is invalid does not go out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from msgspec.structs import replace

from sourcier.problems import Problem
from sourcier.publish.formats import FORMATS, cap_keys, cap_message, written
from sourcier.publish.formats.cap import CAP
from sourcier.publish.formats.rules import InvalidFormatError
from sourcier.publish.links import Links
from sourcier.publish.taken import write_formats
from sourcier.publish.view import View
from sourcier.types import Entry, EntryText, Place, Story
from tests.publish.regolden import BASE, GOLDEN, write
from tests.publish.test_exchange import SCHEMAS, official
from tests.publish.trees import xml
from tests.publish.trypont import trypont

NAMES = sorted(str(path.relative_to(GOLDEN)) for path in GOLDEN.rglob("*.*") if path.is_file())


def view(story: Story) -> View:
    return View(story, "fr", Links(BASE, story.slug, "fr", "fr"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("golden")
    assert write(folder) == []
    return folder


def test_the_same_files_are_written(made: Path) -> None:
    found = sorted(str(path.relative_to(made)) for path in made.rglob("*.*") if path.is_file())
    assert found == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_golden(made: Path, name: str) -> None:
    told = "differs; if that is meant: python -m tests.publish.regolden"
    assert (made / name).read_bytes() == (GOLDEN / name).read_bytes(), f"{name} {told}"


@official
@pytest.mark.parametrize("path", sorted((GOLDEN / "cap").glob("*.xml")), ids=lambda path: path.stem)
def test_each_message_is_valid_cap(path: Path) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "cap" / "cap12.xsd"))
    schema.assertValid(xml(path.read_bytes()))


def test_each_message_replaces_those_before() -> None:
    shown = view(trypont())
    told = [xml(cap_message(shown, key)) for key in cap_keys(shown)]
    types = [one.findtext(f"{{{CAP}}}msgType") for one in told]
    assert types == ["Alert", "Update", "Cancel"]
    names = [
        ",".join(one.findtext(f"{{{CAP}}}{name}") for name in ("sender", "identifier", "sent"))
        for one in told
    ]
    named = [(one.findtext(f"{{{CAP}}}references") or "").split() for one in told]
    assert named == [[], names[:1], names[:2]]


def test_a_message_once_sent_stays_as_it_was() -> None:
    story = trypont()
    states = story.alert_history["al1"]
    sent: dict[str, bytes] = {}
    for count in range(1, len(states) + 1):
        then = replace(story, alerts=(states[count - 1],), alert_history={"al1": states[:count]})
        now = {key: cap_message(view(then), key) for key in cap_keys(view(then))}
        assert now.items() >= sent.items()
        assert len(now) == count
        sent = now


def test_a_message_is_the_same_from_every_language() -> None:
    other = View(trypont(), "en", Links(BASE, "trypont", "en", "fr"))
    assert cap_message(other, "al1.2") == cap_message(view(trypont()), "al1.2")


def test_what_was_told_before_is_no_new_message() -> None:
    story = trypont()
    states = story.alert_history["al1"]
    again = replace(states[-1], seen=story.now)
    later = replace(story, alerts=(again,), alert_history={"al1": (*states, again)})
    assert cap_keys(view(later)) == cap_keys(view(story))


def taken_back() -> Story:
    """Return the story with the alert, still in force, withdrawn."""
    story = trypont()
    gone = {"state": "retracted", "updated": story.now, "note": {"fr": "Aucune alerte en cours."}}
    told = tuple(
        replace(entry, **gone) if entry.id == "alert" else entry for entry in story.entries
    )
    return replace(
        story, entries=told, alerts=(), alert_history={"al1": story.alert_history["al1"][:2]}
    )


@pytest.mark.parametrize("demo", [False, True])
def test_an_alert_that_we_took_back_is_cancelled_without_an_all_clear(demo: bool) -> None:
    shown = view(replace(taken_back(), demo=demo))
    assert cap_keys(shown) == ["al1.1", "al1.2", "al1.withdrawn"]
    last = xml(cap_message(shown, "al1.withdrawn"))
    assert last.findtext(f"{{{CAP}}}msgType") == "Cancel"
    assert (last.findtext(f"{{{CAP}}}note") or "").endswith("Aucune alerte en cours.")
    assert len((last.findtext(f"{{{CAP}}}references") or "").split()) == 2
    assert not list(last.iter(f"{{{CAP}}}responseType", f"{{{CAP}}}instruction"))
    assert "al1.withdrawn" in written(shown, "alerts.atom").decode()


def entries(change: Callable[[Entry], Entry]) -> Story:
    """Return the story with its newest entry changed."""
    story = trypont()
    return replace(story, entries=(change(story.entries[0]), *story.entries[1:]))


def placed(**more: Any) -> Story:
    def moved(entry: Entry) -> Entry:
        place: Place | None = entry.place
        assert place
        return replace(entry, place=replace(place, **more))

    return entries(moved)


def alerted(**more: Any) -> Story:
    story = trypont()
    return replace(story, alerts=(replace(story.alerts[0], **more),), alert_history={})


def nameless() -> Story:
    return entries(lambda entry: replace(entry, texts={"fr": EntryText(headline=" ", body="")}))


def backwards() -> Story:
    return entries(lambda entry: replace(entry, updated=trypont().entries[-1].published))


def naive() -> Story:
    def bare(entry: Entry) -> Entry:
        when: datetime = entry.published.replace(tzinfo=None)
        return replace(entry, place=None, published=when)

    story = entries(bare)
    return replace(story, entries=story.entries[:1])


POISON = [
    *((name, nameless) for name in FORMATS if name not in ("alerts.atom", "places.geojson")),
    *((name, lambda: placed(latitude=999.0)) for name in ("feed.atom", "places.geojson")),
    *((name, lambda: placed(longitude=181.0)) for name in ("live.jsonld", "ninjs.json")),
    ("places.geojson", lambda: placed(latitude=float("nan"))),
    *((name, backwards) for name in ("feed.json", "live.jsonld", "ninjs.json")),
    *((name, naive) for name in ("feed.atom", "feed.json", "newsml.xml", "ninjs.json")),
    ("newsml.xml", lambda: entries(lambda entry: replace(entry, version=0))),
    ("alerts.atom", lambda: alerted(hazard="", place=None, area=None)),
    ("alerts.atom", lambda: alerted(place=None, area=" ")),
]


@pytest.mark.parametrize(("name", "poisoned"), POISON)
def test_what_is_invalid_does_not_go_out(name: str, poisoned: Callable[[], Story]) -> None:
    with pytest.raises(InvalidFormatError) as refused:
        written(view(poisoned()), name)
    assert (refused.value.problem.where, refused.value.problem.code) == (name, "invalid_format")
    assert refused.value.problem.message


def test_an_invalid_message_does_not_go_out() -> None:
    with pytest.raises(InvalidFormatError):
        cap_message(view(alerted(place=None, area=" ")), "al1.1")


def test_every_format_was_poisoned() -> None:
    assert {name for name, _ in POISON} == set(FORMATS)


def test_in_a_folder_the_last_valid_file_stays(tmp_path: Path) -> None:
    problems: list[Problem] = []
    write_formats(trypont(), tmp_path, BASE, problems.append)
    before = (tmp_path / "feed.atom").read_bytes()
    write_formats(placed(latitude=999.0), tmp_path, BASE, problems.append)
    assert (tmp_path / "feed.atom").read_bytes() == before
    refused = {problem.where for problem in problems}
    assert refused == {"feed.atom", "live.jsonld", "ninjs.json", "places.geojson"}


def test_what_sources_say_of_themselves_cannot_stop_a_format() -> None:
    story = trypont()
    bad: dict[str, Any] = {
        "url": "https://a b.example/<x>", "language": "not a tag", "title": " ", "publisher": " ",
    }  # fmt: skip
    captures = {key: replace(one, **bad) for key, one in story.captures.items()}
    for name in FORMATS:
        assert written(view(replace(story, captures=captures)), name)
