"""Who calls: a token, its owner, and what both together may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from ninja.security import HttpBearer

from sourcier.desk import clock, store
from sourcier.desk.people import tokens
from sourcier.desk.people.rights import Right
from sourcier.desk.people.roles import may, may_somewhere, open_to
from sourcier.desk.programs.refusals import RefusedError

CALLS = 120
"""How many calls a token may make in a minute."""

_NOBODY = "0" * 64


@dataclass(frozen=True)
class Caller:
    """A program that showed a good token."""

    token: store.Token

    @property
    def name(self) -> str:
        """Return the user name of the token's owner."""
        return self.token.user.get_username()

    def may(self, right: Right, story: str) -> bool:
        """Tell whether owner and token both have `right` in a story."""
        if right not in self.token.scopes or self.token.story not in ("", story):
            return False
        return may(self.token.user, right, story)

    def must(self, right: Right, story: str) -> None:
        """Refuse what `may` denies: a story that the owner or token has nothing to do with is none."""
        known = self.token.story in ("", story) and may(self.token.user, "read", story)
        if not known or not any(story == slug for slug, _ in store.stories()):
            raise RefusedError(404, "no_story", "no such story")
        if right not in self.token.scopes:
            raise RefusedError(403, "missing_scope", f"the token lacks the scope {right!r}")
        if not may(self.token.user, right, story):
            raise RefusedError(403, "missing_right", f"its owner lacks the right {right!r} there")

    def must_somewhere(self, right: Right) -> None:
        """Refuse who lacks `right` in every story; a token of one story counts there alone."""
        if right not in self.token.scopes:
            raise RefusedError(403, "missing_scope", f"the token lacks the scope {right!r}")
        user, story = self.token.user, self.token.story
        if not (may(user, right, story) if story else may_somewhere(user, right)):
            raise RefusedError(403, "missing_right", f"its owner lacks the right {right!r}")

    def readable(self) -> tuple[str, ...]:
        """Return the slugs of the stories that the token may read."""
        return tuple(slug for slug, _ in open_to(self.token.user) if self.may("read", slug))


class Bearer(HttpBearer):
    """Takes the token from ``Authorization: Bearer ...``; no cookie counts, so none can be abused."""

    def __call__(self, request: HttpRequest) -> Caller:
        """Return who calls. Raises RefusedError."""
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise _unknown("no_token", "show a token: Authorization: Bearer sourcier_...")
        return self.authenticate(request, text.strip())

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        """Return who shows `token`. Raises RefusedError."""
        del request
        now = clock.now()
        found = _good(token, now)
        if store.count_call(found.key, now) > CALLS:
            wait = str(60 - now.second)
            message = f"more than {CALLS} calls in a minute"
            raise RefusedError(429, "too_many_calls", message, headers={"Retry-After": wait})
        return Caller(found)


def _good(text: str, now: datetime) -> store.Token:
    key, secret = tokens.parts(text) or ("", "")
    known = store.token(key)
    if not tokens.proves(secret, known.digest if known else _NOBODY) or known is None:
        raise _unknown("bad_token", "no such token")
    if known.revoked:
        raise _unknown("revoked_token", "the token was revoked")
    if known.expires <= now:
        raise _unknown("expired_token", f"the token ended on {known.expires:%Y-%m-%d}")
    if not known.user.is_active:
        raise _unknown("bad_token", "no such token")
    return known


def _unknown(code: str, message: str) -> RefusedError:
    return RefusedError(401, code, message, headers={"WWW-Authenticate": "Bearer"})
