"""One step: one capture and its claims woven into what is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from sourcier.types import Alert, Capture, Change, Claim, Measure, Occurrence, Statement
from sourcier.weave import changes, stances
from sourcier.weave.alerts import key_of, word
from sourcier.weave.books import Book
from sourcier.weave.bundles import Bundle, bundles
from sourcier.weave.changes import Log
from sourcier.weave.dispatches import differences, tells_of_change
from sourcier.weave.events import Moved
from sourcier.weave.fitting_parts import Ties
from sourcier.weave.known import Known
from sourcier.weave.losses import lost


@dataclass(frozen=True)
class Step:
    """One capture and the claims of it that are new.

    `capture` is None where only claims are known; `fresh` tells whether it is new itself. `told` is
    when it was published or updated, `seen` when it was captured.
    """

    name: str
    dispatch: str
    capture: Capture | None
    fresh: bool
    claims: tuple[Claim, ...]
    told: datetime
    seen: datetime


def take(known: Known, step: Step) -> tuple[list[Change], set[str]]:
    """Weave one step in; return what it brought and the events that it touched."""
    log = Log(step.seen, step.name, step.dispatch)
    known.remember(step.name, step.capture if step.fresh else None, step.claims, step.told)
    edited = _version(known, step.capture, log) if step.capture and step.fresh else set()
    moved_texts = _copies(known, step.capture)
    related = _kin(known, step.capture)
    _bundle(known, step)
    bred = {name for text in {*moved_texts, step.name} for name in known.texts.family(text)}
    families = sorted(bred - {step.name})
    for name in sorted({*families, *related} - {step.name}):
        known.clusters.add(known.bundles.get(name, ()), _ties(known, name))
    moved = known.records.settle(known.clusters, log.at)
    renamed = _renamed(known, [step.name, *families])
    fresh = {step.name, *families, *(known.claims[claim].capture for claim in renamed)}
    fresh.update(version.id for version in known.dispatches.versions(step.dispatch))
    known.totals.look_again(fresh)
    touched = moved.changed | edited | _events_of(known, fresh)
    _log_copies(known, moved_texts, log)
    _log_events(known, moved, step.name, step.claims, log)
    _log_added(known, step.claims, log)
    for event in sorted(touched):
        _ledgers(known, event, fresh, log)
        stances.corroborated(known, event, log)
    stances.taken(known, step.claims, log)
    _alerts(known, step, log)
    return log.changes, touched | set(moved.merged)


def close_silent(known: Known, now: datetime) -> list[Change]:
    """Close the alerts of which nothing was heard for long, by rule."""
    log = Log(now, None, None)
    found = known.warnings.changed(known.warnings.fall_silent(now))
    changes.alerts(log, [(before, known.placed(after)) for before, after in found])
    return log.changes


def _version(known: Known, capture: Capture, log: Log) -> set[str]:
    """Take a version of a dispatch in: note an edit or a deletion; return the events it concerns."""
    replaced = known.dispatches.add(capture)
    known.speakers.publisher(capture)
    if replaced is None:
        return set()
    before = known.captures[replaced]
    earlier = [v for v in known.dispatches.versions(capture.dispatch) if v.id != capture.id]
    touched = _events_of(known, (version.id for version in earlier))
    mostly = _mostly_about(known, (version.id for version in earlier))
    if capture.deleted:
        gone = (claim.id for version in earlier for claim in known.told[version.id])
        log.add("dispatch_deleted", mostly, gone, version=capture.version)
    elif capture.text != before.text:
        new = known.told[capture.id]
        log.add(
            "dispatch_edited",
            mostly,
            (claim.id for claim in new),
            version=capture.version,
            before=before.id,
            notice=tells_of_change(before, capture),
            diff=[difference.data() for difference in differences(known.told[before.id], new)],
        )
    return touched


def _copies(known: Known, capture: Capture | None) -> set[str]:
    """Find what the capture is a copy of and what are its copies; return whose descent changed."""
    if capture is None:
        return set()
    found = known.texts.add(capture)
    for name in found | {capture.id, *known.texts.children(capture.id)}:
        if name in known.copies:
            _note_losses(known, name)
    return found


def _kin(known: Known, capture: Capture | None) -> set[str]:
    """Find the captures that tell the same story by their names; return those whose kin changed."""
    if capture is None:
        return set()
    told, moment = known.told[capture.id], known.moments[capture.id]
    return known.kinship.add(capture, told, moment)


def _note_losses(known: Known, name: str) -> None:
    copy, gone = known.copies[name], dict[str, None]()
    for claim in known.told[copy.capture] if copy.origin else ():
        parent = known.tracer.parent(claim)
        if parent is not None and claim.role == "news":
            captures = known.captures.get(parent.capture), known.captures.get(claim.capture)
            gone |= dict.fromkeys(lost(parent, claim, *captures))
    if copy.lost != tuple(gone):
        known.texts.copies[name] = replace(copy, lost=tuple(gone))


def _bundle(known: Known, step: Step) -> None:
    """Bundle the capture's claims and let the bundles find their events."""
    if step.name in known.bundles:
        known.clusters.remove(known.bundles[step.name])
    made = bundles(step.capture, known.told[step.name], step.told)
    known.bundle(step.name, made)
    _learn_speakers(known, made, step.capture)
    known.clusters.add(made, _ties(known, step.name))


def _learn_speakers(known: Known, made: Iterable[Bundle], capture: Capture | None) -> None:
    """Learn who speaks in bundles; most claims in a row have one speaker and one place."""
    before: object = None
    for bundle in made:
        for claim in bundle.claims:
            place = claim.place or bundle.place
            said = claim.attribution, place
            if said != before:
                known.speakers.learn(claim, place, capture)
                before = said


def _ties(known: Known, name: str) -> Ties:
    return Ties(_ancestors(known, name), known.kinship.of(name))


def _ancestors(known: Known, name: str) -> tuple[str, ...]:
    found: list[str] = []
    while (copy := known.copies.get(name)) and copy.origin and copy.origin not in found:
        found.append(copy.origin)
        name = copy.origin
    return tuple(found)


def _events_of(known: Known, captures: Iterable[str]) -> set[str]:
    named = (bundle.id for name in captures for bundle in known.bundles.get(name, ()))
    return {event for bundle in named if (event := known.records.of_bundle(bundle))}


def _mostly_about(known: Known, captures: Iterable[str]) -> str | None:
    """Return the event of which captures tell most, of equal ones the first in the text."""
    told: Counter[str] = Counter()
    for bundle in (bundle for name in captures for bundle in known.bundles.get(name, ())):
        if event := known.records.of_bundle(bundle.id):
            told[event] += len(bundle.claims)
    return next((event for event, _ in told.most_common(1)), None)


def _renamed(known: Known, captures: Iterable[str]) -> set[str]:
    """Return the claims whose speakers turn out to go by another name; note who speaks in captures."""
    moved, known.speakers.moved = known.speakers.moved, set()
    renamed = {claim for key in moved for claim in known.users.get(key, ())}
    fresh = [claim for name in captures for claim in known.told[name]]
    known.tracer.forget((*renamed, *(claim.id for claim in fresh)))
    for claim in fresh:
        key = known.tracer.trace(claim).raw
        if key is not None:
            known.users[key].add(claim.id)
    return renamed


def _log_copies(known: Known, captures: Iterable[str], log: Log) -> None:
    for name in sorted(name for name in captures if name in known.copies):
        event = min(_events_of(known, [name]), default=None)
        changes.copy(log, known.copies[name], known.captures[name], event)


def _log_events(known: Known, moved: Moved, name: str, claims: tuple[Claim, ...], log: Log) -> None:
    """Note the events that opened, split, merged or grew by claims of the capture of that name."""
    for event, source in moved.opened.items():
        record = known.records.records[event]
        leading = record.leading
        why = known.clusters.why.get(leading.id, ())
        if source is not None:
            log.add("event_split", event, record.names, why, None, **{"from": source})
        else:
            place = leading.place.name if leading.place else None
            log.add("event_opened", event, record.names, why, type=leading.kind, place=place)
    for absorbed, event in moved.merged.items():
        record = known.records.records[event]
        why = known.why(bundle for bundle in record.bundles.values() if bundle.id != record.opener)
        log.add("event_merged", absorbed, record.names, why, into=event)
    new = {claim.id for claim in claims}
    for event in sorted(moved.changed - set(moved.opened)):
        record = known.records.records[event]
        told = (b for b in record.bundles.values() if b.capture == name)
        joined = [b for b in told if any(c.id in new for c in b.claims)]
        if joined:
            count = len({bundle.capture for bundle in record.bundles.values()})
            named = [claim.id for bundle in joined for claim in bundle.claims]
            log.add("event_grown", event, named, known.why(joined), captures=count)


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


def _ledgers(known: Known, event: str, fresh: set[str], log: Log) -> None:
    record = known.records.records[event]
    book = known.books.get(event) or known.books.put(event, Book())
    before, after = known.ledgers.get(event, ()), book.ledgers(known, record, fresh)
    if after != before:
        known.ledgers[event] = after
    if record.merged_into is None:
        changes.tolls(log, event, before, after)


def _alerts(known: Known, step: Step, log: Log) -> None:
    """Take the capture's alerts in, and those of earlier versions out that no longer stand."""
    keys = set()
    for claim in step.claims:
        if isinstance(claim, Alert) and claim.role == "news":
            place = known.place_of(claim)
            key = key_of(claim, place)
            known.warnings.add(key, word(claim, step.capture, place, step.told, step.seen))
            keys.add(key)
    gone = list(_outdated(known, step.dispatch))
    for claim in gone:
        key = key_of(claim, known.place_of(claim))
        known.warnings.withdraw(key, claim)
        keys.add(key)
    changed = [(a, known.placed(b)) for a, b in known.warnings.changed(keys)]
    changes.alerts(log, changed)


def _outdated(known: Known, dispatch: str) -> Iterator[Alert]:
    """Yield the alerts of all versions of a dispatch but the one that stands."""
    for version in known.dispatches.versions(dispatch)[:-1]:
        for claim in known.told[version.id]:
            if isinstance(claim, Alert) and claim.role == "news":
                yield claim
