"""The read API: its nouns, its cursors, its errors, and the document that describes it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from sourcier.desk import actions, store
from sourcier.publish.handout import KINDS
from sourcier.types import Entry, EntryText, Event
from tests.desk.conftest import SLUG, entry
from tests.desk.make import (
    alert,
    batch,
    by,
    capture,
    change,
    event,
    interval,
    ledger,
    line,
    minute,
    reading,
    toll,
)

pytestmark = pytest.mark.usefixtures("story")

TEXT = "Au moins deux morts à Trois-Ponts, selon le maire. Alerte aérienne en cours."


def publish(key: str, at: int, headline: str = "Un titre", **more: Any) -> None:
    actions.publish(entry(key, headline, **more), who="ines", now=minute(at))


def publish_all() -> None:
    """Publish a toll and an alert, with the event, the ledger and the interval that they rest on."""
    source = capture("c" * 64, TEXT, url="https://galet.example/1", title="Deux morts")
    count = toll(source, "t", "Au moins deux morts", 2, attribution=by(source, "le maire"))
    siren = alert(source, "a", "Alerte aérienne en cours")
    store.save_captures(SLUG, [source])
    store.save_readings(SLUG, [reading(source, count, siren)])
    found = event(count, ledgers=(ledger(line(count)),))
    woven = batch(change("toll_stated", count), events=[found], intervals=(interval(siren),))
    store.save_woven(SLUG, woven, minute(0))
    publish("x1", 1, claims=("t",), event="e1", origins=woven.known.origins(("t",)))
    publish("x2", 2, claims=("a",))


def get(client: Client, path: str = "", **query: str) -> Any:
    answer = client.get(f"/api/stories{path}", query)
    assert answer.status_code == 200, answer.text
    assert answer["Access-Control-Allow-Origin"] == "*"
    return answer.json()


def keys(page: Any) -> list[str]:
    return [item["entry"]["id"] for item in page["items"]]


def document(client: Client) -> Any:
    return client.get("/api/openapi.json").json()


def described(client: Client, kind: Any) -> Draft202012Validator:
    return Draft202012Validator(kind | {"components": document(client)["components"]})


@pytest.mark.slow
def test_the_document_is_openapi(client: Client) -> None:
    found = document(client)
    assert found["openapi"].startswith("3.1.")
    assert {"title", "version"} <= set(found["info"])
    for path, methods in found["paths"].items():
        assert path.startswith("/")
        for does in methods.values():
            assert all(answer["description"] for answer in does["responses"].values())
            named = {one["name"] for one in does.get("parameters", ()) if one["in"] == "path"}
            assert named == {part[1:-1] for part in path.split("/") if part.startswith("{")}
    for shape in found["components"]["schemas"].values():
        Draft202012Validator.check_schema(shape)


def test_every_reference_of_the_document_leads_somewhere(client: Client) -> None:
    found = document(client)
    names = set(found["components"]["schemas"])
    waiting: list[Any] = [found]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if "$ref" in node:
                assert node["$ref"].removeprefix("#/components/schemas/") in names
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


@pytest.mark.slow
def test_answers_are_what_the_document_says(client: Client) -> None:
    publish_all()
    for path, operations in document(client)["paths"].items():
        shape = operations["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        name = path.split("/")[-2]
        key = {"entries": "x1", "events": "e1", "ledgers": "e1/killed", "alerts": "a1"}.get(name)
        key = key or {"claims": "t", "captures": "c" * 64}.get(name, "")
        answer = client.get(path.replace("{slug}", SLUG).replace("{key}", key))
        assert answer.status_code == 200, path
        described(client, shape).validate(answer.json())
        if "items" in answer.json():
            assert answer.json()["items"], path


def test_the_nouns_are_the_contract(client: Client) -> None:
    publish_all()
    (handed,) = [h for h in get(client, f"/{SLUG}/entries")["items"] if h["entry"]["id"] == "x1"]
    made = msgspec.convert(handed["entry"], Entry)
    assert made.claims == ("t",)
    (found,) = get(client, f"/{SLUG}/events")["items"]
    assert msgspec.convert(found, Event).id == "e1"


def test_every_entry_carries_credit_address_and_captures(client: Client) -> None:
    source = capture("d" * 64, TEXT)
    store.save_captures(SLUG, [source])
    known = batch().known.origins(("t",))
    origin = replace(known.origins[0], captured=True, captures=(source.id,))
    publish("x1", 1, origins=replace(known, origins=(origin,)))
    (handed,) = get(client, f"/{SLUG}/entries", l="en")["items"]
    assert handed["url"] == f"http://testserver/{SLUG}/e/x1?l=en"
    assert handed["url"] in handed["credit"]
    assert handed["captures"] == ["d" * 64]
    assert handed["urn"].startswith("urn:uuid:")


def test_a_capture_comes_without_its_text(client: Client) -> None:
    publish_all()
    (found,) = get(client, f"/{SLUG}/captures")["items"]
    assert "text" not in found
    assert (found["id"], found["url"]) == ("c" * 64, "https://galet.example/1")
    assert TEXT[:30] not in client.get(f"/api/stories/{SLUG}/captures").text


def test_nothing_that_is_not_published_is_given(client: Client) -> None:
    source = capture("c" * 64, TEXT)
    count = toll(source, "t", "Au moins deux morts", 2)
    store.save_captures(SLUG, [source])
    store.save_readings(SLUG, [reading(source, count)])
    store.save_woven(SLUG, batch(change("toll_stated", count), events=[event(count)]), minute(0))
    actions.draft(entry("x1", claims=("t",), event="e1"), who="", now=minute(1))
    for name in KINDS:
        assert get(client, f"/{SLUG}/{name}")["items"] == []


def test_a_retracted_entry_says_so_without_its_words(client: Client) -> None:
    publish("x1", 1, "Trois tués")
    actions.retract(SLUG, "x1", note={"fr": "Faux."}, who="ines", now=minute(2))
    found = get(client, f"/{SLUG}/entries/x1")
    assert (found["entry"]["state"], found["entry"]["texts"]) == ("retracted", {})
    assert found["entry"]["note"] == {"fr": "Faux."}


def test_a_walk_is_of_one_moment_whatever_comes_meanwhile(client: Client) -> None:
    for number in range(5):
        publish(f"x{number}", number)
    page = get(client, f"/{SLUG}/entries", limit="2")
    walked = keys(page)
    publish("late", 10)
    publish("x0", 11, "Changé")
    while page["next"]:
        answer = client.get(page["next"])
        page = answer.json()
        walked += keys(page)
        assert ('rel="next"' in answer.get("Link", "")) == bool(page["next"])
    assert walked == ["x4", "x3", "x2", "x1", "x0"]
    assert keys(get(client, f"/{SLUG}/entries"))[:2] == ["x0", "late"]


@pytest.mark.slow
@pytest.mark.parametrize("since", ["2", "2024-11-22T05:10:00Z", "2024-11-22T06:10:00+01:00"])
def test_what_changed_since(client: Client, since: str) -> None:
    publish("x1", 1)
    publish("x2", 10)
    publish("x3", 20)
    actions.correct(
        replace(entry("x1"), texts={"fr": EntryText(headline="Mieux")}),
        note={"fr": "Faux."}, who="ines", now=minute(30),
    )  # fmt: skip
    found = get(client, f"/{SLUG}/entries", since=since)
    notice = keys(found)[0]
    assert keys(found) == [notice, "x1", "x3", "x2"]  # x2: just before, it may come again
    assert get(client, f"/{SLUG}/entries", since="2024-11-22T05:40:00Z")["sequence"] == 5


def test_a_client_that_asks_from_where_it_left_off_misses_nothing(client: Client) -> None:
    publish("x1", 1)
    seen = get(client, f"/{SLUG}/entries")["as_of"]
    publish("x2", 10)
    assert "x2" in keys(get(client, f"/{SLUG}/entries", since=seen))
    publish("x3", 20)
    assert keys(get(client, f"/{SLUG}/entries", since="3")) == ["x3"]


def test_what_is_published_late_is_new_then(client: Client) -> None:
    """An event woven long ago comes with the entry that first tells of it."""
    publish_all()
    publish("x3", 30)
    since = "2024-11-22T05:20:00Z"
    assert get(client, f"/{SLUG}/events", since=since)["items"] == []
    source = capture("d" * 64, "Trois morts.", at=3)
    count = toll(source, "t2", "Trois morts", 3)
    store.save_captures(SLUG, [source])
    store.save_readings(SLUG, [reading(source, count)])
    woven = batch(change("toll_stated", count), events=[event(count, key="e2")])
    store.save_woven(SLUG, woven, minute(3))
    publish("x4", 40, claims=("t2",), event="e2")
    found = get(client, f"/{SLUG}/events", since=since)
    assert [each["id"] for each in found["items"]] == ["e2"]


def test_the_api_has_its_past(client: Client) -> None:
    publish("x1", 1)
    publish("x2", 30)
    assert keys(get(client, f"/{SLUG}/entries", at="06:10")) == ["x1"]
    assert keys(get(client, f"/{SLUG}/entries", at="2024-11-22T05:40:00Z")) == ["x2", "x1"]


def test_what_is_unchanged_is_not_sent_again(client: Client) -> None:
    publish("x1", 1)
    address = f"/api/stories/{SLUG}/entries"
    tag = client.get(address)["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    publish("x2", 2)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_scripts_of_any_origin_may_ask(client: Client) -> None:
    asked = client.options(f"/api/stories/{SLUG}/entries")
    assert asked.status_code == 204
    assert asked["Access-Control-Allow-Headers"] == "If-None-Match"
    assert client.head("/api/stories").status_code == 200
    refused = client.post("/api/stories")
    assert (refused.status_code, refused.json()["code"]) == (405, "method_not_allowed")
    assert "GET" in refused["Allow"]


def test_the_start_leads_to_everything(client: Client) -> None:
    assert client.get("/api", follow=True).json() == client.get("/api/").json()
    start = client.get("/api/").json()
    assert client.get(start["openapi"]).json()["openapi"].startswith("3.1.")
    (found,) = client.get(start["stories"]).json()["items"]
    assert found["slug"] == SLUG


def test_what_breaks_is_said_in_json_and_not_kept(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr(store, "stories", broken)
    client.raise_request_exception = False
    answer = client.get("/api/stories")
    assert (answer.status_code, answer["Cache-Control"]) == (500, "no-store")
    assert answer.json()["code"] == "internal_server_error"
    assert "secret" not in answer.text


@pytest.mark.slow
@given(late=st.lists(st.integers(0, 9), max_size=12), limit=st.integers(1, 4))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_all_pages_lose_and_double_nothing_while_the_story_goes_on(
    client: Client, late: list[int], limit: int
) -> None:
    """Between two pages entries are added, changed and withdrawn."""
    with transaction.atomic():
        for number in range(6):
            publish(f"x{number}", number)
        page = get(client, f"/{SLUG}/entries", limit=str(limit))
        walked, asked = keys(page), page["as_of"]
        more = iter(late)
        while page["next"]:
            number = next(more, 0)
            if number > 5:
                publish(f"y{number}{len(walked)}", 20 + len(walked))
            else:
                publish(f"x{number}", 20 + len(walked), "Changé")
            page = client.get(page["next"]).json()
            assert page["as_of"] == asked
            walked += keys(page)
        assert walked == ["x5", "x4", "x3", "x2", "x1", "x0"]
        after = keys(get(client, f"/{SLUG}/entries", since=asked, limit="200"))
        everything = keys(get(client, f"/{SLUG}/entries", limit="200"))
        assert set(walked) | set(after) == set(everything)
        assert len(everything) == len(set(everything))
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("path", "status", "where"),
    [
        ("stories/nulle-part", 404, "nulle-part"),
        (f"stories/{SLUG}/entries/nobody", 404, f"{SLUG}/entries/nobody"),
        (f"stories/{SLUG}/nonsense", 404, f"/api/stories/{SLUG}/nonsense"),
        ("docs", 404, "/api/docs"),
        ("stories/", 404, "/api/stories/"),
        (f"stories/{SLUG}/entries?limit=0", 400, "limit"),
        (f"stories/{SLUG}/entries?limit=9999", 400, "limit"),
        (f"stories/{SLUG}/entries?limit=x", 400, "limit"),
        (f"stories/{SLUG}/entries?since=hier", 400, "since"),
        (f"stories/{SLUG}/entries?since=2024-11-22T05:00:00", 400, "since"),
        (f"stories/{SLUG}/entries?at=hier", 400, "at"),
        (f"stories/{SLUG}/entries?cursor=x", 400, "cursor"),
        (f"stories/{SLUG}/entries?cursor=%C3%A9", 400, "cursor"),
        (f"stories/{SLUG}/entries?cursor=WyIyMDI0LTExLTIyVDA1OjAwOjAwWiIsIm5vIl0", 400, "cursor"),
    ],
)
def test_what_cannot_be_answered_says_why(
    client: Client, path: str, status: int, where: str
) -> None:
    answer = client.get(f"/api/{path}")
    assert answer.status_code == status
    assert answer["Access-Control-Allow-Origin"] == "*"
    problem = answer.json()
    assert set(problem) == {"where", "code", "message"}
    assert problem["where"] == where


@pytest.mark.parametrize(
    "since", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9" * 15]
)
def test_the_ends_of_time_are_answered(client: Client, since: str) -> None:
    publish("x1", 1)
    for name in ("since", "at"):
        answer = client.get(f"/api/stories/{SLUG}/entries", {name: since})
        assert answer.status_code in (200, 400)


def test_the_api_loads_nothing_and_sets_no_cookie(client: Client) -> None:
    answer = client.get("/api/openapi.json")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert not answer.cookies
    assert client.get("/api/docs").status_code == 404
