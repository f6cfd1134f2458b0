"""CAP's indexes: what an entry leads to, and the message that its own fields amount to.

Meteorological services repeat a message's fields in the entry (``cap:event``, ``cap:areaDesc`` ...).
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from sourcier.gather.markup import Element
from sourcier.gather.xml import children, name, text

_OF_MESSAGE = ("status", "msgType", "scope", "references", "note")
_OF_INFO = (
    *("language", "category", "event", "urgency", "severity", "certainty", "effective", "onset"),
    *("expires", "instruction", "parameter", "eventCode", "responseType"),
)
_OF_AREA = ("areaDesc", "polygon", "circle", "geocode")


def entry_link(entry: Element) -> str:
    """Return the address of an entry's message: the link of CAP's own type before any other."""
    found = [(one.get("type") or "", one.get("href") or "") for one in children(entry, "link")]
    caps = [href for kind, href in found if "cap" in kind and href]
    plain = [href for _, href in found if href]
    return next(iter([*caps, *plain]), text(entry, "link"))


def entry_message(entry: Element) -> Element | None:
    """Return the message that the fields of an entry amount to; None where they name no alert.

    Who does not say that it is an actual one is not taken at anything.
    """
    if not (text(entry, "event") and text(entry, "areaDesc") and text(entry, "status")):
        return None
    alert = etree.Element("alert")
    own = text(entry, "identifier") or text(entry, "id") or text(entry, "guid")
    sender = text(entry, "sender") or text(entry, "author", "name") or text(entry, "author")
    sent = text(entry, "sent") or text(entry, "updated") or text(entry, "published")
    _add(alert, identifier=own, sender=sender or "index", sent=sent)
    _copy(alert, entry, _OF_MESSAGE)
    _add(alert, msgType=text(entry, "message_type") or "Alert", scope="Public")
    info = etree.SubElement(alert, "info")
    _copy(info, entry, _OF_INFO)
    _add(info, headline=text(entry, "title"), description=text(entry, "summary"))
    _copy(etree.SubElement(info, "area"), entry, _OF_AREA)
    return alert


def _add(to: Element, **fields: str) -> None:
    """Add what has words and is not there yet."""
    for field, words in fields.items():
        if words and not text(to, field):
            etree.SubElement(to, field).text = words


def _copy(to: Element, entry: Element, wanted: Iterable[str]) -> None:
    for child in children(entry, *wanted):
        copied = etree.SubElement(to, name(child))
        copied.text = child.text
        _copy(copied, child, ("valueName", "value"))
