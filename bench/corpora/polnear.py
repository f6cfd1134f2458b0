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
from functools import partial

from bench.corpora.corpus import Corpus, Peer
from bench.corpora.peers import has_pipeline, installed, module, spacy_pipeline
from bench.corpora.rows import Error, Item, Tallies, Tally, excerpt
from bench.corpora.source import Record, reading, records
from sourcier.types import Attribution, Claim, Statement

FILE = "polnear-visible.jsonl.gz"
CONTENT, SPEAKER = "content overlaps by half", "speaker, of those found"
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


def score(record: Record) -> Tallies:
    """Read one article and return the tallies of its contents and speakers."""
    claims = reading(record["id"], record["text"], PUBLISHED).claims
    return compared(record, statements(claims, record["text"]))


def score_textacy(record: Record) -> Tallies:
    """Return the tallies of textacy's quotations."""
    return compared(record, by_textacy(record["text"]))


def has_textacy() -> bool:
    """Tell whether the peer is there."""
    return installed("textacy") and has_pipeline()


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


def compared(record: Record, ours: list[Said]) -> Tallies:
    """Compare the contents and the speakers of one article."""
    golden = attributions(record)
    ours = joined(golden, ours)
    pairs = aligned(golden, ours)
    heard = [(golden[i], ours[j]) for i, j in pairs if vocabulary(golden[i].name)]
    return {CONTENT: contents(record, golden, ours, pairs), SPEAKER: speakers(record, heard)}


def contents(
    record: Record, golden: list[Said], ours: list[Said], pairs: list[tuple[int, int]]
) -> Tally:
    """Count the contents of one article, given which of ours answer which golden ones."""
    met, used = {i for i, _ in pairs}, {j for _, j in pairs}
    found = [j for j, said in enumerate(ours) if said.counts or j in used]
    tally = Tally(len(used), len(found), len(met), len(golden))
    tally.errors = [_missed(record, s, ours) for i, s in enumerate(golden) if i not in met]
    tally.errors += [_made_up(record, ours[j], golden) for j in found if j not in used]
    return tally


def speakers(record: Record, heard: Iterable[tuple[Said, Said]]) -> Tally:
    """Ask for the speakers of contents that were found."""
    tally = Tally()
    for golden, ours in heard:
        right = same_speaker(golden, ours)
        tally.judge(right, bool(ours.name))
        if not right:
            tally.errors.append(_misheard(record, golden, ours))
    return tally


def same_speaker(golden: Said, ours: Said) -> bool:
    """Tell whether a speaker stands within the golden source or shares a word with it."""
    within = any(a < d and c < b for a, b in golden.source for c, d in ours.source)
    return within or bool(vocabulary(golden.name) & vocabulary(ours.name))


def vocabulary(name: str) -> set[str]:
    """Return the words of a name that are no articles, prepositions or pronouns."""
    return {word for word in re.findall(r"\w+", name.casefold()) if word not in SMALL}


def _missed(record: Record, said: Said, ours: list[Said]) -> Error:
    text = record["text"]
    start = said.content[0][0]
    how = "direct" if text[start - 1 : start + 1].strip()[:1] in tuple("“\"'") else "indirect"
    near = max(ours, key=lambda one: shared(said.characters, one.characters), default=None)
    context = excerpt(text, _whole(said), 70) + f" | CUE: {said.cue}"
    if near and shared(said.characters, near.characters):
        size = "much" if len(near.characters) > len(said.characters) else "little"
        kind = f"statement: too {size} read"
        context += f" | READ: {_words(text, near.content)[:300]}"
    else:
        kind = "statement: missed"
        how += "" if said.cue else ", no cue"
    return Error(kind, said.cue, record["id"], context, _whole(said), how)


def _whole(said: Said) -> tuple[int, int]:
    return said.content[0][0], said.content[-1][1]


def _made_up(record: Record, said: Said, golden: list[Said]) -> Error:
    touched = any(said.characters & one.characters for one in golden)
    detail = "overlaps a content too little" if touched else "no content here"
    context = excerpt(record["text"], _whole(said), 70) + f" | SPEAKER: {said.name}"
    key = said.name[:30]
    return Error("statement: made up", key, record["id"], context, _whole(said), detail)


def _misheard(record: Record, golden: Said, ours: Said) -> Error:
    kind = "another" if ours.name else "none where gold has one"
    context = excerpt(record["text"], _whole(golden), 70)
    return Error(
        f"statement speaker: {kind}",
        f"{golden.name[:30]} / {ours.name[:30]}",
        record["id"],
        f"{context} | GOLD: {golden.name} | READ: {ours.name}",
        _whole(golden),
    )


CORPUS = Corpus(
    "polnear",
    "PolNeAR",
    (
        Item(CONTENT, "F1", 0.58, "0.445 (dependency rules)"),
        Item(SPEAKER, "accuracy", 0.87, "0.863 (dependency rules)"),
    ),
    partial(records, FILE),
    score,
    (Peer("textacy", has_textacy, score_textacy),),
)
