"""Mails of a folder: what becomes of headers, parts, forwards, signatures; who may write at all."""

from __future__ import annotations

import base64
import quopri
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sourcier.gather.web import Web
from sourcier.problems import Problem
from sourcier.types import Capture

from .test_doors import Poller, door

_TEXT = "Deux personnes ont été blessées dans l'incendie de la scierie de Valmont."


def mail(body: str | bytes = _TEXT, **headers: str) -> bytes:
    """Return a mail from the press office; ``content_type`` is the header Content-Type."""
    values = {
        "From": "Service de presse <presse@valmont.example>",
        "Subject": "Incendie",
        "Date": "Fri, 22 Nov 2024 08:00:00 +0100",
        "Message-ID": "<1@valmont.example>",
        "Content-Type": "text/plain; charset=utf-8",
    } | {
        name.replace("_", "-").title().replace("-Id", "-ID"): value
        for name, value in headers.items()
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in values.items() if value)
    told = body.encode() if isinstance(body, str) else body
    return head.encode() + b"\r\n" + told


def parts(*bodies: bytes, kind: str = "mixed") -> dict[str, Any]:
    """Return body and type of a mail of parts, each with its own header."""
    body = b"".join(b"--b\r\n" + one + b"\r\n" for one in bodies) + b"--b--\r\n"
    return {"body": body, "content_type": f'multipart/{kind}; boundary="b"'}


def part(kind: str, body: str, more: str = "") -> bytes:
    return f"Content-Type: {kind}; charset=utf-8\r\n{more}\r\n{body}".encode()


class Box:
    """A folder of mails, polled."""

    def __init__(self, folder: Path, web: Web) -> None:
        self.folder = folder
        self.web = web
        self.count = 0
        self.poll = self.polled_by()

    def polled_by(self, **more: Any) -> Poller:
        values: dict[str, Any] = {"senders": ("valmont.example",)} | more
        self.poll = Poller(door("mail", str(self.folder), **values), self.web)
        return self.poll

    def take(self, *mails: bytes) -> list[Capture | Problem]:
        for one in mails:
            self.count += 1
            (self.folder / f"{self.count:03}.eml").write_bytes(one)
        return self.poll.all()

    def one(self, sent: bytes) -> Capture:
        (found,) = self.take(sent)
        assert isinstance(found, Capture), found
        return found

    def problem(self, sent: bytes) -> str:
        (found,) = self.take(sent)
        assert isinstance(found, Problem), found
        return found.code


@pytest.fixture
def box(tmp_path: Path, web: Web) -> Box:
    return Box(tmp_path, web)


def test_a_mail_is_a_dispatch_once(box: Box) -> None:
    found = box.one(mail(subject="=?utf-8?q?Incendie_=C3=A0?= =?utf-8?b?IFZhbG1vbnQ=?="))
    assert found.dispatch == "mid:1@valmont.example"
    assert (found.title, found.text) == ("Incendie à Valmont", _TEXT)
    assert found.published == datetime(2024, 11, 22, 7, tzinfo=UTC)
    assert [one.name for one in found.credits] == ["Service de presse"]
    assert box.poll.all() == []


@pytest.mark.parametrize(
    ("body", "charset", "encoding"),
    [
        (_TEXT.encode("cp1252"), "iso-8859-1", "8bit"),
        (quopri.encodestring(_TEXT.encode()), "utf-8", "quoted-printable"),
        (base64.b64encode(_TEXT.encode("utf-16")), "utf-16", "base64"),
        (_TEXT.encode(), "x-none", "8bit"),
    ],
)
def test_charsets_and_encodings(box: Box, body: bytes, charset: str, encoding: str) -> None:
    sent = mail(
        body, content_type=f"text/plain; charset={charset}", content_transfer_encoding=encoding
    )
    assert box.one(sent).text == _TEXT


def test_cyrillic_in_its_old_charsets(box: Box) -> None:
    text = "Двоє людей поранені внаслідок пожежі."
    sent = mail(text.encode("koi8-u"), content_type="text/plain; charset=koi8-u")
    assert box.one(sent).text == text


def test_a_date_without_zone_is_in_the_sources(box: Box) -> None:
    found = box.one(mail(date="Fri, 22 Nov 2024 08:00:00"))
    assert found.published == datetime(2024, 11, 22, 7, tzinfo=UTC)


def test_a_text_in_format_flowed_has_its_paragraphs_again(box: Box) -> None:
    body = "Deux personnes ont \r\nété blessées.\r\nLe feu est éteint.\r\n-- \r\nLa presse\r\n"
    found = box.one(mail(body, content_type="text/plain; charset=utf-8; format=flowed"))
    assert found.text == "Deux personnes ont été blessées.\nLe feu est éteint."


def test_a_text_broken_at_a_width_has_its_paragraphs_again(box: Box) -> None:
    body = (
        "Deux personnes ont été blessées vendredi matin dans l'incendie de la\r\n"
        "scierie de Valmont, a indiqué la préfecture. Le feu est éteint.\r\n\r\n"
        "Routes fermées :\r\nD12\r\nD14\r\n"
    )
    found = box.one(mail(body))
    whole = " ".join(body.split("\r\n")[:2])
    assert found.text.split("\n") == [whole, "Routes fermées :", "D12", "D14"]


def test_html_is_read_where_the_plain_text_only_points_to_it(box: Box) -> None:
    page = (
        '<html><body><div style="display: none">Aperçu</div><table><tr><td><p>'
        f"{_TEXT}</p><p>Le feu est <b>éteint</b>.</p></td></tr></table></body></html>"
    )
    sent = parts(part("text/plain", "Voir en ligne"), part("text/html", page), kind="alternative")
    assert box.one(mail(**sent)).text == f"{_TEXT}\nLe feu est éteint."


def test_signature_footer_and_disclaimer_are_left_out(box: Box) -> None:
    foot = "\r\n\r\n____________________\r\nPour vous désinscrire : https://l.example/u\r\n"
    assert box.one(mail(f"{_TEXT}\r\n\r\n-- \r\nAda Ruel\r\n")).text == _TEXT
    law = "Ce message et ses pièces jointes sont confidentiels.\r\nDétruisez-le."
    assert box.one(mail(f"{_TEXT}\r\n\r\n{law}", message_id="<2@v.example>")).text == _TEXT
    assert box.one(mail(_TEXT + foot, message_id="<3@v.example>")).text == _TEXT


def test_a_list_names_itself_in_subject_and_footer(box: Box) -> None:
    sent = mail(
        f"{_TEXT}\r\n\r\nÉcrire à presse@listes.valmont.example\r\n",
        subject="[presse] Incendie",
        list_id="Presse <presse.listes.valmont.example>",
        list_post="<mailto:presse@listes.valmont.example>",
    )
    found = box.one(sent)
    assert (found.title, found.text) == ("Incendie", _TEXT)


@pytest.mark.parametrize(
    ("marker", "labels"),
    [
        ("---------- Forwarded message ---------", ("From", "Date", "Subject", "To")),
        ("Début du message réexpédié :", ("De", "Date", "Objet", "À")),
        ("-------- Пересылаемое сообщение --------", ("От", "Дата", "Тема", "Кому")),
        ("Початок переадресованого повідомлення:", ("Від", "Дата", "Тема", "Кому")),
    ],
)
def test_a_forward_credits_its_origin(box: Box, marker: str, labels: tuple[str, ...]) -> None:
    values = ("Préfecture <info@pref.example>", "jeudi", "Scierie", "presse@valmont.example")
    block = "\r\n".join(f"{label} : {value}" for label, value in zip(labels, values, strict=True))
    found = box.one(mail(f"Pour info.\r\n\r\n{marker}\r\n{block}\r\n\r\n{_TEXT}\r\n"))
    assert (found.title, found.text) == ("Scierie", _TEXT)
    assert found.credits[0].kind == "forward"
    assert found.credits[0].name == "Préfecture"


def test_a_bare_header_block_is_a_forward_where_the_subject_says_so(box: Box) -> None:
    block = "De : info@pref.example\r\nEnvoyé : jeudi\r\nObjet : Scierie\r\n"
    assert box.one(mail(f"{block}\r\n{_TEXT}", subject="TR: Scierie")).text == _TEXT


def test_a_forward_in_html_keeps_what_its_text_begins_with(box: Box) -> None:
    page = (
        "<p>Pour info</p><div>---------- Forwarded message ---------<br>De : <strong>Préfecture</strong>"
        " &lt;info@pref.example&gt;<br>Objet : Scierie<br>À : presse@valmont.example<br></div>"
        f"<blockquote><p>{_TEXT}</p><p>Le feu est éteint.</p></blockquote>"
    )
    found = box.one(mail(page, content_type="text/html; charset=utf-8"))
    assert found.text == f"{_TEXT}\nLe feu est éteint."
    block = (
        "Fwd:\r\nFrom: info@pref.example\r\nDate: x\r\nSubject: Scierie\r\n\r\nObjet : Incendie\r\n"
    )
    again = mail(block + _TEXT, subject="Fwd: Scierie", message_id="<2@v.example>")
    assert box.one(again).text == f"Objet : Incendie\n{_TEXT}"


def test_an_attached_message_is_what_was_forwarded(box: Box) -> None:
    inner = b"Content-Type: message/rfc822\r\n\r\n" + mail(
        _TEXT, **{"from": "Pr=?utf-8?q?=C3=A9?=f <info@pref.example>", "subject": "Scierie"}
    )
    found = box.one(mail(**parts(part("text/plain", "Pour info."), inner), subject="Fwd: x"))
    assert (found.title, found.text) == ("Scierie", _TEXT)
    assert found.credits[0].kind == "forward"


def test_an_answer_leaves_out_what_it_answers(box: Box) -> None:
    body = f"{_TEXT}\r\n\r\nLe 22 nov. 2024, Ada <a@b.example> a écrit :\r\n> Combien ?\r\n"
    assert box.one(mail(body, subject="Re: Combien")).text == _TEXT
    quoting = f"Le préfet a écrit :\r\n\r\n{_TEXT}"
    assert box.one(mail(quoting, message_id="<2@v.example>")).text.endswith(_TEXT)


def test_a_correction_by_the_same_sender_is_a_version(box: Box) -> None:
    first = box.one(mail())
    second = box.one(
        mail(
            "Trois personnes ont été blessées.", subject="RECTIFICATIF - Incendie",
            message_id="<2@valmont.example>", in_reply_to="<1@valmont.example>",
        )
    )  # fmt: skip
    third = box.one(
        mail(
            "Quatre personnes.", message_id="<3@valmont.example>", supersedes="<2@valmont.example>"
        )
    )
    assert (second.dispatch, second.version) == (first.dispatch, 2)
    assert (third.dispatch, third.version) == (first.dispatch, 3)


def test_nobody_else_supersedes_and_a_follow_up_is_a_dispatch_of_its_own(box: Box) -> None:
    box.polled_by(senders=("valmont.example", "ada@other.example"))
    box.one(mail())
    other = mail(
        "Rien.", message_id="<2@other.example>", supersedes="<1@valmont.example>",
        **{"from": "ada@other.example"},
    )  # fmt: skip
    assert box.one(other).version == 1
    more = mail("Feu éteint.", message_id="<3@v.example>", in_reply_to="<1@valmont.example>")
    assert box.one(more).version == 1


@pytest.mark.parametrize(
    "sender",
    ["eve@evil.example", '"presse@valmont.example" <eve@evil.example>', "eve@notvalmont.example"],
)
def test_only_senders_that_are_named_are_read(box: Box, sender: str) -> None:
    assert box.problem(mail(**{"from": sender})) == "other_senders"


@pytest.mark.parametrize(
    "sender",
    ["a@valmont.example, b@evil.example", "<a@valmont.example> <b@evil.example>", "nobody"],
)
def test_a_sender_is_one(box: Box, sender: str) -> None:
    assert box.problem(mail(**{"from": sender})) == "bad_sender"


def test_a_source_names_its_senders(box: Box) -> None:
    box.polled_by(senders=())
    assert box.problem(mail()) == "no_senders"
    box.polled_by(senders=("*",))
    assert isinstance(box.take()[0], Capture)


@pytest.mark.parametrize(
    ("result", "code"),
    [
        ("mx.desk.example; dmarc=pass header.from=valmont.example", None),
        ("mx.desk.example 1; dkim=pass (ok; dmarc=fail) header.d=valmont.example", None),
        ("mx.desk.example; spf=pass smtp.mailfrom=bounce.valmont.example", None),
        ("mx.desk.example; dkim=pass header.d=e.example; spf=pass smtp.mailfrom=e.example", "not_authentic"),
        ("mx.desk.example; dkim=pass header.d=valmont.example; dmarc=fail", "not_authentic"),
        ("mx.desk.example; none", "not_authentic"),
        ("mx.evil.example; dmarc=pass header.from=valmont.example", "not_checked"),
        ("", "not_checked"),
    ],
)  # fmt: skip
def test_a_sender_is_proven_by_the_receiving_server(
    box: Box, result: str, code: str | None
) -> None:
    box.polled_by(authserv="mx.desk.example")
    sent = mail(authentication_results=result)
    assert box.problem(sent) == code if code else box.one(sent)


def test_attachments_are_told_and_not_read(box: Box) -> None:
    more = 'Content-Disposition: attachment; filename="=?utf-8?q?communiqu=C3=A9?=.pdf"\r\n'
    image = part("image/png", "x", "Content-Disposition: inline\r\n")
    sent = parts(part("text/plain", _TEXT), part("application/pdf", "%PDF", more), image)
    problem, found = box.take(mail(**sent))
    assert isinstance(problem, Problem)
    assert problem.message.endswith(": communiqué.pdf")
    assert isinstance(found, Capture)
    assert found.text == _TEXT


def test_programs_that_answer_are_passed_over(box: Box) -> None:
    assert box.take(mail(auto_submitted="auto-replied")) == []


def _nested(depth: int) -> bytes:
    inner = b"Content-Type: text/plain\r\n\r\nx\r\n"
    for level in range(depth):
        name = b"b%d" % level
        inner = (
            b"Content-Type: multipart/mixed; boundary=" + name + b"\r\n\r\n--" + name + b"\r\n"
            + inner + b"--" + name + b"--\r\n"
        )  # fmt: skip
    return b"From: a@valmont.example\r\n" + inner


_HEAD = b"From: a@valmont.example\r\nMessage-ID: <x@valmont.example>\r\n"
_HOSTILE = {
    "nested": _nested(2_000),
    "many parts": _HEAD
    + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    + b"--b\r\n\r\n" * 50_000,
    "many lines": _HEAD + b"\r\n" + b"\r" * 2_000_000,
    "long header": _HEAD + b"X: " + b"y" * 1_000_000 + b"\r\n\r\nx",
    "long type": _HEAD + b'Content-Type: text/plain; a="' + b';"' * 20_000 + b"\r\n\r\nx",
    "no boundary": _HEAD + b"Content-Type: multipart/mixed\r\n\r\n--b\r\n\r\nx\r\n--b--",
    "two boundaries": _HEAD + b"Content-Type: multipart/mixed; boundary*=a; boundary*0=b\r\n\r\nx",
    "no charset": _HEAD + b"Content-Type: text/plain; charset=x\r\n\r\n\xff\xfe\xe9\xe8",
    "idna": _HEAD + b"Content-Type: text/plain; charset=idna\r\n\r\n\xe9",
    "encrypted": _HEAD
    + b"Content-Type: multipart/encrypted; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--",
    "nothing": b"",
    "zeros": b"\0" * 1000,
    "no body": _HEAD,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", _HOSTILE)
def test_a_hostile_mail_is_one_problem_in_time(box: Box, name: str) -> None:
    begun = time.process_time()
    (problem, found) = box.take(_HOSTILE[name], mail())
    assert isinstance(problem, Problem)
    assert isinstance(found, Capture)
    assert time.process_time() - begun < 2


def test_bad_base64_costs_what_it_holds_and_no_more(box: Box) -> None:
    sent = mail("!!!!RGV1eA==\r\n", content_transfer_encoding="base64", subject="=?utf-8?b?!!?=")
    found = box.take(sent, mail(message_id="<2@v.example>"))
    assert isinstance(found[-1], Capture)
    assert len(found) == 2


def test_a_maildir_is_read_whatever_was_done_with_its_mails(tmp_path: Path, web: Web) -> None:
    for name in ("cur", "new", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "17.a").write_bytes(mail())
    (tmp_path / "tmp" / "18.b").write_bytes(mail("half"))
    poll = Poller(door("mail", str(tmp_path), senders=("valmont.example",)), web)
    assert [one.text for one in poll()] == [_TEXT]
    (tmp_path / "new" / "17.a").rename(tmp_path / "cur" / "17.a:2,S")
    assert poll() == []
