from __future__ import annotations

import json
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcier import jsonl
from sourcier.gather import capture_from_text, captures_from_jsonl, make_capture
from sourcier.gather.canonical import clean
from sourcier.problems import InputError, Problem
from sourcier.types import Capture

SHARED = Path(__file__).parents[2] / "../shared"
NOON = "2024-11-22T12:00:00+01:00"


def load(*records: Any) -> list[Capture | Problem]:
    lines = [r if isinstance(r, bytes) else json.dumps(r).encode() for r in records]
    return list(captures_from_jsonl(lines, "in.jsonl"))


def only(record: dict[str, Any]) -> Capture:
    (capture,) = load(record)
    assert isinstance(capture, Capture), capture
    return capture


def test_text_and_published_are_enough() -> None:
    capture = only({"text": "Le pont est fermé.", "published": NOON})
    assert capture.text == "Le pont est fermé."
    assert capture.published == datetime(2024, 11, 22, 11, tzinfo=UTC)
    assert capture.dispatch == capture.id
    assert len(capture.id) == 64
    assert (capture.version, capture.zone, capture.supersedes) == (1, None, None)


def test_a_given_id_is_the_dispatch_unless_one_is_given() -> None:
    base = {"text": "Два вибухи.", "published": NOON, "id": 41}
    assert only(base).dispatch == "41"
    assert only(base | {"dispatch": "d-7"}).dispatch == "d-7"
    assert only(base | {"dispatch": "d-7"}).id not in {"41", "d-7"}


def test_a_url_is_the_dispatch_of_a_line_without_one() -> None:
    url = "https://fanal.example/1"
    assert only({"text": "x", "published": NOON, "url": url}).dispatch == url


@pytest.mark.parametrize(
    ("published", "zone", "utc"),
    [
        ("2024-11-22T08:30:00", "Europe/Kyiv", "2024-11-22T06:30:00+00:00"),
        ("2024-11-22 08:30", "Asia/Tokyo", "2024-11-21T23:30:00+00:00"),
        ("2024-11-22T08:30:00", None, "2024-11-22T08:30:00+00:00"),
        ("2024-11-22T08:30:00+02:00", "Asia/Tokyo", "2024-11-22T06:30:00+00:00"),
        ("2024-07-01T08:30:00Z", "Europe/Paris", "2024-07-01T08:30:00+00:00"),
    ],
)
def test_a_date_without_offset_is_in_the_line_s_zone(
    published: str, zone: str | None, utc: str
) -> None:
    capture = only({"text": "x", "published": published, "zone": zone})
    assert capture.published == datetime.fromisoformat(utc)


def test_the_text_is_nfc_with_plain_newlines_and_no_controls() -> None:
    text = unicodedata.normalize("NFD", "Ізюм\r\nété\rà\u2028fin\x00.\ud800")
    line = json.dumps({"text": text, "published": NOON}).replace("\\ud800", "").encode()
    capture = load(line)[0]
    assert isinstance(capture, Capture)
    assert capture.text == "Ізюм\nété\nà\nfin ."


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b'{"text": "x", "published": "2024-11-22T08:00:00Z"', "bad_json_line"),
        (b"\xff\xfe\x00", "bad_json_line"),
        (b"[1, 2]", "bad_json_line"),
        (
            b'{"text": "x", "published": "2024-11-22T08:00:00Z", "a": ' + b"[" * 99_999,
            "bad_json_line",
        ),
        (b'{"published": "2024-11-22T08:00:00Z"}', "bad_json_line"),
        (b'{"text": 7, "published": "2024-11-22T08:00:00Z"}', "bad_json_line"),
        (b'{"text": "\\ud800", "published": "2024-11-22T08:00:00Z"}', "bad_json_line"),
        ({"text": "x"}, "bad_json_line"),
        ({"text": "x", "published": "yesterday"}, "bad_date"),
        ({"text": "x", "published": "2024-13-45"}, "bad_date"),
        ({"text": "x", "published": "0001-01-01T00:00:00+14:00"}, "bad_date"),
        ({"text": "x", "published": NOON, "zone": "Europe/Atlantis"}, "unknown_zone"),
        ({"text": "x", "published": NOON, "zone": "Europe"}, "unknown_zone"),
        ({"text": "x", "published": NOON, "zone": "../../etc/passwd"}, "unknown_zone"),
        ({"text": "", "published": NOON}, "empty_text"),
        ({"text": " \n\t ", "published": NOON}, "empty_text"),
        ({"text": "\x00\x01\x02PNG", "published": NOON}, "not_text"),
        ({"text": "a b " * 1_250_000, "published": NOON}, "too_long"),
        ({"text": "x", "published": NOON, "updated": "soon"}, "bad_date"),
        ({"text": "x", "published": NOON, "version": 0}, "bad_json_line"),
    ],
)
def test_a_bad_line_is_one_problem_and_costs_nothing_else(line: Any, code: str) -> None:
    good = {"text": "Усе гаразд.", "published": NOON}
    first, problem, last = load(good, line, good)
    assert isinstance(first, Capture)
    assert isinstance(last, Capture)
    assert isinstance(problem, Problem)
    assert (problem.where, problem.code) == ("in.jsonl:2", code)
    assert "\n" not in str(problem)
    assert len(str(problem)) < 200


def test_empty_lines_and_unknown_fields_are_passed_over() -> None:
    record = {"text": "x", "published": NOON, "claims": [1], "absent": {}, "role": "editor"}
    (capture,) = load(b"\n", record, b"  \n")
    assert isinstance(capture, Capture)
    assert capture.role is None


def test_a_null_is_a_field_not_given_and_a_byte_order_mark_is_none() -> None:
    nulls = dict.fromkeys(("id", "title", "zone", "credits", "deleted", "version", "updated"))
    line = b"\xef\xbb\xbf" + json.dumps({"text": "x", "published": NOON} | nulls).encode()
    assert load(line) == [only({"text": "x", "published": NOON})]


@given(st.text(min_size=1), st.text() | st.none(), st.text(min_size=1) | st.none())
def test_any_text_is_cleaned_once_and_passes_through_json_unchanged(
    text: str, title: str | None, dispatch: str | None
) -> None:
    when = datetime(2024, 11, 22, 11, tzinfo=UTC)
    capture = make_capture(text=f"a{text}", title=title, dispatch=dispatch, published=when)
    assert clean(capture.text) == capture.text
    assert load(jsonl.encode(capture).encode()) == [capture]


def test_a_capture_comes_out_of_its_own_json_as_it_was() -> None:
    first = only({"text": "Au moins un mort.", "published": NOON, "zone": "Europe/Paris"})
    second = only(
        {
            "text": "Au moins deux morts.",
            "published": NOON,
            "updated": "2024-11-22T12:20:00+01:00",
            "dispatch": first.dispatch,
            "version": 2,
            "supersedes": first.id,
            "publisher": "Le Fanal",
            "role": "outlet",
            "credits": [{"kind": "agency", "name": "Agence Sillage"}],
        }
    )
    for capture in (first, second):
        assert load(jsonl.encode(capture).encode()) == [capture]
    assert second.id != first.id


def test_the_id_covers_the_words_and_not_how_we_came_by_them() -> None:
    base = {"text": "x", "published": NOON, "publisher": "Le Fanal"}
    same = base | {"retrieved": NOON, "source": "fanal", "role": "outlet"}
    other = base | {"publisher": "Courant 24"}
    assert only(base).id == only(same).id
    assert only(base).id != only(other).id


def test_the_golden_dispatches_are_taken_as_they_are() -> None:
    files = sorted((SHARED / "gold").glob("??.jsonl"))
    if not files:
        pytest.skip("no golden dispatches beside this checkout")
    for path in files:
        lines = path.read_bytes().splitlines()
        captures = list(captures_from_jsonl(lines, path.name))
        given = [json.loads(line) for line in lines]
        assert [c.text for c in captures if isinstance(c, Capture)] == [g["text"] for g in given]
        assert [c.dispatch for c in captures if isinstance(c, Capture)] == [g["id"] for g in given]


def test_a_file_of_plain_text() -> None:
    capture = capture_from_text(
        "\ufeffПіврічна перерва.\r\nКінець.".encode(),
        "note.txt",
        published="2024-11-22T08:30:00",
        zone="Europe/Kyiv",
        publisher="Плесо",
        language="uk-UA",
    )
    assert capture.text == "Піврічна перерва.\nКінець."
    assert capture.published == datetime(2024, 11, 22, 6, 30, tzinfo=UTC)
    assert (capture.zone, capture.language, capture.publisher) == ("Europe/Kyiv", "uk", "Плесо")


@pytest.mark.parametrize(
    ("data", "published", "zone", "code"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", NOON, "UTC", "not_text"),
        (bytes(range(32)) * 20, NOON, "UTC", "not_text"),
        (b"", NOON, "UTC", "empty_text"),
        (b"\xef\xbb\xbf \n", NOON, "UTC", "empty_text"),
        (b"mot " * 1_250_000, NOON, "UTC", "too_long"),
        (b"mot", "vendredi", "UTC", "bad_date"),
        (b"mot", NOON, "Mars/Olympus", "unknown_zone"),
    ],
)
def test_a_bad_file_is_refused_with_its_name(
    data: bytes, published: str, zone: str, code: str
) -> None:
    with pytest.raises(InputError) as caught:
        capture_from_text(data, "in.txt", published=published, zone=zone)
    assert caught.value.problem.code == code
    assert str(caught.value.problem).startswith("in.txt: ")
