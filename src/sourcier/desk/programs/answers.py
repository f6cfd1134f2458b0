"""How the API of the desk answers: its addresses, JSON, entries with their ETag."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from ninja import Router

from sourcier import jsonl
from sourcier.desk.drafting.standing import Standing
from sourcier.desk.programs import entries
from sourcier.desk.programs.callers import Caller
from sourcier.desk.programs.shapes import DeskEntry

router = Router()
"""All addresses of stories: the methods of one address must stand in one router."""


def caller_of(request: HttpRequest) -> Caller:
    """Return who calls, as `Bearer` found them."""
    return cast(Caller, cast(Any, request).auth)


def entry(found: Standing, warnings: tuple[str, ...] = ()) -> HttpResponse:
    """Answer with an entry as it stands."""
    return json(shown(found, warnings), headers={"ETag": entries.etag(found)})


def shown(found: Standing, warnings: tuple[str, ...] = ()) -> DeskEntry:
    """Return an entry as programs are given it."""
    return DeskEntry(
        entry=found.entry, published=found.published, by=found.by, etag=entries.etag(found),
        warnings=warnings,
    )  # fmt: skip


def json(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    """Answer with a record."""
    return HttpResponse(
        jsonl.encode(value), status=status, content_type="application/json", headers=headers
    )
