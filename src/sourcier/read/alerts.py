"""Alerts: warnings in force, started, ended."""

from __future__ import annotations

from sourcier.read.document import Document
from sourcier.read.drafts import AlertDraft


def find_alerts(document: Document) -> tuple[AlertDraft, ...]:
    """Return the alerts of a text, in order."""
    return ()
