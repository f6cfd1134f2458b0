"""Claims as a table for a terminal."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from textwrap import wrap
from zoneinfo import ZoneInfo

from sourcier.types import (
    Alert,
    Attribution,
    Capture,
    Claim,
    Measure,
    Occurrence,
    Reading,
    Statement,
    Toll,
)


def table(capture: Capture, reading: Reading) -> str:
    """Return the claims of one capture as lines of columns: kind, what, who, when, where, words."""
    width = max(80, shutil.get_terminal_size((120, 24)).columns)
    head = capture.title or capture.dispatch
    lines = [f"{head}  ({reading.language}, {len(reading.claims)} claims)"]
    for claim in reading.claims:
        lines.extend(_rows(claim, width))
    lines.extend(
        f"  credit      {credit.kind}: {credit.name or credit.url or 'unnamed'}"
        for credit in reading.credits
    )
    return "\n".join(lines) + "\n\n"


def _rows(claim: Claim, width: int) -> Iterator[str]:
    facts = [
        _what(claim),
        _who(claim.attribution),
        _when(claim),
        claim.place.name if claim.place else "",
    ]
    if claim.role != "news":
        facts.append(claim.role)
    if claim.stance != "asserted":
        facts.append(claim.stance)
    yield f"  {claim.kind:<11} " + "; ".join(fact for fact in facts if fact)
    for line in wrap(" ".join(claim.quote.split()), width - 16):
        yield " " * 14 + f"| {line}"


def _what(claim: Claim) -> str:
    match claim:
        case Toll():
            bounds = (
                f"{claim.low}" if claim.low == claim.high else f"{claim.low}..{claim.high or ''}"
            )
            provisional = ", provisional" if claim.provisional else ""
            return f"{claim.outcome} {claim.qualifier} {bounds}{provisional}"
        case Statement():
            return claim.mode
        case Occurrence():
            parts = [
                claim.type,
                claim.means and f"by {claim.means}",
                claim.target and f"on {claim.target}",
            ]
            return " ".join(part for part in parts if part)
        case Alert():
            return f"{claim.hazard} {claim.state}" + (
                f", advice: {claim.advice}" if claim.advice else ""
            )
        case Measure():
            return claim.action or ""


def _who(chain: tuple[Attribution, ...]) -> str:
    names = []
    for link in chain:
        parts = [link.name, link.role, link.organisation, link.medium and f"[{link.medium}]"]
        names.append(" ".join(part for part in parts if part))
    return " < ".join(names)


def _when(claim: Claim) -> str:
    time = claim.time
    if time is None:
        return ""
    form = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}.get(
        time.precision, "%Y-%m-%d %H:%MZ"
    )
    # A day is the day of its zone: its UTC start may fall on the evening before.
    shown = time.start.astimezone(ZoneInfo(time.zone)) if "%H" not in form else time.start
    return shown.strftime(form)
