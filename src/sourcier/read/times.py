"""Times: expressions resolved against the publication date and the outlet's zone.

``text -> atoms -> phrases -> wall intervals -> instants``. Bare words resolve in the outlet's zone;
a clock time that names a zone ("GMT", "heure de Kiev") in that one; "local" time in the outlet's zone
first, and again by `in_zone` once the place is known. Conventions: intervals are half-open; a weekday
looks back unless the tense looks ahead; a night is named by the day it ends on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import zip_longest
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from sourcier.read import times_gloss
from sourcier.read.document import Document
from sourcier.read.drafts import TimeDraft
from sourcier.read.times_atoms import TimeLexicon, time_lexicon
from sourcier.read.times_calendar import in_utc
from sourcier.read.times_context import Around, shares_event
from sourcier.read.times_history import is_history
from sourcier.read.times_phrases import Phrase, find_phrases
from sourcier.read.times_resolve import resolve
from sourcier.read.times_told import is_of_count, is_told, opens_line
from sourcier.read.times_wall import LENGTHS, Setting, Wall
from sourcier.types import Time

_REACH = timedelta(days=10)
_SLACK = timedelta(hours=1)
_DAY = timedelta(days=1)
_ANCHORS = frozenset({"minute", "hour", "part_of_day", "day"})


@dataclass(frozen=True, slots=True)
class _Told:
    """A time already told: what later words may lean on; `of_telling` where it dates but the telling.

    `apart` is how far its clock is from UTC where a gloss tells.
    """

    phrase: Phrase
    wall: Wall
    zone: str
    local: bool
    zoned: bool = False
    of_telling: bool = False
    apart: timedelta | None = None


@dataclass(slots=True)
class _Story:
    """The times told last that later ones lean on: any, a clock time (for its zone), a history's."""

    is_history: bool
    last: _Told | None = None
    clock: _Told | None = None
    told: Wall | None = None

    def add(self, found: _Told) -> None:
        """Take a time in; one of telling serves but where there is none of a happening."""
        if found.phrase.clock:
            self.clock = found
        if self.is_history:
            self.told = found.wall
        leads = self.last is None or self.last.of_telling or not found.of_telling
        if found.wall.precision in _ANCHORS and leads:
            self.last = found


def find_times(document: Document) -> tuple[TimeDraft, ...]:
    """Return the time expressions of a text, in order."""
    return tuple(_drafts(document, time_lexicon(document.language)))


def in_zone(draft: TimeDraft, zone: str, document: Document) -> TimeDraft:
    """Return a `local` expression resolved again in the IANA zone of its place.

    The wall time stays; a bare clock time is on the last such day that publication, seen from
    there, allows. Any other draft comes back as it is.
    """
    if not draft.local or zone == draft.time.zone:
        return draft
    old, new = ZoneInfo(draft.time.zone), ZoneInfo(zone)
    start, end = (_wall(instant, old) for instant in (draft.time.start, draft.time.end))
    if not draft.dated:
        here = datetime.combine(_wall(document.published, new).date(), start.time())
        coming = draft.time.start > document.published
        if not coming and in_utc(here, new) > document.published + _SLACK:
            here -= timedelta(days=1)
        start, end = here, here + (end - start)
    return replace(draft, time=_placed(draft.time, start, end, zone))


def on_day_of(draft: TimeDraft, event: TimeDraft) -> TimeDraft:
    """Return a clock time for which the text gives no day on the day of an event told before it.

    Of a night it is the day on which the clock time falls into the night. Any other draft, and one
    that is no later than the event's day, comes back as it is.
    """
    if draft.dated or not event.dated or event.time.precision not in _ANCHORS:
        return draft
    zone = ZoneInfo(draft.time.zone)
    start, end = (_wall(instant, zone) for instant in (draft.time.start, draft.time.end))
    first, last = (_wall(instant, zone) for instant in (event.time.start, event.time.end))
    there = datetime.combine(first.date(), start.time())
    if there < first and there + _DAY < last:
        there += _DAY
    if start <= there:
        return draft
    return replace(draft, time=_placed(draft.time, there, there + (end - start), zone.key))


def _drafts(document: Document, lexicon: TimeLexicon) -> Iterator[TimeDraft]:
    around = Around(document, lexicon)
    phrases = tuple(find_phrases(document.openings, lexicon))
    story = _Story(is_history(phrases, document.published.date()))
    for phrase, after in zip_longest(phrases, phrases[1:]):
        zone = _zone(document, lexicon, phrase, story.clock) or _zone_after(
            document, lexicon, phrase, after
        )
        found = _told(around, phrase, story, zone)
        if found is not None:
            yield _draft(around, found)
            story.add(found)


def _told(around: Around, phrase: Phrase, story: _Story, placed: tuple[str, bool]) -> _Told | None:
    document = around.document
    zone, local = placed
    apart = times_gloss.offset(around, phrase) if phrase.gloss else None
    now = _wall(document.published, ZoneInfo(zone))
    if apart is not None:
        now = times_gloss.wall_now(document.published, apart)
    month_first = document.zone.startswith("America/") and document.language == "en"
    last = story.last
    reached = last and (story.is_history or abs(last.wall.start - now) < _REACH)
    before = last.wall if last and reached else None
    near = last is not None and shares_event(document, last.phrase, phrase)
    setting = Setting(
        now=now,
        tense=around.tense(phrase),
        anchor=before if near else None,
        farther=before,
        month_first=month_first,
        told=story.told,
    )
    wall = resolve(phrase, around.lexicon, setting)
    if wall is None or not _in_range(wall):
        return None
    of_telling = is_told(document, around.lexicon, phrase)
    zoned = zone != document.zone or local
    return _Told(phrase, wall, zone, local, zoned, of_telling, apart)


def _zone(
    document: Document, lexicon: TimeLexicon, phrase: Phrase, clock: _Told | None
) -> tuple[str, bool] | None:
    """Return the zone that a phrase names, and whether it is that of a place still to be found.

    A clock time takes over the zone of the one before it, unless it heads a line of its own.
    """
    zone = phrase.zone or (phrase.until.zone if phrase.until else None)
    if zone:
        named = lexicon.zone(zone)
        return (document.zone, True) if named == "local" else (named, False)
    if clock and clock.zoned and phrase.clock and not opens_line(document, phrase):
        return clock.zone, clock.local
    return None


def _zone_after(
    document: Document, lexicon: TimeLexicon, phrase: Phrase, after: Phrase | None
) -> tuple[str, bool]:
    """Return the zone of the next clock time in the same sentence ("at 2:10 and 3:40 Kyiv time")."""
    plain = (document.zone, False)
    if not (after and phrase.clock and after.clock and after.zone):
        return plain
    if document.sentence_at(phrase.start) != document.sentence_at(after.start):
        return plain
    return _zone(document, lexicon, after, None) or plain


def _draft(around: Around, found: _Told) -> TimeDraft:
    document, phrase, wall = around.document, found.phrase, found.wall
    span = (phrase.start, phrase.end)
    zone = ZoneInfo(found.zone)
    known = _known(around, found)
    second = bool(phrase.clock) and around.is_second(phrase)
    start = in_utc(wall.start, zone, second=second)
    end = in_utc(wall.end, zone, second=second)
    if wall.precision in LENGTHS and phrase.mode == "at" and not phrase.until:
        end = start + (wall.end - wall.start)
    end = max(end, start + timedelta(minutes=1))
    if known:
        until = document.published.astimezone(UTC)
        start, end = known, until if phrase.mode == "since" else known + (end - start)
    time = Time(
        text=document.text[span[0] : span[1]],
        span=span,
        start=start,
        end=end,
        zone=found.zone,
        precision=wall.precision,
    )
    count = is_of_count(document, around.lexicon, phrase)
    local = found.local and not known
    return TimeDraft(time, local, wall.dated, found.of_telling, count)


def _known(around: Around, found: _Told) -> datetime | None:
    """Return the instant that a gloss tells."""
    if found.apart is not None:
        return times_gloss.instant(found.wall.start, found.apart)
    if found.phrase.gloss is None:
        return None
    about = in_utc(found.wall.start, ZoneInfo(found.zone))
    return times_gloss.dated_instant(around, found.phrase, about)


def _wall(instant: datetime, zone: tzinfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)


def _placed(time: Time, start: datetime, end: datetime, zone: str) -> Time:
    placed = ZoneInfo(zone)
    return replace(time, start=in_utc(start, placed), end=in_utc(end, placed), zone=zone)


def _in_range(wall: Wall) -> bool:
    return wall.start.year > 1 and wall.end.year < 9998
