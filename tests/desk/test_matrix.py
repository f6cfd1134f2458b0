"""Every address, with every method, asked by everybody, in and out of the story: see matrix.txt.

A new address (or a new ``do`` of a form) without a line there makes a test fail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from sourcier import desk
from sourcier.desk import actions, store
from sourcier.desk.drafting.cards import Card
from sourcier.desk.people.rights import ROLES
from sourcier.desk.people.tokens import SCOPES
from sourcier.desk.screens.entry import composer
from tests.desk.conftest import SLUG, entry
from tests.desk.make import minute
from tests.desk.samples import CAPTURES, READINGS, first

OTHER = "gares"
COLUMNS = ("nobody", "none", "elsewhere", *ROLES)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
OPEN_METHODS = {"/api": set(METHODS)}
"""Which methods the framework's own views answer beside those that have a line."""

TABLE = (Path(__file__).parent / "matrix.txt").read_text("utf-8")
TEMPLATES = Path(desk.__file__).parent / "templates"


@dataclass(frozen=True)
class Line:
    """A line of the table; `expected` by column."""

    method: str
    address: str
    expected: dict[str, str]
    fields: str

    @property
    def path(self) -> str:
        return self.address.partition("?")[0].format(story=SLUG)

    @property
    def route(self) -> str:
        return resolve(self.path).route

    def __str__(self) -> str:
        return " ".join(filter(None, (self.method, self.address, self.fields)))


def lines() -> Iterator[Line]:
    for text in TABLE.splitlines():
        if not text.strip() or text.startswith("#"):
            continue
        call, statuses, *fields = (part.strip() for part in text.split("|"))
        method, address = call.split()
        each = statuses.split()
        each = each * len(COLUMNS) if len(each) == 1 else each
        expected = dict(zip(COLUMNS, each, strict=True))
        yield Line(method, address, expected, fields[0] if fields else "")


LINES = tuple(lines())


def views() -> Iterator[tuple[str, URLPattern]]:
    """Return every address of the resolver as it is written in ``urls.py``, with its view."""

    def walk(resolver: URLResolver, before: str) -> Iterator[tuple[str, URLPattern]]:
        for found in resolver.url_patterns:
            written = before + str(found.pattern).removeprefix("^")
            if isinstance(found, URLResolver):
                yield from walk(found, written)
            else:
                yield written, found

    return walk(get_resolver(), "")


@dataclass(frozen=True)
class Person:
    """Somebody who asks: what they have, where ("": in all stories)."""

    name: str
    column: str
    story: str | None = None

    def expects(self, line: Line) -> str:
        """Return what a line says that they get."""
        held = (self.story, "{story}" in line.address)
        here = self.story is None or held in (("", True), ("", False), (SLUG, True))
        found = line.expected[self.column if here else "elsewhere"]
        return line.expected[self.column] if found == "role" else found


PEOPLE = (
    Person("nobody", "nobody"),
    Person("none", "none"),
    *(
        Person(f"{role}-{where}", role, story)
        for where, story in (("here", SLUG), ("there", OTHER), ("all", ""))
        for role in ROLES
    ),
)


@pytest.fixture
def people(story: str) -> dict[str, Client]:
    """Everybody, signed in; and a story to work on, with one published entry."""
    store.open_story(OTHER, {"fr": "Gares"}, zone="Europe/Paris", languages=("fr",), now=minute(1))
    store.save_captures(SLUG, CAPTURES)
    store.save_readings(SLUG, READINGS)
    store.save_woven(SLUG, first(), minute(1))
    actions.publish(entry("x1"), who="", now=minute(2))
    actions.pin(SLUG, "x1", pinned=True, who="", now=minute(2))
    actions.submit(entry("sub"), who="", now=minute(2))
    actions.schedule(entry("due"), minute(90), who="", now=minute(2))
    background = Card(id="k1", version=1, names=("Sapsan",), texts=entry().texts, at=minute(2))
    store.add_card(background)
    return {person.name: _signed_in(person, Client()) for person in PEOPLE}


def _signed_in(person: Person, client: Client) -> Client:
    if person.name == "nobody":
        return client
    user, _ = User.objects.get_or_create(username=person.name)
    if person.story is not None:
        store.set_role(person.name, person.story, person.column)  # type: ignore[arg-type]
    client.force_login(user)
    return client


def ask(client: Client, line: Line, method: str = "", **more: str) -> str:
    """Return the status that a line's call gets, and undo what it did."""
    address, method = line.address.format(story=SLUG), method or line.method
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        if method.endswith("+token"):
            answer = _call(client, method.removesuffix("+token"), address, line.fields)
        elif method == "POST":
            answer = client.post(address, _form(line) | more)
        else:
            answer = client.generic(method, address)
        transaction.set_rollback(True)
    client.cookies = cookies
    door = answer.status_code == 302 and answer["Location"].startswith("/desk/account/login/?next=")
    return "door" if door else str(answer.status_code)


def _form(line: Line) -> dict[str, Any]:
    fields: dict[str, Any] = dict(parse_qs(line.fields))
    if "{seen}" in line.fields:
        (standing,) = store.standing(SLUG, keys=fields["entry"])
        fields["seen"] = composer.stamp(standing)
    return fields


def _call(client: Client, method: str, address: str, body: str) -> Any:
    """Call as a program of whoever is signed in does: with a token, without the cookie."""
    headers = {"If-Match": "*"}
    user = get_user(client)
    if isinstance(user, User):
        lasts = timedelta(days=1)
        text = actions.make_token(user, "robot", SCOPES, "", lasts=lasts, now=minute(0))
        headers["Authorization"] = f"Bearer {text}"
    return Client().generic(method, address, body, "application/json", headers=headers)


def test_every_address_has_a_line() -> None:
    known = {line.route for line in LINES}
    missing = {written for written, _ in views()} - known - {"api/"}
    assert not missing, f"say in tests/desk/matrix.txt who gets what there: {missing}"


def test_every_action_of_a_form_has_a_line() -> None:
    found = set()
    for template in TEMPLATES.rglob("*.html"):
        for value in re.findall(
            r'name="do" value="((?:\{%.*?%\}|[^"])*)"', template.read_text("utf-8")
        ):
            found |= set(re.sub(r"\{%.*?%\}", " ", value).split())
    known = {do for line in LINES for do in parse_qs(line.fields).get("do", [])}
    assert found
    assert not found - known, f"say in tests/desk/matrix.txt who may do that: {found - known}"


def _asked(line: Line) -> Sequence[Person]:
    """Return whose answers are looked at: nobody's and one user's where all users get the same."""
    own = line.address.startswith("/desk/account/")  # no role is asked for there
    public = len(set(line.expected.values())) == 1
    return PEOPLE[:: len(PEOPLE) - 1] if own or public else PEOPLE


@pytest.mark.slow
def test_who_gets_what(people: dict[str, Client]) -> None:
    wrong = []
    for line in LINES:
        for person in _asked(line):
            got, expected = ask(people[person.name], line), person.expects(line)
            if got != expected:
                wrong.append(f"{line}: {person.name} gets {got}, not {expected}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_a_story_that_there_is_not_is_not_found(people: dict[str, Client]) -> None:
    """A role in all stories opens none but those that there are: no address of another, no form."""
    wrong = []
    for line in LINES:
        if "{story}" not in line.address:
            continue
        nowhere = replace(line, address=line.address.replace("{story}", "none"))
        got = ask(people["administrator-all"], nowhere)
        if got != ("401" if line.expected["administrator"] == "401" else "404"):
            wrong.append(f"{nowhere}: {got}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_other_methods_are_refused(people: dict[str, Client]) -> None:
    """A page is asked for by GET and HEAD, a form sent by POST; nothing else is taken, from nobody."""
    listed: dict[str, set[str]] = {}
    for line in LINES:
        listed.setdefault(line.route, set()).add(line.method.removesuffix("+token"))
    wrong = []
    for path, methods in {line.path: listed[line.route] for line in LINES}.items():
        also = {"HEAD"} if "GET" in methods else set()
        for method in set(METHODS) - methods - also - OPEN_METHODS.get(path, set()):
            for name in ("nobody", "none", "administrator-all"):
                got = people[name].generic(method, path).status_code
                if got != refusal(path, method):
                    wrong.append(f"{method} {path}: {name} gets {got}")
    assert not wrong, "\n".join(wrong)


def refusal(path: str, method: str) -> int:
    """Return what a method that is not taken gets: the open API says to any origin what it takes."""
    is_open = path.startswith("/api/") and not path.startswith("/api/desk/")
    return 204 if is_open and method == "OPTIONS" else 405


@pytest.mark.slow
def test_nothing_is_changed_without_the_token_of_the_form(people: dict[str, Client]) -> None:
    wrong = []
    for line in LINES:
        if line.method not in UNSAFE or line.address.startswith("/api/"):
            continue
        for person in (PEOPLE[0], PEOPLE[1], PEOPLE[-1]):
            got = ask(_signed_in(person, Client(enforce_csrf_checks=True)), line)
            if got != "403":
                wrong.append(f"{line}: {person.name} gets {got}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_with_its_token_a_form_is_taken(people: dict[str, Client]) -> None:
    """The same forms, sent by an administrator with the token that the page gave them."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(username="administrator-all"))
    page = client.get(f"/desk/{SLUG}/").text
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    for line in LINES:
        if line.method == "POST" and not line.address.startswith("/api/"):
            got = ask(client, line, csrfmiddlewaretoken=token[1])
            assert got == line.expected["administrator"], line


def test_only_programs_send_without_a_token() -> None:
    """No view but those of the API, which takes no cookie, is exempt from the check of forms."""
    exempt = {written for written, view in views() if getattr(view.callback, "csrf_exempt", False)}
    assert all(written.startswith("api/") for written in exempt)
