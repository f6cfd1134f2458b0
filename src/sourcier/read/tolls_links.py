"""Links between the findings of a text: parts of a larger figure, provisional and running counts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sourcier.read.document import Document, Sentence, Token
from sourcier.read.drafts import TollDraft
from sourcier.read.tolls_chunks import Chunk
from sourcier.read.tolls_frames import Finding, inherited
from sourcier.read.tolls_lexicon import TollLexicon, toll_lexicon
from sourcier.types import Scope

_PEOPLE = frozenset(("count", "bare", "one", "some", "unknown"))
_LINKING = frozenset(("be", "adverb", "of", "definite", "preposition"))
_BETWEEN = frozenset(("word", "of", "definite", "adverb", "preposition", "thing", "group"))
_LONGEST_TAIL = 5
_MEMORY = 2
_PASSAGE = 3


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with its words, its chunks and what the frames found in it."""

    number: int
    sentence: Sentence
    words: tuple[Token, ...]
    chunks: tuple[Chunk, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Linked:
    """A finding with the sentence it stands in and the larger one it is a part of."""

    finding: Finding
    told: Told
    whole: Finding | None = None


def linked(document: Document, told: Sequence[Told]) -> tuple[TollDraft, ...]:
    """Return the findings as drafts, in the order of the text."""
    found: list[_Linked] = []
    for one in told:
        found += _with_parts(one, found)
    indexes = {id(link.finding): index for index, link in enumerate(found)}
    provisional = _provisional(document, found)
    lexicon = toll_lexicon(document.language)
    return tuple(
        _draft(link, indexes.get(id(link.whole)), _scope(link, lexicon), link in provisional)
        for link in found
    )


def _draft(link: _Linked, whole: int | None, scope: Scope, provisional: bool) -> TollDraft:
    finding = link.finding
    return TollDraft(
        span=finding.span,
        words=finding.words,
        outcome=finding.outcome,
        low=finding.low,
        high=finding.high,
        qualifier=finding.qualifier,
        provisional=provisional,
        of=finding.of,
        part_of=whole,
        scope=scope,
    )


def _with_parts(told: Told, earlier: Sequence[_Linked]) -> list[_Linked]:
    """Return a sentence's findings, those counted after "including" or "of them" among them."""
    wholes = _wholes(told)
    recent = [link for link in earlier if told.number - link.told.number <= _MEMORY]
    found: list[_Linked] = []
    for finding in _all_findings(told, wholes, recent):
        whole = wholes.get(finding.place)
        if whole is not None or finding.part:
            before = [link.finding for link in [*recent, *found]]
            parent = _whole_of(finding, before)
            finding = replace(finding, of=finding.of or (parent.of if parent else ()))
            found.append(_Linked(finding, told, parent))
        else:
            found.append(_Linked(finding, told))
    return found


def _all_findings(
    told: Told, wholes: dict[int, int], recent: Sequence[_Linked]
) -> Iterator[Finding]:
    """Yield the findings in order; a part without an outcome of its own takes the whole's."""
    own = {finding.place: finding for finding in told.findings}
    last = recent[-1].finding if recent else None
    for place, chunk in enumerate(told.chunks):
        finding = own.get(place)
        is_part = place in wholes or (chunk.part and "count" in chunk.kinds)
        if finding is None and last and is_part:
            finding = inherited(chunk, place, last.outcome)
        if finding and finding.inherits:
            finding = replace(finding, outcome=last.outcome) if last else None
        if finding:
            last = finding if place not in wholes else last
            yield finding


def _wholes(told: Told) -> dict[int, int]:
    """Map the chunks listed after an "including" to that word's place."""
    listed: dict[int, int] = {}
    for place, chunk in enumerate(told.chunks):
        if "including" in chunk.kinds:
            listed.update((item, place) for item in _list_after(told.chunks, place))
    return listed


def _list_after(chunks: Sequence[Chunk], place: int) -> Iterator[int]:
    position = place + 1
    while position < len(chunks) and chunks[position].kinds & _LINKING:
        position += 1
    while position < len(chunks) and chunks[position].kinds & (_PEOPLE | {"tally"}):
        yield position
        position = _next_item(chunks, position + 1)


def _next_item(chunks: Sequence[Chunk], position: int) -> int:
    """Return where the next item of a list stands, behind its comma or "and"; else the end."""
    tail = 0
    while position < len(chunks) and chunks[position].kinds & _BETWEEN and tail < _LONGEST_TAIL:
        position, tail = position + 1, tail + 1
    if position + 1 >= len(chunks) or not chunks[position].kinds & {"and", "comma"}:
        return len(chunks)
    follows = chunks[position + 1].kinds
    return position + 1 if follows & _PEOPLE else len(chunks)


def _whole_of(finding: Finding, before: Sequence[Finding]) -> Finding | None:
    """Return the nearest earlier figure that is large enough to hold this one."""
    for candidate in reversed(before):
        if candidate.high is None or candidate.high >= finding.low:
            return candidate
    return None


def _provisional(document: Document, found: Sequence[_Linked]) -> list[_Linked]:
    """Return the findings that a word such as "bilan provisoire" in their passage is about."""
    automaton = toll_lexicon(document.language).provisional
    starts = [sentence.start for sentence in document.sentences]
    about: list[_Linked] = []
    for _, start, _ in automaton.find_matches_as_indexes(document.folded):
        about += _passage(found, bisect_right(starts, start) - 1)
    return about


def _passage(found: Sequence[_Linked], number: int) -> list[_Linked]:
    counted = [link for link in found if link.finding.qualifier != "vague" or _is_counted(link)]
    same = [link for link in counted if link.told.number == number]
    if same:
        return same
    before = [link for link in counted if 0 < number - link.told.number <= _PASSAGE]
    if before:
        return [link for link in before if link.told.number == before[-1].told.number]
    return [link for link in counted if link.told.number == number + 1]


def _is_counted(link: _Linked) -> bool:
    return link.finding.low > 1


def _scope(link: _Linked, lexicon: TollLexicon) -> Scope:
    """Return the scope that the words of the sentence give: those behind the figure first."""
    cues = list(_cues(link.told, lexicon))
    starts = [finding.span[0] for finding in link.told.findings]
    end = min((s for s in starts if s > link.finding.span[0]), default=link.told.sentence.end)
    behind = [scope for start, scope in cues if link.finding.span[0] <= start < end]
    return (behind or [scope for _, scope in cues] or ["event"])[0]


def _cues(told: Told, lexicon: TollLexicon) -> Iterator[tuple[int, Scope]]:
    for index, word in enumerate(told.words):
        scopes, _ = lexicon.scopes.match(told.words, index)
        if scopes:
            yield word.start, scopes[0]
