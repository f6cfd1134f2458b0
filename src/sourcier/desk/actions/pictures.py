"""Pictures added: with their line in the audit."""

from __future__ import annotations

from datetime import datetime

from sourcier.desk import store
from sourcier.desk.actions.kept import changes_story
from sourcier.desk.imaging import Made


@changes_story
def add_picture(story: str, made: Made, *, who: str, now: datetime) -> None:
    """Keep a picture for entries to show; readers see it once one of them is published."""
    store.add_picture(made, by=who, now=now)
    store.audit(story, now, "add_picture", who=who, detail={"picture": made.digest})
