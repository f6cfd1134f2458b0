"""Health: what is the matter with a source is seen within two polls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from sourcier.gather.fetched import Fetched, HttpError
from sourcier.gather.health import health
from sourcier.gather.pulse import Pulse
from sourcier.problems import InputError
from sourcier.types import Source, SourceHealth

NOW = datetime(2024, 11, 22, 9, tzinfo=UTC)
SOURCE = Source(id="d", kind="feed", url="https://fanal.example/rss", publisher="Le Fanal")
POLL = timedelta(minutes=2)


def settled() -> Pulse:
    """Return the pulse of a source that has had something new every ten minutes for two hours."""
    pulse = Pulse()
    for number in range(60):
        at = NOW - POLL * (60 - number)
        pulse.opened(Fetched(SOURCE.url, b"", at, seconds=0.2))
        pulse.went_well(at, new=int(number % 5 == 0), found=20)
    return pulse


def seen(pulse: Pulse, now: datetime = NOW) -> SourceHealth:
    return health(SOURCE, pulse, now)


def fails(code: str) -> Callable[[Pulse, datetime], None]:
    return lambda pulse, at: pulse.went_wrong(InputError(SOURCE.url, code, "no"), at)


def refuses(status: int) -> Callable[[Pulse, datetime], None]:
    return lambda pulse, at: pulse.went_wrong(HttpError(SOURCE.url, status, None), at)


def answers(
    found: int = 20, seconds: float = 0.2, moved: str | None = None
) -> Callable[[Pulse, datetime], None]:
    def answer(pulse: Pulse, at: datetime) -> None:
        pulse.opened(Fetched(SOURCE.url, b"", at, seconds=seconds, moved=moved))
        pulse.went_well(at, new=0, found=found)

    return answer


def test_a_source_that_does_what_it_did_is_well() -> None:
    assert seen(Pulse()).state == "new"
    found = seen(settled())
    assert (found.state, found.usual, found.seconds) == ("ok", 600, 0.2)
    assert not found.needs_a_look


@pytest.mark.parametrize(
    ("poll", "state"),
    [
        (fails("fetch_failed"), "dead"),
        (refuses(404), "dead"),
        (refuses(410), "dead"),
        (refuses(503), "dead"),
        (refuses(403), "blocked"),
        (refuses(429), "blocked"),
        (refuses(451), "blocked"),
        (fails("robots_forbid"), "blocked"),
        (fails("no_posts"), "changed"),
        (fails("bad_feed"), "changed"),
        (answers(found=0), "changed"),
        (answers(seconds=12.0), "slow"),
        (answers(moved="https://fanal.example/new"), "moved"),
    ],
)
def test_a_trouble_is_seen_within_two_polls_and_gone_with_the_next_good_one(
    poll: Callable[[Pulse, datetime], None], state: str
) -> None:
    pulse = settled()
    poll(pulse, NOW)
    assert seen(pulse).state in {"ok", "failing", "moved"}
    poll(pulse, NOW + POLL)
    found = seen(pulse, NOW + POLL)
    assert found.state == state
    assert found.needs_a_look
    answers()(pulse, NOW + 2 * POLL)
    after = seen(pulse, NOW + 2 * POLL)
    assert (after.state, after.code) == ("ok", None)


def test_silence_is_measured_by_the_usual_rhythm() -> None:
    pulse = settled()
    assert seen(pulse, NOW + timedelta(minutes=60)).state == "ok"
    assert seen(pulse, NOW + timedelta(minutes=100)).state == "silent"
    rare = Pulse(arrivals=[NOW + timedelta(days=day) for day in range(7)], polls=9)
    rare.newest = rare.arrivals[-1]
    assert seen(rare, rare.newest + timedelta(days=3)).state == "ok"
    assert seen(rare, rare.newest + timedelta(days=9)).state == "silent"


def test_a_door_that_never_gave_anything_is_not_called_changed() -> None:
    pulse = Pulse()
    for _ in range(3):
        fails("bad_feed")(pulse, NOW)
    assert seen(pulse).state == "dead"


def test_what_was_missed_is_named_and_bounded() -> None:
    pulse = Pulse()
    for number in range(100):
        pulse.missed(f"posts {number} to {number + 1}")
        pulse.missed(f"posts {number} to {number + 1}")
    pulse.cut(7)
    found = seen(pulse)
    assert len(found.gaps) == 30
    assert found.gaps[-1] == "posts 99 to 100"
    assert found.lost == 7
