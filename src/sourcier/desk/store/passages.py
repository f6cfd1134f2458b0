"""What is searched, kept up in the transaction that adds the rows it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sourcier import types
from sourcier.desk import models
from sourcier.desk.finding.terms import stem, words
from sourcier.desk.store import rows

CHUNK = 2_000
"""How many passages go into one statement."""


def add_captures(story: str, captures: Iterable[types.Capture]) -> None:
    """Make captures findable by their title and text; those that are already are passed over."""
    _add(
        _passage(
            story, "capture", capture.id, f"{capture.title or ''}\n{capture.text}",
            language=capture.language or "", source=_source(capture), at=rows.known_at(capture),
        )
        for capture in captures
    )  # fmt: skip


def add_readings(story: str, readings: Iterable[types.Reading]) -> None:
    """Make claims findable by their words, their speakers and their place."""
    readings = tuple(readings)
    known = rows.captures(story, {reading.capture for reading in readings})
    _name_languages(story, readings, known)
    _add(
        _claim(story, claim, reading.language, known[reading.capture])
        for reading in readings
        if reading.capture in known
        for claim in reading.claims
    )


def put_entry(entry: types.Entry) -> None:
    """Make an entry findable as it now stands, in each of its languages."""
    models.Passage.objects.filter(story_id=entry.story, sort="entry", key=entry.id).delete()
    _add(
        _passage(
            entry.story, "entry", entry.id, f"{text.headline}\n{text.body}", kind=entry.kind,
            language=language, event=entry.event or "", place=_place(entry.place), at=entry.updated,
        )
        for language, text in entry.texts.items()
    )  # fmt: skip


def bind(story: str, grown: Mapping[str, tuple[set[str], set[str]]]) -> None:
    """Say which event claims and captures are now of: sets of their ids, by event."""
    mine = models.Passage.objects.filter(story_id=story)
    for event, (claims, captures) in grown.items():
        if claims:
            mine.filter(sort="claim", key__in=claims).update(event=event)
        if captures:
            mine.filter(sort="capture", key__in=captures).update(event=event)


def _name_languages(
    story: str, readings: Iterable[types.Reading], known: Mapping[str, types.Capture]
) -> None:
    """Give the captures whose language only reading told the one that they were read in."""
    by_language: dict[str, list[str]] = {}
    for reading in readings:
        if reading.capture in known:
            by_language.setdefault(reading.language, []).append(reading.capture)
    unnamed = models.Passage.objects.filter(story_id=story, sort="capture", language="")
    for language, keys in by_language.items():
        unnamed.filter(key__in=keys).update(language=language)


def _claim(story: str, claim: types.Claim, language: str, capture: types.Capture) -> models.Passage:
    place = claim.place.name if claim.place else ""
    speakers = (
        part
        for speaker in claim.attribution
        for part in (speaker.name, speaker.role, speaker.organisation)
        if part
    )
    text = "\n".join((claim.quote, place, *speakers))
    return _passage(
        story, "claim", claim.id, text, kind=claim.kind, language=language,
        source=_source(capture), place=_place(claim.place), at=rows.known_at(capture),
    )  # fmt: skip


def _passage(story: str, sort: str, key: str, text: str, **more: object) -> models.Passage:
    found = words(text)
    return models.Passage(
        story_id=story, sort=sort, key=key, words=" ".join(found),
        stems=" ".join(map(stem, found)), **more,
    )  # fmt: skip


def _add(made: Iterable[models.Passage]) -> None:
    models.Passage.objects.bulk_create(made, batch_size=CHUNK, ignore_conflicts=True)


def _source(capture: types.Capture) -> str:
    return named(f"{capture.publisher or ''} {capture.source or ''}")


def _place(place: types.Place | None) -> str:
    return named(f"{place.name} {place.text} {place.admin1 or ''}") if place else ""


def named(text: str) -> str:
    """Return names as `source:` and `place:` compare them: folded words between single spaces."""
    return " ".join(words(text))[:255]
