"""Who has which role where. A story is its slug; "" stands for all stories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.contrib.auth.models import User
from django.db.models import Q

from sourcier.desk import models
from sourcier.desk.people.rights import ROLES, Role


@dataclass(frozen=True, slots=True)
class Member:
    """That a user (by name) has a role in a story."""

    user: str
    story: str
    role: Role


def roles_of(user: str) -> tuple[tuple[str, Role], ...]:
    """Return (story, role) for each role that a user has."""
    found = models.Membership.objects.filter(user__username=user)
    pairs = found.values_list("story_id", "role")
    return tuple((story or "", cast(Role, role)) for story, role in pairs)


def members(story: str) -> tuple[Member, ...]:
    """Return who has a role in a story, or in all; by name, roles in all stories first."""
    found = models.Membership.objects.filter(Q(story=None) | Q(story_id=story))
    rows = found.order_by("user__username", "pk").values_list("user__username", "story_id", "role")
    listed = [Member(user, slug or "", cast(Role, role)) for user, slug, role in rows]
    return tuple(sorted(listed, key=lambda member: (member.user.casefold(), member.story)))


def role_in(user: str, story: str) -> Role | None:
    """Return the role that a user was given in just this story; None where they were given none."""
    return dict(roles_of(user)).get(story)


def set_role(user: str, story: str, role: Role | None) -> None:
    """Let a user have this one role in a story, or (null) none.

    Raises User.DoesNotExist and ValueError (a role that is none).
    """
    if role is not None and role not in ROLES:
        raise ValueError(f"no role {role!r}")
    whose = User.objects.get(username=user)
    held = models.Membership.objects.filter(user=whose, story_id=story or None)
    if role is None:
        held.delete()
    elif not held.update(role=role):
        models.Membership.objects.create(user=whose, story_id=story or None, role=role)


def administrators() -> tuple[str, ...]:
    """Return who administers all stories and may sign in; nobody else changes that meanwhile.

    Must run in the transaction that is to change it.
    """
    found = models.Membership.objects.select_for_update(of=("self",))
    found = found.filter(story=None, role="administrator", user__is_active=True)
    return tuple(found.order_by("pk").values_list("user__username", flat=True))
