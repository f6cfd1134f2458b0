"""The origins of a whole story are those that counting everything anew would give, at every step."""

from __future__ import annotations

import random

import pytest
from msgspec.structs import replace

from sourcier.types import Capture, Origins
from sourcier.weave import Known, weave

from .samples import Told, capture, told
from .test_order import dispatches


def counted_anew(known: Known) -> Origins:
    found = known.counted(c.id for c in known.claims.values() if c.role == "news")
    kept = [c for c in known.captures.values() if not known.dispatches.is_deleted(c.dispatch)]
    return Origins(
        outlets=len({c.publisher or c.dispatch for c in kept}),
        dispatches=len({c.dispatch for c in kept}),
        origins=found.origins,
    )


def changed(source: Capture, chance: random.Random) -> Told:
    """Return the next version of a dispatch, or its deletion."""
    deleted = chance.random() < 0.5
    fields = {"text": "" if deleted else source.text + " Again.", "deleted": deleted}
    later = told(replace(source, id=f"{source.id}v2", version=2, supersedes=source.id, **fields))
    if not deleted:
        later.occurrence("Strike on the town", "fire")
    return later


@pytest.mark.parametrize("seed", range(4))
def test_the_total_is_what_counting_anew_gives(seed: int) -> None:
    chance = random.Random(seed)
    makers = dispatches(chance)
    makers += [changed(maker.source, chance) for maker in chance.sample(makers, 6)]
    known = Known()
    for number, maker in enumerate(makers):
        known = weave([maker.source], maker.claims, known).known
        if number % 3 == 0:
            assert known.total() == counted_anew(known)
    assert known.total() == counted_anew(known)


def test_a_story_of_which_all_was_deleted_has_no_origin() -> None:
    source = capture("a", "Strike on the town.")
    maker = told(source)
    maker.occurrence("Strike on the town", "strike")
    known = weave([source], maker.claims).known
    assert known.total().dispatches == 1
    gone = replace(source, id="a2", version=2, text="", deleted=True)
    assert weave([gone], [], known).known.total() == Origins()
