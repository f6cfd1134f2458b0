"""Whatever bytes a door gives, it yields captures and problems: nothing is raised, nothing takes long."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from sourcier.gather import State, gather
from sourcier.gather.fetched import Fetched
from sourcier.gather.web import Web
from sourcier.problems import Problem
from sourcier.types import Capture, SourceKind

from . import pages, test_alerts, test_archives, test_cap, test_wires
from .test_doors import channel, door, entry, post, rss
from .test_mail import mail, part, parts

NOW = datetime(2024, 11, 22, 9, tzinfo=UTC)
LONGEST = 3.0
"""Seconds of work for some kilobytes."""

EXAMPLES = int(os.environ.get("SOURCIER_EXAMPLES", "12"))
"""For each seed; more find more."""


class Given:
    """In the place of the web: every address gives the same bytes."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    def get(self, url: str, *_: object, **__: object) -> Fetched:
        headers = (("Content-Type", "text/html; charset=utf-8"),)
        return Fetched(url=url, body=self.body, at=NOW, headers=headers)


def _table() -> bytes:
    stream = BytesIO()
    rows = [{"id": "a", "text": "Un mort.", "published": "2024-11-22T08:00:00Z"}]
    parquet.write_table(pa.Table.from_pylist(rows), stream)
    return stream.getvalue()


def _export() -> bytes:
    message = {
        "id": 1,
        "type": "message",
        "date_unixtime": "1732248660",
        "text": ["A ", {"text": "b"}],
    }
    return json.dumps(
        {"name": "M", "type": "public_channel", "id": 5, "messages": [message]}
    ).encode()


_JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "T",
    "items": [{"id": "1", "content_text": "Un mort."}],
}
_ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>a</id><updated>2024-11-22T07:00:00Z'
    '</updated><content type="html">&lt;p>Un mort.&lt;/p></content></entry></feed>'
)
_LINE = (
    b'{"text": "Un mort.", "published": "2024-11-22T08:00:00Z", "credits": [{"kind": "agency"}]}\n'
)
_INNER = b"Content-Type: message/rfc822\r\n\r\n" + mail(subject="=?utf-8?q?a=C3=A9?=")
_LIVE = pages.page(
    pages.ld(
        {
            "@type": "LiveBlogPosting",
            "liveBlogUpdate": [
                {
                    "@type": "BlogPosting",
                    "datePublished": pages.AT,
                    "articleBody": "Un mort.",
                    "url": "/#a",
                }
            ],
        }
    ),
    "<article><p>Direct</p></article>",
)

SEEDS: Mapping[str, tuple[SourceKind, str, bytes]] = {
    "rss": ("feed", "", rss(entry(1, "Un mort."), entry(2, "Deux morts."))),
    "atom": ("feed", "", _ATOM.encode()),
    "json feed": ("feed", "", json.dumps(_JSON_FEED).encode()),
    "page": ("page", "", pages.page(pages.TIMES, f"<article>{pages.P}</article>")),
    "live page": ("page", "", _LIVE),
    "telegram": ("telegram", "", channel(post(1, "A."), post(2, "B."))),
    "export": ("telegram-export", ".json", _export()),
    "ninjs": ("ninjs", "", json.dumps([test_wires.ITEM, test_wires.THREE]).encode()),
    "newsml": ("newsml", "", test_wires.news(1)),
    "cap": ("cap", "", test_cap.message("a", "08:00")),
    "alerts": ("alerts", "", json.dumps({"alerts": [test_alerts.ROW]}).encode()),
    "text": ("file", ".txt", "Deux morts.\n".encode("utf-8-sig")),
    "html": ("file", ".html", pages.page("", f"<article>{pages.P}</article>")),
    "warc": ("warc", ".warc.gz", test_archives.record(1, test_archives.page("A"))),
    "lines": ("jsonl", ".jsonl", _LINE * 2),
    "table": ("parquet", ".parquet", _table()),
    "mail": ("mail", ".eml", mail(**parts(part("text/plain", "Un mort.\r\n-- \r\nA"), _INNER))),
    "two texts": (
        "mail", ".eml",
        mail(**parts(part("text/plain", "x"), part("text/html", pages.P), kind="alternative")),
    ),
}  # fmt: skip

_TOKENS = [
    b"",
    b"\0",
    b"\xff\xfe",
    b"\n",
    b"\r\n\r\n",
    b'"',
    b"'",
    b"<",
    b">",
    b"</",
    b"/>",
    b"<![CDATA[",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"&b;",
    b"&#0;",
    b"&#xFFFFFFFFFF;",
    b"{",
    b"}",
    b"[" * 2000,
    b"]",
    b"null",
    b"-1",
    b"1e999",
    b"9" * 5000,
    b"<p>" * 3000,
    b"2024-13-99T99:99",
    b"9999-12-31T23:59:59-23:00",
    b"0001-01-01",
    b"http://[",
    b"//a:99999999/",
    b"xml:lang",
    b"\\ud800",
    b"\xed\xa0\x80",
    b"=?utf-8?b?",
    b"boundary=",
    b"charset=idna",
    b"*0=",
    b"Content-Type: multipart/digest",
    b"From: ",
    b"--b",
    b"=",
]

_TOUCH = st.tuples(
    st.floats(0, 1), st.integers(0, 40), st.one_of(st.sampled_from(_TOKENS), st.binary(max_size=20))
)


def touched(seed: bytes, touches: list[tuple[float, int, bytes]]) -> bytes:
    """Return the bytes with something else here and there: the place, how many go, what comes."""
    data = bytearray(seed)
    for place, gone, new in touches:
        at = int(place * len(data))
        data[at : at + gone] = new
    return bytes(data)


def opened(kind: SourceKind, url: str, body: bytes) -> list[Capture | Problem]:
    """Return what two polls of a door yield."""
    source = door(kind, url, senders=("*",), pages=2)
    more: dict[str, Any] = {"now": NOW, "web": cast("Web", Given(body))}
    state = State()
    return [*gather(source, state, **more), *gather(source, state, **more)]


def _timed(kind: SourceKind, url: str, body: bytes) -> tuple[list[Capture | Problem], float]:
    begun = time.process_time()
    return opened(kind, url, body), time.process_time() - begun


@pytest.mark.slow
@pytest.mark.parametrize("name", SEEDS)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.one_of(st.lists(_TOUCH, max_size=6), st.binary(max_size=200)))
def test_any_bytes_are_captures_or_problems(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Any
) -> None:
    monkeypatch.setenv("SOURCIER_ALERTS_TOKEN", "token")
    kind, ending, seed = SEEDS[name]
    body = change if isinstance(change, bytes) else touched(seed, change)
    path = tmp_path / f"a{ending}"
    if ending:
        path.write_bytes(body)
    folder = str(tmp_path) if kind in {"file", "mail"} else str(path)
    url = folder if ending else "https://door.example/s/a"
    found, seconds = _timed(kind, url, body)
    if seconds > LONGEST:  # what is loaded when it is first needed counts once
        found, seconds = _timed(kind, url, body)
    assert seconds < LONGEST
    assert all(isinstance(one, Capture | Problem) for one in found)


@pytest.mark.parametrize("name", SEEDS)
def test_each_seed_is_a_dispatch(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCIER_ALERTS_TOKEN", "token")
    kind, ending, seed = SEEDS[name]
    path = tmp_path / f"a{ending}"
    if ending:
        path.write_bytes(seed)
    folder = str(tmp_path) if kind in {"file", "mail"} else str(path)
    found = opened(kind, folder if ending else "https://door.example/s/a", seed)
    assert any(isinstance(one, Capture) for one in found), found
