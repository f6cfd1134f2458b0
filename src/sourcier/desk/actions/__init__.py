"""Everything that changes what readers see: one transaction each, with its line in the audit.

Each function returns the entries that it added, the one asked for first. `who` is the editor's user
name, "" for the desk itself; `now` is aware. What is said once is kept: a change is a new version. Who
changes a story queues at it (`changes_story`).
"""

from sourcier.desk.actions.entries import correct, draft, pin, publish, retract
from sourcier.desk.actions.filters import (
    FILTERS,
    LONGEST_NAME,
    FilterNameError,
    NoSuchFilterError,
    TooManyFiltersError,
    drop_filter,
    keep_filter,
    rename_filter,
)
from sourcier.desk.actions.flow import (
    approve,
    discard,
    go_out,
    restore,
    schedule,
    send_back,
    submit,
    unschedule,
)
from sourcier.desk.actions.intake import intake
from sourcier.desk.actions.invitations import (
    DAYS,
    NoSuchInvitationError,
    OneselfError,
    forget_factors,
    invitation,
    invite,
    join,
    renew,
    revoke,
    sign_out,
    switch_off,
    switch_on,
    take_password,
)
from sourcier.desk.actions.kept import Entries, FrozenStoryError, NoSuchEntryError, alone, new_id
from sourcier.desk.actions.notices import (
    NoSuchWatchError,
    TooManyWatchesError,
    add_watch,
    remove_watch,
    save_health,
    set_watch,
    switch_watch,
    try_watch,
)
from sourcier.desk.actions.people import (
    LastAdministratorError,
    NoSuchUserError,
    give_role,
    must_not_be_last,
    take_role,
)
from sourcier.desk.actions.pictures import add_picture
from sourcier.desk.actions.rules import RulesChangedError, set_rules, start_rules
from sourcier.desk.actions.sharing import NotSharedError, SharedAlreadyError, share, take_anew
from sourcier.desk.actions.stories import (
    StoryExistsError,
    freeze,
    open_story,
    reopen,
    set_story,
)
from sourcier.desk.actions.together import come, go, hold, let_go, take_over
from sourcier.desk.actions.tokens import NoSuchTokenError, make_token, revoke_token

__all__ = [
    "DAYS",
    "FILTERS",
    "LONGEST_NAME",
    "Entries",
    "FilterNameError",
    "FrozenStoryError",
    "LastAdministratorError",
    "NoSuchEntryError",
    "NoSuchFilterError",
    "NoSuchInvitationError",
    "NoSuchTokenError",
    "NoSuchUserError",
    "NoSuchWatchError",
    "NotSharedError",
    "OneselfError",
    "RulesChangedError",
    "SharedAlreadyError",
    "StoryExistsError",
    "TooManyFiltersError",
    "TooManyWatchesError",
    "add_picture",
    "add_watch",
    "alone",
    "approve",
    "come",
    "correct",
    "discard",
    "draft",
    "drop_filter",
    "forget_factors",
    "freeze",
    "give_role",
    "go",
    "go_out",
    "hold",
    "intake",
    "invitation",
    "invite",
    "join",
    "keep_filter",
    "let_go",
    "make_token",
    "must_not_be_last",
    "new_id",
    "open_story",
    "pin",
    "publish",
    "remove_watch",
    "rename_filter",
    "renew",
    "reopen",
    "restore",
    "retract",
    "revoke",
    "revoke_token",
    "save_health",
    "schedule",
    "send_back",
    "set_rules",
    "set_story",
    "set_watch",
    "share",
    "sign_out",
    "start_rules",
    "submit",
    "switch_off",
    "switch_on",
    "switch_watch",
    "take_anew",
    "take_over",
    "take_password",
    "take_role",
    "try_watch",
    "unschedule",
]
