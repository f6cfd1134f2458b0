"""What a page says of itself to machines that look at its head: search engines, previews of links."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from sourcier.publish.formats.jsonld import context, jsonld, posting
from sourcier.publish.formats.pack import item, pack
from sourcier.publish.keys import key_points
from sourcier.publish.links import Links
from sourcier.publish.pictures import Shown
from sourcier.publish.pictures import shown as picture
from sourcier.publish.typography import typeset_around_quotes
from sourcier.publish.view import View
from sourcier.types import Entry

EMBEDDED = 1
"""Entries that the page's own JSON-LD describes, the newest; ``live.jsonld`` describes more."""
LONGEST = 200
"""Characters of a description."""


@dataclass(frozen=True, slots=True)
class About:
    """`canonical` is absolute, or "" where the page has no address; `alternates` are (language, address).

    `data` is the JSON-LD, safe within a ``<script>``; `full` is where all of it is. `picture` is
    shown beside a link to the page, wherever somebody puts one.
    """

    title: str
    description: str
    canonical: str
    alternates: tuple[tuple[str, str], ...]
    data: Markup
    full: str
    picture: Shown | None = None


def about_page(view: View, languages: tuple[str, ...], site: str) -> About:
    """Return what the live page of `view` says of itself; `site` is scheme and host, "" for none."""
    points = " · ".join(point.text for point in key_points(view)[:3])
    shown = at_site(view, site)
    found = jsonld(pack(shown, EMBEDDED)) if site else None
    return About(
        title=typeset_around_quotes(*view.title),
        description=_cut(points) or view.words("site.description"),
        canonical=shown.links.home if site else "",
        alternates=tuple((code, _in(shown, code).home) for code in languages) if site else (),
        data=_embedded(found),
        full=shown.links.data("live.jsonld") if site else "",
    )


def about_entry(view: View, entry: Entry, languages: tuple[str, ...], site: str) -> About:
    """Return what the page of one entry says of itself; one that was withdrawn is not described."""
    text, language = view.text(entry)
    shown = at_site(view, site)
    found = None
    if site and entry.state != "retracted":
        packed = pack(shown, 0)
        found = context(posting(packed, item(shown, entry)))
    key = entry.id
    return About(
        title=typeset_around_quotes(text.headline, language),
        description=_cut(text.body) or view.words("site.description"),
        canonical=shown.links.entry(key) if site else "",
        alternates=tuple((c, _in(shown, c).entry(key)) for c in languages) if site else (),
        data=_embedded(found),
        full="",
        picture=picture(shown, entry) if site else None,
    )


def at_site(view: View, site: str) -> View:
    """Return `view` with addresses that hold everywhere; `site` is scheme and host, "" for none."""
    return replace(view, links=replace(view.links, base=f"{site}{view.links.base}"))


def _in(view: View, code: str) -> Links:
    return replace(view.links, language=code)


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else words[:LONGEST].rpartition(" ")[0] + " …"


def _embedded(found: dict[str, Any] | None) -> Markup:
    """Return JSON that cannot end the element that it stands in."""
    if found is None:
        return Markup()
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704
