"""NewsML-G2 2.35 (IPTC, power conformance): the story as a news message, an item for each entry.

The path of the words (origin, relay, us) is the item's hop history. A withdrawn entry comes once more with
``stat:canceled`` and no content, so that who holds it takes it down. A picture is an item of its own, which
links to that of its words and back.
"""

from __future__ import annotations

from datetime import datetime

from lxml import etree

from sourcier.publish.formats.pack import Item, Pack, Relay, Spring, picture_urn
from sourcier.publish.formats.xml import LANG, add, clean, moment, root, written
from sourcier.publish.pictures import JPEG

NAR = "http://iptc.org/std/nar/2006-10-01/"
XHTML = "http://www.w3.org/1999/xhtml"
CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"
TYPE = "application/vnd.iptc.g2.newsmessage+xml; charset=utf-8"


def newsml(pack: Pack) -> bytes:
    """Return the message, newest item first."""
    message = root(NAR, "newsMessage")
    header = add(message, "header")
    add(header, "sent", moment(pack.updated))
    add(header, "catalogRef", href=CATALOG)
    add(header, "sender", pack.publisher)
    add(header, "transmitId", f"{pack.urn}:{pack.view.story.sequence}")
    items = add(message, "itemSet")
    for item in pack.items:
        _item(items, pack, item)
        for digest in _digests(pack, item):
            _picture(items, pack, item, digest)
    return written(message)


def _news(items: etree._Element, item: Item, guid: str) -> etree._Element:
    news = add(
        items,
        "newsItem",
        guid=guid,
        version=str(item.entry.version),
        standard="NewsML-G2",
        standardversion="2.35",
        conformance="power",
        lang_=item.language,
    )
    add(news, "catalogRef", href=CATALOG)
    return news


def _item(items: etree._Element, pack: Pack, item: Item) -> None:
    news = _news(items, item, item.urn)
    if item.springs and not item.retracted:
        _hops(news, pack, item)
    rights = add(news, "rightsInfo")
    add(add(rights, "copyrightHolder"), "name", pack.publisher)
    add(rights, "usageTerms", item.credit)
    _about_item(news, pack, item)
    if not item.retracted:
        _about_content(news, pack, item)
        _content(news, item)


def _hops(news: etree._Element, pack: Pack, item: Item) -> None:
    """Tell the path of the first origin's words: who spoke, who passed them on, who publishes here."""
    hops = add(news, "hopHistory")
    spring = item.springs[0]
    relay = spring.relays[0] if spring.relays else None
    _hop(hops, 1, spring.name, relay.published if relay and spring.captured else None, "created")
    if relay and not spring.captured:
        _hop(hops, 2, relay.publisher, relay.published, "transformed")
    _hop(hops, len(hops) + 1, pack.publisher, item.entry.updated, "transformed")


def _hop(hops: etree._Element, number: int, name: str, when: datetime | None, action: str) -> None:
    hop = add(hops, "hop", seq=str(number), timestamp=moment(when) if when else None)
    add(add(hop, "party"), "name", name)
    add(hop, "action", qcode=f"hopaction:{action}", target="hatarget:content")


def _about_item(news: etree._Element, pack: Pack, item: Item) -> None:
    meta = _meta(news, pack, item, "text", usable=not item.retracted)
    if item.note or item.gone:
        add(meta, "edNote", item.note or item.gone)
    add(meta, "link", rel="irel:seeAlso", href=item.address)
    if item.picture:
        guid = picture_urn(pack, item, item.picture.digest)
        add(meta, "link", rel="irel:seeAlso", residref=guid, contenttype=JPEG)


def _meta(
    news: etree._Element, pack: Pack, item: Item, nature: str, *, usable: bool
) -> etree._Element:
    meta = add(news, "itemMeta")
    add(meta, "itemClass", qcode=f"ninat:{nature}")
    add(add(meta, "provider", literal=pack.publisher), "name", pack.publisher)
    add(meta, "versionCreated", moment(item.entry.updated))
    add(meta, "firstCreated", moment(item.entry.published))
    add(meta, "pubStatus", qcode="stat:usable" if usable else "stat:canceled")
    return meta


def _digests(pack: Pack, item: Item) -> list[str]:
    """Return the marks of all pictures that an item shows or showed."""
    versions = (*pack.view.story.history.get(item.entry.id, ()), item.entry)
    return list(dict.fromkeys(one.picture.digest for one in versions if one.picture))


def _picture(items: etree._Element, pack: Pack, item: Item, digest: str) -> None:
    """Add a picture as an item of its own; one that is shown no more is canceled, like its words."""
    shown = item.picture if item.picture and item.picture.digest == digest else None
    news = _news(items, item, picture_urn(pack, item, digest))
    rights = add(news, "rightsInfo")
    holder = shown.credit if shown and shown.credit else pack.publisher
    add(add(rights, "copyrightHolder"), "name", holder)
    add(rights, "usageTerms", item.credit)
    meta = _meta(news, pack, item, "picture", usable=shown is not None)
    add(meta, "link", rel="irel:seeAlso", residref=item.urn)
    if shown is None:
        return
    meta = add(news, "contentMeta")
    add(meta, "headline", item.headline)
    if shown.credit:
        add(meta, "creditline", shown.credit)
    for role, words in (("caption", shown.caption), ("altText", shown.alt)):
        if words:
            add(meta, "description", words, role=f"drol:{role}")
    add(
        add(news, "contentSet"),
        "remoteContent",
        href=shown.jpeg.address,
        contenttype=JPEG,
        size=str(shown.jpeg.size) if shown.jpeg.size else None,
        width=str(shown.jpeg.width),
        height=str(shown.jpeg.height),
    )


def _about_content(news: etree._Element, pack: Pack, item: Item) -> None:
    meta = add(news, "contentMeta")
    add(meta, "contentCreated", moment(item.entry.published))
    add(meta, "contentModified", moment(item.entry.updated))
    for spring in item.springs:
        _source(meta, spring)
    add(add(meta, "creator", literal=pack.publisher), "name", pack.publisher)
    add(meta, "language", tag=item.language)
    add(add(meta, "genre", literal=item.entry.kind), "name", item.label)
    if item.place:
        _place(meta, item)
    add(meta, "headline", item.headline)


def _source(meta: etree._Element, spring: Spring) -> None:
    add(add(meta, "infoSource", literal=spring.name), "name", spring.name)
    for relay in _once(spring.relays):
        source = add(meta, "infoSource", uri=relay.url, literal=f"sha256:{relay.capture}")
        add(source, "name", relay.publisher)


def _once(relays: tuple[Relay, ...]) -> tuple[Relay, ...]:
    return tuple({relay.publisher: relay for relay in reversed(relays)}.values())[::-1]


def _place(meta: etree._Element, item: Item) -> None:
    place = item.place
    assert place is not None
    where = f"https://sws.geonames.org/{place.geonames}/" if place.geonames else None
    literal = None if where else place.name
    subject = add(meta, "subject", type="cpnat:geoArea", uri=where, literal=literal)
    add(subject, "name", place.name)


def _content(news: etree._Element, item: Item) -> None:
    inline = add(add(news, "contentSet"), "inlineXML", contenttype="application/xhtml+xml")
    page = etree.fromstring(
        f'<html xmlns="{XHTML}"><head><title/></head><body>{clean(item.html)}</body></html>'
    )
    page.set(LANG, item.language)
    page[0][0].text = clean(item.headline)
    inline.append(page)
