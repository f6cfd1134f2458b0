"""What a program shows instead of a password: a token, of which the desk keeps a hash alone. Pure.

A token is ``sourcier_KEY_SECRET``: the key finds it (and names it in lists), the secret proves it. The
secret is 256 random bits, so that one round of SHA-256 is as good as a slow hash: nobody can guess it.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from hashlib import sha256

from sourcier.desk.people.rights import Right

SCOPES: tuple[Right, ...] = ("read", "write", "verify", "publish")
"""The rights that a token may carry; it never has one that its owner lacks."""

_SHAPE = re.compile(r"sourcier_([0-9a-f]{12})_([A-Za-z0-9_-]{43})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Minted:
    """A new token: what is shown once (`text`), what is kept (`key`, `digest`)."""

    text: str
    key: str
    digest: str


def minted() -> Minted:
    """Return a new token."""
    key, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    return Minted(f"sourcier_{key}_{secret}", key, hashed(secret))


def parts(text: str) -> tuple[str, str] | None:
    """Return the key and the secret of a token; null for what is none."""
    found = _SHAPE.fullmatch(text)
    return (found[1], found[2]) if found else None


def hashed(secret: str) -> str:
    """Return what is kept of a secret."""
    return sha256(secret.encode()).hexdigest()


def proves(secret: str, digest: str) -> bool:
    """Tell whether `digest` is that of `secret`, in the same time whatever they are."""
    return secrets.compare_digest(hashed(secret), digest)
