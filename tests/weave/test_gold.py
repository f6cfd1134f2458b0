"""The annotated golden dispatches, woven: copies, events and chains of revisions come out right."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sourcier.types import Capture, Claim, Event, Ledger
from sourcier.weave import Known, weave

GOLD = Path(__file__).parents[2] / "../shared/gold"

pytestmark = pytest.mark.skipif(
    not GOLD.is_dir(), reason="the golden dispatches are not there (../shared/gold)"
)


def dispatches() -> list[dict[str, Any]]:
    lines = [
        line
        for path in sorted(GOLD.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    return [json.loads(line) for line in lines]


def capture(row: dict[str, Any]) -> Capture:
    fields = ("id", "text", "published", "publisher", "language", "zone", "title")
    values = {name: row[name] for name in fields}
    return msgspec.convert({**values, "dispatch": row["id"], "role": row["source_role"]}, Capture)


def claims(row: dict[str, Any]) -> list[Claim]:
    made = []
    for claim in row["claims"]:
        place = claim["place"] and {"latitude": None, "longitude": None, **claim["place"]}
        values = {**claim, "capture": row["id"], "dispatch": row["id"], "place": place}
        made.append(msgspec.convert(values, Claim))
    return made


@pytest.fixture(scope="module")
def known() -> Known:
    rows = dispatches()
    return weave(map(capture, rows), [claim for row in rows for claim in claims(row)]).known


def of(claim: str) -> str:
    return claim.rsplit(".", 1)[0]


def event_of(known: Known, claim: str) -> Event:
    name = known.event_of(claim)
    assert name is not None
    return known.event(name)


def ledger(known: Known, claim: str, outcome: str, group: tuple[str, ...] = ()) -> Ledger:
    found = event_of(known, claim).ledgers
    return next(entry for entry in found if (entry.outcome, entry.of) == (outcome, group))


def test_every_copy_has_its_origin_and_nothing_else_is_a_copy(known: Known) -> None:
    expected = {row["id"]: row["copy_of"] for row in dispatches() if row.get("copy_of")}
    assert {copy.capture: copy.origin for copy in known.copies.values()} == expected


def test_each_group_is_one_event_and_no_event_mixes_groups(known: Known) -> None:
    groups: dict[str, set[str]] = defaultdict(set)
    for row in dispatches():
        groups[row.get("same_event") or row["id"]].add(row["id"])
    home = {row["id"]: row.get("same_event") or row["id"] for row in dispatches()}
    together = set()
    for event in known.events():
        captures = {of(claim) for claim in event.claims}
        assert len({home[name] for name in captures}) == 1, event
        together.add(frozenset(captures))
    for name, members in groups.items():
        if len(members) > 1:
            assert frozenset(members) in together, name


@pytest.mark.parametrize(
    ("claim", "outcome", "figures", "disputed"),
    [
        ("fr-004.1", "killed", (4, 4), False),
        ("fr-004.2", "injured", (11, 11), False),
        ("en-003.2", "killed", (16, None), True),
        ("uk-002.2", "killed", (2, 2), True),
        ("ru-003.1", "killed", (7, None), True),
        ("ru-003.4", "displaced", (230, 230), False),
        ("fr-001.1", "killed", (2, None), True),
        ("fr-001.2", "injured", (9, 17), True),
    ],
)
def test_chains_of_revisions_end_right(
    known: Known, claim: str, outcome: str, figures: tuple[int, int | None], disputed: bool
) -> None:
    found = ledger(known, claim, outcome)
    assert (found.low, found.high) == figures
    assert (found.disputed_since is not None) == disputed


def test_a_revised_figure_is_superseded_never_lost(known: Known) -> None:
    found = ledger(known, "fr-004.1", "killed")
    states = {line.claim: (line.state, line.superseded_by) for line in found.lines}
    assert states == {
        "fr-004.1": ("superseded", "fr-005.2"),
        "fr-005.2": ("superseded", "fr-006.2"),
        "fr-006.2": ("current", None),
    }


def test_copies_add_no_origin(known: Known) -> None:
    killed = ["fr-001.1", "fr-002.1", "fr-003.2", "en-001.1"]
    (origin,) = known.origins(killed).origins
    assert origin.captures == ("fr-001", "fr-002", "en-001", "fr-003")
    assert known.origins(killed).outlets == 4
    assert len(known.origins([*killed, "uk-001.2", "ru-001.2", "en-002.1"]).origins) == 3


def test_the_alert_of_the_night_is_one_interval(known: Known) -> None:
    (interval,) = [i for i in known.alerts() if "fr-001.8" in i.claims]
    assert interval.start is not None
    assert interval.end is not None
    assert interval.start.isoformat() == "2025-02-04T21:52:00+00:00"
    assert interval.end.isoformat() == "2025-02-05T02:30:00+00:00"
    assert {of(claim) for claim in interval.claims} == {
        "fr-001",
        "fr-002",
        "en-001",
        "uk-001",
        "ru-001",
    }
