"""Rendering: the templates, and the parts of the page that travel to open tabs on their own."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sourcier.publish.atlas import atlas
from sourcier.publish.feed import Article
from sourcier.publish.glyph import delta, descendants
from sourcier.publish.keys import key_points
from sourcier.publish.proof import origin_name
from sourcier.publish.speakers import named
from sourcier.publish.strip import inferred, notices
from sourcier.publish.tolls import tolls
from sourcier.publish.view import View
from sourcier.publish.voices import happenings, voices

PARTS = ("delta", "strip", "keys", "board", "who")


@cache
def environment() -> Environment:
    """Return the templates' environment: everything is escaped, unknown names are errors."""
    made = Environment(
        loader=PackageLoader("sourcier.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["num"] = number
    made.filters["utc"] = utc
    return made


def number(value: float) -> str:
    """Return a number as SVG wants it, without needless decimals."""
    return f"{value:.1f}".removesuffix(".0")


def utc(moment: datetime) -> str:
    """Return a moment for a ``datetime`` attribute, in UTC to the minute."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def template(name: str, view: View, **values: Any) -> Markup:
    """Return the template `name` rendered for `view`, without empty lines."""
    html = environment().get_template(name).render(view=view, t=view.words, **values)
    return Markup(re.sub(r"\n\s*(?=\n)", "", html).strip())  # noqa: S704 - autoescaped above


def article_html(view: View, article: Article, *, whole: bool = False) -> Markup:
    """Return an entry; `whole` for its own page, where nothing is hidden."""
    return template("_article.html", view, a=article, whole=whole, relayed=partial(named, view))


def part(view: View, name: str) -> Markup:
    """Return one of `PARTS`, the pieces that change under a reader."""
    return template(f"_{name}.html", view, **_VALUES[name](view))


def tag(html: str) -> str:
    """Return a short mark of a part's content, by which a tab knows whether it has it."""
    return sha256(html.encode()).hexdigest()[:8]


def _delta(view: View) -> dict[str, Any]:
    total, words = view.story.total, view.words
    named = [
        f"{origin_name(view, origin)} {len(descendants(origin))}" for origin in total.origins[:12]
    ]
    dispatches, origins = (
        words("count.dispatches", total.dispatches),
        words("count.origins", len(total.origins)),
    )
    return {
        "delta": delta(total),
        "figure": words("mast.figure", dispatches=dispatches, origins=origins),
        "label": words("mast.label", dispatches=dispatches, origins=origins, list=", ".join(named)),
    }


def _strip(view: View) -> dict[str, Any]:
    return {"notices": notices(view), "inferred": inferred(view)}


def _keys(view: View) -> dict[str, Any]:
    return {"points": key_points(view)}


def _board(view: View) -> dict[str, Any]:
    return {"tolls": tolls(view), "map": atlas(view)}


def _who(view: View) -> dict[str, Any]:
    return {"voices": voices(view), "happenings": happenings(view)}


_VALUES = {"delta": _delta, "strip": _strip, "keys": _keys, "board": _board, "who": _who}


@cache
def asset(name: str) -> str:
    """Return a file of ``static/``, its comments and idle spaces taken out."""
    text = (files("sourcier.publish") / "static" / name).read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = "\n".join(line.strip() for line in text.splitlines() if line.strip())
    return _squeezed(text) if name.endswith(".js") else text


def _squeezed(script: str) -> str:
    """Return a script without spaces beside its signs.

    It ends its statements with semicolons, and has neither regular expressions nor strings in other
    quotation marks than double ones.
    """
    parts = re.split(r'("(?:[^"\\\n]|\\.)*")', script)
    parts[::2] = [re.sub(r"\s*([{}()\[\];,:?=<>+*&|!-])\s*", r"\1", part) for part in parts[::2]]
    return "".join(parts)
