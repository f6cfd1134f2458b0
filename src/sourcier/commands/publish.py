"""Write a story as a folder of static files that open without a server, from a desk's data folder."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import datetime
from pathlib import Path

from sourcier.commands.serve import say
from sourcier.commands.streams import BAD_INPUT, FINE, Reporter, iso_datetime
from sourcier.problems import Problem

NAME = "publish"
HELP = "a story in, static pages and data out"


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``sourcier publish``."""
    parser.add_argument("folder", metavar="FOLDER", help="where the files go")
    parser.add_argument(
        "--data", default="data", help="the desk's data folder (default ./%(default)s)"
    )
    parser.add_argument("--story", metavar="SLUG", help="which story (default: all)")
    parser.add_argument("--at", type=iso_datetime, help="as it stood then (ISO 8601; bare: UTC)")


def run(arguments: Namespace) -> int:
    """Write the pages of one story or all."""
    reporter = Reporter()
    data = Path(arguments.data)
    if not (data / "sourcier.sqlite3").exists():
        reporter.report(Problem(where=str(data), code="no_data", message="no desk's data folder"))
        return BAD_INPUT

    from sourcier.desk.setup import prepare

    prepare(data)
    from sourcier.desk import clock, store
    from sourcier.publish.site import write_site

    slugs = [slug for slug, _ in store.stories()]
    if arguments.story and arguments.story not in slugs:
        known = ", ".join(slugs) or "none"
        message = f"no such story; there are: {known}"
        reporter.report(Problem(where=arguments.story, code="no_story", message=message))
        return BAD_INPUT
    at: datetime | None = arguments.at
    for slug in [arguments.story] if arguments.story else slugs:
        story = store.story(slug, at=at, now=clock.now())
        for path in write_site(story, Path(arguments.folder) / slug, story.languages):
            say(str(path))
    return FINE
