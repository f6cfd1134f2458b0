"""Pictures that programs upload, by the rules of the composer: made anew, nothing else is kept."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse

from sourcier.desk import actions, store
from sourcier.desk.imaging import MOST_BYTES, BadPictureError, made
from sourcier.desk.programs import answers, entries
from sourcier.desk.programs.answers import caller_of, router
from sourcier.desk.programs.callers import Caller
from sourcier.desk.programs.refusals import RefusedError
from sourcier.desk.programs.shapes import described
from sourcier.desk.programs.writing import called, noted
from sourcier.desk.screens.voice import voice
from sourcier.types import Picture

_BINARY = {"schema": {"type": "string", "format": "binary"}}
_FILE = dict.fromkeys(("image/jpeg", "image/png", "image/webp"), _BINARY)


@router.post(
    "/stories/{slug}/pictures",
    operation_id="upload_picture",
    summary="A picture, for entries to show: the file itself is the body of the call",
    openapi_extra=described(Picture, 400, 403, 409, 413, 422, made=True)
    | {"requestBody": {"required": True, "content": _FILE}},
)
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep a picture; the same file is the same picture. Name its `digest` in an entry to show it."""
    caller_of(request).must("write", slug)
    body = _body(request)
    if not body:
        raise RefusedError(400, "picture_none", _said("picture.error.none"))
    try:
        picture = made(body)
    except BadPictureError as error:
        key = str(error)
        raise RefusedError(400, key.replace(".error.", "_"), _said(key)) from error

    def does(caller: Caller, now: datetime) -> HttpResponse:
        actions.add_picture(slug, picture, who=caller.name, now=now)
        noted(caller, "upload_picture", slug, now)
        return answers.json(store.picture(picture.digest), 201)

    return called(request, "write", slug, does, body)


def _body(request: HttpRequest) -> bytes:
    """Return the file that is sent, and no byte more than the desk takes. Raises RefusedError."""
    told = request.headers.get("Content-Length", "")
    large = told.isascii() and told.isdecimal() and int(told[:12]) > MOST_BYTES
    body = b"" if large else request.read(MOST_BYTES + 1)
    if large or len(body) > MOST_BYTES:
        raise RefusedError(413, "picture_large", _said("picture.error.large"))
    return body


def _said(key: str) -> str:
    return voice(entries.LANGUAGE)(key)
