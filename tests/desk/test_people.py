"""Who is let in: invitations, the page of people, users switched off, the first administrator."""

# allauth comes with types but without the marker that says so.

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from sourcier.desk import actions, clock, models, store
from sourcier.desk.people.roles import may
from sourcier.desk.setup import first_link
from tests.desk.conftest import SLUG

pytestmark = pytest.mark.usefixtures("story")

PASSWORD = "quatre mots bien rangés"
PEOPLE = "/desk/people/"
FRENCH = {"Accept-Language": "fr"}


@pytest.fixture
def chief(story: str) -> Client:
    cache.clear()
    return signed_in("chef", "administrator")


def signed_in(name: str, role: Any) -> Client:
    store.save_user(name, PASSWORD, role)
    client = Client()
    sent = {"login": name, "password": PASSWORD}
    assert client.post("/desk/account/login/", sent)["Location"] == "/desk/"
    return client


def do(client: Client, what: str, **more: Any) -> Any:
    return client.post(PEOPLE, {"do": what, **more}, follow=True, headers=FRENCH)


def invite(client: Client, **more: Any) -> str:
    """Return the address of a new link."""
    page = do(client, "invite", **({"role": "reporter", "story": "", "days": "7"} | more)).text
    found = re.search(r'value="http://testserver(/desk/account/invitation/[^"]+)"', page)
    assert found
    return found[1]


def join(link: str, name: str = "nadia", **more: Any) -> Any:
    sent = {"username": name, "email": "", "password1": PASSWORD, "password2": PASSWORD} | more
    return Client().post(link, sent, headers=FRENCH)


def test_a_link_makes_a_user_with_its_role_and_lets_them_in(chief: Client) -> None:
    link = invite(chief, role="verifier", note="Nadia, renfort")
    assert "vérificateur" in Client().get(link, headers=FRENCH).text
    client = Client()
    sent = {
        "username": "nadia",
        "email": "n@example.org",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    assert client.post(link, sent)["Location"] == "/desk/"
    assert client.get(f"/desk/{SLUG}/").status_code == 200
    nadia = User.objects.get(username="nadia")
    assert may(nadia, "verify", SLUG)
    assert not may(nadia, "publish", SLUG)
    (line,) = models.Audit.objects.filter(action="join")
    assert (line.who, line.detail) == ("nadia", {"role": "verifier", "by": "chef"})


def test_a_link_for_one_story_gives_a_role_there_alone(chief: Client) -> None:
    link = invite(chief, role="editor", story=SLUG)
    assert "Frappes sur Trois-Ponts" in Client().get(link, headers=FRENCH).text
    join(link)
    nadia = User.objects.get(username="nadia")
    assert may(nadia, "publish", SLUG)
    assert not may(nadia, "read", "ailleurs")


def test_a_link_is_shown_once_and_not_kept(chief: Client) -> None:
    link = invite(chief)
    assert link not in chief.get(PEOPLE).text
    token = link.rstrip("/").rsplit("/", 1)[1]
    assert token not in str(models.Invitation.objects.values())
    assert token not in str(models.Audit.objects.values())


def test_a_link_works_once(chief: Client) -> None:
    link = invite(chief)
    assert join(link).status_code == 302
    again = join(link, "oleh")
    assert again.status_code == 410
    assert "ne sert plus" in again.text
    assert not store.is_user("oleh")


def test_looking_at_a_link_does_not_use_it(chief: Client) -> None:
    link = invite(chief)
    for _ in range(3):
        assert Client().get(link).status_code == 200
    assert join(link).status_code == 302


@pytest.mark.parametrize(
    "change", [lambda x: x[:-3] + "x/", lambda x: x[:-1] + "0/", lambda x: x.upper()]
)
def test_a_tampered_link_is_none(chief: Client, change: Any) -> None:
    answer = Client().get(change(invite(chief)))
    assert answer.status_code in {404, 410}


def test_a_link_is_over_when_its_days_are(chief: Client) -> None:
    now = clock.real()
    token = actions.invite("reader", "", who="chef", now=now - timedelta(days=8))
    assert Client().get(f"/desk/account/invitation/{token}/").status_code == 410
    assert join(f"/desk/account/invitation/{token}/").status_code == 410


def test_a_revoked_link_is_over(chief: Client) -> None:
    link = invite(chief, note="Pour Oleh")
    page = chief.get(PEOPLE).text
    assert "Pour Oleh" in page
    key = re.findall(r'name="link" value="(\d+)"', page)[0]
    assert "révoqué" in do(chief, "revoke", link=key).text
    assert join(link).status_code == 410
    assert do(chief, "revoke", link=key).status_code == 422


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"password2": "autre chose encore"}, "identiques"),
        ({"password1": "court", "password2": "court"}, "trop court"),
        (
            {
                "password1": "nadia-orlenko1",
                "password2": "nadia-orlenko1",
                "username": "nadia-orlenko",
            },
            "semblable",
        ),
        ({"username": "CHEF"}, "porte déjà ce nom"),
        ({"username": "<script>"}, "nom d"),
        ({"email": "pas une adresse"}, "adresse"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    chief: Client, wrong: dict[str, str], words: str
) -> None:
    answer = join(
        invite(chief), **({"name": wrong["username"]} if "username" in wrong else {}), **wrong
    )
    assert answer.status_code == 422
    assert words in answer.text.replace("\u00a0", " ")
    assert 'value="nadia"' in answer.text or "username" in wrong
    assert "<script>" not in answer.text
    assert User.objects.count() == 1


def test_who_is_in_is_asked_to_sign_out_first(chief: Client) -> None:
    link = invite(chief)
    page = chief.get(link, headers=FRENCH)
    assert "sortez d" in page.text
    assert chief.post("/desk/account/logout/", {"next": link})["Location"] == link
    assert chief.get(link).status_code == 200


def test_a_link_for_a_new_password_is_for_its_user_alone(chief: Client) -> None:
    oleh = signed_in("oleh", "editor")
    page = do(chief, "renew", user="oleh").text
    found = re.search(r'value="http://testserver([^"]+)"', page)
    assert found
    new = {"password1": "un tout autre secret", "password2": "un tout autre secret"}
    client = Client()
    assert client.post(found[1], new | {"username": "mallory"})["Location"] == "/desk/"
    assert not store.is_user("mallory")
    assert oleh.get("/desk/account/").status_code == 302
    assert client.get("/desk/account/").status_code == 200
    assert Client().post(found[1], new).status_code == 410


def test_a_newer_link_for_a_password_ends_the_earlier(chief: Client) -> None:
    store.save_user("oleh", PASSWORD, "editor")
    now = clock.real()
    first = actions.renew("oleh", who="chef", now=now)
    actions.renew("oleh", who="chef", now=now)
    assert Client().get(f"/desk/account/invitation/{first}/").status_code == 410


def test_who_is_switched_off_is_out_at_once_and_comes_back(chief: Client) -> None:
    oleh = signed_in("oleh", "editor")
    assert "désactivé" in do(chief, "off", user="oleh").text
    assert oleh.get(f"/desk/{SLUG}/").status_code == 302
    assert not may(User.objects.get(username="oleh"), "read", SLUG)
    do(chief, "on", user="oleh")
    assert may(User.objects.get(username="oleh"), "publish", SLUG)
    assert oleh.get(f"/desk/{SLUG}/").status_code == 302  # signed out, all the same


def test_nobody_switches_themselves_off_nor_who_is_not_there(chief: Client) -> None:
    assert do(chief, "off", user="chef").status_code == 422
    assert do(chief, "off", user="personne").status_code == 422
    assert do(chief, "dance").status_code == 422
    assert do(chief, "invite", role="king", story="", days="7").status_code == 422
    assert do(chief, "invite", role="reader", story="ailleurs", days="7").status_code == 422
    assert do(chief, "invite", role="reader", story="", days="7000").status_code == 422
    assert User.objects.get(username="chef").is_active


def test_sessions_and_second_factors_are_ended_for_somebody(chief: Client) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    oleh = signed_in("oleh", "editor")
    TOTP.activate(User.objects.get(username="oleh"), generate_totp_secret())
    assert "second facteur" in chief.get(PEOPLE, headers=FRENCH).text
    do(chief, "factors", user="oleh")
    assert not store.has_factor("oleh")
    do(chief, "out", user="oleh")
    assert oleh.get("/desk/account/").status_code == 302


@pytest.mark.parametrize("role", ["reader", "reporter", "verifier", "editor"])
def test_the_page_is_for_administrators_of_all_stories(story: str, role: str) -> None:
    client = signed_in("oleh", role)
    assert client.get(PEOPLE).status_code == 403
    assert do(client, "invite", role="administrator", story="", days="7").status_code == 403
    store.set_role("oleh", SLUG, "administrator")
    assert do(client, "renew", user="oleh").status_code == 403
    assert Client().get(PEOPLE).status_code == 302


def test_the_list_costs_few_queries(chief: Client, django_assert_max_num_queries: Any) -> None:
    for n in range(20):
        store.save_user(f"user{n}", PASSWORD, "reader")
        actions.invite("reader", SLUG, who="chef", now=clock.real())
    chief.get(PEOPLE)
    with django_assert_max_num_queries(14):
        assert "user19" in chief.get(PEOPLE).text


def test_a_new_desk_has_a_link_for_its_first_administrator(story: str) -> None:
    earlier = first_link("http://localhost:8000/")
    link = first_link("http://localhost:8000/")
    assert link.startswith("http://localhost:8000/desk/account/invitation/")
    assert Client().get(earlier.removeprefix("http://localhost:8000")).status_code == 410
    join(link.removeprefix("http://localhost:8000"), "chef")
    assert may(User.objects.get(username="chef"), "people", "")
    assert not first_link("http://localhost:8000/")


def test_the_command_prints_a_link(story: str, capsys: Any, monkeypatch: Any) -> None:
    from sourcier.cli import main

    monkeypatch.setattr("sourcier.desk.setup.prepare", lambda _: None)
    assert main(["invite", "--role", "editor", "--url", "https://desk.example.org"]) == 0
    link = capsys.readouterr().out.strip()
    assert link.startswith("https://desk.example.org/desk/account/invitation/")
    assert main(["invite", "--again", "personne"]) == 1
    store.save_user("ines", PASSWORD, "editor")
    assert main(["invite", "--again", "ines"]) == 0
