"""Write a story as a folder of static files, from a desk's data folder; with --watch, as it goes on."""

from __future__ import annotations

import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import timedelta
from pathlib import Path

from sourcier.commands.serve import say
from sourcier.commands.stored import opened, story_arguments
from sourcier.commands.streams import BAD_INPUT, FINE, WRONG_USAGE, Reporter

NAME = "publish"
HELP = "a story in, static pages and data out"
LOOK = 0.5
"""Seconds between two looks at the data folder."""


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``sourcier publish``."""
    story_arguments(parser)
    parser.add_argument(
        "--base",
        type=_address,
        metavar="URL",
        help="where FOLDER is served: the feeds and other formats are written too",
    )
    parser.add_argument(
        "--watch", action="store_true", help="follow the data folder until Ctrl-C (docs/scale.md)"
    )
    parser.add_argument(
        "--keep",
        type=_whole,
        default=24,
        metavar="HOURS",
        help="with --watch: how long a replaced page stays fetchable (default %(default)s)",
    )


def run(arguments: Namespace) -> int:
    """Write the pages of one story or all."""
    if arguments.watch and arguments.at:
        say("sourcier publish: --watch follows the present, --at is a moment of the past")
        return WRONG_USAGE
    reporter = Reporter()
    slugs = opened(arguments, reporter)
    if slugs is None:
        return BAD_INPUT
    if arguments.watch:
        _watch(arguments, reporter)
    else:
        _freeze(arguments, slugs, reporter)
    return FINE


def _freeze(arguments: Namespace, slugs: list[str], reporter: Reporter) -> None:
    from sourcier.desk import clock, store
    from sourcier.publish.site import write_site
    from sourcier.publish.taken import write_formats

    for slug in slugs:
        story = store.story(slug, at=arguments.at, now=clock.now())
        folder = Path(arguments.folder) / slug
        made = write_site(story, folder, story.languages, store.picture_files)
        if arguments.base:
            told = store.with_alert_history(story)
            made += write_formats(told, folder, arguments.base, reporter.report)
        for path in made:
            say(str(path))


def _watch(arguments: Namespace, reporter: Reporter) -> None:
    from sourcier.desk import clock, store
    from sourcier.run.publishing import Publishing

    publishing = Publishing(
        Path(arguments.folder),
        load=lambda slug: store.with_alert_history(store.story(slug, now=clock.now())),
        mark=store.mark,
        pictures=store.picture_files,
        now=clock.now,
        report=reporter.report,
        keep=timedelta(hours=arguments.keep),
        base=arguments.base,
    )
    try:
        while True:
            store.renew_connection()
            slugs = [arguments.story] if arguments.story else [slug for slug, _ in store.stories()]
            for slug in publishing.look(slugs):
                say(f"{clock.now():%H:%M:%S}Z {slug}")
            time.sleep(LOOK)
    except KeyboardInterrupt:
        say("\nStopped.")


def _address(text: str) -> str:
    if not text.startswith(("https://", "http://")):
        raise ArgumentTypeError(f"not a web address: {text}")
    return text


def _whole(value: str) -> int:
    """Check a whole number of at least one for argparse."""
    if not value.isascii() or not value.isdecimal() or not 1 <= int(value) <= 1_000_000:
        raise ArgumentTypeError(f"{value!r} is no whole number of at least 1")
    return int(value)
