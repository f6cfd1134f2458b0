"""Copies: every capture to the one that its words descend from.

Two captures are compared where they share a fingerprint of their words, or a figure, an occurrence
or a speaker of the same day. Among the captures that one may descend from, the one it credits comes
first, then the one that it shares most with, then the earliest. What a publisher repeats over unlike
dispatches of its own is boilerplate and compares with nothing.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from sourcier.types import Capture, Claim, Copy
from sourcier.weave import rules
from sourcier.weave.archive import Shelf
from sourcier.weave.boilerplate import Boilerplate, unlike
from sourcier.weave.likeness import Match, Text, compare, shown
from sourcier.weave.postings import Postings
from sourcier.weave.returned import Returned
from sourcier.weave.rules import Rule
from sourcier.weave.texts import Head, Texts, head

_LINES = (Rule.CREDIT_LINE, Rule.FORWARD_HEADER)


class Copies:
    """All captures compared so far, and the copy that each is."""

    def __init__(
        self, captures: Mapping[str, Capture], told: Mapping[str, tuple[Claim, ...]]
    ) -> None:
        self.copies: Shelf[Copy] = Shelf(Copy)
        self._boilerplate = Boilerplate()
        self._texts = Texts(captures, told, self._boilerplate)
        self._heads: list[Head] = []
        self._numbers: dict[str, int] = {}
        self._prints = Postings(rules.COMPARED_WITHIN.days)
        self._signs = Postings(rules.SIGNS_WITHIN.days)
        self._matches: dict[str, dict[str, Match]] = {}
        self._claimed: dict[str, set[str]] = defaultdict(set)
        self._children: dict[str, set[str]] = defaultdict(set)
        self._returned = Returned()

    def add(self, capture: Capture) -> set[str]:
        """Take a capture (or more claims of a known one) in; return the captures whose descent changed."""
        if capture.deleted:
            return set()
        self._texts.forget(capture.id)
        text = self._texts[capture.id]
        changed = set(self._returned.add(capture.id, text.credits))
        self._index(text)
        alike = self._alike(text)
        learnt = self._learn(text, alike)
        for other in map(self._texts.__getitem__, learnt):
            changed |= self._compare(other, self._alike(other))
        text = self._texts[capture.id]
        changed |= self._compare(text, self._alike(text) if learnt else alike)
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

    def _index(self, text: Text) -> None:
        capture, day = text.capture, text.capture.published.toordinal()
        number, signs = self._numbers.setdefault(capture.id, len(self._heads)), text.signs
        if number == len(self._heads):
            self._heads.append(head(text))
            self._prints.add(day, text.passages.prints, number)
        else:
            self._heads[number] = head(text)
            held = self._signs.find(day, signs)
            signs = frozenset(v for v in signs if number not in held.get(v, ()))
        self._signs.add(day, signs, number)

    def _alike(self, text: Text) -> Counter[int]:
        """Return how many fingerprints beyond its publisher's furniture each text shares with one."""
        prints = text.passages.prints - self._boilerplate.of(text.capture.publisher)
        return Counter(self._prints.holders(text.capture.published.toordinal(), prints))

    def _learn(self, text: Text, alike: Iterable[int]) -> list[str]:
        """Learn what the text's publisher repeats; return the other captures that this changes."""
        publisher = text.capture.publisher
        own = {n for n in alike if self._heads[n].publisher == publisher}
        if publisher is None or len(own) < rules.BOILERPLATE_AFTER:
            return []
        day, repeated = text.capture.published.toordinal(), self._boilerplate.of(publisher)
        held = self._prints.find(day, text.passages.prints - repeated)
        seen: dict[tuple[str, ...], bool] = {}
        stale: set[str] = set()
        for value, numbers in held.items():
            heads = [self._heads[n] for n in own.intersection(numbers)]
            if len(heads) < rules.BOILERPLATE_AFTER:
                continue
            latest = heapq.nlargest(rules.BOILERPLATE_AMONG, heads)
            names = tuple(sorted(h.name for h in latest))
            if names not in seen:
                seen[names] = unlike([self._texts[name] for name in names])
            if seen[names]:
                self._boilerplate.learn(publisher, value)
                stale.update(h.name for h in heads)
        for name in stale:
            self._texts.forget(name)
        return sorted(stale - {text.capture.id})

    def _compare(self, text: Text, alike: Counter[int]) -> set[str]:
        """Compare a text with its candidates anew; return the captures whose matches changed."""
        name = text.capture.id
        changed = {name, *self._claimed.pop(name, ()), *self.children(name)}
        self._matches[name] = {}
        for copy in changed - {name}:
            self._matches_of(copy).pop(name, None)
        for other in self._candidates(text, alike):
            found = compare(text, self._texts[other])
            if found is not None:
                copy, match = found
                self._note(copy, match)
                changed.add(copy)
        return changed

    def _note(self, copy: str, match: Match) -> None:
        self._matches_of(copy)[match.origin] = match
        self._claimed[match.origin].add(copy)

    def _matches_of(self, name: str) -> dict[str, Match]:
        """Return what a capture may descend from; compare it again where that was long not asked for."""
        found = self._matches.pop(name, None)
        if found is None:
            text = self._texts[name]
            others = self._candidates(text, self._alike(text))
            matches = (compare(text, self._texts[other]) for other in others)
            found = {match.origin: match for copy, match in filter(None, matches) if copy == name}
        self._matches[name] = found
        if len(self._matches) > rules.TEXTS_AT_HAND:
            for origin in self._matches.pop(oldest := next(iter(self._matches))):
                self._claimed[origin].discard(oldest)
        return found

    def _candidates(self, text: Text, alike: Counter[int]) -> list[str]:
        """Return the captures that share most with a text, of other publishers and dispatches."""
        mine = head(text)
        alike.update(self._signs.holders(mine.published.toordinal(), text.signs))
        others = (
            (-shared, other.published, other.name)
            for number, shared in alike.items()
            if mine.may_match(other := self._heads[number])
        )
        return [name for *_, name in sorted(others)[: rules.MAX_CANDIDATES]]

    def _choose(self, name: str) -> bool:
        """Choose the origin of a capture among its matches; tell whether that changes it."""
        before = self.copies.get(name)
        matches = self._matches_of(name)
        best = min(
            matches.values(),
            key=lambda m: (
                *(-part for part in m.weight),
                self._heads[self._numbers[m.origin]].published,
                m.origin,
            ),
            default=None,
        )
        named = None if best and best.weight[0] else self._named(name)
        if best and before and not named and best.makes(before):
            return False
        copy = named or (self._copy(name, best) if best else self._credit(name))
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
        origin = self._texts[match.origin]
        return Copy(
            capture=name,
            kind=match.kind,
            origin=match.origin,
            origin_name=origin.capture.publisher,
            share=match.share,
            why=shown(match, self._texts[name], origin),
        )

    def _named(self, name: str) -> Copy | None:
        """Return the copy that a text is of the capture whose id it carries."""
        text = self._texts[name]
        for origin, why in self._returned.of(text.credits):
            if head(text).may_match(head(self._texts[origin])) and self.root(origin)[0] != name:
                publisher = self._texts[origin].capture.publisher
                return Copy(
                    capture=name, kind="credit", origin=origin, origin_name=publisher, why=(why,)
                )
        return None

    def _credit(self, name: str) -> Copy | None:
        """Return the copy that a credit alone makes: its origin was never captured."""
        for credit in self._texts[name].credits:
            if credit.rule in _LINES and credit.detail.get("name"):
                return Copy(
                    capture=name,
                    kind="credit",
                    origin_name=str(credit.detail["name"]),
                    why=(credit,),
                )
        return None
