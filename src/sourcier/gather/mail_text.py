"""The text of a mail: its lines made paragraphs again, and what programs, lists and law add taken off.

::

    lines ─unfold (format=flowed, a fixed width)→ paragraphs ─forward, quotes, signature, footers→ text
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sourcier.gather.mail_words import words

_WIDTHS = range(50, 101)  # characters at which programs break lines
_RULE = re.compile(r"[_=*~\-– ]{5,}")
_LABEL = re.compile(r"\W{0,2}([^\W\d][\w' -]{0,19}?)\s{0,2}:[*\s]*(.*)")
_ADDRESS = re.compile(r"\s*[<\[(]?(?:mailto:)?[^\s<>@]{1,80}@[^\s<>@]{1,120}[>\])]*")
_LAST = 12  # paragraphs of a text in which footers are sought
_LONGEST_SIGNATURE = 25  # lines
_LONGEST_BLOCK = 40  # lines of a forwarded header
_LONGEST_MARKER = 120  # characters
_MOST_OPENINGS = 50  # header blocks that are tried
_PREFIX = re.compile(r"\s*([^\W\d_]{1,12})\s?(?:\[\d+\]|\(\d+\))?\s?:\s*")


@dataclass(frozen=True)
class Forward:
    """A message within a text: its lines, its sender's name, its subject; null where it tells neither."""

    lines: list[str]
    sender: str | None
    subject: str | None


def flowed_lines(text: str, *, delete: bool) -> list[str]:
    """Return the lines of a text in format=flowed (RFC 3676); `delete` the space that tells of a break."""
    lines: list[list[str]] = []
    open_depth: int | None = None  # the quote depth of a line that goes on
    for line in text.split("\n"):
        bare = line.lstrip(">")
        depth = len(line) - len(bare)
        bare = bare.removeprefix(" ").rstrip("\r")
        goes_on = bare.endswith(" ") and bare != "-- "
        said = bare[:-1] if goes_on and delete else bare
        if open_depth == depth and bare != "-- ":
            lines[-1].append(said)
        else:
            lines.append([f"{'>' * depth} {said}" if depth else said])
        open_depth = depth if goes_on else None
    return ["".join(pieces).rstrip() for pieces in lines]


def fixed_lines(text: str) -> list[str]:
    """Return the lines of a plain text, those joined that were broken at the width of its program.

    A line was broken where the next one's first word would not have fitted: so lists and short lines
    stand as they were written.
    """
    lines = [line.rstrip() for line in text.split("\n")]
    width = max(map(len, lines), default=0)
    if width not in _WIDTHS:
        return lines
    joined: list[list[str]] = []
    before = ""
    for line in lines:
        if before and _goes_on(line) and len(before) + 1 + len(line.split(" ", 1)[0]) > width:
            joined[-1].append(line)
        else:
            joined.append([line])
        before = line
    return [" ".join(pieces) for pieces in joined]


def _goes_on(line: str) -> bool:
    return line[:1].isalnum() or line[:1] in "«“„\"'’(\u2026"


def forward_in(lines: list[str], *, announced: bool) -> tuple[list[str], Forward] | None:
    """Return the lines above a forwarded message and the message; None where there is none.

    Where the subject `announced` it, a bare header block is one, and so is an "original message".
    """
    for at, least in islice(_openings(lines, announced=announced), _MOST_OPENINGS):
        if found := _block(lines, at, least):
            return lines[: max(0, at - (least == 1))], found
    return None


def _openings(lines: list[str], *, announced: bool) -> Iterator[tuple[int, int]]:
    """Yield where header blocks may begin, and how many fields each must have at least."""
    for at, line in enumerate(lines):
        marker = line[:_LONGEST_MARKER].strip(" -_*>:\t").lower()
        if marker in words("forwarded") or (announced and marker in words("original")):
            yield at + 1, 1
        elif announced and _label(line) == "from":
            yield at, 3


def _block(lines: list[str], start: int, least: int) -> Forward | None:
    """Return the message whose header block begins at `start` and has as many fields at `least`."""
    said: dict[str, str] = {}
    at = start
    while at < min(len(lines), start + _LONGEST_BLOCK):
        line = lines[at].lstrip("> ")
        label = _label(line)
        if label:
            said.setdefault(label, _LABEL.match(line)[2].strip())  # type: ignore[index]
        elif (line and not (said and _ADDRESS.match(line))) or (not line and len(said) > 1):
            break
        at += 1
    if len(said) < least or "from" not in said:
        return None
    inner = [_unquoted(line) for line in lines[at:]]
    return Forward(inner, _name(said["from"]), said.get("subject") or None)


def _label(line: str) -> str | None:
    """Return which field of a header block a line is: "from", "subject", its own label; None for no field."""
    found = _LABEL.match(line.lstrip("> "))
    label = found[1].strip().lower() if found else ""
    if label in words("from"):
        return "from"
    if label in words("subject"):
        return "subject"
    return label if label in words("labels") else None


def _name(sender: str) -> str | None:
    """Return the name in a sender's field, else the address."""
    name = re.split(r"[<\[(]", sender, maxsplit=1)[0].strip(" \"'*")
    return (name or sender.strip("<>[]() "))[:120] or None


def _unquoted(line: str) -> str:
    return line.lstrip(">").removeprefix(" ") if line.startswith(">") else line


def own_text(lines: list[str], *, reply: bool, tags: frozenset[str] = frozenset()) -> str:
    """Return the text that a sender wrote: a paragraph a line, without quotes, signature and footers.

    In a `reply` what it answers is cut. `tags` are other words of its list that begin a footer.
    """
    if reply:
        lines = _answered(lines)
    lines = _unsigned(lines)
    paragraphs = [" ".join(line.split()) for line in lines]
    return "\n".join(_without_footers([line for line in paragraphs if line], tags))


def _answered(lines: list[str]) -> list[str]:
    """Return the lines above the message that is answered, and none that is quoted."""
    kept = []
    for line in lines:
        marker = line.strip(" -_*>:\t").lower()
        if line.lower().endswith(tuple(words("wrote"))) or marker in words("original"):
            break
        if not line.startswith(">"):
            kept.append(line)
    return kept


def _unsigned(lines: list[str]) -> list[str]:
    """Return the lines above the signature (``-- ``), which stands after something and is short."""
    for at, line in enumerate(lines):
        rest = sum(1 for one in lines[at + 1 :] if one) if line.strip() == "--" else 0
        if line.strip() == "--" and any(lines[:at]) and rest <= _LONGEST_SIGNATURE:
            return lines[:at]
    return lines


def _without_footers(paragraphs: list[str], tags: frozenset[str]) -> list[str]:
    start = max(1, len(paragraphs) - _LAST)
    for at in range(start, len(paragraphs)):
        said = paragraphs[at].lower()
        if any(word in said for word in words("footers") | tags):
            return _ruled(paragraphs[:at])
    return _ruled(paragraphs)


def _ruled(paragraphs: list[str]) -> list[str]:
    """Return the paragraphs without the rules drawn at their end."""
    while paragraphs and _RULE.fullmatch(paragraphs[-1]):
        paragraphs = paragraphs[:-1]
    return paragraphs


def bare_subject(subject: str) -> tuple[str, bool, bool]:
    """Return a subject without its prefixes, and whether they tell of a forward, and of an answer."""
    forwarded = answered = False
    while found := _PREFIX.match(subject):
        prefix = found[1].lower()
        if prefix not in words("forwarding") | words("replying"):
            break
        forwarded = forwarded or prefix in words("forwarding")
        answered = answered or prefix in words("replying")
        subject = subject[found.end() :]
    return subject.strip(), forwarded, answered


def corrects(subject: str) -> bool:
    """Tell whether a subject says that its message stands in for another."""
    said = subject.lower()
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", said) for word in words("correcting"))
