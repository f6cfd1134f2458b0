"""What programs may read at the desk: entries as they stand, events, claims."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Query, Schema
from pydantic import Field

from sourcier.desk import store
from sourcier.desk.programs import answers, entries
from sourcier.desk.programs.answers import caller_of, router
from sourcier.desk.programs.refusals import RefusedError
from sourcier.desk.programs.shapes import (
    DeskEntries,
    DeskEntry,
    DeskEvent,
    Followed,
    described,
)
from sourcier.types import Claim, Event

MOST = 500


class Part(Schema):
    """Which part of a list is asked for."""

    limit: int = Field(100, ge=1, le=MOST, description="How many at most.")
    place: int = Field(
        0, alias="cursor", ge=0, lt=2**63, description="Where to go on: a `cursor` of before."
    )


class Asked(Schema):
    """Which entries are asked for."""

    state: str = Field("", description="Only those in this state, as `draft` or `published`.")
    limit: int = Field(100, ge=1, le=MOST, description="How many at most.")


@router.get(
    "/stories/{slug}/entries",
    operation_id="list_desk_entries",
    summary="Entries as they stand at the desk, drafts too, the last changed first",
    openapi_extra=described(DeskEntries, 400, 403),
)
def list_entries(request: HttpRequest, slug: str, asked: Query[Asked]) -> HttpResponse:
    """List entries."""
    caller_of(request).must("read", slug)
    found = [each for each in store.standing(slug) if asked.state in ("", each.entry.state)]
    shown = tuple(answers.shown(each) for each in found[: asked.limit])
    return answers.json(DeskEntries(items=shown, more=len(found) > asked.limit))


@router.get(
    "/stories/{slug}/entries/{key}",
    operation_id="get_desk_entry",
    summary="An entry as it stands at the desk",
    openapi_extra=described(DeskEntry, 403),
)
def get_entry(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Give an entry, with its ETag."""
    caller_of(request).must("read", slug)
    return answers.entry(entries.standing(slug, key))


@router.get(
    "/stories/{slug}/events",
    operation_id="follow_events",
    summary="Events as they stand, published or not, those that changed last at the end",
    openapi_extra=described(Event, 400, 403, many=True),
)
def list_events(request: HttpRequest, slug: str, part: Query[Part]) -> HttpResponse:
    """List events."""
    caller_of(request).must("read", slug)
    items, last, more = store.events_after(slug, part.place, part.limit)
    return answers.json(Followed(items=items, cursor=str(last), more=more))


@router.get(
    "/stories/{slug}/events/{key}",
    operation_id="get_desk_event",
    summary="An event with its claims, its captures, and which of these are copies",
    openapi_extra=described(DeskEvent, 403),
)
def get_event(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Give an event."""
    caller_of(request).must("read", slug)
    page = store.event_page(slug, key)
    if page is None or page.event is None:
        raise RefusedError(404, "no_event", "no such event")
    claims, captures = tuple(page.claims.values()), tuple(page.captures.values())
    return answers.json(
        DeskEvent(event=page.event, claims=claims, captures=captures, copies=page.copies)
    )


@router.get(
    "/stories/{slug}/claims",
    operation_id="follow_claims",
    summary="Claims, published or not, in the order in which they were read",
    openapi_extra=described(Claim, 400, 403, many=True),
)
def list_claims(request: HttpRequest, slug: str, part: Query[Part]) -> HttpResponse:
    """List claims."""
    caller_of(request).must("read", slug)
    items, last, more = store.claims_after(slug, part.place, part.limit)
    return answers.json(Followed(items=items, cursor=str(last), more=more))
