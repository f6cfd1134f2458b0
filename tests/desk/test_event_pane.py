"""An event's pane: origins with their relays, part by part where there are many."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from django.test import Client

from sourcier.desk import store
from sourcier.desk.screens.entry.event_pane import SHOWN, Part, grouped, numbered, part_of
from sourcier.desk.store import EventPage
from sourcier.types import Capture, Copy
from tests.desk.conftest import SLUG
from tests.desk.make import batch, capture, change, event, minute, occurrence, reading

DESK = f"/desk/{SLUG}/"
MANY = 40


@pytest.fixture
def large(story: str) -> str:
    """A story with an event of `MANY` sources."""
    told = [capture(f"d{n}", f"Un drone est tombé, numéro {n}.", at=n) for n in range(MANY)]
    claims = [occurrence(one, f"f{n}", "Un drone est tombé", "drone") for n, one in enumerate(told)]
    store.save_captures(SLUG, told)
    pairs = zip(told, claims, strict=True)
    store.save_readings(SLUG, [reading(one, claim) for one, claim in pairs])
    opened = change("event_opened", claims[0])
    store.save_woven(SLUG, batch(opened, events=[event(*claims)]), minute(MANY))
    return story


def shown(page: str) -> list[int]:
    """Return the numbers of the sources shown."""
    return [int(number) for number in re.findall(r"tombé</mark>, numéro (\d+)\.", page)]


def ticked(page: str) -> set[str]:
    return set(re.findall(r'name="claim" value="(\w+)"[^>]* checked', page))


@pytest.mark.slow
def test_the_first_source_and_the_latest_are_shown(editor: Client, large: str) -> None:
    page = editor.get(f"{DESK}?event=e1").text
    assert shown(page) == [0, *range(MANY - SHOWN + 1, MANY)]


def test_each_source_is_reached_from_part_to_part(editor: Client, large: str) -> None:
    page, seen = editor.get(f"{DESK}?event=e1").text, set[int]()
    for _ in range(MANY):
        seen.update(shown(page))
        earlier = re.search(r"origins=(\d+)#sources\">Plus anciennes", page)
        if not earlier:
            break
        page = editor.get(f"{DESK}?event=e1&origins={earlier.group(1)}").text
    assert seen == set(range(MANY))
    assert "Plus récentes" in page


def test_what_is_bound_stays_with_the_form_whatever_part_is_shown(
    editor: Client, large: str
) -> None:
    form = {"event": "e1", "entry": "new", "claim": ["f3"], "origins": "20", "do": "publish"}
    refused = editor.post(f"{DESK}act", form)
    assert refused.status_code == 422
    assert ticked(refused.text) == {"f3"}
    assert 3 not in shown(refused.text)
    assert 19 in shown(refused.text)


def test_a_proof_names_bound_claims_of_other_parts(editor: Client, large: str) -> None:
    sent = {"event": "e1", "entry": "new", "claim": ["f3"], "text-fr": "Un drone est tombé"}
    assert "<b>4</b>" in editor.post(f"{DESK}proof", sent).text


@pytest.mark.slow
@pytest.mark.parametrize("asked", ["-1", "0", "x", "9" * 30, "²", "1000000", ""])
def test_a_part_that_there_is_not_is_the_latest(editor: Client, large: str, asked: str) -> None:
    page = editor.get(DESK, {"event": "e1", "origins": asked}).text
    assert MANY - 1 in shown(page)


@pytest.mark.parametrize("count", [0, 1, SHOWN])
def test_few_sources_are_all_shown(count: int) -> None:
    assert part_of(count, 0) is None


@pytest.mark.parametrize("count", range(SHOWN + 1, 4 * SHOWN))
def test_parts_follow_each_other_without_a_gap(count: int) -> None:
    reached = {1}
    part = part_of(count, 0)
    while part:
        reached.update(range(part.low, part.high + 1))
        assert part.high - part.low < SHOWN
        before = part_of(count, part.earlier) if part.earlier else None
        assert before is None or before.later
        part = before
    assert reached == set(range(1, count + 1))
    assert part_of(count, 1) == Part(1, SHOWN, count, 0, min(2 * SHOWN - 1, count))


def page(captures: Iterable[Capture], *copies: Copy) -> EventPage:
    held = {one.id: one for one in captures}
    claims = [occurrence(one, f"c-{one.id}", "Un drone") for one in held.values()]
    return EventPage(
        event(*claims),
        held,
        {claim.id: claim for claim in claims},
        {copy.capture: copy for copy in copies},
    )


def test_relays_stand_behind_their_origin_and_loose_ones_last() -> None:
    told = [capture(key, "Un drone est tombé.", at=n) for n, key in enumerate("abcde")]
    told[4] = capture("e", "Un drone.", at=4, supersedes="d")
    made = page(
        told,
        Copy(capture="b", origin="c", kind="verbatim"),
        Copy(capture="a", origin="elsewhere", kind="cut"),
    )
    assert grouped(made) == [["c", "b"], ["e"], ["a"]]
    assert [claim.capture for claim in numbered(made).values()] == ["c", "e", "a", "b"]
