"""Whom the sources may write to: an address that each request carries in its User-Agent."""

from __future__ import annotations

import os
import re
from argparse import ArgumentParser, ArgumentTypeError

_ADDRESS = re.compile(r"[^\s@()]+@[^\s@()]+|https?://[^\s()]+")


def add_contact(parser: ArgumentParser) -> None:
    """Add ``--contact``, which $SOURCIER_CONTACT sets too."""
    parser.add_argument(
        "--contact",
        metavar="ADDRESS",
        type=_address,
        default=os.environ.get("SOURCIER_CONTACT", ""),
        help="mail or web address for the User-Agent, so that a source can reach you "
        "(default: $SOURCIER_CONTACT)",
    )


def _address(text: str) -> str:
    """Return an address as a header can carry it, "" for none."""
    if text and not (text.isascii() and text.isprintable() and _ADDRESS.fullmatch(text)):
        raise ArgumentTypeError(f"neither a mail nor a web address: {text!r}")
    return text
