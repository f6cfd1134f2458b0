"""Evidence: each capture's bytes are kept once, can be shown to anybody, and a change in them is seen."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator

from sourcier.gather import State, gather
from sourcier.gather.evidence import Evidence
from sourcier.gather.fetched import Fetched
from sourcier.gather.web import Web
from sourcier.problems import InputError, Problem
from sourcier.types import Capture, Source

from .conftest import Site

NOW = datetime(2024, 11, 22, 9, 0, 0, 250000, tzinfo=UTC)
ANSWER = Fetched(
    "https://fanal.example/1",
    "Deux blessés.".encode(),
    NOW,
    headers=(("Content-Type", "text/plain; charset=utf-8"), ("Content-Encoding", "gzip")),
)


def test_what_was_fetched_comes_back_as_a_warc_record_of_it(tmp_path: Path) -> None:
    evidence = Evidence(tmp_path)
    assert evidence.keep(ANSWER) == evidence.keep(ANSWER) == ANSWER.digest
    assert list(evidence.digests()) == [ANSWER.digest]
    file = BytesIO(gzip.decompress(evidence.warc(ANSWER.digest)))
    record = next(iter(ArchiveIterator(file, parse_http=True)))
    assert record.headers["WARC-Target-URI"] == "https://fanal.example/1"
    assert record.headers["WARC-Date"] == "2024-11-22T09:00:00.250000Z"
    assert record.headers["WARC-Payload-Digest"] == f"sha256:{ANSWER.digest}"
    assert record.http_headers is not None and record.reader is not None
    assert record.http_headers.status_code == 200
    assert record.http_headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Content-Encoding" not in record.http_headers
    assert record.reader.read() == ANSWER.body


def test_a_changed_byte_is_seen(tmp_path: Path) -> None:
    evidence = Evidence(tmp_path)
    good, bad = evidence.keep(ANSWER), evidence.keep(Fetched("u", b"Trois morts.", NOW))
    path = tmp_path / bad[:2] / f"{bad}.warc.gz"
    whole = path.read_bytes()
    inside = gzip.decompress(whole)
    for damaged in (
        gzip.compress(inside.replace(b"Trois", b"Douze")),
        whole[: len(whole) // 2],
        b"",
        b"no gzip",
        gzip.compress(b"no record"),
    ):
        path.write_bytes(damaged)
        found = [problem for problem in evidence.verify() if problem]
        assert [(problem.where, problem.code) for problem in found] == [(bad, "damaged")]
        with pytest.raises(InputError):
            evidence.warc(bad)
    assert evidence.warc(good)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "0" * 63, "g" * 64, "A" * 64, "0" * 64])
def test_what_is_not_kept_is_a_problem(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError) as caught:
        Evidence(tmp_path).warc(name)
    assert caught.value.problem.code == "no_evidence"


def test_every_capture_names_the_bytes_it_was_read_from(
    site: Site, web: Web, tmp_path: Path
) -> None:
    body = b"".join(
        b'{"published": "2024-11-22T07:00:00Z", "dispatch": "%d", "text": "Deux morts."}\n' % number
        for number in range(3)
    )
    evidence, state = Evidence(tmp_path), State()
    door = Source(id="d", kind="jsonl", url=site.give("/", body), publisher="Le Fanal")
    found = list(gather(door, state, now=NOW, web=web, evidence=evidence))
    captures = [one for one in found if isinstance(one, Capture)]
    assert len(captures) == len(found) == 3
    assert (
        {capture.raw for capture in captures}
        == set(evidence.digests())
        == {Fetched("", body, NOW).digest}
    )
    site.give("/", body + b"\n")  # other bytes that say nothing new are not kept
    assert list(gather(door, state, now=NOW, web=web, evidence=evidence)) == []
    assert len(list(evidence.digests())) == 1
    assert not [one for one in evidence.verify() if isinstance(one, Problem)]
