"""ninjs and NewsML-G2: versions, kills, embargoes; what is wrong with items."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sourcier.gather import State, gather
from sourcier.gather.documents import AT_ONCE, SETTLED
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


@pytest.mark.slow
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


def test_an_older_version_that_comes_late_is_nothing(tmp_path: Path, web: Web) -> None:
    state, source = State(), door("newsml", tmp_path)
    for number in (2, 1):
        (tmp_path / f"{number}.xml").write_bytes(news(number, f"{number} morts."))
        poll(source, state, web)
    (tmp_path / "3.xml").write_bytes(news(3, status="canceled"))
    assert [(one.version, one.deleted) for one in poll(source, state, web)[0]] == [(2, True)]
    (tmp_path / "again.xml").write_bytes(news(2, "Deux morts, encore."))
    assert poll(source, state, web) == ([], [])


def test_a_kill_that_comes_first_stands(tmp_path: Path, web: Web) -> None:
    state, source = State(), door("ninjs", tmp_path)
    killed = {"uri": ITEM["uri"], "version": "3", "pubstatus": "canceled", "versioncreated": "?"}
    for number, item in enumerate((killed, ITEM | {"version": "2"})):
        (tmp_path / f"{number}.json").write_text(json.dumps(item))
        assert poll(source, state, web) == ([], [])


def test_of_one_number_what_comes_later_stands(tmp_path: Path, web: Web) -> None:
    state, source, file = State(), door("ninjs", tmp_path), tmp_path / "1.json"
    for words in ("Un mort.", "Deux morts."):
        file.write_text(json.dumps(ITEM | {"version": "1", "body_text": words}))
        assert [one.text for one in poll(source, state, web)[0]] == [words]


def test_what_is_withheld_goes_and_may_come_back(tmp_path: Path, web: Web) -> None:
    state, source, file = State(), door("ninjs", tmp_path), tmp_path / "1.json"
    found = []
    for status in ("usable", "withheld", "http://cv.iptc.example/newscodes/pubstatusg2/usable"):
        file.write_text(json.dumps(ITEM | {"pubstatus": status}))
        found += poll(source, state, web)[0]
    assert [one.deleted for one in found] == [False, True, False]


def test_an_embargo_without_an_end_is_kept(tmp_path: Path, web: Web) -> None:
    (tmp_path / "1.xml").write_bytes(news(1, embargo="<embargoed/>"))
    (tmp_path / "1.json").write_text(json.dumps(ITEM | {"embargoed": 1732263660}))
    kinds: tuple[SourceKind, ...] = ("ninjs", "newsml")
    for kind in kinds:
        found, problems = poll(door(kind, tmp_path), State(), web, NOW + timedelta(days=9999))
        assert not found
        assert len(problems) == (kind == "ninjs")


def test_a_kind_that_is_no_text_is_told_once(tmp_path: Path, web: Web) -> None:
    state, source = State(), door("ninjs", tmp_path)
    told = []
    for number in range(3):
        (tmp_path / f"{number}.json").write_text(json.dumps(ITEM | {"type": "picture"}))
        told += poll(source, state, web)[1]
    assert [one.code for one in told] == ["no_text_item"]


def test_the_dateline_stands_before_the_text_once(tmp_path: Path, web: Web) -> None:
    for number, body in enumerate(("<p>Le fleuve monte.</p>", "<p>LYON (Galet) - Deux morts.</p>")):
        item = {"uri": f"u:{number}", "dateline": "LYON, vendredi (Galet)", "body_html": body}
        (tmp_path / f"{number}.json").write_text(json.dumps(ITEM | item))
    found, _ = poll(door("ninjs", tmp_path), State(), web)
    assert [one.text for one in found] == [
        "LYON, vendredi (Galet) – Le fleuve monte.",
        "LYON (Galet) - Deux morts.",
    ]


def test_what_is_quoted_is_marked_and_pictures_are_left_out(tmp_path: Path, web: Web) -> None:
    said = "<bq><block><p>Trois morts.</p></block></bq><media><media-caption>Quai</media-caption></media>"
    (tmp_path / "1.xml").write_bytes(news(1).replace(b"<p>Un mort.</p>", said.encode()))
    html = "<p>Le fleuve monte.</p><blockquote>Trois morts.</blockquote><figure>Quai</figure>"
    (tmp_path / "1.json").write_text(json.dumps(ITEM | {"body_html": html, "dateline": "LYON"}))
    kinds: tuple[SourceKind, ...] = ("ninjs", "newsml")
    for kind in kinds:
        ((one,), _) = poll(door(kind, tmp_path), State(), web)
        assert one.text.endswith("Le fleuve monte.\nTrois morts.")
        assert [one.text[start:end] for start, end in one.quoted] == ["Trois morts."]


def test_who_is_credited(tmp_path: Path, web: Web) -> None:
    two = {
        "uri": "https://api.galet.example/2?token=a",
        "altIds": [{"role": "itemid", "value": "galet:2"}],
        "by": "Anne Roc",
        "headline": "Crue",
        "infoSources": [{"name": "Agence du Sable"}, {"name": "AGENCE DU GALET"}],
        "descriptions": [{"role": "creditline", "value": "Agence du Galet/Agence des Dunes"}],
    }
    (tmp_path / "2.json").write_text(json.dumps(two))
    ((one,), _) = poll(door("ninjs", tmp_path), State(), web)
    assert [credit.name for credit in one.credits] == [
        "Anne Roc",
        "Agence du Sable",
        "Agence des Dunes",
    ]
    assert (one.dispatch, one.text) == ("galet:2", "Crue")


@pytest.mark.parametrize(
    ("kind", "name", "whole"),
    [("ninjs", "1.json", json.dumps(ITEM).encode()), ("newsml", "1.xml", news(1))],
)
def test_a_file_that_is_being_written_is_left_to_the_next_look(
    tmp_path: Path, web: Web, kind: SourceKind, name: str, whole: bytes
) -> None:
    state, source, file = State(), door(kind, tmp_path), tmp_path / name
    for written in (whole[: len(whole) // 3], whole[: len(whole) // 2]):
        file.write_bytes(written)
        assert poll(source, state, web, datetime.now(UTC)) == ([], [])
    later = datetime.now(UTC) + timedelta(seconds=SETTLED + 5)
    assert [len(found) for found in poll(source, state, web, later)] == [0, 1]
    assert poll(source, state, web, later) == ([], [])
    file.write_bytes(whole)
    assert [len(found) for found in poll(source, state, web, datetime.now(UTC))] == [1, 0]


def test_drafts_of_other_programs_are_no_files(tmp_path: Path, web: Web) -> None:
    for name in (".1.json", "1.json.part"):
        (tmp_path / name).write_text(json.dumps(ITEM))
    assert poll(door("ninjs", tmp_path), State(), web) == ([], [])


def test_many_files_come_look_by_look_in_the_order_of_their_writing(
    tmp_path: Path, web: Web
) -> None:
    many = 2 * AT_ONCE + 1
    for number in range(many):
        file = tmp_path / f"{many - number}.json"
        file.write_text(json.dumps(ITEM | {"uri": f"u:{number}"}))
        os.utime(file, (number, number))
    state, source = State(), door("ninjs", tmp_path)
    looks: list[list[Capture]] = []
    while not looks or state.door(source).pulse.behind:
        looks.append(poll(source, state, web)[0])
    assert [len(found) for found in looks] == [AT_ONCE, AT_ONCE, 1]
    assert [one.dispatch for found in looks for one in found] == [f"u:{n}" for n in range(many)]
    assert poll(source, state, web) == ([], [])


def _ninjs_page(numbers: Sequence[int], following: object) -> bytes:
    listed = [ITEM | {"uri": f"u:{number}"} for number in numbers]
    return json.dumps({"_items": listed, "_links": {"next": following}}).encode()


def _atom_page(numbers: Sequence[int], following: str) -> bytes:
    held = "".join(
        f"<entry><content>{news(1).decode().replace('urn:galet:1', f'u:{number}')}</content></entry>"
        for number in numbers
    )
    link = f'<link rel="next" href="{following}"/>'
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{link}{held}</feed>'.encode()


def test_the_older_pages_of_a_wire_are_read_until_one_is_known(site: Site, web: Web) -> None:
    wires: list[tuple[SourceKind, Callable[[Sequence[int], str], bytes]]] = [
        ("ninjs", _ninjs_page),
        ("ninjs", lambda numbers, following: _ninjs_page(numbers, {"href": following})),
        ("newsml", _atom_page),
    ]
    for kind, page in wires:
        state, source = State(), door(kind, site.give("/wire", page([9, 8], "/2")))
        site.give("/2", page([7, 6], "/3"))
        assert [one.dispatch for one in poll(source, state, web)[0]] == ["u:9", "u:8"]
        site.give("/wire", page([15, 14], "/2"))
        site.give("/2", page([13, 12], "/3"))
        site.give("/3", page([11, 10], "/4"))
        site.give("/4", page([9, 8], "/never"))
        numbers = [one.dispatch for one in poll(source, state, web)[0]]
        assert numbers == [f"u:{number}" for number in range(15, 9, -1)]
        assert not state.door(source).pulse.gaps
        for path in ("/wire", "/2", "/3", "/4"):
            site.give(path, page([hash(path) % 1000 + 100], "/4"))
        assert not poll(source, state, web)[1]
        assert len(state.door(source).pulse.gaps) == 1


def test_what_goes_with_an_item_is_named_and_nothing_is_lost(tmp_path: Path, web: Web) -> None:
    picture = {"uri": "u:p", "type": "picture", "byline": "Luc Pré", "copyrightholder": "Dunes"}
    aside = ITEM | {"uri": "u:aside", "body_html": "<p>Le pont a rouvert.</p>"}
    until = (NOW + timedelta(hours=1)).isoformat()
    along: dict[str, dict[str, Any]] = {
        "main": picture,
        "side": aside,
        "more": {"uri": "u:more", "headline": "Le bilan"},
    }
    lists: list[object] = [along, [{"name": key} | one for key, one in along.items()]]
    for associations in lists:
        item = ITEM | {"associations": associations, "embargoed": until}
        (tmp_path / "1.json").write_text(json.dumps(item))
        state, source = State(), door("ninjs", tmp_path)
        found, problems = poll(source, state, web)
        assert [(one.code, one.where) for one in problems] == [("linked_items", ITEM["uri"])]
        assert "'Le bilan' (u:more)" in problems[0].message
        assert not found
        one, other = poll(source, state, web, NOW + timedelta(hours=1))[0]
        assert other.text == "Le pont a rouvert."
        assert [credit.name for credit in one.credits if credit.kind == "picture"] == [
            "Luc Pré",
            "Dunes",
        ]


def test_a_package_tells_what_did_not_come(tmp_path: Path, web: Web) -> None:
    package = (
        '<packageItem guid="urn:galet:p" version="1"><groupSet><group>'
        '<itemRef residref="urn:galet:1"/><itemRef residref="urn:galet:7"><title>Le bilan</title></itemRef>'
        '</group></groupSet></packageItem>'
    )  # fmt: skip
    body = f"<newsMessage><itemSet>{package}{news(1).decode()}</itemSet></newsMessage>"
    (tmp_path / "1.xml").write_text(body)
    found, problems = poll(door("newsml", tmp_path), State(), web)
    assert [one.dispatch for one in found] == ["urn:galet:1"]
    assert [one.code for one in problems] == ["linked_items"]
    assert problems[0].message.endswith(": 'Le bilan' (urn:galet:7)")
