from __future__ import annotations

import pytest

from sourcier.gather.web import Web

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
