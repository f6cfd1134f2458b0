"""One story, and who works on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.fixtures import Settings

from sourcier.desk import clock, models, store
from sourcier.desk.people.rights import Role
from sourcier.types import Entry, EntryText
from tests.desk.make import START, minute

SLUG = "ponts"


@pytest.fixture
def story(db: None) -> Iterator[str]:
    titles = {"fr": "Frappes sur Trois-Ponts", "en": "Strikes on Trypont"}
    store.open_story(SLUG, titles, zone="Europe/Paris", languages=("fr", "en"), now=START)
    clock.use(lambda: minute(60))
    yield SLUG
    clock.use()


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def editor(story: str, client: Client) -> Client:
    return _signed_in(client, "ines", "editor")


@pytest.fixture
def reader(story: str) -> Client:
    return _signed_in(Client(), "oleh", "reader")


def _signed_in(client: Client, name: str, role: Role) -> Client:
    store.save_user(name, "un mot de passe", role)
    client.force_login(User.objects.get(username=name))
    return client


def entry(key: str = "x1", headline: str = "Un titre", body: str = "", **more: object) -> Entry:
    texts = {"fr": EntryText(headline=headline, body=body), "en": EntryText(headline="A headline")}
    known: dict[str, object] = {
        "id": key, "story": SLUG, "version": 0, "sequence": 0, "kind": "text", "state": "draft",
        "published": START, "updated": START, "texts": texts,
    }  # fmt: skip
    return Entry(**known | more)  # type: ignore[arg-type]


def versions(key: str) -> list[Entry]:
    rows = models.EntryVersion.objects.filter(entry_id=key).order_by("pk")
    return [row.record for row in rows]
