"""What the source of an alert gave in fields, beside its words: the shapes of its area, how grave it is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sourcier.publish.view import View
from sourcier.types import AlertFact, AlertInterval


def fact(view: View, alert: AlertInterval) -> AlertFact | None:
    """Return the newest fact in fields that an alert rests on, None where it was told in words alone."""
    spoken = {(claim.capture, claim.span) for claim in view.claims(alert.claims)}
    captures = view.captures(dict.fromkeys(capture for capture, _ in spoken))
    captures.sort(key=lambda one: one.updated or one.published)
    found = [told for one in captures for told in one.alerts if (one.id, told.span) in spoken]
    return found[-1] if found else None


def announced_end(view: View, alert: AlertInterval) -> datetime | None:
    """Return until when an alert in force is announced, None where nobody said or that is past."""
    told = fact(view, alert)
    known = told.end if told and told.state == "started" else None
    return known if known and known > view.story.now else None


def geometry(told: AlertFact | None) -> dict[str, Any] | None:
    """Return the polygons of an area as GeoJSON has them (RFC 7946), None where there are none."""
    if told is None or not told.polygons:
        return None
    if len(told.polygons) == 1:
        return {"type": "Polygon", "coordinates": told.polygons}
    return {"type": "MultiPolygon", "coordinates": [[ring] for ring in told.polygons]}


def graded(told: AlertFact | None) -> dict[str, Any]:
    """Return what else is told of an alert: nothing where its source gave no fields.

    `circles` are longitude, latitude and radius in km.
    """
    if told is None:
        return {}
    return {
        "severity": told.severity,
        "urgency": told.urgency,
        "certainty": told.certainty,
        "event_codes": told.event_codes,
        "codes": told.codes,
        "circles": told.circles,
    }
