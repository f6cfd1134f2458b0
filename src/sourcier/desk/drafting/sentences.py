"""The text of each kind of entry, in one language, from claims, ledgers and alerts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from babel.lists import format_list

from sourcier.desk.drafting.figures import ledger_phrase, line_phrase
from sourcier.desk.drafting.phrases import Phrases
from sourcier.types import (
    AlertInterval,
    Claim,
    EntryText,
    Event,
    Ledger,
    Measure,
    Occurrence,
    Statement,
    Toll,
    TollLine,
)

HEADLINE = 110
"""From how many characters on a headline does without its speaker."""
QUOTED = 80
"""At how many characters a quotation in a headline is cut."""

LINES = 4
"""How many claimants of one figure a text names; the ledger beside it has them all."""

_FIRST = ("killed", "casualties", "missing", "injured")


def toll_text(phrases: Phrases, event: Event, claims: dict[str, Claim]) -> EntryText:
    """Return the text on an event's tolls: what they amount to, then each claimant's figure.

    `event` has a ledger with a current line.
    """
    ledgers = current(event)
    lines = [line for ledger in ledgers for line in standing(ledger)]
    body = list(_toll_sentences(phrases, ledgers, claims))
    headline = _toll_headline(phrases, event, ledgers)
    givers = {_speaker(phrases, line, claims) for line in lines}
    if any(ledger.disputed_since for ledger in ledgers):
        headline = phrases.say("toll.disputed", headline=headline)
        body.append(phrases.say("toll.open"))
    elif len(givers) == 1:
        signed = phrases.say("toll.given_by", headline=headline, speaker=givers.pop())
        headline = signed if len(signed) <= HEADLINE else headline
        body = body if any(_before(ledger, line) for ledger in ledgers for line in lines) else []
    if any(line.provisional for line in lines):
        body.append(phrases.say("toll.provisional"))
    shown = claims.get(lines[0].claim)
    return _text(headline, *body, *([_written(phrases, shown)] if shown else []))


def current(event: Event) -> list[Ledger]:
    """Return the ledgers of an event in which a figure still stands, the gravest outcome first."""
    found = [ledger for ledger in event.ledgers if standing(ledger)]
    return sorted(found, key=lambda ledger: (bool(ledger.of), gravity(ledger)))


def standing(ledger: Ledger) -> list[TollLine]:
    """Return a ledger's current lines, one a claimant, newest first."""
    newest: dict[str, TollLine] = {}
    for line in ledger.lines:
        if line.state == "current":
            newest[line.claimant_key] = line
    return list(reversed(newest.values()))


def occurrence_text(phrases: Phrases, claim: Occurrence) -> EntryText:
    """Return the text on something that happened: what, where, who says so, in which words."""
    key = f"type.{claim.type}" if f"type.{claim.type}" in phrases.say else "type.other"
    values = {"what": phrases.say(key), "speaker": phrases.speaker(claim, medium=False)}
    headline = phrases.located(f"occurrence.{claim.stance}", claim.place, **values)
    return _text(headline, _written(phrases, claim))


def statement_text(
    phrases: Phrases, claims: Sequence[Statement], contents: dict[str, str]
) -> EntryText:
    """Return the text on what one speaker said in one dispatch; `contents` holds the words by claim."""
    first = claims[0]
    foreign = phrases.foreign(first.capture)
    speaker = phrases.speaker(first, medium=False, tongue=False)
    quotes = [phrases.quoted(contents[claim.id]) for claim in claims]
    rest = [phrases.say("said.also", words=quote) for quote in quotes[1:]]
    values = {"language": foreign or "", "publisher": phrases.publisher(first.capture)}
    if first.mode == "indirect":
        key = "said.reported_foreign" if foreign else "said.reported"
        headline = phrases.say("said.reported_headline", speaker=speaker)
        return _text(headline, phrases.say(key, None, words=quotes[0], **values), *rest)
    medium = phrases.medium(first)
    key = "said.foreign" if foreign else "said.own"
    opening = phrases.say(key, None, speaker=speaker, medium=medium, words=quotes[0], **values)
    if foreign:
        headline = phrases.say("said.headline_foreign", speaker=speaker, language=foreign)
    else:
        words = phrases.quoted(contents[first.id], longest=QUOTED)
        headline = phrases.say("said.headline", speaker=speaker, words=words)
    return _text(headline, opening, *rest)


def measure_text(phrases: Phrases, claim: Measure) -> EntryText:
    """Return the text on something ordered, in the words of the dispatch."""
    if phrases.foreign(claim.capture) or not (claim.actor and claim.action):
        speaker = claim.actor and phrases.quoted(claim.actor)
        speaker = (
            phrases.speaker(claim, medium=False) if claim.attribution or not speaker else speaker
        )
        headline = phrases.located("measure.headline_foreign", claim.place, speaker=speaker)
    else:
        words = phrases.quoted(claim.action, longest=QUOTED)
        headline = phrases.say("measure.headline", speaker=claim.actor, words=words)
    return _text(headline, _written(phrases, claim))


def alert_text(phrases: Phrases, alert: AlertInterval, claim: Claim, *, over: bool) -> EntryText:
    """Return the text on an alert that opened, or is `over`; `claim` is the one that says so."""
    key = f"hazard.{alert.hazard}" if f"hazard.{alert.hazard}" in phrases.say else "hazard.other"
    state = "alert.ended" if over else "alert.in_force"
    headline = phrases.located(state, alert.place or claim.place, hazard=phrases.say(key))
    speaker = phrases.speaker(claim)
    when = _alert_end(phrases, alert, speaker) if over else _alert_start(phrases, alert, speaker)
    return _text(headline, when, *([] if over else _advice(phrases, alert, claim)))


def sentence(text: str) -> str:
    """Return `text` with a capital first letter, one inside an opening mark included."""
    return text[:1].upper() + text[1:]


def _text(headline: str, *body: str) -> EntryText:
    return EntryText(
        headline=sentence(headline), body=" ".join(sentence(part) for part in body if part)
    )


def gravity(counted: Ledger | Toll) -> int:
    """Return the place of what is counted among outcomes, the gravest being 0."""
    return _FIRST.index(counted.outcome) if counted.outcome in _FIRST else len(_FIRST)


def _toll_headline(phrases: Phrases, event: Event, ledgers: list[Ledger]) -> str:
    whole = [ledger for ledger in ledgers if not ledger.of] or ledgers[:1]
    hurt = [ledger for ledger in whole if ledger.high != 0] or whole
    figures = [ledger_phrase(phrases.say, ledger) for ledger in hurt[:3]]
    listed = format_list(figures, locale=phrases.language)
    return phrases.located("toll.headline", event.place, figures=listed)


def _toll_sentences(
    phrases: Phrases, ledgers: list[Ledger], claims: dict[str, Claim]
) -> Iterable[str]:
    """Yield a sentence for each figure, with all who give it and what they said before."""
    for ledger in ledgers:
        givers: dict[tuple[str, str, str], list[str]] = {}
        for line in _told(ledger):
            said = _figure(phrases, line, ledger)
            givers.setdefault(said, []).append(_speaker(phrases, line, claims))
        for (key, phrase, before), speakers in givers.items():
            named = format_list(list(dict.fromkeys(speakers)), locale=phrases.language)
            yield phrases.say(f"toll.{key}", phrase=phrase, before=before, speaker=named)


def _told(ledger: Ledger) -> list[TollLine]:
    """Return the lines that a text tells: those that contradict each other, then the newest."""
    return sorted(standing(ledger), key=lambda line: line.claim not in ledger.sides)[:LINES]


def _figure(phrases: Phrases, line: TollLine, ledger: Ledger) -> tuple[str, str, str]:
    """Return which sentence a line asks for, its figure, and the figure that it replaces."""
    phrase = line_phrase(phrases.say, line, ledger)
    if before := _before(ledger, line):
        return "before", phrase, line_phrase(phrases.say, before, ledger)
    return (line.scope if line.scope != "event" else "line"), phrase, ""


def _before(ledger: Ledger, line: TollLine) -> TollLine | None:
    found = [old for old in ledger.lines if old.superseded_by == line.claim]
    differing = [old for old in found if (old.low, old.high) != (line.low, line.high)]
    return differing[-1] if differing else None


def _speaker(phrases: Phrases, line: TollLine, claims: dict[str, Claim]) -> str:
    claim = claims.get(line.claim)
    return phrases.speaker(claim, medium=False) if claim else line.claimant


def _written(phrases: Phrases, claim: Claim) -> str:
    foreign = phrases.foreign(claim.capture)
    return phrases.say(
        "written.foreign" if foreign else "written.own",
        publisher=phrases.publisher(claim.capture),
        language=foreign or "",
        words=phrases.quoted(phrases.sentence(claim)),
    )


def _alert_start(phrases: Phrases, alert: AlertInterval, speaker: str) -> str:
    key, moment = ("alert.since", alert.start) if alert.start else ("alert.observed", None)
    moment = moment or (alert.observed[0] if alert.observed else alert.opened)
    return phrases.say(key, time=phrases.clock(moment, alert.zone), speaker=speaker)


def _alert_end(phrases: Phrases, alert: AlertInterval, speaker: str) -> str:
    time = phrases.clock(alert.end or alert.seen, alert.zone)
    return phrases.say("alert.over", time=time, speaker=speaker)


def _advice(phrases: Phrases, alert: AlertInterval, claim: Claim) -> list[str]:
    if not alert.advice:
        return []
    foreign = phrases.foreign(claim.capture)
    key = "alert.advice_foreign" if foreign else "alert.advice"
    return [phrases.say(key, words=phrases.quoted(alert.advice), language=foreign or "")]
