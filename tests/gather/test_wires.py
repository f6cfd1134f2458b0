"""ninjs and NewsML-G2: versions, kills, embargoes; what is wrong with items."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sourcier.gather import State, gather
from sourcier.gather.web import Web
from sourcier.problems import Problem
from sourcier.types import Capture, Source, SourceKind
from tests.gather.conftest import Site

NOW = datetime(2024, 11, 22, 9, tzinfo=UTC)
ITEM = {
    "uri": "http://galet.example/1",
    "type": "text",
    "versioncreated": "2024-11-22T08:00:00Z",
    "headline": "Crue à Lyon",
    "body_html": "<p>Le fleuve monte.</p><p>Deux morts.</p>",
    "language": "fr",
    "byline": "Anne Roc",
    "infosources": [{"name": "Agence du Sable"}],
}
THREE = {
    "uri": "http://galet.example/3",
    "versionCreated": "2024-11-22T08:00:00Z",
    "headlines": [{"role": "main", "value": "Crue à Lyon"}],
    "bodies": [{"role": "main", "contentType": "text/html", "value": "<p>Le fleuve monte.</p>"}],
}
NEWS = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:galet:1" version="{version}">
<itemMeta><itemClass qcode="ninat:text"/><versionCreated>2024-11-22T08:0{version}:00Z</versionCreated>
{embargo}<pubStatus qcode="stat:{status}"/></itemMeta><contentMeta><creator><name>Anne Roc</name></creator>
<infoSource><name>Agence du Sable</name></infoSource><language tag="fr"/><headline>Crue</headline>
</contentMeta>
<contentSet><inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">
<body><body.head><byline>Anne</byline></body.head><body.content><p>Le fleuve monte.</p><p>{words}</p>
</body.content></body></nitf></inlineXML></contentSet></newsItem>"""


def news(version: int, words: str = "Un mort.", status: str = "usable", embargo: str = "") -> bytes:
    return NEWS.format(version=version, words=words, status=status, embargo=embargo).encode()


def door(kind: SourceKind, url: Path | str) -> Source:
    return Source(id="w", kind=kind, url=str(url), publisher="Agence du Galet", role="agency")


def poll(
    source: Source, state: State, web: Web, now: datetime = NOW
) -> tuple[list[Capture], list[Problem]]:
    found = list(gather(source, state, now=now, web=web))
    problems = [one for one in found if isinstance(one, Problem)]
    return [one for one in found if not isinstance(one, Problem)], problems


def test_ninjs_comes_corrects_and_is_killed(tmp_path: Path, web: Web) -> None:
    state, source, file = State(), door("ninjs", tmp_path), tmp_path / "1.json"
    file.write_text(json.dumps(ITEM))
    ((one,), problems) = poll(source, state, web)
    assert not problems
    assert (one.text, one.title, one.language) == (
        "Le fleuve monte.\nDeux morts.",
        "Crue à Lyon",
        "fr",
    )
    assert [(credit.kind, credit.name) for credit in one.credits] == [
        ("author", "Anne Roc"),
        ("agency", "Agence du Sable"),
    ]
    assert poll(source, state, web) == ([], [])
    file.write_text(json.dumps(ITEM | {"body_html": "<p>Trois morts.</p>"}))
    assert [one.version for one in poll(source, state, web)[0]] == [2]
    file.write_text(json.dumps(ITEM | {"pubstatus": "canceled"}))
    assert [one.deleted for one in poll(source, state, web)[0]] == [True]


def test_ninjs_of_every_version_in_a_list_of_the_web(site: Site, web: Web) -> None:
    listed = [ITEM, THREE, ITEM | {"uri": "x", "pubstatus": "withheld"}, {"type": "text"}, 7]
    url = site.give("/items", json.dumps({"items": listed}).encode())
    found, problems = poll(door("ninjs", url), State(), web)
    assert [one.text for one in found][1:] == ["Le fleuve monte."]
    assert [one.code for one in problems] == ["bad_ninjs"]


def test_an_embargo_is_kept_to_its_hour(tmp_path: Path, web: Web) -> None:
    until = (NOW + timedelta(hours=1)).isoformat()
    (tmp_path / "1.json").write_text(json.dumps(ITEM | {"embargoed": until}))
    (tmp_path / "1.xml").write_bytes(news(1, embargo=f"<embargoed>{until}</embargoed>"))
    kinds: tuple[SourceKind, ...] = ("ninjs", "newsml")
    for kind in kinds:
        state, source = State(), door(kind, tmp_path)
        assert poll(source, state, web) == ([], [])
        assert len(poll(source, state, web, NOW + timedelta(hours=1))[0]) == 1


def test_newsml_comes_corrects_and_is_killed(tmp_path: Path, web: Web) -> None:
    state, source = State(), door("newsml", tmp_path)
    (tmp_path / "1.xml").write_bytes(news(1))
    ((one,), _) = poll(source, state, web)
    assert (one.text, one.title, one.language) == ("Le fleuve monte.\nUn mort.", "Crue", "fr")
    assert [credit.name for credit in one.credits] == ["Anne Roc", "Agence du Sable"]
    (tmp_path / "2.xml").write_bytes(news(2, "Deux morts."))
    (tmp_path / "3.xml").write_bytes(news(3, status="canceled"))
    assert [(one.version, one.deleted) for one in poll(source, state, web)[0]] == [
        (2, False),
        (3, True),
    ]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("ninjs", b""), ("ninjs", b"["), ("ninjs", b"[" * 100_000), ("ninjs", b"7"),
        ("ninjs", b'{"uri": "u", "versioncreated": "never", "body_text": "x"}'),
        ("ninjs", b'{"uri": "u", "body_text": "   "}'), ("ninjs", b"\xff\xfe\x00"),
        ("newsml", b""), ("newsml", b"<html/>"), ("newsml", b"<a>" * 100_000),
        ("newsml", news(1)[:300]), ("newsml", news(1).replace(b'guid="urn:galet:1"', b"")),
        ("newsml", b'<!DOCTYPE x [<!ENTITY x "y">]><newsItem>&x;</newsItem>'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_problem(
    tmp_path: Path, web: Web, kind: SourceKind, body: bytes
) -> None:
    (tmp_path / f"1.{'json' if kind == 'ninjs' else 'xml'}").write_bytes(body)
    found, problems = poll(door(kind, tmp_path), State(), web)
    assert (len(found), len(problems)) == (0, 1)


def test_the_official_examples(web: Web) -> None:
    shared = os.environ.get("SOURCIER_SHARED")
    folder = Path(shared or "", "schemas")
    if not shared or not folder.is_dir():
        pytest.skip("SOURCIER_SHARED names no folder with the official examples")
    for number, words in ((2, "Ugiating"), (25, "Citizens Bank Park"), (29, "")):
        path = next((folder / "newsml-g2").glob(f"LISTING_{number}_*.xml"))
        found, problems = poll(door("newsml", path), State(), web)
        assert len(found) + len(problems) <= 1
        if words and found:
            assert words in found[0].text
    for path in (folder / "ninjs" / "test_suite").rglob("should_pass/*.json"):
        _, problems = poll(door("ninjs", path), State(), web)
        assert all(one.code in {"bad_ninjs", "empty_text"} for one in problems), (path, problems)
