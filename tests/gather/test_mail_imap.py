"""A mailbox on a server: read alone, taken up where it was left, however the server behaves."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sourcier.cli import main
from sourcier.gather import mail_imap
from sourcier.gather.web import Web
from sourcier.problems import Problem
from sourcier.types import Capture

from .imap_server import Mailbox, mailbox
from .test_doors import Poller, door
from .test_mail import mail


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    monkeypatch.setenv("SOURCIER_MAIL_PASSWORD", "secret")
    monkeypatch.setattr(mail_imap, "_WAIT", 0.4)
    monkeypatch.setattr(mail_imap, "SECONDS", 0.8)
    with mailbox() as served:
        yield served


def poller(box: Mailbox, web: Web, **more: Any) -> Poller:
    values = {"user": "desk", "senders": ("valmont.example",)} | more
    return Poller(door("mail", f"imap://127.0.0.1:{box.port}/INBOX", **values), web)


def sent(number: int) -> bytes:
    return mail(
        f"Deux personnes ont été blessées à {number} h.", message_id=f"<{number}@v.example>"
    )


def test_a_mailbox_is_read_once_and_left_as_it_was(box: Mailbox, web: Web) -> None:
    box.mails = {3: sent(3), 9: sent(9)}
    poll = poller(box, web)
    assert [one.dispatch for one in poll()] == ["mid:3@v.example", "mid:9@v.example"]
    assert poll() == []
    box.mails[12] = sent(12)
    assert [one.dispatch for one in poll()] == ["mid:12@v.example"]
    assert {command.split()[0] for command in box.asked} <= {
        "CAPABILITY",
        "LOGIN",
        "EXAMINE",
        "UID",
        "LOGOUT",
    }
    assert all("PEEK" in one or "SIZE" in one for one in box.asked if "FETCH" in one)


def test_under_a_new_validity_all_is_looked_at_and_nothing_comes_twice(
    box: Mailbox, web: Web
) -> None:
    box.mails = {30: sent(3), 90: sent(9)}
    poll = poller(box, web)
    assert len(poll()) == 2
    box.validity = 8
    box.mails = {1: sent(3), 2: sent(9), 3: sent(12)}
    assert [one.dispatch for one in poll()] == ["mid:12@v.example"]


def test_of_a_new_mailbox_the_newest_are_read(
    box: Mailbox, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_imap, "MOST", 2)
    box.mails = {uid: sent(uid) for uid in range(1, 6)}
    poll = poller(box, web)
    assert [one.dispatch for one in poll()] == ["mid:4@v.example", "mid:5@v.example"]
    box.mails |= {uid: sent(uid) for uid in range(6, 9)}
    assert [one.dispatch for one in poll()] == ["mid:6@v.example", "mid:7@v.example"]
    assert [one.dispatch for one in poll()] == ["mid:8@v.example"]
    assert poll.state.door(poll.source).pulse.lost == 3


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["stalls", "drips", "drops", "lies"])
def test_a_server_that_behaves_badly_is_one_problem(box: Mailbox, web: Web, fault: str) -> None:
    box.mails = {1: sent(1)}
    box.fault = fault
    begun = time.monotonic()
    poll = poller(box, web)
    (problem,) = poll.all()
    assert isinstance(problem, Problem)
    assert "secret" not in problem.message
    assert time.monotonic() - begun < 3
    box.fault = ""
    assert [one.dispatch for one in poll()] == ["mid:1@v.example"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "greeting", [b"* BYE no\r\n", b"HTTP/1.1 400\r\n", b"\xff" * 3000 + b"\r\n", b""]
)
def test_what_is_no_mail_server_is_one_problem(box: Mailbox, web: Web, greeting: bytes) -> None:
    box.greeting = greeting
    (problem,) = poller(box, web).all()
    assert isinstance(problem, Problem)


def test_a_mail_that_is_too_long_is_not_fetched(
    box: Mailbox, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_imap, "MAX_BYTES", 2_000)
    box.mails = {1: sent(1) + b"x" * 3_000, 2: sent(2)}
    problem, found = poller(box, web).all()
    assert isinstance(problem, Problem)
    assert problem.code == "too_large"
    assert isinstance(found, Capture)


def test_who_is_refused_is_told_without_the_password(box: Mailbox, web: Web) -> None:
    box.password = "other"
    (problem,) = poller(box, web).all()
    assert isinstance(problem, Problem)
    assert problem.code == "login_refused"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("imap://mail.valmont.example/INBOX", "bad_url"),
        ("imaps:///INBOX", "bad_url"),
        ("ftp://127.0.0.1/", "bad_url"),
    ],
)
def test_addresses_that_will_not_do(box: Mailbox, web: Web, url: str, code: str) -> None:
    (problem,) = Poller(door("mail", url, user="desk", senders=("a.example",)), web).all()
    assert isinstance(problem, Problem)
    assert problem.code == code


def test_no_password_is_told(box: Mailbox, web: Web) -> None:
    (problem,) = poller(box, web, password="SOURCIER_NO_SUCH").all()
    assert isinstance(problem, Problem)
    assert problem.code == "no_password"
    assert box.asked == []


def test_a_name_that_leads_inside_is_refused(
    box: Mailbox, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = (2, 1, 6, "", ("127.0.0.1", box.port))
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [entry])
    source = door(
        "mail", f"imaps://mail.valmont.example:{box.port}", user="d", senders=("v.example",)
    )
    (problem,) = Poller(source, web).all()
    assert isinstance(problem, Problem)
    assert problem.code == "private_address"


def test_the_check_says_what_it_found(
    box: Mailbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    box.mails = {1: sent(1), 2: mail(**{"from": "eve@evil.example"})}
    path = tmp_path / "sources.toml"
    path.write_text(
        f'[[source]]\nid = "press"\nkind = "mail"\nurl = "imap://127.0.0.1:{box.port}/INBOX"\n'
        'publisher = "Valmont"\nuser = "desk"\nsenders = ["valmont.example"]\n'
    )
    assert main(["sources", "check", str(path)]) == 0
    said = capsys.readouterr().out
    assert "✓ press: 1 dispatches" in said
    assert "eve@evil.example" in said
