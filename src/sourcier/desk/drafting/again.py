"""Drafts that a second origin confirmed: what the rules are asked about once more. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from sourcier.desk.drafting.material import Material, Proposal
from sourcier.desk.drafting.propose import stands_alone
from sourcier.desk.drafting.standing import Standing
from sourcier.types import Change, EntryKind

_KINDS: tuple[EntryKind, ...] = ("toll", "occurrence", "measure", "alert")


def corroborated(changes: Iterable[Change], material: Material) -> tuple[Proposal, ...]:
    """Return the desk's own drafts, seen by no reader yet, that a second origin told in `changes`."""
    claims = {
        key for change in changes if change.kind == "claim_corroborated" for key in change.claims
    }
    waiting = (found for found in material.standing if claims.intersection(found.entry.claims))
    again = (_proposal(found) for found in waiting if _is_own_draft(found))
    return tuple(made for made in again if stands_alone(made, material))


def _is_own_draft(found: Standing) -> bool:
    own = not found.by and not found.published and bool(found.topic)
    return own and found.entry.kind in _KINDS


def _proposal(found: Standing) -> Proposal:
    entry = found.entry
    return Proposal(
        "add", entry.kind, found.topic, entry.claims, entry.texts,
        entry.event, entry.place, entry.zone, entry,
    )  # fmt: skip
