"""One step: one capture and its claims woven into what is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec.structs import replace

from sourcier.types import Alert, Capture, Claim, Copy, Measure, Occurrence, Statement
from sourcier.weave import changes, stances
from sourcier.weave.alerts import key_of, word
from sourcier.weave.bundles import bundles
from sourcier.weave.changes import Log
from sourcier.weave.dispatches import differences, tells_of_change
from sourcier.weave.events import Moved
from sourcier.weave.known import Known
from sourcier.weave.ledgers import ledgers
from sourcier.weave.losses import lost
from sourcier.weave.snapshots import figures


def step(
    known: Known, capture: Capture | None, claims: tuple[Claim, ...], told: datetime, log: Log
) -> set[str]:
    """Weave one capture (None: only claims are known of it); return the events that it touched.

    `told` is when it was published or updated; `log` takes what is found.
    """
    name = capture.id if capture else claims[0].capture
    fresh = capture is not None and name not in known.captures
    known.remember(capture, claims)
    known.moments.setdefault(name, told)
    known.told[name] += claims
    whole = known.captures.get(name)
    edited = _version(known, capture, log) if capture is not None and fresh else set()
    copies = _copies(known, whole)
    _bundle(known, whole, name, told)
    _follow(known, copies)
    moved = known.records.settle(known.clusters, log.at)
    _log_events(known, moved, claims, log)
    touched = moved.changed | edited | _events_of(known, [name, *_families(known, copies)])
    touched |= _renamed(known, claims)
    _log_added(known, claims, log)
    for event in sorted(touched):
        _ledgers(known, event, log)
    _alerts(known, whole, claims, told, log)
    _log_copies(known, copies, log)
    for event in sorted(touched):
        stances.corroborated(known, event, log)
    stances.taken(known, claims, log)
    return touched | set(moved.merged)


def _version(known: Known, capture: Capture, log: Log) -> set[str]:
    """Take a version of a dispatch in: note an edit or a deletion; return the events it concerns."""
    before = known.dispatches.add(capture)
    known.speakers.publisher(capture)
    if before is None:
        return set()
    earlier = [v for v in known.dispatches.versions(capture.dispatch) if v.id != capture.id]
    touched = _events_of(known, (version.id for version in earlier))
    old, new = known.told[before.id], known.told[capture.id]
    if capture.deleted:
        gone = (claim.id for version in earlier for claim in known.told[version.id])
        log.add("dispatch_deleted", _first(touched), gone, version=capture.version)
    elif capture.text != before.text:
        diff = [difference.data() for difference in differences(old, new)]
        notice = tells_of_change(before, capture)
        log.add(
            "dispatch_edited",
            _first(touched),
            (claim.id for claim in new),
            version=capture.version,
            before=before.id,
            notice=notice,
            diff=diff,
        )
    return touched


def _first(events: set[str]) -> str | None:
    return min(events, default=None)


def _copies(known: Known, capture: Capture | None) -> tuple[Copy, ...]:
    """Find what the capture is a copy of and what are its copies, with what these lost."""
    if capture is None:
        return ()
    found = known.texts.add(capture, known.told[capture.id])
    return tuple(_with_losses(known, copy) for copy in found)


def _with_losses(known: Known, copy: Copy) -> Copy:
    gone: dict[str, None] = {}
    for claim in known.told[copy.capture] if copy.origin else ():
        parent = known.tracer.parent(claim)
        if parent is not None and claim.role == "news":
            captures = known.captures.get(parent.capture), known.captures.get(claim.capture)
            gone |= dict.fromkeys(lost(parent, claim, *captures))
    if gone:
        copy = replace(copy, lost=tuple(gone))
        known.texts.copies[copy.capture] = copy
    return copy


def _bundle(known: Known, capture: Capture | None, name: str, told: datetime) -> None:
    """Bundle the capture's claims and let the bundles find their events."""
    if name in known.bundles:
        known.clusters.remove(known.bundles[name])
    made = bundles(capture, known.told[name], told)
    known.bundles[name] = made
    for bundle in made:
        for claim in bundle.claims:
            known.bundle_of[claim.id] = bundle
            known.speakers.learn(claim, claim.place or bundle.place, capture)
    known.clusters.add(made, _ancestors(known, name))


def _follow(known: Known, copies: Iterable[Copy]) -> None:
    """Let the bundles of captures whose descent changed choose their event again."""
    for name in _families(known, copies):
        if known.bundles.get(name):
            known.clusters.add(known.bundles[name], _ancestors(known, name))


def _families(known: Known, copies: Iterable[Copy]) -> list[str]:
    return sorted({name for copy in copies for name in known.texts.family(copy.capture)})


def _ancestors(known: Known, name: str) -> tuple[str, ...]:
    found: list[str] = []
    while (copy := known.copies.get(name)) and copy.origin and copy.origin not in found:
        found.append(copy.origin)
        name = copy.origin
    return tuple(found)


def _events_of(known: Known, captures: Iterable[str]) -> set[str]:
    named = (bundle.id for name in captures for bundle in known.bundles.get(name, ()))
    return {event for bundle in named if (event := known.records.of_bundle(bundle))}


def _renamed(known: Known, claims: tuple[Claim, ...]) -> set[str]:
    """Return the events whose speakers turn out to go by another name; remember who speaks where."""
    moved, known.speakers.moved = known.speakers.moved, set()
    keys = set(known.users) if "*" in moved else moved
    touched = {event for key in keys for event in known.users.get(key, ())}
    for claim in claims:
        key, event = known.tracer.raw_key(claim), known.event_of(claim.id)
        if key is not None and event is not None:
            known.users[key].add(event)
    return {known.records.records[event].merged_into or event for event in touched}


def _log_events(known: Known, moved: Moved, claims: tuple[Claim, ...], log: Log) -> None:
    """Note the events that opened, grew, merged or split."""
    for event, source in moved.opened.items():
        record = known.records.records[event]
        leading = min(record.bundles.values(), key=lambda b: b.rank)
        why = known.clusters.why.get(leading.id, ())
        place = leading.place.name if leading.place else None
        if source is not None:
            log.add("event_split", event, record.claims, why, None, **{"from": source})
        else:
            log.add("event_opened", event, record.claims, why, None, type=leading.kind, place=place)
    for absorbed, event in moved.merged.items():
        record = known.records.records[event]
        why = tuple(e for name in record.bundles for e in known.clusters.why.get(name, ()))
        log.add("event_merged", absorbed, record.claims, why[:6], None, into=event)
    new = {claim.id for claim in claims}
    for event in sorted(moved.changed - set(moved.opened)):
        record = known.records.records[event]
        joined = [b for b in record.bundles.values() if any(c.id in new for c in b.claims)]
        if joined:
            why = tuple(e for bundle in joined for e in known.clusters.why.get(bundle.id, ()))
            count = len({bundle.capture for bundle in record.bundles.values()})
            named = (claim.id for bundle in joined for claim in bundle.claims)
            log.add("event_grown", event, named, why, None, captures=count)


def _log_added(known: Known, claims: tuple[Claim, ...], log: Log) -> None:
    """Note statements, occurrences and measures that are no copies of others."""
    for claim in claims:
        if claim.role != "news" or known.tracer.parent(claim) is not None:
            continue
        speaker = known.tracer.trace(claim).speaker
        common = {"speaker": speaker.name, "key": speaker.key}
        event = known.event_of(claim.id)
        match claim:
            case Statement():
                log.add("statement_added", event, (claim.id,), **common)
            case Occurrence():
                log.add("occurrence_added", event, (claim.id,), **common, type=claim.type)
            case Measure():
                log.add("measure_added", event, (claim.id,), **common, actor=claim.actor)


def _ledgers(known: Known, event: str, log: Log) -> None:
    record = known.records.records[event]
    before, record.ledgers = record.ledgers, ledgers(event, figures(known, record))
    if record.merged_into is None:
        changes.tolls(log, event, before, record.ledgers)


def _alerts(
    known: Known,
    capture: Capture | None,
    claims: tuple[Claim, ...],
    told: datetime,
    log: Log,
) -> None:
    """Take the capture's alerts in, and those of earlier versions out that it no longer tells."""
    keys = set()
    for claim in claims:
        if isinstance(claim, Alert) and claim.role == "news":
            place = known.place_of(claim)
            seen = capture.retrieved if capture and capture.retrieved else told
            key = key_of(claim, place)
            known.warnings.add(key, word(claim, capture, place, told, seen))
            keys.add(key)
    if capture is not None:
        gone = list(_no_longer(known, capture))
        known.warnings.withdraw(claim.id for claim in gone)
        keys |= {key_of(claim, known.place_of(claim)) for claim in gone}
    changed = [(a, known.placed(b)) for a, b in known.warnings.update(keys, None)]
    list(changes.alerts(log, changed))


def _no_longer(known: Known, capture: Capture) -> Iterator[Alert]:
    latest = known.dispatches.latest(capture.dispatch)
    for version in known.dispatches.versions(capture.dispatch):
        if latest is None or version.id == latest.id:
            continue
        for claim in known.told[version.id]:
            if isinstance(claim, Alert) and claim.role == "news":
                yield claim


def _log_copies(known: Known, copies: Iterable[Copy], log: Log) -> None:
    for copy in copies:
        events = _events_of(known, [copy.capture])
        changes.copy(log, copy, known.captures[copy.capture], _first(events))


def close_silent(known: Known, now: datetime, log: Log) -> None:
    """Close the alerts of which nothing was heard for long, by rule."""
    found = known.warnings.update(known.warnings.open_keys(), now)
    list(changes.alerts(log, [(before, known.placed(after)) for before, after in found]))
