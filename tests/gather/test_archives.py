from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from sourcier.gather import packed
from sourcier.gather.web import Web
from sourcier.problems import Problem
from sourcier.types import Capture

from .conftest import Site
from .test_doors import Poller, door

_PARAGRAPH = "<p>Le fleuve a dépassé sa cote d'alerte dans la nuit de mardi à mercredi.</p>"


def record(
    number: int, body: bytes, kind: str = "text/html; charset=utf-8", host: str = "fanal.example"
) -> bytes:
    """Return a response record in the layout of CC-NEWS, packed as one gzip member."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: " + kind.encode() + b"\r\n\r\n" + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2024-11-22T06:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
        f"WARC-Target-URI: https://{host}/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n")


def page(word: str) -> bytes:
    return f"<html><body><article><h1>{word}</h1>{_PARAGRAPH * 3}</article></body></html>".encode()


def test_an_archive_gives_its_articles_once(web: Web, tmp_path: Path) -> None:
    folder = tmp_path / "2024" / "11"
    folder.mkdir(parents=True)
    records = [record(1, page("A")), record(2, b"GIF89a", "image/gif"), record(3, b"")]
    (folder / "a.warc.gz").write_bytes(b"".join([*records, record(4, page("B"))]))
    poll = Poller(door("warc", str(tmp_path)), web)
    first, problem, last = poll.all()
    assert isinstance(first, Capture)
    assert first.dispatch == "https://fanal.example/1"
    assert first.published == datetime(2024, 11, 22, 6, tzinfo=UTC)
    assert first.text.startswith("Le fleuve")
    assert isinstance(problem, Problem)
    assert problem.where == "https://fanal.example/3"
    assert isinstance(last, Capture)
    assert poll.all() == []


def test_a_torn_archive_keeps_what_stands_before(web: Web, tmp_path: Path) -> None:
    whole = record(1, page("A"))
    (tmp_path / "a.warc.gz").write_bytes(whole + record(2, page("B"))[:-60])
    (tmp_path / "b.warc.gz").write_bytes(b"\0\1 no archive")
    (tmp_path / "c.warc.gz").write_bytes(record(3, page("C")))
    found = Poller(door("warc", str(tmp_path)), web).all()
    urls = [one.url for one in found if isinstance(one, Capture)]
    assert urls[0] == "https://fanal.example/1"
    assert urls[-1] == "https://fanal.example/3"


def test_an_archive_that_grows_is_read_from_where_it_was_left(web: Web, tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    last = record(3, page("C"))
    path.write_bytes(record(1, page("A")) + last[:-60])
    poll = Poller(door("warc", str(path)), web)
    first, torn = poll.all()
    assert isinstance(first, Capture)
    assert isinstance(torn, Problem)
    assert torn.code in {"torn", "bad_archive"}
    poll.state.door(
        poll.source
    ).seen.clear()  # nothing but its place in the file keeps A from coming again
    path.write_bytes(record(1, page("A")) + last + record(2, b"GIF", "image/gif"))
    assert [one.title for one in poll()] == ["C"]
    with path.open("ab") as stream:
        stream.write(record(4, page("D")))
    assert [one.title for one in poll()] == ["D"]


def test_an_archive_that_was_replaced_is_read_anew(web: Web, tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(record(1, page("A")) + record(2, page("B")))
    poll = Poller(door("warc", str(path)), web)
    assert len(poll()) == 2
    path.write_bytes(record(5, page("E")) + record(6, page("F")) + record(7, page("G")))
    assert [one.title for one in poll()] == ["E", "F", "G"]
    path.write_bytes(gzip.decompress(record(8, page("H"))))
    assert [one.title for one in poll()] == ["H"]


def test_an_address_that_is_none_ends_no_archive(web: Web, tmp_path: Path) -> None:
    wrong = record(1, page("A"), host="[")
    (tmp_path / "a.warc.gz").write_bytes(wrong + record(2, page("B")))
    found = Poller(door("warc", str(tmp_path)), web).all()
    assert getattr(found[-1], "url", None) == "https://fanal.example/2"


def test_no_archive_is_one_problem(web: Web, tmp_path: Path) -> None:
    (problem,) = Poller(door("warc", str(tmp_path / "none")), web).all()
    assert isinstance(problem, Problem)
    assert problem.code == "no_archive"


def test_a_folder_gives_what_is_below_it(web: Web, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.md").write_text("Un mort.", encoding="utf-8")
    (tmp_path / "b" / "a.txt").write_text("Deux morts.", encoding="utf-8")
    found = Poller(door("file", str(tmp_path)), web)()
    assert [one.dispatch for one in found] == ["a.md", "b/a.txt"]


def test_a_page_of_a_folder_is_of_its_own_date_else_of_its_files(web: Web, tmp_path: Path) -> None:
    dated = b'<meta property="article:published_time" content="2024-11-20T08:00:00Z">'
    (tmp_path / "a.html").write_bytes(page("A").replace(b"<body>", dated + b"<body>"))
    (tmp_path / "b.html").write_bytes(page("B"))
    os.utime(tmp_path / "b.html", (1_732_000_000, 1_732_000_000))
    poll = Poller(door("file", str(tmp_path)), web)
    first, second = poll()
    assert first.published == datetime(2024, 11, 20, 8, tzinfo=UTC)
    assert second.published == datetime.fromtimestamp(1_732_000_000, UTC)
    poll.state.door(poll.source).seen.clear()
    assert poll() == []


def test_a_parquet_file_gives_its_rows(web: Web, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    rows = [
        {"dispatch": "a", "text": "Un mort.", "published": datetime(2024, 11, 22, 8), "views": 3},  # noqa: DTZ001
        {"dispatch": "b", "text": None, "published": datetime(2024, 11, 22, 8), "views": 3},  # noqa: DTZ001
    ]
    parquet.write_table(pa.Table.from_pylist(rows), path)
    poll = Poller(door("parquet", str(path)), web)
    first, problem = poll.all()
    assert isinstance(first, Capture)
    assert (first.dispatch, first.text) == ("a", "Un mort.")
    assert first.published == datetime(2024, 11, 22, 7, tzinfo=UTC)
    assert isinstance(problem, Problem)
    assert problem.where == f"{path}:2"
    assert poll.all() == []


def test_columns_of_other_names_are_named(web: Web, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    rows = [{"body": "Un mort.", "created": "2024-11-22T08:00:00", "text": 1, "uid": 7}]
    parquet.write_table(pa.Table.from_pylist(rows), path)
    columns = {"text": "body", "published": "created", "id": "uid"}
    (found,) = Poller(door("parquet", str(path), columns=columns), web)()
    assert (found.dispatch, found.text) == ("7", "Un mort.")
    for wrong in ({"text": "none"}, {"nothing": "body"}):
        (problem,) = Poller(door("parquet", str(path), columns=wrong), web).all()
        assert isinstance(problem, Problem)
        assert problem.code == "bad_columns"


def _line(number: int) -> bytes:
    told = {"id": f"n{number}", "text": "Un mort.", "published": "2024-11-22T08:00:00Z"}
    return json.dumps(told).encode() + b"\n"


def _zstd(data: bytes) -> bytes:
    packed: bytes = pa.compress(data, codec="zstd", asbytes=True)
    return packed


@pytest.mark.parametrize("pack", [bytes, gzip.compress, _zstd])
def test_lines_may_be_packed_and_are_read_in_pieces(
    web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: Callable[[bytes], bytes]
) -> None:
    monkeypatch.setattr(packed, "_PIECE", 300)
    path = tmp_path / "a.jsonl"
    path.write_bytes(pack(b"".join(map(_line, range(20))) + b"{bad\n" + _line(21).strip()))
    poll = Poller(door("jsonl", str(path)), web)
    found = poll.all()
    problem = found.pop(20)
    assert [getattr(one, "dispatch", None) for one in found] == [f"n{n}" for n in (*range(20), 21)]
    assert isinstance(problem, Problem)
    assert problem.where == f"{path}:21"
    assert poll.all() == []


def test_packed_lines_come_from_an_address_too(web: Web, site: Site) -> None:
    url = site.give("/a.jsonl.gz", gzip.compress(_line(1) + _line(2)))
    assert len(Poller(door("jsonl", url), web)()) == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(_line(1) * 50)[:-30],
        _zstd(_line(1))[:12],
        b"\x1f\x8b no gzip",
        gzip.compress(b"\n" * 60_000_000),
        gzip.compress(b" " * 9_000_000),
    ],
    ids=("cut", "cut zstd", "no gzip", "a bomb of lines", "a bomb"),
)
def test_a_bad_packing_is_one_problem(web: Web, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(data)
    problem = Poller(door("jsonl", str(path)), web).all()[-1]
    assert isinstance(problem, Problem)
    assert problem.code in {"bad_packing", "too_large"}


def test_what_is_no_parquet_file_is_one_problem(web: Web, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1 torn")
    (problem,) = Poller(door("parquet", str(path)), web).all()
    assert isinstance(problem, Problem)
    assert problem.code == "bad_parquet"
