"""Roles in one story or in all: who has which right, and what is said to whoever lacks it."""

# allauth comes with types but without the marker that says so.

from __future__ import annotations

from importlib import import_module
from typing import get_args

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group, User
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from sourcier.desk import actions, models, store
from sourcier.desk.people.rights import RIGHTS, ROLES, Right
from sourcier.desk.people.roles import may, open_to
from tests.desk.conftest import SLUG
from tests.desk.make import START, minute

OTHER = "gares"


@pytest.fixture
def other(story: str) -> str:
    store.open_story(OTHER, {"fr": "Gares"}, zone="Europe/Paris", languages=("fr",), now=minute(1))
    return OTHER


def person(name: str, *roles: tuple[str, str]) -> User:
    user = User.objects.create_user(name, password="un mot de passe")
    for story, role in roles:
        actions.give_role(name, story, role, who="chef", now=START)  # type: ignore[arg-type]
    return User.objects.get(username=user.username)


def lines() -> list[tuple[str | None, str, str, dict[str, str]]]:
    found = models.Audit.objects.exclude(action="signin").order_by("pk")
    return list(found.values_list("story_id", "action", "who", "detail"))


@pytest.mark.parametrize("role", ROLES)
def test_a_role_counts_in_its_story_alone(other: str, role: str) -> None:
    user = person("ada", (SLUG, role))
    for right in get_args(Right):
        assert may(user, right, SLUG) == (right in RIGHTS[role])  # type: ignore[index]
        assert not may(user, right, other)
        assert not may(user, right, "")


def test_a_role_in_all_stories_counts_beside_the_one_held_there(other: str) -> None:
    user = person("ada", ("", "reader"), (SLUG, "editor"))
    assert may(user, "publish", SLUG)
    assert may(user, "read", other)
    assert not may(user, "publish", other)
    assert [slug for slug, _ in open_to(user)] == [SLUG, other]


def test_nobody_and_who_is_switched_off_may_nothing(story: str) -> None:
    assert not may(AnonymousUser(), "read", SLUG)
    user = person("ada", ("", "administrator"))
    user.is_active = False
    assert not may(user, "read", SLUG)


def test_all_questions_about_a_user_cost_one_query(
    other: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user = person("ada", (SLUG, "reader"), (other, "editor"))
    with django_assert_num_queries(1):
        for right in get_args(Right):
            may(user, right, SLUG)
            may(user, right, other)


def test_what_is_given_and_taken_is_written_down(story: str) -> None:
    person("ada")
    actions.give_role("ada", SLUG, "reporter", who="chef", now=START)
    actions.give_role("ada", SLUG, "reporter", who="chef", now=START)
    actions.give_role("ada", "", "editor", who="chef", now=START)
    actions.take_role("ada", SLUG, who="chef", now=START)
    actions.take_role("ada", SLUG, who="chef", now=START)
    assert lines() == [
        (SLUG, "give_role", "chef", {"user": "ada", "role": "reporter", "before": None}),
        (None, "give_role", "chef", {"user": "ada", "role": "editor", "before": None}),
        (SLUG, "take_role", "chef", {"user": "ada", "role": None, "before": "reporter"}),
    ]
    assert store.members(SLUG) == (store.Member("ada", "", "editor"),)


def test_the_last_administrator_stays(story: str) -> None:
    person("ada", ("", "administrator"))
    person("ben", (SLUG, "administrator"))
    with pytest.raises(actions.LastAdministratorError):
        actions.take_role("ada", "", who="ada", now=START)
    with pytest.raises(actions.LastAdministratorError):
        actions.give_role("ada", "", "editor", who="ada", now=START)
    actions.give_role("ben", "", "administrator", who="ada", now=START)
    actions.take_role("ada", "", who="ada", now=START)
    assert store.roles_of("ada") == ()


def test_an_administrator_who_is_switched_off_does_not_count(story: str) -> None:
    person("ada", ("", "administrator"))
    person("ben", ("", "administrator"))
    User.objects.filter(username="ben").update(is_active=False)
    with pytest.raises(actions.LastAdministratorError):
        actions.take_role("ada", "", who="ada", now=START)


def test_a_role_is_given_to_somebody_who_is_there(story: str) -> None:
    with pytest.raises(actions.NoSuchUserError):
        actions.give_role("nobody", SLUG, "reader", who="chef", now=START)


def test_groups_of_before_become_roles_in_all_stories(db: None) -> None:
    migration = import_module("sourcier.desk.migrations.0003_memberships")
    for name, groups in (("ada", ["editor", "reader"]), ("ben", ["reader"]), ("cyd", ["choir"])):
        user = User.objects.create_user(name)
        user.groups.set([Group.objects.get_or_create(name=group)[0] for group in groups])
    migration.groups_become_memberships(apps, None)
    assert store.roles_of("ada") == (("", "editor"),)
    assert store.roles_of("ben") == (("", "reader"),)
    assert store.roles_of("cyd") == ()
    assert [group.name for group in Group.objects.all()] == ["choir"]


def test_a_story_without_a_role_does_not_exist(other: str, client: Client) -> None:
    client.force_login(person("ada", (SLUG, "administrator")))
    assert client.get(f"/desk/{SLUG}/").status_code == 200
    hidden, none = client.get(f"/desk/{other}/"), client.get("/desk/none/")
    assert hidden.status_code == none.status_code == 404
    assert hidden.text == none.text
    assert "Gares" not in client.get(f"/desk/{SLUG}/").text


def test_a_missing_right_is_named(story: str, client: Client) -> None:
    client.force_login(person("ada", (SLUG, "reader")))
    page = client.post(f"/desk/{SLUG}/act", {"do": "publish"}, headers={"Accept-Language": "en"})
    assert page.status_code == 403
    assert "write drafts and submit them" in page.text


def test_who_has_no_role_is_told_so(story: str, client: Client) -> None:
    client.force_login(person("ada"))
    page = client.get("/desk/", headers={"Accept-Language": "uk"})
    assert page.status_code == 200
    assert "Ви увійшли як ada" in page.text


def test_a_form_without_its_token_is_explained(story: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("ada", (SLUG, "editor")))
    page = client.post(f"/desk/{SLUG}/act", headers={"Accept-Language": "fr"})
    assert page.status_code == 403
    assert "Rien n&#39;a été enregistré" in page.text.replace("’", "&#39;")


def change(
    client: Client, user: str, role: str, seen: str = "", story: str = SLUG
) -> tuple[int, str]:
    address = f"/desk/{story}/people" if story else "/desk/people/roles"
    sent = {"user": user, "role": role, "seen": seen}
    answer = client.post(address, sent, headers={"Accept-Language": "en"})
    return answer.status_code, answer.get("Location", "") or answer.text


def test_a_story_administrator_gives_and_takes_roles_there(other: str, client: Client) -> None:
    client.force_login(person("ada", (SLUG, "administrator")))
    person("ben")
    assert change(client, "ben", "reporter") == (302, f"/desk/{SLUG}/people?done=give")
    assert store.roles_of("ben") == ((SLUG, "reporter"),)
    assert change(client, "ben", "editor", "reporter")[0] == 302
    assert change(client, "ben", "", "editor") == (302, f"/desk/{SLUG}/people?done=take")
    assert store.roles_of("ben") == ()
    assert change(client, "ben", "reader", story="")[0] == 403
    assert change(client, "ben", "reader", story=other)[0] == 404
    assert [who for _, _, who, _ in lines()].count("ada") == 3


@pytest.mark.parametrize(
    ("user", "role", "seen", "said"),
    [
        ("nobody", "reader", "", "Nobody at the desk has this name"),
        ("ben", "king", "", "no such role"),
        ("ben", "reader", "editor", "changed meanwhile"),
        ("ada", "", "administrator", "last administrator"),
    ],
)
def test_what_cannot_be_given_is_explained(
    story: str, client: Client, user: str, role: str, seen: str, said: str
) -> None:
    client.force_login(person("ada", ("", "administrator")))
    person("ben")
    status, page = change(client, user, role, seen, story="")
    assert (status, said in page) == (422, True)


def test_names_are_proposed_to_who_lets_people_in_anywhere(story: str, client: Client) -> None:
    person("cyd")
    client.force_login(person("ada", (SLUG, "administrator")))
    assert "cyd" not in client.get(f"/desk/{SLUG}/people").text
    client.force_login(person("ben", ("", "administrator")))
    assert "cyd" in client.get(f"/desk/{SLUG}/people").text
    assert "ben" in client.get("/desk/people/roles").text


def test_who_gives_up_a_role_is_not_left_at_a_closed_door(story: str, client: Client) -> None:
    client.force_login(person("ada", (SLUG, "administrator")))
    assert change(client, "ada", "", "administrator") == (302, "/desk/")
    assert client.get("/desk/").status_code == 200
