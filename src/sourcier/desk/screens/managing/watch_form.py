"""A watch as its form sends it, and as one sentence. No query, no clock."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from babel.lists import format_list
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict

from sourcier.desk.drafting.notices import CHANNELS, OCCASIONS, OUTCOMES, Channel, Watch
from sourcier.desk.screens.voice import Voice
from sourcier.messages import languages

LONGEST = 500
"""The most characters of an address."""
_CHAT = re.compile(r"-?[0-9]{1,20}|@[A-Za-z][A-Za-z0-9_]{3,40}")
_DIGITS = 7


class BadWatchError(ValueError):
    """A watch can't be kept so; its argument is the key of the message that says why."""


def watch_of(sent: QueryDict, ways: frozenset[Channel]) -> Watch:
    """Return the watch that a form tells, by one of the `ways` that there are; raises BadWatchError."""
    channel = next((one for one in CHANNELS if one == sent.get("channel") and one in ways), None)
    if channel is None:
        raise BadWatchError("notices.error.channel")
    occasions = tuple(one for one in OCCASIONS if one in sent.getlist("occasion"))
    if not occasions:
        raise BadWatchError("notices.error.occasion")
    language, outcome = sent.get("language", ""), sent.get("outcome", OUTCOMES[0])
    if language not in languages() or outcome not in OUTCOMES:
        raise BadWatchError("error.action")
    return Watch(
        channel=channel,
        address=_address(channel, sent.get("address", "").strip()),
        occasions=occasions,
        language=language,
        above=_above(sent.get("above", "").strip()) if "toll" in occasions else None,
        outcome=outcome,
    )


def sentence(watch: Watch, say: Voice) -> str:
    """Return a watch as one sentence: who is told of what."""
    told = [
        say(f"notices.of_toll.{watch.outcome}", watch.above or 0)
        if occasion == "toll"
        else say(f"notices.of.{occasion}")
        for occasion in watch.occasions
    ]
    whom = say(f"notices.to.{watch.channel}", address=watch.address)
    return say("notices.sentence", whom=whom, what=format_list(told, locale=say.language))


def values_of(edited: Watch | None, sent: QueryDict, language: str) -> dict[str, Any]:
    """Return what the form holds: what was sent, the watch that is edited, or nothing yet."""
    if sent:
        names = ("channel", "address", "above", "outcome", "language")
        held: dict[str, Any] = {name: sent.get(name, "") for name in names}
        return held | {"occasions": sent.getlist("occasion")}
    if edited:
        return {
            "channel": edited.channel, "address": edited.address, "above": edited.above or "",
            "outcome": edited.outcome, "language": edited.language, "occasions": edited.occasions,
        }  # fmt: skip
    return {
        "channel": "", "address": "", "above": "", "outcome": "", "language": language,
        "occasions": (),
    }  # fmt: skip


def _address(channel: Channel, written: str) -> str:
    if not written or len(written) > LONGEST or not written.isprintable():
        raise BadWatchError("notices.error.address")
    match channel:
        case "mail":
            _check_mail(written)
        case "telegram":
            if not _CHAT.fullmatch(written):
                raise BadWatchError("notices.error.chat")
        case "web_hook":
            _check_url(written)
    return written


def _check_mail(written: str) -> None:
    try:
        validate_email(written)
    except ValidationError as error:
        raise BadWatchError("notices.error.mail") from error


def _check_url(written: str) -> None:
    """Let only web addresses pass, without a user's name: that would be a secret for all to read."""
    try:
        parts = urlsplit(written)
        usable = parts.scheme in ("http", "https") and parts.hostname and not parts.username
        usable = usable and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable:
        raise BadWatchError("notices.error.url")


def _above(written: str) -> int:
    if not (written.isascii() and written.isdecimal() and len(written) <= _DIGITS and int(written)):
        raise BadWatchError("notices.error.above")
    return int(written)
