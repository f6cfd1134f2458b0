"""Whole texts, read and woven, that are hard to tell apart or to put together, in both orders of arrival."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sourcier.read import read
from sourcier.types import Capture
from sourcier.weave import Known, weave

from .samples import capture
from .test_order import story

STRIKES_OF_ONE_NIGHT = {
    "first": "Two people were killed and five injured when a missile hit an apartment block in Kharkiv "
    "at 22:15 on Monday, March 3, the mayor said.",
    "first_again": "Kharkiv: a missile struck an apartment building at 22:15 on March 3. Two people were "
    "killed and five were injured.",
    "second": "A drone hit a fuel depot in Kharkiv at 03:40 on Tuesday, March 4, killing one worker, "
    "the regional administration said.",
}
FOUR_DAYS_APART = {
    "first": "A missile strike on Sumy killed three people on the evening of March 1, police said.",
    "second": "A missile strike on Sumy killed seven people on the evening of March 5, police said.",
    "second_again": "Seven people were killed in Sumy on the evening of March 5 when missiles hit the city.",
}
BACKGROUND = {
    "before": "A drone attack on Poltava on March 3 killed four people, the governor said.",
    "after": "A drone attack on Poltava on March 4 injured nine people, the governor said. A day earlier, "
    "on March 3, a drone attack on the city killed four people.",
}
QUAKES = {
    "main": "A magnitude 6.8 earthquake struck Malatya, Turkey, at 04:17 on March 3, killing 40 people.",
    "main_again": "Forty people were killed by the 6.8 magnitude earthquake that hit Malatya at 04:17 on "
    "March 3.",
    "after": "A magnitude 5.1 earthquake, an aftershock, struck Malatya, Turkey, at 19:50 on March 4, "
    "injuring 12 people.",
}
STORM = {
    "fr": "La tempête Ariadne a fait deux morts en Bretagne, en France, dans la nuit du 3 au 4 mars.",
    "be": "Storm Ariadne killed one person in Liège, Belgium, on the night of March 3 to 4.",
    "de": "Storm Ariadne killed three people in Cologne, Germany, on the night of March 3 to 4.",
}
WITH_AND_WITHOUT_VILLAGE = {
    "village": "Russian forces shelled the village of Velyka Pysarivka in Sumy Oblast on the night of "
    "March 3 to 4, killing 2 people and injuring 6, the regional administration said.",
    "oblast": "Shelling of Sumy Oblast on the night of March 3 to 4 killed 2 people and injured 6.",
}
FOUR_LANGUAGES = {
    "en": "A Russian missile hit Kramatorsk on the night of March 3 to 4, killing 4 people and injuring "
    "17, the mayor said.",
    "fr": "Un missile russe a frappé Kramatorsk dans la nuit du 3 au 4 mars, faisant 4 morts et 17 "
    "blessés, selon le maire.",
    "uk": "У ніч на 4 березня російська ракета влучила в Краматорськ: 4 людини загинули, 17 поранені, "
    "повідомив міський голова.",
    "ru": "В ночь на 4 марта российская ракета попала в Краматорск: погибли 4 человека, 17 ранены, "
    "сообщил мэр города.",
}
CASES = [
    (STRIKES_OF_ONE_NIGHT, [{"first", "first_again"}, {"second"}]),
    (FOUR_DAYS_APART, [{"first"}, {"second", "second_again"}]),
    (BACKGROUND, [{"before"}, {"after"}]),
    (QUAKES, [{"main", "main_again"}, {"after"}]),
    (STORM, [{"fr", "be", "de"}]),
    (WITH_AND_WITHOUT_VILLAGE, [{"village", "oblast"}]),
    (FOUR_LANGUAGES, [{"en", "fr", "uk", "ru"}]),
]
DAYS = {"first": "04", "before": "03", "main": "03", "main_again": "03"}
SECOND_DAYS = {"second": "06", "second_again": "06"}


def captures(texts: dict[str, str]) -> list[Capture]:
    """Make a capture of each text, an hour after another, from an outlet of its own."""
    late = SECOND_DAYS if texts is FOUR_DAYS_APART else {}
    early = {"first": "02"} if texts is FOUR_DAYS_APART else {"after": "05", **DAYS}
    return [
        capture(
            name,
            text,
            f"{8 + number:02}:00",
            day=f"2031-03-{ {**early, **late}.get(name, '04') }",
            publisher=f"{name} Herald",
            language=name if name in ("fr", "uk", "ru") else "en",
        )
        for number, (name, text) in enumerate(texts.items())
    ]


def told_one_by_one(sources: Sequence[Capture]) -> Known:
    known = Known()
    for source in sources:
        known = weave([source], read(source).claims, known).known
    return known


@pytest.mark.parametrize(("texts", "expected"), CASES)
def test_each_event_has_its_own_texts_in_either_order(
    texts: dict[str, str], expected: list[set[str]]
) -> None:
    sources = captures(texts)
    forth, back = told_one_by_one(sources), told_one_by_one(sources[::-1])
    groups: dict[str, set[str]] = {}
    for source in sources:
        groups.setdefault(forth.story_of(source.id), set()).add(source.id)
    assert sorted(map(sorted, groups.values())) == sorted(map(sorted, expected))
    assert story(forth) == story(back)


def test_an_early_mixture_of_two_strikes_splits_and_the_id_stays_with_one() -> None:
    early = [
        "Explosions shook Poltava, police said. Two people were killed.",
        "Explosions shook Poltava, rescuers said. Seven people were injured.",
    ]
    sharp = [
        "A missile hit Poltava at 22:15 on March 3. Two people were killed.",
        "A missile hit Poltava at 03:40 on March 4. Seven people were injured.",
    ]
    sources = [
        capture(f"c{n}", text, f"{7 + n:02}:00", publisher=f"Herald {n}")
        for n, text in enumerate((*early, *sharp))
    ]
    mixed = told_one_by_one(sources[:2])
    (event,) = {mixed.story_of(source.id) for source in sources[:2]}
    apart = told_one_by_one(sources)
    assert apart.story_of("c0") == apart.story_of("c2") != apart.story_of("c1")
    assert apart.story_of("c1") == apart.story_of("c3")
    assert event in (apart.story_of("c0"), apart.story_of("c1"))
    (split,) = [change for change in apart.changes if change.kind == "event_split"]
    assert split.data["from"] == event
    assert story(apart) == story(told_one_by_one(sources[::-1]))
