"""The way in: signing in, lock-out, second factors, sessions, one's own account."""

# allauth comes with types but without the marker that says so.

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from sourcier.desk import models, store
from sourcier.desk.mail import settings_of
from tests.desk.conftest import SLUG

pytestmark = pytest.mark.usefixtures("story")

PASSWORD = "quatre mots bien rangés"
ACCOUNT = "/desk/account/"
LOGIN = f"{ACCOUNT}login/"
FRENCH = {"Accept-Language": "fr"}


@pytest.fixture(autouse=True)
def ines(story: str) -> User:
    cache.clear()
    store.save_user("ines", PASSWORD, "editor")
    store.set_mail("ines", "ines@example.org")
    return User.objects.get(username="ines")


def sign_in(client: Client, login: str = "ines", password: str = PASSWORD, **more: Any) -> Any:
    return client.post(LOGIN, {"login": login, "password": password, **more}, headers=FRENCH)


def prove(client: Client, following: str) -> Any:
    """Say again who one is, as what is delicate asks for; return the page that follows."""
    asked = client.get(following, headers=FRENCH)
    assert asked.status_code == 302
    return client.post(asked["Location"], {"password": PASSWORD}, follow=True, headers=FRENCH)


def codes(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


def with_app(client: Client) -> str:
    """Set up an application with codes; return its secret."""
    sign_in(client)
    page = prove(client, f"{ACCOUNT}factors/app/").text
    found = re.search(r'class="secret">([A-Z2-7]+)<', page)
    assert found
    done = client.post(f"{ACCOUNT}factors/app/", {"code": codes(found[1])}, headers=FRENCH)
    assert done["Location"] == f"{ACCOUNT}factors/codes/"
    cache.clear()
    return found[1]


def audited(action: str) -> list[tuple[str, dict[str, Any]]]:
    rows = models.Audit.objects.filter(action=action).order_by("pk")
    return list(rows.values_list("who", "detail"))


@pytest.mark.parametrize("login", ["ines", "INES", "ines@example.org"])
def test_one_signs_in_by_name_or_mail(client: Client, login: str) -> None:
    assert sign_in(client, login)["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 302
    assert audited("signin") == [("ines", {})]


@pytest.mark.parametrize(
    "away",
    [
        "https://example.org/",
        "//example.org",
        "/\\example.org",
        "http://testserver/",
        "/ponts/",
    ],
)
def test_nobody_is_led_away_after_signing_in(client: Client, away: str) -> None:
    assert sign_in(client, next=away)["Location"] == "/desk/"


def test_one_goes_on_where_one_was(client: Client) -> None:
    asked = client.get(f"/desk/{SLUG}/?event=e1")["Location"]
    page = client.get(asked).text
    assert 'name="next" value="/desk/ponts/?event=e1"' in page
    assert "?next=%2Fdesk%2Fponts%2F%3Fevent%3De1&amp;ui=en" in page
    assert sign_in(client, next="/desk/ponts/?event=e1")["Location"] == "/desk/ponts/?event=e1"


def test_a_wrong_password_is_said_and_written_down(client: Client, caplog: Any) -> None:
    logging.getLogger("sourcier.people").propagate = True
    page = sign_in(client, password="faux").text
    assert "Ce nom et ce mot de passe ne vont pas ensemble" in page.replace("\u00a0", " ")
    sign_in(client, "mon mot de passe", "ines")
    assert audited("signin_failed") == [("", {"user": "ines"}), ("", {"user": ""})]
    assert "signin_failed: ines from 127.0.0.1" in caplog.text
    assert "mon mot de passe" not in caplog.text


def test_five_failures_lock_a_name_and_say_for_how_long(client: Client) -> None:
    for _ in range(5):
        sign_in(client, password="faux")
    page = sign_in(Client(), "Ines").text
    assert "Réessayez dans 10 minutes" in page.replace("\u00a0", " ")
    assert audited("signin_locked") == [("", {"user": "ines"})]
    store.save_user("oleh", PASSWORD, "reader")
    assert sign_in(Client(), "oleh").status_code == 302


@pytest.mark.slow
def test_twenty_failures_lock_an_address(client: Client) -> None:
    for n in range(20):
        sign_in(client, f"personne{n}", "faux")
    assert "Réessayez dans" in sign_in(client).text
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert sign_in(elsewhere).status_code == 302


def test_who_is_switched_off_does_not_enter(client: Client, ines: User) -> None:
    User.objects.filter(pk=ines.pk).update(is_active=False)
    page = client.post(LOGIN, {"login": "ines", "password": PASSWORD}, follow=True, headers=FRENCH)
    assert "Ce compte est désactivé" in page.text


def test_nobody_signs_up(client: Client) -> None:
    assert client.get(f"{ACCOUNT}signup/").status_code == 404
    assert client.get(f"{ACCOUNT}email/").status_code == 404


def test_readers_pages_set_no_cookie_and_open_no_session(client: Client) -> None:
    for address in ("/", f"/{SLUG}/", f"/{SLUG}/live.json", "/nulle-part/", "/api/"):
        page = client.get(address, headers=FRENCH)
        assert not page.cookies, address
        assert "Cookie" not in page.get("Vary", ""), address
    assert not client.cookies


def test_the_cookies_stay_under_desk(client: Client) -> None:
    client.get(LOGIN)
    sign_in(client)
    assert {cookie["path"] for cookie in client.cookies.values()} == {"/desk/"}


@pytest.mark.parametrize(
    ("code", "words"),
    [("fr", "trop court"), ("en", "too short"), ("uk", "занадто короткий")],
)
def test_what_is_wrong_in_a_form_is_said_in_the_language(
    client: Client, code: str, words: str
) -> None:
    sign_in(client)
    sent = {"oldpassword": PASSWORD, "password1": "court", "password2": "court"}
    page = client.post(f"{ACCOUNT}password/?ui={code}", sent).text
    assert words in page


def test_a_changed_password_ends_the_other_sessions(client: Client) -> None:
    other = Client()
    sign_in(client)
    sign_in(other)
    new = "encore quatre autres mots"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    page = client.post(f"{ACCOUNT}password/", sent, follow=True, headers=FRENCH)
    assert "Le mot de passe est changé" in page.text
    assert client.get(ACCOUNT).status_code == 200
    assert other.get(ACCOUNT).status_code == 302
    assert audited("password") == [("ines", {})]


def test_an_application_with_codes_is_asked_for(client: Client) -> None:
    secret = with_app(client)
    shown = client.get(f"{ACCOUNT}factors/codes/", headers=FRENCH)
    assert shown.text.count("<li><code>") == 10
    saved = client.get(f"{ACCOUNT}factors/codes/file/")
    assert len(saved.text.split()) == 10
    other = Client()
    assert sign_in(other)["Location"] == f"{ACCOUNT}factors/ask/"
    assert other.get("/desk/")["Location"].startswith(LOGIN)
    wrong = other.post(f"{ACCOUNT}factors/ask/", {"code": "000000"}, headers=FRENCH)
    assert "pas accepté" in wrong.text
    assert audited("factor_failed") == [("", {"user": "ines"})]
    assert other.post(f"{ACCOUNT}factors/ask/", {"code": codes(secret)})["Location"] == "/desk/"


def test_a_recovery_code_lets_in_once(client: Client) -> None:
    with_app(client)
    code = client.get(f"{ACCOUNT}factors/codes/file/").text.split()[0]
    other, third = Client(), Client()
    sign_in(other)
    assert other.post(f"{ACCOUNT}factors/ask/", {"code": code})["Location"] == "/desk/"
    sign_in(third)
    assert third.post(f"{ACCOUNT}factors/ask/", {"code": code}).status_code == 200


def test_secrets_are_not_readable_in_the_database(client: Client, settings: Settings) -> None:
    from allauth.mfa.models import Authenticator

    secret = with_app(client)
    kept = Authenticator.objects.get(type="totp").data
    assert secret not in str(kept)
    settings.SECRET_KEY = "another"
    other = Client()
    sign_in(other)
    refused = other.post(f"{ACCOUNT}factors/ask/", {"code": codes(secret)})
    assert refused.status_code == 200


def test_the_application_is_removed(client: Client) -> None:
    with_app(client)
    assert "Retirer" in client.get(f"{ACCOUNT}factors/app/remove/", headers=FRENCH).text
    page = client.post(f"{ACCOUNT}factors/app/remove/", follow=True, headers=FRENCH)
    assert "est retirée" in page.text
    assert not store.has_factor("ines")


def test_where_a_second_factor_is_required_the_desk_waits_for_it(
    client: Client, settings: Settings
) -> None:
    settings.MFA_REQUIRED = True
    sign_in(client)
    led = client.get(f"/desk/{SLUG}/", follow=True, headers=FRENCH)
    assert led.redirect_chain == [(f"{ACCOUNT}factors/", 302)]
    assert "demande à chacun un second facteur" in led.text.replace("\u00a0", " ")
    with_app(client)
    assert client.get(f"/desk/{SLUG}/").status_code == 200


def test_one_sees_and_ends_ones_sessions(client: Client) -> None:
    sign_in(client)
    others = [Client(HTTP_USER_AGENT=name) for name in ("Un téléphone <b>", "Une tablette")]
    for other in others:
        sign_in(other)
    page = client.get(f"{ACCOUNT}sessions/", headers=FRENCH).text
    assert "Un téléphone &lt;b&gt;" in page
    key = UserSession.objects.get(user_agent="Une tablette").pk
    assert client.post(f"{ACCOUNT}sessions/{key}/end/")["Location"] == f"{ACCOUNT}sessions/"
    assert others[1].get(ACCOUNT).status_code == 302
    assert others[0].get(ACCOUNT).status_code == 200
    client.post(f"{ACCOUNT}sessions/")
    assert others[0].get(ACCOUNT).status_code == 302
    assert client.get(ACCOUNT).status_code == 200


def test_nobody_ends_anothers_session(client: Client) -> None:
    sign_in(client)
    store.save_user("oleh", PASSWORD, "reader")
    oleh = Client()
    sign_in(oleh, "oleh")
    key = UserSession.objects.get(user__username="ines").pk
    oleh.post(f"{ACCOUNT}sessions/{key}/end/")
    assert client.get(ACCOUNT).status_code == 200


def test_a_part_of_a_page_is_never_the_sign_in_page(client: Client) -> None:
    answer = client.get(f"/desk/{SLUG}/wall", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (401, b"")


def test_when_one_was_last_seen_is_kept_now_and_then(client: Client) -> None:
    sign_in(client)
    before = UserSession.objects.get().last_seen_at
    client.get(f"/desk/{SLUG}/")
    first = UserSession.objects.get().last_seen_at
    client.get(f"/desk/{SLUG}/")
    assert before < first == UserSession.objects.get().last_seen_at


def test_the_mail_address_is_changed_after_proof_and_is_ones_own(client: Client) -> None:
    store.save_user("oleh", PASSWORD, "reader")
    store.set_mail("oleh", "oleh@example.org")
    sign_in(client)
    prove(client, f"{ACCOUNT}mail/")
    taken = client.post(f"{ACCOUNT}mail/", {"email": "OLEH@example.org"}, headers=FRENCH)
    assert taken.status_code == 422
    assert "déjà avec cette adresse" in taken.text.replace("\u00a0", " ")
    client.post(f"{ACCOUNT}mail/", {"email": "neuve@example.org"})
    assert User.objects.get(username="ines").email == "neuve@example.org"


def test_without_a_mail_server_one_is_told_whom_to_ask(client: Client) -> None:
    page = client.get(f"{ACCOUNT}password/reset/", headers=FRENCH).text
    assert "administrateur" in page
    client.post(f"{ACCOUNT}password/reset/", {"email": "ines@example.org"})
    assert not mail.outbox


def test_a_new_password_comes_by_mail(client: Client, settings: Settings) -> None:
    settings.MAIL = True
    asked = client.post(
        f"{ACCOUNT}password/reset/", {"email": "ines@example.org"}, follow=True, headers=FRENCH
    )
    assert "un lien est en route" in asked.text.replace("\u00a0", " ")
    client.post(f"{ACCOUNT}password/reset/", {"email": "personne@example.org"})
    (letter,) = mail.outbox
    assert letter.to == ["ines@example.org"]
    link = re.search(r"http://testserver(/desk/account/\S+)", str(letter.body))
    assert link
    page = client.get(link[1], follow=True)
    new = "un mot de passe tout neuf"
    there = page.redirect_chain[-1][0]
    done = client.post(there, {"password1": new, "password2": new}, follow=True, headers=FRENCH)
    assert "Le mot de passe est changé" in done.text
    assert len(mail.outbox) == 2
    assert "sert plus" in Client().get(link[1], follow=True, headers=FRENCH).text
    assert sign_in(client, password=new).status_code == 302


def test_a_mail_server_that_fails_breaks_nothing(
    client: Client, settings: Settings, monkeypatch: Any
) -> None:
    def refuse(self: object) -> int:
        raise OSError("no route")

    settings.MAIL = True
    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    asked = client.post(f"{ACCOUNT}password/reset/", {"email": "ines@example.org"})
    assert asked.status_code == 302


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("smtp+tls://desk%40example.org:a%2Fb@mail.example.org", (587, True, False, "a/b")),
        ("smtps://mail.example.org?from=desk@example.org", (465, False, True, "")),
        ("smtp://[::1]:2525?from=desk@example.org", (2525, False, False, "")),
    ],
)
def test_a_mail_server_is_one_url(url: str, found: tuple[int, bool, bool, str]) -> None:
    made = settings_of(url)
    keys = ("EMAIL_PORT", "EMAIL_USE_TLS", "EMAIL_USE_SSL", "EMAIL_HOST_PASSWORD")
    assert tuple(made[key] for key in keys) == found
    assert made["DEFAULT_FROM_EMAIL"] == "desk@example.org"


@pytest.mark.parametrize(
    "url", ["mail.example.org", "http://x", "smtp://", "smtp://x", "smtp://x:y?from=a@b"]
)
def test_what_is_no_mail_server_is_said(url: str) -> None:
    from django.core.exceptions import ImproperlyConfigured

    with pytest.raises(ImproperlyConfigured, match="SOURCIER_MAIL"):
        settings_of(url)


@pytest.mark.slow
@pytest.mark.parametrize("code", ["fr", "en", "uk"])
def test_every_page_of_the_way_in_is_ours(client: Client, code: str) -> None:
    """Each address answers in the desk's look: allauth's templates are on no path of ours."""
    from sourcier.desk.people.urls import ACCOUNT as ADDRESSES

    with_app(client)
    for each in ADDRESSES:
        route = str(each.pattern)
        if "<" in route:
            continue
        for visitor in (client, Client()):
            page = visitor.get(f"{ACCOUNT}{route}?ui={code}", follow=True)
            assert page.status_code in {200, 405}, route
            if page.status_code == 200 and page["Content-Type"].startswith("text/html"):
                assert f'<html lang="{code}"' in page.text, route
                assert 'class="logo"' in page.text, route
                assert "allauth" not in re.sub(r"<script.*?</script>", "", page.text), route


def test_too_many_requests_are_told_in_our_words(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    sign_in(client, password="faux")
    page = sign_in(client, password="faux")
    assert page.status_code == 429
    assert "Attendez une minute" in page.text
