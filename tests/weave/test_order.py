"""Whatever came first, the story is the same in the end."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from sourcier.types import Credit
from sourcier.weave import Known, weave

from .samples import KONOTOP, NIGHT, OKHTYRKA, SUMY_REGION, Told, by, capture, told, when

OUTLETS = ("Harbour Wire", "Coast Daily", "Quay Review", "Le Môle", "Плавні", "Perch Agency")
WORDS = (
    "ferry",
    "quay",
    "storm",
    "lamp",
    "rope",
    "anchor",
    "tide",
    "crane",
    "beacon",
    "jetty",
    "mast",
    "hull",
    "sail",
    "wharf",
    "net",
    "buoy",
)


def story(known: Known) -> dict[str, Any]:
    """What is known, without the ids of events, which stay as first given."""
    return {
        "events": sorted(
            msgspec.json.encode(
                {
                    "claims": sorted(event.claims),
                    "type": event.type,
                    "origins": [(o.key, o.captures, o.captured) for o in event.origins.origins],
                    "ledgers": [
                        msgspec.structs.replace(found, event="") for found in event.ledgers
                    ],
                }
            )
            for event in known.events()
            if event.merged_into is None
        ),
        "alerts": [msgspec.structs.replace(i, event=None) for i in known.alerts()],
        "copies": sorted(
            (c.capture, c.kind, c.origin or "", c.share, c.lost) for c in known.copies.values()
        ),
        "total": known.total(),
    }


def dispatches(chance: random.Random) -> list[Told]:
    """Invent a day's dispatches: fresh texts, copies, relays, loose and sharp times and places."""
    made: list[Told] = []
    for number in range(18):
        outlet = chance.choice(OUTLETS)
        clock = f"{chance.randrange(4, 23):02}:{chance.randrange(60):02}"
        copied = chance.choice(made) if made and chance.random() < 0.4 else None
        words = " ".join(chance.choices(WORDS, k=24))
        text = (
            copied.source.text if copied else f"Strike on the town. Some were hurt. Siren. {words}."
        )
        credit = (
            (Credit(kind="agency", name=chance.choice(OUTLETS)),) if chance.random() < 0.2 else ()
        )
        source = capture(f"d{number}", text, clock, publisher=outlet, credits=credit)
        made.append(_claims(told(source), chance))
    return made


def _claims(made: Told, chance: random.Random) -> Told:
    minute = f"{chance.randrange(24):02}:00"
    times = (None, NIGHT, when(minute, 1 / 60, "minute"), when("00:00", 24, "day"))
    places = (OKHTYRKA, OKHTYRKA, KONOTOP, SUMY_REGION, None)
    speakers = ((), by("Petro Zadorozh", "mayor"), by(None, "maire"), by("Vira Oselna", None))
    common = {
        "time": chance.choice(times),
        "place": chance.choice(places),
        "attribution": chance.choice(speakers),
    }
    made.occurrence("Strike on the town", chance.choice(("strike", "explosion", "fire")), **common)
    qualifier = chance.choice(("exact", "at_least"))
    number = chance.randrange(2, 5)
    made.toll("Some were hurt", "injured", number, qualifier=qualifier, **common)
    if chance.random() < 0.5:
        made.alert("Siren", chance.choice(("started", "in_force", "ended")), **common)
    return made


def one_by_one(makers: Sequence[Told]) -> Known:
    known = Known()
    for maker in makers:
        known = weave([maker.source], maker.claims, known).known
    return known


@pytest.mark.slow
@pytest.mark.parametrize(
    "seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(4, 12))]
)
def test_the_story_does_not_depend_on_the_order_of_arrival(seed: int) -> None:
    chance = random.Random(seed)
    makers = dispatches(chance)
    batch = weave([m.source for m in makers], [c for m in makers for c in m.claims]).known
    expected = story(batch)
    assert len(expected["events"]) > 1
    for _ in range(3):
        chance.shuffle(makers)
        assert story(one_by_one(makers)) == expected


def test_one_batch_gives_the_same_changes_in_any_order() -> None:
    chance = random.Random(5)
    makers = dispatches(chance)
    first = weave([m.source for m in makers], [c for m in makers for c in m.claims])
    chance.shuffle(makers)
    second = weave([m.source for m in makers], [c for m in makers for c in m.claims])
    assert first.changes == second.changes
    assert len({change.id for change in first.changes}) == len(first.changes)


def test_claims_that_come_after_their_capture_are_woven_the_same() -> None:
    makers = dispatches(random.Random(3))
    together = weave([m.source for m in makers], [c for m in makers for c in m.claims]).known
    known = weave([m.source for m in makers], []).known
    for maker in makers:
        for claim in maker.claims:
            known = weave([], [claim], known).known
    assert story(known) == story(together)


def test_claims_without_captures_make_events_and_ledgers() -> None:
    makers = dispatches(random.Random(7))
    known = weave([], [c for m in makers for c in m.claims]).known
    assert known.captures == {}
    assert any(event.ledgers for event in known.events())
    assert known.copies == {}
