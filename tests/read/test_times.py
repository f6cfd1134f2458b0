"""Times: every line of the corpora, daylight saving, zones of places, and any text at all."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcier.languages import LANGUAGES
from sourcier.read.document import Document
from sourcier.read.drafts import TimeDraft
from sourcier.read.fold import fold
from sourcier.read.times import find_times, in_zone
from sourcier.types import Capture
from tests.read.corpora import cases, lines

ROOT = Path(__file__).parents[2]
SEED = ROOT / "../shared/seed/20minutes-2024-11-22.txt"


def document(
    text: str,
    language: str = "fr",
    published: str = "2024-11-22T08:30:00+01:00",
    zone: str = "Europe/Paris",
) -> Document:
    when = datetime.fromisoformat(published)
    return Document(
        text, language, when, zone, Capture(id="c", dispatch="d", text=text, published=when)
    )


def value(draft: TimeDraft) -> tuple[str, str, str]:
    time = draft.time
    return f"{time.start:%FT%TZ}", f"{time.end:%FT%TZ}", time.precision


@pytest.mark.parametrize(("language", "room", "line"), cases("times"))
def test_corpus(language: str, room: str, line: dict[str, Any]) -> None:
    drafts = find_times(document(line["text"], language, line["published"], line["zone"]))
    wanted = [(time["start"], time["end"], time["precision"]) for time in line["times"]]
    assert [value(draft) for draft in drafts] == wanted
    zones = [time.get("zone", line["zone"]) for time in line["times"]]
    assert [draft.time.zone for draft in drafts] == zones
    assert [draft.told for draft in drafts] == [time.get("told", False) for time in line["times"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quarter_of_the_corpus_are_traps(language: str) -> None:
    traps = [line for line in lines(language, "times") if not line["times"]]
    assert len(traps) * 5 >= len(lines(language, "times"))


def test_local_time_is_resolved_again_in_the_zone_of_the_place() -> None:
    text = "L'alerte, donnée à 23h52 locales jeudi, a été levée vers 04h30."
    given_, lifted = find_times(document(text))
    assert given_.local
    assert lifted.local
    assert value(in_zone(given_, "Europe/Kyiv", document(text)))[0] == "2024-11-21T21:52:00Z"
    assert value(in_zone(lifted, "Europe/Kyiv", document(text)))[0] == "2024-11-22T02:30:00Z"


def test_a_bare_local_clock_is_on_the_day_that_it_is_at_the_place() -> None:
    text = "Le couvre-feu a commencé à 05h00 locales."
    far = document(text, published="2024-05-16T11:45:00+02:00")
    (draft,) = find_times(far)
    assert value(in_zone(draft, "Pacific/Noumea", far))[0] == "2024-05-15T18:00:00Z"


def test_what_is_not_local_stays_in_its_zone() -> None:
    text = "Le tir a eu lieu à 04h12 GMT."
    (draft,) = find_times(document(text))
    assert in_zone(draft, "Asia/Tokyo", document(text)) is draft


def test_an_hour_is_sixty_minutes_when_the_clocks_change() -> None:
    text = "La tempête a atteint la côte à 2 heures."
    (draft,) = find_times(document(text, published="2024-10-27T09:00:00+01:00"))
    assert (draft.time.end - draft.time.start).total_seconds() == 3600


def test_the_night_of_the_change_is_an_hour_longer() -> None:
    text = "Il a plu dans la nuit de samedi à dimanche."
    (draft,) = find_times(document(text, published="2024-10-27T09:00:00+01:00"))
    assert value(draft) == ("2024-10-26T20:00:00Z", "2024-10-27T05:00:00Z", "part_of_day")


@pytest.mark.skipif(
    not SEED.is_file(), reason="the reference document is not beside the repository"
)
def test_the_reference_document() -> None:
    read = document(SEED.read_text("utf-8"))
    found = [(read.text[slice(*draft.time.span)], draft) for draft in find_times(read)]
    days = [
        (text.lower().removeprefix("ce "), value(draft)[0])
        for text, draft in found
        if draft.time.precision == "day"
    ]
    assert days == [
        ("vendredi", "2024-11-21T23:00:00Z"),
        ("vendredi", "2024-11-21T23:00:00Z"),
        ("jeudi", "2024-11-20T23:00:00Z"),
        ("jeudi", "2024-11-20T23:00:00Z"),
    ]
    (clock,) = [draft for _, draft in found if draft.local]
    assert value(in_zone(clock, "Europe/Kyiv", read)) == (
        "2024-11-22T04:00:00Z",
        "2024-11-22T05:00:00Z",
        "hour",
    )
    (month,) = [draft for _, draft in found if draft.time.precision == "month"]
    assert value(month) == ("2024-07-31T22:00:00Z", "2024-08-31T22:00:00Z", "month")
    assert len(found) == 6


PIECES = st.sampled_from(
    [
        *"0123456789:.,-–()«»’'\n ",
        "vendredi ", "on Friday ", "у середу ", "в среду ", "31 ", "février ", "30 February ", "2024 ",
        "9999 ", "à ", "24:59 ", "25h70 ", "dans la nuit de ", "until ", "since ", "last ", "місяців тому ",
        "99 years ago ", "GMT ", "locales ", "00:00 ", "из 31 июня до ", "de ", "entre ", "et minuit ",
    ]
)  # fmt: skip


@pytest.mark.slow
@given(
    st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map("".join)),
    st.sampled_from(LANGUAGES),
)
def test_any_text_is_read_without_fault(text: str, language: str) -> None:
    read = document(text, language)
    drafts = find_times(read)
    assert drafts == find_times(read)
    for draft in drafts:
        start, end = draft.time.span
        assert 0 <= start < end <= len(text)
        assert draft.time.text == text[start:end]
        assert draft.time.start < draft.time.end
        assert draft.time.start.tzinfo is UTC
        moved = in_zone(draft, "Pacific/Kiritimati", read)
        assert moved.time.start < moved.time.end
    assert len(fold(text)) == len(text)
