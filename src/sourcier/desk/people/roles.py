"""The one question asked before everything at the desk: who may do what, in which story."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User

from sourcier.desk import store
from sourcier.desk.people.rights import RIGHTS, Right, Role

_KEPT = "_roles_at_the_desk"

Titles = dict[str, str]


def may(user: AbstractBaseUser | AnonymousUser, right: Right, story: str) -> bool:
    """Tell whether `user` has `right` in the story `story` (its slug; "" for what is of no story).

    A role in all stories counts in each, beside the role that one may have there. Who is switched off
    may nothing. Costs one query for all questions about the same user object.
    """
    return right in rights_in(user, story)


def may_somewhere(user: AbstractBaseUser | AnonymousUser, right: Right) -> bool:
    """Tell whether `user` has `right` in some story, or in all."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return any(right in RIGHTS[role] for _, role in _roles(user))


def rights_in(user: AbstractBaseUser | AnonymousUser, story: str) -> frozenset[Right]:
    """Return all rights of `user` in a story; see `may`."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    held = (RIGHTS[role] for where, role in _roles(user) if where in ("", story))
    return frozenset[Right]().union(*held)


def open_to(user: AbstractBaseUser | AnonymousUser) -> tuple[tuple[str, Titles], ...]:
    """Return (slug, titles by language) of each story that `user` may see, the first opened first."""
    return tuple(known for known in store.stories() if may(user, "read", known[0]))


def _roles(user: User) -> tuple[tuple[str, Role], ...]:
    known: tuple[tuple[str, Role], ...] | None = getattr(user, _KEPT, None)
    if known is None:
        known = store.roles_of(user.get_username())
        setattr(user, _KEPT, known)
    return known
