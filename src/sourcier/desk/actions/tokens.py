"""Tokens of programs: made and ended, each with its line in the audit."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from sourcier.desk import store
from sourcier.desk.people.rights import Right
from sourcier.desk.people.tokens import minted


class NoSuchTokenError(LookupError):
    """The user has no such token, or it has ended."""


@transaction.atomic
def make_token(
    user: User, name: str, scopes: tuple[Right, ...], story: str, *, lasts: timedelta, now: datetime
) -> str:
    """Make a token of `user` for a story ("": for all that they work on), and return its text.

    That is kept nowhere: it can be shown now alone.
    """
    new = minted()
    kept = store.Token(
        key=new.key, digest=new.digest, user=user, name=name, scopes=scopes, story=story,
        made=now, expires=now + lasts,
    )  # fmt: skip
    store.add_token(kept)
    told = {"token": new.key, "name": name, "scopes": list(scopes), "days": lasts.days}
    store.audit(story, now, "make_token", who=user.get_username(), detail=told)
    return new.text


@transaction.atomic
def revoke_token(user: str, key: str, *, now: datetime) -> None:
    """End a token of `user` at once. Raises NoSuchTokenError."""
    ended = store.revoke(key, user, now)
    if ended is None:
        raise NoSuchTokenError(key)
    told = {"token": key, "name": ended.name}
    store.audit(ended.story, now, "revoke_token", who=user, detail=told)
