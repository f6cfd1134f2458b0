"""The proof under each text: what its claims carry, and what is to be looked at. No query, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sourcier.desk.drafting.carried import Carrier, Run, proof
from sourcier.desk.drafting.checks import Bound, Check, checks
from sourcier.desk.drafting.phrases import Phrases
from sourcier.desk.screens.desk import Desk
from sourcier.desk.screens.entry import composer
from sourcier.desk.screens.entry.event_pane import numbered
from sourcier.desk.store import EventPage
from sourcier.types import Claim, Entry


@dataclass(frozen=True, slots=True)
class Proof:
    """A text in pieces, bound or not, and its checks; `tongues` of the claims that these quote, by number."""

    runs: tuple[Run, ...]
    checks: tuple[Check, ...]
    tongues: dict[int, str]


def proofs(desk: Desk, entry: Entry, page: EventPage | None) -> dict[str, Proof]:
    """Return the proof of each text of an entry, by language."""
    zones = [desk.story.zone, *filter(None, [entry.zone])]
    numbers = numbered(page) if page else {}
    return {
        code: _proof(composer.joined(entry.texts, code), code, entry, numbers, page, zones)
        for code in entry.texts
    }


def warnings(found: Mapping[str, Proof]) -> list[str]:
    """Return the checks as lines for the audit: the words that are unbound, else what is amiss."""
    return [
        check.words if check.kind in ("figure", "quotation") else f"{check.kind}: {check.quote}"
        for each in found.values()
        for check in each.checks
    ]


def _proof(
    text: str,
    code: str,
    entry: Entry,
    numbers: Mapping[int, Claim],
    page: EventPage | None,
    zones: list[str],
) -> Proof:
    captures = page.captures if page else {}
    phrases = Phrases(code, captures, numbers.values())
    known = [
        Carrier(number, claim, captures[claim.capture].text, captures[claim.capture].published)
        for number, claim in numbers.items()
        if claim.capture in captures
    ]
    bound = tuple(carrier for carrier in known if carrier.claim.id in entry.claims)
    rests = Bound(
        carriers=bound,
        free=tuple(carrier for carrier in known if carrier not in bound),
        givers={c.number: phrases.speaker(c.claim, medium=False) for c in bound},
        event=page.event if page else None,
    )
    runs = proof(text, code, bound, zones)
    found = checks(text, code, rests, zones, phrases.say)
    quoted = {check.number for check in found if check.number}
    tongues = {number: phrases.written_in(numbers[number].capture) for number in quoted}
    return Proof(runs, found, tongues)
