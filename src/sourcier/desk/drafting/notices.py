"""What chosen people are told of as it happens: the occasions in a batch of changes, in words. Pure.

::

    changes + material -> occasions -> for each watch that asked for one: a Notice in its language
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import msgspec

from sourcier.desk.drafting.compose import compose
from sourcier.desk.drafting.material import Material
from sourcier.desk.drafting.phrases import Phrases
from sourcier.desk.drafting.sentences import sentence
from sourcier.messages import messages
from sourcier.types import Capture, Change, Claim, Entry, EntryText, Event, Ledger, SourceHealth

Channel = Literal["web_hook", "mail", "telegram"]
Occasion = Literal[
    "confirmed", "contradiction", "toll", "alert", "submitted", "corrected", "source"
]
CHANNELS: tuple[Channel, ...] = get_args(Channel)
OCCASIONS: tuple[Occasion, ...] = get_args(Occasion)
"""A first confirmation, a contradiction, a toll above a number, an alert that begins or ends, words that
wait for review, a correction or retraction, a source that is dead or back."""
OUTCOMES = ("killed", "injured")
"""The tolls whose crossing can be told of."""
CLAIMS = 6
"""How many claims a notice carries along."""

_OF_CHANGES: Mapping[str, tuple[Occasion, str]] = {
    "claim_corroborated": ("confirmed", "confirmed"),
    "toll_disputed": ("contradiction", "contradiction"),
    "claim_disputed": ("contradiction", "contradiction"),
    "alert_opened": ("alert", "alert_opened"),
    "alert_closed": ("alert", "alert_closed"),
}
"""The occasion of a change, and the message that tells it."""
MOVES: Mapping[str, tuple[Occasion, str]] = {
    "submit": ("submitted", "submitted"),
    "correct": ("corrected", "corrected"),
    "retract": ("corrected", "retracted"),
}
"""The occasion of what is done to an entry, and the message that tells it."""


class Watch(msgspec.Struct, frozen=True, kw_only=True):
    """Who is told of what: `address` is a URL, a mail address or a chat of Telegram, by `channel`.

    `above` is the figure from which on a toll (`outcome`) is told of. `secret` signs what a web hook is sent.
    """

    channel: Channel
    address: str
    occasions: tuple[Occasion, ...]
    language: str
    above: int | None = None
    outcome: str = "killed"
    secret: str = ""


class Quoted(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that a notice rests on: its words, who says them, who published them, where."""

    claim: str
    quote: str
    speaker: str
    publisher: str
    url: str | None = None


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One thing told, in one language. `event` and `entry` are what it is about, where there is one."""

    occasion: Occasion | Literal["test"]
    text: str
    language: str
    event: str | None = None
    entry: str | None = None
    claims: tuple[Quoted, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Notices for a watch, and the tolls that now stand above its figure, as "event/outcome"."""

    notices: tuple[Notice, ...]
    crossed: tuple[str, ...]


def of_changes(
    watch: Watch, crossed: Iterable[str], changes: Iterable[Change], material: Material
) -> Found:
    """Return what `watch` is told of a batch; `crossed` are the tolls that it was told of already.

    Copies and relays make none of these changes, so that nobody is told of them.
    """
    above = set(crossed)
    found = [*_of_changes(watch, changes, material), *_of_tolls(watch, above, material)]
    if not found:
        return Found((), tuple(sorted(above)))
    phrases = Phrases(watch.language, material.captures, material.claims.values())
    told = (_notice(phrases, one, material) for one in found)
    return Found(tuple(dict.fromkeys(told)), tuple(sorted(above)))


@dataclass(frozen=True, slots=True)
class _Happened:
    """An occasion with the message that tells it, its event, and the ids of its claims."""

    occasion: Occasion
    key: str
    event: Event | None
    claims: tuple[str, ...]


def _of_changes(watch: Watch, changes: Iterable[Change], material: Material) -> Iterator[_Happened]:
    for change in changes:
        occasion, key = _OF_CHANGES.get(change.kind, (None, ""))
        if occasion in watch.occasions and occasion:
            yield _Happened(occasion, key, material.events.get(change.event or ""), change.claims)


def _of_tolls(watch: Watch, crossed: set[str], material: Material) -> Iterator[_Happened]:
    """Yield each toll that went above the figure; note in `crossed` which now stand there."""
    if "toll" not in watch.occasions or watch.above is None:
        return
    for event in material.events.values():
        for ledger in event.ledgers:
            if ledger.of or ledger.outcome != watch.outcome or event.merged_into:
                continue
            key = f"{event.id}/{ledger.outcome}"
            if _figure(ledger) < watch.above:
                crossed.discard(key)
            elif key not in crossed:
                crossed.add(key)
                yield _Happened("toll", "toll", event, tuple(_standing(ledger)))


def of_entry(watch: Watch, entry: Entry, action: str, who: str) -> Notice | None:
    """Return what `watch` is told of what `who` did to an entry; null for what it did not ask for."""
    occasion, key = MOVES.get(action, ("", ""))
    if occasion not in watch.occasions:
        return None
    words = entry.texts.get(watch.language) or next(
        iter(entry.texts.values()), EntryText(headline="")
    )
    note = entry.note.get(watch.language) or next(iter(entry.note.values()), "")
    say = messages(watch.language, "sentences")
    text = say(f"notice.{key}", headline=words.headline, who=who or say("notice.desk"), note=note)
    return Notice(
        occasion=MOVES[action][0], text=text.strip(), language=watch.language,
        event=entry.event, entry=entry.id,
    )  # fmt: skip


def of_source(watch: Watch, health: SourceHealth) -> Notice | None:
    """Return what `watch` is told of a source whose state changed; null for what it did not ask for."""
    if "source" not in watch.occasions:
        return None
    say = messages(watch.language, "sentences")
    key = "source_down" if health.needs_a_look else "source_back"
    text = say(f"notice.{key}", name=health.publisher, why=health.message or health.state)
    return Notice(occasion="source", text=text, language=watch.language)


def trial(watch: Watch) -> Notice:
    """Return what is sent to try a watch."""
    text = messages(watch.language, "sentences")("notice.test")
    return Notice(occasion="test", text=text, language=watch.language)


def _figure(ledger: Ledger) -> int:
    """Return the figure that a ledger stands at: what most say, else its lower bound."""
    return ledger.best if ledger.best is not None else ledger.low or 0


def _standing(ledger: Ledger) -> list[str]:
    """Return the claims that give the figure at which a ledger stands, else all that stand."""
    now = [line for line in ledger.lines if line.state == "current"]
    giving = [line.claim for line in now if line.low == _figure(ledger)]
    return giving or [line.claim for line in now]


def _notice(phrases: Phrases, happened: _Happened, material: Material) -> Notice:
    captures = dict(material.captures)
    claims = [material.claims[key] for key in happened.claims if key in material.claims]
    event = happened.event
    what = compose(phrases, claims, event, captures).headline or _title(phrases, event)
    return Notice(
        occasion=happened.occasion,
        text=phrases.say(f"notice.{happened.key}", None, what=what),
        language=phrases.language,
        event=event.id if event else None,
        claims=tuple(_quoted(phrases, claim, captures) for claim in claims[:CLAIMS]),
    )


def _quoted(phrases: Phrases, claim: Claim, captures: Mapping[str, Capture]) -> Quoted:
    capture = captures.get(claim.capture)
    return Quoted(
        claim=claim.id,
        quote=claim.quote,
        speaker=phrases.speaker(claim),
        publisher=phrases.publisher(claim.capture),
        url=capture.url if capture else None,
    )


def _title(phrases: Phrases, event: Event | None) -> str:
    if event is None:
        return ""
    key = f"type.{event.type}" if f"type.{event.type}" in phrases.say else "notice.event"
    return sentence(phrases.located("event.title", event.place, what=phrases.say(key)))
