"""An entry as it stands at the desk."""

from __future__ import annotations

from dataclasses import dataclass

from sourcier.types import Entry


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest version of an entry, or the newest draft of it where that is newer.

    `topic` is what it is about, `by` who wrote it ("": the desk itself), `published` the newest
    version that readers have.
    """

    entry: Entry
    topic: str = ""
    by: str = ""
    published: Entry | None = None
