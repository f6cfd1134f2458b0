"""What a correction changed, word by word, and where the earlier version can be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from sourcier.publish.typography import typeset_around_quotes
from sourcier.publish.view import View
from sourcier.types import Entry

Change = tuple[Literal["same", "del", "ins"], str]


@dataclass(frozen=True, slots=True)
class Correction:
    """The changed sentences as (kind, words), when, and the address of the version before."""

    clock: str
    changes: tuple[Change, ...]
    earlier: str
    earlier_version: int


def correction(view: View, entry: Entry) -> Correction | None:
    """Return what an entry's newest version corrected; None for one that stands uncorrected."""
    if entry.state != "corrected":
        return None
    earlier = [
        version
        for version in view.story.history.get(entry.id, ())
        if version.version < entry.version
    ]
    before = max(earlier, key=lambda version: version.version) if earlier else None
    return Correction(
        clock=view.moment(entry.updated),
        changes=tuple(_changes(view, before, entry)) if before else (),
        earlier=view.links.version(entry.id, before.version) if before else "",
        earlier_version=before.version if before else 0,
    )


def _changes(view: View, before: Entry, after: Entry) -> list[Change]:
    (new, language), (old, old_language) = view.text(after), view.text(before)
    if language != old_language:
        return []
    found: list[Change] = []
    for was, now in _changed_sentences(
        f"{old.headline}\n{old.body}", f"{new.headline}\n{new.body}"
    ):
        found += word_changes(
            typeset_around_quotes(was, language), typeset_around_quotes(now, language)
        )
    return found


def _changed_sentences(old: str, new: str) -> list[tuple[str, str]]:
    was, now = _sentences(old), _sentences(new)
    blocks = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    return [
        (" ".join(was[a:b]), " ".join(now[c:d])) for tag, a, b, c, d in blocks if tag != "equal"
    ]


def _sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?…])\s+|\n+", text) if part]


def word_changes(old: str, new: str) -> list[Change]:
    """Return how `old` became `new`, in runs of words."""
    was, now = old.split(" "), new.split(" ")
    found: list[Change] = []
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", " ".join(was[a:b])))
            continue
        if a < b:
            found.append(("del", " ".join(was[a:b])))
        if c < d:
            found.append(("ins", " ".join(now[c:d])))
    return found
