"""Who may enter the desk: their names, passwords, sessions and second factors."""

# allauth comes with types but without the marker that says so.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet

from sourcier.desk import models
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


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may enter, or (not `active`) no more: `roles` are (story, role), story "" is all."""

    name: str
    mail: str
    active: bool
    joined: datetime
    last: datetime | None
    roles: tuple[tuple[str, str], ...]
    factor: bool
    sessions: int


def people() -> tuple[Account, ...]:
    """Return everybody, by name; those who may enter first."""
    roles: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for user, story, role in models.Membership.objects.order_by("story_id").values_list(
        "user_id", "story_id", "role"
    ):
        roles[user].append((story or "", role))
    factors = set(_factors().values_list("user_id", flat=True))
    sessions: dict[int, int] = defaultdict(int)
    for user in UserSession.objects.values_list("user_id", flat=True):
        sessions[user] += 1
    return tuple(
        Account(
            user.username, user.email, user.is_active, user.date_joined, user.last_login,
            tuple(sorted(roles[user.pk])), user.pk in factors, sessions[user.pk],
        )
        for user in User.objects.order_by("-is_active", "username")
    )  # fmt: skip


def known_name(login: str) -> str:
    """Return the user name of whoever signs in by this name or mail address; "" where it is nobody's."""
    found = User.objects.filter(Q(username__iexact=login) | (Q(email__iexact=login) & ~Q(email="")))
    return next(iter(found.values_list("username", flat=True)), "")


def has_factor(user: str) -> bool:
    """Tell whether somebody has a second factor."""
    return _factors().filter(user__username=user).exists()


def forget_factors(user: str) -> int:
    """Remove all second factors of a user; return how many there were."""
    return int(Authenticator.objects.filter(user__username=user).delete()[0])


def add_user(name: str, password: str, mail: str) -> User:
    """Make a user. Raises IntegrityError where the name is taken."""
    return User.objects.create_user(name, mail, password)


def set_password(user: str, password: str) -> User:
    """Give a user a password, which ends their sessions, and return them."""
    found = User.objects.get(username=user)
    found.set_password(password)
    found.save(update_fields=["password"])
    return found


def set_mail(user: str, mail: str) -> bool:
    """Keep a user's mail address ("": none); false where somebody else has it."""
    if mail and User.objects.filter(email__iexact=mail).exclude(username=user).exists():
        return False
    EmailAddress.objects.filter(user__username=user).delete()
    User.objects.filter(username=user).update(email=mail)
    return True


def switch(user: str, *, active: bool) -> bool:
    """Let a user enter or not; false where nothing changed."""
    return bool(User.objects.filter(username=user, is_active=not active).update(is_active=active))


def end_sessions(user: str) -> None:
    """Sign a user out everywhere."""
    for session in UserSession.objects.filter(user__username=user):
        session.end()


def end_session(user: str, key: int) -> bool:
    """End one of a user's sessions by its id; false where they have none such."""
    found = UserSession.objects.filter(user__username=user, pk=key).first()
    if found is not None:
        found.end()
    return found is not None


def session_seen(key: str, now: datetime) -> None:
    """Keep when a session was last used."""
    UserSession.objects.filter(session_key=key).update(last_seen_at=now)


def user(name: str) -> User:
    """Return the user of this name. Raises User.DoesNotExist."""
    return User.objects.get(username=name)


def names(users: Iterable[str]) -> dict[str, str]:
    """Return the name that others read of each: the full name where the user has one, else what was given."""
    given = dict.fromkeys(users)
    found = {one.get_username(): full_name(one) for one in User.objects.filter(username__in=given)}
    return {name: found.get(name, name) for name in given}


def full_name(user: User) -> str:
    """Return the name that others read."""
    return user.get_full_name().strip() or user.get_username()


def is_user(name: str) -> bool:
    """Tell whether there is a user of exactly this name."""
    return User.objects.filter(username=name).exists()


def _factors() -> QuerySet[Authenticator]:
    """Return second factors; recovery codes alone are none."""
    found: QuerySet[Authenticator] = Authenticator.objects.exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    return found
