"""The address at which WebSub hubs reach us, beside an ASGI application."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qsl

from sourcier.gather.web import MAX_BYTES
from sourcier.publish.live import Application, Receive, Scope, Send
from sourcier.run.subscriptions import PATH, Subscriptions

SECONDS = 30.0
"""The longest that a hub may take to send what it has to say."""


def with_callback(application: Application, subscriptions: Subscriptions) -> Application:
    """Return an ASGI application that answers hubs and leaves the rest to another."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PATH):
            await application(scope, receive, send)
            return
        token = scope["path"].removeprefix(PATH)
        if scope["method"] == "POST" and subscriptions.knows(token):
            status, answer = await _notice(scope, receive, token, subscriptions), ""
        else:
            status, answer = _verification(scope, token, subscriptions)
        await _answer(send, status, answer)

    return serve


def _verification(scope: Scope, token: str, subscriptions: Subscriptions) -> tuple[int, str]:
    query = dict(parse_qsl(scope.get("query_string", b"").decode("latin-1")))
    challenge = subscriptions.verified(token, query) if scope["method"] == "GET" else None
    return (404, "") if challenge is None else (200, challenge)


async def _notice(scope: Scope, receive: Receive, token: str, subscriptions: Subscriptions) -> int:
    """Take a notice; what is not signed is answered as what is: that we heard it."""
    try:
        body = await asyncio.wait_for(_body(receive), SECONDS)
    except TimeoutError:
        return 408
    if body is None:
        return 413
    headers = dict(scope["headers"])
    signature = headers.get(b"x-hub-signature", b"").decode("latin-1")
    subscriptions.told(token, body, signature)
    return 202


async def _body(receive: Receive) -> bytes | None:
    """Return what was sent, None where it is too much."""
    pieces: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        piece = message.get("body", b"")
        size += len(piece)
        if size > MAX_BYTES:
            return None
        pieces.append(piece)
        more = message["type"] == "http.request" and message.get("more_body", False)
    return b"".join(pieces)


async def _answer(send: Send, status: int, text: str) -> None:
    body = text.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
