"""Whoever says again what an entry rests on is counted with it."""

from __future__ import annotations

from datetime import datetime

from sourcier.gather import make_capture
from sourcier.read import read
from sourcier.types import Capture, Claim, Occurrence, Statement
from sourcier.weave import weave

AT = datetime.fromisoformat


def capture(publisher: str, at: str, text: str, language: str) -> Capture:
    return make_capture(
        text=text,
        published=AT(at),
        publisher=publisher,
        dispatch=publisher,
        zone="Europe/Kyiv",
        language=language,
    )


FIRST = capture(
    "Fil Amont", "2024-11-22T06:10:00+02:00",
    "Une frappe russe a touché Soumy vendredi matin, a indiqué le maire, Ivan Hrek. "
    "« La nuit a été dure », a-t-il dit.", "fr",
)  # fmt: skip
SECOND = capture(
    "Estuary News", "2024-11-22T06:40:00+02:00",
    "A Russian strike hit Sumy on Friday morning, the mayor, Ivan Hrek, said. "
    "“The night was hard,” he said.", "en",
)  # fmt: skip
ELSEWHERE = capture(
    "The Weir", "2024-11-22T07:00:00+02:00",
    "A Russian strike hit Odesa on Friday morning, the mayor, Taras Bril, said.", "en",
)  # fmt: skip


def told() -> tuple[list[Capture], list[Claim]]:
    captures = [FIRST, SECOND, ELSEWHERE]
    return captures, [claim for one in captures for claim in read(one).claims]


def first_of(claims: list[Claim], kind: type[Claim]) -> Claim:
    return next(claim for claim in claims if isinstance(claim, kind) and claim.capture == FIRST.id)


def test_an_occurrence_told_again_in_another_language_is_counted() -> None:
    captures, claims = told()
    known = weave(captures, claims).known
    origins = known.origins([first_of(claims, Occurrence).id])
    assert origins.outlets == 2
    assert len(origins.origins) == 1, "one mayor is one origin"


def test_the_same_speakers_words_are_counted_and_nobody_elses() -> None:
    captures, claims = told()
    known = weave(captures, claims).known
    origins = known.origins([first_of(claims, Statement).id])
    assert {known.claims[name].capture for name in origins.claims} == {FIRST.id, SECOND.id}


def test_claims_asked_for_alone_are_counted_alone() -> None:
    captures, claims = told()
    known = weave(captures, claims).known
    only = first_of(claims, Occurrence).id
    assert known.counted([only]).claims == (only,)
    assert known.counted([only]).outlets == 1
