from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from sourcier.desk.drafting.material import Material, Proposal
from sourcier.desk.drafting.propose import propose
from sourcier.desk.drafting.standing import Standing
from sourcier.types import Change, Claim, Event
from tests.desk import make
from tests.desk.conftest import entry
from tests.desk.make import by, capture, change, event, ledger, line, minute, place
from tests.desk.samples import (
    BLASTS,
    CAPTURES,
    CLAIMS,
    HEARD,
    INJURED,
    KILLED,
    STRIKE,
    WIRE,
    first,
    second,
)


def material(*events: Event, claims: dict[str, Claim] = CLAIMS, **more: Any) -> Material:
    captures = {each.id: each for each in (*CAPTURES, *more.pop("captures", ()))}
    known = {each.id: each for each in events}
    return Material(("fr", "en"), known, claims, captures, **more)


def proposed(*changes: Change, events: tuple[Event, ...], **more: Any) -> dict[str, Proposal]:
    return {made.topic: made for made in propose(changes, material(*events, **more))}


def standing(made: Proposal, **more: Any) -> Standing:
    public = entry(
        "old", kind=made.kind, state="published", version=1, texts=made.texts, claims=made.claims,
        event=made.event, **more,
    )  # fmt: skip
    return Standing(public, made.topic, "", public)


def opening() -> dict[str, Proposal]:
    return proposed(*first().changes, events=(first().known.event("e1"),))


def test_an_opening_toll_tells_the_strike_too() -> None:
    made = opening()
    assert [topic.split(":")[0] for topic in made] == ["toll", "statement"]
    toll = made["toll:e1"]
    assert toll.claims == ("killed", "injured", "strike")
    assert toll.texts["fr"].headline == "Au moins deux morts et dix blessés à Trois-Ponts"
    assert toll.texts["fr"].body.startswith(
        "Au moins deux morts, selon les autorités locales. Dix blessés, selon Agence Galet. "
        "Bilan provisoire. Agence Galet écrit : « Des frappes ont fait"
    )
    assert toll.texts["en"].headline == "At least two killed and ten injured in Trypont"
    assert "The toll is provisional. Agence Galet writes, in French: “Des" in toll.texts["en"].body


def test_one_claimant_signs_the_headline() -> None:
    told = event(STRIKE, KILLED, ledgers=(ledger(line(KILLED)),))
    texts = proposed(change("toll_stated", KILLED), events=(told,))["toll:e1"].texts
    assert texts["fr"].headline == "Au moins deux morts à Trois-Ponts, selon les autorités locales"
    assert texts["en"].headline == "At least two killed in Trypont, according to local authorities"


def test_a_dispute_keeps_both_figures_with_their_claimants() -> None:
    batch = second()
    texts = proposed(*batch.changes, events=(batch.known.event("e1"),))["toll:e1"].texts
    assert texts["fr"].headline == (
        "Au moins deux morts et 10 ou 12 blessés à Trois-Ponts : les bilans divergent"
    )
    assert (
        "12 blessés, selon Ivan Petrik, maire. Dix blessés, selon Agence Galet." in texts["fr"].body
    )
    assert "aucun n'est écarté" in texts["fr"].body
    assert texts["en"].headline.endswith("10 or 12 injured in Trypont: the figures conflict")


def test_a_dispute_revises_the_standing_toll() -> None:
    batch = second()
    before = opening()["toll:e1"]
    made = proposed(
        *batch.changes, events=(batch.known.event("e1"),), standing=(standing(before),)
    )["toll:e1"]
    assert made.move == "revise"
    assert made.standing
    assert made.standing.id == "old"
    assert "strike" in made.claims


def test_nothing_new_revises_nothing() -> None:
    before = opening()["toll:e1"]
    told = first().known.event("e1")
    assert not proposed(change("toll_stated", KILLED), events=(told,), standing=(standing(before),))


def test_a_revision_says_what_the_figure_was() -> None:
    more = make.toll(WIRE, "ten", "Dix personnes ont été blessées", 10, outcome="injured")
    six = replace(more, id="six", low=6, high=6)
    old = line(six, state="superseded", superseded_by="ten")
    told = event(more, six, ledgers=(ledger(old, line(more, at=5), outcome="injured"),))
    texts = proposed(
        change("toll_revised", more, six), events=(told,), claims={"ten": more, "six": six}
    )["toll:e1"].texts
    assert "Dix blessés, selon Agence Galet (auparavant : six blessés)." in texts["fr"].body
    assert "Ten injured, according to Agence Galet (before: six injured)." in texts["en"].body


def test_claimants_of_one_figure_stand_together() -> None:
    other = capture("other", "Dix blessés.", publisher="Radio Lavoir")
    same = make.toll(other, "same", "Dix blessés", 10, outcome="injured")
    both = ledger(line(INJURED), line(same, at=3), outcome="injured")
    told = event(INJURED, same, ledgers=(both,))
    made = proposed(
        change("toll_stated", same),
        events=(told,),
        captures=(other,),
        claims=CLAIMS | {"same": same},
    )
    assert "Dix blessés, selon Radio Lavoir et Agence Galet." in made["toll:e1"].texts["fr"].body


def test_none_hurt_is_not_said_beside_the_dead() -> None:
    none = make.toll(WIRE, "none", "Dix personnes", 0, outcome="casualties", qualifier="none")
    told = event(
        KILLED, none, ledgers=(ledger(line(KILLED)), ledger(line(none), outcome="casualties"))
    )
    made = proposed(change("toll_stated", KILLED), events=(told,), claims=CLAIMS | {"none": none})
    assert "aucune victime" not in made["toll:e1"].texts["fr"].headline


def test_a_quotation_in_another_language_stays_in_its_own() -> None:
    made = proposed(change("statement_added", HEARD), events=(event(HEARD),))
    (statement,) = made.values()
    assert statement.texts["fr"].headline == "Déclaration : Ivan Petrik, maire (en ukrainien)"
    assert statement.texts["fr"].body == (
        "Ivan Petrik, maire, en ukrainien : « У місті прогриміли вибухи »."
    )
    assert statement.texts["en"].body.endswith("in Ukrainian: “У місті прогриміли вибухи”.")


def test_a_quotation_in_the_pages_language_makes_the_headline() -> None:
    made = proposed(change("statement_added", BLASTS), events=(event(BLASTS),))
    (statement,) = made.values()
    assert statement.texts["fr"].headline == "Le maire Ivan Petrik : « trois fortes explosions »"
    assert statement.texts["fr"].body == (
        "Le maire Ivan Petrik, sur Telegram : « trois fortes explosions »."
    )


def test_what_one_speaker_said_in_one_dispatch_is_one_entry() -> None:
    source = capture("two", "Mme Roux a dit : « Restez chez vous. » Et : « La route est coupée. »")
    attribution = by(source, "Mme Roux", name="Roux")
    said = [
        make.statement(source, "q1", "« Restez chez vous. »", attribution=attribution),
        make.statement(source, "q2", "« La route est coupée. »", attribution=attribution),
    ]
    changes = [change("statement_added", each, data={"key": "roux"}) for each in said]
    made = proposed(
        *changes, events=(event(*said),), captures=(source,), claims={c.id: c for c in said}
    )
    (statement,) = made.values()
    assert statement.claims == ("q1", "q2")
    assert statement.texts["fr"].body == (
        "Mme Roux : « Restez chez vous ». Aussi : « La route est coupée »."
    )


def test_the_same_words_are_not_told_twice() -> None:
    (made,) = proposed(change("statement_added", BLASTS), events=(event(BLASTS),)).values()
    again = proposed(
        change("statement_added", BLASTS, at=9), events=(event(BLASTS),), standing=(standing(made),)
    )
    assert not again


def test_a_long_quotation_is_cut_between_words_in_the_headline_alone() -> None:
    words = (
        "« " + "Nous demandons à chacun de rester à l'abri jusqu'à la fin de la journée " * 2 + "»"
    )
    source = capture("long", f"Le préfet a déclaré : {words}.")
    said = make.statement(source, "q", words, attribution=by(source, "Le préfet", role="préfet"))
    (made,) = proposed(
        change("statement_added", said),
        events=(event(said),),
        captures=(source,),
        claims={"q": said},
    ).values()
    headline, body = made.texts["fr"].headline, made.texts["fr"].body
    assert headline.startswith("Le préfet : « Nous demandons")
    assert headline.endswith(" […] »")
    assert "[…]" not in body


def test_an_occurrence_of_a_type_is_told_once() -> None:
    told = event(STRIKE)
    made = proposed(change("occurrence_added", STRIKE), events=(told,))
    (one,) = made.values()
    assert one.topic == "occurrence:e1:strike"
    assert one.texts["fr"].headline == "Frappe à Trois-Ponts, selon les autorités locales"
    assert one.texts["en"].headline == "Strike in Trypont, according to local authorities"
    again = replace(STRIKE, id="again")
    assert not proposed(
        change("occurrence_added", again),
        events=(told,),
        claims=CLAIMS | {"again": again},
        standing=(standing(one),),
    )


@pytest.mark.parametrize(
    ("stance", "kind", "ending"),
    [
        ("confirmed", "claim_confirmed", " : fait confirmé par les autorités locales"),
        ("denied", "claim_denied", " : fait démenti par les autorités locales"),
        ("disputed", "claim_disputed", " : versions contradictoires"),
    ],
)
def test_a_stance_is_news(stance: Any, kind: str, ending: str) -> None:
    taken = replace(STRIKE, id="taken", stance=stance)
    made = proposed(
        change(kind, taken, STRIKE),
        events=(event(STRIKE, taken),),
        claims=CLAIMS | {"taken": taken},
    )
    (one,) = made.values()
    assert one.texts["fr"].headline == f"Frappe à Trois-Ponts{ending}"
    assert one.claims == ("taken",)


def test_a_measure_takes_the_words_inside_it() -> None:
    text = "Le gouverneur a ordonné de « fermer les écoles » jusqu'à lundi."
    source = capture("m", text)
    clause = "a ordonné de « fermer les écoles » jusqu'à lundi"
    order = make.measure(
        source, "order", clause, actor="Le gouverneur", action="« fermer les écoles » jusqu'à lundi"
    )
    inside = make.statement(
        source,
        "inside",
        "« fermer les écoles »",
        attribution=by(source, "Le gouverneur", role="gouverneur"),
    )
    made = proposed(
        change("measure_added", order),
        change("statement_added", inside),
        events=(event(order, inside),),
        captures=(source,),
        claims={"order": order, "inside": inside},
    )
    (one,) = made.values()
    assert one.kind == "measure"
    assert one.claims == ("order", "inside")
    assert one.texts["fr"].headline == "Le gouverneur : « “fermer les écoles” jusqu'à lundi »"
    assert one.texts["en"].headline == "Measure announced: “Le gouverneur”"


def alert_parts(**more: Any) -> tuple[Any, Any, Any]:
    source = capture(
        "al", "Le maire dit que l'alerte reste en vigueur à 6 heures et de s'éloigner des fenêtres."
    )
    claim = make.alert(
        source, "al1", "l'alerte reste en vigueur", place=place(), advice="s'éloigner des fenêtres",
        attribution=by(source, "Le maire", role="maire"),
    )  # fmt: skip
    return source, claim, make.interval(claim, **more)


def alert_proposals(kind: str, *standing_: Standing, **more: Any) -> dict[str, Proposal]:
    source, claim, alert = alert_parts(**more)
    return proposed(
        change(kind, claim, event=None, data={"alert": "a1"}), events=(), captures=(source,),
        claims={"al1": claim}, alerts=(alert,), standing=standing_,
    )  # fmt: skip


def test_an_alert_without_known_start_says_so() -> None:
    (made,) = alert_proposals("alert_opened", observed=(minute(0),)).values()
    assert made.topic == "alert:a1"
    assert made.texts["fr"].headline == "Alerte aérienne en vigueur à Trois-Ponts"
    assert made.texts["fr"].body == (
        "En vigueur à 07:00, heure locale, selon le maire ; début inconnu. "
        "Consigne : « s'éloigner des fenêtres »."
    )
    assert made.texts["en"].headline == "Air-raid alert in force in Trypont"
    assert "Advice, in French: “s'éloigner des fenêtres”." in made.texts["en"].body


def test_an_alert_with_a_start_is_told_since() -> None:
    (made,) = alert_proposals("alert_opened", start=minute(5)).values()
    assert made.texts["fr"].body.startswith("Depuis 07:05, heure locale, selon le maire.")


def test_an_announced_end_is_an_entry_and_an_inferred_one_is_not() -> None:
    (made,) = alert_proposals("alert_closed", end=minute(30)).values()
    assert made.topic == "over:a1"
    assert made.texts["fr"].headline == "Fin d'alerte à Trois-Ponts : alerte aérienne"
    assert made.texts["en"].headline == "Air-raid alert over in Trypont"
    assert not alert_proposals("alert_closed", end=minute(30), inferred_end=True)


def test_an_alert_that_was_over_when_heard_of_never_opens() -> None:
    assert not alert_proposals("alert_opened", end=minute(3))


def test_a_silent_edit_corrects_and_a_declared_one_revises() -> None:
    before = opening()["toll:e1"]
    now = make.toll(WIRE, "now", "Dix personnes ont été blessées", 14, outcome="injured")
    gone = line(INJURED, state="withdrawn")
    told = event(
        STRIKE,
        KILLED,
        INJURED,
        now,
        ledgers=(ledger(line(KILLED)), ledger(gone, line(now), outcome="injured")),
    )
    for notice, move in ((False, "correct"), (True, "revise")):
        edit = change("dispatch_edited", now, data={"notice": notice})
        made = proposed(
            edit, change("toll_stated", now), events=(told,), claims=CLAIMS | {"now": now},
            standing=(standing(before),),
        )["toll:e1"]  # fmt: skip
        assert made.move == move
    assert "14 blessés" in made.texts["fr"].headline


def test_an_entry_that_rests_on_a_deleted_dispatch_alone_is_retracted() -> None:
    before = opening()
    gone = event(STRIKE, KILLED, ledgers=(ledger(line(KILLED, state="withdrawn")),))
    other = Standing(
        entry("kept", state="published", version=1, claims=("blasts", "heard")), "", ""
    )
    made = proposed(
        change("dispatch_deleted", KILLED), events=(gone,),
        standing=(*(standing(each) for each in before.values()), other),
    )  # fmt: skip
    assert {each.move for each in made.values()} == {"retract"}
    assert set(made) == set(before)
    assert made["toll:e1"].note["fr"] == (
        "Agence Galet a retiré sa dépêche, seule source de cette information."
    )


def test_copies_and_background_make_no_entry() -> None:
    assert not proposed(change("copy_found", KILLED), events=(event(KILLED),))
    assert not proposed(change("claim_corroborated", KILLED), events=(event(KILLED),))


def test_an_event_takes_over_the_toll_of_the_one_it_absorbed() -> None:
    before = opening()["toll:e1"]
    more = make.toll(WIRE, "more", "Dix personnes ont été blessées", 11, outcome="injured")
    told = event(STRIKE, KILLED, more, key="e9", ledgers=(ledger(line(more), outcome="injured"),))
    made = proposed(
        change("toll_stated", more, event="e9"), change("occurrence_added", STRIKE, event="e9"),
        events=(told,), claims=CLAIMS | {"more": more}, standing=(standing(before),),
        merged={"e1": "e9"},
    )  # fmt: skip
    (one,) = made.values()
    assert one.move == "revise"
    assert one.standing
    assert (one.standing.id, one.event) == ("old", "e9")


def test_an_event_split_off_again_takes_its_toll_back_and_the_other_makes_its_own() -> None:
    moved = replace(standing(opening()["toll:e1"]).entry, event="e9", texts={})
    more = make.toll(WIRE, "more", "Dix personnes ont été blessées", 11, outcome="injured")
    other = event(more, key="e9", ledgers=(ledger(line(more), outcome="injured"),))
    mine = event(STRIKE, KILLED, ledgers=(ledger(line(KILLED)),))
    made = proposed(
        change("toll_stated", more, event="e9"), change("toll_stated", KILLED),
        events=(other, mine), claims=CLAIMS | {"more": more},
        standing=(Standing(moved, "toll:e1", ""),),
    )  # fmt: skip
    assert {topic: (one.move, one.event) for topic, one in made.items()} == {
        "toll:e9": ("add", "e9"),
        "toll:e1": ("revise", "e1"),
    }


def test_reported_speech_and_single_words_wait_for_an_editor() -> None:
    text = "Mme Roux juge la situation « très tendue » et affirme que la route est coupée."
    source = capture("rep", text)
    attribution = by(source, "Mme Roux", name="Roux")
    words = make.statement(source, "w", "« très tendue »", attribution=attribution)
    clause = "que la route est coupée"
    start = text.index(clause)
    report = make.statement(
        source,
        "r",
        clause,
        attribution=attribution,
        mode="indirect",
        content=(start, start + len(clause)),
    )
    for claim, headline, body in (
        (words, "Mme Roux : « très tendue »", "Mme Roux : « très tendue »."),
        (
            report,
            "Déclaration : Mme Roux",
            "Propos rapportés par Agence Galet : « que la route est coupée ».",
        ),
    ):
        (made,) = proposed(
            change("statement_added", claim), events=(event(claim),), captures=(source,),
            claims={claim.id: claim},
        ).values()  # fmt: skip
        assert not made.sure
        assert (made.texts["fr"].headline, made.texts["fr"].body) == (headline, body)


def test_what_is_told_twice_in_one_batch_is_one_entry() -> None:
    taken = replace(STRIKE, id="taken", stance="confirmed")
    made = proposed(
        change("occurrence_added", taken), change("claim_confirmed", taken),
        events=(event(taken),), claims={"taken": taken},
    )  # fmt: skip
    assert list(made) == ["occurrence:e1:strike"]


def test_a_figure_that_none_contradicts_by_zero() -> None:
    none = make.toll(WIRE, "none", "Dix personnes", 0, outcome="injured", qualifier="none")
    split = ledger(
        line(none), line(INJURED, at=2), outcome="injured", low=0, high=10,
        disputed_since=minute(2), sides=("none", "injured"),
    )  # fmt: skip
    made = proposed(
        change("toll_disputed", none, INJURED), events=(event(none, INJURED, ledgers=(split,)),),
        claims=CLAIMS | {"none": none},
    )  # fmt: skip
    headline = made["toll:e1"].texts["fr"].headline
    assert headline == "Aucun blessé ou dix blessés à Trois-Ponts : les bilans divergent"


def test_what_happened_nowhere_waits_for_an_editor() -> None:
    nowhere = replace(STRIKE, place=None)
    told = replace(event(nowhere), place=None)
    (waits,) = proposed(
        change("occurrence_added", nowhere), events=(told,), claims=CLAIMS | {"strike": nowhere}
    ).values()
    (goes,) = proposed(change("occurrence_added", STRIKE), events=(event(STRIKE),)).values()
    assert (waits.sure, goes.sure) == (False, True)


@pytest.mark.parametrize(
    ("speaker", "sure"),
    [
        ({"role": "gouverneur", "organisation": "région"}, True),
        ({"name": "Ivan Hrek"}, True),
        ({"name": "Le"}, False),
        ({"role": "gouverneur"}, False),
    ],
    ids=["a body", "a full name", "one word", "a role of nothing"],
)
def test_an_order_needs_somebody_who_gives_it(speaker: dict[str, str], sure: bool) -> None:
    source = capture("m", "Le gouverneur a ordonné de fermer les écoles jusqu'à lundi.")
    chain = by(source, "Le gouverneur", **speaker)
    order = make.measure(source, "order", "a ordonné de fermer les écoles", attribution=chain)
    (made,) = proposed(
        change("measure_added", order),
        events=(event(order),),
        captures=(source,),
        claims={"order": order},
    ).values()
    assert made.sure is sure
