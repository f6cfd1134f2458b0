"""A rule as one sentence in the interface's language."""

from __future__ import annotations

from collections.abc import Iterator

from babel import Locale
from babel.lists import format_list

from sourcier.desk.drafting.rules import SUBJECTS, Rule
from sourcier.desk.screens.voice import Voice


def sentence(rule: Rule, say: Voice, language: str) -> str:
    """Return "Alerts from official sources go out by themselves."."""
    subjects = [say(f"rule_subject.{each}") for each in rule.subjects]
    whole = set(rule.subjects) >= set(SUBJECTS)
    what = say("rule_subject.all") if whole else _listed(subjects, language, "standard")
    conditions = tuple(_conditions(rule, say, language))
    told = " ".join(part for part in (what, ", ".join(conditions)) if part)
    told += "," if len(conditions) > 1 else ""
    return f"{told[:1].upper()}{told[1:]} {say(f'rule_do.{rule.do}')}."


def _conditions(rule: Rule, say: Voice, language: str) -> Iterator[str]:
    """Yield each condition as words that stand behind what the rule is about."""
    tongues = [Locale.parse(language).languages.get(code, code) for code in rule.languages]
    named: tuple[tuple[str, list[str]], ...] = (
        ("roles", [say(f"rule_role.{role}") for role in rule.roles]),
        ("sources", list(rule.sources)),
        ("parties", list(rule.parties)),
        ("languages", tongues),
        ("stances", [say(f"rule_stance.{stance}") for stance in rule.stances]),
        ("places", list(rule.places)),
    )
    for key, names in named:
        if names:
            yield say(f"rule_if.{key}", names=_listed(names, language, "or"))
    if rule.origins:
        yield say("rule_if.origins", rule.origins)
    if rule.calm:
        yield say("rule_if.calm")


def _listed(names: list[str], language: str, style: str) -> str:
    return format_list(names, style=style, locale=language)  # type: ignore[arg-type]
