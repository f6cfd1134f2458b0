"""What programs may do with background cards: read, add, change, retire them; put them into stories."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import islice

from django.http import HttpRequest, HttpResponse

from sourcier.desk import actions, clock, store
from sourcier.desk.drafting.cards import Card
from sourcier.desk.programs import answers, cards
from sourcier.desk.programs.answers import caller_of, router
from sourcier.desk.programs.callers import Caller
from sourcier.desk.programs.entries import Work
from sourcier.desk.programs.once import once
from sourcier.desk.programs.refusals import RefusedError
from sourcier.desk.programs.shapes import (
    CardChanges,
    CardProblem,
    DeskCard,
    DeskCardPast,
    DeskCards,
    DeskEntry,
    NewCard,
    Nothing,
    described,
)
from sourcier.desk.programs.writing import Warnings, called, change, noted, written
from sourcier.types import Entry

_CHANGED = described(DeskCard, 400, 403, 409, 422, 428, clash=CardProblem)


@router.get(
    "/cards",
    operation_id="list_cards",
    summary="All background cards as they stand, the retired ones too",
    openapi_extra=described(DeskCards, 403),
)
def list_cards(request: HttpRequest) -> HttpResponse:
    """List the cards."""
    caller = caller_of(request)
    caller.must_somewhere("read")
    return answers.json(DeskCards(items=cards.shown(request, caller, store.cards())))


@router.get(
    "/cards/{key}",
    operation_id="get_card",
    summary="A background card with its versions",
    openapi_extra=described(DeskCardPast, 403),
)
def get_card(request: HttpRequest, key: str) -> HttpResponse:
    """Give a card, with its ETag."""
    caller = caller_of(request)
    caller.must_somewhere("read")
    versions = store.card_versions(key)
    if not versions:
        raise RefusedError(404, "no_card", "no such card")
    (now,) = cards.shown(request, caller, versions[:1])
    readable = caller.readable()
    past = tuple(cards.within(one, readable) for one in islice(versions, store.KEPT_VERSIONS))
    more = len(versions) > store.KEPT_VERSIONS
    known = DeskCardPast(card=now.card, etag=now.etag, uses=now.uses, versions=past, more=more)
    return answers.json(known, headers={"ETag": now.etag})


@router.post(
    "/cards",
    operation_id="add_card",
    summary="A new background card",
    openapi_extra=described(DeskCard, 400, 403, 422, made=True),
)
def add(request: HttpRequest, sent: NewCard) -> HttpResponse:
    """Keep a new card."""

    def does(caller: Caller, now: datetime) -> HttpResponse:
        kept = actions.add_card(cards.new(caller, sent, now), who=caller.name, now=now)
        answer = _kept(request, caller, "add_card", kept, now, status=201)
        answer["Location"] = request.build_absolute_uri(f"{request.path}/{kept.id}")
        return answer

    return _called(request, does)


@router.put(
    "/cards/{key}",
    operation_id="set_card",
    summary="What a background card is to say: its next version",
    openapi_extra=_CHANGED,
)
def change_card(request: HttpRequest, key: str, sent: CardChanges) -> HttpResponse:
    """Change a card; what was made of it stays as it is until its text is taken."""

    def does(caller: Caller, now: datetime) -> HttpResponse:
        before = cards.known(request, caller, key)
        wanted = cards.written(before, sent, now)
        kept = actions.set_card(wanted, seen=before.version, who=caller.name, now=now)
        return _kept(request, caller, "set_card", kept, now)

    return _called(request, does)


@router.post(
    "/cards/{key}/retire",
    operation_id="retire_card",
    summary="Let a background card be proposed no more",
    openapi_extra=_CHANGED,
)
def retire(request: HttpRequest, key: str, sent: Nothing) -> HttpResponse:
    """Retire a card; what was made of it stays."""
    del sent
    return _retired(request, key, "retire_card", retired=True)


@router.post(
    "/cards/{key}/unretire",
    operation_id="unretire_card",
    summary="Let a retired background card be proposed again",
    openapi_extra=_CHANGED,
)
def unretire(request: HttpRequest, key: str, sent: Nothing) -> HttpResponse:
    """Let a card be proposed again."""
    del sent
    return _retired(request, key, "unretire_card", retired=False)


@router.post(
    "/stories/{slug}/cards/{key}/insert",
    operation_id="insert_card",
    summary="A draft of a background card in a story, which has each card once",
    openapi_extra=described(DeskEntry, 400, 403, 409, 422, made=True, clash=CardProblem),
)
def insert(request: HttpRequest, slug: str, key: str, sent: Nothing) -> HttpResponse:
    """Make a draft of a card."""
    del sent

    def does(caller: Caller, now: datetime) -> HttpResponse:
        entry = _inserted(slug, key, caller.name, now)
        answer = written(caller, "insert_card", entry, now)
        answer.status_code = 201
        answer["Location"] = cards.address(request, slug, entry.id)
        return answer

    return called(request, "write", slug, does)


@router.post(
    "/stories/{slug}/entries/{key}/take-card",
    operation_id="take_card",
    summary="A draft of an entry with what its background card now says",
    openapi_extra=described(DeskEntry, 400, 403, 409, 422, 428),
)
def take(request: HttpRequest, slug: str, key: str, sent: Nothing) -> HttpResponse:
    """Take the new text of a card; what readers have stays as it is."""
    del sent

    def act(work: Work, who: str, now: datetime) -> Warnings:
        try:
            actions.take_card(slug, work.entry.id, who=who, now=now)
        except actions.NoSuchEntryError as error:
            message = "it is of no card that says something newer"
            raise RefusedError(409, "nothing_newer", message) from error
        return ()

    return change(request, "write", slug, key, "take_card", act, "draft")


def _called(request: HttpRequest, does: Callable[[Caller, datetime], HttpResponse]) -> HttpResponse:
    """Do once what a program asks for that may write cards. Raises RefusedError."""
    caller = caller_of(request)
    caller.must_somewhere("publish")
    return once(request, caller, lambda: does(caller, clock.now()))


def _retired(request: HttpRequest, key: str, call: str, *, retired: bool) -> HttpResponse:
    def does(caller: Caller, now: datetime) -> HttpResponse:
        seen = cards.known(request, caller, key).version
        kept = actions.retire_card(key, retired=retired, seen=seen, who=caller.name, now=now)
        return _kept(request, caller, call, kept, now)

    return _called(request, does)


def _kept(
    request: HttpRequest, caller: Caller, call: str, card: Card, now: datetime, status: int = 200
) -> HttpResponse:
    """Note which token did it, and answer with the card as it stands now."""
    noted(caller, call, "", now, card=card.id)
    (stands,) = cards.shown(request, caller, (card,))
    return answers.json(stands, status, headers={"ETag": stands.etag})


def _inserted(slug: str, key: str, who: str, now: datetime) -> Entry:
    """Make the draft of a card. Raises RefusedError."""
    try:
        return actions.insert_card(slug, key, who=who, now=now)[0]
    except actions.CardInStoryError as error:
        raise cards.CardRefusedError("in_story", "the story has it", entry=error.key) from error
    except actions.CardLanguagesError as error:
        message = "it has no text in a language of the page"
        raise RefusedError(409, "no_common_language", message) from error
    except actions.NoSuchCardError as error:
        if store.card(key):
            raise RefusedError(409, "retired", "the card is retired") from error
        raise RefusedError(404, "no_card", "no such card") from error
