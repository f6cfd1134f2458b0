"""The strip of alerts in force: since when, who observed it, what to do, and how old the word is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sourcier.publish.placenames import names_its_kind
from sourcier.publish.speakers import speaker_of
from sourcier.publish.typography import typeset
from sourcier.publish.view import View
from sourcier.publish.warned import announced_end
from sourcier.types import AlertInterval

INFERRED_SHOWN = timedelta(hours=3)
"""How long the page says that an end was inferred, not announced."""
FRESH = timedelta(minutes=20)
"""An observation younger than this is not called stale."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One alert as the strip tells it; `by` is (words, address or ""), `event` an event's id."""

    title: str
    in_force: str
    observed: list[tuple[str, str]]
    since: str
    by: tuple[str, str] | None
    advice: str
    advice_language: str | None
    age: str
    stale: bool
    event: str | None


def notices(view: View) -> list[Notice]:
    """Return the alerts in force at the story's moment, newest observation first."""
    return [
        _notice(view, alert)
        for alert in sorted(view.story.alerts, key=_last, reverse=True)
        if open_at(alert, view.story.now)
    ]


def open_at(alert: AlertInterval, now: datetime) -> bool:
    """Tell whether an alert is in force: opened, and no end came."""
    return alert.opened <= now and (alert.end is None or alert.end > now)


def inferred(view: View) -> list[str]:
    """Return a sentence for each alert whose end was lately inferred though nobody announced it."""
    now = view.story.now
    return [
        view.words("alert.inferred", alert=title(view, alert), clock=view.moment(alert.end))
        for alert in view.story.alerts
        if alert.inferred_end and alert.end and alert.end <= now < alert.end + INFERRED_SHOWN
    ]


def title(view: View, alert: AlertInterval, form: str = "title") -> str:
    """Return hazard and area: "Alerte aérienne, Soumy"; as `form` "in_force", a whole headline."""
    area = view.place_name(alert.place) if alert.place else alert.area
    precision = (alert.place.precision if alert.place else "other") if area else "nowhere"
    if precision == "region" and area and names_its_kind(area, view.language):
        precision = "other"
    key = f"alert.{form}.{precision}"
    return view.words(
        key if key in view.words else f"alert.{form}.other", hazard=hazard(view, alert), area=area
    )


def hazard(view: View, alert: AlertInterval) -> str:
    """Return what an alert warns of: "Alerte aérienne"."""
    return view.words.either(f"hazard.{alert.hazard}", alert.hazard.replace("_", " "))


def _last(alert: AlertInterval) -> datetime:
    return max(alert.observed, default=alert.seen)


def _notice(view: View, alert: AlertInterval) -> Notice:
    last = _last(alert)
    age = view.story.now - last
    words, language = advice(view, alert)
    until = announced_end(view, alert)
    return Notice(
        title=title(view, alert),
        in_force=title(view, alert, "in_force"),
        observed=view.clocks(last, alert.zone, alert.place),
        since=_since(view, alert),
        by=_by(view, alert),
        advice=words,
        advice_language=language,
        age=_age(view, age, until),
        stale=age >= FRESH and not until,
        event=alert.event,
    )


def _age(view: View, age: timedelta, until: datetime | None) -> str:
    """Return until when the alert is announced, where that is known, and how old the last word is."""
    told = view.words.duration(age)
    if until:
        return view.words("alert.until", clock=view.moment(until), age=told)
    return view.words("alert.stale" if age >= FRESH else "alert.fresh", age=told)


def _since(view: View, alert: AlertInterval) -> str:
    if alert.start:
        return view.words.at_clocks(view.clocks(alert.start, alert.zone, alert.place)[:1])
    first = min(alert.observed, default=alert.seen)
    return view.words("alert.unknown_start", clock=view.words.clock(first, alert.zone))


def _by(view: View, alert: AlertInterval) -> tuple[str, str] | None:
    words = speaker(view, alert)
    if not words:
        return None
    entry = next((view.entry_of_claim[c] for c in alert.told if c in view.entry_of_claim), None)
    return words, view.address(entry) if entry else ""


def speaker(view: View, alert: AlertInterval) -> str:
    """Return who spoke of an alert last, "" where no claim tells."""
    claims = view.claims(alert.claims)
    if not claims:
        return ""
    ours = [claim for claim in claims if view.language_of(claim.capture) is None]
    who = speaker_of(view, (ours or claims)[-1])
    parts = (
        who.name or "".join(who.relays[:1]),
        *(one.text for one in who.details),
        who.medium or "",
    )
    return ", ".join(filter(None, parts))


def advice(view: View, alert: AlertInterval) -> tuple[str, str | None]:
    """Return what to do, as its source words it ("" for nothing), and the language of these words."""
    for claim in sorted(
        view.claims(alert.claims), key=lambda c: view.language_of(c.capture) is not None
    ):
        if claim.kind == "alert" and claim.advice:
            return claim.advice, view.language_of(claim.capture)
    return typeset(alert.advice or "", view.language), None
