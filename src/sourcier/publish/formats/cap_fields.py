"""What an alert's source gave in fields, as CAP 1.2 writes it: grades, codes, polygons, circles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from lxml import etree

from sourcier.publish.formats.xml import add
from sourcier.types import AlertFact

_GRADES = {
    "urgency": frozenset(("Immediate", "Expected", "Future", "Past")),
    "severity": frozenset(("Extreme", "Severe", "Moderate", "Minor")),
    "certainty": frozenset(("Observed", "Likely", "Possible", "Unlikely")),
}
_CLOSED = 4  # pairs that a polygon has at least (CAP 1.2, 3.2.4)


class Drawn(NamedTuple):
    """A polygon or circle: latitude before longitude, the radius in km."""

    kind: Literal["polygon", "circle"]
    text: str


def graded(name: Literal["urgency", "severity", "certainty"], told: AlertFact | None) -> str:
    """Return a grade, "Unknown" where the source gave none that CAP has."""
    value = getattr(told, name, None)
    return value if value in _GRADES[name] else "Unknown"


def coded(parent: etree._Element, name: str, code: str) -> None:
    """Add a code as its system's name and value, of "SAME FFA"; one without a system is left out."""
    system, _, value = code.partition(" ")
    if system and value:
        element = add(parent, name)
        add(element, "valueName", system)
        add(element, "value", value)


def shapes(told: AlertFact | None) -> Iterator[Drawn]:
    """Yield the shapes of an area, polygons first."""
    for ring in told.polygons if told else ():
        if len(ring) >= _CLOSED and ring[0] == ring[-1]:
            yield Drawn("polygon", " ".join(_pair(*point) for point in ring))
    for longitude, latitude, radius in told.circles if told else ():
        yield Drawn("circle", f"{_pair(longitude, latitude)} {_plain([radius])}")


def _pair(longitude: float, latitude: float) -> str:
    return _plain([latitude, longitude])


def _plain(numbers: Iterable[float]) -> str:
    """Return numbers as CAP's pattern has them: digits and a point, six places at most (10 cm)."""
    return ",".join(f"{number:.6f}".rstrip("0").rstrip(".") for number in numbers)
