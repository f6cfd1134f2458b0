"""The tables. What the story is made of is append-only: rows are added and read, never changed or removed.

A column stands beside its record only where a query needs it. `at` is when the desk came to know.
"""

from sourcier.desk.models.flow import Step
from sourcier.desk.models.invitations import Invitation
from sourcier.desk.models.people import Membership
from sourcier.desk.models.rules import RuleSet
from sourcier.desk.models.story import (
    AlertSnapshot,
    Audit,
    Capture,
    Change,
    Claim,
    CopyLink,
    Entry,
    EntryVersion,
    EventSnapshot,
    OfStory,
    OriginsSnapshot,
    Reading,
    Snapshot,
    SourceSnapshot,
    Story,
)
from sourcier.desk.models.together import Lock, Presence, WorkingCopy
from sourcier.desk.models.tokens import Answered, Token

__all__ = [
    "AlertSnapshot",
    "Answered",
    "Audit",
    "Capture",
    "Change",
    "Claim",
    "CopyLink",
    "Entry",
    "EntryVersion",
    "EventSnapshot",
    "Invitation",
    "Lock",
    "Membership",
    "OfStory",
    "OriginsSnapshot",
    "Presence",
    "Reading",
    "RuleSet",
    "Snapshot",
    "SourceSnapshot",
    "Step",
    "Story",
    "Token",
    "WorkingCopy",
]
