"""Key points over the whole story: pinned entries, the highest tolls, open contradictions."""

from __future__ import annotations

from dataclasses import dataclass

from sourcier.publish.feed import counts, headline
from sourcier.publish.tolls import amount, event_name, gravity, standing, toll_id
from sourcier.publish.view import View
from sourcier.types import Entry, Event, Ledger

POINTS = 6
TOLLS = 3
FEWEST = 5


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One line of what matters, its address, and the small print under it."""

    text: str
    language: str | None
    href: str
    small: str
    doubt: bool = False


def key_points(view: View) -> list[KeyPoint]:
    """Return the story's key points, at most `POINTS`."""
    pinned = sorted(filter(_pinned, view.entries), key=lambda entry: entry.rank)
    told = {claim for entry in pinned for claim in entry.claims}
    found = [_of_entry(view, entry) for entry in pinned]
    found += [
        point
        for event, ledger in _ledgers(view, told)
        if (point := _of_ledger(view, event, ledger))
    ]
    if len(found) < FEWEST:
        carried = sorted((e for e in view.entries if _plain(e)), key=lambda e: -e.origins.outlets)
        found += [_of_entry(view, entry) for entry in carried[: FEWEST - len(found)]]
    return found[:POINTS]


def _pinned(entry: Entry) -> bool:
    return entry.state != "retracted" and (entry.pinned or entry.kind == "key_point")


def _plain(entry: Entry) -> bool:
    apart = ("toll", "correction", "retraction", "background", "recap", "key_point")
    return entry.state != "retracted" and entry.kind not in apart and not entry.pinned


def _ledgers(view: View, told: set[str]) -> list[tuple[Event, Ledger]]:
    """Return disputed ledgers, then the gravest that no pinned entry tells, one a place and outcome."""
    events = [event for event in view.story.events.values() if standing(event)]
    events.sort(key=gravity, reverse=True)
    pairs = [(event, ledger) for event in events for ledger in standing(event) if not ledger.of]
    fresh: dict[tuple[str, str], tuple[Event, Ledger]] = {}
    for event, ledger in sorted(pairs, key=lambda pair: pair[1].disputed_since is None):
        if event.place and (ledger.disputed_since or not _told(ledger, told)):
            fresh.setdefault((event.place.name, ledger.outcome), (event, ledger))
    return list(fresh.values())[:TOLLS]


def _told(ledger: Ledger, told: set[str]) -> bool:
    return any(line.claim in told for line in ledger.lines if line.state == "current")


def _of_entry(view: View, entry: Entry) -> KeyPoint:
    text, language = headline(view, entry)
    return KeyPoint(
        text,
        language,
        view.address(entry),
        counts(view, entry),
    )


def _of_ledger(view: View, event: Event, ledger: Ledger) -> KeyPoint | None:
    figure = amount(view, ledger)
    if figure.quoted:
        return None
    words = view.words
    key = "key.provisional" if ledger.provisional else "key.toll"
    text = words(key, place=event_name(view, event), amount=str(figure))
    small = (
        words("key.disputed", clock=view.moment(ledger.disputed_since))
        if ledger.disputed_since
        else ""
    )
    return KeyPoint(text, None, f"#{toll_id(event)}", small, doubt=bool(small))
