"""Alerts that a source gives in fields: claims as exact as the fields, borne by the text that shows them.

What the fields name is looked up as words are: the hazard in the language's topics, the area among the
places of the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from sourcier.read.assemble_items import Item, overlap
from sourcier.read.document import Document
from sourcier.read.drafts import AlertDraft, PlaceDraft, TimeDraft
from sourcier.read.lexicon import lexicon
from sourcier.types import AlertFact, Span, Time

_MINUTE = timedelta(minutes=1)


def given_alerts(document: Document, places: Sequence[PlaceDraft]) -> Iterator[Item]:
    """Yield an item for each alert of the capture whose spans stand in its text."""
    for fact in document.capture.alerts:
        if all(_stands(document, span) for span in (fact.span, fact.event, fact.area, fact.dates)):
            yield _item(document, fact, places)


def _stands(document: Document, span: Span) -> bool:
    return 0 <= span[0] < span[1] <= len(document.text)


def _item(document: Document, fact: AlertFact, places: Sequence[PlaceDraft]) -> Item:
    place = next((one for one in places if overlap(one.place.span, fact.area)), None)
    advice = fact.advice if fact.advice and _stands(document, fact.advice) else None
    draft = AlertDraft(
        span=fact.span,
        hazard=fact.hazard or _topic(document, fact.event) or fact.family,
        state=fact.state,
        area=fact.area,
        advice=advice,
    )
    told = TimeDraft(_time(document, fact))
    return Item(draft, place=place, own_place=place is not None, time=told, own_time=True)


def _topic(document: Document, event: Span) -> str | None:
    """Return the hazard that the words for an event name: "Flash Flood Watch"."""
    topics = lexicon(document.language, "alerts").scan_of("topic")
    return next(
        (
            name.removeprefix("topic_")
            for name, match in document.found(topics)
            if overlap(match.span(), event)
        ),
        None,
    )


def _time(document: Document, fact: AlertFact) -> Time:
    """Return when the state began; an alert in force holds until its end, where that is known."""
    start = fact.start.astimezone(UTC)
    return Time(
        text=document.text[slice(*fact.dates)],
        span=fact.dates,
        start=start,
        end=_end(start, fact),
        zone=document.zone,
        precision="minute",
    )


def _end(start: datetime, fact: AlertFact) -> datetime:
    end = fact.end.astimezone(UTC) if fact.end and fact.state == "started" else start
    return max(end, start + _MINUTE)
