"""Every query of the desk, and nothing else: records in, records out.

`write` keeps what the loop brings, `entries` what editors make of it, `story` gives a page as of any
moment, `mark` tells whether it would differ, `wall` what the desk's screens show, `users` who may enter,
`members` who has which role where, `tokens` the
programs that work for them.
"""

from sourcier.desk.store.entries import (
    add_draft,
    add_version,
    audit,
    published,
    published_since,
    standing,
)
from sourcier.desk.store.mark import mark
from sourcier.desk.store.material import material
from sourcier.desk.store.members import (
    Member,
    administrators,
    members,
    role_in,
    roles_of,
    set_role,
)
from sourcier.desk.store.rows import raw_bytes
from sourcier.desk.store.sources import save_health, troubles
from sourcier.desk.store.story import (
    captures_and_claims,
    changed,
    everything,
    moment_of,
    outline,
    stories,
    story,
    with_alert_history,
    zone,
)
from sourcier.desk.store.tokens import (
    Answer,
    Token,
    add_token,
    answered,
    count_call,
    keep_answer,
    revoke,
    token,
    tokens_of,
)
from sourcier.desk.store.users import save_user, user_names
from sourcier.desk.store.wall import EventPage, Wall, WallEvent, event_page, wall
from sourcier.desk.store.write import (
    open_story,
    save_captures,
    save_origins,
    save_readings,
    save_woven,
)

__all__ = [
    "Answer",
    "EventPage",
    "Member",
    "Token",
    "Wall",
    "WallEvent",
    "add_draft",
    "add_token",
    "add_version",
    "administrators",
    "answered",
    "audit",
    "captures_and_claims",
    "changed",
    "count_call",
    "event_page",
    "everything",
    "keep_answer",
    "mark",
    "material",
    "members",
    "moment_of",
    "open_story",
    "outline",
    "published",
    "published_since",
    "raw_bytes",
    "revoke",
    "role_in",
    "roles_of",
    "save_captures",
    "save_health",
    "save_origins",
    "save_readings",
    "save_user",
    "save_woven",
    "set_role",
    "standing",
    "stories",
    "story",
    "token",
    "tokens_of",
    "troubles",
    "user_names",
    "wall",
    "with_alert_history",
    "zone",
]
