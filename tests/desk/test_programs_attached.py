"""What programs attach to an entry: a picture, a link, an embargo, claims without event; the refusals."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from sourcier.desk import actions, models, store
from tests.desk.conftest import SLUG
from tests.desk.make import START, minute
from tests.desk.test_pictures import HOSTILE, file, hostile
from tests.desk.test_programs import (  # noqa: F401 - fixtures
    API,
    ENTRIES,
    TITLE,
    Caller,
    caller,
    etag,
    filled,
    ines,
    problem,
    robot,
    token,
)

PICTURES = f"{API}stories/{SLUG}/pictures"
LINK = {"url": "https://le-fanal.example/pont", "title": "Le pont, heure par heure"}
WORDS = {"credit": "Mira Otel", "alt": {"fr": "Un pont effondré"}}


def send(ines: Any, body: bytes, **headers: str) -> Any:  # noqa: F811
    shown = {"Authorization": f"Bearer {token(ines)}"} | headers
    return Client().post(PICTURES, body, content_type="image/jpeg", headers=shown)


@pytest.fixture
def digest(ines: Any) -> str:  # noqa: F811
    return str(send(ines, file()).json()["digest"])


@pytest.mark.slow
def test_a_picture_is_uploaded_shown_and_taken_out(robot: Caller, ines: Any) -> None:  # noqa: F811
    answer = send(ines, file())
    assert answer.status_code == 201
    known = answer.json()
    assert (known["width"], known["height"], known["widths"]) == (1200, 800, [480, 960, 1200])
    sent = TITLE | {"kind": "image", "picture": WORDS | {"digest": known["digest"]}}
    made = robot("POST", ENTRIES, sent)
    at = f"{ENTRIES}/{made.json()['entry']['id']}"
    out = robot("POST", f"{at}/publish", {}, If_Match=made["ETag"])
    assert out.json()["published"]["picture"]["credit"] == "Mira Otel"
    assert known["digest"] in Client().get(f"/{SLUG}/").text
    assert Client().get(f"/{SLUG}/media/{known['digest']}.jpg").status_code == 200
    kept = robot("PUT", at, {"kind": "text"}, If_Match=out["ETag"])
    assert kept.json()["entry"]["picture"]["alt"] == {"fr": "Un pont effondré"}
    bare = robot("PUT", at, {"picture": None}, If_Match=kept["ETag"])
    assert bare.json()["entry"]["picture"] is None
    line = models.Audit.objects.get(action="by_token", detail__call="upload_picture")
    assert (line.who, line.detail["name"]) == ("ines", "robot")


@pytest.mark.slow
def test_an_upload_with_a_key_is_kept_once(ines: Any) -> None:  # noqa: F811
    text = token(ines)

    def upload(body: bytes) -> Any:
        shown = {"Authorization": f"Bearer {text}", "Idempotency-Key": "p1"}
        return Client().post(PICTURES, body, content_type="image/jpeg", headers=shown)

    one, two, other = upload(file()), upload(file()), upload(file((300, 200)))
    assert (one.status_code, two.content) == (201, one.content)
    assert two["Idempotency-Replayed"] == "true"
    assert problem(other) == (422, "key_reused")
    assert models.Picture.objects.count() == 1


@pytest.mark.slow
@pytest.mark.parametrize("name", [*HOSTILE, "nothing"])
def test_what_is_no_picture_is_refused_in_a_line(ines: Any, name: str) -> None:  # noqa: F811
    body, key = hostile().get(name, (b"", "none"))
    if name == "empty":
        key = "none"
    status = 413 if key == "large" else 400
    assert problem(send(ines, body)) == (status, f"picture_{key}")
    assert not models.Picture.objects.exists()


def test_a_frozen_story_and_who_may_not_write_take_none(robot: Caller, ines: Any) -> None:  # noqa: F811
    reads = {"Authorization": f"Bearer {token(ines, 'read')}"}
    answer = Client().post(PICTURES, b"<svg", content_type="image/jpeg", headers=reads)
    assert problem(answer) == (403, "missing_scope")
    assert problem(robot("POST", f"{API}stories/none/pictures"))[0] == 404
    actions.freeze(SLUG, who="ines", now=minute(5))
    assert problem(send(ines, file())) == (409, "frozen")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("picture", "code"),
    [
        ({}, "picture_credit"),
        ({"credit": "Mira Otel"}, "picture_alt"),
        ({"credit": "Mira Otel", "alt": {"en": "A bridge"}}, "picture_alt"),
        ({"credit": " ", "alt": {"fr": "Un pont"}}, "picture_credit"),
        ({"credit": "x" * 201, "alt": {"fr": "Un pont"}}, "picture_long"),
        ({"credit": "x", "alt": {"fr": "y" * 1001}}, "picture_long"),
        ({"credit": "x", "alt": {"de": "Eine Brücke"}}, "bad_language"),
        ({"credit": "x", "caption": {"de": "Die Brücke"}}, "bad_language"),
        ({"digest": "0" * 32, "credit": "x"}, "picture_gone"),
        ({"digest": "../x"}, "picture_gone"),
        ({"title": "x"}, "bad_parameter"),
    ],
)
@pytest.mark.parametrize("call", ["publish", "submit", "schedule", "correct"])
def test_none_goes_its_way_without_credit_and_description(
    robot: Caller,  # noqa: F811
    digest: str,
    picture: Any,
    code: str,
    call: str,
) -> None:
    more: dict[str, Any] = {
        "schedule": {"due": minute(90).isoformat()},
        "correct": {"note": {"fr": "Faux"}},
    }
    sent = {"picture": {"digest": digest} | picture} | more.get(call, {})
    answer = robot("POST", f"{ENTRIES}/x1/{call}", sent, If_Match="*")
    assert problem(answer) == (400, code)
    assert "\n" not in answer.json()["message"]
    public = store.published(SLUG, "x1")
    assert public
    assert public.picture is None


def test_a_draft_may_wait_for_its_words_but_not_go_out_without(robot: Caller, digest: str) -> None:  # noqa: F811
    sent = {"picture": {"digest": digest}}
    assert robot("PUT", f"{ENTRIES}/x1", sent, If_Match="*").status_code == 200
    assert problem(robot("POST", f"{ENTRIES}/x1/publish", {}, If_Match="*")) == (
        400, "picture_credit",
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"kind": "image"}, "picture_needed"),
        ({"kind": "link"}, "link_needed"),
        ({"link": LINK | {"url": "http://le-fanal.example/"}}, "link_url"),
        ({"link": LINK | {"url": "javascript:alert(1)"}}, "link_url"),
        ({"link": {"url": "", "title": " "}}, "link_url"),
        ({"link": LINK | {"title": " "}}, "link_title"),
        ({"link": LINK | {"title": "x" * 301}}, "link_long"),
        ({"link": {"url": LINK["url"]}}, "bad_parameter"),
        ({"link": LINK | {"frame": "https://x.example"}}, "bad_parameter"),
        ({"not_before": "2031-01-01T00:00:00"}, "bad_hour"),
    ],
)
def test_what_cannot_be_attached_is_a_problem(robot: Caller, sent: Any, code: str) -> None:  # noqa: F811
    assert problem(robot("POST", f"{ENTRIES}/x1/publish", sent, If_Match="*")) == (400, code)


def test_an_entry_leads_to_another_page_until_it_is_told_not_to(robot: Caller) -> None:  # noqa: F811
    made = robot("POST", ENTRIES, TITLE | {"kind": "link", "link": LINK})
    at = f"{ENTRIES}/{made.json()['entry']['id']}"
    out = robot("POST", f"{at}/publish", {}, If_Match=made["ETag"])
    assert out.json()["published"]["link"] == LINK | {"site": ""}
    assert LINK["url"] in Client().get(f"/{SLUG}/").text
    bare = robot("PUT", at, {"link": None, "kind": "text"}, If_Match=out["ETag"])
    assert bare.json()["entry"]["link"] is None


def test_an_embargo_holds_and_is_lifted(robot: Caller) -> None:  # noqa: F811
    made = robot("POST", ENTRIES, TITLE | {"not_before": minute(90).isoformat()})
    at = f"{ENTRIES}/{made.json()['entry']['id']}/publish"
    assert problem(robot("POST", at, {}, If_Match="*")) == (409, "embargo")
    assert robot("POST", at, {"not_before": None}, If_Match="*").status_code == 200


def test_an_entry_without_an_event_rests_on_claims_of_its_story(robot: Caller) -> None:  # noqa: F811
    claims = [claim["id"] for claim in robot("GET", f"{API}stories/{SLUG}/claims").json()["items"]]
    sent = TITLE | {"claims": claims[:2]}
    made = robot("POST", ENTRIES, sent)
    assert (made.status_code, made.json()["entry"]["claims"]) == (201, claims[:2])
    assert made.json()["entry"]["event"] is None
    key = made.json()["entry"]["id"]
    more = robot("PUT", f"{ENTRIES}/{key}", {"claims": claims[1:3]}, If_Match=etag(robot, key))
    assert more.json()["entry"]["claims"] == claims[1:3]
    none = robot("POST", ENTRIES, TITLE | {"claims": [claims[0], "none"]})
    assert problem(none) == (400, "unknown_claim")
    store.open_story("gares", {"fr": "Gares"}, zone="UTC", languages=("fr",), now=START)
    other = robot("POST", f"{API}stories/gares/entries", sent)
    assert problem(other) == (400, "unknown_claim")
