"""Who is let in: links made, revoked and used; users switched off and on. Each with its audit line.

`now` is the real time, also while a demonstration replays: links are over when they say so.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib.auth.models import User
from django.db import transaction

from sourcier.desk import store
from sourcier.desk.actions.people import NoSuchUserError, must_not_be_last
from sourcier.desk.people.rights import Role

DAYS = 7
"""How long an invitation lasts where nobody says otherwise."""


class NoSuchInvitationError(LookupError):
    """The link was never given, or it is used, revoked or over."""


class OneselfError(ValueError):
    """Nobody switches themselves off."""


@transaction.atomic
def invite(
    role: Role, story: str, *, note: str = "", days: float = DAYS, who: str, now: datetime
) -> str:
    """Return the secret of a new link with which one person becomes a user with `role` in `story`."""
    token = secrets.token_urlsafe(32)
    expires = now + timedelta(days=days)
    store.add_invitation(
        _digest(token), role=role, story=story, note=note, by=who, made=now, expires=expires
    )
    detail = {"role": role, "note": note, "expires": expires.isoformat()}
    store.audit(story, now, "invite", who=who, detail=detail)
    return token


@transaction.atomic
def renew(user: str, *, who: str, now: datetime) -> str:
    """Return the secret of a new link with which `user` takes a new password; earlier ones are revoked.

    Raises NoSuchUserError.
    """
    token = secrets.token_urlsafe(32)
    store.revoke_links_of(user, now)
    try:
        store.add_invitation(
            _digest(token), user=user, by=who, made=now, expires=now + timedelta(days=1)
        )
    except User.DoesNotExist as error:
        raise NoSuchUserError(user) from error
    store.audit("", now, "renew", who=who, detail={"user": user})
    return token


@transaction.atomic
def revoke(key: int, *, who: str, now: datetime) -> None:
    """Let a link work no more. Raises NoSuchInvitationError where it does not any more."""
    if not store.revoke_invitation(key, now):
        raise NoSuchInvitationError(str(key))
    store.audit("", now, "revoke", who=who, detail={"invitation": key})


def invitation(token: str, *, now: datetime) -> store.Invitation:
    """Return the link with this secret. Raises NoSuchInvitationError."""
    found = store.invitation(_digest(token), now)
    if found is None:
        raise NoSuchInvitationError
    return found


@transaction.atomic
def join(token: str, name: str, password: str, mail: str, *, now: datetime) -> User:
    """Make the user who comes in by a link, with its role.

    Raises NoSuchInvitationError, and IntegrityError where the name is taken.
    """
    link = _used(token, name, now)
    user = store.add_user(name, password, mail)
    store.set_role(name, link.story, link.role)
    store.audit(link.story, now, "join", who=name, detail={"role": link.role, "by": link.by})
    return user


@transaction.atomic
def take_password(token: str, password: str, *, now: datetime) -> User:
    """Give the user of a link their new password. Raises NoSuchInvitationError."""
    link = _used(token, "", now)
    store.audit("", now, "password", who=link.user, detail={"by": link.by})
    return store.set_password(link.user, password)


@transaction.atomic
def switch_off(user: str, *, who: str, now: datetime) -> None:
    """Let a user in no more, and end their sessions; what they wrote stays.

    Raises OneselfError, LastAdministratorError, NoSuchUserError.
    """
    if user == who:
        raise OneselfError(user)
    must_not_be_last(user)
    _switch(user, who, now, active=False)
    store.end_sessions(user)
    store.revoke_links_of(_known(user), now)


@transaction.atomic
def switch_on(user: str, *, who: str, now: datetime) -> None:
    """Let a user in again, with the roles that they had. Raises NoSuchUserError."""
    _switch(user, who, now, active=True)


@transaction.atomic
def sign_out(user: str, *, who: str, now: datetime) -> None:
    """End all sessions of a user. Raises NoSuchUserError."""
    store.end_sessions(_known(user))
    store.audit("", now, "sign_out", who=who, detail={"user": user})


@transaction.atomic
def forget_factors(user: str, *, who: str, now: datetime) -> None:
    """Remove all second factors of a user who lost them. Raises NoSuchUserError."""
    gone = store.forget_factors(_known(user))
    store.audit("", now, "forget_factors", who=who, detail={"user": user, "removed": gone})


def _used(token: str, name: str, now: datetime) -> store.Invitation:
    link = invitation(token, now=now)
    renewal = bool(link.user)
    if renewal == bool(name) or not store.use_invitation(link.id, name or link.user, now):
        raise NoSuchInvitationError
    return link


def _switch(user: str, who: str, now: datetime, *, active: bool) -> None:
    if store.switch(_known(user), active=active):
        store.audit(
            "", now, "switch_on" if active else "switch_off", who=who, detail={"user": user}
        )


def _known(user: str) -> str:
    if not store.is_user(user):
        raise NoSuchUserError(user)
    return user


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
