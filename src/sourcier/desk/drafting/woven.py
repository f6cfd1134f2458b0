"""What the desk asks of a weave: the part of `sourcier.weave` that it uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from sourcier import types


class Known(Protocol):
    """Everything woven so far."""

    @property
    def copies(self) -> Mapping[str, types.Copy]:
        """Copies by capture id."""

    def event(self, key: str, /) -> types.Event:
        """Return an event by id."""

    def merged(self) -> Mapping[str, str]:
        """Return into which event each one was merged that was."""

    def alerts(self) -> Iterable[types.AlertInterval]:
        """Return all alert intervals."""

    def total(self) -> types.Origins:
        """Return the outlets and origins of the whole story."""

    def origins(self, claims: Iterable[str], /) -> types.Origins:
        """Return the outlets and origins of some claims."""


class Woven(Protocol):
    """What one batch changed."""

    @property
    def changes(self) -> Iterable[types.Change]:
        """The changes, in the order they happened."""

    @property
    def known(self) -> Known:
        """Everything woven so far, this batch included."""

    @property
    def touched(self) -> Iterable[str]:
        """The ids of the events that changed."""
