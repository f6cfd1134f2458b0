"""Updates: what an open tab needs so that it shows what a fresh page would."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from sourcier.publish.feed import article
from sourcier.publish.links import Links, anchor
from sourcier.publish.render import PARTS, article_html, part, tag
from sourcier.publish.view import View
from sourcier.types import Entry, Story

Kind = Literal["entry", "delta", "strip", "keys", "board", "sync"]


class Update(msgspec.Struct, frozen=True, kw_only=True):
    """One message to open tabs; sending it twice does no harm.

    ``entry``: `id`, `version`, `state`, whether a fresh page has it (`shown`), its `html`, and the
    section `day` of name `title` in which it stands by its rank. ``delta``, ``strip``, ``keys``,
    ``board``: a part's `html` and `tag`. ``sync``: the page's frame changed (a new day opened), fetch it
    again. Each carries `at`, when that page was made, in words.
    """

    sequence: int
    kind: Kind
    data: dict[str, Any]


def updates(
    before: Story | None,
    after: Story,
    language: str,
    *,
    base: str = "/",
) -> tuple[Update, ...]:
    """Return what changed between two states of a story, oldest entry first, then the page's parts.

    `before` null: everything is new. `base` is the path under which stories are served.
    """
    new = View(after, language, Links(base, after.slug, language, after.languages[0]))
    old = View(before, language, new.links) if before else None
    entries = _entries(old, new)
    return (*_frame(old, new), *entries, *_parts(old, new))


def _entries(old: View | None, new: View) -> list[Update]:
    known = {entry.id: entry for entry in old.entries} if old else {}
    changed = [entry for entry in new.feed if known.get(entry.id) != entry]
    return [_entry(new, entry) for entry in sorted(changed, key=lambda entry: entry.sequence)]


def _entry(view: View, entry: Entry) -> Update:
    day = view.today(entry.published)
    data = {
        "id": anchor(entry.id),
        "version": entry.version,
        "state": entry.state,
        "shown": entry.id in view.on_page,
        "day": f"d-{day}",
        "title": view.words.sentence(view.words.weekday(day)),
        "html": str(article_html(view, article(view, entry))),
    }
    return _update(view, "entry", data, entry.sequence)


def _frame(old: View | None, new: View) -> list[Update]:
    opened = old is not None and _days(new) - _days(old)
    return [_update(new, "sync", {})] if opened else []


def _days(view: View) -> set[object]:
    return {view.today(entry.published) for entry in view.feed}


def _parts(old: View | None, new: View) -> list[Update]:
    found = []
    for name in PARTS:
        html = part(new, name)
        if old is None or part(old, name) != html:
            found.append(_update(new, name, {"html": str(html), "tag": tag(html)}))
    return found


def _update(view: View, kind: Any, data: dict[str, Any], sequence: int | None = None) -> Update:
    at = {"at": view.updated}
    return Update(
        sequence=view.story.sequence if sequence is None else sequence, kind=kind, data=data | at
    )
