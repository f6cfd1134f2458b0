"""Known: everything woven so far, and the views of it that others read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from msgspec.structs import replace

from sourcier.types import (
    AlertInterval,
    Capture,
    Change,
    Claim,
    Copy,
    Event,
    Evidence,
    Ledger,
    Origins,
    Place,
)
from sourcier.weave import rules
from sourcier.weave.alerts import Alerts
from sourcier.weave.archive import Recent, Roll, Shelf
from sourcier.weave.books import Book
from sourcier.weave.bundles import Bundle, bundles
from sourcier.weave.clusters import Clusters
from sourcier.weave.copies import Copies
from sourcier.weave.dispatches import Dispatches
from sourcier.weave.echoes import echoes
from sourcier.weave.events import Events
from sourcier.weave.kinship import Kinship
from sourcier.weave.origins import Tracer
from sourcier.weave.snapshots import snapshot
from sourcier.weave.speakers import Speakers
from sourcier.weave.told import Told
from sourcier.weave.totals import Totals


class Known:
    """What has been woven so far; `weave` is what adds to it.

    `captures` and `claims` are all of them by id, `changes` those so far, oldest first, `copies` the
    captures that are copies, by the copy's id: views, which are read-only.
    """

    def __init__(self) -> None:
        self._captures: Shelf[Capture] = Shelf(Capture)
        self._changes: Roll[Change] = Roll(Change)
        self.captures: Mapping[str, Capture] = MappingProxyType(self._captures)
        self.told = Told()
        self.claims = self.told.claims
        self.changes: Sequence[Change] = self._changes
        self.moments: dict[str, datetime] = {}
        self.bundles: dict[str, list[Bundle]] = {}
        self.bundle_of: dict[str, Bundle] = {}
        self._open: Recent[str, Bundle] = Recent(rules.BUNDLES_AT_HAND, Bundle.fold)
        self.users: dict[str, set[str]] = defaultdict(set)
        self.dispatches = Dispatches()
        self.texts = Copies(self._captures, self.told)
        self.copies: Mapping[str, Copy] = MappingProxyType(self.texts.copies)
        self.kinship = Kinship()
        self.speakers = Speakers()
        self.clusters = Clusters()
        self.records = Events()
        self.ledgers: Shelf[tuple[Ledger, ...]] = Shelf(tuple[Ledger, ...], rules.LEDGERS_AT_HAND)
        self.books: Recent[str, Book] = Recent(rules.LEDGERS_AT_HAND)
        self.totals = Totals()
        self.warnings = Alerts()
        self.tracer = Tracer(self._captures, self.told, self.texts, self.speakers, self.place_of)

    def event(self, id: str) -> Event:  # noqa: A002
        """Return an event with its origins and ledgers. Raises KeyError for an unknown id."""
        return snapshot(self, self.records.records[id])

    def events(self) -> Iterable[Event]:
        """Return every event, merged ones too, in the order in which they were opened."""
        ordered = sorted(self.records.records.values(), key=lambda r: (r.opened, r.id))
        return tuple(snapshot(self, record) for record in ordered)

    def merged(self) -> dict[str, str]:
        """Return into which event each one was merged that was."""
        records = self.records.records.values()
        return {record.id: record.merged_into for record in records if record.merged_into}

    def alerts(self) -> tuple[AlertInterval, ...]:
        """Return every alert interval, oldest first, each with the event that it belongs to."""
        return tuple(map(self.placed, self.warnings.all()))

    def origins(self, claims: Iterable[str]) -> Origins:
        """Return the independent origins of what some claims say, whoever says it again."""
        return self.counted(echoes(self, claims))

    def counted(self, claims: Iterable[str]) -> Origins:
        """Return the independent origins of these claims alone; deleted dispatches do not count."""
        said = (self.claims[name] for name in claims if name in self.claims)
        kept = [claim for claim in said if not self.dispatches.is_deleted(claim.dispatch)]
        return replace(self.tracer.origins(kept), claims=tuple(claim.id for claim in kept))

    def total(self) -> Origins:
        """Return the origins of all news, and how many outlets and dispatches carry it.

        A dispatch of which no claim is known counts as a dispatch, and adds no origin.
        """
        return self.totals.origins(self)

    def event_of(self, claim: str) -> str | None:
        """Return the id of the event that a claim belongs to; background belongs to none."""
        bundle = self.bundle_of.get(claim)
        return self.records.of_bundle(bundle.id) if bundle else None

    def story_of(self, capture: str) -> str:
        """Return the id of the event that a capture is about.

        Of a text of which nothing is read, that is the event of its nearest kin; where they have none
        either, it is the least id of a capture among them. Raises KeyError for an unknown capture.
        """
        queue, silent = [self._captures[capture].id], set[str]()
        while queue:
            name = queue.pop(0)
            main = next((bundle for bundle in self.bundles.get(name, ()) if bundle.main), None)
            event = self.records.of_bundle(main.id) if main else None
            if event is not None:
                return event
            silent.add(name)
            kin = self.kinship.of(name)
            near = sorted(kin, key=lambda other: (-kin[other].points, other))
            queue += [other for other in near if other not in silent]
        return min(silent)

    def place_of(self, claim: Claim) -> Place | None:
        """Return the place of a claim, or that of what it is told with."""
        bundle = self.bundle_of.get(claim.id)
        return claim.place or (bundle.place if bundle else None)

    def placed(self, interval: AlertInterval) -> AlertInterval:
        """Return an interval with its event."""
        event = next(filter(None, map(self.event_of, interval.claims)), None)
        return replace(interval, event=event)

    def why(self, bundles: Iterable[Bundle]) -> tuple[Evidence, ...]:
        """Return why bundles belong to their events."""
        return tuple(e for bundle in bundles for e in self.clusters.why.get(bundle.id, ()))

    def remember(
        self, name: str, capture: Capture | None, claims: tuple[Claim, ...], told: datetime
    ) -> None:
        """Keep a capture (None: it is known, or not to be had) and claims of it."""
        for bundle in self.bundles.get(name, ()):
            bundle.unfold()  # it follows from what was known of the capture until now
        if capture is not None:
            self._captures[name] = capture
        self.told.add(name, claims)
        self.moments.setdefault(name, told)

    def bundle(self, name: str, made: list[Bundle]) -> None:
        """Keep the bundles of a capture; those longest not made or asked for are folded."""
        self.bundles[name], again = made, self._again
        for bundle in made:
            self.bundle_of.update(dict.fromkeys((claim.id for claim in bundle.claims), bundle))
            bundle.again = again
            self._open.put(bundle.id, bundle)

    def _again(self, folded: Bundle) -> Bundle:
        """Return a bundle as it was before it was folded."""
        name = folded.capture
        self._open.put(folded.id, folded)
        made = bundles(self._captures.get(name), self.told[name], folded.moment)
        return next(bundle for bundle in made if bundle.id == folded.id)

    def log(self, changes: Iterable[Change]) -> None:
        """Keep changes."""
        for change in changes:
            self._changes.append(change)
