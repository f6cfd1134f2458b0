"""Bundles: the claims of one capture that tell of the same thing.

``claims of a capture → anchors (occurrences) → tolls, alerts, statements, measures beside them``
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any

from sourcier.types import Alert, Capture, Claim, Measure, Occurrence, Place, Statement, Time, Toll
from sourcier.weave import tables
from sourcier.weave.archive import shared
from sourcier.weave.facts import number, spoken_by
from sourcier.weave.groups import Group, Groups, between, bluntness, distance
from sourcier.weave.names import body
from sourcier.weave.participants import participants
from sourcier.weave.passages import passages
from sourcier.weave.rules import NEAR
from sourcier.weave.zones import whole_night, zone_of

Window = tuple[datetime, datetime]

_STAMP = timedelta(minutes=1)  # a time that is the publication's own dates the text, not the event
_BESIDE = 400  # characters, where the paragraphs of a text are not known
_SHARED = ("kinds", "speakers", "quotes", "names", "people", "families", "site", "region")


@dataclass(eq=False, slots=True)
class Bundle:
    """Claims of one capture about one thing, and what they are compared by.

    `window` is when it happened, widened to the whole night; None where nothing is said. `moment` is
    when it was told. `kind` is the occurrence type, or ``toll``, ``alert``, ``statement``,
    ``measure``; `families` are those of what is told to have happened; `site` is the key of the place,
    `region` that of the region that it lies in. `main` tells whether it is what its text is about.
    `again` makes it anew, so that it may be folded.
    """

    id: str
    capture: str
    moment: datetime
    claims: list[Claim]
    kind: str
    kinds: frozenset[str]
    place: Place | None
    zone: str
    time: Time | None
    window: Window | None
    figures: frozenset[tuple[str, int]]
    speakers: frozenset[str]
    quotes: frozenset[int]
    names: frozenset[str]
    people: frozenset[str]
    main: bool
    families: frozenset[str] = field(init=False)
    site: str | None = field(init=False)
    region: str | None = field(init=False)
    rank: tuple[int, int, int, datetime, str] = field(init=False)
    again: Callable[[Bundle], Bundle] | None = field(init=False, default=None)
    folded: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        place = self.place
        self.site = tables.site(place) if place else None
        regional = place and (place.admin1 or place.precision == "region")
        self.region = tables.region(place) if place and regional else None
        self.families = frozenset().union(*map(tables.families, self.kinds))
        for name in _SHARED:
            setattr(self, name, shared(getattr(self, name)))
        self.rank = (*_bluntness(self), self.window[0] if self.window else self.moment, self.id)

    def fold(self) -> None:
        """Let go of all that follows from the claims, until it is asked for."""
        if self.again and not self.folded:
            self.folded = True
            for name in _FOLDED:
                delattr(self, name)

    def unfold(self) -> None:
        """Make all that was let go of again."""
        if self.again and self.folded:
            made, self.folded = self.again(self), False
            for part in _FOLDED:
                setattr(self, part, getattr(made, part))

    def __getattr__(self, name: str) -> Any:
        """Return what was let go of; nothing else comes here."""
        if name not in _FOLDED or not self.folded:
            raise AttributeError(name)
        self.unfold()
        return getattr(self, name)

    @property
    def at_home(self) -> bool:
        """Tell whether no words give the place: it is the home of the source."""
        return self.place is not None and not self.place.text

    @property
    def dispatch(self) -> str:
        """The dispatch of its capture."""
        return self.claims[0].dispatch


_KEPT = ("id", "capture", "moment", "rank", "again", "folded")
_FOLDED = tuple(part.name for part in fields(Bundle) if part.name not in _KEPT)


def _bluntness(bundle: Bundle) -> tuple[int, int, int]:
    """Return how little a bundle pins down: type, place, time; less sorts first and leads."""
    if bundle.kind in ("alert", "statement", "measure", "toll"):
        kind = {"toll": 2, "alert": 3, "measure": 4, "statement": 4}[bundle.kind]
    else:
        kind = int(all(map(tables.is_loose, bundle.kinds)))
    place = bluntness(bundle.place)[1] if bundle.place else 3
    if bundle.at_home and bundle.place:  # where a source is says little of where something was
        kind, place = (max(kind, 1), 2) if bundle.place.precision == "region" else (kind, place + 1)
    if bundle.window is None:
        return kind, place, 2
    return kind, place, int(bundle.window[1] - bundle.window[0] > timedelta(hours=16))


def bundles(capture: Capture | None, claims: Sequence[Claim], moment: datetime) -> list[Bundle]:
    """Return the bundles of one capture's news claims; background and running counts open none."""
    news = sorted(
        (c for c in claims if c.role == "news" and not _is_running_count(c)), key=lambda c: c.span
    )
    groups = Groups()
    for kind in (Occurrence, Toll, Alert, Measure, Statement):
        for claim in (c for c in news if isinstance(c, kind)):
            groups.put(claim, _home(claim, groups, capture))
    main = _main(groups.all)
    told = _with_words(groups.all, main)
    return [_bundle(capture, group.claims, moment, group is main) for group in told]


def _happenings(group: Group) -> int:
    return sum(isinstance(claim, Toll | Occurrence) for claim in group.claims)


def _main(groups: Sequence[Group]) -> Group | None:
    """Return the group that a text is about: that with most tolls and occurrences, else most claims."""
    return max(groups, key=lambda g: (_happenings(g), len(g.claims), -g.number), default=None)


def _with_words(groups: Sequence[Group], main: Group | None) -> list[Group]:
    """Give what is said without a place to the main group, if most of what a text tells is there."""
    if main is None or 2 * _happenings(main) <= sum(map(_happenings, groups)):
        return list(groups)
    kept = []
    for group in groups:
        if isinstance(group.first, Statement) and group.place is None:
            main.claims += group.claims
        else:
            kept.append(group)
    return kept


def _is_running_count(claim: Claim) -> bool:
    return isinstance(claim, Toll) and claim.scope == "cumulative"


def _home(claim: Claim, groups: Groups, capture: Capture | None) -> Group | None:
    """Return the group that a claim speaks of: the nearest that fits, in its own paragraph for words."""
    near = groups.near(claim)
    return next((group for group, beside in near if _fits(claim, group, beside, capture)), None)


def _fits(claim: Claim, group: Group, beside: list[Claim], capture: Capture | None) -> bool:
    """Tell whether a claim speaks of a group, of which `beside` are the claims that stand nearby."""
    match claim:
        case Occurrence():
            return bool(tables.families(claim.type) & group.families) and _together(claim, group)
        case Toll():
            return not isinstance(group.first, Measure) and _together(claim, group)
        case Alert():
            return isinstance(group.first, Occurrence | Alert) and _together(claim, group)
        case Measure():
            same_place = claim.place is not None and group.place is not None
            return same_place and _together(claim, group) and _beside(claim, beside, capture)
        case Statement():
            return _speaks_of(claim, group, beside, capture)


def _speaks_of(
    claim: Statement, group: Group, beside: list[Claim], capture: Capture | None
) -> bool:
    """Tell whether a statement speaks of a group: it overlaps it, or stands with it or its speaker."""
    if any(other.span[0] < claim.span[1] and claim.span[0] < other.span[1] for other in beside):
        return True
    same = spoken_by(claim) in group.speakers
    if isinstance(group.first, Statement):
        return same
    return same or _beside(claim, beside, capture)


def _together(one: Claim, group: Group) -> bool:
    """Tell whether place and time of a claim allow the event that a group of its capture tells of."""
    other = group.first
    if one.place and group.place and not _same_or_within(one.place, group.place):
        return False
    if one.time is None or other.time is None:
        return True
    gap = max(one.time.start, other.time.start) - min(one.time.end, other.time.end)
    return gap <= NEAR or _one_night(one, other)


def _one_night(one: Claim, other: Claim) -> bool:
    assert one.time is not None and other.time is not None
    zone = zone_of(one.place or other.place, one, None)
    mine = whole_night(one.time.start, one.time.end, zone)
    theirs = whole_night(other.time.start, other.time.end, zone)
    return max(mine[0], theirs[0]) < min(mine[1], theirs[1])


def _same_or_within(one: Place, other: Place) -> bool:
    if tables.site(one) == tables.site(other):
        return True
    if "country" in (one.precision, other.precision):
        return one.country == other.country
    if "region" in (one.precision, other.precision):
        return one.country == other.country and tables.region(one) == tables.region(other)
    return False


def _beside(claim: Claim, others: list[Claim], capture: Capture | None) -> bool:
    """Tell whether a claim stands in the paragraph of others, or near them where no text is known."""
    if capture is None:
        return any(distance(claim, other) <= _BESIDE for other in others)
    return any(capture.text.find("\n", *between(claim, other)) < 0 for other in others)


def _bundle(capture: Capture | None, group: list[Claim], moment: datetime, main: bool) -> Bundle:
    occurrences = [c for c in group if isinstance(c, Occurrence)]
    firm = [c for c in occurrences if not tables.is_loose(c.type)] or occurrences
    head = firm or group
    place = min(
        (c.place for c in head if c.place),
        key=bluntness,
        default=next((c.place for c in group if c.place), None),
    )
    dating = [c for c in group if c.time and (isinstance(c, type(group[0])) or c in head)]
    timed = sorted(dating or (c for c in group if c.time), key=lambda c: _length(c, head))
    time = next((c.time for c in timed if c.time and c.time.start + _STAMP <= moment), None)
    zone = zone_of(place, timed[0] if timed else None, capture)
    spoken = [c for c in group if isinstance(c, Statement) and c.mode == "direct"]
    return Bundle(
        id=group[0].id,
        capture=group[0].capture,
        moment=moment,
        claims=group,
        kind=firm[0].type if firm else group[0].kind,
        kinds=frozenset(c.type for c in occurrences),
        place=place,
        zone=zone,
        time=time,
        window=whole_night(time.start, time.end, zone) if time else None,
        figures=frozenset(
            (c.outcome, n) for c in group if isinstance(c, Toll) and (n := number(c))
        ),
        speakers=frozenset(s for c in group if (s := spoken_by(c))),
        quotes=frozenset(h for c in spoken for h in passages(c.quote).prints),
        names=frozenset(body(c.place.name) for c in group if c.place),
        people=participants(capture, group),
        main=main,
    )


def _length(claim: Claim, head: Sequence[Claim]) -> tuple[bool, timedelta]:
    assert claim.time is not None
    return claim not in head, claim.time.end - claim.time.start
