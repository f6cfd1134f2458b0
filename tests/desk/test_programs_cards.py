"""Background cards by program: read, added, changed, retired, inserted, followed; the refusals."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from sourcier.desk import actions, clock, models, store
from sourcier.types import EntryText, Reference
from tests.desk.conftest import SLUG
from tests.desk.make import START, minute
from tests.desk.test_cards import OTHER, SOURCE, changed, made, publish
from tests.desk.test_programs import (  # noqa: F401 - fixtures
    API,
    ENTRIES,
    Caller,
    caller,
    etag,
    filled,
    ines,
    member,
    problem,
    robot,
    token,
)

CARDS = f"{API}cards"
NEW: dict[str, Any] = {
    "names": ["Oural", "Урал"],
    "texts": {"fr": {"headline": "L'Oural", "body": "Un camion."}, "uk": {"headline": "Урал"}},
    "sources": [{"url": "https://fabricant.example/oural", "title": "Notice"}],
}


def insert(robot: Caller, key: str, slug: str = SLUG, **headers: str) -> Any:  # noqa: F811
    return robot("POST", f"{API}stories/{slug}/cards/{key}/insert", {}, **headers)


def at(key: str, *call: str) -> str:
    return "/".join((CARDS, key, *call))


@pytest.mark.slow
def test_a_card_is_added_changed_retired_and_proposed_again(robot: Caller) -> None:  # noqa: F811
    added = robot("POST", CARDS, NEW)
    assert added.status_code == 201
    card = added.json()["card"]
    assert added["Location"] == f"http://testserver{at(card['id'])}"
    assert (card["names"], card["version"], card["by"]) == (["Oural", "Урал"], 1, "ines")
    assert store.card(card["id"]).sources == (  # type: ignore[union-attr]
        Reference(title="Notice", url="https://fabricant.example/oural"),
    )
    assert card["texts"]["fr"] == {"headline": "L'Oural", "body": "Un camion."}

    texts = {"texts": {"fr": {"headline": "L'Oural 4320"}}}
    again = robot("PUT", at(card["id"]), texts, If_Match=added["ETag"]).json()
    assert again["card"]["texts"] == {"fr": {"headline": "L'Oural 4320", "body": ""}}
    assert (again["card"]["names"], again["card"]["sources"]) == (card["names"], card["sources"])
    gone = robot("POST", at(card["id"], "retire"), {}, If_Match=again["etag"])
    assert gone.json()["card"]["retired"] is True
    back = robot("POST", at(card["id"], "unretire"), {}, If_Match=gone["ETag"])
    assert (back.json()["card"]["retired"], back["ETag"]) == (False, '"4"')

    past = robot("GET", at(card["id"]))
    assert [one["version"] for one in past.json()["versions"]] == [4, 3, 2, 1]
    assert (past["ETag"], past.json()["more"]) == ('"4"', False)
    told = models.Audit.objects.filter(story=None, detail__card=card["id"]).order_by("pk")
    assert [line.detail.get("call", line.action) for line in told] == [
        call for call in ("add_card", "set_card", "retire_card", "unretire_card") for _ in "12"
    ]
    assert {line.who for line in told} == {"ines"}
    anna = Client()
    store.save_user("anna", "un mot de passe", "administrator")
    anna.force_login(User.objects.get(username="anna"))
    page = anna.get("/desk/people/journal?ui=en").text
    assert "The program “robot” acted for <b>ines</b></span>" in page


def test_a_card_that_says_nothing_new_gets_no_version(robot: Caller) -> None:  # noqa: F811
    card = made()
    same = robot("PUT", at(card.id), {}, If_Match="*")
    assert (same.status_code, same.json()["etag"]) == (200, '"1"')
    assert len(store.card_versions(card.id)) == 1


def test_who_saw_another_version_is_given_the_newest(robot: Caller) -> None:  # noqa: F811
    card = made()
    changed(card)
    for call, method in (("", "PUT"), ("retire", "POST"), ("unretire", "POST")):
        address = at(card.id, *filter(None, (call,)))
        assert problem(robot(method, address, {}))[0] == 428
        for seen in ('"1"', "2", "nonsense", '"' + "9" * 99 + '"'):
            late = robot(method, address, {}, If_Match=seen)
            assert (late.status_code, late["ETag"]) == (409, '"2"')
            found = late.json()
            assert set(found) == {"where", "code", "message", "card"}
            assert (found["code"], found["card"]["card"]["version"]) == ("changed", 2)
            assert found["card"]["card"]["texts"]["fr"]["headline"] == "Le Sapsan, de nouveau"
    again = robot("PUT", at(card.id), {"names": ["Sapsan-2"]}, If_Match=late["ETag"])
    assert again.json()["card"]["names"] == ["Sapsan-2"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"names": []}, "cards_no_name"),
        ({"names": [" "]}, "cards_bad_name"),
        ({"names": ["Oural", "\n"]}, "cards_bad_name"),
        ({"names": ["!"]}, "cards_bad_name"),
        ({"names": ["x" * 101]}, "cards_bad_name"),
        ({"names": [f"nom{n}" for n in range(31)]}, "cards_many"),
        ({"names": "Oural"}, "bad_parameter"),
        ({"names": [1]}, "bad_parameter"),
        ({"names": ["Ou\0ral"]}, "bad_parameter"),
        ({"texts": {}}, "cards_no_text"),
        ({"texts": []}, "bad_parameter"),
        ({"texts": {"fr": "L'Oural"}}, "bad_parameter"),
        ({"texts": {"fr": {"headline": " "}}}, "empty"),
        ({"texts": {"fr": {"headline": "x", "body": "y" * 20_001}}}, "long"),
        ({"texts": {"fr": {"headline": "x", "body": "y\0"}}}, "bad_parameter"),
        ({"texts": {"de": {"headline": "Der Ural"}}}, "bad_language"),
        ({"texts": {"fr\0": {"headline": "x"}}}, "bad_parameter"),
        ({"sources": [{"url": "http://fabricant.example/"}]}, "cards_bad_source"),
        ({"sources": [{"url": "javascript:alert(1)", "title": "x"}]}, "cards_bad_source"),
        ({"sources": [{"url": "https://["}]}, "cards_bad_source"),
        ({"sources": [{"url": "", "title": ""}]}, "cards_bad_source"),
        ({"sources": [{"url": "https://a.example/ b", "title": "x"}]}, "cards_bad_source"),
        ({"sources": [{"url": "https://a.example/\nhttps://b.example/"}]}, "cards_bad_source"),
        ({"sources": [{"url": "https://a.example/" + "x" * 500}]}, "cards_bad_source"),
        ({"sources": [{"url": f"https://a.example/{n}"} for n in range(31)]}, "cards_many"),
        ({"sources": ["https://a.example/"]}, "bad_parameter"),
        ({"version": 7}, "bad_parameter"),
        ({"retired": True}, "bad_parameter"),
    ],
)
def test_what_makes_no_card_is_a_problem(robot: Caller, sent: Any, code: str) -> None:  # noqa: F811
    card = made()
    answers = (
        robot("POST", CARDS, NEW | sent),
        robot("PUT", at(card.id), sent, If_Match="*"),
    )
    for answer in answers:
        assert problem(answer) == (400, code)
        assert "\n" not in answer.json()["message"]
    assert [one.version for one in store.cards()] == [1]


@pytest.mark.parametrize("sent", ["{", "[" * 50_000, "[]", "null", '{"names": ["\\ud800"]}'])
def test_what_is_no_json_of_a_card_is_a_problem(robot: Caller, sent: str) -> None:  # noqa: F811
    card = made()
    assert problem(robot("POST", CARDS, sent))[0] == 400
    assert problem(robot("PUT", at(card.id), sent, If_Match="*"))[0] == 400
    assert problem(robot("POST", at(card.id, "retire"), sent, If_Match="*"))[0] == 400
    assert problem(robot("POST", at(card.id, "retire"), {"do": "x"}, If_Match="*"))[0] == 400
    assert problem(insert(robot, "none"))[0] == 404


def test_a_name_over_two_lines_is_one_name_and_a_source_without_title_has_its_host(
    robot: Caller,  # noqa: F811
) -> None:
    sent = NEW | {"names": ["Oural\n4320"], "sources": [{"url": "https://a.example/x"}]}
    card = robot("POST", CARDS, sent).json()["card"]
    assert card["names"] == ["Oural 4320"]
    assert card["sources"] == [{"url": "https://a.example/x", "title": "a.example"}]


@pytest.mark.slow
def test_a_card_is_inserted_once_into_a_story_and_its_new_text_taken(robot: Caller) -> None:  # noqa: F811
    card = made()
    done = insert(robot, card.id)
    assert done.status_code == 201
    entry = done.json()["entry"]
    assert (entry["kind"], entry["state"], entry["card"]["id"]) == ("background", "draft", card.id)
    address = f"{ENTRIES}/{entry['id']}"
    assert done["Location"] == f"http://testserver{address}"
    assert entry["texts"] == {"fr": {"headline": "Le Sapsan", "body": "Un missile."}}
    (use,) = robot("GET", at(card.id)).json()["uses"]
    assert use == {"story": SLUG, "entry": entry["id"], "address": done["Location"]}
    assert robot("GET", use["address"].removeprefix("http://testserver")).status_code == 200

    again = insert(robot, card.id)
    assert (again.status_code, again.json()["code"]) == (409, "in_story")
    assert again.json()["entry"] == entry["id"]

    old = robot("POST", f"{address}/take-card", {}, If_Match=done["ETag"])
    assert problem(old) == (409, "nothing_newer")
    changed(card)
    assert problem(robot("POST", f"{address}/take-card", {})) == (428, "say_what_you_saw")
    clock.use(lambda: minute(61))
    taken = robot("POST", f"{address}/take-card", {}, If_Match=done["ETag"])
    assert taken.json()["entry"]["texts"]["fr"]["headline"] == "Le Sapsan, de nouveau"
    assert taken.json()["entry"]["card"]["version"] == 2
    late = robot("POST", f"{address}/take-card", {}, If_Match=done["ETag"])
    assert problem(late) == (409, "changed")
    told = models.Audit.objects.filter(entry=entry["id"], action="by_token").order_by("pk")
    assert [line.detail["call"] for line in told] == ["insert_card", "take_card"]


def test_what_cannot_be_inserted_is_told(robot: Caller) -> None:  # noqa: F811
    assert problem(insert(robot, "none")) == (404, "no_card")
    gone = made()
    actions.retire_card(gone.id, retired=True, seen=1, who="ines", now=minute(4))
    assert problem(insert(robot, gone.id)) == (409, "retired")
    other = made("Oural", texts={"ru": EntryText(headline="Урал")})
    assert problem(insert(robot, other.id)) == (409, "no_common_language")
    assert problem(insert(robot, other.id, "none")) == (404, "no_story")
    plain = robot("POST", f"{ENTRIES}/x1/take-card", {}, If_Match="*")
    assert problem(plain) == (409, "nothing_newer")
    none = robot("POST", f"{ENTRIES}/none/take-card", {}, If_Match="*")
    assert problem(none) == (404, "no_entry")


def test_a_frozen_story_takes_no_card_by_program(robot: Caller) -> None:  # noqa: F811
    card, other = made(), made("Oural")
    kept = actions.insert_card(SLUG, card.id, who="ines", now=minute(4))[0]
    changed(card)
    actions.freeze(SLUG, who="ines", now=minute(30))
    assert problem(insert(robot, other.id)) == (409, "frozen")
    take = robot("POST", f"{ENTRIES}/{kept.id}/take-card", {}, If_Match="*")
    assert problem(take) == (409, "frozen")
    assert robot("PUT", at(card.id), {"names": ["Sapsan"]}, If_Match="*").status_code == 200


def test_a_call_with_a_key_is_done_once(robot: Caller) -> None:  # noqa: F811
    one, two = (robot("POST", CARDS, NEW, Idempotency_Key="c1") for _ in "12")
    assert (two.status_code, two.content) == (201, one.content)
    assert (two["Idempotency-Replayed"], two["Location"]) == ("true", one["Location"])
    assert len(store.cards()) == 1
    other = robot("POST", CARDS, NEW | {"names": ["Autre"]}, Idempotency_Key="c1")
    assert problem(other) == (422, "key_reused")
    key = one.json()["card"]["id"]
    first_one, again = (insert(robot, key, Idempotency_Key="c2") for _ in "12")
    assert (again.status_code, again.content) == (201, first_one.content)
    assert insert(robot, key, Idempotency_Key="c3").status_code == 409
    names = {"names": ["Autre"]}
    puts = [robot("PUT", at(key), names, If_Match='"1"', Idempotency_Key="c4") for _ in "12"]
    assert [put.status_code for put in puts] == [200, 200]
    assert store.cards()[0].version == 2


def test_who_publishes_somewhere_writes_cards_and_who_writes_in_the_story_inserts(
    filled: str,  # noqa: F811
) -> None:
    card, other = made(), made("Oural")
    reporter, reader = member("rita", "reporter"), member("rolf", "reader")
    for writes in (("POST", CARDS, NEW), ("PUT", at(card.id), {}), ("POST", at(card.id, "retire"))):
        assert problem(reporter(*writes, If_Match="*")) == (403, "missing_right")
    assert insert(reporter, card.id).status_code == 201
    assert problem(insert(reader, other.id)) == (403, "missing_right")
    assert len(reader("GET", CARDS).json()["items"]) == 2


def test_the_draft_of_a_card_that_was_approved_is_taken_anew_by_who_may(filled: str) -> None:  # noqa: F811
    card = made()
    kept = actions.insert_card(SLUG, card.id, who="ines", now=minute(4))[0]
    actions.submit(kept, who="ines", now=minute(5))
    actions.approve(kept, who="vera", now=minute(6))
    changed(card)
    take = f"{ENTRIES}/{kept.id}/take-card"
    reporter, verifier = member("rita", "reporter"), member("vlad", "verifier")
    assert problem(reporter("POST", take, {}, If_Match="*")) == (403, "missing_right")
    assert verifier("POST", take, {}, If_Match="*").status_code == 200


def test_a_token_has_no_more_of_cards_than_its_scopes(ines: User) -> None:  # noqa: F811
    card = made()
    reads, writes = caller(token(ines, "read")), caller(token(ines, "write"))
    publishes = caller(token(ines, "publish"))
    assert problem(reads("POST", CARDS, NEW)) == (403, "missing_scope")
    assert problem(writes("POST", CARDS, NEW)) == (403, "missing_scope")
    assert problem(reads("PUT", at(card.id), {}, If_Match="*")) == (403, "missing_scope")
    assert problem(reads("POST", at(card.id, "retire"), {}, If_Match="*")) == (403, "missing_scope")
    assert problem(insert(reads, card.id)) == (403, "missing_scope")
    for address in (CARDS, at(card.id)):
        assert problem(publishes("GET", address)) == (403, "missing_scope")
        assert problem(Client().get(address)) == (401, "no_token")
    assert publishes("POST", CARDS, NEW).status_code == 201


def test_a_token_of_one_story_writes_cards_by_the_right_there(ines: User) -> None:  # noqa: F811
    card = made()
    store.open_story(OTHER, {"fr": "Gares"}, zone="UTC", languages=("fr",), now=START)
    store.set_role("ines", "", None)
    store.set_role("ines", SLUG, "editor")
    store.set_role("ines", OTHER, "reporter")
    here, there = caller(token(ines, story=SLUG)), caller(token(ines, story=OTHER))
    assert here("PUT", at(card.id), {"names": ["Autre"]}, If_Match="*").status_code == 200
    assert problem(there("PUT", at(card.id), {}, If_Match="*")) == (403, "missing_right")
    assert insert(there, card.id, OTHER).status_code == 201
    assert problem(insert(there, card.id)) == (404, "no_story")
    store.set_role("ines", OTHER, None)
    assert problem(there("GET", CARDS)) == (403, "missing_right")


def test_stories_that_a_token_may_not_read_are_not_told(filled: str) -> None:  # noqa: F811
    published = publish("bg", "Ce qu'est un Sapsan", kind="background")
    card = made(story=SLUG, entry=published.id)
    kept = actions.insert_card(SLUG, made("Oural").id, who="ines", now=minute(6))[0]
    store.open_story(OTHER, {"fr": "Gares"}, zone="UTC", languages=("fr",), now=START)
    actions.insert_card(OTHER, card.id, who="ines", now=minute(7))
    User.objects.create(username="lea")
    store.set_role("lea", OTHER, "editor")
    lea = caller(token(User.objects.get(username="lea")))
    for answer in (lea("GET", CARDS), lea("GET", at(card.id)), lea("PUT", at(card.id), {})):
        for secret in (SLUG, published.id, kept.id):
            assert secret not in answer.text
    late = lea("PUT", at(card.id), {}, If_Match='"7"')
    assert late.json()["card"]["uses"][0]["story"] == OTHER
    assert SLUG not in late.text
    whole = caller(token(User.objects.get(username="lea"), "publish"))
    assert whole("PUT", at(card.id), {}, If_Match="*").json()["uses"] == []


def test_a_card_is_kept_of_what_readers_have(robot: Caller) -> None:  # noqa: F811
    kept = robot("POST", CARDS, NEW | {"story": SLUG, "entry": "x1"}).json()
    assert (kept["card"]["story"], kept["card"]["entry"]) == (SLUG, "x1")
    assert [use["entry"] for use in kept["uses"]] == ["x1"]
    there = insert(robot, kept["card"]["id"])
    assert (there.status_code, there.json()["entry"]) == (409, "x1")
    for story, entry in ((SLUG, "none"), ("none", "x1"), ("", "x1"), (SLUG, "")):
        sent = NEW | {"story": story, "entry": entry}
        assert problem(robot("POST", CARDS, sent)) == (400, "unknown_entry")
    assert robot("PUT", at(kept["card"]["id"]), {"story": ""}, If_Match="*").status_code == 400


def test_all_cards_are_listed_the_retired_ones_too(robot: Caller) -> None:  # noqa: F811
    card, gone = made(), made("Oural")
    actions.retire_card(gone.id, retired=True, seen=1, who="ines", now=minute(4))
    found = robot("GET", CARDS).json()["items"]
    known = {one["card"]["id"]: (one["card"]["retired"], one["etag"]) for one in found}
    assert known == {card.id: (False, '"1"'), gone.id: (True, '"2"')}
    assert found[0]["card"]["sources"] == [{"title": SOURCE.title, "url": SOURCE.url}]


def test_the_last_versions_of_a_card_are_told(robot: Caller) -> None:  # noqa: F811
    card = made()
    for number in range(store.KEPT_VERSIONS):
        card = changed(card, f"Le Sapsan {number}", now=20 + number)
    past = robot("GET", at(card.id)).json()
    assert [one["version"] for one in past["versions"]][::49] == [51, 2]
    assert past["more"] is True


@pytest.mark.parametrize("key", ["none", "%ff", "x" * 500, "%F0%9F%9A%80", "a%20b"])
def test_there_is_no_such_card(robot: Caller, key: str) -> None:  # noqa: F811
    assert problem(robot("GET", f"{CARDS}/{key}"))[0] == 404
    assert problem(robot("PUT", f"{CARDS}/{key}", {}, If_Match="*"))[0] == 404
    assert problem(robot("POST", f"{CARDS}/{key}/retire", {}, If_Match="*"))[0] == 404
    assert problem(insert(robot, key))[0] == 404
    assert problem(robot("GET", f"{CARDS}/%00"))[0] == 400
