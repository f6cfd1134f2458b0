"""What stands round every screen of the desk: its language, the stories, who one is and what one may."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from sourcier.desk import clock, models, store
from sourcier.desk.people.roles import open_to, rights_in
from sourcier.desk.screens.desk import Desk
from sourcier.desk.screens.tongue import LANGUAGES, language
from sourcier.desk.screens.voice import voice


def frame(request: HttpRequest, slug: str = "") -> dict[str, Any]:
    """Return what ``page.html`` and its header show; `slug` is the story one is in, "" for none.

    `rights` are those of the user there: a template shows a form where `"publish" in rights`. `waiting` is
    how many entries wait there, by stage, `behind_by` how many stand there whose originals or cards went on.
    """
    code = language(request)
    return {
        "say": voice(code),
        "ui": code,
        "languages": LANGUAGES,
        "slug": slug,
        "stories": open_to(request.user),
        "rights": rights_in(request.user, slug),
        "rights_everywhere": rights_in(request.user, ""),
        "waiting": store.waiting_counts(slug) if slug else {},
        "behind_by": len(store.behind(slug)) + len(store.outdated(slug)) if slug else 0,
    }


def desk_of(request: HttpRequest, slug: str) -> Desk:
    """Return what speaks about a story in the user's language; 404 for an unknown one."""
    try:
        story = store.outline(slug, now=clock.now())
    except models.Story.DoesNotExist as error:
        raise Http404 from error
    return Desk(language(request), story)
