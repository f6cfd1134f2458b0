from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from msgspec.structs import replace
from pytest_django.fixtures import Settings

from sourcier.desk import actions, store
from sourcier.publish.formats import FORMATS
from sourcier.types import EntryText
from tests.desk.conftest import SLUG, entry
from tests.desk.make import START, alert, batch, capture, interval, minute, occurrence, reading

pytestmark = pytest.mark.usefixtures("story")

HOSTILE = "<script>alert(1)</script> & \"x\" onerror='y'"


def publish(headline: str = "Deux blessés", at: int = 1, key: str = "x1", **more: Any) -> None:
    actions.publish(entry(key, headline, **more), who="ines", now=minute(at))


def test_the_root_shows_the_first_story(client: Client) -> None:
    publish()
    page = client.get("/")
    assert page.status_code == 200
    assert "Deux blessés" in page.text.replace("\u00a0", " ")
    assert page.text == client.get(f"/{SLUG}/").text


def test_a_desk_without_story_has_no_page(client: Client) -> None:
    from sourcier.desk import models

    models.Story.objects.all().delete()
    assert client.get("/").status_code == 404


def test_the_page_speaks_the_language_asked_for(client: Client) -> None:
    publish()
    english = client.get(f"/{SLUG}/?l=en")
    assert '<html lang="en"' in english.text
    assert "A headline" in english.text
    assert '<html lang="fr"' in client.get(f"/{SLUG}/?l=xx").text


def test_the_map_has_a_page_of_its_own(client: Client) -> None:
    publish("Premier titre", 1, "x1")
    publish("Second titre", 30, "x2")
    page = client.get(f"/{SLUG}/map")
    assert page.status_code == 200
    assert "script-src 'none'" in page["Content-Security-Policy"]
    assert "<h1>Map</h1>" in client.get(f"/{SLUG}/map?l=en").text
    past = client.get(f"/{SLUG}/map?at=06:10").text
    assert f'href="/{SLUG}/?at=' in past
    assert client.get(f"/{SLUG}/map?at=zz").status_code == 404
    assert client.get("/none/map").status_code == 404


def test_the_page_as_it_was(client: Client) -> None:
    publish("Premier titre", 1, "x1")
    publish("Second titre", 30, "x2")
    past = client.get(f"/{SLUG}/?at=06:10").text
    assert "Premier titre" in past
    assert "Second titre" not in past


@pytest.mark.parametrize(
    "address",
    [
        "/nulle-part/",
        f"/{SLUG}/?at=hier",
        f"/{SLUG}/e/nobody",
        "/a/b/c",
        "/nulle-part/claims.jsonl",
    ],
)
def test_what_is_not_there_is_a_404_page(client: Client, address: str) -> None:
    page = client.get(address, headers={"Accept-Language": "fr"})
    assert page.status_code == 404
    assert "text/html" in page["Content-Type"]
    assert page.text.strip().endswith("</html>")


def test_an_entry_has_its_own_page_and_its_versions(client: Client) -> None:
    publish("Première version")
    changed = replace(entry(), texts={"fr": EntryText(headline="Deuxième version")})
    actions.correct(changed, note={"fr": "Faux."}, who="ines", now=minute(2))
    assert "Deuxième version" in client.get(f"/{SLUG}/e/x1").text
    first = client.get(f"/{SLUG}/e/x1?v=1")
    assert "Première version" in first.text
    assert client.get(f"/{SLUG}/e/x1?v=9").status_code == 404
    assert client.get(f"/{SLUG}/e/x1?v=x").status_code == 200


def test_claims_come_as_json_lines(client: Client) -> None:
    source = capture("c", "Une explosion.")
    claim = occurrence(source, "o", "Une explosion", "explosion")
    store.save_captures(SLUG, [source])
    store.save_readings(SLUG, [reading(source, claim)])
    publish(claims=("o",))
    answer = client.get(f"/{SLUG}/claims.jsonl")
    assert answer["Content-Type"].startswith("application/jsonl")
    (line,) = answer.text.splitlines()
    assert json.loads(line)["quote"] == "Une explosion"


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_formats_are_given_with_absolute_addresses_to_anybody(client: Client, name: str) -> None:
    publish()
    answer = client.get(f"/{SLUG}/{name}")
    assert answer["Content-Type"] == FORMATS[name].type
    assert f"http://testserver/{SLUG}/" in answer.text or name == "places.geojson"
    assert answer["Access-Control-Allow-Origin"] == "*"
    again = client.get(f"/{SLUG}/{name}", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert client.get(f"/{SLUG}/{name}x").status_code == 404


def test_an_unchanged_page_is_not_sent_again(client: Client) -> None:
    publish()
    page = client.get("/")
    tag = page["ETag"]
    assert page["Last-Modified"] == "Fri, 22 Nov 2024 05:01:00 GMT"
    again = client.get("/", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    publish("Autre", 2, "x2")
    assert client.get("/", headers={"If-None-Match": tag}).status_code == 200


def test_readers_get_no_cookie_and_a_strict_policy(client: Client) -> None:
    publish()
    for address in ("/", f"/{SLUG}/e/x1"):
        page = client.get(address)
        assert not page.cookies
        policy = page["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert page["X-Content-Type-Options"] == "nosniff"


def test_hostile_words_are_shown_not_run(client: Client) -> None:
    store.open_story("h", {"fr": HOSTILE}, zone="UTC", languages=("fr",), now=minute(0))
    hostile = entry("h1", HOSTILE, HOSTILE, story="h")
    actions.publish(hostile, who="ines", now=minute(1))
    for address in ("/h/", "/h/e/h1"):
        page = client.get(address).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


@pytest.mark.parametrize("address", ["/", f"/{SLUG}/", f"/{SLUG}/e/x1", f"/{SLUG}/claims.jsonl"])
def test_readers_pages_can_only_be_read(client: Client, address: str) -> None:
    publish()
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


def test_another_host_is_refused(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["direct.example"]
    assert client.get("/", headers={"Host": "ailleurs.example"}).status_code == 400


def test_the_pointer_changes_with_the_page_and_says_when_to_ask_again(client: Client) -> None:
    publish()
    first = client.get(f"/{SLUG}/live.json")
    assert first.headers["Cache-Control"] == "public, max-age=5"
    assert first.json()["poll"] > 0
    assert first.json()["mark"] in client.get(f"/{SLUG}/").text
    same = client.get(f"/{SLUG}/live.json", headers={"If-None-Match": first.headers["ETag"]})
    assert same.status_code == 304
    publish("Trois blessés", 2, "x2")
    assert client.get(f"/{SLUG}/live.json").json()["mark"] != first.json()["mark"]


def test_feeds_name_the_hubs_where_to_subscribe(client: Client, settings: Settings) -> None:
    publish()
    settings.HUBS, settings.URL = ("https://hub.example/",), "https://direct.example/"
    feed = client.get(f"/{SLUG}/feed.atom")
    topic = f"https://direct.example/{SLUG}/feed.atom"
    assert feed["Link"] == f'<https://hub.example/>; rel="hub", <{topic}>; rel="self"'
    assert f'rel="self" type="application/atom+xml" href="{topic}"' in feed.text
    assert 'rel="hub" href="https://hub.example/"' in feed.text
    assert "Link" not in client.get(f"/{SLUG}/ninjs.json")


def test_each_message_on_an_alert_has_its_own_address(client: Client) -> None:
    source = capture("c" * 64, "Alerte aérienne en cours à Trois-Ponts.")
    siren = alert(source, "a", "Alerte aérienne en cours", area="Trois-Ponts")
    store.save_captures(SLUG, [source])
    store.save_readings(SLUG, [reading(source, siren)])
    opened = interval(siren)
    ended = replace(opened, end=minute(8), seen=minute(9))
    for at, state in ((0, opened), (9, ended)):
        store.save_woven(SLUG, batch(intervals=(state,)), minute(at))
    actions.publish(entry("x1", claims=("a",)), who="ines", now=minute(2))
    feed = client.get(f"/{SLUG}/alerts.atom").text
    assert f"http://testserver/{SLUG}/cap/a1.2.xml" in feed
    types = []
    for number in (1, 2):
        answer = client.get(f"/{SLUG}/cap/a1.{number}.xml")
        assert answer["Content-Type"].startswith("application/cap+xml")
        assert answer["Access-Control-Allow-Origin"] == "*"
        types += re.findall("<msgType>(.*)</msgType>", answer.text)
    assert types == ["Alert", "Cancel"]
    assert client.get(f"/{SLUG}/cap/a1.3.xml").status_code == 404


def test_an_alert_leaves_the_page_with_the_entry_that_told_it(client: Client) -> None:
    source = capture("c" * 64, "Alerte aérienne en cours à Trois-Ponts.")
    siren = alert(source, "a", "Alerte aérienne en cours", area="Trois-Ponts")
    store.save_captures(SLUG, [source])
    store.save_readings(SLUG, [reading(source, siren)])
    store.save_woven(SLUG, batch(intervals=(interval(siren),)), minute(0))
    actions.publish(entry("x1", claims=("a",)), who="ines", now=minute(2))
    actions.retract(SLUG, "x1", note={"fr": "Pas d'alerte."}, who="ines", now=minute(5))
    assert store.story(SLUG, now=minute(6)).alerts == ()
    cancelled = client.get(f"/{SLUG}/cap/a1.withdrawn.xml").text
    assert "<msgType>Cancel</msgType>" in cancelled and "Pas d’alerte." in cancelled
    assert "a1.withdrawn" in client.get(f"/{SLUG}/alerts.atom").text


def test_what_would_be_invalid_is_refused_with_the_reason(client: Client) -> None:
    actions.publish(entry("x1", " "), who="ines", now=minute(1))
    answer = client.get(f"/{SLUG}/feed.atom")
    assert (answer.status_code, answer["Cache-Control"]) == (503, "no-store")
    assert answer.json()["code"] == "invalid_format"
    assert client.get(f"/{SLUG}/places.geojson").status_code == 200


def test_several_stories_have_a_front_page(story: str, django_assert_num_queries: Any) -> None:
    actions.publish(entry(headline="Un pont est tombé"), who="ines", now=minute(1))
    assert "Un pont est tombé" in Client().get("/").text
    for slug in ("gares", "quais"):
        store.open_story(slug, {"fr": f"Les {slug}"}, zone="UTC", languages=("fr",), now=START)
    actions.publish(entry("g1", "Gare fermée", story="gares"), who="ines", now=minute(2))
    actions.publish(entry("g2", "Fausse alerte", story="gares"), who="ines", now=minute(3))
    actions.retract("gares", "g2", note={"fr": "Faux."}, who="ines", now=minute(4))
    with django_assert_num_queries(4):
        front = Client().get("/").text
    assert front.index("Les gares") < front.index("Trois-Ponts") < front.index("Les quais")
    assert "Gare fermée" in front
    assert 'href="/gares/e/g2"' not in front
