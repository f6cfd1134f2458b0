"""The nouns: frozen, typed, slotted records that serialise to JSON under the names they have here.

``Source -> Capture -> Claim -> Change -> Event -> Entry -> Story``

They are the contract between the five verbs and with other programs. Encode and decode them with
`sourcier.jsonl`, which gives datetimes in RFC 3339 and spans as ``[start, end]``.

They hold plain data and never each other in a circle, so the garbage collector need not walk them
(``gc=False``): in a long story that took a fifth of the time.
"""

from sourcier.types.capture import (
    AlertFact,
    Capture,
    Credit,
    Home,
    Point,
    Source,
    SourceKind,
    SourceRole,
)
from sourcier.types.claim import (
    Alert,
    AlertState,
    Attribution,
    Claim,
    Measure,
    Medium,
    Mention,
    Occurrence,
    Outcome,
    Place,
    PlacePrecision,
    Qualifier,
    Reading,
    Role,
    Scope,
    Span,
    Stance,
    Statement,
    Time,
    TimePrecision,
    Toll,
)
from sourcier.types.entry import (
    Entry,
    EntryKind,
    EntryState,
    EntryText,
    Shared,
    Story,
    Takes,
)
from sourcier.types.event import (
    AlertInterval,
    Change,
    ChangeKind,
    Copy,
    CopyKind,
    Event,
    Evidence,
    Ledger,
    Origin,
    Origins,
    TollLine,
)
from sourcier.types.health import HealthState, SourceHealth

__all__ = [
    "Alert",
    "AlertFact",
    "AlertInterval",
    "AlertState",
    "Attribution",
    "Capture",
    "Change",
    "ChangeKind",
    "Claim",
    "Copy",
    "CopyKind",
    "Credit",
    "Entry",
    "EntryKind",
    "EntryState",
    "EntryText",
    "Event",
    "Evidence",
    "HealthState",
    "Home",
    "Ledger",
    "Measure",
    "Medium",
    "Mention",
    "Occurrence",
    "Origin",
    "Origins",
    "Outcome",
    "Place",
    "PlacePrecision",
    "Point",
    "Qualifier",
    "Reading",
    "Role",
    "Scope",
    "Shared",
    "Source",
    "SourceHealth",
    "SourceKind",
    "SourceRole",
    "Span",
    "Stance",
    "Statement",
    "Story",
    "Takes",
    "Time",
    "TimePrecision",
    "Toll",
    "TollLine",
]
