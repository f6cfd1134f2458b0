from __future__ import annotations

from typing import Any

from .samples import NIGHT, OKHTYRKA, Told, at, by, capture, kinds, only_event, told, when, woven


def version(number: int, text: str, figure: str, killed: int, clock: str, **fields: Any) -> Told:
    source = capture(
        f"v{number}", text, "06:00", dispatch="d", version=number, updated=at(clock), **fields
    )
    common = {"place": OKHTYRKA, "time": NIGHT}
    made = told(source).occurrence("Strike on Okhtyrka", "strike", **common)
    return made.toll(figure, "killed", killed, **common, attribution=by("Petro Zadorozh", "mayor"))


FIRST = version(1, "Strike on Okhtyrka: three killed.", "three killed", 3, "06:00")
SILENT = version(2, "Strike on Okhtyrka: five killed.", "five killed", 5, "07:07")


def test_a_silent_edit_is_a_difference_of_claims() -> None:
    first = woven(FIRST)
    second = woven(SILENT, known=first.known)
    (edited,) = [change for change in second.changes if change.kind == "dispatch_edited"]
    assert edited.data["notice"] is False
    assert edited.dispatch == "d"
    assert edited.at == at("07:07")
    (difference,) = edited.data["diff"]
    assert (difference["before"]["low"], difference["after"]["low"]) == (3, 5)
    (ledger,) = second.known.event(only_event(second.known)).ledgers
    assert [(line.low, line.state) for line in ledger.lines] == [(3, "withdrawn"), (5, "current")]
    assert ledger.lines[0].why[0].rule == "figure_edited"


def test_an_edit_that_says_so_is_noted_as_such() -> None:
    text = "Strike on Okhtyrka: five killed. This story has been updated."
    result = woven(FIRST, version(2, text, "five killed", 5, "07:07"))
    (edited,) = [change for change in result.changes if change.kind == "dispatch_edited"]
    assert edited.data["notice"] is True


def test_an_edit_that_leaves_the_figure_alone_leaves_its_line_alone() -> None:
    same = version(
        2, "Strike on Okhtyrka: three killed. The town mourns.", "three killed", 3, "08:00"
    )
    result = woven(FIRST, same)
    (ledger,) = result.known.event(only_event(result.known)).ledgers
    assert [line.state for line in ledger.lines] == ["current", "copy"]
    (edited,) = [change for change in result.changes if change.kind == "dispatch_edited"]
    assert edited.data["diff"] == []


def test_a_deletion_withdraws_the_figure_and_the_origin() -> None:
    gone = told(
        capture("v2", "", "06:00", dispatch="d", version=2, deleted=True, updated=at("09:00"))
    )
    result = woven(FIRST, gone)
    (deleted,) = [change for change in result.changes if change.kind == "dispatch_deleted"]
    assert deleted.claims == ("v1.1", "v1.2")
    event = result.known.event(only_event(result.known))
    (ledger,) = event.ledgers
    assert (ledger.low, ledger.high, [line.state for line in ledger.lines]) == (
        None,
        None,
        ["withdrawn"],
    )
    assert event.origins.origins == ()
    assert event.claims == ("v1.1", "v1.2")


def test_an_alert_that_an_edit_takes_back_is_gone() -> None:
    first = told(capture("v1", "The alert is over.", "06:00", dispatch="d"))
    minute = when("05:58", 1 / 60, "minute")
    first.alert("The alert is over", "ended", place=OKHTYRKA, time=minute)
    second = told(
        capture("v2", "The alert goes on.", "06:00", dispatch="d", version=2, updated=at("06:30"))
    )
    second.alert("The alert goes on", "in_force", place=OKHTYRKA, time=minute)
    (interval,) = woven(first, second).known.alerts()
    assert (interval.end, interval.observed) == (None, (at("05:58"),))


def test_what_is_known_is_passed_over() -> None:
    first = woven(FIRST, SILENT)
    before = list(first.known.events())
    again = woven(FIRST, SILENT, known=first.known)
    assert again.changes == ()
    assert again.touched == ()
    assert list(again.known.events()) == before
    assert "dispatch_edited" in kinds(first)


def test_an_edit_is_filed_with_the_event_that_the_dispatch_tells_most_of() -> None:
    """Whatever their ids: one of the names sorts its events the other way round."""
    for name in "abcdef":
        text = "Schools close. Strike on Okhtyrka: three killed. Six hurt."
        common = {"place": OKHTYRKA, "time": NIGHT}
        made = told(capture(f"{name}1", text, "06:00", dispatch=name)).measure("Schools close")
        made = made.occurrence("Strike on Okhtyrka", "strike", **common)
        made = made.toll("three killed", "killed", 3, **common)
        again = told(
            capture(
                f"{name}2",
                f"{text} More soon.",
                "06:00",
                dispatch=name,
                version=2,
                updated=at("07:00"),
            )
        )
        result = woven(made, again.occurrence("Strike on Okhtyrka", "strike", **common))
        (edited,) = [change for change in result.changes if change.kind == "dispatch_edited"]
        struck = next(event.id for event in result.known.events() if event.type == "strike")
        assert edited.event == struck
