"""Notices on their way: what waits goes in one message for each watch, again where it fails, not too often.

Several processes may do so on one database: each watch is one process's while it sends to it.
"""

from __future__ import annotations

import json
import smtplib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import Error, close_old_connections

from sourcier.desk import actions, clock, store
from sourcier.desk.drafting.tellings import Telling, letter, record, signed, subject
from sourcier.gather.fetched import HttpError
from sourcier.gather.web import Permits, Web
from sourcier.problems import InputError, Problem
from sourcier.types import Story

TICK = 1.0
"""Seconds between two looks at what is due."""
WAITS = (60, 300, 1800, 7200)
"""Seconds before each further try; after the last, a notice is given up."""
HOURLY = 30
"""The most messages that one watch is sent in an hour: what comes more waits, and goes in one."""
AT_ONCE = 50
"""The most notices in a message."""
LEASE = timedelta(minutes=2)
"""For how long a process that ends while it sends keeps the others from the watch."""
_HOUR = timedelta(hours=1)
_GONE = 410
_JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Ways:
    """By which ways notices go: the web client, and what each needs.

    `base` is the desk's public address ("" for none), `telegram` the token of a bot and `api` where its
    interface is. `private`: web hooks may lead to private addresses. `real` is the clock of the world, by
    which signatures are dated.
    """

    web: Web
    real: Callable[[], datetime]
    base: str = ""
    telegram: str = ""
    api: str = "https://api.telegram.org"
    private: bool = False


def telling(web: Web, here: str, report: Callable[[Problem], None]) -> Notices:
    """Return what tells people, as the settings say; `here` is the desk's address where they name none."""
    ways = Ways(
        web,
        real=clock.real,
        base=settings.URL or here,
        telegram=settings.TELEGRAM,
        api=settings.TELEGRAM_API,
        private=settings.PRIVATE_HOOKS,
    )
    return Notices(
        ways,
        now=clock.now,
        outline=lambda slug: store.outline(slug, now=clock.now()),
        report=report,
    )


class Notices(threading.Thread):
    """A thread that sends what is due. `outline` gives a story's titles; `now` is the desk's clock."""

    def __init__(
        self,
        ways: Ways,
        *,
        now: Callable[[], datetime],
        outline: Callable[[str], Story],
        report: Callable[[Problem], None],
    ) -> None:
        super().__init__(name="notices", daemon=True)
        self._ways = ways
        self._now = now
        self._outline = outline
        self._report = report
        self._ended = threading.Event()

    def stop(self) -> None:
        """End after the message that is being sent."""
        self._ended.set()

    def run(self) -> None:
        """Work until stopped. A database that refuses is asked again at the next tick."""
        while not self._ended.wait(TICK):
            close_old_connections()
            try:
                self.look()
            except Error as error:
                message = f"notices could not be sent, tried again: {error}"
                self._report(Problem(where="notices", code="not_told", message=message))

    def look(self) -> None:
        """Send all that is due now."""
        for key in store.due_watches(self._now()):
            now = self._now()
            if not self._ended.is_set() and store.hold_watch(key, now, now + LEASE):
                try:
                    self._tell(key, now)
                finally:
                    store.free_watch(key)

    def _tell(self, key: int, now: datetime) -> None:
        kept, waiting = store.watch(key), store.waiting_for(key, now, AT_ONCE)
        if kept is None or not kept.on or not waiting:
            return
        ids = [one.id for one in waiting]
        sent = store.messages_since(key, now - _HOUR)
        if len(sent) >= HOURLY:
            store.put_off(ids, sent[-HOURLY] + _HOUR)
            return
        telling = self._telling(kept, waiting)
        try:
            self._send(kept, telling)
        except (InputError, OSError, smtplib.SMTPException) as error:
            self._failed(kept, waiting, error, now)
        else:
            store.was_sent(ids, telling.key, now)

    def _telling(self, kept: store.KeptWatch, waiting: tuple[store.Waiting, ...]) -> Telling:
        titles = self._outline(kept.story).titles
        title = titles.get(kept.watch.language) or next(iter(titles.values()), kept.story)
        return Telling(
            key=f"msg_{uuid4().hex[:24]}",
            story=kept.story,
            title=title,
            desk=f"{self._ways.base}desk/{quote(kept.story)}/",
            language=kept.watch.language,
            notices=[(one.notice, one.at) for one in waiting],
        )

    def _send(self, kept: store.KeptWatch, telling: Telling) -> None:
        match kept.watch.channel:
            case "web_hook":
                at = self._ways.real()
                body = record(telling, at)
                headers = _JSON | signed(telling.key, body, kept.watch.secret, at)
                permits = Permits(private=self._ways.private, trusted=False)
                self._ways.web.send(kept.watch.address, body, headers, permits)
            case "mail":
                EmailMessage(subject(telling), letter(telling), to=[kept.watch.address]).send()
            case "telegram":
                self._by_telegram(kept.watch.address, letter(telling))

    def _by_telegram(self, chat: str, text: str) -> None:
        """Send by the Bot API; its address holds the token, which no error may show."""
        if not self._ways.telegram:
            raise InputError("telegram", "no_bot", "SOURCIER_TELEGRAM is not set")
        body = {"chat_id": chat, "text": text, "link_preview_options": {"is_disabled": True}}
        url = f"{self._ways.api}/bot{self._ways.telegram}/sendMessage"
        try:
            permits = Permits(private=self._ways.private, trusted=False)
            self._ways.web.send(url, json.dumps(body).encode(), _JSON, permits)
        except HttpError as error:
            raise HttpError("telegram", error.status, error.retry_after) from None
        except InputError as error:
            said = error.problem.message.replace(self._ways.telegram, "…")
            raise InputError("telegram", error.problem.code, said) from None

    def _failed(
        self,
        kept: store.KeptWatch,
        waiting: tuple[store.Waiting, ...],
        error: Exception,
        now: datetime,
    ) -> None:
        """Keep why a message did not go, and when it is tried again, if it is."""
        said = error.problem.message if isinstance(error, InputError) else str(error)
        gone = isinstance(error, HttpError) and error.status == _GONE
        ids, tries = [one.id for one in waiting], max(one.tries for one in waiting) + 1
        again = None if gone or tries > len(WAITS) else now + _wait(tries, error)
        store.was_not_sent(ids, said, tries, again)
        if again is None:
            self._report(Problem(where=_whom(kept), code="not_told", message=f"given up: {said}"))
        if gone:
            actions.switch_watch(kept.story, kept.id, on=False, who="", now=now)


def _wait(tries: int, error: Exception) -> timedelta:
    """Return how long to wait before the next try: as long as asked for, within the longest wait."""
    asked = error.retry_after if isinstance(error, HttpError) else None
    seconds = int(asked) if asked and asked.isdecimal() and len(asked) < 6 else 0
    return timedelta(seconds=min(max(WAITS[tries - 1], seconds), WAITS[-1]))


def _whom(kept: store.KeptWatch) -> str:
    return f"{kept.story}: {kept.watch.channel} {kept.id}"
