"""A call with an idempotency key is done once, however often a program repeats it."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from sourcier.desk import clock, store
from sourcier.desk.programs.callers import Caller
from sourcier.desk.programs.refusals import RefusedError

LONGEST = 128
"""The most characters of an idempotency key."""

_KEPT = ("ETag", "Location")


def once(
    request: HttpRequest,
    caller: Caller,
    does: Callable[[], HttpResponse],
    body: bytes | None = None,
) -> HttpResponse:
    """Do what a call asks in one transaction, or answer as it was answered before.

    What is refused is not kept: nothing was done, and it may be tried again. Raises RefusedError for a
    key that was used for another call. `body` is what was sent, where it was read as a file.
    """
    call = request.headers.get("Idempotency-Key", "")
    if len(call) > LONGEST:
        raise RefusedError(400, "bad_key", f"an idempotency key has at most {LONGEST} characters")
    with transaction.atomic():
        if not call:
            return does()
        asked = _hash(request, request.body if body is None else body)
        before = store.answered(caller.token.key, call, asked, clock.now())
        if before is None:
            answer = does()
            headers = {name: answer[name] for name in _KEPT if name in answer}
            kept = store.Answer(asked, answer.status_code, headers, answer.content.decode())
            store.keep_answer(caller.token.key, call, kept)
            return answer
    if before.asked != asked:
        raise RefusedError(422, "key_reused", "this idempotency key was used for another call")
    return HttpResponse(
        before.body,
        status=before.status,
        content_type="application/json",
        headers={**before.headers, "Idempotency-Replayed": "true"},
    )


def _hash(request: HttpRequest, body: bytes) -> str:
    line = f"{request.method} {request.path} {request.headers.get('If-Match', '')}\n"
    return sha256(line.encode() + body).hexdigest()
