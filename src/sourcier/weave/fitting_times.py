"""Fitting times: whether two bundles tell of one time, or one of what came after the other."""

from __future__ import annotations

from datetime import datetime, timedelta

from sourcier.types import Evidence
from sourcier.weave import rules, tables
from sourcier.weave.bundles import Bundle, Window
from sourcier.weave.fitting_parts import TWO, Part
from sourcier.weave.rules import Rule, because

_CLOCK = {"minute", "hour"}  # precisions of a time of day


def compare_times(bundle: Bundle, leader: Bundle, strength: float) -> Part | None:
    """Compare when two bundles happened; where one does not tell, by when it was told."""
    if _foretold(bundle, leader) or (_foretold(leader, bundle) and not _follows(bundle, leader)):
        return None
    if bundle.window and leader.window:
        return _windows(bundle, leader, strength)
    if leader.window:
        return _told_after(bundle, leader.window[0], bundle.moment, leader.window[1], strength)
    if bundle.window:
        return _told_after(bundle, bundle.window[0], leader.moment, bundle.window[1], strength)
    apart = abs(bundle.moment - leader.moment)
    if apart > (rules.TOLD_WITHIN_EVIDENCE if strength >= 1 else rules.SAME_MOMENT):
        return None
    return 1.0 - apart / timedelta(days=4), hours(Rule.TOLD_AFTER, bundle, apart)


def _foretold(bundle: Bundle, other: Bundle) -> bool:
    """Tell whether a report came before what another tells of began, so that it is of something else."""
    if other.time is None or {bundle.kind, other.kind} & {"statement", "measure"}:
        return False
    sure = bundle.site == other.site and not (bundle.at_home or other.at_home)
    return bundle.moment + (rules.NEAR if sure else rules.FORETOLD) < other.time.start


def _windows(bundle: Bundle, leader: Bundle, strength: float) -> Part | None:
    """Compare nights, or the times themselves where both tell the hour: two strikes of one night are two."""
    (start, end), (other_start, other_end) = _compared(bundle, leader, strength)
    gap = max(start, other_start) - min(end, other_end)
    near = rules.ALERT_NEAR if bundle.kind == leader.kind == "alert" else rules.NEAR
    if bundle.kind in ("statement", "measure"):
        near = rules.SAME_MOMENT
    if near < gap <= rules.AFTERMATH and _follows(bundle, leader):
        return 1.0 - gap / timedelta(days=4), hours(Rule.AFTERMATH, bundle, gap)
    if gap > near:
        return None
    shorter = min(end - start, other_end - other_start)
    overlap = min(1.0, max(0.0, -gap / shorter)) if shorter else 1.0
    return 1.0 + overlap, hours(Rule.TIMES_MEET, bundle, max(gap, timedelta()))


def _compared(bundle: Bundle, leader: Bundle, strength: float) -> tuple[Window, Window]:
    assert bundle.window and leader.window
    mine, theirs = bundle.time, leader.time
    if mine and theirs and strength < TWO and {mine.precision, theirs.precision} <= _CLOCK:
        return (mine.start, mine.end), (theirs.start, theirs.end)
    return bundle.window, leader.window


def _follows(bundle: Bundle, leader: Bundle) -> bool:
    """Tell whether a bundle tells what an attack left at its place: damage, a fire, a toll."""
    if bundle.window is None or leader.window is None:
        return False
    left = bundle.kind == "toll" or (bool(bundle.kinds) and bundle.kinds <= tables.aftermath())
    return left and bundle.window[0] >= leader.window[1] and bundle.site == leader.site


def _told_after(
    bundle: Bundle, start: datetime, told: datetime, end: datetime, strength: float
) -> Part | None:
    """Compare a time given with the moment of a report that gives none."""
    late = told - end
    limit = rules.TOLD_WITHIN_EVIDENCE if strength >= 0.5 else rules.TOLD_WITHIN
    if told < start - rules.NEAR or late > limit:
        return None
    late = max(late, timedelta())
    return 1.0 - late / timedelta(days=4), hours(Rule.TOLD_AFTER, bundle, late)


def hours(rule: Rule, bundle: Bundle, span: timedelta) -> Evidence:
    """Return the evidence of a rule about times, which are so far apart."""
    place = bundle.time.span if bundle.time else None
    return because(rule, bundle.capture, place, hours=round(span.total_seconds() / 3600, 1))
