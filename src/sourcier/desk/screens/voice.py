"""What the desk says to editors, typeset as readers' pages are."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from babel import Locale
from babel.dates import format_date

from sourcier.messages import messages
from sourcier.publish.words import Words, tz, words


class Voice(Words):
    """The messages of ``locale/<language>/desk/``; values stay as they are."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self._messages = messages(language, "desk")

    def date_time(self, moment: datetime, zone: str) -> str:
        """Return a moment with its day, on the clocks of `zone`: "22 novembre 2024, 14:05"."""
        return f"{words(self.language).day(moment.astimezone(tz(zone)).date())}, {self.clock(moment, zone)}"

    def own_name(self, code: str) -> str:
        """Return the name of language `code` in that language: "Français"."""
        return self.sentence(Locale.parse(code).get_language_name(code) or code)

    def moment(self, at: datetime) -> str:
        """Return day and clock of what is of no story, hence in no place's time: "…, 08:20 UTC"."""
        return (
            f"{format_date(at.astimezone(UTC), 'long', self.language)}, {self.clock(at, 'UTC')} UTC"
        )


@cache
def voice(language: str) -> Voice:
    """Return the (cached) voice of an interface language."""
    return Voice(language)
