"""A background card's versions, each beside the one before it; a form filled in over an older one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.http import QueryDict

from sourcier.desk import store
from sourcier.desk.drafting.cards import Card
from sourcier.desk.drafting.worddiff import Piece, changes
from sourcier.desk.screens.entry import conflicts
from sourcier.desk.screens.entry.conflicts import Conflict
from sourcier.desk.screens.managing import card_form
from sourcier.messages import languages


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a card: what is another in it, by field of its form; `first` is the whole first one.

    `done` is ``retire`` or ``unretire`` where it was.
    """

    card: Card
    first: Mapping[str, str] = field(default_factory=dict)
    changes: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)
    done: str = ""


_LISTED = ("names", "sources")
_SHOWN = ("names", *(f"text-{code}" for code in languages()), "sources")
"""The fields of a card's form by which a version is told."""


def fields(card: Card) -> dict[str, str]:
    """Return what a card says by the fields of its form, each name and source ending its line."""
    values = card_form.shown(card)
    return {
        name: f"{values[name]}\n" if name in _LISTED and values[name] else values[name]
        for name in _SHOWN
    }


def compared(versions: Sequence[Card]) -> Iterator[Version]:
    """Yield versions, given and told the newest first; one whose former version is not given is left out."""
    for after, before in pairwise(versions):
        retired = "retire" if after.retired else "unretire"
        yield Version(
            after,
            changes=changes(fields(before), fields(after)),
            done=retired if after.retired != before.retired else "",
        )
    if versions and versions[-1].version == 1:
        yield Version(versions[-1], first=fields(versions[-1]))


def conflict(sent: QueryDict, versions: Sequence[Card]) -> Conflict:
    """Put what was sent together with the newest of a card's `versions`, as `conflicts.conflict` does."""
    now, before = versions[0], _version(versions, conflicts.began(sent))
    texts = conflicts.merged(sent, before.texts if before else {}, now.texts, languages())
    return Conflict(store.names([now.by])[now.by], now.at, conflicts.began(sent), texts)


def put_together(sent: QueryDict, found: Conflict, versions: Sequence[Card]) -> QueryDict:
    """Return the form with the texts put together, typed over the newest version.

    Names and sources are those that both have: no choice is needed, and none of either is lost.
    """
    form, now = conflicts.typed_over(sent, found), versions[0]
    seen = _version(versions, sent.get("seen", ""))
    for name in _LISTED:
        base = _lines(card_form.shown(seen)[name]) if seen else []
        theirs, mine = _lines(card_form.shown(now)[name]), _lines(sent.get(name, ""))
        form[name] = "\n".join(conflicts.united(base, theirs, mine))
    form["seen"] = str(now.version)
    return form


def _version(versions: Sequence[Card], number: str) -> Card | None:
    return next((one for one in versions if str(one.version) == number), None)


def _lines(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [line for line in dict.fromkeys(lines) if line]
