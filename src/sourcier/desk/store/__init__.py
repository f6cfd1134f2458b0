"""Every query of the desk, and nothing else: records in, records out.

`write` keeps what the loop brings, `entries` what editors make of it, `story` gives a page as of any
moment, `mark` tells whether it would differ, `wall` what the desk's screens show, `users` who may enter,
`members` who has which role where, `tokens` the
programs that work for them, `together` who is at the desk, `copies` what they typed and did not send.
"""

from sourcier.desk.store.copies import (
    Fields,
    WorkingCopy,
    copy_of,
    drop_copy,
    keep_copy,
    newest,
    version_at,
)
from sourcier.desk.store.entries import (
    add_draft,
    add_version,
    audit,
    published,
    published_since,
    queue_up,
    standing,
)
from sourcier.desk.store.followed import claims_after, events_after
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
from sourcier.desk.store.sessions import user_of
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
from sourcier.desk.store.together import (
    Here,
    Lock,
    Person,
    be_here,
    hold,
    leave,
    lock_of,
    people_here,
    person,
    release,
    take,
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
    "Fields",
    "Here",
    "Lock",
    "Member",
    "Person",
    "Token",
    "Wall",
    "WallEvent",
    "WorkingCopy",
    "add_draft",
    "add_token",
    "add_version",
    "administrators",
    "answered",
    "audit",
    "be_here",
    "captures_and_claims",
    "changed",
    "claims_after",
    "copy_of",
    "count_call",
    "drop_copy",
    "event_page",
    "events_after",
    "everything",
    "hold",
    "keep_answer",
    "keep_copy",
    "leave",
    "lock_of",
    "mark",
    "material",
    "members",
    "moment_of",
    "newest",
    "open_story",
    "outline",
    "people_here",
    "person",
    "published",
    "published_since",
    "queue_up",
    "raw_bytes",
    "release",
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
    "take",
    "token",
    "tokens_of",
    "troubles",
    "user_names",
    "user_of",
    "version_at",
    "wall",
    "with_alert_history",
    "zone",
]
