"""Fitting places: whether two bundles are at one place, or one within the other."""

from __future__ import annotations

from typing import Any

from sourcier.types import Place
from sourcier.weave import tables
from sourcier.weave.bundles import Bundle
from sourcier.weave.fitting_parts import Part
from sourcier.weave.rules import Rule, because


def compare_places(bundle: Bundle, leader: Bundle, strength: float) -> Part | None:
    """Compare places: the same, one within the other, alike by name; where none is given, ask for proof."""
    mine, theirs = bundle.place, leader.place
    if mine is None or theirs is None:
        words = bundle.kind in ("statement", "measure") and bundle.kind == leader.kind
        rare = bundle.families and leader.families and not is_common(bundle, leader)
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
    common = is_common(bundle, leader)
    names: dict[str, Any] = {"name": mine.name, "other": theirs.name}
    if "country" in (mine.precision, theirs.precision):
        outer = mine if mine.precision == "country" else theirs
        return _within(bundle, leader, outer, 1.0) if strength >= (1 if common else 0) else None
    if "region" not in (mine.precision, theirs.precision):
        wide = is_wide(bundle) and is_wide(leader) and bundle.region == leader.region
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


def _wide_apart(bundle: Bundle, leader: Bundle) -> bool:
    """Tell whether two bundles name different things, frequent ones, in the same wide area."""
    if bundle.place is None or bundle.place.precision not in ("region", "country"):
        return False
    firm = [{kind for kind in one.kinds if not tables.is_loose(kind)} for one in (bundle, leader)]
    return is_common(bundle, leader) and all(firm) and not set.intersection(*firm)


def is_common(bundle: Bundle, leader: Bundle) -> bool:
    """Tell whether one of two bundles may tell of what a country sees many times a day."""
    return bool((bundle.families | leader.families) & tables.frequent())


def is_wide(bundle: Bundle) -> bool:
    """Tell whether a bundle tells of what covers a region: a storm, a flood, an outage."""
    return bundle.region is not None and bool(bundle.families) and bundle.families <= tables.wide()


def _alike(bundle: Bundle, leader: Bundle) -> bool:
    return bool(words(bundle) & words(leader))


def words(bundle: Bundle) -> set[str]:
    """Return the words of the names of its place."""
    return {word for name in bundle.names for word in name.split("-")}
