"""Rules set: every version is kept, and the audit says who set which."""

from __future__ import annotations

from datetime import datetime

import msgspec

from sourcier.desk import store
from sourcier.desk.actions.kept import changes_story
from sourcier.desk.drafting.rules import ALONE, Rule, Rules


class RulesChangedError(RuntimeError):
    """Somebody set other rules meanwhile; its argument is the version in force."""


@changes_story
def set_rules(story: str, rules: tuple[Rule, ...], *, seen: int, who: str, now: datetime) -> Rules:
    """Put `rules` in force, and return them with their version.

    `seen` is the version that they were made from. Raises RulesChangedError where it is in force no more.
    """
    before = store.rules(story)
    if before.version != seen:
        raise RulesChangedError(before.version)
    if before.rules == rules:
        return before
    kept = Rules(version=seen + 1, rules=rules, by=who, at=now)
    store.add_rules(story, kept, now)
    told = {"version": kept.version, "rules": [msgspec.to_builtins(rule) for rule in rules]}
    store.audit(story, now, "set_rules", who=who, detail=told)
    return kept


@changes_story
def start_rules(story: str, *, autopublish: bool, now: datetime) -> Rules:
    """Let a desk work without an editor, or (the usual) with one: until an editor set rules."""
    before = store.rules(story)
    if before.by:
        return before
    rules = ALONE if autopublish else ()
    return set_rules(story, rules, seen=before.version, who="", now=now)
