"""Addresses as feeds and pages write them."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit


def joined(base: str, link: str | None) -> str | None:
    """Return the web address that `link`, found at `base`, leads to; None where it leads to none."""
    try:
        whole = urljoin(base, (link or "").strip())
        parts = urlsplit(whole)
        return whole if link and parts.scheme in {"http", "https"} and parts.hostname else None
    except ValueError:
        return None


def host(url: str | None) -> str | None:
    """Return the host of an address, None where there is none."""
    try:
        return urlsplit(url or "").hostname
    except ValueError:
        return None
