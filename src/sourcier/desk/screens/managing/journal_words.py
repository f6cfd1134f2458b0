"""A line of the audit as a sentence, with what else was noted. No query, no clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sourcier.desk.screens.voice import Voice
from sourcier.desk.store import JournalLine
from sourcier.publish.words import tz, words


@dataclass(frozen=True, slots=True)
class Told:
    """A line: the message of its sentence, who did it, whom and what the message names, other facts."""

    line: JournalLine
    key: str
    who: str
    headline: str
    values: Mapping[str, str]
    facts: tuple[str, ...]


class Telling:
    """Tells lines of the audit in one language, on the clocks of `zone`.

    `names` are how people are called, `headlines` those of entries by language, both by id.
    """

    def __init__(
        self,
        say: Voice,
        zone: str,
        names: Mapping[str, str],
        headlines: Mapping[str, Mapping[str, str]],
    ) -> None:
        self.say = say
        self.zone = zone
        self._names = names
        self._headlines = headlines

    def told(self, line: JournalLine) -> Told:
        """Return a line as it is told; one of an action that has no sentence by the action's name.

        An action that is done to entries and to other things has a sentence for what is no entry.
        """
        alone = f"did_alone.{line.action}"
        key = alone if not line.entry and alone in self.say else f"did.{line.action}"
        return Told(
            line=line,
            key=key if key in self.say else "did.other",
            who=self._name(line.who),
            headline=self._headline(line),
            values=self._values(line),
            facts=tuple(self._facts(line)),
        )

    def sentence(self, told: Told) -> str:
        """Return the sentence without markup."""
        what = self.say.quote(told.headline) if told.headline else ""
        facts = "".join(f" · {fact}" for fact in told.facts)
        said = self.say(told.key, None, who=told.who, **told.values)
        return self.say.sentence(f"{said} {what}".strip() + facts)

    def _name(self, user: str) -> str:
        return self._names.get(user, user) if user else self.say("history.desk")

    def _headline(self, line: JournalLine) -> str:
        known = self._headlines.get(line.entry, {})
        texts = (known.get(self.say.language), *known.values())
        return next((text for text in texts if text), line.entry)

    def _values(self, line: JournalLine) -> dict[str, str]:
        detail = line.detail
        named = (detail.get(key) for key in ("name", "note", "address"))
        user, role = str(detail.get("user") or ""), str(detail.get("role") or "")
        return {
            "action": line.action,
            "user": self._names.get(user, user) or self.say("journal.nobody"),
            "role": self.say.either(f"membership.{role}", role),
            "name": next((said for said in named if isinstance(said, str)), ""),
            "from": str(self._names.get(str(detail.get("from")), detail.get("from") or "")),
            "version": str(detail.get("version") or ""),
        }

    def _facts(self, line: JournalLine) -> Iterator[str]:
        say, detail = self.say, line.detail
        if due := _moment(detail.get("due")):
            yield say("history.due", hour=say.date_time(due, self.zone))
        if late := detail.get("late"):
            yield say("history.late", round(late / 60))
        if reason := detail.get("reason"):
            yield say.quote(reason)
        note = detail.get("note")
        if isinstance(note, dict) and (
            said := note.get(say.language) or next(iter(note.values()), "")
        ):
            yield say.quote(said)
        if warnings := detail.get("warnings"):
            yield say("journal.warnings", len(warnings))
        if detail.get("rule"):
            yield say("journal.rule", version=detail.get("rules", ""))


def _moment(said: object) -> datetime | None:
    try:
        return datetime.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None


def day(at: datetime, zone: str, say: Voice) -> str:
    """Return the day of a moment in `zone`: "22 novembre 2024"."""
    return words(say.language).day(at.astimezone(tz(zone)).date())
