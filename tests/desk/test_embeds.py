"""What other sites embed: the frame's page, its script, oEmbed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from sourcier.desk import actions
from tests.desk.conftest import SLUG, entry
from tests.desk.make import minute
from tests.desk.test_views import HOSTILE, publish
from tests.publish.trees import tree, xml

pytestmark = pytest.mark.usefixtures("story")


def told(client: Client, url: str, **more: str) -> Any:
    return client.get("/oembed", {"url": url, **more})


def test_the_newest_entry_is_framed_by_any_site_without_cookie_or_third_party(
    client: Client,
) -> None:
    publish("Ancien", 1, "x1")
    publish("Nouveau", 2, "x2")
    page = client.get(f"/{SLUG}/embed")
    assert not page.cookies
    assert "X-Frame-Options" not in page
    policy = page["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'") and policy.endswith("frame-ancestors *")
    assert "unsafe" not in policy
    assert len(page.content) < 8_000
    shown = tree(page.text)
    assert shown.xpath("//link[@rel='canonical']/@href") == [f"http://testserver/{SLUG}/e/x2"]
    assert "Nouveau" in shown.xpath("string(//h1)")
    assert f"http://testserver/{SLUG}/e/x2" in shown.xpath("string(//small)")


def test_one_entry_is_framed_in_the_language_asked_for(client: Client) -> None:
    publish("Ancien", 1, "x1")
    publish("Nouveau", 2, "x2")
    assert "Ancien" in client.get(f"/{SLUG}/e/x1/embed").text
    english = client.get(f"/{SLUG}/e/x1/embed?l=en").text
    assert '<html lang="en"' in english and "A headline" in english
    assert client.get(f"/{SLUG}/e/nobody/embed").status_code == 404
    assert client.get("/nulle-part/embed").status_code == 404


def test_a_withdrawn_entry_says_so_in_its_frame(client: Client) -> None:
    publish("Onze tués", 1, "x1")
    actions.retract(SLUG, "x1", note={"fr": "C'était faux."}, who="ines", now=minute(2))
    page = client.get(f"/{SLUG}/e/x1/embed").text
    assert "Onze" not in page and "retirée" in page and "faux" in page


def test_hostile_words_are_shown_not_run_in_a_frame(client: Client) -> None:
    actions.publish(entry("x1", HOSTILE, HOSTILE), who="ines", now=minute(1))
    assert "<script>alert" not in client.get(f"/{SLUG}/e/x1/embed").text
    frame = tree(told(client, f"/{SLUG}/e/x1").json()["html"])
    assert frame.tag == "iframe" and len(frame) == 0


@pytest.mark.parametrize("path", [f"/{SLUG}/", f"/{SLUG}/e/x1", f"/{SLUG}/e/x1?l=en"])
def test_a_page_leads_to_its_oembed_answer(client: Client, path: str) -> None:
    publish()
    head = tree(client.get(path).text)
    for kind in ("application/json", "text/xml"):
        (address,) = head.xpath(f"//link[@type='{kind}+oembed']/@href")
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith(kind)


def test_oembed_has_all_that_its_standard_requires(client: Client) -> None:
    publish("Deux blessés")
    answer = told(client, f"http://testserver/{SLUG}/e/x1", maxwidth="320", maxheight="200").json()
    assert {"type": "rich", "version": "1.0", "width": 320, "height": 200}.items() <= answer.items()
    assert answer["title"].startswith("Deux")
    frame = tree(answer["html"])
    assert frame.get("src") == f"http://testserver/{SLUG}/e/x1/embed"
    assert client.get(frame.get("src")).status_code == 200
    document = xml(told(client, f"/{SLUG}/e/x1", format="xml").content)
    assert document.tag == "oembed"
    assert {node.tag for node in document} == set(answer)


@pytest.mark.parametrize(
    "url",
    ["", "/", "http://[", f"http://ailleurs.example/{SLUG}/", f"/{SLUG}/e/nobody", "/nulle-part/"],
)
def test_what_cannot_be_embedded_is_not_found(client: Client, url: str) -> None:
    publish()
    assert told(client, url).status_code == 404


def test_another_format_is_not_implemented(client: Client) -> None:
    assert told(client, f"/{SLUG}/", format="yaml").status_code == 501


def test_the_script_is_small_and_our_own(client: Client) -> None:
    script = client.get("/embed.js")
    assert script["Content-Type"].startswith("text/javascript")
    assert script["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert len(script.content) < 2_500
    assert "http://" not in script.text and "https://" not in script.text


def test_the_address_that_readers_know_is_ours_too(client: Client, settings: Settings) -> None:
    settings.URL = "https://direct.example/"
    publish("Deux blessés")
    answer = told(client, f"https://direct.example/{SLUG}/e/x1").json()
    assert f'src="https://direct.example/{SLUG}/e/x1/embed"' in answer["html"]
    page = tree(client.get(f"/{SLUG}/embed").text)
    assert page.xpath("//link[@rel='canonical']/@href") == [f"https://direct.example/{SLUG}/e/x1"]
