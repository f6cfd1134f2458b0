"""Whom the sources may write to: an address that each request carries in its User-Agent."""

from __future__ import annotations

import os
from argparse import ArgumentParser, ArgumentTypeError


def add_contact(parser: ArgumentParser) -> None:
    """Add ``--contact``, which $SOURCIER_CONTACT sets too, else `contact` in the file of sources."""
    parser.add_argument(
        "--contact",
        metavar="ADDRESS",
        type=_address,
        default=os.environ.get("SOURCIER_CONTACT", ""),
        help="mail or web address for the User-Agent, so that a source can reach you "
        "(default: $SOURCIER_CONTACT, else contact in the file)",
    )


def _address(text: str) -> str:
    """Return an address as a header can carry it, "" for none."""
    from sourcier.gather.contact import is_contact

    if text and not is_contact(text):
        raise ArgumentTypeError(f"neither a mail nor a web address: {text!r}")
    return text
