"""Links that let somebody in: found by the digest of their secret, marked as used or revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from sourcier.desk import models
from sourcier.desk.people.rights import Role


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that still works: for a new user with `role` in `story` ("": all), or for `user` alone."""

    id: int
    user: str
    role: Role
    story: str
    note: str
    by: str
    made: datetime
    expires: datetime


def add_invitation(
    digest: str, *, user: str = "", role: Role | None = None, story: str = "", note: str = "",
    by: str, made: datetime, expires: datetime,
) -> None:  # fmt: skip
    """Keep a link. Raises User.DoesNotExist where `user` is nobody's name."""
    whose = User.objects.get(username=user) if user else None
    models.Invitation.objects.create(
        digest=digest, user=whose, role=role or "", story_id=story or None, note=note,
        by=by, made=made, expires=expires,
    )  # fmt: skip


def invitation(digest: str, now: datetime) -> Invitation | None:
    """Return the link of this digest; null where there is none, or it is used, revoked or over."""
    return next(iter(_known(Q(digest=digest), now)), None)


def invitations(now: datetime) -> tuple[Invitation, ...]:
    """Return all links that still work, the newest first."""
    return _known(Q(), now)


def use_invitation(key: int, name: str, now: datetime) -> bool:
    """Mark a link as used by `name`; false where somebody was quicker, or it works no more."""
    return bool(_open(Q(pk=key), now).update(used=now, used_by=name))


def revoke_invitation(key: int, now: datetime) -> bool:
    """Mark a link as revoked; false where it worked no more."""
    return bool(_open(Q(pk=key), now).update(revoked=now))


def revoke_links_of(user: str, now: datetime) -> None:
    """Revoke the links for a new password of `user` ("": those that nobody at the desk made)."""
    whose = Q(user__username=user) if user else Q(by="", user=None)
    _open(whose, now).update(revoked=now)


def _open(which: Q, now: datetime) -> QuerySet[models.Invitation]:
    return models.Invitation.objects.filter(which, used=None, revoked=None, expires__gt=now)


def _known(which: Q, now: datetime) -> tuple[Invitation, ...]:
    rows = _open(which, now).select_related("user").order_by("-made", "-pk")
    return tuple(
        Invitation(
            row.pk, row.user.username if row.user else "", cast(Role, row.role),
            row.story_id or "", row.note, row.by, row.made, row.expires,
        )
        for row in rows
    )  # fmt: skip
