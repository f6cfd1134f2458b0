"""What allauth asks us: in which words it speaks, whom it lets in, how it keeps secrets."""

# allauth comes with types but without the marker that says so.

from __future__ import annotations

import logging
import secrets
from base64 import b32encode, urlsafe_b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import PurePosixPath
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, User
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from sourcier.desk.people import journal, lockout, pages
from sourcier.desk.screens.tongue import language
from sourcier.desk.screens.voice import Voice, voice

_log = logging.getLogger("sourcier.people")


class _Ours(Mapping[str, Any]):
    """allauth's error messages, with ours (``account.error``) before them."""

    def __init__(self, theirs: Mapping[str, Any]) -> None:
        self._theirs = theirs

    def __getitem__(self, code: str) -> Any:
        key = f"account.error.{code}"
        say = _say()
        return say(key) if key in say else self._theirs[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._theirs)

    def __len__(self) -> int:
        return len(self._theirs)


def _say() -> Voice:
    return voice(language(context.request))


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """The way in by name or mail and password."""

    error_messages = _Ours(DefaultAccountAdapter.error_messages)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Let nobody in who was not invited."""
        del request
        return False

    def is_safe_url(self, url: str) -> bool:
        """Lead nobody away from the desk after signing in: an address without a host, under ours."""
        inside = url.startswith(settings.SESSION_COOKIE_PATH)
        return inside and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Raise ValidationError, saying for how long, where a name or an address is locked out."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            minutes = lockout.minutes_left(request, self._counted(request, credentials))
            journal.refused("signin_locked", _name(credentials), self.get_client_ip(request))
            raise ValidationError(_say()("account.locked", minutes), code="locked") from error

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write down that somebody was not let in."""
        journal.refused("signin_failed", _name(credentials), self.get_client_ip(request))

    def forgive(self, request: HttpRequest, user: User) -> None:
        """Forget the failed attempts under a user's names: they have a new password."""
        for login in filter(None, (user.username, user.email)):
            lockout.forgive(request, self._counted(request, {"username": login}))

    def _counted(self, request: HttpRequest, credentials: Mapping[str, Any]) -> str:
        return str(self._get_login_attempts_cache_key(request, **credentials))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count by name alone: allauth adds the host asked for, of which a desk may have several."""
        del request
        return _name(credentials).lower()

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Keep what is to be said on the next page: in our words, or nothing where we have none."""
        del message_context, extra_tags
        key = f"account.said.{PurePosixPath(message_template or '').stem}"
        if message or key in _say():
            pages.tell(request, str(message or _say()(key)), level=level)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write to a user, in our words; what a mail server refuses is logged and goes no further."""
        key = f"account.mail.{PurePosixPath(template_prefix).name}"
        say = _say()
        if not settings.MAIL or key not in say:
            return
        link, name = context.get("password_reset_url", ""), str(context.get("user", ""))
        subject = say(
            "account.mail.subject", what=say(f"{key}.subject"), publisher=settings.PUBLISHER
        )
        body = say(f"{key}.body", link=link, name=name)
        try:
            EmailMessage(subject, body, self.get_from_email(), [email]).send()
        except (OSError, SMTPException) as error:
            _log.error("mail not sent: %s", error)


def _name(credentials: Mapping[str, Any]) -> str:
    return str(credentials.get("email") or credentials.get("username") or "")


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor, and the passkey that is both."""

    error_messages = _Ours(DefaultMFAAdapter.error_messages)

    def encrypt(self, text: str) -> str:
        """Keep a secret so that who reads the database alone does not have it."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a kept secret; one that nobody knows where the desk's key changed since."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return b32encode(secrets.token_bytes(20)).decode()

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """Return the name under which an application lists the desk."""
        return user.get_username()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:  # noqa: A002
        """Propose a name for a new passkey."""
        del user, type
        return _say()("account.passkey.name")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return for whom a passkey is made: the host name that is asked for."""
        return {"id": pages.host_name(context.request), "name": settings.PUBLISHER}


def _box() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_fernet_key(str(key))) for key in keys])


def _fernet_key(secret: str) -> bytes:
    return urlsafe_b64encode(sha256(b"second factors:" + secret.encode()).digest())
