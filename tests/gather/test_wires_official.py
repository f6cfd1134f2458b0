"""The official examples of ninjs and NewsML-G2: each is read as it says, or refused with one problem."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sourcier.gather import State
from sourcier.gather.web import Web
from tests.gather.test_wires import door, poll

_SCHEMAS = Path(os.environ.get("SOURCIER_SHARED", ""), "schemas")
_NINJS = sorted((_SCHEMAS / "ninjs" / "test_suite").rglob("*.json"))
_NEWSML = "newsml-g2"
LATER = datetime(2026, 1, 1, tzinfo=UTC)
_NONE = "SOURCIER_SHARED names no folder with the official examples"


def _main(listed: list[dict[str, Any]], default: str | None = None) -> str | None:
    return next((one["value"] for one in listed if one["role"] == "main"), default)


@pytest.mark.parametrize("path", _NINJS or [None], ids=lambda path: path and path.stem)
def test_ninjs(path: Path | None, web: Web) -> None:
    if path is None:
        pytest.skip(_NONE)
    told = json.loads(path.read_text("utf-8"))
    found, told_of = poll(door("ninjs", path), State(), web, LATER)
    problems = [one for one in told_of if one.code != "linked_items"]
    assert problems == told_of or "associations" in told
    title = _main(told.get("headlines", []), told.get("title"))
    if told.get("type", "text") != "text":
        assert (found, [one.code for one in problems]) == ([], ["no_text_item"])
        assert told["type"] in problems[0].message
    elif not title:
        assert (found, [one.code for one in problems]) == ([], ["empty_text"])
    else:
        ((one,), ()) = found, problems
        assert (one.title, one.dispatch) == (title, told["uri"])
        created = told.get("versioncreated")
        assert one.updated == (datetime.fromisoformat(created) if created else None)


def _newsml(number: int) -> Path:
    found = sorted((_SCHEMAS / _NEWSML).glob(f"LISTING_{number}_*.xml"))
    return found[0] if found else pytest.skip(_NONE)


def test_newsml_with_a_body_in_nitf(web: Web) -> None:
    ((one,), ()) = poll(door("newsml", _newsml(2)), State(), web)
    first, second = one.text.split("\n")
    assert first.startswith("(New York, NY - October 21) Et, sent")
    assert second.startswith("Ugiating ea")
    assert (one.title or "").startswith("Fed to halt")
    assert one.language == "en"
    assert [(credit.kind, credit.name) for credit in one.credits] == [
        ("author", "Meredith Jameson"),
        ("agency", "Associated Press"),
    ]
    assert one.published == datetime.fromisoformat("2016-11-21T15:21:06-05:00")
    assert one.updated == datetime.fromisoformat("2018-11-21T16:25:32-05:00")


def test_newsml_under_an_embargo(web: Web) -> None:
    state, source = State(), door("newsml", _newsml(1))
    before, after = (datetime.fromisoformat(f"2018-10-23T{time}Z") for time in ("11:59", "12:00"))
    assert poll(source, state, web, before) == ([], [])
    ((one,), ()) = poll(source, state, web, after)
    assert (one.text, one.language) == (one.title, "en")


@pytest.mark.parametrize(
    ("number", "codes"),
    [(24, ["empty_text"] * 4), (25, ["bad_newsml"]), (28, ["bad_newsml"]), (29, ["empty_text"])],
)
def test_newsml_that_says_nothing(number: int, codes: list[str], web: Web) -> None:
    found, problems = poll(door("newsml", _newsml(number)), State(), web)
    assert ([], codes) == (found, [one.code for one in problems])
