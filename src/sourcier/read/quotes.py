"""Quotations: words in quotation marks of any style.

``marks -> how each one looks (left, right) -> opened and closed on a stack -> quotations``

Which mark closes which is data (``languages/<code>/quotes.toml``). A mark without a partner costs
no more than its own paragraph: its quotation ends before the verb of saying, or with the paragraph.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache

import regex

from sourcier.read.document import Document
from sourcier.read.drafts import Quotation
from sourcier.read.lexicon import lexicon
from sourcier.types import Span

_MARK = regex.compile(r"''|``|[«»‹›“”„‟‚‘’'\"＂]|\n+")
_SINGLE_END = regex.compile(r"(?<=[\p{L}\p{N}\p{P}])['’](?![\p{L}\p{N}])")
_BEFORE_CUE = regex.compile(r"[,!?…—–]\s*(?:[—–]\s*)?(?:[^\s,;:.!?]+\s){0,6}$")
_SHARED_END = regex.compile(r"\s*(?:[,.;—–]|$|\n)")
_SPACE_BEFORE = frozenset("([{—–-/'’«“„‹‘\"¿¡")
_SPACE_AFTER = frozenset(")]},.;:!?…—–-/»”›’\"'")
_SINGLE = frozenset("'‘’‚")
_SINGLE_CLOSERS = frozenset("'’")
_STRAIGHT = frozenset(['"', "＂", "''"])
_RIGHT = frozenset("»›”")
_MAX_DEPTH = 8
_LONGEST_SINGLE = 1500
_REACH = 3
"""Over how many paragraph ends a quotation may run."""


@dataclass(slots=True)
class _Open:
    """An opening mark; `child` is the end of the last quotation closed inside it."""

    at: int
    mark: str
    child: int | None = None
    paragraphs: int = 0


@dataclass(slots=True)
class _State:
    """The walk over the marks of one text."""

    document: Document
    marks: list[tuple[int, str]]
    single_ends: tuple[int, ...]
    pairs: dict[str, list[str]]
    loose: dict[str, list[str]]
    stack: list[_Open] = field(default_factory=list)
    found: list[Quotation] = field(default_factory=list)


def find_quotations(document: Document) -> tuple[Quotation, ...]:
    """Return the quotations of a text in order of their start, an outer one before its inner ones.

    Names in marks («Перетин») are among them: `find_speech` tells words from names.
    """
    state = _start(document)
    for index, (at, mark) in enumerate(state.marks):
        if mark[0] == "\n":
            _end_paragraph(state, index)
        else:
            _take(state, at, mark)
    _drop(state, 0, len(document.text))
    whole = (quotation for quotation in state.found if quotation.content[0] < quotation.content[1])
    return tuple(sorted(whole, key=lambda quotation: (quotation.span[0], quotation.depth)))


def _start(document: Document) -> _State:
    topic = lexicon(document.language, "quotes")
    marks = [(match.start(), match.group()) for match in _MARK.finditer(document.text)]
    ends = tuple(match.start() for match in _SINGLE_END.finditer(document.text))
    return _State(document, marks, ends, topic.table("pairs"), topic.table("loose"))


def _take(state: _State, at: int, mark: str) -> None:
    depth = _partner(state, at, mark)
    if depth is not None:
        _drop(state, depth + 1, at)
        opened = state.stack.pop()
        _close(state, opened, at, mark)
    elif _opens(state, at, mark):
        _open(state, at, mark)


def _open(state: _State, at: int, mark: str) -> None:
    if len(state.stack) >= _MAX_DEPTH:
        return
    top = state.stack[-1] if state.stack else None
    if top and top.mark == mark and _before_cue(state.document, top.at + len(mark), at) is not None:
        _drop(state, len(state.stack) - 1, at)
    state.stack.append(_Open(at, mark))


def _close(state: _State, opened: _Open, at: int, mark: str) -> None:
    if state.stack:
        state.stack[-1].child = at + len(mark)
    inner = (opened.at + len(opened.mark), at)
    _add(state, opened.at, inner, at + len(mark), closed=True)


def _add(state: _State, start: int, inner: Span, end: int, *, closed: bool) -> None:
    content = _trimmed(state.document.text, *inner)
    state.found.append(Quotation((start, end), content, len(state.stack), closed))


def _trimmed(text: str, start: int, end: int) -> Span:
    """Return a span without outer spaces and without the comma before a closing mark."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return start, end


def _look(text: str, at: int, mark: str) -> str:
    """Tell from its neighbours how a mark looks: ``left``, ``right`` or ``both``."""
    end = at + len(mark)
    before, after = text[at - 1 : at], text[end : end + 1]
    free_before = not before or before.isspace() or before in _SPACE_BEFORE
    free_after = not after or after.isspace() or after in _SPACE_AFTER
    if free_before == free_after:
        return "both"
    return "left" if free_before else "right"


def _partner(state: _State, at: int, mark: str) -> int | None:
    """Return the depth of the open mark that `mark` closes, or None where it closes none."""
    look = _look(state.document.text, at, mark)
    if mark in _SINGLE_CLOSERS and not _ends_single(state, at):
        return None
    for table in (state.pairs, state.loose):
        for depth in range(len(state.stack) - 1, -1, -1):
            opened = state.stack[depth].mark
            if mark not in table.get(opened, ()):
                continue
            if look == "left" and mark not in _RIGHT:
                continue
            if table is state.loose and look != "right" and mark not in _RIGHT:
                continue
            return depth
    return None


def _ends_single(state: _State, at: int) -> bool:
    index = bisect_left(state.single_ends, at)
    return index < len(state.single_ends) and state.single_ends[index] == at


def _opens(state: _State, at: int, mark: str) -> bool:
    text = state.document.text
    look = _look(text, at, mark)
    if mark in _SINGLE:
        return look == "left" and mark != "’" and _single_closes(state, at)
    if mark in _RIGHT:
        return look == "left" and text[at + 1 : at + 2].isalpha()
    if mark in _STRAIGHT:
        return look != "right" and not text[at - 1 : at].isdigit()
    return mark in state.pairs


def _single_closes(state: _State, at: int) -> bool:
    """Tell whether a single mark before a letter has a closing one further on in its paragraph."""
    text = state.document.text
    if not text[at + 1 : at + 2].isalpha():
        return False
    index = bisect_left(state.single_ends, at + 3)
    end = state.single_ends[index] if index < len(state.single_ends) else None
    return end is not None and end < at + _LONGEST_SINGLE and "\n" not in text[at:end]


def _end_paragraph(state: _State, index: int) -> None:
    """Keep open what a later paragraph closes; end the rest here."""
    at = state.marks[index][0]
    for depth, opened in enumerate(state.stack):
        opened.paragraphs += 1
        if opened.paragraphs > _REACH or not _closes_later(state, opened, index):
            _drop(state, depth, at)
            return


def _closes_later(state: _State, opened: _Open, index: int) -> bool:
    """Tell whether the next mark of an open quotation's kind is its closing one."""
    closers = state.pairs.get(opened.mark, ())
    text = state.document.text
    if opened.mark in _SINGLE:
        return False
    for at, mark in state.marks[index + 1 : index + 40]:
        look = _look(text, at, mark)
        if mark in closers and look != "left":
            return True
        if mark == opened.mark:
            return False
    return False


def _drop(state: _State, depth: int, limit: int) -> None:
    """End the unclosed quotations from `depth` on, at `limit` at the latest."""
    while len(state.stack) > depth:
        opened = state.stack.pop()
        limit = _end_unclosed(state, opened, limit)


def _end_unclosed(state: _State, opened: _Open, limit: int) -> int:
    document = state.document
    end = _before_cue(document, opened.at + len(opened.mark), limit)
    if end is None and opened.child and _SHARED_END.match(document.text, opened.child):
        end = opened.child
    if end is None:
        broken = document.text.find("\n", opened.at, limit)
        end = limit if broken < 0 else broken
    start, end = _trimmed(document.text, opened.at + len(opened.mark), end)
    _add(state, opened.at, (start, end), end, closed=False)
    return opened.at


def _before_cue(document: Document, start: int, end: int) -> int | None:
    """Return where the words before the first verb of saying that follows a comma end, or None."""
    for cue in _verb(document.language).finditer(document.folded, start, end):
        before = _BEFORE_CUE.search(document.folded, max(start, cue.start() - 80), cue.start())
        if before is not None and before.start() > start:
            keep = document.text[before.start()] in "!?…"
            return before.start() + keep
    return None


@lru_cache(maxsize=16)
def _verb(language: str) -> regex.Pattern[str]:
    return lexicon(language, "speech").pattern("verb")
