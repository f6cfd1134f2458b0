"""The nominative of an office's and a person's words, in the languages that decline them.

Nouns come from the dictionary; the endings of adjectives and names are data
(``people.toml``, table ``genitive``). A language without that table is left as it is printed.
"""

from __future__ import annotations

from typing import Any

from sourcier.read.dictionary import lemma
from sourcier.read.speech_grammar import Grammar


def nominative_office(words: str, grammar: Grammar, *, held: bool = False) -> str:
    """Return an office's words in the nominative: adjectives and noun at its head; the rest stays.

    What somebody holds an office of stays where it is plural ("министр иностранных дел").
    """
    table = grammar.people.table("genitive")
    if not table:
        return words
    head, *rest = words.split(" ")
    if _is_plural_adjective(head, table):
        return words if held else _plural_office(head, rest, table, grammar)
    adjectives: list[str] = []
    while rest and is_adjective(head, grammar):
        adjectives.append(head)
        head, *rest = rest
    plural = head.endswith(tuple(table.get("surely_plural", ("\0",))))
    noun = (_nominative_plural(head, table, grammar) if plural else None) or noun_form(
        head, grammar
    )
    agreed = [_agree(adjective, noun, table, grammar) for adjective in adjectives]
    return " ".join([*agreed, noun, *rest])


def _plural_office(head: str, rest: list[str], table: dict[str, Any], grammar: Grammar) -> str:
    """Return an office whose first adjective is plural ("местных властей") in the nominative."""
    words = [head, *rest]
    noun = next((i for i, word in enumerate(words) if not _is_plural_adjective(word, table)), 0)
    form = _nominative_plural(words[noun], table, grammar) if noun else None
    if form is None:
        return " ".join(words)
    adjectives = [_replaced(word, table["plural_adjectives"]) for word in words[:noun]]
    return " ".join([*adjectives, form, *words[noun + 1 :]])


def _is_plural_adjective(word: str, table: dict[str, Any]) -> bool:
    return word.endswith(tuple(table["plural"]))


def _nominative_plural(word: str, table: dict[str, Any], grammar: Grammar) -> str | None:
    """Return the nominative plural of a noun in small letters, None where no dictionary has it."""
    form = lemma(word, grammar.speech.language)
    endings = table.get("nominative_plural", ())
    found = next((e for e in endings if form.endswith(e[0])), None)
    if found is None or form == word or not word.islower():
        return None
    return form[: len(form) - len(found[0])] + str(found[1])


def nominative_role(word: str, grammar: Grammar) -> str | None:
    """Return the known role that a folded word is a form of, or None."""
    table = grammar.people.table("genitive")
    if word in grammar.role or not table:
        return word if word in grammar.role else None
    forms = [lemma(word, grammar.speech.language)]
    forms += [
        word[: len(word) - len(ending)] + nominative
        for ending, nominative in table["role"]
        if word.endswith(ending)
    ]
    return next((form for form in forms if form in grammar.role), None)


def nominative_group(word: str, grammar: Grammar) -> str | None:
    """Return the known group ("спасатели") that a folded word is an oblique plural of, or None."""
    table = grammar.people.table("genitive")
    if not table or not word.endswith(tuple(table["plural_nouns"])):
        return None
    language = grammar.speech.language
    form = lemma(word, language)
    return next((group for group in sorted(grammar.group) if lemma(group, language) == form), None)


def nominative_name(name: str, grammar: Grammar) -> str:
    """Return a person's name, printed in the genitive, in the nominative."""
    endings = grammar.people.table("genitive").get("name", [])
    return " ".join(_replaced(word, endings) for word in name.split(" "))


def _replaced(word: str, endings: list[list[str]]) -> str:
    for ending, nominative in endings:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: len(word) - len(ending)] + nominative
    return word


def is_adjective(word: str, grammar: Grammar) -> bool:
    """Tell whether a word can be an adjective: by its ending, and no noun by the dictionary."""
    table = grammar.people.table("genitive")
    if word.isupper() or not word.endswith((*table["feminine_endings"], *table["other_endings"])):
        return False
    form = lemma(word.lower(), grammar.speech.language)
    return form == word.lower() or form.endswith(tuple(table["adjectives"]))


def is_finite(word: str, grammar: Grammar) -> bool:
    """Tell whether a folded word is a finite verb, by its ending and its form in the dictionary."""
    table = grammar.people.table("verbs")
    if not table or not word.endswith(tuple(table["finite"])):
        return False
    form = lemma(word, grammar.speech.language)
    return form != word and form.endswith(tuple(table["infinitive"]))


def has_predicate(words: str, grammar: Grammar) -> bool:
    """Tell whether folded words hold a finite verb, or what stands for one ("нет")."""
    predicates = grammar.people.table("verbs").get("predicate", ())
    return any(
        word in predicates or is_finite(word, grammar)
        for word in (part.strip(",.:;()") for part in words.split())
    )


def noun_form(word: str, grammar: Grammar) -> str:
    """Return a noun's nominative in the case it is printed in; an acronym stays."""
    if not grammar.declines or word.isupper() or not word.replace("-", "").isalpha():
        return word
    front, hyphen, last = word.rpartition("-")
    if hyphen and front.islower():
        return front + hyphen + noun_form(last, grammar)
    form = lemma(word.lower(), grammar.speech.language)
    if form == word.lower():
        form = _replaced(form, grammar.people.table("genitive")["noun"])
    return form.capitalize() if word[:1].isupper() else form


def _agree(adjective: str, noun: str, table: dict[str, Any], grammar: Grammar) -> str:
    """Return an adjective in the nominative, its gender told by its own ending and its noun's."""
    ending = next((e for e in table["feminine_endings"] if adjective.endswith(e)), None)
    if ending is not None:
        return adjective[: -len(ending)] + str(table["feminine"])
    ending = next(e for e in table["other_endings"] if adjective.endswith(e))
    if noun.lower().endswith(tuple(table["neuter_nouns"])):
        return adjective[: -len(ending)] + str(table["neuter"])
    base = lemma(adjective.lower(), grammar.speech.language)
    if base == adjective.lower():
        base = adjective[: -len(ending)] + str(table["masculine"])
    return base.capitalize() if adjective[:1].isupper() else base
