"""The history of a ledger as a small step chart.

Dotted lines were superseded, solid ones stand, dashed ones are provisional; a fade upward means "at
least", hatching lies between two claims that exclude each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sourcier.publish.view import View
from sourcier.types import Ledger, TollLine

WIDTH, RIGHT, TOP, GROUND = 300, 284, 16, 64
FADE = 26
CALM = timedelta(minutes=30)
"""How long the chart goes on after the last figure, at least; else as long as figures came."""
LETTER = 6.4
APART = 14
"""How far from any other figure one of a superseded line stands: of what came at once, one is shown."""
_SIGNS = {"at_least": "≥ ", "more_than": "> ", "at_most": "≤ ", "about": "≈ "}


@dataclass(frozen=True, slots=True)
class Label:
    """A figure or a clock on the chart."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Paths as (class, d), fades as d, the hatched part as d, labels, and all of it in words."""

    label: str
    lines: tuple[tuple[str, str], ...]
    fades: tuple[str, ...]
    hatch: str
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    start: datetime
    end: datetime
    top: int

    def x(self, moment: datetime) -> float:
        part = (min(moment, self.end) - self.start) / (self.end - self.start)
        return round(12 + part * (RIGHT - 12), 1)

    def y(self, value: int) -> float:
        return round(GROUND - (GROUND - TOP) * value / self.top, 1)


def chart(view: View, ledger: Ledger, label: str) -> Chart:
    """Return the chart of `ledger` up to the story's moment; `label` is its content in words."""
    lines = _drawn(ledger.lines)
    if len(lines) < 2:  # one figure has no history
        return Chart(label, (), (), "", ())
    scale = _scale(lines, view.story.now)
    ends = _ends(lines, view.story.now)
    return Chart(
        label=label,
        lines=tuple(_line(line, scale, ends, lines) for line in lines),
        fades=tuple(_fade(line, scale) for line in lines if _open(line)),
        hatch=_hatch(ledger, lines, scale),
        labels=(*_figures(lines, scale), *_clocks(view, lines, scale)),
    )


def _drawn(all_lines: tuple[TollLine, ...]) -> list[TollLine]:
    """Return the lines to draw, oldest first: of standing ones that say the same, the first."""
    lines = [line for line in all_lines if line.state != "copy" and _value(line) is not None]
    lines.sort(key=lambda line: line.reported)
    said: dict[object, TollLine] = {}
    for line in lines:
        same = (line.low, line.high, line.qualifier) if line.state == "current" else line.claim
        said.setdefault(same, line)
    return list(said.values())


def _value(line: TollLine) -> int | None:
    return line.high if line.low is None or line.qualifier == "at_most" else line.low


def _height(line: TollLine) -> int:
    return _value(line) or 0


def _open(line: TollLine) -> bool:
    return line.state == "current" and line.qualifier in ("at_least", "more_than", "vague")


def _scale(lines: list[TollLine], now: datetime) -> _Scale:
    first, last = lines[0].reported, max(line.reported for line in lines)
    end = max(min(now, last + max(last - first, CALM)), first + CALM / 3)
    top = max(max(line.high or 0, _height(line)) for line in lines) or 1
    return _Scale(first - (end - first) / 8, end, top)


def _ends(lines: list[TollLine], now: datetime) -> dict[str, datetime]:
    starts = {line.claim: line.reported for line in lines}
    ends = {}
    for line in lines:
        later = min(
            (other.reported for other in lines if other.reported > line.reported), default=now
        )
        gone = later if line.state == "withdrawn" else starts.get(line.superseded_by or "", later)
        ends[line.claim] = now if line.state == "current" else gone
    return ends


def _line(
    line: TollLine, scale: _Scale, ends: dict[str, datetime], lines: list[TollLine]
) -> tuple[str, str]:
    x, y = scale.x(line.reported), scale.y(_height(line))
    before = [_height(other) for other in lines if other.superseded_by == line.claim]
    foot = GROUND if line is lines[0] else scale.y(before[-1]) if before else y + 4
    rise = f"M{x} {foot}V{y}"
    kind = "ol" if line.state != "current" else "nl pv" if line.provisional else "nl"
    path = f"{rise}H{scale.x(ends[line.claim])}"
    if line.high is not None and line.high > _height(line):
        path += f"M{x} {y}V{scale.y(line.high)}H{scale.x(ends[line.claim])}"
    return kind, path


def _fade(line: TollLine, scale: _Scale) -> str:
    x, y = scale.x(line.reported), scale.y(_height(line))
    return f"M{x} {y}H{scale.x(scale.end)}V{max(y - FADE, 0)}H{x}z"


def _hatch(ledger: Ledger, lines: list[TollLine], scale: _Scale) -> str:
    if ledger.disputed_since is None:
        return ""
    values = [_height(line) for line in lines if line.claim in ledger.sides]
    if not values or min(values) == max(values):
        return ""
    low, high, x = scale.y(min(values)), scale.y(max(values)), scale.x(ledger.disputed_since)
    return f"M{x} {low}V{high}H{scale.x(scale.end)}V{low}z"


def _figures(lines: list[TollLine], scale: _Scale) -> list[Label]:
    """Return figures where they meet no other: those that stand first, then the latest, the highest."""
    placed: list[Label] = []
    for line in sorted(
        lines,
        key=lambda line: (line.state != "current", -line.reported.timestamp(), -_height(line)),
    ):
        text = _SIGNS.get(line.qualifier, "") + str(_height(line))
        x, y = scale.x(line.reported), scale.y(_height(line)) - 4
        strong = line.state == "current"
        room = x + 4 + LETTER * len(text) < WIDTH
        label = (
            Label(x + 3, y, text, "start", strong)
            if room
            else Label(x - 3, y + 8, text, "end", strong)
        )
        crowded = not strong and any(abs(label.x - other.x) < APART for other in placed)
        if not crowded and not any(_meet(label, other) for other in placed):
            placed.append(label)
    return placed


def _meet(one: Label, other: Label) -> bool:
    return (
        abs(one.y - other.y) < 11
        and _left(one) < _right(other) + 3
        and _left(other) < _right(one) + 3
    )


def _left(label: Label) -> float:
    width = LETTER * len(label.text)
    return label.x - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]


def _right(label: Label) -> float:
    return _left(label) + LETTER * len(label.text)


def _clocks(view: View, lines: list[TollLine], scale: _Scale) -> list[Label]:
    first, last = lines[0].reported, max(line.reported for line in lines)
    placed: list[Label] = []
    for moment, where in ((scale.end, "end"), (first, "middle"), (last, "middle")):
        text = view.brief(moment)
        half = LETTER * len(text) / 2
        x = float(WIDTH) if where == "end" else min(max(scale.x(moment), half), WIDTH - half)
        label = Label(x, 80, text, where)
        if not any(_meet(label, other) for other in placed):
            placed.append(label)
    return placed
