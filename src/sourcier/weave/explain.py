"""The whole reasoning of one event, as lines for a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from textwrap import shorten
from typing import Any

from sourcier.types import Evidence, Ledger, Origin, TollLine
from sourcier.weave import tables
from sourcier.weave.bundles import Bundle
from sourcier.weave.known import Known
from sourcier.weave.names import person
from sourcier.weave.participants import spelled

_KEY = re.compile(r"\bperson:[^\s,()\[\]]+")  # inner names of people
_QUOTED = 160  # characters of a quotation


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
        lines += _origin(known, origin)
    for ledger in snapshot.ledgers:
        lines += ["", *_ledger(known, ledger)]
    names = _spelled(known, bundles)
    return [_KEY.sub(lambda key: names.get(key[0], key[0]), line) for line in lines]


def _spelled(known: Known, bundles: Sequence[Bundle]) -> dict[str, str]:
    """Return how people are spelled in the first of the texts that names each, by their keys."""
    names: dict[str, str] = {}
    for bundle in bundles:
        said = (link.name for claim in bundle.claims for link in claim.attribution)
        names = {person(name): name for name in said if name} | names
        if capture := known.captures.get(bundle.capture):
            names = spelled(capture) | names
    return names


def _bundle(known: Known, bundle: Bundle) -> Iterator[str]:
    yield f"  {_capture(known, bundle.capture)}: {bundle.kind}, {len(bundle.claims)} claims"
    for claim in bundle.claims:
        yield f"      {claim.id}  {claim.kind}  {' '.join(claim.quote.split())!r}"
    reasons = known.clusters.why.get(bundle.id, ())
    yield from _reasons(known, reasons)
    if not reasons:
        yield "    - opens the event"
    copy = known.copies.get(bundle.capture)
    if copy is not None:
        origin = _capture(known, copy.origin) if copy.origin else copy.origin_name
        yield f"    - {copy.kind} of {origin}, {copy.share:.0%}"
        yield from _reasons(known, copy.why)


def _origin(known: Known, origin: Origin) -> Iterator[str]:
    state = "captured" if origin.captured else "known through relays"
    yield f"  {origin.name} ({origin.key}), {state}, {len(origin.captures)} dispatches"
    yield from _reasons(known, origin.why)


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
    yield from _reasons(known, line.why)


def _figure(low: int | None, high: int | None) -> str:
    if low == high and low is not None:
        return str(low)
    return f"{'…' if low is None else low}–{'…' if high is None else high}"


def _capture(known: Known, name: str) -> str:
    capture = known.captures.get(name)
    if capture is None:
        return name[:12]
    return f"{capture.publisher or 'unknown'} [{capture.dispatch} v{capture.version}]"


def _reasons(known: Known, why: Iterable[Evidence]) -> Iterator[str]:
    return (_reason(known, evidence) for evidence in why)


def _reason(known: Known, evidence: Evidence) -> str:
    """Return what an evidence says as a sentence, the words that show it, and its rule's name."""
    said = tables.reason(evidence.rule).format_map(_Shown(evidence.detail))
    return f"    - {said}{_words(known, evidence)} [{evidence.rule}]"


class _Shown(dict[str, Any]):
    """The figures of an evidence as a person reads them; one that is not told is left out."""

    def __getitem__(self, key: str) -> str:
        value = self.get(key, "")
        return f"{value:.0%}" if key.endswith("share") and value != "" else _plain(value)


def _words(known: Known, evidence: Evidence) -> str:
    """Return the words that an evidence points to, and where they stand."""
    source = known.captures.get(evidence.capture or "")
    if source is None or evidence.span is None:
        return ""
    start, end = evidence.span
    words = " ".join(source.text[start:end].split())
    return f": “{shorten(words, _QUOTED)}” at {start}" if words else ""


def _plain(value: Any) -> str:
    """Return a list's items with commas, and the parts of an item, as of a figure, with spaces."""
    if value is None:
        return "no bound"
    if not isinstance(value, list | tuple):
        return str(value)
    return ", ".join(
        " ".join(map(str, v)) if isinstance(v, list | tuple) else str(v) for v in value
    )
