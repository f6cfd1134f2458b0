"""PolNeAR: US political news with attributions: a source, a cue and a content.

A content is found where a statement of ours shares half of the characters that the two cover
together (intersection over union); each is used once. Where a content is interrupted ("…," she
said, "…"), its parts count together, and so do the statements of ours that stand in them, since a
statement of ours is one span. A content also counts where another claim of ours with a speaker
covers it so, since what is a toll or an occurrence is not told a second time as a statement; such
claims can only help: one that covers no content is not an error of attribution.

The speaker is right, of the contents found, where ours stands within the golden source's words or
shares a word with it. Sources that are a pronoun alone, or absent, are left out: the corpus does
not say whom they stand for.

The peer is textacy's ``direct_quotations`` over spaCy's small English pipeline, by the same rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bench.accuracy import Record
from bench.corpora.peers import module, spacy_pipeline
from bench.corpora.rows import Error, Row, Tally, excerpt, sampled
from bench.corpora.source import missing, reading, records
from sourcier.types import Attribution, Claim, Statement

FILES = ("polnear-visible.jsonl.gz",)
PUBLISHED = datetime(2016, 10, 1, 12, tzinfo=UTC)
LEAST = 0.5
PRONOUNS = {"he", "she", "they", "it", "i", "we", "you", "who", "his", "her", "their", "its", "my"}
SMALL = PRONOUNS | {"the", "a", "an", "of", "and", "in", "to", "for", "on", "at", "that", "by"}
Pieces = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Said:
    """Words that someone said: their spans, who said it (spans, words), with what cue."""

    content: Pieces
    source: Pieces
    name: str
    cue: str = ""
    counts: bool = True

    @property
    def characters(self) -> set[int]:
        return {at for start, end in self.content for at in range(start, end)}


def score(sample: int | None, beside: int | None = None) -> list[Row]:
    """Return the rows for contents and speakers, ours beside textacy's on `beside` documents."""
    if missing(*FILES):
        return []
    documents = sampled(records(FILES[0]), sample)
    peer = bool(module("textacy") and spacy_pipeline())
    compared = {record["id"] for record in sampled(documents, beside)}
    ours, theirs = (Tally(), Tally()), (Tally(), Tally())
    for record in documents:
        text, golden = record["text"], attributions(record)
        add(ours, record, golden, statements(reading(record["id"], text, PUBLISHED).claims, text))
        if peer and record["id"] in compared:
            add(theirs, record, golden, by_textacy(text))
    shown = theirs if peer else (None, None)
    many, name = len(documents), "textacy"
    return [
        Row("PolNeAR", "content overlaps by half", "F1", many, ours[0], 0.58, name, shown[0],
            "0.445 (dependency rules)", len(compared)),
        Row("PolNeAR", "speaker, of those found", "accuracy", many, ours[1], 0.87, name, shown[1],
            "0.863 (dependency rules)", len(compared)),
    ]  # fmt: skip


def attributions(record: Record) -> list[Said]:
    """Return the golden attributions of a document."""
    text = record["text"]
    return [
        Said(a["content"], a["source"] or (), _words(text, a["source"]), _words(text, a["cue"]))
        for a in record["attributions"]
        if a["content"]
    ]


def _words(text: str, pieces: Pieces | None) -> str:
    return " ".join(text[start:end] for start, end in pieces or ())


def statements(claims: Iterable[Claim], text: str) -> list[Said]:
    """Return what claims say was said: statements first, then other claims with a speaker."""
    sayings = [
        Said([claim.content], *_speaker(claim.attribution, text))
        for claim in claims
        if isinstance(claim, Statement)
    ]
    others = [
        Said([claim.span], *_speaker(claim.attribution, text), counts=False)
        for claim in claims
        if claim.attribution and not isinstance(claim, Statement)
    ]
    return sayings + others


def _speaker(chain: tuple[Attribution, ...], text: str) -> tuple[Pieces, str]:
    if not chain:
        return (), ""
    origin = chain[-1]
    parts = (origin.name, origin.role, origin.organisation, text[slice(*origin.span)])
    return [origin.span], " ".join(filter(None, parts))


def by_textacy(text: str) -> list[Said]:
    """Return the direct quotations that textacy finds.

    It is given one paragraph at a time, since it refuses all of a text with an unclosed mark.
    """
    found = []
    for paragraph in re.finditer(r"[^\n]*[\"“”][^\n]*", text):
        found += _quoted(paragraph[0], paragraph.start())
    return found


def _quoted(paragraph: str, at: int) -> list[Said]:
    extract = module("textacy.extract").direct_quotations
    try:
        quotations = list(extract(spacy_pipeline()(paragraph)))
    except ValueError:
        return []
    return [
        Said(
            [_inside(paragraph, q.content.start_char, q.content.end_char, at)],
            [(at + token.idx, at + token.idx + len(token)) for token in q.speaker],
            " ".join(token.text for token in q.speaker),
        )
        for q in quotations
    ]


def _inside(paragraph: str, start: int, end: int, at: int) -> tuple[int, int]:
    """Return a span without the quotation marks at its ends, moved by `at`."""
    marks = "“”\"'‘’"
    return at + start + (paragraph[start] in marks), at + end - (paragraph[end - 1] in marks)


def shared(one: set[int], other: set[int]) -> float:
    """Return intersection over union."""
    return len(one & other) / max(1, len(one | other))


def joined(golden: Sequence[Said], ours: Sequence[Said]) -> list[Said]:
    """Return ours with the statements that stand in one interrupted content taken together."""
    left = list(ours)
    for said in golden:
        inside = said.characters if len(said.content) > 1 else set()
        parts = [one for one in left if one.counts and _within(one.characters, inside)]
        if len(parts) > 1:
            content = [piece for one in parts for piece in one.content]
            left = [one for one in left if one not in parts]
            left.append(Said(content, parts[0].source, parts[0].name))
    return left


def _within(one: set[int], other: set[int]) -> bool:
    return 2 * len(one & other) >= len(one) > 0


def aligned(golden: Sequence[Said], ours: Sequence[Said]) -> list[tuple[int, int]]:
    """Return the index pairs of contents that overlap enough, best first, each used once."""
    sets = [said.characters for said in golden], [said.characters for said in ours]
    overlaps = [(shared(g, o), i, j) for i, g in enumerate(sets[0]) for j, o in enumerate(sets[1])]
    pairs: dict[int, int] = {}
    for overlap, i, j in sorted(overlaps, key=lambda row: (-row[0], row[1:])):
        if overlap >= LEAST and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return list(pairs.items())


def add(tallies: tuple[Tally, Tally], record: Record, golden: list[Said], ours: list[Said]) -> None:
    """Count the contents and the speakers of one document."""
    contents, speakers = tallies
    ours = joined(golden, ours)
    pairs = aligned(golden, ours)
    met, used = {i for i, _ in pairs}, {j for _, j in pairs}
    found = [j for j, said in enumerate(ours) if said.counts or j in used]
    contents.add(len(used), len(found), len(met), len(golden))
    contents.errors += [_missed(record, s, ours) for i, s in enumerate(golden) if i not in met]
    contents.errors += [_made_up(record, ours[j], golden) for j in found if j not in used]
    for i, j in pairs:
        if not vocabulary(golden[i].name):
            continue
        right = same_speaker(golden[i], ours[j])
        speakers.judge(right)
        if not right:
            speakers.errors.append(_misheard(record, golden[i], ours[j]))


def same_speaker(golden: Said, ours: Said) -> bool:
    """Tell whether a speaker stands within the golden source or shares a word with it."""
    within = any(a < d and c < b for a, b in golden.source for c, d in ours.source)
    return within or bool(vocabulary(golden.name) & vocabulary(ours.name))


def vocabulary(name: str) -> set[str]:
    """Return the words of a name that are no articles, prepositions or pronouns."""
    return {word for word in re.findall(r"\w+", name.casefold()) if word not in SMALL}


def _missed(record: Record, said: Said, ours: list[Said]) -> Error:
    text = record["text"]
    start, end = said.content[0][0], said.content[-1][1]
    how = "direct" if text[start - 1 : start + 1].strip()[:1] in tuple("“\"'") else "indirect"
    near = max(ours, key=lambda one: shared(said.characters, one.characters), default=None)
    overlap = shared(said.characters, near.characters) if near else 0.0
    kind = f"missed, {how}: not read at all"
    if near and overlap:
        other = _words(text, near.content)
        longer = len(near.characters) > len(said.characters)
        kind = f"missed, {how}: {'too much' if longer else 'too little'} read"
        return Error(kind, said.cue, record["id"], f"{_around(text, said)} | READ: {other[:300]}")
    if not said.cue:
        kind += ", no cue"
    return Error(kind, said.cue, record["id"], f"{_around(text, said)} ({end - start} characters)")


def _around(text: str, said: Said) -> str:
    """Return a content between marks, with its cue and source if they are near."""
    return excerpt(text, (said.content[0][0], said.content[-1][1]), 70) + f" | CUE: {said.cue}"


def _made_up(record: Record, said: Said, golden: list[Said]) -> Error:
    text = record["text"]
    touched = any(said.characters & one.characters for one in golden)
    kind = "made up: overlaps a content too little" if touched else "made up: no content here"
    context = excerpt(text, (said.content[0][0], said.content[-1][1]), 70)
    return Error(kind, said.name[:30], record["id"], f"{context} | SPEAKER: {said.name}")


def _misheard(record: Record, golden: Said, ours: Said) -> Error:
    kind = "speaker absent" if not ours.name else "other speaker"
    context = f"{_around(record['text'], golden)} | GOLD: {golden.name} | READ: {ours.name}"
    return Error(kind, f"{golden.name[:30]} / {ours.name[:30]}", record["id"], context)
