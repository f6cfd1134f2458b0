"""What counts as right in each corpus, on tiny invented documents."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from bench.corpora import dated, gva, muc4, places, polnear, timebank, timex
from bench.corpora.rows import Tally
from bench.corpora.source import Record

from sourcier.types import Outcome, Role, Toll

TEXT = "THREE MINERS WERE KILLED IN PORT SELWYN.  TWO NURSES WERE WOUNDED."


def toll(
    outcome: Outcome,
    low: int | None,
    span: tuple[int, int] = (0, 5),
    role: Role = "news",
    part_of: str | None = None,
) -> Toll:
    return Toll(
        id="t", capture="c", dispatch="d", span=span, quote="", outcome=outcome, low=low, high=low,
        qualifier="exact", words="", role=role, part_of=part_of,
    )  # fmt: skip


class TestMuc4:
    def record(self, *fills: tuple[str, str], optional: bool = False) -> Record:
        return {
            "id": "d",
            "templates": [
                {
                    "MESSAGE: TEMPLATE": ["1 (OPTIONAL)" if optional else "1"],
                    muc4.NUMBER: [number for number, _ in fills],
                    muc4.EFFECT: [effect for _, effect in fills],
                }
            ],
        }

    def numbers(self, record: Record, *tolls: Toll) -> Tally:
        return muc4.numbers(record, TEXT, muc4.counted(TEXT, tolls))

    def test_a_number_is_right_beside_its_target_alone(self) -> None:
        record = self.record(('3: "MINERS"', 'DEATH: "MINERS"'))
        right = self.numbers(record, toll("killed", 3, (0, 24)))
        assert (right.right, right.found, right.met, right.wanted) == (1, 1, 1, 1)
        elsewhere = self.numbers(record, toll("killed", 3, (42, 52)))
        assert (elsewhere.right, elsewhere.found, elsewhere.wanted) == (0, 1, 1)

    def test_an_optional_fill_is_not_missed(self) -> None:
        record = self.record(('3: "MINERS"', "-"), optional=True)
        assert self.numbers(record).wanted == 0
        assert self.numbers(record, toll("killed", 3, (0, 24))).wanted == 1

    def test_an_effect_is_right_with_its_outcome_and_target(self) -> None:
        record = self.record(("-", 'DEATH: "MINERS"'), ("-", 'INJURY: "NURSES"'))
        counts = muc4.counted(TEXT, (toll("killed", 3, (0, 24)), toll("killed", 2, (42, 64))))
        tally = muc4.effects(record, TEXT, counts)
        assert (tally.right, tally.found, tally.met, tally.wanted) == (1, 2, 1, 2)

    def test_a_figure_told_twice_is_no_second_error_and_may_answer_a_second_target(self) -> None:
        tolls = toll("killed", 3, (0, 24)), toll("killed", 3, (42, 64))
        twice = self.numbers(self.record(('3: "MINERS"', "-")), *tolls)
        assert (twice.right, twice.found, twice.met, twice.wanted) == (1, 1, 1, 1)
        both = self.numbers(self.record(('3: "MINERS"', "-"), ('3: "NURSES"', "-")), *tolls)
        assert (both.right, both.found, both.met, both.wanted) == (2, 2, 2, 2)

    @pytest.mark.parametrize(
        ("value", "low", "same"),
        [("3", 3, True), ("3", 4, False), ("5-", 5, True), ("-26", 26, True), ("~30", 30, True),
         ("PLURAL", 4, True), ("PLURAL", 1, False), ("10 / PLURAL", 7, True)],
    )  # fmt: skip
    def test_values_are_read_as_written(self, value: str, low: int, same: bool) -> None:
        (count,) = muc4.counted(TEXT, (toll("killed", low),))
        assert muc4.same_number(value, count) is same

    def test_lines_are_joined_and_the_dateline_is_read(self) -> None:
        text = muc4.paragraphs("PORT SELWYN, 3 JAN 90 --\nA FERRY\nSANK.\n\n  NEXT.")
        assert text == "PORT SELWYN, 3 JAN 90 -- A FERRY SANK.\n\nNEXT."
        assert muc4.dateline(text) == datetime(1990, 1, 3, 12, tzinfo=UTC)


class TestGva:
    def test_the_greatest_news_figure_is_the_answer(self) -> None:
        claims = [
            toll("killed", 1),
            toll("killed", 4, part_of="t"),
            toll("killed", 9, role="background"),
            toll("injured", 2),
            toll("injured", 3),
        ]
        assert gva.told(claims) == {"killed": 1, "injured": 3}

    def test_background_answers_where_there_is_no_news(self) -> None:
        assert gva.told([toll("killed", 9, role="background")]) == {"killed": 9, "injured": 0}

    def test_both_are_right_together(self) -> None:
        tallies = gva.judged({"killed": 1, "injured": 0}, {"killed": 1, "injured": 2})
        assert [tallies[item].recall for item in gva.TARGETS] == [1, 0, 0]

    def test_the_regex_takes_the_greatest_number_or_one(self) -> None:
        text = "Two people were killed near the mill. The man who was hurt is stable."
        assert gva.by_regex(text) == {"killed": 2, "injured": 1}
        assert gva.by_regex("The fair opens on Monday.") == {"killed": 0, "injured": 0}


class TestPolnear:
    def test_contents_match_by_half_and_once(self) -> None:
        golden = [polnear.Said([(0, 10)], [(12, 20)], "the mayor")]
        ours = [
            polnear.Said([(0, 9)], [(13, 20)], "mayor"),
            polnear.Said([(0, 6)], [], ""),
            polnear.Said([(4, 40)], [], ""),
        ]
        assert polnear.aligned(golden, ours) == [(0, 0)]

    def test_a_content_in_pieces_counts_its_own_characters(self) -> None:
        golden = [polnear.Said([(0, 10), (30, 40)], [], "")]
        assert polnear.aligned(golden, [polnear.Said([(0, 40)], [], "")]) == [(0, 0)]
        assert polnear.aligned(golden, [polnear.Said([(0, 9)], [], "")]) == []

    def test_statements_in_an_interrupted_content_are_taken_together(self) -> None:
        golden = [polnear.Said([(0, 10), (30, 40)], [], "")]
        ours = [polnear.Said([(1, 9)], [], "a"), polnear.Said([(31, 40)], [], "a")]
        assert polnear.aligned(golden, ours) == []
        assert polnear.aligned(golden, polnear.joined(golden, ours)) == [(0, 0)]

    def test_other_claims_help_but_do_not_harm(self) -> None:
        said = {"content": [[0, 10]], "source": [[12, 20]], "cue": None}
        record = {"id": "d", "text": "x" * 40, "attributions": [said]}
        ours = [
            polnear.Said([(0, 10)], [(12, 20)], "mayor", counts=False),
            polnear.Said([(22, 30)], [], "", counts=False),
        ]
        tally = polnear.compared(record, ours)[polnear.CONTENT]
        assert (tally.precision, tally.recall) == (1, 1)

    def test_a_speaker_is_told_by_place_or_by_a_word(self) -> None:
        golden = polnear.Said([(0, 10)], [(12, 20)], "the mayor of Selwyn")
        assert polnear.same_speaker(golden, polnear.Said([], [(15, 18)], "he"))
        assert polnear.same_speaker(golden, polnear.Said([], [(90, 96)], "Mayor Ruth Oyelaran"))
        assert not polnear.same_speaker(golden, polnear.Said([], [(90, 96)], "the coastguard of"))


class TestTimebank:
    @pytest.mark.parametrize(
        ("value", "start", "end"),
        [
            ("1998", "1998-01-01", "1999-01-01"),
            ("1998-12", "1998-12-01", "1999-01-01"),
            ("1998-Q3", "1998-07-01", "1998-10-01"),
            ("1998-W02", "1998-01-05", "1998-01-12"),
            ("1998-02-13", "1998-02-13", "1998-02-14"),
            ("1998-02-13TMO", "1998-02-13", "1998-02-14"),
            ("1998-02-13T14:30", "1998-02-13T14:30", "1998-02-13T14:31"),
            ("199", "1990-01-01", "2000-01-01"),
        ],
    )
    def test_values_are_intervals(self, value: str, start: str, end: str) -> None:
        expected = datetime.fromisoformat(start), datetime.fromisoformat(end)
        assert timex.interval(value) == expected

    @pytest.mark.parametrize("value", ["P3D", "PRESENT_REF", "1998-XX-XX", "XXXX-WXX-1", "1998-13"])
    def test_durations_and_vague_times_are_none(self, value: str) -> None:
        assert timex.interval(value) is None

    def test_marks_give_spans_of_the_bare_text(self) -> None:
        document = timex.marked(
            "d",
            b"<TimeML><DCT><TIMEX3 value='1998-02-13'/></DCT><TEXT>It <EVENT>sank</EVENT> on "
            b"<TIMEX3 type='DATE' value='1998-02-10'>Tuesday</TIMEX3>.</TEXT></TimeML>",
        )
        assert document.text == "It sank on Tuesday."
        assert document.timexes == (timex.Timex((11, 18), "DATE", "1998-02-10"),)
        assert document.created == datetime.fromisoformat("1998-02-13T12:00")

    def test_durations_are_asked_for_in_the_second_row_alone(self) -> None:
        golden = (
            timex.Timex((0, 7), "DATE", "1998-02-10"),
            timex.Timex((10, 20), "DURATION", "P3D"),
        )
        day = datetime.fromisoformat("1998-02-10"), datetime.fromisoformat("1998-02-11")
        document = timex.Marked("d", "x" * 40, day[0], golden)
        dates = [dated.Dated((0, 7), day, "day"), dated.Dated((12, 18), day, "day")]
        tallies = dated.compared(document, dates)
        assert [tally.f1 for tally in tallies.values()] == [1.0, 0.5]

    def test_a_duration_is_right_for_who_gives_durations(self) -> None:
        golden, now = timex.Timex((0, 5), "DURATION", "P3D"), datetime.fromisoformat("1998-02-10")
        assert dated.same(golden, dated.Dated((0, 5), (now, now), "value", "P3D"))
        assert not dated.same(golden, dated.Dated((0, 5), (now, now), "value", "P2D"))
        assert not dated.same(golden, dated.Dated((0, 5), (now, now), "day"))

    def test_a_duration_found_adds_nothing_to_the_calendar(self) -> None:
        golden = (
            timex.Timex((0, 7), "DATE", "1998-02-10"),
            timex.Timex((10, 20), "DURATION", "P3D"),
        )
        day = datetime.fromisoformat("1998-02-10"), datetime.fromisoformat("1998-02-11")
        document = timex.Marked("d", "x" * 40, day[0], golden)
        dates = [
            dated.Dated((0, 7), day, "value", "1998-02-10"),
            dated.Dated((10, 20), day, "value", "P3D"),
        ]
        tallies = dated.compared(document, dates).values()
        assert [(tally.met, tally.found, tally.wanted) for tally in tallies] == [
            (1, 1, 1),
            (2, 2, 2),
        ]

    def test_words_are_placed_in_their_order(self) -> None:
        found = [("May", 1), ("June", 2), ("May", 3), ("July", 4)]
        assert list(timebank.placed("May, June, May", found)) == [
            ((0, 3), 1),
            ((5, 9), 2),
            ((11, 14), 3),
        ]

    def test_a_range_is_right_where_it_begins(self) -> None:
        first, last = (datetime.fromisoformat(f"1998-02-{day}") for day in ("10", "14"))
        golden = timex.Timex((6, 13), "DATE", "1998-02-10")
        assert dated.same(golden, dated.Dated((0, 13), (first, last), "day"))
        assert not dated.same(golden, dated.Dated((0, 13), (first, last), "week"))


class TestPlaces:
    def test_a_place_within_161_km_that_overlaps_is_right(self) -> None:
        toponym = places.Placed((0, 5), (50.0, 30.0), "")
        near = places.Placed((2, 9), (51.0, 30.0), "")
        far = places.Placed((0, 5), (52.0, 30.0), "")
        beside = places.Placed((5, 9), (50.0, 30.0), "")
        assert places.answered(toponym, [far, near])
        assert not places.answered(toponym, [far, beside])

    def test_what_is_not_found_costs_no_precision(self) -> None:
        toponyms = tuple(places.Placed((at, at + 5), (50.0, 30.0), "") for at in (0, 10))
        article = places.Article("d", "x" * 20, datetime(2020, 1, 1, tzinfo=UTC), toponyms)
        tally = places.tally(article, [places.Placed((0, 5), (50.0, 30.0), "")])
        assert (tally.precision, tally.recall) == (1.0, 0.5)

    def test_a_degree_of_latitude_is_111_km(self) -> None:
        assert places.kilometres((50.0, 30.0), (51.0, 30.0)) == pytest.approx(111.2, abs=0.1)
