"""Places that the gazetteer lacks: what a text calls a village, a district, what stands where towns do."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import structs

from sourcier.read.document import Document
from sourcier.read.drafts import PlaceDraft
from sourcier.read.gazetteer import region_names
from sourcier.read.gazetteer_index import Entry
from sourcier.read.places_choose import Surroundings
from sourcier.read.places_forms import in_latin
from sourcier.read.places_meant import Found
from sourcier.read.places_mentions import Word
from sourcier.read.places_runs import Run, runs
from sourcier.read.places_slots import Slots, is_placed_run
from sourcier.read.places_use import Cues
from sourcier.types import Place, PlacePrecision

_UNITS = frozenset({"country", "region", "district"})


def find_unlisted(
    document: Document,
    words: Sequence[Word],
    told: Surroundings,
    chosen: Sequence[Found],
    known: Cues,
) -> Iterator[PlaceDraft]:
    """Yield a place without id for each unknown name that is surely one, where it is told again too.

    It lies where the nearest place lies that the text names, or in the country that it names most.
    """
    taken = {at for found in chosen for at in range(found.mention.first, found.mention.last + 1)}
    free = [run for run in runs(document, words, known) if taken.isdisjoint(run.words)]
    slots = Slots(document, words, known, free, {found.mention.first: found for found in chosen})
    near = _Near(chosen)
    sure: dict[tuple[str, ...], PlacePrecision] = {}
    again: list[Run] = []
    for run in free:
        precision = slots.precision(run) or sure.get(_keys(words, run))
        if precision is None:
            again.append(run)
            continue
        sure.setdefault(_keys(words, run), precision)
        draft = _draft(document, words, run, told, near, precision)
        yield structs.replace(draft, use="dateline") if slots.is_dateline(run) else draft
    for run in again:
        if _keys(words, run) in sure and is_placed_run(run, known):
            precision = sure[_keys(words, run)]
            yield _draft(document, words, run, told, near, precision)


def _keys(words: Sequence[Word], run: Run) -> tuple[str, ...]:
    return tuple(words[at].key for at in run.words)


class _Near:
    """The places of a text that lie in some country, to be asked for the nearest to an offset."""

    def __init__(self, chosen: Sequence[Found]) -> None:
        """Hold the places that a text means, in order."""
        self._found = [found for found in chosen if found.entry.country]
        self._starts = [found.mention.start for found in self._found]

    def entry(self, start: int) -> Entry | None:
        """Return the nearest, None where there is none."""
        at = bisect_left(self._starts, start)
        beside = self._found[max(0, at - 1) : at + 1]
        near = min(beside, key=lambda found: abs(found.mention.start - start), default=None)
        return near.entry if near else None


def _draft(
    document: Document,
    words: Sequence[Word],
    run: Run,
    told: Surroundings,
    near: _Near,
    precision: PlacePrecision,
) -> PlaceDraft:
    """Return a place without id or degrees, in the country (and region) that is told beside it."""
    span = (words[run.first].start, words[run.end - 1].end)
    text = document.text[span[0] : span[1]]
    beside = near.entry(span[0])
    most = told.countries.most_common(1)
    place = Place(
        text=text,
        span=span,
        name=in_latin(text.title() if text.isupper() else text, document.language),
        geonames=None,
        country=beside.country if beside else most[0][0] if most else None,
        admin1=region_names().get(beside.code) if beside and beside.kind in _UNITS else None,
        latitude=None,
        longitude=None,
        precision=precision,
    )
    return PlaceDraft(place, None)
