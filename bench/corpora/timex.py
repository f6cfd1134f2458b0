"""TimeML: texts with TIMEX3 marks, and their values as intervals of local time."""

from __future__ import annotations

import re
import tarfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from lxml import etree

QUARTERS = {"Q": 3, "H": 6}
SEASONS = {"WI": (12, -1), "SP": (3, 0), "SU": (6, 0), "FA": (9, 0)}
Interval = tuple[datetime, datetime]


@dataclass(frozen=True)
class Timex:
    """A golden time expression: its span, type (DATE, TIME, DURATION, SET) and TIMEX3 value."""

    span: tuple[int, int]
    type: str
    value: str


@dataclass(frozen=True)
class Marked:
    """A document: its text, its creation time as local time, the expressions in it."""

    name: str
    text: str
    created: datetime
    timexes: tuple[Timex, ...]


def documents(archive: Path, ending: str = ".tml") -> list[Marked]:
    """Return the documents of an archive, files of one ending, by name; none where it is absent."""
    if not archive.is_file():
        return []
    with tarfile.open(archive) as members:
        files = [m for m in members if m.name.endswith(ending) and "/._" not in m.name]
        read = [(m.name, members.extractfile(m)) for m in files]
        return sorted(
            (marked(Path(name).stem, file.read()) for name, file in read if file),
            key=lambda document: document.name,
        )


def marked(name: str, source: bytes) -> Marked:
    """Return one document of TimeML or its kin; the words of its ``TEXT`` element are its text."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(source, parser)
    stamps = (root.find(f"{head}/TIMEX3") for head in ("DCT", "DATETIME"))
    stamp, body = next((s for s in stamps if s is not None), None), root.find("TEXT")
    if stamp is None or body is None:
        raise ValueError(f"{name}: no creation time or no text")
    created = str(stamp.get("value"))
    text, timexes = "", []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            start = len(text)
            text += element.text or ""
            if element.tag == "TIMEX3":
                words = "".join(element.itertext())
                span = (start, start + len(words))
                timexes.append(Timex(span, element.get("type"), element.get("value") or ""))
        elif element is not body:
            text += element.tail or ""
    day = datetime.fromisoformat(created[:10])
    hour = re.match(r"T(\d\d):(\d\d)", created[10:])
    clock = (int(hour[1]), int(hour[2])) if hour else (12, 0)
    return Marked(name, text, day.replace(hour=clock[0], minute=clock[1]), tuple(timexes))


def interval(value: str) -> Interval | None:
    """Return the local interval that a value names; None for durations, sets and vague times.

    A part of a day is its whole day: where parts begin and end is nobody's agreement.
    """
    value = re.sub(r"T(MO|AF|EV|NI|DT|MI)$", "", value)
    for shape, make in _SHAPES:
        found = re.fullmatch(shape, value)
        if found:
            try:
                return make(*found.groups())
            except ValueError:
                return None
    return None


def _months(year: int, month: int, many: int) -> Interval:
    last = year * 12 + month - 1 + many
    return _local(year, month), _local(last // 12, last % 12 + 1)


def _local(year: int, month: int, day: int = 1) -> datetime:
    return datetime(year, month, day)  # noqa: DTZ001  (values are local times of no zone)


def _minute(day: str, hour: str, minute: str | None) -> Interval:
    start = datetime.fromisoformat(day) + timedelta(hours=int(hour), minutes=int(minute or 0))
    return start, start + timedelta(minutes=1 if minute else 60)


def _day(year: str, month: str, day: str) -> Interval:
    start = _local(int(year), int(month), int(day))
    return start, start + timedelta(days=1)


def _week(year: str, week: str, end: str | None) -> Interval:
    start = datetime.fromisocalendar(int(year), int(week), 1)
    return start + timedelta(days=5 if end else 0), start + timedelta(days=7)


def _part(year: str, part: str, number: str) -> Interval:
    many = QUARTERS[part]
    return _months(int(year), (int(number) - 1) * many + 1, many)


def _season(year: str, season: str) -> Interval:
    month, before = SEASONS[season]
    return _months(int(year) + before, month, 3)


_SHAPES = (
    (r"(\d{4}-\d\d-\d\d)T(\d\d)(?::(\d\d)(?::\d\d)?)?Z?", _minute),
    (r"(\d{4})-(\d\d)-(\d\d)", _day),
    (r"(\d{4})-W(\d\d)(-WE)?", _week),
    (r"(\d{4})-([QH])([1-4])", _part),
    (r"(\d{4})-(WI|SP|SU|FA)", _season),
    (r"(\d{4})-(\d\d)", lambda year, month: _months(int(year), int(month), 1)),
    (r"(\d{4})", lambda year: _months(int(year), 1, 12)),
    (r"(\d{3})X?", lambda decade: _months(int(decade) * 10, 1, 120)),
)
