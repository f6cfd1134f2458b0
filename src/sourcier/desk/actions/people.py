"""Who has which role where: given and taken, each with its line in the audit.

A story is its slug; "" stands for all stories. Somebody may always administer all stories.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from sourcier.desk import store
from sourcier.desk.people.rights import Role


class LastAdministratorError(ValueError):
    """Nobody else may administer all stories."""


class NoSuchUserError(LookupError):
    """There is no user of this name; its argument is the name."""


@transaction.atomic
def give_role(user: str, story: str, role: Role, *, who: str, now: datetime) -> None:
    """Let `user` have `role` in a story, instead of the one that they had there.

    Raises NoSuchUserError, LastAdministratorError.
    """
    _set(user, story, role, "give_role", who, now)


@transaction.atomic
def take_role(user: str, story: str, *, who: str, now: datetime) -> None:
    """Let `user` have no role in a story any more. Raises as `give_role` does."""
    _set(user, story, None, "take_role", who, now)


def must_not_be_last(user: str) -> None:
    """Raise LastAdministratorError where nobody but `user` administers all stories.

    To be asked in the transaction that takes that from them, or switches them off.
    """
    if store.administrators() == (user,):
        raise LastAdministratorError(user)


def _set(user: str, story: str, role: Role | None, action: str, who: str, now: datetime) -> None:
    before = store.role_in(user, story)
    if before == role:
        return
    if before == "administrator" and not story:
        must_not_be_last(user)
    try:
        store.set_role(user, story, role)
    except User.DoesNotExist as error:
        raise NoSuchUserError(user) from error
    store.audit(story, now, action, who=who, detail={"user": user, "role": role, "before": before})
