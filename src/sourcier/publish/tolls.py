"""Tolls: each ledger as a figure with its qualifier, a chart and the table of who said what."""

from __future__ import annotations

from dataclasses import dataclass

from sourcier.publish.chart import Chart, chart
from sourcier.publish.links import anchor
from sourcier.publish.view import View
from sourcier.publish.words import Words, tz
from sourcier.types import Event, Ledger, Qualifier, TollLine

ROWS = 6
OPEN = 3
"""Events whose ledgers stand open, with charts; the others are folded, tables only."""
_ORDER = ("killed", "injured", "casualties", "missing")


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure in three parts, the qualifier before the number: "au moins", "2", "morts".

    `quoted` replaces the number where the sources gave none, with the language of its words.
    """

    before: str
    figure: str
    noun: str
    quoted: str = ""
    language: str | None = None

    def __str__(self) -> str:
        """Return the amount in one run of words."""
        return " ".join(filter(None, (self.before, self.figure or self.quoted, self.noun)))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a ledger as the table shows it; `href` is the entry that rests on it, or "".

    `original` is who says so as it was written, where that was in other letters.
    """

    who: str
    original: str
    relay: str
    quote: str
    language: str | None
    time: str
    state: str
    copies: int
    provisional: bool
    href: str


@dataclass(frozen=True, slots=True)
class Account:
    """A ledger ready for its template. `disputed` is since when two origins exclude each other."""

    id: str
    outcome: str
    amount: Amount
    of: str
    provisional: bool
    disputed: str
    chart: Chart | None
    rows: tuple[Row, ...]
    older: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Tolls:
    """All ledgers of one event."""

    id: str
    title: str
    about: str
    open: bool
    accounts: tuple[Account, ...]


def tolls(view: View) -> list[Tolls]:
    """Return the ledgers of all events that have some, gravest event first."""
    events = [event for event in view.story.events.values() if standing(event)]
    events.sort(
        key=lambda event: (event.place is None, -gravity(event), -event.updated.timestamp())
    )
    return [_tolls(view, event, drawn=rank < OPEN) for rank, event in enumerate(events)]


def standing(event: Event) -> list[Ledger]:
    """Return the ledgers of an event that hold lines, the dead first."""
    ledgers = [ledger for ledger in event.ledgers if ledger.lines and event.merged_into is None]
    return sorted(ledgers, key=lambda ledger: (_rank(ledger.outcome), bool(ledger.of)))


def gravity(event: Event) -> int:
    """Return the highest number of an event's ledgers, the dead counting most."""
    return max(
        (ledger.low or ledger.high or 0) * (100 if ledger.outcome == "killed" else 1)
        for ledger in standing(event)
    )


def _rank(outcome: str) -> int:
    return _ORDER.index(outcome) if outcome in _ORDER else len(_ORDER)


def toll_id(event: Event) -> str:
    """Return the HTML id of an event's ledgers."""
    return f"t-{anchor(event.id)[2:]}"


def event_name(view: View, event: Event) -> str:
    """Return where an event is, or what it is."""
    if event.place:
        return view.place_name(event.place)
    return view.words.either(f"type.{event.type}", view.words("toll.unplaced"))


def _tolls(view: View, event: Event, *, drawn: bool) -> Tolls:
    words = view.words
    kind = words.either(f"type.{event.type}", "")
    zone = event.time.zone if event.time else view.story.zone
    day = words.day((event.time.start if event.time else event.opened).astimezone(tz(zone)).date())
    return Tolls(
        id=toll_id(event),
        title=words("toll.title", place=event_name(view, event)),
        about=", ".join(filter(None, (kind, day))) + ".",
        open=drawn,
        accounts=tuple(_account(view, event, ledger, drawn=drawn) for ledger in standing(event)),
    )


def _account(view: View, event: Event, ledger: Ledger, *, drawn: bool) -> Account:
    rows = [_row(view, line, ledger) for line in reversed(ledger.lines) if line.state != "copy"]
    figure = amount(view, ledger)
    return Account(
        id=f"{toll_id(event)}-{ledger.outcome}",
        outcome=view.words.sentence(outcome(view, ledger, 2)),
        amount=figure,
        of=" ".join(view.words.either(f"of.{group}", group) for group in ledger.of),
        provisional=ledger.provisional,
        disputed=view.moment(ledger.disputed_since) if ledger.disputed_since else "",
        chart=chart(view, ledger, label(view, ledger)) if drawn else None,
        rows=tuple(rows[:ROWS]),
        older=tuple(rows[ROWS:]),
    )


def _row(view: View, line: TollLine, ledger: Ledger) -> Row:
    entry = view.entry_of_claim.get(line.claim)
    language = view.language_of(line.capture)
    claimant = _claimant(view, line)
    relay = line.relay if line.relay and line.relay != line.claimant else ""
    return Row(
        who=view.words.sentence(claimant) or view.words("by.nobody"),
        original=line.claimant if claimant != line.claimant else "",
        relay=view.in_letters(relay, language),
        quote=line.quote,
        language=language,
        time=view.brief(line.reported),
        state=line.state,
        copies=sum(1 for other in ledger.lines if other.copy_of == line.claim),
        provisional=line.provisional,
        href=view.address(entry) if entry else "",
    )


def _claimant(view: View, line: TollLine) -> str:
    """Return who gives a figure: a name in the page's letters, an unknown office in its own words."""
    claim = view.story.claims.get(line.claim)
    language = view.language_of(line.capture)
    if claim and claim.attribution and not claim.attribution[-1].name:
        return view.office(line.claimant, language) or line.claimant
    return view.in_letters(line.claimant, language)


def amount(view: View, ledger: Ledger) -> Amount:
    """Return what a ledger amounts to."""
    last = next(
        (line for line in reversed(ledger.lines) if line.state == "current"), ledger.lines[-1]
    )
    if ledger.qualifier == "vague" or (ledger.low is None and ledger.high is None):
        return Amount("", "", "", view.words.quote(last.quote), view.language_of(last.capture))
    before, figure = bounds(view.words, ledger.low, ledger.high, ledger.qualifier)
    return Amount(before, figure, outcome(view, ledger, ledger.high or ledger.low or 0))


def bounds(
    words: Words, low: int | None, high: int | None, qualifier: Qualifier
) -> tuple[str, str]:
    """Return qualifier and number: ("au moins", "2"), ("", "10 à 12")."""
    number = words.number(low if low is not None else high)
    if (
        low is not None
        and high is not None
        and low != high
        and qualifier not in ("at_most", "about")
    ):
        return "", words("amount.range", low=words.number(low), high=words.number(high))
    if qualifier == "at_most":
        number = words.number(high)
    if qualifier == "exact" and high is None:
        qualifier = "at_least"
    return words.either(f"amount.{qualifier}", ""), number


def outcome(view: View, ledger: Ledger, n: int) -> str:
    """Return the noun of a ledger's outcome for `n` people."""
    return view.words(f"outcome.{ledger.outcome}", n)


def label(view: View, ledger: Ledger) -> str:
    """Return a ledger's whole history in words, for those who do not see its chart."""
    words = view.words
    steps = []
    for line in ledger.lines:
        if line.state == "copy":
            continue
        figure = " ".join(filter(None, bounds(view.words, line.low, line.high, line.qualifier)))
        if line.provisional:
            figure = words("amount.provisional", amount=figure)
        steps.append(
            words(
                "chart.step",
                amount=figure,
                who=_claimant(view, line) or words("by.nobody"),
                clock=view.moment(line.reported),
            )
        )
    told = words(
        "chart.label", outcome=words.sentence(outcome(view, ledger, 2)), steps=", ".join(steps)
    )
    if ledger.disputed_since:
        told += " " + words("chart.disputed", clock=view.moment(ledger.disputed_since))
    return told
