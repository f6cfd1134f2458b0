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
    assert [one.text for one in found] == ["G.", "H.", "D.", "F.", "C.", ""]
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
    memory = poll.state.door(poll.source)
    (told,) = memory.pulse.gaps
    assert told.startswith("posts 12 to 17: ")
    assert ("404" in told, bool(memory.gaps)) == (not answers, not answers)
    site.give("/s/misto?before=18", channel(post(11, "A."), post(16, "F.")))
    assert [one.text for one in poll()] == ([] if answers else ["F."])
    assert memory.gaps == []
    assert bool(memory.pulse.gaps) == answers


def test_the_newest_post_is_gone_once_its_own_page_is(site: Site, web: Web) -> None:
    url = site.give("/s/misto", channel(post(11, "A."), post(12, "B.")))
    poll = Poller(door("telegram", url), web)
    poll()
    site.give("/s/misto", channel(post(11, "A.")))
    assert poll() == []  # its page does not answer
    site.give("/misto/12?embed=1", channel(post(12, "B.")))
    assert poll() == []  # the list was an old copy
    site.give("/s/misto", channel(post(11, "A."), " "))
    site.give("/misto/12?embed=1", b"<html><body><div>Post not found</div></body></html>")
    (gone,) = poll()
    assert (gone.dispatch, gone.deleted) == ("misto/12", True)


def test_a_caption_that_was_taken_away_stands_no_longer(site: Site, web: Web) -> None:
    url = site.give("/s/Misto", channel(post(11, "A.").replace("misto", "Misto")))
    poll = Poller(door("telegram", url), web)
    (first,) = poll()
    bare = '<div class="tgme_widget_message" data-post="Misto/11"></div>'
    site.give("/s/Misto", channel(bare))
    (gone,) = poll()
    assert (first.dispatch, gone.dispatch, gone.deleted) == ("misto/11", "misto/11", True)


def test_quotations_are_told_apart_and_an_album_goes_by_its_lowest_number(
    site: Site, web: Web
) -> None:
    photos = "".join(
        f'<a class="tgme_widget_message_photo_wrap" href="https://t.example/misto/{n}?single"></a>'
        for n in (12, 13)
    )
    album = f'<div class="tgme_widget_message_grouped_wrap">{photos}</div>'
    words = "Мер пише: <blockquote>Двоє <b>поранених</b>.</blockquote> Чекаємо."
    url = site.give("/s/misto", channel(post(13, words, album)))
    (found,) = Poller(door("telegram", url), web)()
    assert found.text == "Мер пише:\nДвоє поранених.\nЧекаємо."
    assert [found.text[slice(*span)] for span in found.quoted] == ["Двоє поранених."]
    assert found.dispatch == "misto/12"


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


def test_an_album_of_an_export_and_its_quotations(web: Web, tmp_path: Path) -> None:
    quote = ["Мер: ", {"type": "blockquote", "text": "Двоє поранених."}]
    messages = [
        message(2, "", photo="2.jpg"),
        message(3, quote, photo="3.jpg"),
        message(4, "Відбій."),
    ]
    path = tmp_path / "result.json"
    path.write_text(json.dumps({"messages": messages}), encoding="utf-8")
    poll = Poller(door("telegram-export", str(path), channel="Misto"), web)
    album, last = poll()
    assert (album.dispatch, last.dispatch) == ("misto/2", "misto/4")
    assert [album.text[slice(*span)] for span in album.quoted] == ["Двоє поранених."]
    messages[1] = message(3, "", photo="3.jpg")
    path.write_text(json.dumps({"messages": messages}), encoding="utf-8")
    (gone,) = poll()
    assert (gone.dispatch, gone.deleted) == ("misto/2", True)


def exported(number: int, content: str, more: str = "", zone: str = " UTC+02:00") -> str:
    return f"""<div class="message default clearfix{more}" id="message{number}"><div class="body">
<div class="pull_right date details" title="22.11.2024 06:{number:02}:00{zone}">06:11</div>
{content}</div></div>"""


FORWARDED = """<div class="from_name">Місто</div><div class="forwarded body"><div class="from_name">ОВА
<span class="date details" title="21.11.2024 20:00:00 UTC+02:00"> 21.11.2024 20:00:00</span></div>
<div class="text">Двоє поранених.</div></div>"""
REPLY_TO = '<div class="reply_to details">In reply to <a href="#go_to_message2">this</a></div>'


def test_an_export_in_html_gives_the_same_posts(web: Web, tmp_path: Path) -> None:
    quote = "Мер:<blockquote>Один поранений.</blockquote>"
    pages = {
        "messages.html": [
            '<div class="message service" id="message-1">22 November 2024</div>',
            exported(2, f'<div class="from_name">Місто</div><div class="text">{quote}</div>'),
            exported(3, FORWARDED),
            exported(4, '<div class="forwarded body"><div class="text">Ще.</div></div>', " joined"),
        ],
        "messages2.html": [
            exported(5, REPLY_TO + '<div class="text">Відбій.</div>', " joined", zone=""),
            exported(6, '<div class="media_wrap clearfix"></div>'),
            exported(7, '<div class="text">Ні.</div>', zone=" EET"),
        ],
    }
    for name, posts in pages.items():
        (tmp_path / name).write_text("<html><body>" + "".join(posts), encoding="utf-8")
    poll = Poller(door("telegram-export", str(tmp_path), channel="misto"), web)
    found = poll.all()
    assert [one.code for one in found if isinstance(one, Problem)] == ["bad_date"]
    first, forward, joined, reply = (one for one in found if isinstance(one, Capture))
    assert (first.text, first.dispatch) == ("Мер:\nОдин поранений.", "misto/2")
    assert [first.text[slice(*span)] for span in first.quoted] == ["Один поранений."]
    assert first.published == datetime(2024, 11, 22, 4, 2, tzinfo=UTC)
    (credit,) = forward.credits
    assert (forward.text, credit.name) == ("Двоє поранених.", "ОВА")
    assert credit.published == datetime(2024, 11, 21, 18, tzinfo=UTC)
    assert joined.credits == forward.credits
    assert (reply.text, reply.credits) == ("Відбій.", ())
    assert reply.published == datetime(2024, 11, 22, 5, 5, tzinfo=UTC)
    assert poll.all() == []


def test_a_page_that_is_no_export_is_one_problem(web: Web, tmp_path: Path) -> None:
    (tmp_path / "messages.html").write_bytes(b"<p>Hello</p>")
    (problem,) = Poller(door("telegram-export", str(tmp_path)), web).all()
    assert isinstance(problem, Problem)
    assert problem.code == "no_export"
