"""Tokens of programs: made once shown, kept as a hash, narrowed, ended."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from sourcier.desk import actions, models, store
from sourcier.desk.people import tokens
from tests.desk.conftest import SLUG
from tests.desk.make import START

ENGLISH = {"Accept-Language": "en"}
SENT = {"do": "make", "name": " The  robot ", "scope": ["write", "read", "people"], "days": "30"}


PASSWORD = "un mot de passe"


def proved(client: Client) -> Client:
    """Let a client say who it is once more, as whoever makes tokens has to."""
    cache.clear()
    asked = client.get("/desk/tokens")
    assert asked["Location"].startswith("/desk/account/again/")
    said = client.post(asked["Location"], {"password": PASSWORD})
    assert said["Location"] == "/desk/tokens"
    return client


def test_a_token_is_its_key_and_its_secret() -> None:
    new = tokens.minted()
    found = tokens.parts(new.text)
    assert found
    key, secret = found
    assert key == new.key
    assert secret not in new.digest
    assert tokens.proves(secret, new.digest)
    assert not tokens.proves(secret[:-1] + ("A" if secret[-1] != "A" else "B"), new.digest)
    assert tokens.minted().text != new.text


@pytest.mark.parametrize("text", ["", "sourcier_", "sourcier_abc_def", "x" * 10_000, "sourcier_é_"])
def test_what_is_no_token(text: str) -> None:
    assert tokens.parts(text) is None


def test_a_secret_is_compared_in_even_time(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr("secrets.compare_digest", lambda a, b: asked.append((a, b)))
    tokens.proves("s", "d")
    assert asked == [(tokens.hashed("s"), "d")]


def test_a_token_is_shown_once_and_kept_as_a_hash(editor: Client) -> None:
    page = proved(editor).post("/desk/tokens", SENT | {"story": SLUG}, headers=ENGLISH)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    shown = re.search(r"sourcier_[0-9a-f]{12}_[\w-]{43}", page.text)
    assert shown
    (row,) = models.Token.objects.all()
    assert (row.name, row.scopes, row.story_id) == ("The robot", ["read", "write"], SLUG)
    assert row.expires - row.made == timedelta(days=30)
    secret = shown[0][-43:]
    assert secret not in str(models.Token.objects.values())
    assert secret not in str(models.Audit.objects.values())
    after = editor.get("/desk/tokens", headers=ENGLISH).text
    assert row.key in after
    assert shown[0] not in after


def test_an_open_desk_is_not_enough_to_make_a_token(editor: Client) -> None:
    answer = editor.post("/desk/tokens", SENT)
    assert answer["Location"].startswith("/desk/account/again/")
    assert not models.Token.objects.exists()


def test_tokens_are_their_owners(editor: Client, reader: Client) -> None:
    ines = User.objects.get(username="ines")
    actions.make_token(ines, "robot", ("read",), "", lasts=timedelta(days=1), now=START)
    (token,) = store.tokens_of("ines")
    assert token.key not in proved(reader).get("/desk/tokens").text
    refused = reader.post("/desk/tokens", {"do": "revoke", "token": token.key}, headers=ENGLISH)
    assert (refused.status_code, "no such token" in refused.text) == (422, True)
    done = proved(editor).post("/desk/tokens", {"do": "revoke", "token": token.key})
    assert done["Location"] == "/desk/tokens?done=revoke"
    assert store.tokens_of("ines")[0].revoked
    again = editor.post("/desk/tokens", {"do": "revoke", "token": token.key})
    assert again.status_code == 422
    told = models.Audit.objects.filter(who="ines").exclude(action="signin").order_by("pk")
    assert [line.action for line in told] == ["make_token", "revoke_token"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "Give the token a name"),
        ({"name": "x" * 81}, "Give the token a name"),
        ({"scope": ["people"]}, "Tick at least one"),
        ({"days": "9999"}, "can&#39;t be chosen"),
        ({"days": "²"}, "can&#39;t be chosen"),
        ({"story": "elsewhere"}, "can&#39;t be chosen"),
    ],
)
def test_what_cannot_be_made_is_explained(reader: Client, wrong: dict[str, str], said: str) -> None:
    store.open_story("elsewhere", {"fr": "Gares"}, zone="UTC", languages=("fr",), now=START)
    store.set_role("oleh", "", None)
    store.set_role("oleh", SLUG, "reader")
    page = proved(reader).post("/desk/tokens", SENT | wrong, headers=ENGLISH)
    assert page.status_code == 422
    assert said in page.text.replace("’", "&#39;")
    assert not models.Token.objects.exists()


@pytest.mark.parametrize("slug", ["none", "*", " ", "x" * 500])
def test_a_token_is_for_a_story_that_there_is(editor: Client, slug: str) -> None:
    page = proved(editor).post("/desk/tokens", SENT | {"story": slug}, headers=ENGLISH)
    assert page.status_code == 422
    assert not models.Token.objects.exists()
