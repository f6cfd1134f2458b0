"""An entry as it stands at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sourcier.desk.flow import Situation, Stage
from sourcier.types import Entry


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest version of an entry, or the words that wait to replace it.

    `topic` is what it is about, `by` who wrote it ("": the desk itself), `published` the newest
    version that readers have. `stage` is how far its words have come (`sourcier.desk.flow`), by `moved`
    (the number of the step), at which hour they go out, why they were sent back; `newer` tells that
    the desk itself proposed other words since.
    """

    entry: Entry
    topic: str = ""
    by: str = ""
    published: Entry | None = None
    stage: Stage = "draft"
    moved: int = 0
    due: datetime | None = None
    reason: str = ""
    newer: bool = False

    @property
    def situation(self) -> Situation:
        """Where it is, for the decider of moves."""
        return Situation(self.stage, self.published, self.by)
