"""The API of the desk: what programs with a token read and do, and what they are refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from jsonschema import Draft202012Validator

from sourcier.desk import actions, clock, models, store
from sourcier.desk.drafting.cards import Card
from sourcier.desk.people.tokens import SCOPES
from sourcier.desk.programs import callers
from sourcier.desk.store.tokens import KEPT
from tests.desk.conftest import SLUG, entry
from tests.desk.make import START, minute
from tests.desk.samples import CAPTURES, READINGS, first

API = "/api/desk/"
ENTRIES = f"{API}stories/{SLUG}/entries"
TITLE = {"texts": {"fr": {"headline": "Un titre", "body": "Un corps."}}}
Caller = Callable[..., Any]


@pytest.fixture
def filled(story: str) -> Iterator[str]:
    store.save_captures(SLUG, CAPTURES)
    store.save_readings(SLUG, READINGS)
    store.save_woven(SLUG, first(), minute(1))
    actions.publish(entry("x1"), who="", now=minute(2))
    yield story


@pytest.fixture
def ines(filled: str) -> User:
    store.save_user("ines", "un mot de passe", "editor")
    return User.objects.get(username="ines")


def token(user: User, *scopes: Any, story: str = "", days: int = 1) -> str:
    lasts = timedelta(days=days)
    return actions.make_token(user, "robot", scopes or SCOPES, story, lasts=lasts, now=minute(3))


def caller(text: str) -> Caller:
    """Return what calls with a token: method, address, what to send, other headers."""

    def call(method: str, address: str, sent: Any = None, **headers: str) -> Any:
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        shown = {"Authorization": f"Bearer {text}", **headers}
        data = {} if sent is None else {"data": sent}
        return getattr(Client(), method.lower())(
            address, content_type="application/json", headers=shown, **data
        )

    return call


@pytest.fixture
def robot(ines: User) -> Caller:
    return caller(token(ines))


def etag(robot: Caller, key: str = "x1") -> str:
    return str(robot("GET", f"{ENTRIES}/{key}")["ETag"])


def problem(answer: Any) -> tuple[int, str]:
    found = answer.json()
    assert set(found) == {"where", "code", "message"}
    assert answer["Content-Type"] == "application/json"
    return answer.status_code, found["code"]


@pytest.mark.slow
def test_a_draft_is_created_edited_published_corrected_and_retracted(robot: Caller) -> None:
    made = robot("POST", ENTRIES, TITLE | {"event": "e1", "kind": "occurrence"})
    assert made.status_code == 201
    assert made["Location"].endswith(f"{ENTRIES}/{made.json()['entry']['id']}")
    at = made["Location"].removeprefix("http://testserver")
    key = at.rsplit("/", 1)[1]
    assert store.published(SLUG, key) is None

    edited = robot("PUT", at, {"texts": {"fr": {"headline": "Autre"}}}, If_Match=made["ETag"])
    assert edited.json()["entry"]["texts"] == {"fr": {"headline": "Autre", "body": ""}}
    assert edited.json()["entry"]["event"] == "e1"

    out = robot("POST", f"{at}/publish", {}, If_Match=edited["ETag"])
    assert out.json()["published"]["texts"]["fr"]["headline"] == "Autre"
    fixed = {"texts": {"fr": {"headline": "Mieux"}}, "note": {"fr": "C'était faux."}}
    right = robot("POST", f"{at}/correct", fixed, If_Match=out["ETag"])
    assert right.json()["entry"]["state"] == "corrected"
    gone = robot("POST", f"{at}/retract", {"note": {"fr": "Tout."}}, If_Match=right["ETag"])
    assert gone.json()["entry"]["state"] == "retracted"
    assert problem(robot("POST", f"{at}/publish", {}, If_Match=gone["ETag"])) == (409, "retracted")

    told = models.Audit.objects.filter(entry=key, action="by_token").order_by("pk")
    assert [line.detail["call"] for line in told] == [
        "create_draft", "edit_draft", "publish", "correct", "retract",
    ]  # fmt: skip
    assert {(line.who, line.detail["name"]) for line in told} == {("ines", "robot")}


def test_what_no_claim_carries_is_told_and_written_down(robot: Caller) -> None:
    text = {"texts": {"fr": {"headline": "Au moins 77 morts"}}, "event": "e1"}
    made = robot("POST", ENTRIES, text)
    assert any("77" in warning for warning in made.json()["warnings"])
    at = f"{ENTRIES}/{made.json()['entry']['id']}"
    robot("POST", f"{at}/publish", {}, If_Match=made["ETag"])
    assert "77" in str(models.Audit.objects.get(action="publish", who="ines").detail["warnings"])


def test_claims_and_events_that_nobody_published_are_read(robot: Caller) -> None:
    events = robot("GET", f"{API}stories/{SLUG}/events").json()
    assert [event["id"] for event in events["items"]] == ["e1"]
    one = robot("GET", f"{API}stories/{SLUG}/events/e1").json()
    assert {claim["id"] for claim in one["claims"]} == set(one["event"]["claims"])
    assert one["captures"][0]["text"]


def test_a_list_is_followed_from_where_one_left_off(robot: Caller) -> None:
    at, seen = f"{API}stories/{SLUG}/claims", []
    place, more = "0", True
    while more:
        part = robot("GET", f"{at}?limit=2&cursor={place}").json()
        seen += [claim["id"] for claim in part["items"]]
        place, more = part["cursor"], part["more"]
    assert seen == [claim.id for reading in READINGS for claim in reading.claims]
    assert robot("GET", f"{at}?cursor={place}").json() == {
        "items": [], "cursor": place, "more": False,
    }  # fmt: skip


def test_entries_are_listed_by_their_state(robot: Caller) -> None:
    robot("POST", ENTRIES, TITLE)
    drafts = robot("GET", f"{ENTRIES}?state=draft").json()
    assert [item["entry"]["state"] for item in drafts["items"]] == ["draft"]
    assert robot("GET", f"{ENTRIES}?limit=1").json()["more"] is True


def test_the_start_tells_what_the_token_allows(ines: User) -> None:
    found = caller(token(ines, "read", "publish", story=SLUG))("GET", API).json()
    assert found["user"] == "ines"
    assert found["stories"] == {SLUG: ["read", "publish"]}


def test_nobody_overwrites_what_they_did_not_see(robot: Caller) -> None:
    seen = etag(robot)
    assert problem(robot("PUT", f"{ENTRIES}/x1", TITLE)) == (428, "say_what_you_saw")
    first_one = robot("POST", f"{ENTRIES}/x1/publish", TITLE, If_Match=seen)
    assert first_one.status_code == 200
    late = robot("POST", f"{ENTRIES}/x1/publish", TITLE, If_Match=seen)
    assert problem(late) == (409, "changed")
    assert late["ETag"] == first_one["ETag"]


def test_a_repeated_call_is_done_once_and_answered_alike(robot: Caller, ines: User) -> None:
    first_one = robot("POST", ENTRIES, TITLE, Idempotency_Key="k1")
    again = robot("POST", ENTRIES, TITLE, Idempotency_Key="k1")
    assert (again.status_code, again.content) == (201, first_one.content)
    assert (again["ETag"], again["Location"]) == (first_one["ETag"], first_one["Location"])
    assert again["Idempotency-Replayed"] == "true"
    assert models.Entry.objects.count() == 2
    other = robot("POST", ENTRIES, {"texts": {"fr": {"headline": "B"}}}, Idempotency_Key="k1")
    assert problem(other) == (422, "key_reused")
    assert caller(token(ines))("POST", ENTRIES, TITLE, Idempotency_Key="k1").status_code == 201
    clock.use(lambda: minute(61) + KEPT)
    late = caller(token(ines, days=5))
    assert late("POST", ENTRIES, TITLE, Idempotency_Key="k1").status_code == 201


def test_an_address_may_be_anything(robot: Caller) -> None:
    assert problem(robot("GET", f"{API}stories/{SLUG}/events/%ff"))[0] == 404
    for address in (
        f"{API}stories/{SLUG}/events/%00",
        f"{ENTRIES}/%00",
        f"{API}stories/%00/events",
    ):
        assert problem(robot("GET", address))[0] == 400


def test_what_was_refused_may_be_tried_again_with_its_key(robot: Caller) -> None:
    at = f"{ENTRIES}/x1/publish"
    assert robot("POST", at, TITLE, Idempotency_Key="k").status_code == 428
    assert robot("POST", at, TITLE, Idempotency_Key="k", If_Match="*").status_code == 200
    long = robot("POST", at, TITLE, Idempotency_Key="k" * 129, If_Match="*")
    assert problem(long) == (400, "bad_key")


@pytest.mark.parametrize(
    ("shown", "code"),
    [
        ("", "no_token"),
        ("Basic aW5lczp4", "no_token"),
        ("Bearer", "bad_token"),
        ("Bearer sourcier_000000000000_" + "A" * 43, "bad_token"),
        ("Bearer \u00e9", "bad_token"),
    ],
)
def test_what_is_no_token_is_refused(filled: str, shown: str, code: str) -> None:
    answer = Client().get(ENTRIES, headers={"Authorization": shown})
    assert problem(answer) == (401, code)
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_token_with_another_secret_is_refused(ines: User) -> None:
    good, other = token(ines), token(ines)
    mixed = "_".join((*good.split("_")[:2], other.split("_", 2)[2]))
    assert problem(caller(mixed)("GET", ENTRIES)) == (401, "bad_token")


def test_a_token_ends(ines: User) -> None:
    text = token(ines)
    robot = caller(text)
    assert robot("GET", ENTRIES).status_code == 200
    clock.use(lambda: minute(3) + timedelta(days=1))
    assert problem(robot("GET", ENTRIES)) == (401, "expired_token")
    clock.use(lambda: minute(60))
    actions.revoke_token("ines", text.split("_")[1], now=minute(60))
    assert problem(robot("GET", ENTRIES)) == (401, "revoked_token")


def test_a_token_has_no_more_than_its_owner(robot: Caller, ines: User) -> None:
    store.set_role("ines", "", "reporter")
    answer = robot("POST", f"{ENTRIES}/x1/publish", {}, If_Match="*")
    assert problem(answer) == (403, "missing_right")
    assert robot("POST", ENTRIES, TITLE).status_code == 201
    store.set_role("ines", "", None)
    assert problem(robot("GET", ENTRIES)) == (404, "no_story")
    assert problem(robot("POST", ENTRIES, TITLE)) == (404, "no_story")
    ines.is_active = False
    ines.save()
    assert problem(robot("GET", ENTRIES)) == (401, "bad_token")


def test_a_token_has_no_more_than_its_scopes(ines: User) -> None:
    reads, writes = caller(token(ines, "read")), caller(token(ines, "write"))
    assert problem(reads("POST", ENTRIES, TITLE)) == (403, "missing_scope")
    assert problem(writes("GET", ENTRIES)) == (403, "missing_scope")
    assert problem(writes("POST", f"{ENTRIES}/x1/publish", {}, If_Match="*")) == (
        403, "missing_scope",
    )  # fmt: skip
    assert writes("POST", ENTRIES, TITLE).status_code == 201


def test_a_token_of_one_story_knows_no_other(ines: User) -> None:
    store.open_story("gares", {"fr": "Gares"}, zone="UTC", languages=("fr",), now=START)
    robot = caller(token(ines, story="gares"))
    assert robot("GET", f"{API}stories/gares/entries").status_code == 200
    assert problem(robot("GET", ENTRIES)) == (404, "no_story")
    everywhere = caller(token(ines))
    assert problem(everywhere("GET", f"{API}stories/none/entries")) == (404, "no_story")
    assert problem(everywhere("GET", f"{API}stories/gares/entries/x1")) == (404, "no_entry")


def test_a_session_is_no_token(editor: Client, filled: str) -> None:
    assert editor.get(ENTRIES).status_code == 401
    assert editor.post(ENTRIES, TITLE, content_type="application/json").status_code == 401


def test_a_token_calls_so_often_a_minute(robot: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(callers, "CALLS", 3)
    assert [robot("GET", API).status_code for _ in range(4)] == [200, 200, 200, 429]
    last = robot("GET", API)
    assert (problem(last), last["Retry-After"]) == ((429, "too_many_calls"), "60")
    clock.use(lambda: minute(61))
    assert robot("GET", API).status_code == 200
    assert store.tokens_of("ines")[0].used == minute(61)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({}, "bad_parameter"),
        ("{", "bad_request"),
        (TITLE | {"headline": "x"}, "bad_parameter"),
        ({"texts": {}}, "empty"),
        ({"texts": {"fr": {"headline": " \n"}}}, "empty"),
        ({"texts": {"fr": {"headline": "x", "body": "y" * 30_000}}}, "long"),
        ({"texts": {"de": {"headline": "x"}}}, "bad_language"),
        (TITLE | {"kind": "poem"}, "kind"),
        (TITLE | {"event": "none"}, "unknown_event"),
        (TITLE | {"claims": ["none"]}, "unknown_claim"),
        ("[" * 50_000, "bad_request"),
        ('{"texts": {"fr": {"headline": "\\ud800"}}}', None),
    ],
)
def test_what_cannot_be_taken_is_a_problem(robot: Caller, sent: Any, code: str | None) -> None:
    answer = robot("POST", ENTRIES, sent)
    status, found = problem(answer)
    assert (status, found) == (400, code or found)
    assert models.Entry.objects.count() == 1


def test_a_correction_needs_its_reason(robot: Caller) -> None:
    at = f"{ENTRIES}/x1/correct"
    assert problem(robot("POST", at, TITLE, If_Match="*")) == (400, "bad_parameter")
    empty = robot("POST", at, TITLE | {"note": {"fr": " "}}, If_Match="*")
    assert problem(empty) == (400, "note")
    made = robot("POST", ENTRIES, TITLE)
    draft = f"{ENTRIES}/{made.json()['entry']['id']}/correct"
    sent = TITLE | {"note": {"fr": "Faux"}}
    assert problem(robot("POST", draft, sent, If_Match="*")) == (409, "not_published")


def test_other_origins_read_the_open_api_alone(robot: Caller) -> None:
    origin = {"Origin": "https://elsewhere.example"}
    assert Client().get("/api/stories", headers=origin)["Access-Control-Allow-Origin"] == "*"
    asked = {**origin, "Access-Control-Request-Method": "POST"}
    ask = Client().options(ENTRIES, headers=asked)
    answer = robot("GET", ENTRIES, Origin="https://elsewhere.example")
    assert ask.status_code == 405
    for found in (ask, answer, Client().get(ENTRIES, headers=origin)):
        assert not [name for name in found.headers if name.startswith("Access-Control")]
        assert found["Cache-Control"] == "no-store"
        assert not found.cookies


@pytest.mark.slow
def test_the_document_describes_every_call(ines: User) -> None:
    found = Client().get(f"{API}openapi.json").json()
    assert found["openapi"].startswith("3.1.")
    assert list(found["components"]["securitySchemes"].values()) == [
        {"type": "http", "scheme": "bearer"}
    ]
    calls = [does for methods in found["paths"].values() for does in methods.values()]
    assert len(calls) == 28
    assert all(does["security"] for does in calls)
    for shape in found["components"]["schemas"].values():
        Draft202012Validator.check_schema(shape)
    names = {f"#/components/schemas/{name}" for name in found["components"]["schemas"]}
    assert set(_references(found)) <= names


def test_answers_are_what_the_document_says(robot: Caller) -> None:
    found = Client().get(f"{API}openapi.json").json()
    store.add_card(Card(id="k1", version=1, names=("A1",), texts=entry().texts, at=minute(2)))
    keys = {"entries": "x1", "events": "e1", "cards": "k1"}
    for path, methods in found["paths"].items():
        if "get" not in methods:
            continue
        key = keys.get(path.split("/")[-2], "")
        answer = robot("GET", path.replace("{slug}", SLUG).replace("{key}", key))
        shape = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        Draft202012Validator(shape | {"components": found["components"]}).validate(answer.json())


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def member(name: str, role: Any) -> Caller:
    store.save_user(name, "un mot de passe", role)
    return caller(token(User.objects.get(username=name)))


def stage(key: str) -> str:
    return store.standing(SLUG, keys=[key])[0].stage


@pytest.mark.slow
def test_words_go_their_way_by_program(filled: str) -> None:
    reporter, verifier, editor = (member(role, role) for role in ("reporter", "verifier", "editor"))
    key = reporter("POST", ENTRIES, TITLE).json()["entry"]["id"]
    at = f"{ENTRIES}/{key}"

    def seen() -> str:
        return etag(editor, key)

    assert reporter("POST", f"{at}/submit", {}, If_Match=seen()).status_code == 200
    assert stage(key) == "submitted"
    back = {"reason": "Où ?"}
    assert problem(reporter("POST", f"{at}/send-back", back, If_Match=seen()))[0] == 403
    assert verifier("POST", f"{at}/send-back", back, If_Match=seen()).status_code == 200
    assert store.standing(SLUG, keys=[key])[0].reason == "Où ?"
    again = {"texts": {"fr": {"headline": "Un titre à Soumy"}}}
    assert reporter("POST", f"{at}/submit", again, If_Match=seen()).status_code == 200
    assert verifier("POST", f"{at}/approve", {}, If_Match=seen()).status_code == 200
    assert stage(key) == "approved"
    assert problem(reporter("POST", f"{at}/discard", {}, If_Match=seen()))[0] == 403
    due = {"due": minute(90).isoformat()}
    assert editor("POST", f"{at}/schedule", due, If_Match=seen()).status_code == 200
    assert stage(key) == "scheduled"
    assert editor("POST", f"{at}/unschedule", {}, If_Match=seen()).status_code == 200
    assert reporter("POST", f"{at}/discard", {}, If_Match=seen()).status_code == 200
    assert stage(key) == "discarded"
    assert problem(reporter("POST", f"{at}/submit", {}, If_Match=seen())) == (409, "not_now")


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ({"due": minute(1).isoformat()}, (422, "past_hour")),
        ({"due": "2031-01-01T00:00:00"}, (400, "bad_hour")),
        ({}, (400, "bad_parameter")),
    ],
)
def test_an_hour_is_one_to_come(robot: Caller, sent: Any, answer: tuple[int, str]) -> None:
    at = f"{ENTRIES}/x1/schedule"
    assert problem(robot("POST", at, sent, If_Match=etag(robot))) == answer


def test_a_reason_says_something(robot: Caller) -> None:
    key = robot("POST", ENTRIES, TITLE).json()["entry"]["id"]
    at = f"{ENTRIES}/{key}/send-back"
    assert problem(robot("POST", at, {"reason": " "}, If_Match=etag(robot, key)))[0] == 400


def test_nobody_approves_their_own_words_who_may_not_publish(filled: str) -> None:
    verifier, editor = member("vera", "verifier"), member("edi", "editor")
    for who, status in ((verifier, 403), (editor, 200)):
        key = who("POST", ENTRIES, TITLE).json()["entry"]["id"]
        at = f"{ENTRIES}/{key}"
        who("POST", f"{at}/submit", {}, If_Match=etag(who, key))
        assert who("POST", f"{at}/approve", {}, If_Match=etag(who, key)).status_code == status


def test_a_frozen_story_answers_programs_in_their_language(robot: Caller) -> None:
    seen = etag(robot)
    actions.freeze(SLUG, who="ines", now=minute(60))
    assert problem(robot("POST", ENTRIES, TITLE)) == (409, "frozen")
    assert problem(robot("POST", f"{ENTRIES}/x1/publish", {}, If_Match=seen)) == (409, "frozen")
    assert problem(robot("POST", f"{ENTRIES}/x1/submit", {}, If_Match=seen)) == (409, "frozen")
