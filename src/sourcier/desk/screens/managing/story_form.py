"""What the form of a story says. Pure but for the names of addresses that are taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from zoneinfo import available_timezones

from django.core.validators import validate_slug
from django.forms import ValidationError
from django.urls import URLPattern, URLResolver, get_resolver

from sourcier.desk.store import Settings
from sourcier.messages import languages
from sourcier.types import Takes

LONGEST = 50
"""Characters of a slug."""
LONGEST_TITLE = 200
MOST = 200
"""How many sources or words a story may name."""


class BadStoryError(ValueError):
    """What was sent makes no story; its argument is the key of the message that says why."""


def blank() -> Settings:
    """Return what the form for a new story shows."""
    return Settings("", {}, "Europe/Paris", (), Takes())


def sent_slug(sent: Mapping[str, str]) -> str:
    """Return the slug of a new story; BadStoryError for none, or what else has this address."""
    slug = sent.get("slug", "").strip()
    try:
        validate_slug(slug)
    except ValidationError as error:
        raise BadStoryError("stories.bad_slug") from error
    if len(slug) > LONGEST or slug in taken():
        raise BadStoryError("stories.bad_slug")
    return slug


@cache
def taken() -> frozenset[str]:
    """Return the words that stand in an address where a story's slug would: ``/api/``, ``/desk/people/``."""
    routes = tuple(_routes(get_resolver().url_patterns))
    before = {route.partition("<slug")[0] for route in routes if "<slug" in route}
    words = (
        route.removeprefix(start).partition("/")[0]
        for start in before
        for route in routes
        if route.startswith(start)
    )
    return frozenset(word for word in words if word and not word.startswith("<"))


def _routes(patterns: Iterable[URLPattern | URLResolver], start: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = f"{start}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route


def filled(slug: str, sent: Mapping[str, str], before: Settings) -> Settings:
    """Return the story as the form has it; BadStoryError where it can't be so."""
    titles = {code: " ".join(sent.get(f"title-{code}", "").split()) for code in languages()}
    titles = {code: title for code, title in titles.items() if title}
    first = sent.get("first", "")
    if not titles or first not in titles:
        raise BadStoryError("stories.no_title")
    if any(len(title) > LONGEST_TITLE for title in titles.values()):
        raise BadStoryError("stories.long_title")
    zone = sent.get("zone", "").strip()
    if zone not in available_timezones():
        raise BadStoryError("stories.bad_zone")
    codes = (first, *(code for code in titles if code != first))
    takes = Takes(**{name: _lines(sent.get(name, "")) for name in ("sources", "words")})
    return Settings(slug, titles, zone, codes, takes, before.frozen)


def _lines(text: str) -> tuple[str, ...]:
    lines = dict.fromkeys(" ".join(line.split()) for line in text.splitlines())
    named = tuple(line for line in lines if line)
    if len(named) > MOST or any(len(line) > LONGEST_TITLE for line in named):
        raise BadStoryError("stories.too_many")
    return named
