"""Who may do what: rights, the roles that bundle them, and the one question that is asked of them."""

from __future__ import annotations

from typing import Literal, get_args

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User

Role = Literal["reader", "reporter", "verifier", "editor", "administrator"]
Right = Literal["read", "write", "verify", "publish", "rules", "stories", "people"]

RIGHTS: dict[Role, frozenset[Right]] = {
    "reader": frozenset({"read"}),
    "reporter": frozenset({"read", "write"}),
    "verifier": frozenset({"read", "write", "verify"}),
    "editor": frozenset({"read", "write", "verify", "publish", "rules"}),
    "administrator": frozenset(get_args(Right)),
}
"""What each role may: see the desk, write drafts and submit them, approve them or send them back,
change what readers see, set rules, open, freeze and reopen stories, say who may enter."""


def may(user: AbstractBaseUser | AnonymousUser, right: Right, story: str) -> bool:
    """Tell whether `user` has `right` in the story `story` (its slug; "" for what is of no story)."""
    del story  # a role is of all stories
    if not isinstance(user, User):
        return False
    return any(right in RIGHTS[role] for role in _roles(user))


def _roles(user: User) -> tuple[Role, ...]:
    names = set(user.groups.values_list("name", flat=True))
    return tuple(role for role in RIGHTS if role in names)
