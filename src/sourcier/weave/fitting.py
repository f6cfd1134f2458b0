"""Fitting: whether two bundles tell of one event, how well, and why."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import NamedTuple

from sourcier.types import Alert, Evidence
from sourcier.weave import rules, tables
from sourcier.weave.bundles import Bundle
from sourcier.weave.fitting_parts import ONE, TWO, Part, Ties
from sourcier.weave.fitting_places import compare_places, is_common
from sourcier.weave.fitting_times import compare_times, hours
from sourcier.weave.rules import Rule, because

_TOLD = 0.5  # what a figure of both weighs; half of it where it is one, as in most reports
_KIN = 3.0  # what the names of one story weigh at most


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
    place = compare_places(bundle, other, strength) or _outweighed(bundle, other, people, kin)
    if place is None:
        return None
    when = compare_times(bundle, other, strength)
    if when is None and apart:
        when = _followed_up(bundle, other, people, kin)
    if when is None:
        return None
    kinds = _kinds(bundle, other, strength) or _retold(bundle, other, kin)
    if kinds is None:
        return None
    parts = (place, when, kinds, *shared)
    return Fit(sum(weight for weight, _ in parts), tuple(why for _, why in parts))


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
            min(TWO, ONE * len(people)),
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
    if not kin and people < ONE:
        return None
    near = bundle.region == other.region or abs(bundle.moment - other.moment) <= rules.TOLD_WITHIN
    if not kin and people < (ONE if near and not is_common(bundle, other) else TWO):
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
        return 0.5, hours(Rule.TOLD_AFTER, bundle, apart)
    if people < (ONE if here else TWO):
        return None
    if apart > rules.FOLLOWED_UP and not (here and people >= TWO):
        return None
    return 0.5, hours(Rule.TOLD_AFTER, bundle, apart)
