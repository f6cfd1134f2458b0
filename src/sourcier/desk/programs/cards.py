"""What a program asks of a background card, put into the form that editors use; cards as it sees them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import quote

from django.http import HttpRequest, QueryDict
from msgspec.structs import replace

from sourcier.desk import store
from sourcier.desk.drafting.cards import Card
from sourcier.desk.programs import entries
from sourcier.desk.programs.callers import Caller
from sourcier.desk.programs.refusals import RefusedError
from sourcier.desk.programs.shapes import (
    CardChanges,
    CardProblem,
    CardUse,
    DeskCard,
    NewCard,
    Source,
)
from sourcier.desk.screens.managing import card_form
from sourcier.desk.screens.managing.card_form import BadCardError
from sourcier.messages import languages


class CardRefusedError(RefusedError):
    """A call that the newest version of a card forbids, or the entry that a story has of it: 409."""

    def __init__(
        self, code: str, message: str, *, card: DeskCard | None = None, entry: str | None = None
    ) -> None:
        super().__init__(409, code, message, headers={"ETag": card.etag} if card else None)
        self.card = card
        self.entry = entry

    def problem(self, where: str) -> CardProblem:
        """Return it as it is said, with what stands in the way."""
        return CardProblem(
            where=where, code=self.code, message=str(self), card=self.card, entry=self.entry
        )


def shown(request: HttpRequest, caller: Caller, known: Iterable[Card]) -> tuple[DeskCard, ...]:
    """Return cards as a program is given them: of stories that it may not read, nothing."""
    open_to, known = caller.readable(), tuple(known)
    made = store.card_uses(known, open_to)
    return tuple(
        DeskCard(
            card=(told := within(card, open_to)),
            etag=etag(card),
            uses=tuple(_use(request, *use) for use in (*_kept_of(told), *made[card.id])),
        )
        for card in known
    )


def within(card: Card, stories: tuple[str, ...]) -> Card:
    """Return a card that does not tell of what it was kept, unless that is in one of `stories`."""
    return card if card.story in stories else replace(card, story="", entry="")


def etag(card: Card) -> str:
    """Return the mark of a version of a card, as it is in ``ETag`` and ``If-Match``."""
    return f'"{card.version}"'


def address(request: HttpRequest, story: str, entry: str) -> str:
    """Return where a program finds an entry."""
    return request.build_absolute_uri(f"/api/desk/stories/{story}/entries/{quote(entry, safe='')}")


def known(request: HttpRequest, caller: Caller, key: str) -> Card:
    """Return a card that is still as the program saw it, and keep others from changing it.

    To be asked in a transaction. Raises RefusedError.
    """
    card = store.queue_at_card(key)
    if card is None:
        raise RefusedError(404, "no_card", "no such card")
    seen = request.headers.get("If-Match", "")
    if not seen:
        raise RefusedError(428, "say_what_you_saw", "send the card's etag in If-Match")
    if seen not in ("*", etag(card)):
        (stands,) = shown(request, caller, (card,))
        message = f"somebody changed it meanwhile: version {card.version} stands"
        raise CardRefusedError("changed", message, card=stands)
    return card


def new(caller: Caller, sent: NewCard, now: datetime) -> Card:
    """Return the card that is sent, of a published entry where it names one. Raises RefusedError."""
    if sent.story or sent.entry:
        entry = store.published(sent.story, sent.entry) if caller.may("read", sent.story) else None
        if entry is None or entry.state == "retracted":
            raise RefusedError(400, "unknown_entry", "readers have no such entry")
    blank = Card(
        id="", version=0, names=(), texts={}, at=now, story=sent.story, entry=sent.entry
    )  # fmt: skip
    return written(blank, sent, now)


def written(card: Card, sent: CardChanges, now: datetime) -> Card:
    """Return a card with what is sent, by the rules of its form. Raises RefusedError."""
    form = QueryDict(mutable=True)
    form.update(card_form.shown(card))
    try:
        form.update(_fields(sent))
        return card_form.filled(form, card.id, now)
    except BadCardError as error:
        raise entries.bad_form(error) from error


def _fields(sent: CardChanges) -> dict[str, str]:
    """Return what is sent as the fields of the form; none for what stays. Raises BadCardError."""
    fields: dict[str, str] = {}
    if sent.names is not None:
        fields["names"] = "\n".join(map(_name, sent.names))
    if sent.sources is not None:
        fields["sources"] = "\n".join(map(_source, sent.sources))
    if sent.texts is not None:
        if other := set(sent.texts) - set(languages()):
            raise RefusedError(
                400, "bad_language", f"cards are in {languages()}, not in {min(other)}"
            )
        fields |= {f"text-{code}": "" for code in languages()}
        fields |= {f"text-{code}": entries.joined(text) for code, text in sent.texts.items()}
    return fields


def _name(name: str) -> str:
    """Return a name as a line of the form, which would pass over an empty one."""
    if not (line := " ".join(name.split())):
        raise BadCardError("cards.bad_name")
    return line


def _source(source: Source) -> str:
    """Return a source as a line of the form, which has the address up to its first space."""
    if source.url.split() != [source.url]:
        raise BadCardError("cards.bad_source")
    return f"{source.url} {' '.join(source.title.split())}"


def _kept_of(card: Card) -> tuple[tuple[str, str], ...]:
    return ((card.story, card.entry),) if card.story else ()


def _use(request: HttpRequest, story: str, entry: str) -> CardUse:
    return CardUse(story=story, entry=entry, address=address(request, story, entry))
