"""The mail server through which the desk writes to its users, as one URL."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def settings_of(url: str) -> dict[str, Any]:
    """Return Django's settings for ``smtp+tls://user:password@host:587?from=desk@example.org``.

    ``smtp`` speaks in the clear, ``smtp+tls`` turns to TLS first (STARTTLS), ``smtps`` begins with it.
    ``from`` is the sender; without it the user's name must be an address. Raises ImproperlyConfigured.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"SOURCIER_MAIL: {error}") from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ImproperlyConfigured("SOURCIER_MAIL: smtp://, smtp+tls:// or smtps:// and a host")
    user = unquote(parts.username or "")
    sender = parse_qs(parts.query).get("from", [user])[0]
    if "@" not in sender:
        raise ImproperlyConfigured("SOURCIER_MAIL: say who writes, as ?from=desk@example.org")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or _PORTS[parts.scheme],
        "EMAIL_HOST_USER": user,
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "DEFAULT_FROM_EMAIL": sender,
    }
