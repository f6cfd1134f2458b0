"""What was told in a sentence, on its way from the frames to the drafts."""

from __future__ import annotations

from dataclasses import dataclass

from sourcier.read.document import Sentence, Token
from sourcier.read.tolls_chunk import Chunk
from sourcier.read.tolls_frames import Finding


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence (the `number`-th of its text) with its words, its chunks and its findings."""

    number: int
    sentence: Sentence
    words: tuple[Token, ...]
    chunks: tuple[Chunk, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """A finding with the sentence that tells it and the larger one that it is a part of."""

    finding: Finding
    told: Told
    whole: Finding | None = None
