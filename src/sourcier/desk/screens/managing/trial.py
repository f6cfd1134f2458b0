"""The trial of rules: which stretch of time, what it came to, and where it stopped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from sourcier.desk import clock, store
from sourcier.desk.drafting.rules import Outcome, Rule, Rules
from sourcier.desk.drafting.trial import Tried, tried
from sourcier.desk.screens.managing.rule_form import RefusedError

BATCHES = 200
"""How many batches of changes one trial looks at: a few seconds of work."""

Really = Literal["published", "drafted", "nothing", "later"]


@dataclass(frozen=True, slots=True)
class Line:
    """One proposal of the trial: when, what, what the rules tried and those in force say, what happened.

    `who` published it later (`really` is ``later``).
    """

    at: datetime
    clock: str
    subject: str
    headline: str
    event: str | None
    would: Outcome
    now: Outcome
    really: Really
    who: str

    @property
    def notable(self) -> bool:
        """Tell whether it is more than one draft among others."""
        return self.would.do != "draft" or self.now.do != "draft"


@dataclass(frozen=True, slots=True)
class Trial:
    """What `rules` would have done from `start` to `end`; `cut` is where the trial stopped short of it."""

    rules: tuple[Rule, ...]
    start: str
    end: str
    lines: tuple[Line, ...]
    counts: dict[str, int]
    changed: int
    cut: str = ""


def trial(slug: str, rules: Rules, in_force: Rules, day: str, language: str) -> Trial:
    """Try `rules` on one day of a story (ISO; "": the last 24 hours) and return what they come to.

    Raises RefusedError for a day that is none.
    """
    zone = ZoneInfo(store.zone(slug))
    start, end = _stretch(day, zone)
    batches = list(islice(store.past(slug, start, end), BATCHES + 1))
    found = [
        each
        for batch in batches[:BATCHES]
        for each in tried(batch.at, batch.changes, batch.material, batch.made, (rules, in_force))
    ]
    later = store.published_later(slug, {each.topic for each in found}, clock.now())
    shown = _Shown(zone, language)
    lines = tuple(shown.line(each, later) for each in found)
    counts = {
        do: sum(line.would.do == do for line in lines) for do in ("publish", "review", "draft")
    }
    changed = sum(line.would.do != line.now.do for line in lines)
    cut = shown.moment(batches[BATCHES].at) if len(batches) > BATCHES else ""
    span = shown.moment(start), shown.moment(end)
    return Trial(rules.rules, *span, lines, counts, changed, cut)


def _stretch(day: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    now = clock.now()
    if not day:
        return now - timedelta(days=1), now + timedelta(seconds=1)
    try:
        first = date.fromisoformat(day)
        midnights = [datetime.combine(first + timedelta(days=n), time(), zone) for n in (0, 1)]
        start, end = (each.astimezone(UTC) for each in midnights)
    except (ValueError, OverflowError) as error:
        raise RefusedError("rules.no_day") from error
    return start, end


@dataclass(frozen=True, slots=True)
class _Shown:
    """Says when and what in a story's zone and the interface's language."""

    zone: ZoneInfo
    language: str

    def moment(self, at: datetime) -> str:
        return format_datetime(at, "d MMM HH:mm", tzinfo=self.zone, locale=self.language)

    def line(self, each: Tried, later: dict[str, tuple[str, datetime]]) -> Line:
        text = each.texts.get(self.language) or next(iter(each.texts.values()), None)
        headline = text.headline if text else each.topic
        who, at = later.get(each.topic, ("", None))
        really: Really = "nothing"
        if each.made:
            really = "drafted" if each.made.state == "draft" else "published"
        if really == "drafted" and at and at > each.at:
            really = "later"
        return Line(
            each.at, self.moment(each.at), each.subject, headline, each.event, each.would, each.now,
            really, who,
        )  # fmt: skip
