"""A dispatch enters each live story that takes it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sourcier.desk.store import Settings
from sourcier.run.routing import routed, takes
from sourcier.types import Takes
from tests.desk.make import START, capture

WIRE = capture("wire", "Les inondations gagnent Trois-Ponts.", source="galet")
FLOOD = Settings("crue", {"fr": "Crue"}, "UTC", ("fr",), Takes(words=("inond*",)))


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        (Takes(), False),
        (Takes(sources=("galet",)), True),
        (Takes(sources=("autre",)), False),
        (Takes(words=("INOND*",)), True),
        (Takes(words=("inond",)), False),
        (Takes(words=("trois-ponts",)), True),
        (Takes(words=("ponts (nord",)), False),
    ],
)
def test_any_one_line_suffices(wanted: Takes, taken: bool) -> None:
    assert takes(wanted, WIRE) is taken


def test_a_dispatch_can_belong_to_several_stories_but_to_no_frozen_one() -> None:
    frozen = replace(FLOOD, slug="gel", frozen=START)
    other = replace(FLOOD, slug="feu", takes=Takes(words=("feu",)))
    assert routed("ponts", [WIRE], [FLOOD, frozen, other]) == {"ponts": [WIRE], "crue": [WIRE]}
