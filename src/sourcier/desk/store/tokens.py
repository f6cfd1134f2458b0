"""Tokens of programs, how often they call, and what they were answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import F

from sourcier.desk import models
from sourcier.desk.people.rights import Right

KEPT = timedelta(days=1)
"""For how long the answer to a call is kept, to be given again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token without its secret. `story` is "" for all stories; `expires` and `revoked` are its end."""

    key: str
    digest: str
    user: User
    name: str
    scopes: tuple[Right, ...]
    story: str
    made: datetime
    expires: datetime
    revoked: datetime | None = None
    used: datetime | None = None

    def ended(self, now: datetime) -> bool:
        """Tell whether it is of no use any more."""
        return self.revoked is not None or self.expires <= now


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call was answered: `asked` is the hash of the call."""

    asked: str
    status: int
    headers: dict[str, str]
    body: str


def add_token(token: Token) -> None:
    """Keep a new token."""
    models.Token.objects.create(
        key=token.key, digest=token.digest, user=token.user, name=token.name,
        scopes=list(token.scopes), story_id=token.story or None, made=token.made,
        expires=token.expires,
    )  # fmt: skip


def token(key: str) -> Token | None:
    """Return a token by its key, with its owner; null where there is none."""
    row = models.Token.objects.select_related("user").filter(key=key).first()
    return None if row is None else _token(row)


def tokens_of(user: str) -> tuple[Token, ...]:
    """Return the tokens of a user, the last made first."""
    rows = models.Token.objects.select_related("user").filter(user__username=user)
    return tuple(_token(row) for row in rows.order_by("-made", "key"))


def revoke(key: str, user: str, now: datetime) -> Token | None:
    """End a token of `user`; null where they have none of this key, or it was ended before."""
    rows = models.Token.objects.filter(key=key, user__username=user, revoked=None)
    return token(key) if rows.update(revoked=now) else None


def count_call(key: str, now: datetime) -> int:
    """Note that a token calls, and return how often it did in this minute."""
    minute = now.replace(second=0, microsecond=0)
    rows = models.Token.objects.filter(key=key)
    if not rows.filter(minute=minute).update(calls=F("calls") + 1, used=now):
        rows.update(minute=minute, calls=1, used=now)
    return rows.values_list("calls", flat=True).get()


def answered(key: str, call: str, asked: str, now: datetime) -> Answer | None:
    """Return what the token `key` was answered to the call named `call`; null, and a place, for a new one.

    Must run in the transaction that does what is asked: of two calls at once, the second waits here.
    """
    models.Answered.objects.filter(token_id=key, at__lt=now - KEPT).delete()
    row, new = models.Answered.objects.get_or_create(
        token_id=key, key=call, defaults={"asked": asked, "at": now}
    )
    return None if new else Answer(row.asked, row.status, row.headers, row.body)


def keep_answer(key: str, call: str, answer: Answer) -> None:
    """Keep what a call was answered."""
    models.Answered.objects.filter(token_id=key, key=call).update(
        status=answer.status, headers=answer.headers, body=answer.body
    )


def _token(row: models.Token) -> Token:
    return Token(
        key=row.key, digest=row.digest, user=row.user, name=row.name,
        scopes=tuple(row.scopes), story=row.story_id or "", made=row.made, expires=row.expires,
        revoked=row.revoked, used=row.used,
    )  # fmt: skip
