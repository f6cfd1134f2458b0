"""The live page and the pages of single entries, complete without script."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from markupsafe import Markup

from sourcier.publish.about import about_entry, about_page, at_site
from sourcier.publish.credit import credit, entry_credit
from sourcier.publish.feed import Day, article, days, headline, late, older
from sourcier.publish.formats import FEEDS, FORMATS
from sourcier.publish.linked import origins
from sourcier.publish.links import Links
from sourcier.publish.machine import machine
from sourcier.publish.pointer import interval, mark
from sourcier.publish.render import PARTS, article_html, asset, part, tag, template
from sourcier.publish.search import search
from sourcier.publish.typography import typeset_around_quotes
from sourcier.publish.view import View
from sourcier.publish.words import words
from sourcier.types import Entry, Story


@dataclass(frozen=True, slots=True)
class Page:
    """A page and the headers it needs; `status` is 404 where there is nothing to show."""

    html: str
    headers: dict[str, str]
    status: int = 200


def render_page(
    story: Story,
    language: str,
    *,
    base: str = "/",
    languages: tuple[str, ...] = ("fr", "en"),
    stories: tuple[tuple[str, str], ...] = (),
    opened: str | None = None,
    query: str = "",
    site: str = "",
) -> Page:
    """Return the page of `story` in `language`, as it stands at ``story.now``.

    `base` is the path under which stories are served, `stories` are (slug, title) of others to link
    to, `opened` the id of an entry whose source is unfolded. With a `query` the page is the list of the
    entries in which it is found. `site` is the scheme and host under which readers reach the page, for
    the addresses in its head.
    """
    view = View(story, language, Links(base, story.slug, language, languages[0]))
    others = [(view.links.story(slug), name) for slug, name in stories if slug != story.slug]
    if query:
        return _found_page(view, languages, others, query, site)
    return live_page(view, languages, others, opened=opened, site=site)


def render_entry_page(
    story: Story,
    entry_id: str,
    language: str,
    *,
    version: int | None = None,
    base: str = "/",
    languages: tuple[str, ...] = ("fr", "en"),
    site: str = "",
) -> Page:
    """Return the permanent page of an entry, or of one of its versions.

    Where there is no such entry or version the page says so and its status is 404.
    """
    view = View(story, language, Links(base, story.slug, language, languages[0]))
    return entry_page(view, languages, entry_id, version, site=site)


def live_page(
    view: View,
    languages: tuple[str, ...],
    stories: list[tuple[str, str]],
    *,
    opened: str | None = None,
    site: str = "",
    frozen: bool = False,
    followed: bool = False,
    announced: bool = False,
) -> Page:
    """Return the whole page of a view; a `frozen` one has nothing that needs a server.

    That is the stream and the time machine. One that is `followed` is renewed all the same. Its feeds are
    `announced` where they stand beside it.
    """
    live = view.story.live and not view.story.closed and (followed or not frozen)
    parts = {name: part(view, name) for name in PARTS}
    values: dict[str, Any] = {
        "parts": parts,
        "days": [_rendered(view, day) for day in days(view, opened)],
        "older": older(view),
        "machine": None if frozen else machine(view),
        "searches": bool(view.entries),
        "past": not view.story.live,
        "zone": view.words.zone(view.story.zone),
        "config": _config(view, parts, live=live),
        "has_tolls": 'id="bilan"' in parts["board"],
        "has_map": 'id="carte"' in parts["board"],
        "has_voices": 'id="qui"' in parts["who"],
        "has_timeline": 'id="chrono"' in parts["who"],
        "stories": stories,
        "about": about_page(view, languages, site),
        "credit": credit(at_site(view, site)),
        "feeds": _feeds(view) if announced or not frozen else [],
    }
    return whole_page("page.html", view, languages, frozen=frozen, **values)


def _found_page(
    view: View, languages: tuple[str, ...], stories: list[tuple[str, str]], query: str, site: str
) -> Page:
    results = search(view, query)
    return whole_page(
        "found.html",
        view,
        languages,
        frozen=False,
        script="",
        address=lambda code: view.links.search_in(code, results.query),
        about=None,
        results=results,
        past=not view.story.live,
        zone=view.words.zone(view.story.zone),
        stories=stories,
        credit=credit(at_site(view, site)),
        feeds=_feeds(view),
    )


def _feeds(view: View) -> list[tuple[str, str, str]]:
    """Return (file, media type, what it is called) of what a reader may subscribe to."""
    named = {name: name.partition(".")[2] for name in FEEDS}
    named |= {"alerts.atom": "alerts"} if view.story.alerts else {}
    return [
        (name, FORMATS[name].type.split(";")[0], view.words(f"take.file.{key}"))
        for name, key in named.items()
    ]


def entry_page(
    view: View,
    languages: tuple[str, ...],
    entry_id: str,
    version: int | None,
    *,
    site: str = "",
    frozen: bool = False,
) -> Page:
    """Return the page of one entry of a view; see `render_entry_page`."""
    view = replace(view, limit=0)
    current = view.entry_by_id.get(entry_id)
    shown = _version(view, current, version)
    there = at_site(view, site)
    known = sorted(
        {
            entry.version
            for entry in (*view.story.history.get(entry_id, ()), *([current] if current else ()))
        }
    )
    values: dict[str, Any] = {
        "entry": shown,
        "entry_title": headline(view, shown)[0] if shown else view.title[0],
        "about": about_entry(view, shown, languages, site) if shown else None,
        "current": current,
        "article": article_html(view, article(view, shown, opened=True), whole=True)
        if shown
        else "",
        "credit": entry_credit(there, shown, there.links.entry(entry_id), view.story.now)
        if shown
        else credit(there),
        "versions": [(number, view.links.version(entry_id, number)) for number in known],
    }
    return whole_page(
        "entry.html",
        view,
        languages,
        frozen=frozen,
        status=200 if shown else 404,
        address=lambda code: _entry_address(view, code, entry_id, version),
        **values,
    )


def _entry_address(view: View, code: str, entry_id: str, version: int | None) -> str:
    links = replace(view.links, language=code)
    there = links.entry(entry_id) if version is None else links.version(entry_id, version)
    return view.same_moment(there)


def style() -> str:
    """Return the page's style sheet."""
    return asset("tokens.css") + "\n" + asset("page.css")


def policy(css: str, script: str, *, frozen: bool = False, frames: tuple[str, ...] = ()) -> str:
    """Return the Content-Security-Policy that allows the page's own style and script alone.

    `frames` are whose pages it may show within. `frozen`: for a ``<meta>`` element, which cannot say who may
    frame the page.
    """
    rules = [
        "default-src 'none'",
        f"style-src {hashed(css)}",
        f"script-src {hashed(script) if script else _NOTHING}",
        "connect-src 'self'",
        f"img-src 'self' data:{' file:' if frozen else ''}",
        "form-action 'self'",
        "base-uri 'none'",
    ]
    rules += [f"frame-src {' '.join(frames)}"] if frames else []
    return "; ".join(rules if frozen else [*rules, "frame-ancestors 'self'"])


_NOTHING = "'none'"


def hashed(text: str) -> str:
    """Return the source expression by which a policy allows an inline style or script."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def whole_page(
    name: str,
    view: View,
    languages: tuple[str, ...],
    *,
    frozen: bool,
    status: int = 200,
    script: str = "page.js",
    sheet: str = "",
    address: Callable[[str], str] | None = None,
    **values: Any,
) -> Page:
    """Return template `name` as a page with its style, its `script` and the policy for both.

    `sheet` is a style sheet of its own, after that of all pages; `script` may be "" for none.
    `address` says where the same page is in another language.
    """
    address = address or (lambda code: view.same_moment(view.links.in_language(code)))
    css = style() + (asset(sheet) if sheet else "")
    frames = origins(view.entries) if script == "page.js" else ()
    code = (asset(script) if script else "") + (asset("frames.js") if frames else "")
    html = template(
        name,
        view,
        title=typeset_around_quotes(*view.title),
        updated=view.moment(view.story.now),
        policy=policy(css, code, frozen=True, frames=frames) if frozen else "",
        css=Markup(css),  # noqa: S704 - our own files
        script=Markup(code),  # noqa: S704
        languages=[
            (other, words(other).language_name(other), address(other)) for other in languages
        ],
        **values,
    )
    return Page(f"{html}\n", _headers(view.language, policy(css, code, frames=frames)), status)


def _headers(language: str, content_policy: str) -> dict[str, str]:
    return {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Language": language,
        "Content-Security-Policy": content_policy,
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }


def _rendered(view: View, day: Day) -> dict[str, Any]:
    return {
        "id": day.id,
        "title": day.title,
        "recap": day.recap,
        "articles": [article_html(view, one) for one in day.articles],
    }


def _version(view: View, current: Entry | None, version: int | None) -> Entry | None:
    if current is None or version is None or current.version == version:
        return current
    versions = view.story.history.get(current.id, ())
    return next((entry for entry in versions if entry.version == version), None)


def _config(view: View, parts: dict[str, Markup], *, live: bool) -> str:
    t = view.words
    texts = {key: t(f"feed.{key}") for key in ("unread", "yours")}
    texts["seen"] = t("feed.seen", clock=f"{{clock}} {texts['yours']}")
    texts["at"] = t("past.seen", clock="{clock}")
    return json.dumps(
        {
            "slug": view.story.slug,
            "language": view.language,
            "live": view.links.live if live else "",
            "look": view.links.pointer,
            "mark": mark(view.story),
            "sequence": view.story.sequence,
            "tags": {name: tag(html) for name, html in parts.items()},
            "poll": interval(view.story),
            "late": late(view),
            "zone": view.story.zone,
            "texts": texts,
            "plurals": {key: t.forms(f"feed.{key}") for key in ("new", "said", "changed")},
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
