"""The demo's background cards, as ``cards.toml`` has them."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import msgspec

from sourcier.types import EntryText, Reference


class DemoCard(msgspec.Struct, frozen=True, kw_only=True):
    """A background card. `story` has it on its page from the beginning; "" for none."""

    names: tuple[str, ...]
    texts: dict[str, EntryText]
    sources: tuple[Reference, ...] = ()
    story: str = ""


def demo_cards() -> tuple[DemoCard, ...]:
    """Return the demo's cards, in their order."""
    table = tomllib.loads((files(__name__.rpartition(".")[0]) / "cards.toml").read_text("utf-8"))
    return msgspec.convert(table["card"], tuple[DemoCard, ...])
