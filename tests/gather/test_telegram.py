from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sourcier.gather.web import Web
from sourcier.problems import Problem
from sourcier.types import Capture

from .conftest import Site
from .test_doors import Poller, channel, door, post


def test_a_gap_is_filled_from_older_pages(site: Site, web: Web) -> None:
    url = site.give("/s/misto", channel(post(11, "A."), post(12, "B.")))
    poll = Poller(door("telegram", url), web)
    assert len(poll()) == 2
    site.give("/s/misto", channel(post(17, "G."), post(18, "H.")))
    site.give("/s/misto?before=17", channel(post(14, "D."), post(16, "F.")))
    site.give("/s/misto?before=14", channel(post(11, "A."), post(13, "C.")))
    found = poll()
    assert [one.text for one in found] == ["D.", "F.", "C.", "G.", "H.", ""]
    assert found[-1].deleted
    assert found[-1].dispatch == "misto/12"
    assert poll.state.door(poll.source).pulse.gaps == []


@pytest.mark.parametrize("answers", [True, False])
def test_what_older_pages_do_not_show_is_a_gap(site: Site, web: Web, answers: bool) -> None:
    url = site.give("/s/misto", channel(post(11, "A.")))
    poll = Poller(door("telegram", url), web)
    poll()
    site.give("/s/misto", channel(post(18, "H.")))
    if answers:  # it shows nothing older
        site.give("/s/misto?before=18", channel(post(18, "H.")))
    assert [one.text for one in poll()] == ["H."]
    assert poll.state.door(poll.source).pulse.gaps == ["posts 12 to 17"]


def test_a_text_within_a_text_is_told_once_and_pictures_are_no_gap(site: Site, web: Web) -> None:
    inner = '<div class="tgme_widget_message_text js-message_text">#Місто <tg-spoiler>5</tg-spoiler></div>'
    picture = '<div class="tgme_widget_message" data-post="misto/12"></div>'
    url = site.give("/s/misto", channel(post(11, inner), picture, post(13, "C.")))
    poll = Poller(door("telegram", url), web)
    assert [one.text for one in poll()] == ["#Місто 5", "C."]
    assert poll.state.door(poll.source).pulse.gaps == []


def message(number: int, text: Any, **more: Any) -> dict[str, Any]:
    stamps = {"date": "2024-11-22T06:11:00", "date_unixtime": "1732248660"}
    return {"id": number, "type": "message", "text": text} | stamps | more


def test_an_export_gives_its_messages(web: Web, tmp_path: Path) -> None:
    pieces = [
        "Тривога! ",
        {"type": "bold", "text": "В укриття"},
        {"type": "hashtag", "text": " #м"},
    ]
    messages = [
        {"id": 1, "type": "service", "date": "2024-11-22T06:00:00", "action": "create_channel"},
        message(2, pieces, edited_unixtime="1732248720"),
        message(3, "", photo="photos/3.jpg"),
        message(4, "Двоє поранених.", forwarded_from="ОВА", reply_to_message_id=2),
        message(5, 7),
        message(6, "Ні.", date_unixtime="9" * 12),
        message(7, "Відбій.", date_unixtime=None),
    ]
    chat = {"name": "Місто", "type": "public_channel", "id": 9, "messages": messages}
    (tmp_path / "result.json").write_text(json.dumps(chat), encoding="utf-8")
    poll = Poller(door("telegram-export", str(tmp_path)), web)
    found = poll.all()
    alert, forward, last = (one for one in found if isinstance(one, Capture))
    assert alert.text == "Тривога! В укриття #м"
    assert alert.dispatch == "d/2"
    assert alert.published == datetime(2024, 11, 22, 4, 11, tzinfo=UTC)
    assert alert.updated == datetime(2024, 11, 22, 4, 12, tzinfo=UTC)
    assert [(one.kind, one.name) for one in forward.credits] == [("forward", "ОВА")]
    assert last.published == datetime(2024, 11, 22, 5, 11, tzinfo=UTC)
    codes = [one.code for one in found if isinstance(one, Problem)]
    assert codes == ["bad_message", "bad_date"]
    assert poll.all() == []


@pytest.mark.parametrize("body", [b"", b"[]", b'{"messages": 3}', b"[" * 9999, b'{"messages": [{'])
def test_what_is_no_export_is_one_problem(web: Web, tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "result.json"
    path.write_bytes(body)
    (problem,) = Poller(door("telegram-export", str(path)), web).all()
    assert isinstance(problem, Problem)
    assert problem.code == "no_export"
