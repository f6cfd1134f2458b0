"""Dispatches: the versions of each, which one stands, and what an edit changed."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from sourcier.types import Capture, Claim, Evidence, Toll
from sourcier.weave import tables
from sourcier.weave.facts import fact
from sourcier.weave.folding import fold
from sourcier.weave.rules import Rule, because


class Difference(NamedTuple):
    """A claim that an edit changed: what it was, what it is; None where it came or went."""

    before: Claim | None
    after: Claim | None

    def data(self) -> dict[str, Any]:
        """Return the difference as plain data."""
        claim = self.after or self.before
        assert claim is not None
        return {"kind": claim.kind, "before": _shown(self.before), "after": _shown(self.after)}


class Version(msgspec.Struct, frozen=True, order=True, gc=False):
    """One version of a dispatch: its number, when it was captured, and which capture it is."""

    number: int
    moment: str
    id: str
    deleted: bool


class Dispatches:
    """The versions of every dispatch, newest last."""

    def __init__(self) -> None:
        self._versions: dict[str, tuple[Version, ...]] = {}

    def add(self, capture: Capture) -> str | None:
        """Take a version in; return the id of the one that stood before, if this one is newer."""
        versions = self._versions.get(capture.dispatch, ())
        moment = capture.retrieved or capture.updated or capture.published
        fresh = Version(capture.version, moment.isoformat(), capture.id, capture.deleted)
        self._versions[capture.dispatch] = tuple(sorted((*versions, fresh)))
        return versions[-1].id if versions and max(versions) < fresh else None

    def latest(self, dispatch: str) -> Version | None:
        """Return the version that stands; None for a dispatch of which no text is known."""
        versions = self._versions.get(dispatch)
        return versions[-1] if versions else None

    def is_deleted(self, dispatch: str) -> bool:
        """Tell whether a dispatch was deleted at its source."""
        latest = self.latest(dispatch)
        return latest is not None and latest.deleted

    def versions(self, dispatch: str) -> tuple[Version, ...]:
        """Return all versions, oldest first."""
        return self._versions.get(dispatch, ())

    def withdrawn(self, claim: Claim, standing: tuple[Claim, ...]) -> Evidence | None:
        """Return why a claim no longer stands: its dispatch was deleted, or edited and lacks it now.

        `standing` are the claims of the version that stands.
        """
        latest = self.latest(claim.dispatch)
        if latest is None or latest.id == claim.capture:
            return None
        if latest.deleted:
            return because(Rule.DISPATCH_DELETED, latest.id, version=latest.number)
        if any(_same(claim, other) for other in standing):
            return None
        return because(Rule.FIGURE_EDITED, latest.id, version=latest.number)


def differences(before: tuple[Claim, ...], after: tuple[Claim, ...]) -> list[Difference]:
    """Return what an edit changed: claims paired where they tell of one thing with another figure."""
    gone = [claim for claim in before if not any(_same(claim, other) for other in after)]
    come = [claim for claim in after if not any(_same(claim, other) for other in before)]
    found: list[Difference] = []
    for claim in gone:
        match = next((other for other in come if _slot(other) == _slot(claim)), None)
        if match is not None:
            come.remove(match)
        found.append(Difference(claim, match))
    return [*found, *(Difference(None, claim) for claim in come)]


def tells_of_change(before: Capture, after: Capture) -> bool:
    """Tell whether a new version says of itself that it was changed, where the old one did not."""
    notice = tables.pattern("notice", after.language)
    if notice is None:
        return False
    return len(notice.findall(fold(after.text))) > len(notice.findall(fold(before.text)))


def _same(one: Claim, other: Claim) -> bool:
    if isinstance(one, Toll) and isinstance(other, Toll):
        mine = (one.low, one.high, one.qualifier, one.provisional, one.of)
        if mine != (other.low, other.high, other.qualifier, other.provisional, other.of):
            return False
    return fact(one) == fact(other)


def _slot(claim: Claim) -> tuple[object, ...]:
    """Return what stays of a claim when its figure is edited."""
    if isinstance(claim, Toll):
        return "toll", claim.outcome, claim.of, claim.part_of is None, claim.role
    return fact(claim)[:2]


def _shown(claim: Claim | None) -> dict[str, Any] | None:
    if claim is None:
        return None
    shown: dict[str, Any] = {"claim": claim.id, "quote": claim.quote}
    if isinstance(claim, Toll):
        shown |= {
            "outcome": claim.outcome,
            "of": list(claim.of),
            "low": claim.low,
            "high": claim.high,
            "qualifier": claim.qualifier,
            "provisional": claim.provisional,
        }
    return shown
