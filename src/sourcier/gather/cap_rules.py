"""What CAP 1.2 asks of a message: what is refused, what is no alert, what is read though not as it should be.

Names in brackets are sections of the standard (OASIS, Common Alerting Protocol 1.2, 1 July 2010).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from sourcier.gather.markup import Element
from sourcier.gather.moments import moment, zone_named
from sourcier.gather.xml import every, text, within
from sourcier.problems import InputError, Problem

_REQUIRED = ("identifier", "sender", "sent", "status", "msgType", "scope")
_STATUSES = ("Actual", "Exercise", "System", "Test", "Draft")
_TYPES = ("Alert", "Update", "Cancel", "Ack", "Error")
_TIMES = ("sent", "effective", "onset", "expires")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d")
_BARRED = re.compile(r"[\s,<&]")
_MOST_TOLD = 5
GRADES = {
    "urgency": ("Immediate", "Expected", "Future", "Past", "Unknown"),
    "severity": ("Extreme", "Severe", "Moderate", "Minor", "Unknown"),
    "certainty": ("Observed", "Likely", "Possible", "Unlikely", "Unknown"),
}
"""What an info may say of how grave, near and sure it is [3.2.2]."""


def refusal(alert: Element, where: str) -> Problem | None:
    """Return why a message is refused (it lacks what CAP requires, or is not for all), or None."""
    lacking = [field for field in _REQUIRED if not text(alert, field)]
    if lacking:
        return _bad(where, f"a CAP message without {', '.join(lacking)}")
    for field, allowed in (("status", _STATUSES), ("msgType", _TYPES)):
        if text(alert, field) not in allowed:
            return _bad(where, f"no {field}: {text(alert, field)[:60]!r}")
    if not _is_moment(text(alert, "sent")):
        return Problem(where=where, code="bad_date", message="its sent is no date")
    if text(alert, "scope") != "Public":
        scope = text(alert, "scope")[:60]
        return Problem(where=where, code="not_public", message=f"its scope is {scope!r}: not taken")
    if text(alert, "status") == "Exercise":
        return Problem(where=where, code="exercise", message="an exercise, no alert: not taken")
    return None


def is_alert(alert: Element) -> bool:
    """Tell whether a message that is not refused bears on an alert."""
    return text(alert, "status") == "Actual" and text(alert, "msgType") != "Ack"


def at(element: Element, field: str, zone: str) -> datetime:
    """Return the moment in a field; without an offset it is in the IANA zone. Raises InputError."""
    return moment(text(element, field), zone_named(zone, ""), field)


def faults(alert: Element) -> Iterator[str]:
    """Yield what is not as the standard has it, though it can be read; a few at most."""
    for field in ("identifier", "sender"):
        if _BARRED.search(text(alert, field)):
            yield f"a space, comma, < or & in {field} [3.2.1]"
    if text(alert, "msgType") in {"Update", "Cancel"} and not text(alert, "references"):
        yield f"an {text(alert, 'msgType')} without references [3.2.1]"
    odd = [told for told in _times(alert) if not _TIME.fullmatch(told)]
    yield from (f"{told[:40]!r} for a time with its offset [3.3.2]" for told in odd[:_MOST_TOLD])
    wrong = {
        f"{field} {text(info, field)[:40]!r} [3.2.2]": None
        for info in within(alert, "info")
        for field, allowed in GRADES.items()
        if text(info, field) not in allowed
    }
    yield from list(wrong)[:_MOST_TOLD]


def _times(alert: Element) -> Iterator[str]:
    told = (text(one) for field in _TIMES for one in every(alert, field))
    return filter(None, told)


def _is_moment(value: str) -> bool:
    try:
        moment(value, zone_named("UTC", ""), "")
    except InputError:
        return False
    return True


def _bad(where: str, message: str) -> Problem:
    return Problem(where=where, code="bad_cap", message=message)
