"""The parts of a measure behind its trigger: by whom, for what, why, until when."""

from __future__ import annotations

from dataclasses import dataclass

from sourcier.read.document import Document
from sourcier.read.lexicon import Lexicon
from sourcier.read.measures_clause import Clauses
from sourcier.types import Span


@dataclass(frozen=True, slots=True)
class Tail:
    """What stands behind a trigger: where the clause ends, where the action does, and the parts."""

    end: int
    action: int
    agent: Span | None = None
    purpose: Span | None = None
    reason: Span | None = None


class Parts:
    """Finds the parts of measures in one language.

    The patterns ``agent``, ``purpose``, ``reason`` and ``until`` open the parts; the group ``whole``
    of a reason is the reason itself ("as a precaution").
    """

    def __init__(self, words: Lexicon) -> None:
        self._openers = {
            name: words.pattern(name) for name in ("agent", "purpose", "reason", "until")
        }

    def tail(self, document: Document, clauses: Clauses, start: int) -> Tail:
        """Return the clause that follows `start`, in its parts."""
        end = clauses.tail(start)
        opened = {}
        for name, opener in self._openers.items():
            if match := opener.search(document.folded, start, end):
                opened[name] = match
        cuts = sorted([*(match.start() for match in opened.values()), end])
        spans = {
            name: clauses.trimmed(match.end(), next(cut for cut in cuts if cut >= match.end()))
            for name, match in opened.items()
        }
        action = cuts[0]
        if reason := opened.get("reason"):
            if reason["whole"]:
                spans["reason"] = reason.span("whole")
            else:
                end = min(end, reason.start())
        elif behind := self._openers["reason"].match(document.folded, end + 2):
            spans["reason"] = clauses.trimmed(behind.end(), clauses.tail(behind.end()))
        if purpose := opened.get("purpose"):
            end = min(end, purpose.start())
        end = clauses.without_blanks(start, end)
        return Tail(end, action, spans.get("agent"), spans.get("purpose"), spans.get("reason"))
