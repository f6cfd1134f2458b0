"""The info blocks of a CAP message: which are read, and what each warns of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sourcier.gather.bulletin import Area, Warned
from sourcier.gather.cap_rules import GRADES, at
from sourcier.gather.cap_shapes import Shapes, codes
from sourcier.gather.hazards import hazards
from sourcier.gather.markup import Element
from sourcier.gather.xml import children, text, within, words
from sourcier.problems import InputError, Problem
from sourcier.types import Source

_DEFAULT = "en-US"  # CAP 1.2, 3.2.2: the language of an info that names none
_MOST_AREAS = 1000


def infos(alert: Element, source: Source) -> list[Element]:
    """Return the info blocks in the first of the source's languages that there is, else in the first."""
    by_language: dict[str, list[Element]] = {}
    for info in children(alert, "info"):
        code = (text(info, "language") or _DEFAULT).partition("-")[0].lower()
        by_language.setdefault(code, []).append(info)
    wanted = (code for code in source.languages if code in by_language)
    return by_language.get(next(wanted, next(iter(by_language), "")), [])


def language(info: Element | None, source: Source) -> str | None:
    """Return what language an info is in. One that names none is in English, where its source speaks it."""
    told = text(info, "language") if info is not None else ""
    return told or (_DEFAULT if not source.languages or "en" in source.languages else None)


def warnings(
    blocks: list[Element], sent: datetime, where: str, source: Source
) -> Iterator[Warned | Problem]:
    """Yield what each info warns of; a Problem for one that does not say what or where, and for shapes."""
    shapes, left = Shapes(), _MOST_AREAS
    for info in blocks:
        try:
            warned = _warned(info, sent, source, _areas(info, shapes, left))
        except InputError as error:
            yield Problem(where=where, code=error.problem.code, message=error.problem.message)
        else:
            left -= len(warned.areas)
            yield warned
    if shapes.faults:
        message = f"shapes not taken: {'; '.join(list(shapes.faults)[:5])}"
        yield Problem(where=where, code="bad_shape", message=message)


def _areas(info: Element, shapes: Shapes, most: int) -> tuple[Area, ...]:
    """Return the areas of an info that have a name, `most` of them."""
    found = [area for area in children(info, "area") if text(area, "areaDesc")]
    return tuple(
        Area(
            name=text(area, "areaDesc"),
            codes=tuple(codes(area, "geocode")),
            polygons=shapes.polygons(area),
            circles=shapes.circles(area),
        )
        for area in found[:most]
    )


def _warned(info: Element, sent: datetime, source: Source, areas: tuple[Area, ...]) -> Warned:
    event = text(info, "event")
    if not event or not areas:
        raise InputError("", "bad_cap", "an info without event or area, or one of too many")
    past = text(info, "urgency") == "Past" or any(
        words(one) == "AllClear" for one in within(info, "responseType")
    )
    effective = _moment(info, "effective", source) or sent
    onset = _moment(info, "onset", source)
    # It is in force since it was issued, also where what it warns of is yet to come.
    return Warned(
        event=event,
        areas=areas,
        start=min(effective, onset or effective, sent if past else effective),
        end=_moment(info, "expires", source),
        onset=onset,
        ended=sent if past else None,
        hazard=_hazard(info),
        family=hazards("category").get(text(info, "category"), "other"),
        description=text(info, "description"),
        instruction=text(info, "instruction"),
        event_codes=tuple(codes(info, "eventCode")),
        **_grades(info),
    )


def _moment(info: Element, field: str, source: Source) -> datetime | None:
    return at(info, field, source.zone) if text(info, field) else None


def _grades(info: Element) -> dict[str, Any]:
    told = {field: text(info, field) for field in GRADES}
    return {field: value for field, value in told.items() if value in GRADES[field]}


def _hazard(info: Element) -> str | None:
    """Return the hazard that MeteoAlarm's parameter names."""
    for one in children(info, "parameter"):
        if text(one, "valueName") == "awareness_type":
            return hazards("awareness").get(text(one, "value").partition(";")[0].strip())
    return None
