"""The whole reasoning of one event, as lines for a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sourcier.types import Evidence, Ledger, Origin, TollLine
from sourcier.weave.bundles import Bundle
from sourcier.weave.known import Known


def explain(known: Known, event: str) -> list[str]:
    """Return why an event is what it is. Raises KeyError for an unknown id."""
    snapshot = known.event(event)
    place = f", {snapshot.place.name}" if snapshot.place else ""
    lines = [f"{snapshot.id}  {snapshot.type}{place}  opened {snapshot.opened.isoformat()}"]
    if snapshot.merged_into:
        return [*lines, f"  merged into {snapshot.merged_into}"]
    record = known.records.records[event]
    bundles = sorted(record.bundles.values(), key=lambda bundle: bundle.rank)
    lines += ["", "What it is made of"]
    for bundle in bundles:
        lines += _bundle(known, bundle)
    origins = snapshot.origins
    counted = (origins.outlets, origins.dispatches, len(origins.origins))
    lines += ["", "{} outlets, {} dispatches, {} origins".format(*counted)]
    for origin in origins.origins:
        lines += _origin(origin)
    for ledger in snapshot.ledgers:
        lines += ["", *_ledger(known, ledger)]
    return lines


def _bundle(known: Known, bundle: Bundle) -> Iterator[str]:
    yield f"  {_capture(known, bundle.capture)}: {bundle.kind}, {len(bundle.claims)} claims"
    for claim in bundle.claims:
        yield f"      {claim.id}  {claim.kind}  {' '.join(claim.quote.split())!r}"
    reasons = known.clusters.why.get(bundle.id, ())
    yield from map(_reason, reasons)
    if not reasons:
        yield "    - opens the event"
    copy = known.copies.get(bundle.capture)
    if copy is not None:
        origin = _capture(known, copy.origin) if copy.origin else copy.origin_name
        yield f"    - {copy.kind} of {origin}, {copy.share:.0%}"
        yield from map(_reason, copy.why)


def _origin(origin: Origin) -> Iterator[str]:
    state = "captured" if origin.captured else "known through relays"
    yield f"  {origin.name} ({origin.key}), {state}, {len(origin.captures)} dispatches"
    yield from map(_reason, origin.why)


def _ledger(known: Known, ledger: Ledger) -> Iterator[str]:
    group = f" ({', '.join(ledger.of)})" if ledger.of else ""
    provisional = ", provisional" if ledger.provisional else ""
    span = f"{_figure(ledger.low, ledger.high)} {ledger.qualifier}{provisional}"
    yield f"{ledger.outcome}{group}: {span}"
    if ledger.disputed_since:
        sides = ", ".join(ledger.sides)
        yield f"  disputed since {ledger.disputed_since.isoformat()}: {sides}"
    for line in ledger.lines:
        yield from _line(known, line)


def _line(known: Known, line: TollLine) -> Iterator[str]:
    figure = f"{_figure(line.low, line.high)} {line.qualifier}"
    told = f"{line.claimant}, as of {line.as_of.isoformat()}, in {_capture(known, line.capture)}"
    yield f"  {line.claim}  {figure}  {line.state}  {told}"
    target = line.superseded_by or line.copy_of
    if target:
        yield f"    - {'superseded by' if line.superseded_by else 'copy of'} {target}"
    if line.lost:
        yield f"    - lost {', '.join(map(repr, line.lost))}"
    yield from map(_reason, line.why)


def _figure(low: int | None, high: int | None) -> str:
    if low == high and low is not None:
        return str(low)
    return f"{'…' if low is None else low}–{'…' if high is None else high}"


def _capture(known: Known, name: str) -> str:
    capture = known.captures.get(name)
    if capture is None:
        return name[:12]
    return f"{capture.publisher or 'unknown'} [{capture.dispatch} v{capture.version}]"


def _reason(evidence: Evidence) -> str:
    figures = ", ".join(f"{key} {_plain(value)}" for key, value in evidence.detail.items())
    where = f" [{evidence.span[0]}:{evidence.span[1]}]" if evidence.span else ""
    return f"    - {evidence.rule}{': ' if figures else ''}{figures}{where}"


def _plain(value: Any) -> str:
    return ", ".join(map(_plain, value)) if isinstance(value, list | tuple) else str(value)
