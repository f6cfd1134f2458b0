"""Names: runs of capitalised words joined to one chunk, with the title that stands before them.

"rebel commander Pedro Lima" is one person, "Pedro Lima, 34" is a name, "the priests Ana, Luz and Mar"
are three. In a sentence all in capitals a word that no list holds may be a name.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from sourcier.read.figures import Number
from sourcier.read.tolls_chunk import Chunk
from sourcier.read.tolls_lexicon import TollLexicon

_WORD = frozenset(("word",))
_NAME = frozenset(("word", "name"))
_FULL = frozenset(("word", "name", "full"))
_PEOPLE = frozenset(("one", "some", "group", "count"))
_ROSTER = frozenset(("some", "group"))
_BEFORE_LIST = frozenset(("some", "group", "comma"))
_SEPARATORS = frozenset(("comma", "and"))
_LONGEST = 5  # words of a name
_MOST = 30  # names of a list


def named(chunks: Sequence[Chunk], text: str, lexicon: TollLexicon) -> tuple[Chunk, ...]:
    """Return the chunks of a sentence of `text`, each name (its title and age too) being one."""
    if not chunks:
        return ()
    shouted = text[chunks[0].span[0] : chunks[-1].span[1]].isupper()
    marked = [
        replace(chunk, kinds=_NAME)
        if chunk.kinds == _WORD
        and _is_name(text[slice(*chunk.span)], lexicon, shouted=shouted)
        and not text[max(0, chunk.span[0] - 1)].isdecimal()
        else chunk
        for chunk in chunks
    ]
    return Names(marked, text, lexicon).joined()


def _is_name(word: str, lexicon: TollLexicon, *, shouted: bool) -> bool:
    """Tell whether an unlisted word may be a part of a name: "Maria", in capitals "MARIA"."""
    if not word[0].isupper() or (lowered := word.lower()) in lexicon.function:
        return False
    if not shouted:
        return not word.isupper() or len(word) == 1
    return word.isalpha() and not lowered.endswith(lexicon.common_endings)


def _counts(chunk: Chunk, many: int) -> bool:
    """Tell whether a count is one of so many, whom the names behind it name: "three priests, ..."."""
    return many > 1 and chunk.number is not None and chunk.number.low == many


class Names:
    """Joins the names among the chunks of one sentence."""

    def __init__(self, chunks: Sequence[Chunk], text: str, lexicon: TollLexicon) -> None:
        self._chunks = chunks
        self._text = text
        self._lexicon = lexicon

    def joined(self) -> tuple[Chunk, ...]:
        """Return the chunks, each name (with its title and the age behind it) being one."""
        done: list[Chunk] = []
        index = 0
        while index < len(self._chunks):
            if not self._begins(index):
                done.append(self._chunks[index])
                index += 1
                continue
            end = self._end(index)
            if end < len(self._chunks) and self._chunks[end].kinds & _PEOPLE:
                done += [replace(chunk, kinds=_WORD) for chunk in self._chunks[index:end]]
                index = end
            else:
                index = self._take(done, index, end)
        return tuple(done)

    def _begins(self, index: int) -> bool:
        kinds = self._chunks[index].kinds
        if "title" in kinds:
            behind = index + 1 + self._is_dot(index + 1)
            return behind < len(self._chunks) and "name" in self._chunks[behind].kinds
        return "name" in kinds

    def _end(self, index: int) -> int:
        """Return the index behind the name that begins at `index`."""
        end = index + 1
        while end < min(len(self._chunks), index + _LONGEST):
            joint = self._joint(end)
            if end + joint >= len(self._chunks) or "name" not in self._chunks[end + joint].kinds:
                break
            end += joint + 1
        return end

    def _joint(self, index: int) -> int:
        """Return how many chunks ("de", the hyphen, the dot of "J.") lead on to a further name."""
        chunk = self._chunks[index]
        word = self._text[slice(*chunk.span)].lower()
        glued = self._chunks[index - 1].span[1] == chunk.span[0]
        short = glued and word == "." and self._is_short(index - 1)
        return int(word in self._lexicon.particles or short or (glued and word == "-"))

    def _is_short(self, index: int) -> bool:
        start, end = self._chunks[index].span
        return end - start == 1 or "title" in self._chunks[index].kinds

    def _is_dot(self, index: int) -> bool:
        return index < len(self._chunks) and self._text[slice(*self._chunks[index].span)] == "."

    def _take(self, done: list[Chunk], index: int, end: int) -> int:
        """Add the name over `index`..`end` to the chunks done; return where to go on."""
        before = done[-1] if done else None
        if before is not None and before.kinds & _BEFORE_LIST:
            ends = self._list(end)
            if len(ends) > 1 and before.kinds & _ROSTER:
                done[-1] = self._roster(before, ends)
                return ends[-1]
            if len(done) > 1 and _counts(done[-2], len(ends)):
                done.pop()
                return ends[-1] + self._is_comma(ends[-1])
        end = self._behind_age(end)
        span = (self._chunks[index].span[0], self._name_end(index, end))
        if before is not None and "one" in before.kinds and before.number is None:
            words = (before.span[0], span[1]) if before.words == before.span else before.words
            done[-1] = replace(before, span=(before.span[0], span[1]), words=words)
        elif "title" in self._chunks[index].kinds:
            done.append(Chunk(frozenset(("one",)), span, words=span))
        else:
            full = sum("name" in chunk.kinds for chunk in self._chunks[index:end]) > 1
            done.append(Chunk(_FULL if full else _NAME, span, words=span))
        return end

    def _is_comma(self, index: int) -> bool:
        return index < len(self._chunks) and "comma" in self._chunks[index].kinds

    def _name_end(self, index: int, end: int) -> int:
        names = [chunk for chunk in self._chunks[index:end] if "name" in chunk.kinds]
        return names[-1].span[1]

    def _behind_age(self, end: int) -> int:
        """Return the index behind ", 34" after a name; the comma that closes it stays before a name."""
        if not self._is_comma(end) or not self._is_figure(end + 1):
            return end
        behind = end + 2
        if not self._is_comma(behind):
            return behind if behind == len(self._chunks) or self._is_stop(behind) else end
        listed = behind + 1 < len(self._chunks) and self._begins(behind + 1)
        return behind + 1 - listed

    def _is_figure(self, index: int) -> bool:
        return (
            index < len(self._chunks) and self._text[slice(*self._chunks[index].span)].isdecimal()
        )

    def _is_stop(self, index: int) -> bool:
        return "stop" in self._chunks[index].kinds

    def _list(self, end: int) -> list[int]:
        """Return the indexes behind each of the names listed, the first of which ends at `end`."""
        ends = [end]
        while len(ends) < _MOST:
            start = ends[-1]
            while start < len(self._chunks) and self._chunks[start].kinds & _SEPARATORS:
                start += 1
            if start == ends[-1] or start >= len(self._chunks) or not self._begins(start):
                break
            ends.append(self._end(start))
        return ends if self._closes(ends) else ends[:1]

    def _closes(self, ends: Sequence[int]) -> bool:
        """Tell whether the last two names of a list are joined by "and"."""
        return len(ends) > 1 and any(
            "and" in chunk.kinds for chunk in self._chunks[ends[-2] : ends[-1]]
        )

    def _roster(self, people: Chunk, ends: Sequence[int]) -> Chunk:
        """Return "the priests Ana, Luz and Mar" as a count of three."""
        span = (people.span[0], self._chunks[ends[-1] - 1].span[1])
        number = Number(0, 0, len(ends), len(ends), "exact", core=0)
        return Chunk(
            frozenset(("count",)), span, number=number, words=span, core=span, of=people.of
        )
