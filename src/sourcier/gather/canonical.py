"""The canonical form of a capture: clean text, one id for one content, one dispatch over versions."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import datetime
from typing import Any

import msgspec

from sourcier.gather.moments import in_utc
from sourcier.problems import InputError
from sourcier.types import AlertFact, Capture, Credit, Home, SourceRole, Span

MAX_CHARACTERS = 2_000_000
"""The longest text that is taken as one dispatch."""

_NEWLINES = re.compile("\r\n|[\r\u0085\u2028\u2029]")
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_UNPRINTABLE = 0.05  # share of control characters from which bytes are no text


def clean(text: str) -> str:
    r"""Return `text` in NFC, with ``\n`` as its only line end and spaces for control characters.

    A control character becomes a space rather than nothing: offsets in it stay those that the
    sender counted, and two words never merge.
    """
    return unicodedata.normalize("NFC", _NO_TEXT.sub(" ", _NEWLINES.sub("\n", text)))


def checked_text(text: str, where: str) -> str:
    """Return the clean `text`; raises InputError for one that is empty, too long or no text."""
    if len(text) > MAX_CHARACTERS:
        limit = f"{MAX_CHARACTERS:,}"
        raise InputError(where, "too_long", f"{len(text):,} characters, more than {limit}")
    if len(_NO_TEXT.findall(text)) > _UNPRINTABLE * len(text):
        raise InputError(where, "not_text", "control characters: this is not a text")
    cleaned = clean(text)
    if not cleaned.strip():
        raise InputError(where, "empty_text", "the text is empty")
    return cleaned


def make_capture(
    *,
    text: str,
    published: datetime,
    dispatch: str | None = None,
    version: int = 1,
    supersedes: str | None = None,
    source: str | None = None,
    publisher: str | None = None,
    role: SourceRole | None = None,
    party: str | None = None,
    url: str | None = None,
    title: str | None = None,
    language: str | None = None,
    zone: str | None = None,
    updated: datetime | None = None,
    retrieved: datetime | None = None,
    credits: tuple[Credit, ...] = (),  # noqa: A002 (the field's name)
    deleted: bool = False,
    home: Home | None = None,
    raw: str | None = None,
    alerts: tuple[AlertFact, ...] = (),
    quoted: tuple[Span, ...] = (),
) -> Capture:
    """Return the capture of one version of one dispatch, its text cleaned and its id computed.

    The dispatch is the one given, else the URL, else the id. The id covers what the publisher
    said, not how we came by it: `source`, `role`, `party`, `home`, `raw`, `retrieved` and `supersedes`
    are left out. Datetimes are aware. A text from outside passes `checked_text` first.
    """
    content: dict[str, Any] = {
        "version": version,
        "publisher": publisher,
        "url": url,
        "title": " ".join(clean(title or "").split()) or None,
        "text": clean(text),
        "language": _primary(language),
        "zone": zone,
        "published": in_utc(published),
        "updated": in_utc(updated) if updated else None,
        "credits": credits,
        "deleted": deleted,
    }
    if alerts:
        content["alerts"] = alerts
    if quoted:
        content["quoted"] = quoted
    identity, dispatch = _identity(content, dispatch or url)
    # The id is taken of times in UTC; the capture keeps the offsets that were given.
    return Capture(
        **content | {"published": published, "updated": updated},
        id=identity,
        dispatch=dispatch,
        source=source,
        role=role,
        party=party,
        retrieved=retrieved,
        supersedes=supersedes,
        home=home,
        raw=raw,
    )


def _identity(content: dict[str, Any], dispatch: str | None) -> tuple[str, str]:
    """Return id and dispatch; a capture that comes back with its own id as dispatch keeps both."""
    bare = _digest(content)
    if dispatch in (None, bare):
        return bare, bare
    return _digest({"dispatch": dispatch} | content), str(dispatch)


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()


def _primary(language: str | None) -> str | None:
    """Return the primary subtag, "fr" for "fr-FR"."""
    return language.replace("_", "-").split("-")[0].strip().lower() or None if language else None
