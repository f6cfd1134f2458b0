"""Phrases of two parts: joint claimants ("le maire et le préfet"), a rank beside an office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sourcier.read.people_words import Speaker, Words
from sourcier.types import Span

Reader = Callable[[Span], Speaker | None]


def in_parts(words: Words, read: Reader) -> Speaker | None:
    """Return the speaker of a phrase of two parts, each read by `read`; None where it is of one."""
    if words.grammar.declines:
        return None
    return _joint(words, read) or _with_two_offices(words, read)


def _joint(words: Words, read: Reader) -> Speaker | None:
    """Read "the mayor and the prefect" as one entry of two."""
    at = next((i for i in range(1, len(words.tokens) - 1) if _joins(words, i)), None)
    if at is None:
        return None
    first = read((words.tokens[0].start, words.tokens[at - 1].end))
    second = read((words.tokens[at + 1].start, words.full[1]))
    if (
        first is None
        or second is None
        or not (_is_person(first, words) and _is_person(second, words))
    ):
        return None
    joint = words.text[words.tokens[at - 1].end : words.tokens[at].end] + " "
    return replace(
        first,
        span=words.span,
        name=_together(first.name, second.name, joint),
        role=_together(first.role, second.role, joint),
        organisation=_together(first.organisation, second.organisation, joint),
        words=first.words | second.words,
        plural=True,
    )


def _is_person(speaker: Speaker, words: Words) -> bool:
    """Tell whether a part is a name or a known role, with no verb read into it."""
    return bool(speaker.name) or (speaker.role or "").lower() in words.grammar.role


def _joins(words: Words, index: int) -> bool:
    """Tell whether a token is an "and" behind which a phrase of its own begins.

    That one has an article, or is a titled name behind a titled name.
    """
    grammar = words.grammar
    if words.tokens[index].norm not in grammar.join:
        return False
    after = words.tokens[index + 1].norm
    if after in grammar.determiner:
        return after not in grammar.speech.listed("of")
    ends = (words.is_name(i) for i in (index - 1, index + 1, len(words.tokens) - 1))
    return after in grammar.role and all(ends)


def _together(one: str | None, other: str | None, joint: str) -> str | None:
    if one is None or other is None or one == other:
        return one or other
    return f"{one}{joint}{other}"


def _with_two_offices(words: Words, read: Reader) -> Speaker | None:
    """Read "Captain Anna Lys, head of the port": the office with an organisation is the role."""
    comma = words.comma(0, len(words.tokens))
    if not 0 < comma < len(words.tokens) - 1:
        return None
    spans = (
        (words.tokens[0].start, words.tokens[comma - 1].end),
        (words.tokens[comma + 1].start, words.full[1]),
    )
    if not all(words.phrases.is_titled(span) for span in spans):
        return None
    head, tail = (read(span) for span in spans)
    if head is None or tail is None or not (head.role and tail.role):
        return None
    office = tail if tail.organisation and not head.organisation else head
    return replace(
        office, span=words.span, name=head.name or tail.name, words=head.words | tail.words
    )
