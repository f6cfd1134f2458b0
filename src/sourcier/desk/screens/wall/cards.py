"""The events on the wall, each with its last movements. No query, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sourcier import types
from sourcier.desk.drafting.phrases import Phrases
from sourcier.desk.screens.desk import Desk
from sourcier.desk.store import Wall, WallEvent
from sourcier.publish.glyph import Glyph, glyph

LOOKS = {
    "event_opened": ("i-pl", "tea"),
    "toll_stated": ("i-up", ""),
    "toll_revised": ("i-up", ""),
    "toll_disputed": ("i-ne", "och"),
    "toll_settled": ("i-ok", ""),
    "alert_opened": ("i-al", "red"),
    "alert_observed": ("i-al", "red"),
    "alert_closed": ("i-al", ""),
    "claim_confirmed": ("i-ok", "tea"),
    "claim_denied": ("i-ne", "och"),
    "claim_disputed": ("i-ne", "och"),
    "dispatch_edited": ("i-ed", ""),
    "dispatch_deleted": ("i-rm", "plu"),
}
"""The icon and the colour of each kind of movement; the others are a plus in no colour."""
MOVEMENTS = 3
"""How many movements the wall shows of an event."""
STRONGER = {"toll_stated", "alert_opened"}
WEAKER = {"occurrence_added", "statement_added", "measure_added"}
"""What tells more, and what less, than that the same claim opened an event."""
QUOTED = 70
"""After how many characters a source's words are cut."""


@dataclass(frozen=True, slots=True)
class Movement:
    """One change on the wall: its icon and colour, its word, when, what was said in which language.

    `who` says it ("" where nobody is named), `figures` are the old and the new one of a revised toll.
    """

    icon: str
    colour: str
    word: str
    at: datetime
    said: str
    language: str
    who: str
    figures: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Card:
    """An event on the wall, its last movements first.

    `second` is the independent origin that first told something of it again, and when; "" for none.
    """

    key: str
    title: str
    movements: tuple[Movement, ...]
    glyph: Glyph
    counts: str
    told: bool
    unread: bool
    second: str = ""


def cards(desk: Desk, wall: Wall) -> tuple[Card, ...]:
    """Return the wall."""
    phrases = Phrases(desk.language, wall.captures, wall.claims.values())
    return tuple(_card(desk, item, wall.claims, phrases) for item in wall.events)


def _card(desk: Desk, item: WallEvent, claims: Mapping[str, types.Claim], phrases: Phrases) -> Card:
    return Card(
        key=item.event.id,
        title=desk.title(item.event, claims, phrases),
        movements=tuple(
            _movement(desk, c, claims, phrases) for c in _distinct(item.changes)[:MOVEMENTS]
        ),
        glyph=glyph(item.event.origins.origins),
        counts=desk.counts(item.event.origins),
        told=item.told,
        unread=item.unread,
        second=_second(desk, item.second, claims, phrases) if item.second else "",
    )


def _distinct(changes: tuple[types.Change, ...]) -> tuple[types.Change, ...]:
    """Return movements without those that say again what another says of the claim that opened the event."""

    def about(change: types.Change) -> tuple[object, ...]:
        return change.at, change.claims[:1]

    opened = {about(one) for one in changes if one.kind == "event_opened"}
    stronger = {about(one) for one in changes if one.kind in STRONGER}

    def again(one: types.Change) -> bool:
        if one.kind == "event_opened":
            return about(one) in stronger
        return one.kind in WEAKER and about(one) in opened - stronger

    return tuple(one for one in changes if not again(one))


def _second(
    desk: Desk, change: types.Change, claims: Mapping[str, types.Claim], phrases: Phrases
) -> str:
    """Return who first confirmed something independently, and when."""
    claim = next((claims[key] for key in change.claims[1:2] if key in claims), None)
    names = change.data.get("names") or ("", "")
    who = phrases.speaker(claim, medium=False, tongue=False) if claim else str(names[-1])
    return desk.say("wall.second", who=who, clock=desk.clock(change.at)) if who else ""


def _movement(
    desk: Desk, change: types.Change, claims: Mapping[str, types.Claim], phrases: Phrases
) -> Movement:
    icon, colour = LOOKS.get(change.kind, ("i-pl", ""))
    found = [claims[key] for key in change.claims[:2] if key in claims]
    claim = found[0] if found else None
    return Movement(
        icon=icon,
        colour=colour,
        word=desk.say(f"change.{change.kind}"),
        at=change.at,
        said=_cut(claim.quote) if claim else "",
        language=phrases.written_in(claim.capture) if claim else desk.language,
        who=phrases.speaker(claim, medium=False, tongue=False) if claim else "",
        figures=revised(desk, *found) if change.kind == "toll_revised" else None,
    )


def revised(desk: Desk, *found: types.Claim) -> tuple[str, str] | None:
    """Return the figure that a toll had and the one it has now; None where they are not two of one kind.

    `found` are the claims of the change: the new figure, then the one that it revises.
    """
    match found:
        case (types.Toll() as new, types.Toll() as old) if new.outcome == old.outcome:
            before, after = _figure(desk, old), _figure(desk, new)
            return (before, after) if before and after and before != after else None
    return None


def _figure(desk: Desk, claim: types.Toll) -> str:
    """Return "2", "2–5" or "≥ 2"; "" where no figure is given."""
    if claim.low is None:
        return f"≤ {desk.words.number(claim.high)}" if claim.high is not None else ""
    low = desk.words.number(claim.low)
    if claim.high is None:
        return f"≥ {low}"
    return low if claim.high == claim.low else f"{low}–{desk.words.number(claim.high)}"


def _cut(words: str) -> str:
    return words if len(words) <= QUOTED else words[:QUOTED].rsplit(" ", 1)[0] + " […]"
