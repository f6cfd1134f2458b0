"""A rule as the form sends it. No query, no clock."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.http import QueryDict

from sourcier.desk.drafting.rules import OUTCOMES, ROLES, STANCES, SUBJECTS, Rule
from sourcier.desk.drafting.whereabouts import called
from sourcier.messages import languages

LONGEST = 500
"""The most characters of a field with names."""
NAMES = 30
"""The most names in one."""
ORIGINS = 20

Choice = TypeVar("Choice", bound=str)


class RefusedError(ValueError):
    """Rules can't be set so; its argument is the key of the message that says why."""


def rule_of(sent: QueryDict) -> Rule:
    """Return the rule that a form tells; raises RefusedError. Its id is "" for a new one."""
    outcome = next((each for each in OUTCOMES if each == sent.get("outcome")), None)
    subjects = _chosen(SUBJECTS, sent.getlist("subject"))
    if outcome is None:
        raise RefusedError("rules.no_outcome")
    if not subjects:
        raise RefusedError("rules.no_subject")
    return Rule(
        id=sent.get("rule", "")[:8],
        do=outcome,
        subjects=subjects,
        on="off" not in sent,
        sources=_names(sent, "sources"),
        roles=_chosen(ROLES, sent.getlist("role")),
        parties=_names(sent, "parties"),
        languages=_chosen(languages(), sent.getlist("language")),
        stances=_chosen(STANCES, sent.getlist("stance")),
        places=_places(sent),
        origins=_number(sent.get("origins", "")),
        calm="calm" in sent,
    )


def _chosen(choices: Iterable[Choice], sent: list[str]) -> tuple[Choice, ...]:
    return tuple(choice for choice in choices if choice in sent)


def _names(sent: Any, field: str) -> tuple[str, ...]:
    """Return names written with commas between them, each once."""
    text = sent.get(field, "")
    names = tuple(dict.fromkeys(filter(None, (" ".join(n.split()) for n in text.split(",")))))
    if len(text) > LONGEST or len(names) > NAMES or any("\0" in name for name in names):
        raise RefusedError("rules.long")
    return names


def _places(sent: Any) -> tuple[str, ...]:
    """Return names of places, each one known: a rule for a misspelt place would never be met."""
    names = _names(sent, "places")
    if not all(called(name) for name in names):
        raise RefusedError("rules.no_place")
    return names


def _number(text: str) -> int:
    text = text.strip() or "0"
    if not (text.isascii() and text.isdecimal() and len(text) < 4 and int(text) <= ORIGINS):
        raise RefusedError("rules.no_number")
    return int(text)
