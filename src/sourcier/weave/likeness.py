"""Likeness of two captures: which descends from which, in what way, and what shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from sourcier.types import Capture, Claim, Copy, CopyKind, Evidence
from sourcier.weave import rules
from sourcier.weave.facts import Fact
from sourcier.weave.marks import marks
from sourcier.weave.names import tokens
from sourcier.weave.passages import Passages, longest
from sourcier.weave.returned import SCHEME, is_named, named_captures
from sourcier.weave.rules import Rule, because

_RELAYS = ("wire", "press")
_ROLES = ("aggregator", "agency", "official")  # those by which the order of time may turn round


@dataclass(frozen=True)
class Text:
    """A capture as it is compared: its passages without boilerplate, facts, signs, whom it credits.

    `signs` are hashes of what it is looked up by beside its words.
    """

    capture: Capture
    passages: Passages
    own: frozenset[int]
    facts: tuple[Fact, ...]
    signs: frozenset[int]
    credits: tuple[Evidence, ...]

    @cached_property
    def marks(self) -> frozenset[str]:
        """The numbers and names that a translation keeps."""
        return marks(self.capture.text)

    @cached_property
    def told(self) -> Counter[Fact]:
        """How often each fact is told."""
        return Counter(self.facts)


class Match(NamedTuple):
    """One capture's descent from another.

    `weight` orders the candidates for one copy: credited, by shared words, by the share. `shares` of
    words, of the copy and of the origin, are no part of `why` yet: see `shown`.
    """

    origin: str
    kind: CopyKind
    share: float
    weight: tuple[bool, bool, float]
    why: tuple[Evidence, ...]
    shares: tuple[float, float] | None = None

    def makes(self, copy: Copy) -> bool:
        """Tell whether a copy was made of this match, apart from the words that it shows."""
        if (copy.origin, copy.kind, copy.share) != (self.origin, self.kind, self.share):
            return False
        if self.shares is None:
            return copy.why == self.why
        detail = copy.why[0].detail
        shares = detail.get("share"), detail.get("origin_share")
        return shares == self.shares and copy.why[1:] == self.why


def compare(one: Text, other: Text) -> tuple[str, Match] | None:
    """Return ``(copy, its match)`` where one of two captures descends from the other, else None."""
    if tell_apart(one, other):
        return None
    shared = len(one.own & other.own)
    if not (_may_share(one, other, shared) or _may_tell(one, other, shared)):
        return None
    direction = _direction(one, other)
    copy, origin = (one, other) if direction.copy == one.capture.id else (other, one)
    match = _by_passages(copy, origin, direction, shared) or _by_facts(copy, origin, direction)
    return (copy.capture.id, match) if match else None


def _may_share(one: Text, other: Text, shared: int) -> bool:
    """Tell whether `shared` shingles are enough of the shorter text to make a copy, whoever descends."""
    if shared < rules.MIN_SHARED:
        return False
    return shared / min(len(one.own), len(other.own)) >= rules.SUPPORTED_REWRITE


def _may_tell(one: Text, other: Text, shared: int) -> bool:
    """Tell whether facts may make one text a copy of the other: it is credited or in another language."""
    if one.capture.language == other.capture.language and not (one.credits or other.credits):
        return False
    return shared >= rules.MIN_SHARED or len(_both(one, other)) >= rules.MIN_FACTS_CREDITED


class _Direction(NamedTuple):
    copy: str
    credited: bool
    why: tuple[Evidence, ...]


def _direction(one: Text, other: Text) -> _Direction:
    """Decide who may descend from whom: by a credit, by role, by time."""
    for copy, origin in ((one, other), (other, one)) if one.credits or other.credits else ():
        named = tuple(credit for credit in copy.credits if _names(credit, origin.capture))
        if named and not any(_names(credit, copy.capture) for credit in origin.credits):
            return _Direction(copy.capture.id, True, named[:2])
    first, second = one.capture, other.capture
    if _order(second) < _order(first):
        first, second = second, first
    lag = second.published - first.published
    for role in _ROLES if first.role != second.role else ():
        late = _by_role(role, first, second, lag)
        if late is not None:
            return late
    minutes = round(lag.total_seconds() / 60)
    return _Direction(second.id, False, (because(Rule.EARLIER, first.id, minutes=minutes),))


def _by_role(role: str, first: Capture, second: Capture, lag: timedelta) -> _Direction | None:
    """Turn the order of time round where the roles of two captures say so."""
    if (first.role == role) == (second.role == role):
        return None
    if role == "aggregator":
        copy = first if first.role == role else second
        return _Direction(copy.id, False, (because(Rule.AGGREGATOR, copy.id, role=role),))
    if second.role == role and lag <= rules.AGENCY_LAG:
        minutes = round(lag.total_seconds() / 60)
        why = because(Rule.AGENCY_FIRST, second.id, role=role, minutes=minutes)
        return _Direction(first.id, False, (why,))
    return None


def _order(capture: Capture) -> tuple[datetime, datetime, str]:
    return capture.published, capture.retrieved or capture.published, capture.id


def _by_passages(copy: Text, origin: Text, direction: _Direction, shared: int) -> Match | None:
    """Match by `shared` shingles: all of both, all of one, or enough for a rewrite."""
    if shared < rules.MIN_SHARED:
        return None
    apart = abs(copy.capture.published - origin.capture.published)
    if apart > rules.WORDS_WITHIN and not direction.credited:
        return None
    share, back = shared / len(copy.own), shared / len(origin.own)
    kind = _kind(share, back, direction.credited or _same_facts(copy, origin))
    if kind is None or (kind == "rewrite" and not direction.credited and apart > rules.COPY_WITHIN):
        return None
    if kind == "rewrite" and _other_facts(copy, origin, direction.credited):
        return None
    if any(credit.rule == Rule.FORWARD_HEADER for credit in direction.why):
        kind = "forward"
    shares = round(share, 3), round(back, 3)
    weight = (direction.credited, True, max(shares))
    return Match(origin.capture.id, kind, shares[0], weight, direction.why, shares)


def shown(match: Match, copy: Text, origin: Text) -> tuple[Evidence, ...]:
    """Return why a match is one, with the span of the longest passage that two texts share."""
    if match.shares is None:
        return match.why
    share, back = match.shares
    span = longest(copy.capture.text, copy.passages, copy.own & origin.own)
    why = because(Rule.SHARED_PASSAGES, copy.capture.id, span, share=share, origin_share=back)
    return why, *match.why


def tell_apart(one: Text, other: Text) -> bool:
    """Tell whether two texts tell of different things, be it in like words, as templates do."""
    return bool(one.facts and other.facts) and one.told.keys().isdisjoint(other.told.keys())


def _both(one: Text, other: Text) -> Set[Fact]:
    """Return the facts that two texts tell."""
    return one.told.keys() & other.told.keys()


def _common(one: Text, other: Text) -> int:
    """Return how many facts two texts share, each as often as both tell it."""
    return sum(min(one.told[fact], other.told[fact]) for fact in _both(one, other))


def _other_facts(copy: Text, origin: Text, credited: bool) -> bool:
    """Tell whether much of what two texts tell differs: a rewrite keeps the facts, a template does not."""
    fewer = min(len(copy.facts), len(origin.facts))
    least = rules.FACTS_KEPT_CREDITED if credited else rules.FACTS_KEPT
    return fewer >= rules.FACTS_BESIDE and _common(copy, origin) < least * fewer


def _same_facts(copy: Text, origin: Text) -> bool:
    least = max(rules.FACTS_BESIDE, rules.FACTS_ALONE * len(copy.facts))
    return len(origin.facts) >= least and _common(copy, origin) >= least


def _kind(share: float, back: float, supported: bool) -> CopyKind | None:
    if share >= rules.WHOLE:
        return "verbatim" if back >= rules.WHOLE else "cut"
    if back >= rules.WHOLE:
        return "contains"
    return "rewrite" if share >= (rules.SUPPORTED_REWRITE if supported else rules.REWRITE) else None


def _by_facts(copy: Text, origin: Text, direction: _Direction) -> Match | None:
    """Match by what is told, where words cannot show it: translations and free rewrites."""
    apart = abs(copy.capture.published - origin.capture.published)
    foreign = copy.capture.language != origin.capture.language
    if apart > rules.COPY_WITHIN or not (foreign or direction.credited) or not copy.facts:
        return None
    shared = _common(copy, origin)
    share = shared / len(copy.facts)
    least = rules.FACTS_CREDITED if direction.credited else rules.FACTS_ALONE
    enough = rules.MIN_FACTS_CREDITED if direction.credited else rules.MIN_FACTS
    why = because(
        Rule.SHARED_FACTS,
        copy.capture.id,
        shared=shared,
        facts=len(copy.facts),
        share=round(share, 3),
    )
    kept = _kept_marks(copy, origin) if foreign and shared >= rules.MIN_FACTS_CREDITED else None
    if kept is None and (share < least or shared < enough):
        return None
    evidence = (why, kept, *direction.why) if kept else (why, *direction.why)
    kind: CopyKind = "translation" if foreign else "rewrite"
    weight = (direction.credited, False, round(share, 3))
    return Match(origin.capture.id, kind, round(share, 3), weight, evidence)


def _kept_marks(copy: Text, origin: Text) -> Evidence | None:
    """Return the evidence that a text keeps the numbers and names of one in another language."""
    shared = copy.marks & origin.marks
    fewer = min(len(copy.marks), len(origin.marks))
    if len(shared) < rules.MIN_MARKS or len(shared) < rules.MARKS_KEPT * fewer:
        return None
    share = round(len(shared) / len(copy.marks), 3)
    return because(Rule.SHARED_MARKS, copy.capture.id, marks=sorted(shared), share=share)


def credited(capture: Capture, claims: tuple[Claim, ...]) -> Iterator[Evidence]:
    """Yield whom a capture credits: captures, its credit lines, and the relays that its claims name."""
    yield from named_captures(capture)
    for credit in capture.credits:
        if (credit.url or "").startswith(SCHEME):
            continue
        if credit.kind not in ("author", "picture") and (credit.name or credit.url):
            forward = credit.kind == "forward"
            rule = Rule.FORWARD_HEADER if forward else Rule.CREDIT_LINE
            yield because(rule, capture.id, name=credit.name, url=credit.url, kind=credit.kind)
    seen: set[str] = set()
    for claim in claims:
        for number, relay in enumerate(claim.attribution, 1):
            name = relay.organisation or relay.name or relay.role
            last = number == len(claim.attribution)
            if name and name not in seen and (not last or relay.medium in _RELAYS):
                seen.add(name)
                yield because(Rule.NAMED_AS_SOURCE, capture.id, relay.span, name=name)


def _names(credit: Evidence, capture: Capture) -> bool:
    """Tell whether a credit names a capture: its id, its publisher, its page or its site."""
    if credit.rule == Rule.NAMES_CAPTURE:
        return is_named(credit, capture.id)
    name, url = credit.detail.get("name"), credit.detail.get("url")
    if name and capture.publisher and same_outlet(name, capture.publisher):
        return True
    if not url or not capture.url:
        return False
    mine, theirs = urlsplit(url), urlsplit(capture.url)
    return mine.hostname == theirs.hostname and mine.path.strip("/") in (
        "",
        theirs.path.strip("/"),
    )


@lru_cache(maxsize=65536)
def same_outlet(name: str, publisher: str) -> bool:
    """Tell whether two names of outlets are one: the words of one are among those of the other."""
    mine, theirs = frozenset(tokens(name)), frozenset(tokens(publisher))
    if not mine or not theirs:
        return name.casefold() == publisher.casefold()
    return mine <= theirs or theirs <= mine
