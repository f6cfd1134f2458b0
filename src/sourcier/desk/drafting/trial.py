"""What rules would have done with what came in. Pure.

Each batch is proposed on as things really stood then, so that the rules tried and those in force are
asked about the very same proposals: what an editor did meanwhile is not undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sourcier.desk.drafting.again import corroborated
from sourcier.desk.drafting.material import Material, Proposal
from sourcier.desk.drafting.origins import among
from sourcier.desk.drafting.propose import propose
from sourcier.desk.drafting.rules import Outcome, Rules, Subject, decide, subject
from sourcier.types import Change, Entry, EntryText


@dataclass(frozen=True, slots=True)
class Tried:
    """One proposal: what would have become of it, what the rules in force say, what the desk made of it."""

    at: datetime
    subject: Subject
    topic: str
    texts: dict[str, EntryText]
    event: str | None
    would: Outcome
    now: Outcome
    made: Entry | None


def tried(
    at: datetime,
    changes: Iterable[Change],
    material: Material,
    made: dict[str, Entry],
    rules: tuple[Rules, Rules],
) -> Iterator[Tried]:
    """Yield what a batch comes to under the `rules` tried and those in force; `made` is by topic."""
    changes = tuple(changes)
    for proposal in (*propose(changes, material), *corroborated(changes, material)):
        really = made.get(proposal.topic)
        origins = _origins(proposal, material, really)
        would, now = (decide(proposal, material, each, origins=origins) for each in rules)
        yield Tried(
            at,
            subject(proposal),
            proposal.topic,
            proposal.texts,
            proposal.event,
            would,
            now,
            really,
        )


def _origins(proposal: Proposal, material: Material, really: Entry | None) -> int:
    """Return from how many origins a proposal was known: as counted then, else by those of its event."""
    if really:
        return len(really.origins.origins)
    claims = [material.claims[key] for key in proposal.claims if key in material.claims]
    event = material.events.get(proposal.event or "")
    return len(among(event, claims, material.captures).origins)
