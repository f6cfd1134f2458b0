"""The measures of weaving measure what they say."""

from __future__ import annotations

import random
from itertools import islice, pairwise

import pytest
from bench.weaving import chains, families, shootings, speed
from bench.weaving.sirens import Siren, messages
from bench.weaving.stream import Stream

from tests.weave.samples import OKHTYRKA, at


def test_groupings_are_compared_by_pairs_and_by_things() -> None:
    truth = {"a": "1", "b": "1", "c": "1", "d": "2"}
    found = {"a": "x", "b": "x", "c": "y", "d": "y"}
    score = shootings.compare(truth, found)
    assert (score.precision, score.recall) == (1 / 2, 1 / 3)
    assert (score.cubed_precision, score.cubed_recall) == (3 / 4, (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert shootings.compare(truth, truth).f1 == 1


@pytest.mark.slow
def test_a_family_has_a_copy_of_every_kind_and_two_reports_of_their_own() -> None:
    made = families.Family(3, random.Random("a")).texts()
    assert [text.kind for text in made] == [
        "origin",
        *families.KINDS,
        "independent",
        "independent",
    ]
    assert all(text.capture.published < later.capture.published for text, later in pairwise(made))
    score, kinds = families.score(2)
    assert set(kinds) == set(families.KINDS)
    assert 0 < score.right <= score.wanted == 2 * 21


def test_a_chain_ends_with_each_claimant_s_last_word() -> None:
    made = [chains.Chain(number) for number in range(20)]
    assert {len(chain.ledger.standing) for chain in made} == {1, 2}
    assert all(chain.ledger.disputed == (len(chain.ledger.standing) > 1) for chain in made)
    assert len(list(chains.wrong(5))) < 5


def test_each_end_of_an_alert_is_told_by_a_channel_at_least() -> None:
    told = messages([Siren(OKHTYRKA, at("03:00"), at("04:00"))] * 200)
    ends = {(id(message.siren), message.state) for message in told}
    assert {state for _, state in ends} == {"started", "ended"}
    assert len(told) < 200 * 2 * 2 + 200
    assert all(message.seen >= at("03:00") for message in told)


def test_the_invented_war_is_the_same_each_time_and_in_order() -> None:
    first, again = (list(islice(Stream(4).dispatches(), 60)) for _ in range(2))
    assert first == again
    times = [dispatch.capture.published for dispatch in first]
    assert times == sorted(times)
    for dispatch in first:
        for claim in dispatch.claims:
            assert dispatch.capture.text[slice(*claim.span)] == claim.quote


@pytest.mark.slow
def test_the_curve_has_a_point_for_each_length() -> None:
    (point,) = speed.curve(1_000)
    assert point.known == 1_000
    assert point.rate > 0 < point.average
    assert point.memory > 0
