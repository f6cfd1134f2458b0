"""What the desk may do by itself with a proposal, by rules that an editor set. Pure.

The first rule that matches decides; the last line, which nobody can change, is that everything is drafted.
Whatever a rule says, four things never go out by themselves: words that an editor wrote are not
replaced, a proposal that needs an editor waits for one, an open contradiction is not told by one side
alone, and no figure goes out that no claim carries.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

import msgspec
import regex

from sourcier.desk.drafting.carried import Carrier, proof
from sourcier.desk.drafting.material import Material, Proposal
from sourcier.desk.drafting.whereabouts import lies_in
from sourcier.types import Ledger, SourceRole, Stance

Do = Literal["publish", "review", "draft", "nothing"]
Subject = Literal[
    "alert", "alert_end", "toll", "occurrence", "measure", "statement", "correction", "retraction"
]
Held = Literal["unsure", "words", "contradiction", "figure", "unseen"]

_QUOTED = regex.compile("«[^«»]*»|“[^“”]*”|„[^„“”]*[“”]")

OUTCOMES: tuple[Do, ...] = get_args(Do)
SUBJECTS: tuple[Subject, ...] = get_args(Subject)
STANCES: tuple[Stance, ...] = get_args(Stance)
ROLES: tuple[SourceRole, ...] = get_args(SourceRole)


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule; an empty condition lets everything through, and all that are set must hold.

    `subjects`: what it is about. `sources` (ids), `roles`, `parties` and `languages` are those of all
    dispatches that the entry rests on, `stances` those of all its claims, `places` names of its place, of
    the region or the country. `origins` is the least number of independent origins; `calm` leaves out
    what is about an event with an open contradiction. One that is not `on` is passed over.
    """

    id: str
    do: Do
    subjects: tuple[Subject, ...]
    on: bool = True
    sources: tuple[str, ...] = ()
    roles: tuple[SourceRole, ...] = ()
    parties: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    stances: tuple[Stance, ...] = ()
    places: tuple[str, ...] = ()
    origins: int = 0
    calm: bool = False


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """The rules of a story in their order, as `by` set them ("": as the desk was started)."""

    version: int = 0
    rules: tuple[Rule, ...] = ()
    by: str = ""
    at: datetime | None = None


ALONE = (Rule(id="all", do="publish", subjects=SUBJECTS),)
"""The rules of a desk that works without an editor: the demonstration, and ``run --auto``."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a proposal, by which rule ("": the last line).

    `held` says why what a rule lets go out waits all the same: it is not sure enough, it would replace an
    editor's words, tell one side of a contradiction, tell a figure that no claim carries, or
    withdraw what readers never saw.
    """

    do: Do
    rule: str = ""
    held: Held | None = None


def decide(made: Proposal, material: Material, rules: Rules, *, origins: int) -> Outcome:
    """Return what becomes of a proposal that is known from so many independent origins."""
    case = _Case(made, material, origins)
    for rule in rules.rules:
        if rule.on and case.meets(rule):
            held = case.held() if rule.do == "publish" else None
            return Outcome("draft" if held else rule.do, rule.id, held)
    return Outcome("draft")


def subject(made: Proposal) -> Subject:
    """Return what a proposal is, as rules tell it: a correction is one whatever it corrects."""
    if made.move in ("correct", "retract"):
        return "correction" if made.move == "correct" else "retraction"
    if made.topic.startswith("over:"):
        return "alert_end"
    known: dict[str, Subject] = {name: name for name in SUBJECTS}
    return known.get(made.kind, "statement")


class _Case:
    """A proposal with what it rests on, as rules look at it."""

    def __init__(self, made: Proposal, material: Material, origins: int) -> None:
        self._made = made
        self._material = material
        self._origins = origins
        self._claims = [material.claims[key] for key in made.claims if key in material.claims]
        found = (material.captures.get(claim.capture) for claim in self._claims)
        self._captures = [capture for capture in found if capture]
        self._event = material.events.get(made.event or "")

    def meets(self, rule: Rule) -> bool:
        """Tell whether all conditions of a rule hold."""
        captures = self._captures
        return (
            subject(self._made) in rule.subjects
            and self._origins >= rule.origins
            and not (rule.calm and self._disputed())
            and _all_in(rule.sources, (capture.source for capture in captures))
            and _all_in(rule.roles, (capture.role for capture in captures))
            and _all_in(rule.parties, (capture.party for capture in captures))
            and _all_in(rule.languages, (capture.language for capture in captures))
            and _all_in(rule.stances, (claim.stance for claim in self._claims))
            and (not rule.places or any(lies_in(self._made.place, name) for name in rule.places))
        )

    def held(self) -> Held | None:
        """Return why the proposal must not go out by itself, None where it may."""
        before = self._material.by_id.get(self._made.standing.id) if self._made.standing else None
        if not self._made.sure:
            return "unsure"
        if before and before.by:
            return "words"
        if self._made.move == "retract":  # it tells no figure and no side
            return None if before and before.published else "unseen"
        if self._one_sided():
            return "contradiction"
        return "figure" if self._uncarried() else None

    def _disputed(self) -> bool:
        ledgers = self._event.ledgers if self._event else ()
        return any(ledger.disputed_since for ledger in ledgers)

    def _one_sided(self) -> bool:
        """Tell whether an open contradiction is told, and one of its figures is not."""
        ledgers = self._event.ledgers if self._event else ()
        return any(_one_side(led, set(self._made.claims)) for led in ledgers if led.disputed_since)

    def _uncarried(self) -> bool:
        """Tell whether a toll's text holds a figure that no claim of its event carries or carried.

        Quotations are cut from the dispatches themselves.
        """
        if self._made.kind != "toll":
            return False
        ledgers = self._event.ledgers if self._event else ()
        lines = {line.claim for ledger in ledgers for line in ledger.lines}
        known = self._material.claims
        claims = [known[key] for key in {*self._made.claims, *lines} if key in known]
        carriers = [Carrier(number, claim, "") for number, claim in enumerate(claims, 1)]
        texts = {
            code: _QUOTED.sub("", f"{t.headline}\n{t.body}") for code, t in self._made.texts.items()
        }
        runs = (run for code, text in texts.items() for run in proof(text, code, carriers, ()))
        return any(run.kind == "unbound" for run in runs)


def _one_side(ledger: Ledger, told: set[str]) -> bool:
    """Tell whether some claimant of a contradiction is told and another is not."""
    claimants = {line.claim: line.claimant_key for line in ledger.lines}
    sides = {claimants.get(key, key) for key in ledger.sides}
    shown = {claimants.get(key, key) for key in told}
    return bool(sides & shown) and not sides <= shown


def _all_in(allowed: tuple[str, ...], found: Iterable[str | None]) -> bool:
    """Tell whether there is something and all of it is allowed; empty `allowed` allows everything."""
    if not allowed:
        return True
    seen = set(found)
    return bool(seen) and seen <= set(allowed)
