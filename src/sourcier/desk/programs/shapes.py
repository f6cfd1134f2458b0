"""What programs send and what they are answered."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import msgspec
from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field

from sourcier.desk.drafting.cards import Card
from sourcier.desk.people.rights import Right
from sourcier.problems import Problem
from sourcier.publish.handout import schema
from sourcier.types import Capture, Claim, Copy, Entry, Event, Picture

_REFERENCE = "#/components/schemas/{name}"


def _storable(text: str) -> str:
    """Return `text`; ValueError for what no database takes: lone surrogates, the null character."""
    text.encode()
    if "\0" in text:
        raise ValueError("null characters are not text")
    return text


Words = Annotated[str, AfterValidator(_storable)]


class Strict(Schema):
    """What is sent: a name that is not known is refused, as it may be a slip of the pen."""

    model_config = ConfigDict(extra="forbid")


class Text(Strict):
    """A text in one language."""

    headline: Words = Field(description="One line.")
    body: Words = ""


class Shown(Strict):
    """A picture that was uploaded, with the words that readers get with it."""

    digest: Words = Field(description="The mark that its upload was answered.")
    credit: Words = Field("", description="Whose it is; one line.")
    alt: dict[Words, Words] = Field({}, description="What it shows, by language of the page.")
    caption: dict[Words, Words] = Field({}, description="What is to be said of it.")


class Led(Strict):
    """Another's page that an entry leads to; of a known provider, readers can open it in place."""

    url: Words = Field(description="Its address, which begins with https://.")
    title: Words
    site: Words = Field("", description="Whose it is; left out, its host.")


class Changes(Strict):
    """What is to be different; what is left out stays as it is."""

    kind: Words | None = Field(None, description="As `kind` of an entry.")
    texts: dict[Words, Text] | None = Field(
        None, description="By language of the page; those given replace all."
    )
    claims: list[Words] | None = Field(None, description="Ids of the claims that it rests on.")
    picture: Shown | None = Field(None, description="The picture that it shows; null takes it out.")
    link: Led | None = Field(None, description="The page that it leads to; null takes it out.")
    not_before: datetime | None = Field(
        None, description="An embargo: its hour, with its offset from UTC; null lifts it."
    )


class NewEntry(Changes):
    """A new draft."""

    texts: dict[Words, Text]
    event: Words | None = Field(None, description="The id of the event that it is about.")


class Correction(Changes):
    """What is to be different, and what was wrong."""

    note: dict[Words, Words] = Field(description="What was wrong, by language of the page.")


class Retraction(Strict):
    """Why an entry is withdrawn."""

    note: dict[Words, Words] = Field(description="Why, by language of the page.")


class Hour(Changes):
    """What is to be different, and when it goes out."""

    due: datetime = Field(description="When it goes out, with its offset from UTC.")


class Nothing(Strict):
    """Nothing more is to be said: ``{}``."""


class Reason(Strict):
    """Why words are given back."""

    reason: Words = Field(description="What is to be changed, for who wrote them.")


class Source(Strict):
    """A page that a card rests on."""

    url: Words = Field(description="Its address, which begins with https://.")
    title: Words = Field("", description="Left out, its host.")


class CardChanges(Strict):
    """What a card is to say; what is left out stays as it is."""

    names: list[Words] | None = Field(
        None, description="By what it is known, in any language; the first is its title."
    )
    texts: dict[Words, Text] | None = Field(
        None, description="By language of the desk; those given replace all."
    )
    sources: list[Source] | None = Field(None, description="What it rests on; readers see it.")


class NewCard(CardChanges):
    """A new card; `story` and `entry` name the published entry that it is kept of, if any."""

    names: list[Words]
    texts: dict[Words, Text]
    story: Words = ""
    entry: Words = ""


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """Who calls: the owner of the token, what it allows, in which stories."""

    user: str
    token: str
    scopes: tuple[Right, ...]
    stories: dict[str, tuple[Right, ...]]
    expires: datetime
    openapi: str


class DeskEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as it stands at the desk: the last that was written, `by` whom ("": the desk itself).

    `published` is what readers have of it, null where they have nothing. Send `etag` back in `If-Match`
    to change it. `warnings` are what was to be looked at when it was written.
    """

    entry: Entry
    published: Entry | None
    by: str
    etag: str
    warnings: tuple[str, ...] = ()


class DeskEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event with all that the desk knows of it, published or not."""

    event: Event
    claims: tuple[Claim, ...]
    captures: tuple[Capture, ...]
    copies: dict[str, Copy]


class DeskEntries(msgspec.Struct, frozen=True, kw_only=True):
    """Entries, the last changed first; `more` says that there are others than these."""

    items: tuple[DeskEntry, ...]
    more: bool


class CardUse(msgspec.Struct, frozen=True, kw_only=True):
    """Where a card stands: the entry of a story, and its address here."""

    story: str
    entry: str
    address: str


class DeskCard(msgspec.Struct, frozen=True, kw_only=True):
    """A background card as it stands. Send `etag` back in `If-Match` to change it.

    `uses` are the entry that it was kept of and those that were made of it, in stories that the token
    may read; the card names no other story either.
    """

    card: Card
    etag: str
    uses: tuple[CardUse, ...]


class DeskCards(msgspec.Struct, frozen=True, kw_only=True):
    """All background cards, the one made first before the others."""

    items: tuple[DeskCard, ...]


class DeskCardPast(DeskCard, frozen=True, kw_only=True):
    """A card with its last versions, the newest first; `more` says that there were others before."""

    versions: tuple[Card, ...]
    more: bool


class CardProblem(Problem, frozen=True, kw_only=True, omit_defaults=True):
    """Why nothing was done with a card.

    `card` is how it stands, where somebody changed it; `entry` the one that the story has of it.
    """

    card: DeskCard | None = None
    entry: str | None = None


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a list, in the order in which the desk came to know.

    Ask again with `cursor` for what comes behind, now (where there is `more`) or later.
    """

    items: tuple[Any, ...]
    cursor: str
    more: bool


def schemas() -> dict[str, Any]:
    """Return the JSON schema of everything that is answered, by name, for the OpenAPI document."""
    entries = [DeskEntry, DeskEntries, DeskEvent, Followed, Claim, Picture]
    kinds = [Me, *entries, DeskCards, DeskCardPast, CardProblem, Problem]
    _, found = msgspec.json.schema_components(kinds, ref_template=_REFERENCE)
    return found


def described(
    kind: Any, *statuses: int, many: bool = False, made: bool = False, clash: Any = Problem
) -> dict[str, Any]:
    """Return the part of an operation's description that says what it answers; `clash` with 409."""
    shape = schema(kind)
    if many:
        items = {"type": "object", "properties": {"items": {"type": "array", "items": shape}}}
        shape = {"allOf": [schema(Followed), items]}
    told = {
        status: _answer(_SAID[status], schema(clash if status == 409 else Problem))
        for status in (401, 404, 429, *statuses)
    }
    return {"responses": {201 if made else 200: _answer("Done", shape), **told}}


_SAID = {
    400: "What was sent is wrong",
    401: "No token, or one that is no good",
    403: "The token or its owner lacks the scope or the right",
    404: "There is no such thing, or not for this token",
    409: "It was changed meanwhile, or its state forbids this",
    413: "The file is larger than the desk takes",
    422: "The idempotency key was used for another call",
    428: "Say in If-Match which state you saw",
    429: "Too many calls; wait as many seconds as Retry-After says",
}


def _answer(said: str, shape: dict[str, Any]) -> dict[str, Any]:
    return {"description": said, "content": {"application/json": {"schema": shape}}}
