"""Write a story's data set: claims, events, ledgers, alerts, origins as Parquet, CSV and JSON lines.

The tables also come in the shapes of ACLED, UCDP GED and PLOVER; datapackage.json says what each column
holds. Without --published all that was captured, read and woven is written, drafts' material too.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from sourcier.commands.serve import say
from sourcier.commands.stored import opened, story_arguments
from sourcier.commands.streams import BAD_INPUT, FINE, Reporter

NAME = "export"
HELP = "a story in, its data set out: Parquet, CSV, JSON lines"
FORMATS = ("parquet", "csv", "jsonl")


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``sourcier export``."""
    story_arguments(parser)
    parser.add_argument(
        "--format",
        choices=FORMATS,
        action="append",
        help="one of them alone; may be repeated (default: all)",
    )
    parser.add_argument(
        "--published", action="store_true", help="only what the published page rests on"
    )


def run(arguments: Namespace) -> int:
    """Write the data set of one story or all."""
    slugs = opened(arguments, Reporter())
    if slugs is None:
        return BAD_INPUT

    from sourcier.desk import clock, store
    from sourcier.publish.dataset.files import write_dataset

    take = store.story if arguments.published else store.everything
    for slug in slugs:
        story = take(slug, at=arguments.at, now=clock.now())
        folder = Path(arguments.folder) / slug
        for path in write_dataset(story, folder, arguments.format or FORMATS):
            say(str(path))
    return FINE
