"""What one may do at the desk, and the roles that bundle it. Pure."""

from __future__ import annotations

from typing import Literal, get_args

Role = Literal["reader", "reporter", "verifier", "editor", "administrator"]
Right = Literal["read", "write", "verify", "publish", "rules", "stories", "people"]

ROLES: tuple[Role, ...] = get_args(Role)

RIGHTS: dict[Role, frozenset[Right]] = {
    "reader": frozenset({"read"}),
    "reporter": frozenset({"read", "write"}),
    "verifier": frozenset({"read", "write", "verify"}),
    "editor": frozenset({"read", "write", "verify", "publish", "rules"}),
    "administrator": frozenset(get_args(Right)),
}
"""What each role may: see the desk, write drafts and submit them, approve them or send them back,
change what readers see, set rules, open, freeze and reopen stories, say who may enter."""
