"""The tables. What the story is made of is append-only: rows are added and read, never changed or removed.

A column stands beside its record only where a query needs it. `at` is when the desk came to know.
"""

from sourcier.desk.models.cards import Card, CardVersion
from sourcier.desk.models.flow import Step
from sourcier.desk.models.invitations import Invitation
from sourcier.desk.models.notices import Outgoing, Watch
from sourcier.desk.models.people import Membership
from sourcier.desk.models.pictures import Picture, Rendition
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
from sourcier.desk.models.wall import Facet, Head, Option, Passage, SavedFilter, Seen

__all__ = [
    "AlertSnapshot",
    "Answered",
    "Audit",
    "Capture",
    "Card",
    "CardVersion",
    "Change",
    "Claim",
    "CopyLink",
    "Entry",
    "EntryVersion",
    "EventSnapshot",
    "Facet",
    "Head",
    "Invitation",
    "Lock",
    "Membership",
    "OfStory",
    "Option",
    "OriginsSnapshot",
    "Outgoing",
    "Passage",
    "Picture",
    "Presence",
    "Reading",
    "Rendition",
    "RuleSet",
    "SavedFilter",
    "Seen",
    "Snapshot",
    "SourceSnapshot",
    "Step",
    "Story",
    "Token",
    "Watch",
    "WorkingCopy",
]
