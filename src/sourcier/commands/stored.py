"""What the commands share that take a story from a desk's data folder."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from sourcier.commands.streams import Reporter, iso_datetime
from sourcier.problems import Problem


def story_arguments(parser: ArgumentParser) -> None:
    """Add the arguments that say which story, as of when, and where the files go."""
    parser.add_argument("folder", metavar="FOLDER", help="where the files go")
    parser.add_argument(
        "--data", default="data", help="the desk's data folder (default ./%(default)s)"
    )
    parser.add_argument("--story", metavar="SLUG", help="which story (default: all)")
    parser.add_argument("--at", type=iso_datetime, help="as it stood then (ISO 8601; bare: UTC)")


def has_desk(data: Path) -> bool:
    """Tell whether there is a desk's database: in that folder, or named in the environment."""
    return bool(os.environ.get("SOURCIER_DATABASE") or (data / "sourcier.sqlite3").exists())


def opened(arguments: Namespace, reporter: Reporter) -> list[str] | None:
    """Prepare the data folder and return the slugs asked for; null, with a problem, where there are none."""
    data = Path(arguments.data)
    if not has_desk(data):
        reporter.report(Problem(where=str(data), code="no_data", message="no desk's data folder"))
        return None

    from sourcier.desk.setup import prepare

    prepare(data)
    from sourcier.desk import store

    slugs = [slug for slug, _ in store.stories()]
    if arguments.story and arguments.story not in slugs:
        known = ", ".join(slugs) or "none"
        message = f"no such story; there are: {known}"
        reporter.report(Problem(where=arguments.story, code="no_story", message=message))
        return None
    return [arguments.story] if arguments.story else slugs
