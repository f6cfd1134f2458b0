"""Drafts: the intervals of one region's alerts while its words are read in the order of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from xxhash import xxh3_64_hexdigest

from sourcier.types import Alert, AlertInterval, Evidence, Place
from sourcier.weave import rules
from sourcier.weave.rules import Rule, because

ORDER = {"started": 0, "in_force": 1, "ended": 2}
Key = tuple[str, str]
Line = tuple[datetime, int, bool, str]
"""Where a word stands in the order in which words are read."""


class Word(NamedTuple):
    """One claim about an alert: `at` is the instant it speaks of, `seen` when it was captured.

    `timed` tells whether the text gave the instant; otherwise it is when the text was published.
    `prompt` tells whether that is about when it happened: officials and witnesses post at once, while
    an article may tell of what is over.
    `area` is the key of the area, `around` that of the region it lies in or is. `number` is which of its
    capture's words on the area it is, in the order of the text.
    """

    at: datetime
    order: int
    claim: Alert
    seen: datetime
    timed: bool
    prompt: bool
    place: Place | None
    zone: str
    area: str
    around: str
    number: int = 0

    @property
    def name(self) -> str:
        """What the word is called in every version of its dispatch."""
        return f"{self.claim.dispatch}|{self.area}|{self.number}"


def numbered(words: Iterable[Word]) -> list[Word]:
    """Return the words of one capture, each with its number, in the order of the text."""
    known: Counter[str] = Counter()
    found = []
    for one in sorted(words, key=lambda w: (w.claim.span, w.order, w.claim.id)):
        found.append(one._replace(number=known[one.area]))
        known[one.area] += 1
    return found


def in_order(words: Iterable[Word]) -> list[Word]:
    """Return words in order of time; one without a time comes no later than the end its text tells."""
    known = list(words)
    ends: dict[tuple[str, str], datetime] = {}
    for one in known:
        if one.timed and one.order == ORDER["ended"]:
            ends[one.claim.capture, one.area] = one.at
    return sorted((_not_after(one, ends) for one in known), key=line)


def _not_after(one: Word, ends: dict[tuple[str, str], datetime]) -> Word:
    """Return a word as a sighting before the end that its own text tells, if it comes after that."""
    end = ends.get((one.claim.capture, one.area))
    if one.timed or end is None or one.at <= end:
        return one
    return one._replace(at=end, order=max(one.order, ORDER["in_force"]))


def line(one: Word) -> Line:
    """Return the sort key of a word; at one instant a region's comes before its towns'."""
    return one.at, one.order, one.area != one.around, one.claim.id


class Reading:
    """The words of one region, read one after the other."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._last: dict[str, Draft] = {}

    def read(self, one: Word) -> None:
        """Read one word, later than all before."""
        self.fall_silent(by=one.at)
        own, wide = self._last.get(one.area), self._last.get(one.around)
        if own is not None:
            own.restart(one)
        ended = one.order == ORDER["ended"]
        inside = self._inside(one) if ended else []
        if own is not None and own.takes(one):
            own.take(one)
        elif wide is not None and wide.is_open and not (_cleared(own, wide) or wide.spares(one)):
            self._within(one, wide)
        elif wide is not None and ended and wide.takes(one) and not _cleared(own, wide):
            wide.take(one)  # the town's part of the region's all-clear, told again
        elif not inside:
            self._open(one)
        for draft in inside:
            draft.end_with_region(one)

    def is_over(self, one: Word) -> bool:
        """Tell whether all is over, and for so long that a word can speak of nothing read so far."""
        self.fall_silent(by=one.at)
        return all(draft.is_past(one.at) for draft in self._last.values())

    def fall_silent(self, by: datetime) -> None:
        """Close what nothing was heard of for long by then."""
        for draft in self._last.values():
            draft.fall_silent(by)

    def _inside(self, one: Word) -> list[Draft]:
        """Return the open intervals of the areas within that of a word."""
        if one.area != one.around:
            return []
        return [d for d in self._last.values() if d.is_open and d.first.area != one.area]

    def _within(self, one: Word, wide: Draft) -> None:
        """Read a word on an area whose region is under alert."""
        if one.order != ORDER["ended"]:
            wide.take(one)
            return
        self._open(one)
        self._last[one.area].start = wide.start

    def _open(self, one: Word) -> None:
        draft = Draft(one)
        self.drafts.append(draft)
        self._last[one.area] = draft


def _cleared(own: Draft | None, wide: Draft) -> bool:
    """Tell whether an area had an all-clear of its own since its region's alert began."""
    if own is None or own is wide or own.end is None:
        return own is wide
    return own.end >= (wide.start or wide.first.at)


@dataclass
class Draft:
    """An interval while its words are read in order of time; `until` is how long one says that it holds."""

    first: Word
    start: datetime | None = None
    end: datetime | None = None
    inferred: bool = False
    with_region: bool = False
    until: datetime | None = None
    observed: list[datetime] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    why: list[Evidence] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.take(self.first)

    @property
    def latest(self) -> datetime:
        """The last instant of which something is known."""
        return max(self.observed, default=self.start or self.end or self.first.at)

    @property
    def known(self) -> datetime:
        """The last instant for which a word tells of it, also one to come."""
        return max(self.latest, self.until or self.latest)

    @property
    def is_open(self) -> bool:
        """Tell whether it has no end yet."""
        return self.end is None

    def is_past(self, at: datetime) -> bool:
        """Tell whether by then no word can speak of it."""
        if self.end is None:
            return False
        if self.with_region:
            return at - self.end > rules.ALERT_SILENCE
        return at - self.end > (rules.LATE_END if self.inferred else rules.REPEAT_END)

    def takes(self, one: Word) -> bool:
        """Tell whether a word speaks of this interval rather than of a new one."""
        if self.end is None:
            return True
        if self.inferred:
            return not self.is_past(one.at) and one.order != ORDER["started"]
        if one.order == ORDER["started"] and one.prompt:
            return one.at - self.end <= rules.CONFLICTING
        if one.at - self.end <= rules.TOLD_TWICE:
            return True
        if one.claim.state == "ended":
            return one.at - self.end <= rules.REPEAT_END
        return not one.prompt and one.at - self.end <= rules.STALE_WORD

    def spares(self, one: Word) -> bool:
        """Tell whether a word on an area within opens an alert of its own rather than tell of this one."""
        own = one.prompt and one.order == ORDER["started"] and one.area != one.around
        late = self.start is None or one.at - self.start > rules.ECHO_OF_REGION
        return own and (one.timed or late)

    def take(self, one: Word) -> None:
        """Read one word."""
        self.words.append(one)
        rule = {0: Rule.START_SAID, 1: Rule.SEEN_IN_FORCE, 2: Rule.END_SAID}[one.order]
        evidence = because(rule, one.claim.capture, one.claim.span, at=one.at.isoformat())
        self.why.append(evidence)
        told = one.claim.time
        if one.timed and told and told.end - told.start > rules.SAID_TO_LAST:
            self.until = max(self.until or one.at, told.end)
        if self.inferred:  # by rule, and now there is a word
            self.end, self.inferred, self.with_region = None, False, False
        if self.end is not None:
            reopened = one.timed and one.order == ORDER["started"] and one.at > self.end
            self.end = None if reopened else self.end
            return
        if one.order == ORDER["ended"]:
            self.end = one.at
        elif one.order == ORDER["started"] and len(self.words) == 1:
            self.start = one.at
        else:
            self.observed.append(one.at)

    def end_with_region(self, one: Word) -> None:
        """Close it with its region's all-clear, until a word on its own area says otherwise."""
        self.words.append(one)
        why = because(Rule.REGION_CLEAR, one.claim.capture, one.claim.span, at=one.at.isoformat())
        self._infer(one.at, why)
        self.with_region = True

    def restart(self, one: Word) -> None:
        """Close an open interval by rule where a word tells of a new start: its end was missed."""
        new = one.timed and one.order == ORDER["started"]
        if self.is_open and new and one.at - self.known >= rules.NEW_START:
            self._infer(self.latest, because(Rule.NEXT_START, at=one.at.isoformat()))

    def fall_silent(self, by: datetime) -> None:
        """Close an open interval by rule if by then nothing was heard of it for long."""
        limit = rules.ALERT_SILENCE if self.start else rules.OBSERVED_SILENCE
        if self.is_open and by - self.known > limit:
            hours = limit.total_seconds() / 3600
            self._infer(self.known + limit, because(Rule.SILENCE, hours=hours))

    def _infer(self, end: datetime, why: Evidence) -> None:
        self.end, self.inferred = end, True
        self.why.append(why)

    def interval(self, key: Key, former: Iterable[str] = ()) -> AlertInterval:
        """Return the interval; its id stays when an edit says the same of it in other words."""
        told = sorted(self.words, key=lambda w: (w.seen, w.number, w.claim.id))
        own = [w for w in told if w.area == self.first.area]
        return AlertInterval(
            id=f"a{xxh3_64_hexdigest('|'.join((*key, own[0].name)).encode())[:12]}",
            event=None,
            hazard=key[1],
            place=next((w.place for w in own if w.place), None),
            area=next((w.claim.area for w in own if w.claim.area), None),
            zone=own[0].zone,
            start=self.start,
            end=self.end,
            inferred_end=self.inferred,
            observed=tuple(sorted(set(self.observed))),
            opened=own[0].seen,
            seen=told[-1].seen,
            advice=next((w.claim.advice for w in reversed(told) if w.claim.advice), None),
            claims=tuple(w.claim.id for w in self.words),
            former=tuple(sorted(set(former))),
            why=tuple(self.why),
        )
