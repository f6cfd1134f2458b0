"""Rules: which decides, what they never do, how they are set, and what a trial shows."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from msgspec.structs import replace

from sourcier.desk import actions, models, store
from sourcier.desk.drafting.material import Material, Proposal
from sourcier.desk.drafting.rules import ALONE, SUBJECTS, Rule, Rules, decide, subject
from sourcier.desk.drafting.standing import Standing
from sourcier.desk.screens.managing.rule_words import sentence
from sourcier.desk.screens.voice import voice
from sourcier.types import Claim, EntryText
from tests.desk.conftest import SLUG, entry
from tests.desk.make import (
    alert,
    batch,
    capture,
    change,
    event,
    interval,
    ledger,
    line,
    minute,
    occurrence,
    place,
    reading,
    toll,
)
from tests.desk.samples import CAPTURES, READINGS, first, second

OFFICIAL = capture("siren", "Тривога в Тричі.", language="uk", role="official", party="UA")
RAID = alert(OFFICIAL, "raid", "Тривога", place=place())
OFFICIAL_ALERTS = Rule(id="r1", do="publish", subjects=("alert",), roles=("official",))
PAGE = f"/desk/{SLUG}/rules"
ENGLISH = {"Accept-Language": "en"}


def material(*claims: Claim, **more: Any) -> Material:
    captures = {"siren": OFFICIAL} | {each.id: each for each in CAPTURES}
    events = more.pop("events", {})
    return Material(("fr",), events, {claim.id: claim for claim in claims}, captures, **more)


def proposal(claim: Claim = RAID, kind: Any = "alert", **more: Any) -> Proposal:
    text = more.pop("text", "Alerte aérienne")
    known: dict[str, Any] = {"move": "add", "topic": f"{kind}:1", "place": claim.place} | more
    return Proposal(kind=kind, claims=(claim.id,), texts={"fr": EntryText(headline=text)}, **known)


def outcome(made: Proposal, known: Material, *rules: Rule, origins: int = 1) -> tuple[str, str]:
    found = decide(made, known, Rules(rules=rules), origins=origins)
    return found.do, found.held or found.rule


@pytest.mark.parametrize(
    ("condition", "meets"),
    [
        ({}, True),
        ({"on": False}, False),
        ({"subjects": ("toll",)}, False),
        ({"roles": ("agency", "official")}, True),
        ({"roles": ("agency",)}, False),
        ({"parties": ("UA",)}, True),
        ({"parties": ("RU",)}, False),
        ({"sources": ("other",)}, False),
        ({"languages": ("uk", "fr")}, True),
        ({"languages": ("fr",)}, False),
        ({"stances": ("asserted",)}, True),
        ({"stances": ("denied",)}, False),
        ({"places": ("TRYPONT",)}, True),
        ({"places": ("ua",)}, True),
        ({"places": ("Elsewhere",)}, False),
        ({"origins": 2}, True),
        ({"origins": 3}, False),
    ],
)
def test_a_condition_lets_through_or_not(condition: dict[str, Any], meets: bool) -> None:
    rule = replace(Rule(id="r", do="review", subjects=("alert",)), **condition)
    expected = ("review", "r") if meets else ("draft", "")
    assert outcome(proposal(), material(RAID), rule, origins=2) == expected


@pytest.mark.parametrize("name", ["Soumy", "Суми", "ukraine", "UA", "Сумська область"])
def test_a_place_is_known_in_any_spelling(name: str) -> None:
    known: dict[str, Any] = {"name": "Sumy", "geonames": 692194, "country": "UA"}
    town = replace(place(**known), admin1="Sumy Oblast")
    rule = Rule(id="r", do="review", subjects=("alert",), places=(name,))
    assert outcome(proposal(place=town), material(RAID), rule) == ("review", "r")
    elsewhere = replace(town, geonames=1, admin1="Kharkiv Oblast", country="FR")
    assert outcome(proposal(place=elsewhere), material(RAID), rule) == ("draft", "")


def test_the_first_rule_that_fits_decides_and_without_one_all_is_drafted() -> None:
    aside = Rule(id="r0", do="nothing", subjects=("alert",))
    known = material(RAID)
    assert outcome(proposal(), known, OFFICIAL_ALERTS, aside) == ("publish", "r1")
    assert outcome(proposal(), known, aside, OFFICIAL_ALERTS) == ("nothing", "r0")
    assert outcome(proposal(), known) == ("draft", "")


def test_a_condition_holds_for_all_that_an_entry_rests_on() -> None:
    wire = capture("wire2", "Alerte à Trois-Ponts")
    other = alert(wire, "other", "Alerte", place=place())
    known = Material(
        ("fr",), {}, {"raid": RAID, "other": other}, {"siren": OFFICIAL, "wire2": wire}
    )
    both = replace_claims(proposal(), ("raid", "other"))
    assert outcome(both, known, OFFICIAL_ALERTS) == ("draft", "")
    unknown = replace_claims(proposal(), ())
    assert outcome(unknown, known, OFFICIAL_ALERTS) == ("draft", "")


def replace_claims(made: Proposal, claims: tuple[str, ...]) -> Proposal:
    return Proposal(made.move, made.kind, made.topic, claims, made.texts, place=made.place)


def test_an_end_and_a_correction_have_a_rule_of_their_own() -> None:
    over = proposal(topic="over:a1")
    assert subject(over) == "alert_end"
    assert subject(proposal(move="correct")) == "correction"
    assert subject(proposal(move="retract")) == "retraction"
    assert outcome(over, material(RAID), OFFICIAL_ALERTS) == ("draft", "")


def test_what_no_rule_publishes() -> None:
    known = material(RAID)
    assert outcome(proposal(sure=False), known, *ALONE) == ("draft", "unsure")
    mine = entry("x1")
    written = material(RAID, standing=(Standing(mine, "alert:1", "ines", mine),))
    assert outcome(proposal(standing=mine), written, *ALONE) == ("draft", "words")
    draft = material(RAID, standing=(Standing(mine, "alert:1", "", None),))
    retract = proposal(move="retract", standing=mine)
    assert outcome(retract, draft, *ALONE) == ("draft", "unseen")


def test_one_side_of_a_contradiction_waits() -> None:
    wire = CAPTURES[0]
    ten = toll(wire, "ten", "Dix personnes", 10, outcome="injured", place=place())
    twelve = toll(wire, "twelve", "deux morts", 12, outcome="injured")
    lines = line(ten), replace(line(twelve), claimant_key="other")
    open_one = ledger(*lines, outcome="injured", disputed_since=minute(1), sides=("ten", "twelve"))
    known = material(ten, twelve, events={"e1": event(ten, twelve, ledgers=(open_one,))})
    made = proposal(ten, "toll", event="e1", text="Dix blessés")
    assert outcome(made, known, *ALONE) == ("draft", "contradiction")
    both = Proposal("add", "toll", "toll:e1", ("ten", "twelve"), made.texts, "e1", place())
    assert outcome(both, known, *ALONE) == ("publish", "all")
    calm = Rule(id="c", do="review", subjects=SUBJECTS, calm=True)
    assert outcome(both, known, calm) == ("draft", "")


def test_a_figure_that_no_claim_carries_waits() -> None:
    ten = toll(CAPTURES[0], "ten", "Dix personnes", 10, outcome="injured", place=place())
    known = material(ten, events={"e1": event(ten, ledgers=(ledger(line(ten)),))})
    told = proposal(ten, "toll", event="e1", text="Dix blessés")
    assert outcome(told, known, *ALONE) == ("publish", "all")
    other = proposal(ten, "toll", event="e1", text="Onze blessés")
    assert outcome(other, known, *ALONE) == ("draft", "figure")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Alerts from official sources go out by themselves."),
        ("fr", "Les alertes que donnent les sources officielles paraissent sans attendre."),
        ("uk", "Тривоги від офіційних джерел виходять самі."),
    ],
)
def test_a_rule_reads_as_a_sentence(language: str, told: str) -> None:
    assert sentence(OFFICIAL_ALERTS, voice(language), language) == told


def test_a_rule_with_all_conditions_reads_as_a_sentence() -> None:
    rule = Rule(
        id="r", do="review", subjects=("toll", "occurrence"), origins=2, places=("Sumy",),
        languages=("uk",), parties=("UA",), sources=("tg",), stances=("confirmed",), calm=True,
    )  # fmt: skip
    assert sentence(rule, voice("en"), "en").replace("\xa0", " ") == (
        "Tolls and events carried by tg, from the side UA, written in Ukrainian, told as "
        "confirmations, about Sumy, known from at least 2 independent origins, with no open "
        "contradiction, wait for a second pair of eyes."
    )


def keep(*rules: Rule) -> None:
    seen = store.rules(SLUG).version
    actions.set_rules(SLUG, rules, seen=seen, who="ines", now=minute(0))


def raid(at: int = 1) -> Any:
    store.save_captures(SLUG, [OFFICIAL])
    store.save_readings(SLUG, [reading(OFFICIAL, RAID)])
    told = event(RAID, key="ea", type="alert")
    opened = change("alert_opened", RAID, at=at, event="ea", data={"alert": "a1"})
    found = interval(RAID, opened=minute(at), start=minute(at))
    woven = batch(opened, events=[told], intervals=(replace(found, event="ea"),))
    store.save_woven(SLUG, woven, minute(at))
    return woven


@pytest.mark.usefixtures("story")
def test_what_a_rule_let_out_says_so_in_the_audit() -> None:
    keep(OFFICIAL_ALERTS)
    (added,) = actions.intake(SLUG, raid(), now=minute(1))
    assert (added.kind, added.state) == ("alert", "published")
    told = models.Audit.objects.get(action="publish")
    assert (told.who, told.detail["rule"], told.detail["rules"]) == ("", "r1", 1)


@pytest.mark.usefixtures("story")
def test_review_and_nothing() -> None:
    keep(replace(OFFICIAL_ALERTS, do="review"))
    woven = raid()
    (added,) = actions.intake(SLUG, woven, now=minute(1))
    assert added.state == "draft"
    assert models.Audit.objects.get(action="draft").detail["waits"] is True
    keep(replace(OFFICIAL_ALERTS, do="nothing"))
    store.standing(SLUG)
    models.Entry.objects.all().delete()
    assert actions.intake(SLUG, woven, now=minute(2)) == ()


@pytest.mark.usefixtures("story")
def test_a_second_origin_lets_a_draft_out(monkeypatch: pytest.MonkeyPatch) -> None:
    keep(Rule(id="two", do="publish", subjects=("occurrence",), origins=2))
    source = capture("boom", "Une explosion à Trois-Ponts")
    claim = occurrence(source, "boom.1", "Une explosion", "explosion", place=place())
    store.save_captures(SLUG, [source])
    store.save_readings(SLUG, [reading(source, claim)])
    told = event(claim, key="e9")
    woven = batch(change("occurrence_added", claim, event="e9", at=1), events=[told])
    (draft,) = actions.intake(SLUG, woven, now=minute(1))
    assert draft.state == "draft"
    again = batch(change("claim_corroborated", claim, event="e9", at=2), events=[told])
    assert actions.intake(SLUG, again, now=minute(2)) == ()
    found = again.known.origins([claim.id])
    more = replace(found, origins=(*found.origins, replace(found.origins[0], key="other")))
    monkeypatch.setattr(again.known, "origins", lambda _: more)
    (out,) = actions.intake(SLUG, again, now=minute(3))
    assert (out.id, out.state, out.version) == (draft.id, "published", 1)


@pytest.mark.usefixtures("story")
def test_rules_at_the_start_give_way_to_those_of_an_editor() -> None:
    assert actions.start_rules(SLUG, autopublish=True, now=minute(0)).rules == ALONE
    assert actions.start_rules(SLUG, autopublish=False, now=minute(1)).rules == ()
    keep(OFFICIAL_ALERTS)
    assert actions.start_rules(SLUG, autopublish=True, now=minute(2)).rules == (OFFICIAL_ALERTS,)
    assert [each.version for each in store.rules_before(SLUG)] == [3, 2, 1]
    with pytest.raises(actions.RulesChangedError):
        actions.set_rules(SLUG, (), seen=1, who="oleh", now=minute(3))


FORM = {"do": "save", "outcome": "publish", "subject": ["alert"], "role": ["official"], "seen": "0"}


def test_the_screen_sets_moves_switches_and_removes(editor: Client) -> None:
    assert editor.post(PAGE, FORM).status_code == 302
    assert (
        editor.post(PAGE, FORM | {"seen": "1", "outcome": "review", "origins": "2"}).status_code
        == 302
    )
    one, two = store.rules(SLUG).rules
    page = editor.get(PAGE, headers=ENGLISH).text
    assert "Alerts from official sources go out by themselves." in page
    for do, version, expected in (
        ("up", 2, [two.id, one.id]),
        ("down", 3, [one.id, two.id]),
        ("switch", 4, [one.id, two.id]),
        ("remove", 5, [one.id]),
    ):
        sent = {"do": do, "rule": two.id, "seen": str(version)}
        assert editor.post(PAGE, sent).status_code == 302, do
        assert [rule.id for rule in store.rules(SLUG).rules] == expected
    edited = editor.get(f"{PAGE}?edit={one.id}", headers=ENGLISH).text
    assert "Change the rule" in edited
    changed = FORM | {"seen": "6", "rule": one.id, "places": "Sumy, Sumy ,UA"}
    assert editor.post(PAGE, changed).status_code == 302
    assert store.rules(SLUG).rules[0].places == ("Sumy", "UA")
    assert [row.by for row in models.RuleSet.objects.all()] == ["ines"] * 7


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"seen": "7"}, "other rules meanwhile"),
        ({"seen": "²"}, "other rules meanwhile"),
        ({"subject": []}, "Tick at least one"),
        ({"outcome": "explode"}, "Choose what"),
        ({"origins": "-1"}, "from 0 to 20"),
        ({"origins": "²"}, "from 0 to 20"),
        ({"places": "x" * 501}, "too long"),
        ({"places": "Sumy, Nowhereville"}, "not known"),
        ({"do": "try", "day": "2024-13-01"}, "does not exist"),
        ({"do": "try", "day": "9999-12-31"}, "does not exist"),
        ({"do": "try", "day": "0001-01-01"}, "does not exist"),
        ({"do": "jump"}, "no longer exists"),
    ],
)
def test_what_cannot_be_set_is_explained(editor: Client, wrong: Any, said: str) -> None:
    page = editor.post(PAGE, FORM | wrong, headers=ENGLISH)
    assert page.status_code == 422
    assert said in page.text.replace("\xa0", " ")
    assert not models.RuleSet.objects.exists()


@pytest.mark.slow
def test_a_trial_shows_what_would_have_gone_out(editor: Client) -> None:
    store.save_captures(SLUG, CAPTURES)
    store.save_readings(SLUG, READINGS)
    for at, woven in ((1, first()), (10, second())):
        store.save_woven(SLUG, woven, minute(at))
        actions.intake(SLUG, woven, now=minute(at))
    actions.intake(SLUG, raid(12), now=minute(12))
    before = models.EntryVersion.objects.count()
    page = editor.post(PAGE, FORM | {"do": "try"}, headers=ENGLISH).text.replace("\xa0", " ")
    assert "Goes out: 1." in page
    assert "1 proposal fares otherwise" in page
    assert "was drafted" in page
    assert "Alerts from official sources go out by themselves." in page
    assert re.search(r"<summary>\d proposals drafted", page)
    everything = FORM | {"do": "try", "subject": list(SUBJECTS), "role": [], "day": "2024-11-22"}
    whole = editor.post(PAGE, everything, headers=ENGLISH).text
    assert "Goes out: 1." not in whole
    assert (
        "Nothing was proposed"
        in editor.post(PAGE, {"do": "try", "day": "2024-11-01"}, headers=ENGLISH).text
    )
    assert models.EntryVersion.objects.count() == before
    assert not models.RuleSet.objects.exists()
