"""Who may enter the desk, and as what."""

from __future__ import annotations

from typing import get_args

from django.contrib.auth.models import Group, User
from django.db import transaction

from sourcier.desk.people.roles import Role


@transaction.atomic
def save_user(name: str, password: str, role: str) -> None:
    """Make the user `name`, or give them this password and this one role.

    Raises ValueError for a role that is none.
    """
    if role not in get_args(Role):
        raise ValueError(f"no role {role!r}")
    user, _ = User.objects.get_or_create(username=name)
    user.set_password(password)
    user.save()
    user.groups.set([Group.objects.get_or_create(name=role)[0]])
