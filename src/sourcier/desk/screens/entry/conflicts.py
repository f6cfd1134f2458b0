"""A form that was filled in over a version that is not the newest any more: both put together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict

from sourcier.desk import store
from sourcier.desk.drafting.merge import Choice, Clash, Merge, merge
from sourcier.desk.drafting.standing import Standing
from sourcier.desk.screens.entry import composer
from sourcier.types import Entry, EntryText

CHOICES: tuple[Choice, ...] = ("mine", "theirs", "both")


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one language: what one typed, how it was put together, what was chosen where both changed."""

    mine: str
    merged: Merge
    choices: dict[int, Choice]

    @property
    def text(self) -> str:
        """Return the text as it stands with what was chosen."""
        return self.merged.text(self.choices)

    @property
    def clashes(self) -> tuple[tuple[int, Clash, Choice], ...]:
        """Return each clash with its number and what was chosen there."""
        each = enumerate(self.merged.clashes)
        return tuple((n, clash, self.choices.get(n, "mine")) for n, clash in each)


@dataclass(frozen=True, slots=True)
class Conflict:
    """What somebody else did meanwhile, and each text put together.

    `by` is the name that others read, "" for the desk.
    `base` is the stamp of the version that one began from.
    """

    by: str
    at: datetime
    base: str
    texts: dict[str, Text]

    @property
    def open(self) -> bool:
        """Tell whether there is something to choose."""
        return any(text.clashes for text in self.texts.values())


def conflict(sent: QueryDict, standing: Standing, languages: tuple[str, ...]) -> Conflict:
    """Put what was sent together with how the entry stands.

    What one typed is in ``mine-<language>`` where the form was put together before, else in
    ``text-<language>``. Where the version that one began from cannot be told, what stands is taken for it
    to be a change of nothing: all differences are to be chosen.
    """
    base = _version(standing.entry, began(sent))
    texts = merged(sent, base.texts if base else {}, standing.entry.texts, languages)
    by = store.names([standing.by])[standing.by]
    return Conflict(by, standing.entry.updated, began(sent), texts)


def began(sent: QueryDict) -> str:
    """Return the stamp of the version that one began from, "" where the form does not tell."""
    return sent.get("base") or sent.get("seen") or ""


def merged(
    sent: QueryDict,
    base: Mapping[str, EntryText],
    theirs: Mapping[str, EntryText],
    languages: Iterable[str],
) -> dict[str, Text]:
    """Put the texts of a form together with how they stand, by language."""
    texts = {}
    for code in languages:
        mine = _plain(sent.get(f"mine-{code}", sent.get(f"text-{code}", "")))
        made = merge(composer.joined(base, code), composer.joined(theirs, code), mine)
        texts[code] = Text(mine, made, _choices(sent, code))
    return texts


def put_together(sent: QueryDict, found: Conflict, standing: Standing) -> QueryDict:
    """Return the form with the texts put together, typed over what stands.

    Kind and claims are one's own where one changed them.
    """
    form = typed_over(sent, found)
    base = _version(standing.entry, found.base)
    if base and not sent.get("base"):
        claims = united(base.claims, standing.entry.claims, sent.getlist("claim"))
        form.setlist("claim", claims)
        if sent.get("kind") == base.kind:
            form["kind"] = standing.entry.kind
    form["seen"] = composer.stamp(standing)
    return form


def typed_over(sent: QueryDict, found: Conflict) -> QueryDict:
    """Return the form with the texts put together.

    What was written by hand over a former outcome (``was-<language>``) stays.
    """
    form = sent.copy()
    for code, text in found.texts.items():
        before = sent.get(f"was-{code}")
        typed = _plain(sent.get(f"text-{code}", ""))
        form[f"text-{code}"] = (
            text.text if before is None else merge(_plain(before), text.text, typed).text()
        )
    return form


def united(base: Collection[str], theirs: Collection[str], mine: Collection[str]) -> list[str]:
    """Return things of which each is once there with what both added, without what either took out."""
    kept = [one for one in theirs if one in mine or one not in base]
    return [*kept, *(one for one in mine if one not in base and one not in theirs)]


def outcome(found: Conflict, form: QueryDict) -> dict[str, Any]:
    """Return what a script needs of texts put together: as `text`, as they came out, and the new stamp."""
    return {
        "texts": {code: form[f"text-{code}"] for code in found.texts},
        "was": {code: text.text for code, text in found.texts.items()},
        "seen": form["seen"],
    }


def _version(entry: Entry, stamp: str) -> Entry | None:
    version, _, at = stamp.partition("/")
    try:
        return store.version_at(entry.story, entry.id, int(version[:9]), _moment(at))
    except ValueError:
        return None


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text[:40])
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


def _choices(sent: Mapping[str, str], code: str) -> dict[int, Choice]:
    found: dict[int, Choice] = {}
    for name, value in sent.items():
        number = name.removeprefix(f"pick-{code}-")
        if name != number and number.isascii() and number.isdigit() and len(number) < 6:
            chosen = next((choice for choice in CHOICES if choice == value), None)
            if chosen:
                found[int(number)] = chosen
    return found


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
