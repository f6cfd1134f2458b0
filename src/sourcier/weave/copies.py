"""Copies: every capture to the one that its words descend from.

Two captures are compared where they share a fingerprint of their words, or a figure, an occurrence
or a speaker of the same day. Among the captures that one may descend from, the one it credits comes
first, then the one that it shares most with, then the earliest. What a publisher repeats over unlike
dispatches of its own is boilerplate and compares with nothing.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from itertools import combinations

from msgspec.structs import replace

from sourcier.types import Capture, Claim, Copy, Statement
from sourcier.weave import rules, tables
from sourcier.weave.facts import Fact, fact, spoken_by
from sourcier.weave.likeness import Match, Text, compare, credited, tell_apart
from sourcier.weave.marks import marks
from sourcier.weave.passages import Passages, passages
from sourcier.weave.rules import Rule


class Copies:
    """All captures compared so far, and the copy that each is."""

    def __init__(self) -> None:
        self.copies: dict[str, Copy] = {}
        self._texts: dict[str, Text] = {}
        self._prints: dict[int, list[str]] = defaultdict(list)
        self._signs: dict[Fact, list[str]] = defaultdict(list)
        self._signs_of: dict[str, frozenset[Fact]] = {}
        self._repeated: dict[str, set[int]] = defaultdict(set)
        self._matches: dict[str, dict[str, Match]] = defaultdict(dict)
        self._claimed: dict[str, set[str]] = defaultdict(set)
        self._children: dict[str, set[str]] = defaultdict(set)

    def add(self, capture: Capture, claims: tuple[Claim, ...]) -> set[str]:
        """Take a capture (or more claims of a known one) in; return the captures whose descent changed."""
        if capture.deleted:
            return set()
        known = self._texts.get(capture.id)
        found = known.passages if known else passages(capture.text)
        news = tuple(claim for claim in claims if claim.role == "news")
        text = Text(
            capture,
            found,
            self._own(capture.publisher, found),
            tuple(fact(claim) for claim in news),
            known.marks if known else marks(capture.text),
            tuple(credited(capture, news)),
        )
        self._texts[capture.id] = text
        stale = self._index(text, news, known is None)
        changed: set[str] = set()
        for name in (*stale, capture.id):
            changed |= self._compare(self._refreshed(name))
        return {name for name in sorted(changed) if self._choose(name)}

    def root(self, capture: str) -> tuple[str, str | None]:
        """Return the first capture of a family, and the name of its origin where that was not captured."""
        seen = {capture}
        while (copy := self.copies.get(capture)) is not None:
            if copy.origin is None:
                return capture, copy.origin_name
            if copy.origin in seen:
                break
            capture = copy.origin
            seen.add(capture)
        return capture, None

    def children(self, capture: str) -> frozenset[str]:
        """Return the captures that descend from a capture at first hand."""
        return frozenset(self._children.get(capture, ()))

    def family(self, capture: str) -> Iterator[str]:
        """Yield a capture and all that descend from it."""
        queue, seen = [capture], {capture}
        while queue:
            name = queue.pop()
            yield name
            fresh = self.children(name) - seen
            seen |= fresh
            queue.extend(sorted(fresh))

    def _index(self, text: Text, news: tuple[Claim, ...], fresh: bool) -> set[str]:
        """Index a text; return the captures whose boilerplate became known through it."""
        name = text.capture.id
        signs = frozenset(_signs(text.capture, news))
        for sign in signs - self._signs_of.get(name, frozenset()):
            self._signs[sign].append(name)
        self._signs_of[name] = signs | self._signs_of.get(name, frozenset())
        stale: set[str] = set()
        unlike: dict[tuple[str, ...], bool] = {}
        for value in text.passages.prints:
            if fresh:
                self._prints[value].append(name)
            stale |= self._learn(text, value, unlike)
        return stale - {name}

    def _learn(self, text: Text, value: int, seen: dict[tuple[str, ...], bool]) -> set[str]:
        """Learn a passage that a publisher repeats; return its captures where it is newly known.

        `seen` keeps which holders were already found to be unlike.
        """
        publisher = text.capture.publisher
        few = len(self._prints[value]) < rules.BOILERPLATE_AFTER
        if publisher is None or few or value in self._repeated[publisher]:
            return set()
        holders = [
            holder
            for name in self._prints[value]
            if (holder := self._texts[name]).capture.publisher == publisher
        ]
        names = tuple(holder.capture.id for holder in holders)
        if names not in seen:
            seen[names] = _unlike(holders)
        if not seen[names]:
            return set()
        self._repeated[publisher].add(value)
        return set(names)

    def _own(self, publisher: str | None, found: Passages) -> frozenset[int]:
        """Return the shingles to compare: outside quotations (unless all is quoted) and boilerplate."""
        own = found.own if len(found.own) >= rules.MIN_SHARED else found.all
        repeated = self._repeated.get(publisher or "", set())
        return own - _boilerplate(found, repeated) if repeated else own

    def _refreshed(self, name: str) -> Text:
        text = self._texts[name]
        own = self._own(text.capture.publisher, text.passages)
        if own != text.own:
            text = dataclasses.replace(text, own=own)
            self._texts[name] = text
        return text

    def _compare(self, text: Text) -> set[str]:
        """Compare a text with its candidates anew; return the captures whose matches changed."""
        name = text.capture.id
        changed = {name, *self._claimed.pop(name, ())}
        self._matches.pop(name, None)
        for copy in changed:
            self._matches[copy].pop(name, None)
        for other in self._candidates(text):
            found = compare(text, self._texts[other])
            if found is not None:
                copy, match = found
                self._matches[copy][match.origin] = match
                self._claimed[match.origin].add(copy)
                changed.add(copy)
        return changed

    def _candidates(self, text: Text) -> Iterable[str]:
        """Return the captures that share most with a text, of other publishers and dispatches."""
        mine = text.capture
        count: Counter[str] = Counter()
        for value in text.passages.prints:
            count.update(self._prints.get(value, ()))
        for sign in self._signs_of[mine.id]:
            count.update(self._signs[sign])
        others = [
            (-shared, self._texts[name].capture.published, name)
            for name, shared in count.items()
            if self._texts[name].capture.dispatch != mine.dispatch
            and (mine.publisher is None or self._texts[name].capture.publisher != mine.publisher)
        ]
        return [name for _, _, name in sorted(others)[: rules.MAX_CANDIDATES]]

    def _choose(self, name: str) -> bool:
        """Choose the origin of a capture among its matches; tell whether that changes it."""
        before = self.copies.get(name)
        matches = self._matches.get(name) or {}
        best = min(
            matches.values(),
            key=lambda m: (
                *(-part for part in m.weight),
                self._texts[m.origin].capture.published,
                m.origin,
            ),
            default=None,
        )
        copy = self._copy(name, best) if best else self._credit(name)
        if copy == (replace(before, lost=()) if before else None):
            return False
        if before is not None and before.origin:
            self._children[before.origin].discard(name)
        if copy is None:
            del self.copies[name]
            return True
        if copy.origin:
            self._children[copy.origin].add(name)
        self.copies[name] = copy
        return True

    def _copy(self, name: str, match: Match) -> Copy:
        origin = self._texts[match.origin].capture
        return Copy(
            capture=name,
            kind=match.kind,
            origin=match.origin,
            origin_name=origin.publisher,
            share=match.share,
            why=match.why,
        )

    def _credit(self, name: str) -> Copy | None:
        """Return the copy that a credit alone makes: its origin was never captured."""
        for credit in self._texts[name].credits:
            if credit.rule != Rule.NAMED_AS_SOURCE and credit.detail.get("name"):
                return Copy(
                    capture=name,
                    kind="credit",
                    origin_name=str(credit.detail["name"]),
                    why=(credit,),
                )
        return None


def _signs(capture: Capture, news: tuple[Claim, ...]) -> Iterator[Fact]:
    """Yield what captures of one day are looked up by: placed facts, and speakers of statements."""
    day = capture.published.toordinal()
    for claim in news:
        where = tables.site(claim.place) if claim.place else None
        speaker = spoken_by(claim) if isinstance(claim, Statement) else None
        for at in (day, day + 1):
            if where:
                yield ("sign", at, where, *fact(claim))
            if speaker:
                yield ("sign", at, speaker)


def _unlike(holders: list[Text]) -> bool:
    """Tell whether enough pairs of texts are none the other again: updates of one story are."""
    pairs = 0
    for one, other in combinations(holders, 2):
        mine, theirs = one.passages.all, other.passages.all
        shared = len(mine & theirs)
        pairs += tell_apart(one, other) or shared < min(len(mine), len(theirs)) / 2
        if pairs >= rules.UNLIKE_PAIRS:
            return True
    return False


def _boilerplate(found: Passages, repeated: Container[int]) -> set[int]:
    """Return the shingles around repeated fingerprints and between those that stand next to each other.

    A repeated passage may reach almost a window beyond its first and last fingerprints.
    """
    places = [i for i, value in enumerate(found.hashes) if value in found.prints]
    told = [found.hashes[place] in repeated for place in places]
    reach = rules.WINDOW - 1
    marked: set[int] = set()
    for number, here in enumerate(places):
        if told[number]:
            on = number + 1 < len(places) and told[number + 1]
            end = places[number + 1] if on else here + reach
            marked.update(found.hashes[max(0, here - reach) : end + 1])
    return marked
