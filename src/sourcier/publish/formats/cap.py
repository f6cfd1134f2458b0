"""CAP 1.2 (OASIS): each message on an alert as a document, and an Atom feed of the newest on each.

A later word while an alert is in force is an ``Update``, an announced end a ``Cancel``, an inferred one
an ``Update`` that says so (see `bulletins`). We relay: `source` is who announced it; how grave it is, its
shapes, codes and announced end are those that the source gave in fields, ``Unknown`` or none where an
alert was told in words alone. A demonstration's alerts go out as
``Exercise``. A message speaks every language of the story, and is the same from whichever page one comes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from lxml import etree

from sourcier.messages import languages
from sourcier.publish.feed import note
from sourcier.publish.formats.atom import ATOM
from sourcier.publish.formats.bulletins import Message, barred, bulletins
from sourcier.publish.formats.cap_fields import coded, graded, shapes
from sourcier.publish.formats.pack import Pack
from sourcier.publish.formats.xml import LANG, add, moment, root, written
from sourcier.publish.strip import advice, speaker, title
from sourcier.publish.view import View
from sourcier.publish.warned import fact
from sourcier.publish.words import tz
from sourcier.types import AlertFact, AlertInterval

CAP = "urn:oasis:names:tc:emergency:cap:1.2"
TYPE = "application/atom+xml; charset=utf-8"
MESSAGE = "application/cap+xml; charset=utf-8"
"""The type of a message at its own address."""


def alerts(pack: Pack, address: str, hubs: tuple[str, ...] = ()) -> bytes:
    """Return an Atom feed of the newest message on each alert; it is served at `address`."""
    newest = [told[-1] for told in bulletins(pack.view.story)]
    newest.sort(key=lambda message: message.sent, reverse=True)
    feed = root(ATOM, "feed")
    feed.set(LANG, pack.language)
    add(feed, "id", f"{pack.urn}#alerts")
    add(feed, "title", pack.title)
    add(feed, "updated", moment(max((m.sent for m in newest), default=pack.started)))
    add(add(feed, "author"), "name", pack.publisher)
    add(feed, "link", rel="self", type="application/atom+xml", href=address)
    add(feed, "link", rel="alternate", type="text/html", href=pack.address)
    for hub in hubs:
        add(feed, "link", rel="hub", href=hub)
    for message in newest:
        _entry(feed, pack, message)
    return written(feed)


def cap(view: View, message: Message) -> bytes:
    """Return a message as a CAP document, with an ``info`` in each language of the story."""
    return written(_alert(view, message))


def _entry(feed: etree._Element, pack: Pack, message: Message) -> None:
    entry, address = add(feed, "entry"), pack.view.links.message(message.key)
    add(entry, "id", f"{pack.urn}#{message.key}")
    add(entry, "title", title(pack.view, message.alert))
    add(entry, "updated", moment(message.sent))
    add(entry, "link", rel="alternate", type="application/cap+xml", href=address)
    add(entry, "content", type="application/cap+xml").append(_alert(pack.view, message))


def _alert(view: View, message: Message) -> etree._Element:
    zone, views = message.alert.zone, list(_views(view, message.alert))
    sender = _sender(view)
    alert = root(CAP, "alert")
    add(alert, "identifier", message.key)
    add(alert, "sender", sender)
    add(alert, "sent", offset(message.sent, zone))
    add(alert, "status", "Exercise" if view.story.demo else "Actual")
    add(alert, "msgType", message.type)
    if source := speaker(views[0], message.alert).strip():
        add(alert, "source", source)
    add(alert, "scope", "Public")
    if note := _note(views[0], message):
        add(alert, "note", note)
    if message.before:
        references = (f"{sender},{one.key},{offset(one.sent, zone)}" for one in message.before)
        add(alert, "references", " ".join(references))
    for each in views:
        _info(alert, each, message)
    return alert


def _note(view: View, message: Message) -> str:
    """Return why we took the alert back, and of which story a demonstration is (CAP 1.2, 3.2.1)."""
    why = note(view, message.withdrawn) if message.withdrawn else ""
    return " ".join(filter(None, (view.title[0] if view.story.demo else "", why)))


def _views(view: View, alert: AlertInterval) -> Iterator[View]:
    """Yield a view in each language of the story, and in that of the advice where we speak it."""
    known = view.story.languages
    _, told = advice(replace(view, language=known[0]), alert)
    spoken = (told,) if told in languages() else ()
    for code in dict.fromkeys((*known, *spoken)):
        links = replace(view.links, language=code if code in known else known[0])
        yield replace(view, language=code, links=links)


def _info(alert: etree._Element, view: View, message: Message) -> None:
    about, ended = message.alert, message.over
    told = fact(view, about)
    info = add(alert, "info")
    add(info, "language", view.language)
    add(info, "category", categories().get(about.hazard, "Other"))
    add(info, "event", view.words.either(f"hazard.{about.hazard}", about.hazard.replace("_", " ")))
    if message.type == "Cancel" and message.over:
        add(info, "responseType", "AllClear")
    add(info, "urgency", _urgency(message, told))
    add(info, "severity", graded("severity", told))
    add(info, "certainty", graded("certainty", told))
    for one in told.event_codes if told else ():
        coded(info, "eventCode", one)
    if onset := (told and told.onset) or about.start:
        add(info, "onset", offset(onset, about.zone))
    if expires := _expires(message, told):
        add(info, "expires", offset(expires, about.zone))
    add(info, "senderName", view.story.publisher)
    add(info, "headline", title(view, about))
    if ended and about.end:
        key = "alert.inferred" if about.inferred_end else "alert.ended"
        said = view.words(key, alert=title(view, about), clock=view.moment(about.end))
        add(info, "description", said)
    words, foreign = advice(view, about)
    if words.strip() and not foreign and not ended and not message.withdrawn:
        add(info, "instruction", words)
    add(info, "web", view.links.home)
    _area(info, view, about, told)


def _urgency(message: Message, told: AlertFact | None) -> str:
    if message.withdrawn:
        return "Unknown"
    if message.over:
        return "Past"
    return graded("urgency", told) if told and told.urgency else "Immediate"


def _expires(message: Message, told: AlertFact | None) -> datetime | None:
    """Return the end of an alert that is over, else the one that its source announced."""
    if message.over:
        return message.alert.end
    return told.end if told and told.state == "started" and not message.withdrawn else None


def _area(info: etree._Element, view: View, alert: AlertInterval, told: AlertFact | None) -> None:
    name = view.place_name(alert.place) if alert.place else alert.area
    if not name:
        return
    area = add(info, "area")
    add(area, "areaDesc", name)
    for line in shapes(told):
        add(area, line.kind, line.text)
    for code in told.codes if told else ():
        coded(area, "geocode", code)
    if alert.place and alert.place.geonames:
        coded(area, "geocode", f"GeoNames {alert.place.geonames}")


def _sender(view: View) -> str:
    """Return who sends: the host that the page is served from, which is unique."""
    return barred(urlsplit(view.links.base).hostname or "localhost")


def offset(when: datetime, zone: str) -> str:
    """Return a moment with the numeric offset that CAP asks for; UTC is ``-00:00`` (3.3.2)."""
    local = when.astimezone(tz(zone)).isoformat(timespec="seconds")
    return f"{local[:-6]}-00:00" if local.endswith("+00:00") else local


@cache
def categories() -> dict[str, str]:
    """Return the CAP category of each hazard."""
    text = (files("sourcier.publish") / "data" / "hazards.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
