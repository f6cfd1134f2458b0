"""Histories: texts that tell of years long past, where a date without a year is of the year told last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sourcier.read.times_atoms import Atom
from sourcier.read.times_calendar import real_date
from sourcier.read.times_phrases import Phrase
from sourcier.read.times_wall import Wall

_FEWEST = 3
_TIMES_AS_MANY = 4
_HALF_A_YEAR = timedelta(days=183)
_TODAY = frozenset({"rel", "weekday", "lately", "week", "ago", "weekend"})


def is_history(phrases: Sequence[Phrase], published: date) -> bool:
    """Tell whether a text names many years before the last, and hardly a day by that of publication.

    It opens with such a year: what opens with a bare date tells news and looks back.
    """
    atoms = [atom for phrase in phrases for atom in phrase.atoms]
    years = [_year(atom) for atom in atoms if atom.values.keys() & {"year", "month"}]
    far = [0 < year < published.year - 1 for year in years]
    near = sum(year >= published.year - 1 for year in years)
    near += sum(atom.kind in _TODAY for atom in atoms)
    return far[:1] == [True] and sum(far) >= max(_FEWEST, _TIMES_AS_MANY * near)


def _year(atom: Atom) -> int:
    year = atom.values.get("year", "")
    return int(year) if len(year) == 4 else 0


def year_told(month: int, told: Wall, day: int = 1) -> int:
    """Return the year that a history means by a date: that told last, or the next.

    It goes forward: what would stand more than half a year back is of the next year, unless nothing
    finer than a year was told.
    """
    year = told.start.year
    found = real_date(year, month, day)
    back = found is not None and told.start.date() - found > _HALF_A_YEAR
    return year + (back and told.precision != "year")
