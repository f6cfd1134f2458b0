"""Read: a capture in, its claims out. Pure: no I/O, no clock.

::

    capture -> Document -> find_quotations find_speech find_times find_places find_context
                           find_tolls find_occurrences find_alerts find_measures
            -> assemble -> Reading

Finders know one thing each and hand over drafts with spans; `assemble` binds them.
"""

from __future__ import annotations

from sourcier.problems import InputError
from sourcier.types import Capture, Reading


def read(capture: Capture, *, mentions: bool = False) -> Reading:
    """Return all that `capture` says, every claim bound to the characters that carry it.

    Where the capture gives none of the languages that are read, it is detected; where it gives no
    zone, bare clock times are read in UTC. `mentions` adds every time and place expression, bound
    to a claim or not. Raises `InputError` where the zone is unknown, `published` has no offset, or
    the text is clearly in another language.
    """
    from sourcier.read.assemble import assemble
    from sourcier.read.document import Document

    language = _language(capture)
    document = Document(
        text=capture.text,
        language=language,
        published=capture.published,
        zone=_zone(capture),
        capture=capture,
    )
    if not any(character.isalpha() for character in capture.text):
        return Reading(capture=capture.id, dispatch=capture.dispatch, language=language)
    return assemble(document, mentions=mentions)


def _language(capture: Capture) -> str:
    from sourcier.languages import LANGUAGES
    from sourcier.read.language import detect

    if capture.language in LANGUAGES:
        return capture.language
    language = detect(capture.text)
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise InputError(
            capture.id,
            "unread_language",
            f"the text is in {language!r}, not a language that is read ({known})",
        )
    return language


def _zone(capture: Capture) -> str:
    from zoneinfo import ZoneInfo

    if capture.published.utcoffset() is None:
        raise InputError(capture.id, "naive_time", "published has no UTC offset")
    zone = capture.zone or "UTC"
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise InputError(capture.id, "unknown_zone", f"unknown time zone {zone!r}") from None
    return zone
