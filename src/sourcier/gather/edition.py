"""Edition: which of two versions of a dispatch its publisher made first, in whatever order they come."""

from __future__ import annotations

from datetime import datetime

import msgspec

_MOST_DIGITS = 18  # of a number that is kept as 64 bits


class Edition(msgspec.Struct, frozen=True, gc=False):
    """The publisher's number of a version, and when it was created (aware); null where it is not told."""

    number: int | None = None
    created: datetime | None = None

    def is_before(self, other: Edition) -> bool:
        """Tell whether this version is the older one: number or time say so, and neither the contrary."""
        signs = set[int]()
        if self.number is not None and other.number is not None:
            signs.add((self.number > other.number) - (self.number < other.number))
        if self.created and other.created:
            signs.add((self.created > other.created) - (self.created < other.created))
        return -1 in signs and 1 not in signs


def edition(version: str | None, created: datetime | None) -> Edition:
    """Return the edition of a version as a wire writes it: a number, or nothing to go by."""
    digits = (version or "").strip()
    sound = digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS
    return Edition(int(digits) if sound else None, created)
