"""The front page where there are several stories: each with its last entries, the last moved first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sourcier.messages import languages
from sourcier.publish.feed import counted, headline
from sourcier.publish.links import Links
from sourcier.publish.page import Page, whole_page
from sourcier.publish.typography import typeset_around_quotes
from sourcier.publish.view import View
from sourcier.types import Story

_NEVER = datetime.min.replace(tzinfo=UTC)
ENTRIES = 3
"""How many entries of each story are shown."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry on the front page: when, where it is read, its headline and language, null: the page's."""

    at: datetime
    clock: str
    href: str
    headline: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Front:
    """A story on the front page. `frozen` is since when nothing changes there, "" for a live one."""

    href: str
    title: str
    language: str | None
    closed: bool
    frozen: str
    zone: str
    lines: tuple[Line, ...]
    counts: str


def render_front(stories: Sequence[Story], language: str, *, base: str = "/") -> Page:
    """Return the page that leads to each of `stories`, which hold their last entries and their totals.

    In `language` where one of them has it, else in the first language of the first. There is one story
    at least.
    """
    known = {code for story in stories for code in story.languages}
    offered = tuple(code for code in languages() if code in known)
    language = language if language in offered else stories[0].languages[0]
    views = [View(story, language, _links(story, language, base)) for story in stories]
    views.sort(key=lambda view: (not view.story.closed, _moved(view)), reverse=True)
    return whole_page(
        "front.html",
        views[0],
        offered,
        frozen=False,
        script="",
        sheet="front.css",
        address=lambda code: f"{base}?l={code}",
        about=None,
        base=base,
        fronts=[_front(view) for view in views],
    )


def _links(story: Story, language: str, base: str) -> Links:
    first = story.languages[0]
    return Links(base, story.slug, language if language in story.languages else first, first)


def _moved(view: View) -> datetime:
    return max((entry.updated for entry in view.entries), default=_NEVER)


def _front(view: View) -> Front:
    title, language = view.title
    total, story = view.story.total, view.story
    return Front(
        href=view.links.home,
        title=typeset_around_quotes(title, language),
        language=None if language == view.language else language,
        closed=story.closed,
        frozen=view.moment(story.frozen) if story.frozen else "",
        zone=view.words("front.zone", zone=view.words.zone(story.zone)),
        lines=tuple(
            Line(
                one.updated,
                view.moment(one.updated),
                view.links.entry(one.id),
                *headline(view, one),
            )
            for one in view.feed[:ENTRIES]
        ),
        counts=counted(view, total.outlets, len(total.origins)) if total.origins else "",
    )
