"""Origins: every claim to the spring that it comes from, whoever relays it.

A claim of a copy is the same claim in the text that it was copied from. There, its origin is the
last speaker that it names, or, where it names none, the outlet whose text it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import msgspec
from msgspec.structs import replace

from sourcier.types import Capture, Claim, Evidence, Origin, Origins, Place, Statement
from sourcier.weave import rules
from sourcier.weave.archive import Recent
from sourcier.weave.copies import Copies
from sourcier.weave.losses import matching
from sourcier.weave.rules import Rule, because
from sourcier.weave.speakers import Speaker, Speakers, outlet

_Parent = tuple[tuple[Claim, ...], Claim | None]
"""The claims that one was looked for among, and the one that it repeats."""


class Spring(msgspec.Struct, frozen=True, gc=False):
    """The origin of one claim: the speaker under the final key, the claim it started as, and why.

    `raw` is the speaker's key before aliases, null for an outlet's own voice.
    """

    speaker: Speaker
    root: Claim
    why: tuple[Evidence, ...]
    raw: str | None = None


class Tracer:
    """Traces claims to their origins over what is known."""

    def __init__(
        self,
        captures: Mapping[str, Capture],
        told: Mapping[str, tuple[Claim, ...]],
        copies: Copies,
        speakers: Speakers,
        place_of: Callable[[Claim], Place | None],
    ) -> None:
        self._captures = captures
        self._told = told
        self._copies = copies
        self._speakers = speakers
        self._place_of = place_of
        self._traced: Recent[str, Spring] = Recent(rules.MADE_AT_HAND)
        self._parents: Recent[str, _Parent] = Recent(rules.MADE_AT_HAND)

    def forget(self, claims: Iterable[str]) -> None:
        """Trace some claims anew: their speakers, or what their texts descend from, became known."""
        for name in claims:
            self._traced.drop(name)

    def trace(self, claim: Claim) -> Spring:
        """Return the origin of a claim."""
        found = self._traced.get(claim.id)
        return found or self._traced.put(claim.id, self._trace(claim))

    def _trace(self, claim: Claim) -> Spring:
        root, publisher = self._root(claim)
        named = root if root.attribution or not claim.attribution else claim
        capture = self._captures.get(named.capture)
        speaker = self._speakers.of(named, self._place_of(named), capture)
        if speaker is None:
            return Spring(
                self._own_voice(root, publisher), root, (self._answers(claim, publisher),)
            )
        final = self._speakers.resolve(speaker.key)
        rule = Rule.SAME_OFFICE if final != speaker.key else Rule.SAME_SPEAKER
        span = named.attribution[-1].span
        why = because(rule, named.capture, span, name=speaker.name, key=final)
        return Spring(replace(speaker, key=final), root, (why,), speaker.key)

    def parent(self, claim: Claim) -> Claim | None:
        """Return the claim that a copy's claim repeats, in the text it was copied from."""
        copy = self._copies.copies.get(claim.capture)
        if copy is None or copy.origin is None:
            return None
        told = self._told.get(copy.origin, ())
        kept = self._parents.get(claim.id)
        if kept is None or kept[0] is not told:
            found = matching(claim, told) or self._quoted(claim, copy.origin, told)
            kept = self._parents.put(claim.id, (told, found))
        return kept[1]

    def _quoted(self, claim: Claim, origin: str, told: tuple[Claim, ...]) -> Claim | None:
        """Return the claim that words of the text `origin` make there, which a copy puts in quotation marks.

        "The agency writes: « Two died, the mayor said »" is the mayor's word still, and no other's.
        """
        text, own = self._captures.get(origin), self._captures.get(claim.capture)
        if text is None or own is None or not isinstance(claim, Statement) or not claim.content:
            return None
        words = own.text[slice(*claim.content)].strip()
        start = text.text.find(words)
        if not words or start < 0:
            return None
        held = (one for one in told if start <= one.span[0] and one.span[1] <= start + len(words))
        return next(held, None)

    def origins(self, claims: Iterable[Claim]) -> Origins:
        """Return the independent origins of claims, those with most dispatches first."""
        groups: dict[str, list[tuple[Claim, Spring]]] = {}
        captures: dict[str, Capture | None] = {}
        for claim in sorted(claims, key=lambda c: (self._when(c.capture), c.span, c.id)):
            spring = self.trace(claim)
            groups.setdefault(spring.speaker.key, []).append((claim, spring))
            captures[claim.capture] = self._captures.get(claim.capture)
        made = [self._origin(key, found) for key, found in groups.items()]
        known = [capture for capture in captures.values() if capture]
        outlets = {c.publisher or c.dispatch for c in known}
        return Origins(
            outlets=len(outlets),
            dispatches=len({c.dispatch for c in known}),
            origins=tuple(sorted(made, key=lambda o: (-len(o.captures), o.key))),
        )

    def _origin(self, key: str, found: list[tuple[Claim, Spring]]) -> Origin:
        names = [name for claim, spring in found for name in {claim.capture, spring.root.capture}]
        own = {name for name in names if self._is_own(key, name)}
        order = sorted(set(names), key=lambda name: (name not in own, *self._when(name)))
        first = min((spring for _, spring in found), key=lambda s: self._when(s.root.capture))
        why = {(e.rule, e.capture): e for _, spring in found for e in spring.why}
        own_why = [because(Rule.OWN_CHANNEL, order[0], name=first.speaker.name)] if own else []
        return Origin(
            key=key,
            name=self._name(key, order, first.speaker),
            role=next((s.speaker.role for _, s in found if s.speaker.role), None),
            medium=next((s.speaker.medium for _, s in found if s.speaker.medium), None),
            captured=bool(own),
            captures=tuple(order),
            why=(*own_why, *why.values()),
        )

    def _name(self, key: str, order: list[str], speaker: Speaker) -> str:
        """Return what to call an origin: as it calls itself where its own words were captured."""
        own = self._captures.get(order[0])
        if own is not None and own.publisher and outlet(own.publisher) == key:
            return own.publisher
        return speaker.name

    def _is_own(self, key: str, name: str) -> bool:
        capture = self._captures.get(name)
        if capture is None or capture.deleted:
            return False
        return (
            outlet(capture.publisher) == key
            if capture.publisher
            else key == f"text:{capture.dispatch}"
        )

    def _when(self, name: str) -> tuple[bool, float, str]:
        capture = self._captures.get(name)
        return (capture is None, capture.published.timestamp() if capture else 0.0, name)

    def _root(self, claim: Claim) -> tuple[Claim, str | None]:
        """Return where a claim started, and the publisher that answers if it names no speaker."""
        seen = {claim.id}
        while (parent := self.parent(claim)) is not None and parent.id not in seen:
            claim = parent
            seen.add(claim.id)
        copy = self._copies.copies.get(claim.capture)
        if copy is not None and copy.kind != "contains":
            root, name = self._copies.root(claim.capture)
            return claim, name or self._publisher(root)
        return claim, self._publisher(claim.capture)

    def _publisher(self, name: str) -> str | None:
        capture = self._captures.get(name)
        return capture.publisher if capture else None

    def _own_voice(self, claim: Claim, publisher: str | None) -> Speaker:
        if publisher is None:
            return Speaker(f"text:{claim.dispatch}", claim.dispatch)
        return Speaker(outlet(publisher), publisher)

    def _answers(self, claim: Claim, publisher: str | None) -> Evidence:
        mine = self._publisher(claim.capture)
        rule = Rule.OWN_VOICE if publisher == mine else Rule.ROOT_OF_COPIES
        return because(rule, claim.capture, claim.span, name=publisher)
