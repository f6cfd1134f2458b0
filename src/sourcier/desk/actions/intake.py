"""What weaving found, turned into entries: by the story's rules published, kept for review or drafted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sourcier.desk import store
from sourcier.desk.actions.entries import correct, draft, publish, retract
from sourcier.desk.actions.kept import Entries, changes_story, new_id
from sourcier.desk.actions.notices import tell_changes
from sourcier.desk.drafting.again import corroborated
from sourcier.desk.drafting.material import Material, Proposal
from sourcier.desk.drafting.propose import propose
from sourcier.desk.drafting.rules import Outcome, Rules, decide
from sourcier.desk.drafting.woven import Woven
from sourcier.desk.flow import Stage
from sourcier.types import Entry


@changes_story
def intake(story: str, woven: Woven, *, now: datetime) -> Entries:
    """Turn what weaving found into entries, each as the rules in force say.

    A draft of the desk's own that a second origin confirmed is put to them again.
    """
    changes, rules = tuple(woven.changes), store.rules(story)
    events = [woven.known.event(key) for key in woven.touched]
    alerts, merged = woven.known.alerts(), woven.known.merged()
    material = store.material(story, events, alerts, changes, merged)
    added: list[Entry] = []
    for made in propose(changes, material):
        outcome = _outcome(made, material, woven, rules)
        added += _take(_entry(story, made, woven, now), made, material, outcome, rules, now)
    for made in corroborated(changes, material):
        outcome = _outcome(made, material, woven, rules)
        if outcome.do != "draft":
            added += _take(_entry(story, made, woven, now), made, material, outcome, rules, now)
    tell_changes(story, changes, material, now=now)
    _recount(story, woven, [found.published for found in material.standing], now)
    return tuple(added)


def _outcome(made: Proposal, material: Material, woven: Woven, rules: Rules) -> Outcome:
    origins = woven.known.origins(made.claims).origins
    return decide(made, material, rules, origins=len(origins))


def _take(
    entry: Entry,
    made: Proposal,
    material: Material,
    outcome: Outcome,
    rules: Rules,
    now: datetime,
) -> Entries:
    """Do with a proposal what the rules say."""
    because = _because(outcome, rules)
    before = material.by_id.get(entry.id)
    public = before.published if before else None
    if outcome.do == "nothing" or (made.move == "retract" and outcome.do != "publish"):
        return ()
    held = entry.not_before is not None and entry.not_before > now
    if outcome.do != "publish" or held:
        stage: Stage = "submitted" if outcome.do == "review" else "draft"
        fresh = made.standing is None
        return draft(
            entry, who="", now=now, topic=made.topic, stage=stage, fresh=fresh, because=because
        )
    if made.move == "retract":
        return retract(entry.story, entry.id, note=made.note, who="", now=now, because=because)
    if made.move == "correct" and public:
        return correct(entry, note=made.note, who="", now=now, because=because)
    return publish(entry, who="", now=now, topic=made.topic, because=because)


def _because(outcome: Outcome, rules: Rules) -> dict[str, object]:
    """Return what the audit keeps of a rule that decided: its id, the version of the rules, and what held."""
    if not outcome.rule:
        return {}
    kept: dict[str, object] = {"rule": outcome.rule, "rules": rules.version}
    if outcome.do == "review":
        kept["waits"] = True
    return kept | ({"held": outcome.held} if outcome.held else {})


def _entry(story: str, proposal: Proposal, woven: Woven, now: datetime) -> Entry:
    standing = proposal.standing
    return Entry(
        id=standing.id if standing else new_id(),
        story=story,
        version=0,
        sequence=0,
        kind=proposal.kind,
        state="draft",
        published=standing.published if standing else now,
        updated=now,
        texts=proposal.texts,
        event=proposal.event,
        claims=proposal.claims,
        place=proposal.place,
        zone=proposal.zone,
        origins=woven.known.origins(proposal.claims),
        pinned=standing.pinned if standing else False,
        rank=standing.rank if standing else 0,
        not_before=standing.not_before if standing else None,
    )


def _recount(story: str, woven: Woven, entries: Iterable[Entry | None], now: datetime) -> None:
    """Keep from how many origins the entries of the touched events are now known."""
    touched = set(woven.touched)
    counted = {
        entry.id: woven.known.origins(entry.claims)
        for entry in entries
        if entry and entry.event in touched
    }
    store.save_origins(story, now, counted)
