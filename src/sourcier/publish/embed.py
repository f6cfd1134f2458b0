"""The embed: one entry, or a story's newest, as a small page for a frame on another site; and oEmbed.

The page sets no cookie, loads nothing, carries its credit and canonical link, and tells the page around
it how tall it is. ``<sourcier-live src="ADDRESS">``, from our own ``/embed.js``, follows its height.
"""

from __future__ import annotations

from typing import Any

from lxml import etree
from markupsafe import Markup

from sourcier.publish.formats.pack import Item, item
from sourcier.publish.formats.xml import add, written
from sourcier.publish.page import Page, hashed
from sourcier.publish.render import asset, template
from sourcier.publish.view import View
from sourcier.types import Entry

WIDTH, HEIGHT = 600, 420
"""CSS pixels of a frame where the embedder asks for no less."""

KEPT = 3600
"""Seconds for which an embedder may keep an oEmbed answer, and a browser the script."""

SCRIPT = "component.js"


def embed_page(view: View, entry_id: str | None) -> Page:
    """Return the page of an entry, or of the newest; its status is 404 where there is none.

    The links of `view` are absolute.
    """
    entry = view.entry_by_id.get(entry_id) if entry_id else newest(view)
    shown = item(view, entry) if entry else None
    css, script = asset("tokens.css") + "\n" + asset("embed.css"), asset("embed.js")
    html = template(
        "embed.html",
        view,
        item=shown,
        when=_when(view, entry) if entry else "",
        css=Markup(css),  # noqa: S704 - our own files
        script=Markup(script),  # noqa: S704
    )
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Language": view.language,
        "Content-Security-Policy": (
            f"default-src 'none'; style-src {hashed(css)}; script-src {hashed(script)}; "
            "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *"
        ),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    return Page(f"{html}\n", headers, 200 if shown else 404)


def newest(view: View) -> Entry | None:
    """Return the newest entry of the feed that stands."""
    standing = (e for e in view.feed if e.state != "retracted" and e.kind != "background")
    return next(standing, None)


def embed_address(address: str) -> str:
    """Return the address of the embed of a story's or an entry's address."""
    path, joint, query = address.partition("?")
    return f"{path.rstrip('/')}/embed{joint}{query}"


def oembed(
    view: View, entry_id: str | None, width: int | None, height: int | None
) -> dict[str, Any]:
    """Return the oEmbed 1.0 answer for a story's page, or an entry's; sizes are the most allowed.

    Raises KeyError for an entry that readers do not have.
    """
    found: Item | None = item(view, view.entry_by_id[entry_id]) if entry_id else None
    title = (found.gone or found.headline) if found else view.title[0]
    address = found.address if found else view.links.home
    size = {"width": min(WIDTH, width or WIDTH), "height": min(HEIGHT, height or HEIGHT)}
    frame = Markup(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" style="border:0"></iframe>'
    )
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "author_name": view.story.publisher,
        "author_url": view.links.home,
        "provider_name": view.words("site.name"),
        "provider_url": view.links.base,
        "cache_age": KEPT,
        "html": str(frame.format(embed_address(address), title, *size.values())),
        **size,
    }


def oembed_xml(answer: dict[str, Any]) -> bytes:
    """Return an oEmbed answer as XML."""
    root = etree.Element("oembed")
    for name, value in answer.items():
        add(root, name, str(value))
    return written(root)


def _when(view: View, entry: Entry) -> str:
    return f"{view.moment(entry.published)} ({view.words.zone(view.story.zone)})"
