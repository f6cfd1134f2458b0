"""CAP 1.2 (OASIS): each alert as the messages that its interval amounts to, in an Atom feed.

An interval opens with an ``Alert``; a later word while it is in force is an ``Update``, an announced
end a ``Cancel``, an inferred one an ``Update`` that says so; both refer to what they replace. We
relay: `source` is who announced it, `severity` and `certainty` are ``Unknown`` as the dispatches
grade neither. A demonstration's alerts go out as ``Exercise``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Literal
from urllib.parse import urlsplit

from lxml import etree

from sourcier.messages import languages
from sourcier.publish.formats.atom import ATOM
from sourcier.publish.formats.pack import Pack
from sourcier.publish.formats.xml import LANG, add, moment, root, written
from sourcier.publish.strip import advice, speaker, title
from sourcier.publish.view import View
from sourcier.publish.words import tz
from sourcier.types import AlertInterval

CAP = "urn:oasis:names:tc:emergency:cap:1.2"
TYPE = "application/atom+xml; charset=utf-8"
_BARRED = re.compile(r"[\s,<&]+")
"""What CAP keeps out of identifiers and senders (3.2.1)."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message on an alert; `before` are those that it updates or cancels, oldest first."""

    alert: AlertInterval
    type: Literal["Alert", "Update", "Cancel"]
    sent: datetime
    before: tuple[Message, ...] = ()

    @property
    def key(self) -> str:
        """The message's identifier, unique for its sender."""
        return _BARRED.sub("-", f"{self.alert.id}.{len(self.before) + 1}")


def messages(alert: AlertInterval) -> tuple[Message, ...]:
    """Return what an interval amounts to, oldest first."""
    found: tuple[Message, ...] = (Message(alert, "Alert", alert.opened),)
    last = max(alert.observed, default=alert.opened)
    if last > alert.opened and (alert.end is None or last < alert.end):
        found += (Message(alert, "Update", last, found),)
    if alert.end is not None and alert.inferred_end:
        found += (Message(alert, "Update", alert.end, found),)
    elif alert.end is not None:
        found += (Message(alert, "Cancel", max(alert.seen, found[-1].sent), found),)
    return found


def alerts(pack: Pack, address: str, hubs: tuple[str, ...] = ()) -> bytes:
    """Return an Atom feed of the newest message on each alert; it is served at `address`."""
    newest = [messages(alert)[-1] for alert in pack.view.story.alerts]
    newest.sort(key=lambda message: message.sent, reverse=True)
    feed = root(ATOM, "feed")
    feed.set(LANG, pack.language)
    add(feed, "id", f"{pack.urn}#alerts")
    add(feed, "title", pack.title)
    add(feed, "updated", moment(max((m.sent for m in newest), default=pack.started)))
    add(add(feed, "author"), "name", pack.publisher)
    add(feed, "link", rel="self", type="application/atom+xml", href=address)
    for hub in hubs:
        add(feed, "link", rel="hub", href=hub)
    for message in newest:
        _entry(feed, pack, message)
    return written(feed)


def cap(pack: Pack, message: Message) -> bytes:
    """Return one message as a CAP document, with an ``info`` in each language of the story."""
    return written(_alert(pack, message))


def _entry(feed: etree._Element, pack: Pack, message: Message) -> None:
    entry = add(feed, "entry")
    add(entry, "id", f"{pack.urn}#{message.key}")
    add(entry, "title", title(pack.view, message.alert))
    add(entry, "updated", moment(message.sent))
    add(entry, "link", rel="alternate", type="text/html", href=pack.address)
    add(entry, "content", type="application/cap+xml").append(_alert(pack, message))


def _alert(pack: Pack, message: Message) -> etree._Element:
    story, zone = pack.view.story, message.alert.zone
    alert = root(CAP, "alert")
    add(alert, "identifier", message.key)
    add(alert, "sender", _sender(pack))
    add(alert, "sent", offset(message.sent, zone))
    add(alert, "status", "Exercise" if story.demo else "Actual")
    add(alert, "msgType", message.type)
    source = speaker(pack.view, message.alert)
    if source:
        add(alert, "source", source)
    add(alert, "scope", "Public")
    if message.before:
        add(alert, "references", " ".join(_reference(pack, zone, one) for one in message.before))
    for view in _views(pack, message.alert):
        _info(alert, view, pack.publisher, message)
    return alert


def _views(pack: Pack, alert: AlertInterval) -> Iterator[View]:
    """Yield a view in each language of the story, and in that of the advice where we speak it."""
    _, told = advice(pack.view, alert)
    spoken = (told,) if told in languages() else ()
    for code in dict.fromkeys((pack.language, *pack.view.story.languages, *spoken)):
        linked = code if code in pack.view.story.languages else pack.language
        links = replace(pack.view.links, language=linked)
        yield replace(pack.view, language=code, links=links)


def _info(alert: etree._Element, view: View, publisher: str, message: Message) -> None:
    about, ended = message.alert, message.alert.end is not None and message.type != "Alert"
    info = add(alert, "info")
    add(info, "language", view.language)
    add(info, "category", categories().get(about.hazard, "Other"))
    add(info, "event", view.words.either(f"hazard.{about.hazard}", about.hazard.replace("_", " ")))
    if message.type == "Cancel":
        add(info, "responseType", "AllClear")
    add(info, "urgency", "Past" if ended else "Immediate")
    add(info, "severity", "Unknown")
    add(info, "certainty", "Unknown")
    if about.start:
        add(info, "onset", offset(about.start, about.zone))
    if ended and about.end:
        add(info, "expires", offset(about.end, about.zone))
    add(info, "senderName", publisher)
    add(info, "headline", title(view, about))
    if about.inferred_end and ended and about.end:
        inferred = view.words(
            "alert.inferred", alert=title(view, about), clock=view.moment(about.end)
        )
        add(info, "description", inferred)
    words, foreign = advice(view, about)
    if words and not foreign and not ended:
        add(info, "instruction", words)
    add(info, "web", view.links.home)
    _area(info, view, about)


def _area(info: etree._Element, view: View, alert: AlertInterval) -> None:
    name = view.place_name(alert.place) if alert.place else alert.area
    if not name:
        return
    area = add(info, "area")
    add(area, "areaDesc", name)
    if alert.place and alert.place.geonames:
        code = add(area, "geocode")
        add(code, "valueName", "GeoNames")
        add(code, "value", str(alert.place.geonames))


def _reference(pack: Pack, zone: str, message: Message) -> str:
    return f"{_sender(pack)},{message.key},{offset(message.sent, zone)}"


def _sender(pack: Pack) -> str:
    """Return who sends: the host that the page is served from, which is unique."""
    return _BARRED.sub("-", urlsplit(pack.address).hostname or "localhost")


def offset(when: datetime, zone: str) -> str:
    """Return a moment with the numeric offset that CAP asks for; UTC is ``-00:00`` (3.3.2)."""
    local = when.astimezone(tz(zone)).isoformat(timespec="seconds")
    return f"{local[:-6]}-00:00" if local.endswith("+00:00") else local


@cache
def categories() -> dict[str, str]:
    """Return the CAP category of each hazard."""
    text = (files("sourcier.publish") / "data" / "hazards.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
