"""Make a link of one use: for a new user of the desk, or for a new password of one who is known.

It works while the desk runs, and is the way in again for an administrator who lost theirs.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sourcier.commands.serve import data_folder, say
from sourcier.commands.streams import BAD_INPUT, FINE

NAME = "invite"
HELP = "make a link that lets somebody into the desk"

_ROLES = ("reader", "reporter", "verifier", "editor", "administrator")


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``sourcier invite``."""
    parser.add_argument("--data", default="data", help="data folder (default ./%(default)s)")
    parser.add_argument(
        "--role",
        choices=_ROLES,
        default="reporter",
        help="role in all stories (default %(default)s)",
    )
    parser.add_argument(
        "--days", type=int, default=7, help="how long it works (default %(default)s)"
    )
    parser.add_argument("--note", default="", help="whom it is for, as the list of links shows it")
    parser.add_argument("--again", metavar="NAME", help="a new password for this user, for one day")
    parser.add_argument(
        "--url", default="", help="address of the desk (default: SOURCIER_URL, or this computer)"
    )


def run(arguments: Namespace) -> int:
    """Print the link."""
    from sourcier.desk.setup import invitation_link, prepare, renewal_link

    prepare(data_folder(arguments.data))
    from django.conf import settings

    from sourcier.desk.actions import NoSuchUserError

    base = (arguments.url or settings.URL or "http://localhost:8000").rstrip("/") + "/"
    if not arguments.again:
        role, days, note = arguments.role, arguments.days, arguments.note
        say(invitation_link(base, role, days=days, note=note))
        return FINE
    try:
        say(renewal_link(base, arguments.again))
    except NoSuchUserError:
        say(f"sourcier invite: nobody at the desk is called {arguments.again}")
        return BAD_INPUT
    return FINE
