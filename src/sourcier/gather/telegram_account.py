"""The account that reads Telegram: Telethon, an extra that is loaded when it is asked for, and its session.

Number and hash of the application (my.telegram.org) and the session's string come from the environment; they
stand in no message, log or state.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any, Protocol

from sourcier.gather.fetched import RefusedError
from sourcier.gather.telegram_message import Message
from sourcier.problems import InputError
from sourcier.types import Source

STEP = 10
"""The most seconds that a connection may take, and that one takes to be given back."""

_NUMBERS = range(1, 2**31)


class Client(Protocol):
    """What is asked of Telethon's client."""

    async def connect(self) -> None:
        """Log in with the session's key."""

    async def disconnect(self) -> None:
        """Give the connection back."""

    async def get_entity(self, entity: str) -> Any:
        """Return the user, group or channel of that name; Telegram allows few such questions."""

    async def get_messages(self, entity: Any, **wanted: Any) -> Sequence[Message | None]:
        """Return the messages with those `ids`, null for what is gone; or those after `min_id`."""


def library(source: Source) -> ModuleType:
    """Return Telethon. Raises InputError where it is not installed."""
    try:
        for part in ("errors", "sessions", "types"):
            import_module(f"telethon.{part}")
        return import_module("telethon")
    except ImportError:
        message = 'a telegram-client needs Telethon: pip install "sourcier[telegram]"'
        raise InputError(source.id, "no_telethon", message) from None


def client_of(telethon: ModuleType, source: Source) -> Client:
    """Return the client of the source's account, not yet connected; a wait is an error, never slept.

    Raises InputError, which names the environment variable that is missing or wrong.
    """
    number, key = _secret(source, "API_ID"), _secret(source, "API_HASH")
    if not number.isdecimal() or len(number) > len("2147483647") or int(number) not in _NUMBERS:
        raise _wrong(source, "API_ID", "has no number of an application")
    try:
        session = telethon.sessions.StringSession(_secret(source, "SESSION"))
    except (ValueError, struct.error):
        raise _wrong(source, "SESSION", "has no session of Telethon") from None
    client: Client = telethon.TelegramClient(
        session, int(number), key, timeout=STEP, request_retries=1, connection_retries=1,
        flood_sleep_threshold=0, raise_last_call_error=True, receive_updates=False,
    )  # fmt: skip
    return client


def _secret(source: Source, what: str) -> str:
    value = os.environ.get(f"{source.account}_{what}", "").strip()
    if not value:
        raise _wrong(source, what, "is not set")
    return value


def _wrong(source: Source, what: str, why: str) -> InputError:
    message = f"the environment variable {source.account}_{what} {why}"
    return InputError(source.id, "no_session", message)


@contextmanager
def naming(telethon: ModuleType, url: str) -> Iterator[None]:
    """Turn all that can go wrong between us and Telegram into an InputError that names `url`."""
    errors = telethon.errors
    try:
        yield
    except errors.FloodError as error:
        seconds = getattr(error, "seconds", 0)
        message = f"Telegram asks to wait for {seconds} seconds"
        raise RefusedError(url, "flood_wait", message, str(seconds)) from None
    except (errors.UnauthorizedError, errors.AuthKeyError) as error:
        message = f"the session is not valid (any more): {type(error).__name__}"
        raise InputError(url, "login_refused", message) from None
    except (errors.ChannelPrivateError, errors.ChannelInvalidError, errors.UsernameInvalidError):
        message = "the channel is private, gone, or was never there"
        raise InputError(url, "no_channel", message) from None
    except (errors.RPCError, OSError, EOFError, ValueError, *_of_the_wire(errors)) as error:
        message = f"{type(error).__name__}: {str(error) or 'no answer in time'}"
        raise InputError(url, "fetch_failed", message[:300]) from None


def _of_the_wire(errors: ModuleType) -> tuple[type[Exception], ...]:
    """Return the errors of an answer that is not what the protocol has."""
    names = ("SecurityError", "TypeNotFoundError", "InvalidBufferError", "InvalidChecksumError")
    return tuple(getattr(errors, name) for name in names)
