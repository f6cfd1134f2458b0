"""What an editor's text says otherwise than the claims it rests on, and how to mend it. Pure.

::

    carried.proof -> figures and quotations that no bound claim carries -> the claim that is nearest
                     figures told without their caution, their giver, their contradiction

A check is advice: it forbids nothing, and is written down with what goes out in spite of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

import regex

from sourcier.desk.drafting.carried import Carrier, Run, proof
from sourcier.desk.drafting.figures import number
from sourcier.messages import Messages
from sourcier.read.fold import fold
from sourcier.read.tolls_lexicon import toll_lexicon
from sourcier.types import Event, Statement, Toll

Kind = Literal["figure", "quotation", "caution", "provisional", "giver", "contradiction"]

_CAREFUL = ("at_least", "more_than", "at_most", "about")
_STEM = 5
_LIKE = 0.6
"""From which share of its letters on a quotation is an unfaithful copy of a claim's words."""

_WORD = regex.compile(r"[\p{L}\p{N}]{4,}")
_AROUND = 60


@dataclass(frozen=True, slots=True)
class Check:
    """Something to look at in a text.

    `words` are those of the text, `at` where they stand; `number` and `quote` are the claim's that is
    nearest. `bind` is a claim to bind, `write` what to write instead of `words` (or, where these are
    empty, to add at the end): the repairs, where there are any.
    """

    kind: Kind
    words: str = ""
    at: int = 0
    number: int | None = None
    quote: str = ""
    bind: int | None = None
    write: str | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """What a text rests on: the claims that are bound to it, and the others of its event.

    `givers` holds who says each claim, by number, in the text's language.
    """

    carriers: tuple[Carrier, ...]
    free: tuple[Carrier, ...]
    givers: dict[int, str]
    event: Event | None = None


def checks(
    text: str, language: str, rests: Bound, zones: Iterable[str], say: Messages
) -> tuple[Check, ...]:
    """Return what is to be looked at in `text`, in its order, then what it leaves unsaid.

    `zones` are those in which clock times may be told, `say` the sentences of the text's language.
    """
    zones = tuple(zones)
    found: list[Check] = []
    told: dict[int, Run] = {}
    at = 0
    for run in proof(text, language, rests.carriers, zones):
        if run.kind == "unbound":
            found.append(_unbound(run, at, text, language, rests, zones, say))
        elif run.kind == "bound" and run.qualifier:
            told |= dict.fromkeys(_all_counting(run, language, rests, zones), run)
            found += _caution(run, at, rests, told, say)
        at += len(run.text)
    tolls = [c for c in rests.carriers if c.number in told and isinstance(c.claim, Toll)]
    found += _provisional(text, language, tolls, say)
    found += _givers(text, tolls, rests)
    found += _contradictions(tolls, rests)
    return tuple(found)


def mended(text: str, at: int, words: str, write: str) -> str | None:
    """Return `text` with `write` instead of `words`, which stand at `at` or but once; None else.

    Empty `words`: `write` is added as a sentence at the end.
    """
    if not words:
        return f"{text.rstrip()} {write}"
    if at < 0 or not text.startswith(words, at):
        if text.count(words) != 1:
            return None
        at = text.index(words)
    return f"{text[:at]}{write}{text[at + len(words) :]}"


def _unbound(
    run: Run,
    at: int,
    text: str,
    language: str,
    rests: Bound,
    zones: tuple[str, ...],
    say: Messages,
) -> Check:
    """Return the check of a figure or quotation that no bound claim carries."""
    quotation = not run.qualifier and not run.text[0].isdigit()
    check = Check("quotation" if quotation else "figure", run.text, at)
    if carrier := _carrying(run.text, language, rests.free, zones):
        near = carrier.number
        return replace(check, number=near, quote=carrier.claim.quote, bind=near)
    if quotation:
        return _misquoted(check, rests)
    end = at + len(run.text)
    before, after = text[max(0, at - _AROUND) : at], text[end : end + _AROUND]
    nearest = _nearest(before, after, rests.carriers)
    if nearest is None or not isinstance(nearest.claim, Toll):
        return check
    figure = nearest.claim.low if nearest.claim.low is not None else nearest.claim.high
    if figure is None:
        return replace(check, number=nearest.number, quote=nearest.claim.quote)
    written = str(figure) if run.text[0].isdigit() else number(say, figure)
    written = written.capitalize() if run.text[0].isupper() else written
    return replace(check, number=nearest.number, quote=nearest.claim.quote, write=written)


def _carrying(
    words: str, language: str, carriers: Sequence[Carrier], zones: tuple[str, ...]
) -> Carrier | None:
    """Return the one of `carriers` that carries all of `words`."""
    runs = proof(words, language, carriers, zones)
    if any(run.kind == "unbound" for run in runs):
        return None
    numbers = [run.number for run in runs if run.kind == "bound"]
    return next((c for c in carriers if c.number in numbers), None)


def _misquoted(check: Check, rests: Bound) -> Check:
    """Return the check of a quotation with the words that it was perhaps meant to be."""
    bare = fold(check.words.strip("«»“”„ \u202f\u00a0"))
    best, likeness = None, _LIKE
    for carrier in (*rests.carriers, *rests.free):
        if not isinstance(carrier.claim, Statement):
            continue
        share = SequenceMatcher(None, bare, fold(_content(carrier)), autojunk=False).ratio()
        if share > likeness:
            best, likeness = carrier, share
    if best is None:
        return check
    opening, closing = check.words[0], check.words[-1]
    room = " " if check.words[1:2].isspace() else ""
    written = f"{opening}{room}{_content(best)}{room}{closing}"
    return replace(check, number=best.number, quote=best.claim.quote, write=written)


def _content(carrier: Carrier) -> str:
    claim = carrier.claim
    return carrier.text[slice(*claim.content)] if isinstance(claim, Statement) else claim.quote


def _nearest(before: str, after: str, carriers: Sequence[Carrier]) -> Carrier | None:
    """Return the toll told in words most like those beside a figure; the only one there is.

    What is counted mostly stands behind its figure, so those words weigh more.
    """
    tolls = [c for c in carriers if isinstance(c.claim, Toll)]
    if len(tolls) == 1:
        return tolls[0]
    near, far = _stems(after), _stems(before)
    likeness = {
        c.number: 2 * len(near & _stems(c.claim.quote)) + len(far & _stems(c.claim.quote))
        for c in tolls
    }
    return max(
        (c for c in tolls if likeness[c.number]), key=lambda c: likeness[c.number], default=None
    )


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(fold(text))}


def _all_counting(run: Run, language: str, rests: Bound, zones: tuple[str, ...]) -> tuple[int, ...]:
    """Return the numbers of all bound claims that carry a figure."""
    return tuple(
        carrier.number
        for carrier in rests.carriers
        if _carrying(run.text, language, [carrier], zones)
    )


def _caution(
    run: Run, at: int, rests: Bound, told: dict[int, Run], say: Messages
) -> Iterator[Check]:
    """Yield a check where a figure is told bare that each claim of it qualifies."""
    tolls = [
        (c.number, c.claim)
        for c in rests.carriers
        if told.get(c.number) is run and isinstance(c.claim, Toll)
    ]
    careful = [(n, claim) for n, claim in tolls if claim.qualifier in _CAREFUL]
    if run.qualifier != "exact" or not careful or len(careful) < len(tolls):
        return
    near, claim = careful[0]
    words = run.text[:1].lower() + run.text[1:]
    written = say(f"qualifier.{claim.qualifier}", phrase=words)
    if run.text[:1].isupper():
        written = written[:1].upper() + written[1:]
    yield Check("caution", run.text, at, near, claim.quote, write=written)


def _provisional(
    text: str, language: str, tolls: Sequence[Carrier], say: Messages
) -> Iterator[Check]:
    """Yield a check where a figure is provisional and the text does not say so."""
    careful = [c for c in tolls if isinstance(c.claim, Toll) and c.claim.provisional]
    if careful and not toll_lexicon(language).provisional.find_matches_as_indexes(fold(text)):
        near = careful[0]
        written = say("toll.provisional")
        yield Check("provisional", number=near.number, quote=near.claim.quote, write=written)


def _givers(text: str, tolls: Sequence[Carrier], rests: Bound) -> Iterator[Check]:
    """Yield a check for each figure whose giver the text does not name by any word."""
    words = _stems(text)
    for carrier in tolls:
        giver = rests.givers.get(carrier.number, "")
        if carrier.claim.attribution and _stems(giver) and not _stems(giver) & words:
            yield Check("giver", giver, number=carrier.number, quote=carrier.claim.quote)


def _contradictions(tolls: Sequence[Carrier], rests: Bound) -> Iterator[Check]:
    """Yield a check for each open contradiction of which the text tells one side alone."""
    told = {carrier.claim.id for carrier in tolls}
    everyone = (*rests.carriers, *rests.free)
    for ledger in rests.event.ledgers if rests.event else ():
        if not ledger.disputed_since or not told.intersection(ledger.sides):
            continue
        others = [c for c in everyone if c.claim.id in ledger.sides and c.claim.id not in told]
        for other in others[:1]:
            free = other.number if other in rests.free else None
            yield Check("contradiction", number=other.number, quote=other.claim.quote, bind=free)
