"""A channel as an account sees it: what is new, edited and gone, whatever Telegram answers."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from sourcier.gather import gather, telegram_client
from sourcier.gather.evidence import Evidence
from sourcier.gather.web import Web
from sourcier.problems import Problem
from sourcier.types import Credit, Source

from .test_doors import NOW, Poller, door

telethon = pytest.importorskip("telethon", reason="the extra `telegram` is not installed")
errors, types = (pytest.importorskip(f"telethon.{part}") for part in ("errors", "types"))
AuthKey = pytest.importorskip("telethon.crypto").AuthKey
StringSession = pytest.importorskip("telethon.sessions").StringSession

POSTED = datetime(2024, 11, 22, 8, tzinfo=UTC)


def message(number: int, text: str, **more: Any) -> Any:
    forward = more.pop("forward", None)
    made = types.Message(number, types.PeerChannel(7), POSTED, text, **more)
    made._forward = forward
    return made


class Account:
    """Telegram, with one channel in it; `asked` has what it was asked for."""

    def __init__(self, *messages: Any) -> None:
        self.messages = {one.id: one for one in messages}
        self.entity: Any = SimpleNamespace(id=7, access_hash=99, broadcast=True)
        self.asked: list[str] = []
        self.open = 0
        self.fails: Exception | None = None
        self.delay = 0.0

    def post(self, *messages: Any) -> None:
        self.messages |= {one.id: one for one in messages}

    async def connect(self) -> None:
        self.open += 1

    async def disconnect(self) -> None:
        self.open -= 1

    async def get_entity(self, entity: str) -> Any:
        self.asked.append(entity)
        if self.entity is None:
            raise ValueError(entity)
        return self.entity

    async def get_messages(
        self,
        entity: Any,
        *,
        ids: Sequence[int] = (),
        min_id: int = 0,
        limit: int = 0,
        reverse: bool = False,
    ) -> list[Any]:
        assert (entity.channel_id, entity.access_hash) == (7, 99)
        self.asked.append("ids" if ids else f"after {min_id}")
        await asyncio.sleep(self.delay)
        if self.fails:
            raise self.fails
        if ids:
            return [self.messages.get(number) for number in ids]
        found = sorted(number for number in self.messages if number > min_id)
        return [self.messages[number] for number in (found if reverse else found[::-1])[:limit]]


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Account:
    made = Account()

    def client(library: ModuleType, source: Source) -> Account:
        assert (library, source.account) == (telethon, "SOURCIER_TELEGRAM")
        return made

    monkeypatch.setattr(telegram_client, "client_of", client)
    return made


@pytest.fixture
def poll(account: Account, web: Web) -> Poller:
    assert not account.open
    return Poller(door("telegram-client", "https://t.me/Misto"), web)


def only_problem(poll: Poller) -> Problem:
    (problem,) = poll.all()
    assert isinstance(problem, Problem)
    return problem


def test_what_is_new_edited_and_gone(account: Account, poll: Poller) -> None:
    account.post(message(1, ""), message(2, "A."), message(3, "B."))
    first, second = poll()
    assert (first.text, first.dispatch, first.published) == ("A.", "misto/2", POSTED)
    assert (first.url, first.version, second.text) == ("https://t.me/misto/2", 1, "B.")
    assert poll() == []
    edited = POSTED + timedelta(minutes=5)
    account.post(message(2, "Deux.", edit_date=edited, views=9), message(4, "C."))
    del account.messages[3]
    gone, new_words, new = poll()
    assert (gone.dispatch, gone.deleted, gone.version, gone.raw) == ("misto/3", True, 2, None)
    assert (new_words.text, new_words.updated, new_words.supersedes) == ("Deux.", edited, first.id)
    assert (new.dispatch, new.text) == ("misto/4", "C.")
    account.post(message(4, "C.", views=12))
    assert poll() == []
    assert account.open == 0
    assert account.asked.count("@misto") == 1  # what Telegram allows few of


def test_a_late_caption_and_one_that_is_taken_away(account: Account, poll: Poller) -> None:
    account.post(message(1, ""))
    assert poll() == []
    account.post(message(1, "A."))
    assert [one.text for one in poll()] == ["A."]
    account.post(message(1, ""))
    assert [one.deleted for one in poll()] == [True]


def test_an_album_is_one_post_also_where_a_look_would_cut_it(
    account: Account, poll: Poller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram_client, "MOST", 3)
    account.post(*(message(number, "", grouped_id=5) for number in (8, 9)))
    account.post(message(10, "Le pont.", grouped_id=5), message(11, "A."), message(12, "B."))
    assert [one.text for one in poll()] == ["A.", "B."]
    account.post(message(13, "C."), message(14, "D."))
    account.post(message(15, "", grouped_id=6), message(16, "Un quai.", grouped_id=6))
    assert [one.dispatch for one in poll()] == ["misto/13", "misto/14"]
    (album,) = poll()
    assert (album.dispatch, album.text) == ("misto/15", "Un quai.")
    account.post(message(16, "Deux quais.", grouped_id=6))
    (edited,) = poll()
    assert (edited.dispatch, edited.version) == ("misto/15", 2)


def test_what_piled_up_comes_look_by_look(
    account: Account, poll: Poller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram_client, "MOST", 3)
    account.post(*(message(number, f"{number}.") for number in range(1, 6)))
    assert [one.text for one in poll()] == ["3.", "4.", "5."]
    account.post(*(message(number, f"{number}.") for number in range(6, 11)))
    assert [one.text for one in poll()] == ["6.", "7.", "8."]
    assert [one.text for one in poll()] == ["9.", "10."]
    assert poll() == []


def test_an_answer_that_lacks_messages_deletes_none(
    account: Account, poll: Poller, monkeypatch: pytest.MonkeyPatch
) -> None:
    account.post(message(1, "A."), message(2, "B."))
    poll()

    async def some(*_: Any, **__: Any) -> list[Any]:
        return [None]

    monkeypatch.setattr(account, "get_messages", some)
    assert poll() == []


def test_a_forward_is_a_credit(account: Account, poll: Poller) -> None:
    def forward(**more: Any) -> Any:
        none = dict.fromkeys(("chat", "sender", "from_name", "channel_post", "date"))
        return SimpleNamespace(**(none | more))

    chat = SimpleNamespace(title="Річка", username="Richka")
    person = SimpleNamespace(first_name="Ada", last_name="Ruel")
    account.post(
        message(1, "A.", forward=forward(chat=chat, channel_post=12, date=POSTED)),
        message(2, "B.", forward=forward(sender=person)),
        message(3, "C.", forward=forward(from_name="Sans compte")),
    )
    assert [one.credits for one in poll()] == [
        (Credit(kind="forward", name="Річка", url="https://t.me/Richka/12", published=POSTED),),
        (Credit(kind="forward", name="Ada Ruel"),),
        (Credit(kind="forward", name="Sans compte"),),
    ]


@pytest.mark.parametrize(
    ("spans", "quoted"),
    [
        ([(10, 7)], ["Un mort"]),
        ([(10, 7), (12, 3)], ["Un mort"]),
        ([(12, 5), (10, 4)], ["Un m", "ort"]),
        ([(10, 999)], ["Un mort 🔥 dit-il."]),
        ([(-5, 6), (999, 3), (10, 0), (10, -4)], ["🚨"]),
        ([(19, 1)], []),  # from the middle of a character
    ],
)
def test_quotations_are_counted_in_utf_16(
    account: Account, poll: Poller, spans: list[tuple[int, int]], quoted: list[str]
) -> None:
    entities = [types.MessageEntityBlockquote(*span) for span in spans]
    text = "🚨 Mairie\nUn mort 🔥 dit-il."
    account.post(message(1, text, entities=[types.MessageEntityBold(0, 4), *entities]))
    (post,) = poll()
    assert post.text == text
    assert [post.text[start:end] for start, end in post.quoted] == quoted


def test_telegram_asks_to_wait(account: Account, poll: Poller) -> None:
    account.fails = errors.FloodWaitError(None, 700)
    problem = only_problem(poll)
    assert (problem.where, problem.code) == ("https://t.me/Misto", "flood_wait")
    pulse = poll.state.door(poll.source).pulse
    assert pulse.next_poll(NOW, 60, 0) == NOW + timedelta(seconds=700)
    account.fails = None
    account.post(message(1, "A."))
    assert len(poll()) == 1


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.ChannelPrivateError(None), "no_channel"),
        (errors.ChannelInvalidError(None), "no_channel"),
        (errors.AuthKeyUnregisteredError(None), "login_refused"),
        (errors.AuthKeyDuplicatedError(None), "login_refused"),
        (errors.RpcCallFailError(None), "fetch_failed"),
        (errors.SecurityError("a wrong key"), "fetch_failed"),
        (ConnectionError("reset"), "fetch_failed"),
        (EOFError(), "fetch_failed"),
    ],
)
def test_what_fails_is_one_problem(
    account: Account, poll: Poller, error: Exception, code: str
) -> None:
    account.post(message(1, "A."))
    assert len(poll()) == 1
    account.fails = error
    assert only_problem(poll).code == code
    assert account.open == 0
    account.fails = None
    assert poll() == []


def test_an_answer_has_its_time(
    account: Account, poll: Poller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram_client, "SECONDS", 0.05)
    account.delay = 5
    assert only_problem(poll).code == "fetch_failed"
    assert account.open == 0


@pytest.mark.parametrize("entity", [None, SimpleNamespace(id=7, access_hash=99, first_name="Ada")])
def test_only_a_channel_is_read(account: Account, poll: Poller, entity: Any) -> None:
    account.entity = entity
    assert only_problem(poll).code == "no_channel"
    assert account.asked == ["@misto"]


@pytest.mark.parametrize(
    "url", ["https://t.me/+aBcD", "https://t.me/me", "https://example.org/misto", "https://t.me/"]
)
def test_only_a_public_name_is_asked_for(account: Account, web: Web, url: str) -> None:
    assert only_problem(Poller(door("telegram-client", url), web)).code == "bad_url"
    assert account.asked == []


def test_the_message_is_the_evidence(
    account: Account, poll: Poller, tmp_path: Any, web: Web
) -> None:
    account.post(message(1, "", grouped_id=5), message(2, "Le pont.", grouped_id=5))
    evidence = Evidence(tmp_path)
    found = list(gather(poll.source, poll.state, now=NOW, web=web, evidence=evidence))
    assert [getattr(one, "raw", None) for one in found] == list(evidence.digests())
    account.post(message(3, "A."))
    (post,) = gather(poll.source, poll.state, now=NOW, web=web)
    assert not isinstance(post, Problem)
    assert json.loads(account.messages[3].to_json())["message"] == post.text


def test_without_telethon_it_says_what_to_install(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "telethon.errors", None)
    problem = only_problem(Poller(door("telegram-client", "https://t.me/misto"), web))
    assert (problem.code, "sourcier[telegram]" in problem.message) == ("no_telethon", True)


def session(port: int) -> str:
    made = StringSession()
    made.set_dc(2, "127.0.0.1", port)
    made.auth_key = AuthKey(bytes(range(256)))
    return str(made.save())


def variables(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    good = {"API_ID": "12345", "API_HASH": "0123abcd", "SESSION": session(1)}
    for name, value in (good | values).items():
        monkeypatch.setenv(f"DESK_{name}", value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("API_ID", ""), ("API_HASH", " "), ("SESSION", ""), ("API_ID", "x9y"), ("API_ID", "9" * 30),
     ("SESSION", "x9y"), ("SESSION", "1x9y"), ("SESSION", "1" + "x9y=" * 80)],
)  # fmt: skip
def test_a_variable_that_is_missing_or_wrong_is_named_and_not_shown(
    web: Web, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    variables(monkeypatch, **{name: value})
    source = door("telegram-client", "https://t.me/misto", account="DESK")
    problem = only_problem(Poller(source, web))
    assert (problem.code, f"DESK_{name} " in problem.message) == ("no_session", True)
    assert "x9y" not in str(problem)


@pytest.mark.slow
def test_the_real_client_gives_up_where_nobody_answers(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    variables(monkeypatch)  # nobody listens at port 1
    source = door("telegram-client", "https://t.me/misto", account="DESK")
    assert only_problem(Poller(source, web)).code == "fetch_failed"
