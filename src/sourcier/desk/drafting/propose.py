"""From changes to proposed entries: which change asks for which entry, and what it would say. Pure.

What one entry is about is its topic: ``toll:<event>``, ``occurrence:<event>:<type>``,
``confirmed:<event>:<speaker>``, ``statement:<words>``, ``measure:<event>:<actor>``,
``alert:<alert>``, ``over:<alert>``.
News on the topic of a standing entry revises that entry (a toll), or adds nothing (all others). A
figure that changed because its dispatch was edited without a word is a correction; an entry left
with no claim but those of a deleted dispatch is retracted. Copies never make an entry. Reported
speech and a quoted word or two make a draft, which waits for an editor; so does what has no place,
or nobody behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256

from sourcier.desk.drafting import sentences
from sourcier.desk.drafting.material import TOLL, Material, Move, Proposal
from sourcier.desk.drafting.phrases import Phrases
from sourcier.read.fold import fold
from sourcier.types import (
    Attribution,
    Change,
    Claim,
    Entry,
    EntryKind,
    EntryText,
    Event,
    Measure,
    Occurrence,
    Statement,
)

WORDS = 3
"""From how many words on a quotation is told by itself."""

FULL_NAME = 2
"""From how many words on a name is somebody's, and not a word taken for one."""


def propose(changes: Iterable[Change], material: Material) -> tuple[Proposal, ...]:
    """Return what the desk would do about `changes`, at most one proposal a topic, in their order."""
    changes = tuple(changes)
    found: dict[str, Proposal] = {}
    for proposal in _proposals(changes, material):
        found.setdefault(proposal.topic, proposal)
    kept = _without_doubles(tuple(found.values()), material)
    return tuple(replace(made, sure=made.sure and stands_alone(made, material)) for made in kept)


def stands_alone(made: Proposal, material: Material) -> bool:
    """Tell whether readers could do something with a proposal that no editor has seen.

    What happened needs a place; what was said or ordered needs somebody, named or a body.
    """
    if made.move != "add":
        return True
    if made.kind in ("toll", "occurrence", "alert"):
        return made.place is not None
    speakers = [material.claims[key].attribution for key in made.claims if key in material.claims]
    return any(chain and _is_somebody(chain[-1]) for chain in speakers)


def _is_somebody(speaker: Attribution) -> bool:
    return bool(speaker.organisation) or len((speaker.name or "").split()) >= FULL_NAME


_FIGURES = ("toll_stated", "toll_revised", "toll_disputed", "toll_settled")


def _proposals(changes: tuple[Change, ...], material: Material) -> Iterable[Proposal]:
    silent = {
        c.dispatch for c in changes if c.kind == "dispatch_edited" and not c.data.get("notice")
    }
    deleted = {change.dispatch for change in changes if change.kind == "dispatch_deleted"}
    counted = {change.event for change in changes if change.kind in _FIGURES}
    for key, event in material.events.items():
        if (key in counted or silent or deleted) and not event.merged_into:
            yield from _tolls(event, material, silent)
    yield from _retractions(deleted, material)
    for change in changes:
        yield from _news(change, material)
    for group in _by_speaker(changes):
        yield from _statements(group, material)


def _news(change: Change, material: Material) -> Iterable[Proposal]:
    """Yield what one change adds beside tolls and statements."""
    claims = [claim for key in change.claims if (claim := material.claims.get(key))]
    match change.kind:
        case "occurrence_added":
            yield from _occurrences(change, claims, material)
        case "measure_added":
            yield from _measures(change, claims, material)
        case "claim_confirmed" | "claim_denied" | "claim_disputed":
            yield from _stances(change, claims[:1], material)
        case "alert_opened" | "alert_observed" | "alert_closed":
            yield from _alerts(change, claims, material)


def _by_speaker(changes: Iterable[Change]) -> Iterable[list[Change]]:
    """Return the statements that changes add, what one speaker said in one dispatch together."""
    groups: dict[tuple[object, ...], list[Change]] = {}
    for change in changes:
        if change.kind == "statement_added":
            key = (change.capture, change.event, change.data.get("key"))
            groups.setdefault(key, []).append(change)
    return groups.values()


def _tolls(event: Event, material: Material, silent: set[str | None]) -> Iterable[Proposal]:
    standing = material.toll_of(event.id)
    topic = standing.topic if standing else f"{TOLL}{event.id}"
    entry = standing.entry if standing else None
    gone = _dispatches(entry, material) & silent if entry else set()
    ledgers = sentences.current(event)
    if ledgers:
        told = tuple(_told_with_tolls(event, material, entry))
        lines = (line.claim for ledger in ledgers for line in sentences.standing(ledger))
        claims = tuple(dict.fromkeys((*lines, *(claim.id for claim in told))))
        texts = material.said(lambda phrases: sentences.toll_text(phrases, event, material.claims))
        made = Proposal(
            "add", "toll", topic, claims, texts, event.id, event.place, event.zone, entry
        )
        if entry is None:
            yield made
        elif entry.texts != texts:
            move: Move = "correct" if gone else "revise"
            yield replace(made, move=move, note=_edited(gone, material) if gone else {})
    elif entry and gone and entry.state != "retracted":
        yield _withdrawn(entry, topic, _edited(gone, material))


def _told_with_tolls(event: Event, material: Material, entry: Entry | None) -> Iterable[Occurrence]:
    """Yield the occurrences that a toll entry tells: those it has, or the one that it opens with."""
    keys = entry.claims if entry else event.claims
    for claim in (material.claims.get(key) for key in keys):
        if not isinstance(claim, Occurrence) or claim.role != "news" or claim.type != event.type:
            continue
        if entry or not _is_told(event.id, claim, material):
            yield claim


def _edited(dispatches: set[str], material: Material) -> dict[str, str]:
    return material.said(
        lambda phrases: phrases.say(
            "correction.edited", publisher=_publisher(dispatches, material, phrases)
        )
    )


def _withdrawn(entry: Entry, topic: str, note: dict[str, str]) -> Proposal:
    return Proposal(
        move="retract", kind=entry.kind, topic=topic, claims=entry.claims, texts=entry.texts,
        event=entry.event, place=entry.place, zone=entry.zone, standing=entry, note=note,
    )  # fmt: skip


def _retractions(deleted: set[str | None], material: Material) -> Iterable[Proposal]:
    """Yield the retraction of each published entry that rests on deleted dispatches alone."""
    for standing in material.standing if deleted else ():
        entry = standing.entry
        dispatches = _dispatches(entry, material)
        if dispatches and dispatches <= deleted and entry.state != "retracted":
            note = material.said(partial(_deleted, dispatches, material))
            yield _withdrawn(entry, standing.topic or f"entry:{entry.id}", note)


def _deleted(dispatches: set[str], material: Material, phrases: Phrases) -> str:
    publisher = _publisher(dispatches, material, phrases)
    return phrases.say("retraction.deleted", publisher=publisher)


def _occurrences(change: Change, claims: list[Claim], material: Material) -> Iterable[Proposal]:
    for claim in claims:
        if isinstance(claim, Occurrence) and not _is_told(change.event, claim, material):
            topic = f"occurrence:{change.event}:{claim.type}"
            texts = material.said(partial(sentences.occurrence_text, claim=claim))
            yield from _new(topic, "occurrence", change.event, [claim], texts, material)


def _stances(change: Change, claims: list[Claim], material: Material) -> Iterable[Proposal]:
    for claim in claims:
        if isinstance(claim, Occurrence):
            topic = f"{claim.stance}:{change.event}:{change.data.get('key')}"
            texts = material.said(partial(sentences.occurrence_text, claim=claim))
            yield from _new(topic, "occurrence", change.event, [claim], texts, material)


def _statements(changes: list[Change], material: Material) -> Iterable[Proposal]:
    """Yield one entry for what one speaker said: whole quotations before words, words before reports."""
    claims = (material.claims.get(key) for change in changes for key in change.claims)
    said = [claim for claim in claims if isinstance(claim, Statement) and claim.attribution]
    contents = {claim.id: _content(claim, material) for claim in said}
    told = {standing.topic for standing in material.standing}
    said = [claim for claim in said if f"statement:{_digest(contents[claim.id])}" not in told]
    direct = [claim for claim in said if claim.mode == "direct"]
    whole = [claim for claim in direct if len(contents[claim.id].split()) >= WORDS]
    chosen = whole or direct or said
    if chosen:
        topic = f"statement:{_digest(contents[chosen[0].id])}"
        texts = material.said(lambda phrases: sentences.statement_text(phrases, chosen, contents))
        for made in _new(topic, "statement", changes[0].event, chosen, texts, material):
            yield replace(made, sure=bool(whole))


def _measures(change: Change, claims: list[Claim], material: Material) -> Iterable[Proposal]:
    for claim in claims:
        if isinstance(claim, Measure):
            topic = f"measure:{change.event}:{_digest(claim.actor or claim.quote)}"
            texts = material.said(partial(sentences.measure_text, claim=claim))
            yield from _new(topic, "measure", change.event, [claim], texts, material)


def _alerts(change: Change, claims: list[Claim], material: Material) -> Iterable[Proposal]:
    """Yield an entry for an alert that opened and still stands, or whose end somebody announced.

    An end that is only inferred is the page's to show; it is no news.
    """
    over = change.kind == "alert_closed"
    alert = next((a for a in material.alerts if a.id == change.data.get("alert")), None)
    if alert is None or not claims or alert.inferred_end or over != bool(alert.end):
        return
    newest = next((claim for claim in claims if claim.capture == change.capture), claims[-1])
    write = partial(sentences.alert_text, alert=alert, claim=newest, over=over)
    topic = f"{'over' if over else 'alert'}:{alert.id}"
    for made in _new(topic, "alert", alert.event, claims, material.said(write), material):
        yield replace(made, place=alert.place or made.place, zone=alert.zone)


def _new(
    topic: str,
    kind: EntryKind,
    event: str | None,
    claims: Sequence[Claim],
    texts: dict[str, EntryText],
    material: Material,
) -> Iterable[Proposal]:
    """Yield an addition, unless its topic has an entry already."""
    if topic in material.by_topic:
        return
    known = material.events.get(event or "")
    place = next((claim.place for claim in claims if claim.place), known.place if known else None)
    keys = tuple(claim.id for claim in claims)
    zone = known.zone if known else None
    yield Proposal("add", kind, topic, keys, texts, event, place, zone)


def _without_doubles(found: tuple[Proposal, ...], material: Material) -> tuple[Proposal, ...]:
    """Leave out what another proposal tells already, and bind its claims there.

    A toll that opens an event tells the occurrences bound to it; words that stand in the clause of
    a measure, a toll or an occurrence go with it.
    """
    kept: list[Proposal] = []
    for made in found:
        told = {
            key for other in kept if other.kind in ("toll", "occurrence") for key in other.claims
        }
        if made.kind != "occurrence" or not told.issuperset(made.claims):
            kept.append(made)
    hosts = [made for made in kept if made.kind in ("measure", "occurrence", "toll")]
    extra: dict[str, list[str]] = {}
    for made in [made for made in kept if made.kind == "statement"]:
        host = next((h for h in hosts if _inside(made, h, material)), None)
        if host:
            kept.remove(made)
            extra.setdefault(host.topic, []).extend(made.claims)
    return tuple(replace(made, claims=(*made.claims, *extra.get(made.topic, ()))) for made in kept)


def _inside(made: Proposal, host: Proposal, material: Material) -> bool:
    """Tell whether at least half of what is said stands within what `host` tells."""
    around = [material.claims[key] for key in host.claims]
    said = [material.claims[key] for key in made.claims]
    within = [claim for claim in said if any(_overlap(claim, other) for other in around)]
    return len(within) * 2 >= len(said)


def _overlap(one: Claim, other: Claim) -> bool:
    meet = one.span[0] < other.span[1] and other.span[0] < one.span[1]
    return one.capture == other.capture and meet


def _is_told(event: str | None, claim: Occurrence, material: Material) -> bool:
    """Tell whether an entry of the event tells an occurrence of this type already."""
    entries = (standing.entry for standing in material.about(event))
    told = (material.claims.get(key) for entry in entries for key in entry.claims)
    return any(isinstance(other, Occurrence) and other.type == claim.type for other in told)


def _dispatches(entry: Entry, material: Material) -> set[str]:
    return {claim.dispatch for key in entry.claims if (claim := material.claims.get(key))}


def _publisher(dispatches: set[str], material: Material, phrases: Phrases) -> str:
    captures = (c for c in material.captures.values() if c.dispatch in dispatches)
    return next((phrases.publisher(c.id) for c in captures), phrases.say("speaker.nobody"))


def _content(claim: Statement, material: Material) -> str:
    capture = material.captures.get(claim.capture)
    return capture.text[slice(*claim.content)] if capture else claim.quote


def _digest(words: str) -> str:
    return sha256(fold(" ".join(words.split())).encode()).hexdigest()[:16]
