"""What fitting is made of: ties between texts, and parts that weigh for one event, each with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from sourcier.types import Evidence
from sourcier.weave.kinship import Kin

ONE, TWO = 1.5, 3.0
"""What one person and two people named by both weigh."""

Part = tuple[float, Evidence]


class Ties(NamedTuple):
    """What ties a bundle's capture to others: those that it descends from, and those of one story."""

    ancestors: tuple[str, ...] = ()
    kin: Mapping[str, Kin] = MappingProxyType({})
