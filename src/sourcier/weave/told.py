"""Told: the claims of every capture, packed once they were long not asked for, and found by their ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sourcier.types import Claim
from sourcier.weave.archive import Shelf


class Told(Mapping[str, tuple[Claim, ...]]):
    """Claims by the id of their capture; none for a capture of which nothing is told."""

    def __init__(self) -> None:
        self._shelf: Shelf[tuple[Claim, ...]] = Shelf(tuple[Claim, ...])
        self._captures: dict[str, str] = {}

    def add(self, capture: str, claims: tuple[Claim, ...]) -> None:
        """Take claims of one capture in, none of which is known."""
        self._shelf[capture] = (*self[capture], *claims)
        self._captures.update(dict.fromkeys((claim.id for claim in claims), capture))

    def __getitem__(self, capture: str) -> tuple[Claim, ...]:
        return self._shelf.get(capture, ())

    def __iter__(self) -> Iterator[str]:
        return iter(self._shelf)

    def __len__(self) -> int:
        return len(self._shelf)

    @property
    def claims(self) -> Mapping[str, Claim]:
        """Every claim by its own id, in the order in which they came."""
        return _Claims(self, self._captures)


class _Claims(Mapping[str, Claim]):
    def __init__(self, told: Told, captures: dict[str, str]) -> None:
        self._told = told
        self._captures = captures

    def __getitem__(self, name: str) -> Claim:
        return next(claim for claim in self._told[self._captures[name]] if claim.id == name)

    def __contains__(self, name: object) -> bool:
        return name in self._captures

    def __iter__(self) -> Iterator[str]:
        return iter(self._captures)

    def __len__(self) -> int:
        return len(self._captures)
