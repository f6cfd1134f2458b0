"""Fitting: whether two bundles tell of one event, how well, and why."""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterator, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple

from sourcier.types import Alert, Evidence, Place
from sourcier.weave import rules, tables
from sourcier.weave.bundles import Bundle, Window
from sourcier.weave.kinship import Kin
from sourcier.weave.rules import Rule, because

Key = tuple[Hashable, ...]
_ONE, _TWO = 1.5, 3.0  # what one person and two people named by both weigh
_TOLD = 0.5  # what a figure of both weighs; half of it where it is one, as in most reports
_CLOCK = {"minute", "hour"}  # precisions of a time of day
_KIN = 3.0  # what the names of one story weigh at most


class Ties(NamedTuple):
    """What ties a bundle's capture to others: those that it descends from, and those of one story."""

    ancestors: tuple[str, ...] = ()
    kin: Mapping[str, Kin] = MappingProxyType({})


class Fit(NamedTuple):
    """How well a bundle fits another (more is better) and the evidence."""

    score: float
    why: tuple[Evidence, ...]


def fit(bundle: Bundle, leader: Bundle, ties: Ties, public: Container[str]) -> Fit | None:
    """Return how well `bundle` fits the event that `leader` opened, or None where it does not.

    `ties` are those of the bundle's capture, `public` the names that many stories hold.
    """
    return weigh(bundle, leader, tuple(proof(bundle, leader, ties, public)))


def weigh(bundle: Bundle, other: Bundle, shared: tuple[Part, ...]) -> Fit | None:
    """Return how well a bundle fits another, given what they share beyond place and time."""
    strength = sum(weight for weight, _ in shared)
    people = sum(weight for weight, why in shared if why.rule == Rule.SAME_PEOPLE)
    apart = bool(shared) and _tells_apart(bundle, other)
    kin = apart and any(why.rule == Rule.SAME_STORY for _, why in shared)
    place = _place(bundle, other, strength) or _outweighed(bundle, other, people, kin)
    if place is None:
        return None
    when = _time(bundle, other, strength)
    if when is None and apart:
        when = _followed_up(bundle, other, people, kin)
    if when is None:
        return None
    kinds = _kinds(bundle, other, strength) or _retold(bundle, other, kin)
    if kinds is None:
        return None
    parts = (place, when, kinds, *shared)
    return Fit(sum(weight for weight, _ in parts), tuple(why for _, why in parts))


Part = tuple[float, Evidence]


def proof(bundle: Bundle, leader: Bundle, ties: Ties, public: Container[str]) -> Iterator[Part]:
    """Yield what two bundles share beyond place and time; `public` names tell nothing."""
    if leader.capture in ties.ancestors:
        yield 3.0, because(Rule.COPY_OF, bundle.capture, origin=leader.capture)
    if quotes := bundle.quotes & leader.quotes:
        yield 2.0, because(Rule.SAME_QUOTATION, bundle.capture, passages=len(quotes))
    if figures := bundle.figures & leader.figures:
        shown = [list(figure) for figure in sorted(figures)]
        yield (
            min(1.0, sum(_TOLD if n > 1 else _TOLD / 2 for _, n in figures)),
            because(Rule.SAME_FIGURES, bundle.capture, figures=shown),
        )
    people = [name for name in sorted(bundle.people & leader.people) if name not in public]
    if people and _happened(bundle) and _happened(leader):
        yield (
            min(_TWO, _ONE * len(people)),
            because(Rule.SAME_PEOPLE, bundle.capture, people=people),
        )
    kin = ties.kin.get(leader.capture)
    if kin is not None and bundle.main and leader.main:
        yield min(_KIN, kin.points), kin.why
    if speakers := bundle.speakers & leader.speakers:
        yield (
            min(1.0, 0.5 * len(speakers)),
            because(Rule.SAME_SPEAKERS, bundle.capture, speakers=sorted(speakers)),
        )


def _happened(bundle: Bundle) -> bool:
    return bool(bundle.families) or bundle.kind == "toll"


def _kinds(bundle: Bundle, leader: Bundle, strength: float) -> Part | None:
    """Compare what happened. Words alone join words of the same speaker, or what quotes them."""
    mine, theirs = bundle.families, leader.families
    why = because(Rule.COMPATIBLE_TYPES, bundle.capture, kind=bundle.kind, other=leader.kind)
    if mine and theirs:
        return (1.0 + (bundle.kind == leader.kind) / 2, why) if mine & theirs else None
    if bundle.kind in ("statement", "measure"):
        same = bundle.kind == leader.kind and bool(bundle.speakers & leader.speakers)
        return (1.0, why) if same or strength >= 2 else None
    if bundle.kind == "alert" and theirs:
        hazards = (c.hazard for c in bundle.claims if isinstance(c, Alert))
        return (0.5, why) if any(tables.hazard_families(h) & theirs for h in hazards) else None
    return (0.5, why) if leader.kind not in ("statement", "measure") else None


def _place(bundle: Bundle, leader: Bundle, strength: float) -> Part | None:
    """Compare places: the same, one within the other, alike by name; where none is given, ask for proof."""
    mine, theirs = bundle.place, leader.place
    if mine is None or theirs is None:
        words = bundle.kind in ("statement", "measure") and bundle.kind == leader.kind
        rare = bundle.families and leader.families and not _common(bundle, leader)
        enough = words or strength >= (0.5 if rare else 2)
        return (0.0, because(Rule.NO_PLACE, bundle.capture)) if enough else None
    if bundle.site == leader.site:
        if strength < 0.5 and _wide_apart(bundle, leader):
            return None
        return 3.0, because(Rule.SAME_PLACE, bundle.capture, mine.span, name=mine.name)
    if mine.country != theirs.country or mine.country is None:
        return None
    if bundle.kind == leader.kind == "alert":
        return None  # each area has its own
    common = _common(bundle, leader)
    names: dict[str, Any] = {"name": mine.name, "other": theirs.name}
    if "country" in (mine.precision, theirs.precision):
        outer = mine if mine.precision == "country" else theirs
        return _within(bundle, leader, outer, 1.0) if strength >= (1 if common else 0) else None
    if "region" not in (mine.precision, theirs.precision):
        wide = _is_wide(bundle) and _is_wide(leader) and bundle.region == leader.region
        return (1.0, because(Rule.SAME_REGION, bundle.capture, **names)) if wide else None
    if bundle.region and bundle.region == leader.region:
        outer = mine if mine.precision == "region" else theirs
        sure = strength >= 0.5 or not common or not outer.text
        return _within(bundle, leader, outer, 2.0 if outer.text else 1.5) if sure else None
    if not common and _alike(bundle, leader):
        return 1.5, because(Rule.SIMILAR_PLACE, bundle.capture, **names)
    return None


def _within(bundle: Bundle, leader: Bundle, outer: Place, weight: float) -> Part:
    assert bundle.place and leader.place
    inner = leader.place if outer is bundle.place else bundle.place
    why = because(Rule.PLACE_WITHIN, bundle.capture, name=inner.name, within=outer.name)
    return weight, why


def _tells_apart(bundle: Bundle, other: Bundle) -> bool:
    """Tell whether names tell things of this kind apart: not where one place sees many, as in a war."""
    told = bundle.families & other.families or bundle.families | other.families
    return not told or not told <= tables.frequent()


def _retold(bundle: Bundle, other: Bundle, kin: bool) -> Part | None:
    """Let the names of one story outweigh types that differ: one text calls a shooting an accident."""
    if not kin:
        return None
    return 0.0, because(Rule.OTHER_TYPE, bundle.capture, kind=bundle.kind, other=other.kind)


def _outweighed(bundle: Bundle, other: Bundle, people: float, kin: bool) -> Part | None:
    """Let the names of one story outweigh places that differ: one text names a suburb, or a hospital."""
    if not kin and people < _ONE:
        return None
    near = bundle.region == other.region or abs(bundle.moment - other.moment) <= rules.TOLD_WITHIN
    if not kin and people < (_ONE if near and not _common(bundle, other) else _TWO):
        return None
    if bundle.place is None or other.place is None:
        return (0.0, because(Rule.NO_PLACE, bundle.capture)) if kin else None
    names = {"name": bundle.place.name, "other": other.place.name}
    return 0.5, because(Rule.OTHER_PLACE, bundle.capture, bundle.place.span, **names)


def _followed_up(bundle: Bundle, other: Bundle, people: float, kin: bool) -> Part | None:
    """Let the names of one story join a later report: an arrest, a death in hospital, a trial."""
    here = bundle.site is not None and bundle.site == other.site
    apart = abs(bundle.moment - other.moment)
    if kin:
        return 0.5, _hours(Rule.TOLD_AFTER, bundle, apart)
    if people < (_ONE if here else _TWO):
        return None
    if apart > rules.FOLLOWED_UP and not (here and people >= _TWO):
        return None
    return 0.5, _hours(Rule.TOLD_AFTER, bundle, apart)


def _wide_apart(bundle: Bundle, leader: Bundle) -> bool:
    """Tell whether two bundles name different things, frequent ones, in the same wide area."""
    if bundle.place is None or bundle.place.precision not in ("region", "country"):
        return False
    firm = [{kind for kind in one.kinds if not tables.is_loose(kind)} for one in (bundle, leader)]
    return _common(bundle, leader) and all(firm) and not set.intersection(*firm)


def _common(bundle: Bundle, leader: Bundle) -> bool:
    """Tell whether one of two bundles may tell of what a country sees many times a day."""
    return bool((bundle.families | leader.families) & tables.frequent())


def _is_wide(bundle: Bundle) -> bool:
    return bundle.region is not None and bool(bundle.families) and bundle.families <= tables.wide()


def _alike(bundle: Bundle, leader: Bundle) -> bool:
    return bool(_words(bundle) & _words(leader))


def _words(bundle: Bundle) -> set[str]:
    return {word for name in bundle.names for word in name.split("-")}


def _time(bundle: Bundle, leader: Bundle, strength: float) -> Part | None:
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
    return 1.0 - apart / timedelta(days=4), _hours(Rule.TOLD_AFTER, bundle, apart)


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
        return 1.0 - gap / timedelta(days=4), _hours(Rule.AFTERMATH, bundle, gap)
    if gap > near:
        return None
    shorter = min(end - start, other_end - other_start)
    overlap = min(1.0, max(0.0, -gap / shorter)) if shorter else 1.0
    return 1.0 + overlap, _hours(Rule.TIMES_MEET, bundle, max(gap, timedelta()))


def _compared(bundle: Bundle, leader: Bundle, strength: float) -> tuple[Window, Window]:
    assert bundle.window and leader.window
    mine, theirs = bundle.time, leader.time
    if mine and theirs and strength < _TWO and {mine.precision, theirs.precision} <= _CLOCK:
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
    return 1.0 - late / timedelta(days=4), _hours(Rule.TOLD_AFTER, bundle, late)


def _hours(rule: Rule, bundle: Bundle, span: timedelta) -> Evidence:
    place = bundle.time.span if bundle.time else None
    return because(rule, bundle.capture, place, hours=round(span.total_seconds() / 3600, 1))


def leads(bundle: Bundle) -> Iterator[Key]:
    """Yield the keys under which an event's opening bundle is found."""
    start, end = bundle.window or (bundle.moment, bundle.moment)
    first = min(start, bundle.moment).toordinal() - 1
    last = min(end.toordinal() + rules.LOOKBACK_DAYS, first + 2 * rules.LOOKBACK_DAYS)
    for day in range(first, last + 1):
        for key in _places(bundle, opened=True):
            yield (day, *key)
        for topic in _topics(bundle):
            yield (day, *topic)
    yield from (("quotes", value) for value in bundle.quotes)
    yield from (("people", name) for name in bundle.people)
    yield ("capture", bundle.capture)


def asks(bundle: Bundle, ties: Ties) -> Iterator[Key]:
    """Yield the keys under which a bundle looks for an event; each meets one of `leads`."""
    times = {bundle.moment, *(bundle.window or ())}
    for day in {time.toordinal() for time in times}:
        for key in _places(bundle, opened=False):
            yield (day, *key)
        for topic in _topics(bundle) if bundle.place is None or not bundle.families else ():
            yield (day, *topic)
    yield from (("quotes", value) for value in bundle.quotes)
    yield from (("people", name) for name in bundle.people)
    yield from (("capture", name) for name in (*ties.ancestors, *ties.kin))


def _topics(bundle: Bundle) -> Iterator[Key]:
    """Yield what can join bundles without a place: who says something, or what rarely happens."""
    if bundle.kind in ("statement", "measure"):
        yield from (("says", bundle.kind, speaker) for speaker in bundle.speakers)
    if not bundle.families & tables.frequent():
        yield from (("kind", family) for family in bundle.families)


def _places(bundle: Bundle, *, opened: bool) -> Iterator[Key]:
    """Yield where a bundle is: its place, and what that lies in, or what lies in it."""
    place = bundle.place
    if place is None:
        return
    yield ("at", bundle.site)
    country, region = f"country:{place.country}", bundle.region
    within, around = ("in", "at") if opened else ("at", "in")
    if place.precision == "country":
        yield (around, country) if not opened else ("at", country)
        return
    yield (within, country)
    if region is not None:
        yield (within, region)
        if _is_wide(bundle):
            yield ("wide", region)
    if place.precision == "region":
        if region is not None:
            yield ("at", region) if opened else ("in", region)
        yield from (("name", place.country, word) for word in _words(bundle))
