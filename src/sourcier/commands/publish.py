"""Write a story as a folder of static files that open without a server, from a desk's data folder."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from sourcier.commands.serve import say
from sourcier.commands.stored import opened, story_arguments
from sourcier.commands.streams import BAD_INPUT, FINE, Reporter

NAME = "publish"
HELP = "a story in, static pages and data out"


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``sourcier publish``."""
    story_arguments(parser)


def run(arguments: Namespace) -> int:
    """Write the pages of one story or all."""
    slugs = opened(arguments, Reporter())
    if slugs is None:
        return BAD_INPUT

    from sourcier.desk import clock, store
    from sourcier.publish.site import write_site

    for slug in slugs:
        story = store.story(slug, at=arguments.at, now=clock.now())
        for path in write_site(story, Path(arguments.folder) / slug, story.languages):
            say(str(path))
    return FINE
