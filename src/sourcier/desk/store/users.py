"""Who may enter the desk."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from sourcier.desk.people.rights import Role
from sourcier.desk.store.members import set_role


@transaction.atomic
def save_user(name: str, password: str, role: Role) -> None:
    """Make the user `name`, or give them this password, and this role in all stories.

    Raises ValueError for a role that is none.
    """
    user, _ = User.objects.get_or_create(username=name)
    user.set_password(password)
    user.save()
    set_role(name, "", role)


def user_names() -> tuple[str, ...]:
    """Return the names of all who may sign in."""
    active = User.objects.filter(is_active=True).order_by("username")
    return tuple(active.values_list("username", flat=True))
