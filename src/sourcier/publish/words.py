"""What the page says in its own voice: messages, dates, clocks and names of one language."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, get_timezone_location
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from sourcier.messages import Messages, messages
from sourcier.publish.typography import marks, typeset


class Words:
    """The page's messages in `language`, typeset; templates and view models speak through it."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._messages = messages(language, "page")
        self._locale = Locale.parse(language)

    def __call__(self, key: str, /, n: int | None = None, **values: object) -> str:
        """Return message `key`; its own words are typeset, `values` stay as they are."""
        return self._pattern(key, n, values).format(**values)

    def html(self, key: str, /, n: int | None = None, **values: object) -> Markup:
        """Return message `key` as HTML: values that are not markup are escaped."""
        return Markup(escape(self._pattern(key, n, values))).format(**values)  # noqa: S704

    def __contains__(self, key: str) -> bool:
        return key in self._messages

    def listed(self, key: str) -> list[str]:
        """Return the words that message `key` lists, by commas."""
        return self(key).split(", ")

    def forms(self, key: str) -> dict[str, str]:
        """Return the plural forms of `key`, their ``{n}`` unfilled, for the page's script."""
        raw = self._messages.raw(key)
        table = raw if isinstance(raw, dict) else {"other": raw}
        return {
            form: typeset(text.replace("{n} ", "{n}\u00a0"), self.language)
            for form, text in table.items()
        }

    def _pattern(self, key: str, n: int | None, values: dict[str, object]) -> str:
        unfilled = tuple(
            (name, value if isinstance(value, int) else f"{{{name}}}")
            for name, value in values.items()
        )
        return _pattern(self._messages, key, n, unfilled)

    def number(self, value: int | None) -> str:
        """Return a number with this language's separators, "?" for none."""
        return "?" if value is None else _number(self.language, value)

    def either(self, key: str, fallback: str) -> str:
        """Return message `key`, or `fallback` where there is none (a word of an open vocabulary)."""
        return self(key) if key in self else fallback

    def quote(self, words: str) -> str:
        """Return a source's `words` between this language's quotation marks."""
        opening, closing = marks(self.language)
        return f"{opening}{words}{closing}"

    def clock(self, moment: datetime, zone: str) -> str:
        """Return the clock time of `moment` in `zone`, as ``08:20``."""
        return f"{moment.astimezone(tz(zone)):%H:%M}"

    def day(self, when: date, *, year: bool = True) -> str:
        """Return a date in words: "22 novembre 2024", or "22 novembre" without the year."""
        return _date(when, self("date.day_and_year" if year else "date.day"), self.language)

    def short_day(self, when: date) -> str:
        """Return a date in little room: "22 nov."."""
        return _date(when, self("date.short"), self.language)

    def weekday(self, when: date) -> str:
        """Return a day with its weekday: "vendredi 22 novembre"."""
        return _date(when, self("date.weekday"), self.language)

    def month(self, when: date) -> str:
        """Return a month and year: "août 2024"."""
        return _date(when, "LLLL y", self.language)

    def duration(self, span: timedelta) -> str:
        """Return how long `span` is, to the minute: "3 h 47", "12 min", "2 j 4 h"."""
        minutes = max(0, int(span.total_seconds() // 60))
        hours, rest = divmod(minutes, 60)
        if hours >= 24:
            return self("span.days", days=hours // 24, hours=hours % 24)
        return (
            self("span.hours", hours=hours, minutes=f"{rest:02}")
            if hours
            else self("span.minutes", minutes=rest)
        )

    def zone(self, zone: str) -> str:
        """Return the name by which clocks of `zone` are labelled: its city, or UTC."""
        key = f"zone.{zone.replace('/', '_')}"
        return self(key) if key in self else _city(zone, self.language)

    def country(self, code: str) -> str:
        """Return the name of the country with ISO 3166-1 `code`."""
        return str(self._locale.territories.get(code, code))

    def language_name(self, code: str) -> str:
        """Return the name of language `code` in this language ("français")."""
        return str(self._locale.languages.get(code, code))

    def sentence(self, text: str) -> str:
        """Return `text` with a capital first letter."""
        return text[:1].upper() + text[1:]

    def at_clocks(self, clocks: list[tuple[str, str]]) -> str:
        """Return (clock, place) pairs as words: "06:00 à Soumy, 05:00 à Paris"."""
        return ", ".join(self.at_clock(*pair) for pair in dict.fromkeys(clocks))

    def at_clock(self, clock: str, place: str) -> str:
        """Return one clock time with where it holds: "06:00 à Soumy", "04:00 UTC"."""
        return f"{clock} UTC" if place == "UTC" else self("clock.at", clock=clock, place=place)

    def series(self, items: list[str]) -> str:
        """Return items as a list in words: "a, b et c"."""
        if len(items) < 2:
            return "".join(items)
        return self("series.last", head=", ".join(items[:-1]), last=items[-1])


@cache
def tz(zone: str) -> ZoneInfo:
    """Return the time zone, UTC where the name is unknown."""
    try:
        return ZoneInfo(zone)
    except (KeyError, OSError, ValueError):  # ZoneInfoNotFoundError is a KeyError
        return ZoneInfo("UTC")


@lru_cache(maxsize=1024)
def _date(when: date, pattern: str, language: str) -> str:
    return typeset(format_date(when, pattern, locale=language), language)


@cache
def _city(zone: str, language: str) -> str:
    if tz(zone).key == "UTC":
        return "UTC"
    return str(get_timezone_location(zone, locale=language, return_city=True))


@lru_cache(4096)
def _pattern(
    told: Messages, key: str, n: int | None, unfilled: tuple[tuple[str, int | str], ...]
) -> str:
    """Return message `key` typeset, its names yet to be filled; the page says the same again and again."""
    return typeset(told(key, n, **dict(unfilled)), told.language)


@lru_cache(4096)
def _number(language: str, value: int) -> str:
    return str(format_decimal(value, locale=Locale.parse(language)))


@cache
def words(language: str) -> Words:
    """Return the (cached) words of `language`; KeyError-free for all languages in ``locale/``."""
    return Words(language)
