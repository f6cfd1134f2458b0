"""Updates: what an open tab needs so that it shows what a fresh page would."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import msgspec
from markupsafe import Markup

from sourcier.publish.feed import article
from sourcier.publish.links import Links, anchor
from sourcier.publish.render import PARTS, article_html, part, tag, utc
from sourcier.publish.view import View
from sourcier.types import Entry, Story

Kind = Literal["entry", "delta", "strip", "keys", "board", "who", "sync"]


class Update(msgspec.Struct, frozen=True, kw_only=True):
    """One message to open tabs; sending it twice does no harm.

    ``entry``: `id`, `version`, `state`, whether a fresh page has it (`shown`), its `html`, and the
    section `day` of name `title` in which it stands by its rank. ``delta``, ``strip``, ``keys``,
    ``board``, ``who``: a part's `html` and `tag`. ``sync``: the page's frame changed (a new day
    opened, or it was closed), fetch it again. Each carries `at`, when that page was made, in words, `now`
    in UTC, and `n`, the sequence of that state: a relay in front has ids of its own.
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
    old = shown(before, language, base=base) if before else None
    return difference(old, shown(after, language, base=base))


class Shown(NamedTuple):
    """A state of a story as open tabs in one language show it."""

    view: View
    parts: dict[str, Markup]


def shown(story: Story, language: str, *, base: str = "/") -> Shown:
    """Return what open tabs show of `story`: worth keeping, as the next difference needs it."""
    view = View(story, language, Links(base, story.slug, language, story.languages[0]))
    return Shown(view, {name: part(view, name) for name in PARTS})


def difference(before: Shown | None, after: Shown) -> tuple[Update, ...]:
    """Return the updates that lead from one shown state to the next."""
    old, new = before.view if before else None, after.view
    return (*_frame(old, new), *_entries(old, new), *_parts(before, after))


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
    opened = old is not None and (_days(new) - _days(old) or new.story.closed != old.story.closed)
    return [_update(new, "sync", {})] if opened else []


def _days(view: View) -> set[object]:
    return {view.today(entry.published) for entry in view.feed}


def _parts(before: Shown | None, after: Shown) -> list[Update]:
    return [
        _update(after.view, name, {"html": str(html), "tag": tag(html)})
        for name, html in after.parts.items()
        if before is None or before.parts[name] != html
    ]


def _update(view: View, kind: Any, data: dict[str, Any], sequence: int | None = None) -> Update:
    at = {"at": view.updated, "now": utc(view.story.now), "n": view.story.sequence}
    return Update(
        sequence=view.story.sequence if sequence is None else sequence, kind=kind, data=data | at
    )
