"""When and where: the own clause first, then the own sentence, then the event told before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from sourcier.read.assemble_items import Clauses, Findings, Item, gap, place_of
from sourcier.read.assemble_merge import aged
from sourcier.read.assemble_when import When
from sourcier.read.assemble_where import Where
from sourcier.read.document import Document
from sourcier.read.drafts import AlertDraft, MeasureDraft, OccurrenceDraft, PlaceDraft, TollDraft
from sourcier.read.lexicon import lexicon
from sourcier.read.occurrences_types import (
    family,
    is_consequence,
    is_lasting,
    is_natural,
    names_of,
    retold,
)
from sourcier.read.times import on_day_of
from sourcier.types import Span

_OF_ATTACKS = ("air_raid", "missile")
_BESIDE = 2


class Surroundings:
    """The times and places of one document, ready to be bound to its items."""

    def __init__(self, document: Document, findings: Findings, said: frozenset[Span]) -> None:
        self.where = Where(document, findings)
        self.when = When(document, findings, said)
        self._document = document
        self._clauses = Clauses(document)
        self._area = lexicon(document.language, "context").pattern("area")

    def again(self, item: Item, event: Item | None, told: PlaceDraft | None) -> PlaceDraft | None:
        """Return the place of the `event` told again, or the one `told` last.

        That goes first where the item's paragraph names it and the event stands in an earlier one,
        but for what is worded as told before ("the blast").
        """
        if event is None or event.place is None:
            return told
        definite = isinstance(item.draft, OccurrenceDraft) and item.draft.definite
        if told is None or definite or self._paragraph(event.span) == self._paragraph(item.span):
            return event.place
        beside = self._paragraph(told.place.span) == self._paragraph(item.span)
        return told if beside else event.place

    def _paragraph(self, span: Span) -> int:
        return self._document.sentence_at(span[0]).paragraph

    def area(self, span: Span) -> str | None:
        """Return the folded words for an unnamed part of a place in the clause behind `span`."""
        end = self._document.sentence_at(span[0]).end
        found = self._area.search(self._document.folded, span[0], end)
        beside = found is not None and self._clauses.between(span, found.span()) == 0
        return found.group() if found and beside else None


def bind(items: Sequence[Item], around: Surroundings, published: datetime) -> tuple[Item, ...]:
    """Return `items`, in order, with their own time and with their own place or the event's.

    What happened long ago gives its place to nothing that is told after it; a warning of the
    weather without a place is for where the storm or flood was told.
    """
    bound: list[Item] = []
    told: PlaceDraft | None = None
    struck: PlaceDraft | None = None
    events: dict[str, Item] = {}
    for item in items:
        event = _retold(item, events)
        place = struck or told if _warns_of_nature(item) else around.again(item, event, told)
        placed = _placed(item, around.where, place)
        (dated,) = aged((_dated(placed, around.when, event, told),), published)
        if dated.role == "news" and not isinstance(item.draft, MeasureDraft):
            told = dated.place if dated.own_place else told or dated.place
        if dated.role == "news" and _is_of_nature(item):
            struck = dated.place
        if dated.role == "news" and isinstance(item.draft, OccurrenceDraft):
            events |= dict.fromkeys(names_of(item.draft.type), dated)
        bound += _spread(replace(dated, area=around.area(item.span)), around.where)
    return tuple(bound)


def _retold(item: Item, events: Mapping[str, Item]) -> Item | None:
    """Return the event, the last of each family in `events`, that an occurrence may tell again."""
    if not isinstance(item.draft, OccurrenceDraft):
        return None
    return next((events[name] for name in retold(item.draft.type) if name in events), None)


def _warns_of_nature(item: Item) -> bool:
    return isinstance(item.draft, AlertDraft) and item.draft.hazard not in _OF_ATTACKS


def _is_of_nature(item: Item) -> bool:
    return isinstance(item.draft, OccurrenceDraft) and is_natural(item.draft.type)


def _placed(item: Item, where: Where, told: PlaceDraft | None) -> Item:
    """Return an item with its own place, or `told`; measures have but their own.

    The place of an office or a source serves where nothing else does.
    """
    place = where.own(item)
    if place is None and isinstance(item.draft, AlertDraft):
        place = where.areas.beside(item.draft)
        if place is None and where.areas.named(item.draft):
            return item
    if place is None and (told is None or not isinstance(item.draft, OccurrenceDraft)):
        place = where.office(item)
    if place is None and isinstance(item.draft, MeasureDraft):
        return item
    own = place is not None
    place = place or told or where.earlier(item)
    if place is None and not isinstance(item.draft, AlertDraft):
        place = where.aside(item)
    if isinstance(item.draft, AlertDraft) and place is not None:
        area = where.joint(place) if own else place.place.span
        item = replace(item, draft=_covering(item.draft, area, own))
    pointed = place is not None and where.is_pointer(place)
    return replace(item, place=place, own_place=own, pointed=pointed)


def _covering(alert: AlertDraft, area: Span, own: bool) -> AlertDraft:
    """Return an alert with the area that it covers, and with its words where they go on there."""
    if own and gap(alert.span, area) <= _BESIDE:
        start, end = min(alert.span[0], area[0]), max(alert.span[1], area[1])
        alert = replace(alert, span=(start, end))
    return alert if alert.area is not None else replace(alert, area=area)


def _spread(item: Item, where: Where) -> Sequence[Item]:
    """Return an item, an alert over several places as one for each of them."""
    if not isinstance(item.draft, AlertDraft) or item.place is None or not item.own_place:
        return (item,)
    row = where.areas.row(item.draft, item.place)
    if len(row) == 1:
        return (item,)
    return [replace(item, place=one, draft=replace(item.draft, area=one.place.span)) for one in row]


def _dated(item: Item, when: When, event: Item | None, told: PlaceDraft | None) -> Item:
    """Return an item with its own time; a clock time is on the day of the event it tells again.

    "Local time" is that of the item's place, for want of one that of the place `told` last.
    """
    if when.is_constant(item):
        return replace(item, constant=True)
    own = when.own(item)
    if own is None:
        return item
    leaning = when.is_leaning(item, own)
    own = when.zoned(own, item.place or told)
    if not when.dates(item, own):
        return item
    if event and event.time and not when.is_stamp(own):
        own = on_day_of(own, event.time)
    return replace(item, time=own, own_time=True, leaning=leaning)


def inherit(items: Sequence[Item], sentences: Sequence[int]) -> tuple[Item, ...]:
    """Return `items` with the event's time where an occurrence or toll has none of its own.

    `sentences` gives the start of each item's sentence. A toll asks the occurrence of its own
    sentence, then the last one told; an occurrence the last one in whose words it may be told.
    """
    result: list[Item] = []
    dated: dict[str, Item] = {}
    last: Item | None = None
    beside = _by_sentence(items, sentences)
    for item, sentence in zip(items, sentences, strict=True):
        heir = item
        if item.time is None and item.role == "news" and not item.constant:
            heir = _heir(item, beside.get(sentence), last, dated)
        result.append(heir)
        if item.role == "news" and isinstance(item.draft, OccurrenceDraft):
            dated[family(item.draft.type)] = last = heir
        elif item.role == "news" and isinstance(item.draft, TollDraft) and item.own_time:
            last = heir
    return tuple(result)


def _by_sentence(items: Sequence[Item], sentences: Sequence[int]) -> dict[int, Item]:
    return {
        sentence: item
        for item, sentence in zip(reversed(items), reversed(sentences), strict=True)
        if isinstance(item.draft, OccurrenceDraft) and item.role == "news" and item.time
    }


def _heir(item: Item, beside: Item | None, last: Item | None, dated: dict[str, Item]) -> Item:
    model: Item | None = None
    if isinstance(item.draft, TollDraft) and item.draft.outcome != "trapped":
        model = beside or last
    elif isinstance(item.draft, OccurrenceDraft) and not is_lasting(item.draft.type):
        model = dated.get(family(item.draft.type))
        if is_consequence(item.draft.type):
            model = model or last
    return replace(item, time=model.time) if model and _same_place(item, model) else item


def _same_place(item: Item, model: Item) -> bool:
    one, other = place_of(item), place_of(model)
    if not item.own_place or one is None or other is None:
        return True
    return (one.geonames, one.name) == (other.geonames, other.name)
