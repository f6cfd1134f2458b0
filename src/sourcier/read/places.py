"""Places: mentions in any spelling, resolved to GeoNames.

``text -> mentions -> surroundings -> the likeliest entry -> how it is used``. Settlements and
countries carry their GeoNames id; regions, districts, seas and straits go by name. A village that the
gazetteer lacks is a settlement without id where the text calls it a village.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from sourcier.read.document import Document
from sourcier.read.drafts import PlaceDraft
from sourcier.read.gazetteer import region_names
from sourcier.read.gazetteer_index import Entry, Hit
from sourcier.read.places_choose import Surroundings, surroundings, weigh
from sourcier.read.places_mentions import Mention, Word, find_mentions, words_of
from sourcier.read.places_use import (
    Cues,
    Setting,
    Use,
    cues,
    is_in_title,
    is_placed,
    is_quarter,
    setting,
)
from sourcier.read.places_villages import find_villages
from sourcier.types import Place, PlacePrecision

_DATELINE = regex.compile(r"(?:,? ?\([^)\n]{1,30}\)|,[^\n.–—-]{1,25})? ?(?:[–—]|-(?=\s)|--) ?")
_PRECISION: dict[str, PlacePrecision] = {
    "settlement": "settlement",
    "region": "region",
    "district": "district",
    "country": "country",
    "area": "region",
}
_SURE, _PLACED, _NEARLY = 5.5, 2.0, 0.5
_SHORT = 3


@dataclass(frozen=True, slots=True)
class _Found:
    mention: Mention
    around: Setting
    entry: Entry
    is_region: bool


def find_places(document: Document) -> tuple[PlaceDraft, ...]:
    """Return the place mentions of a text, in order."""
    words = words_of(document)
    known = cues(document.language)
    seen = [
        (mention, around)
        for mention in find_mentions(document, words)
        if _is_possible(document, mention, around := setting(document, words, mention), known)
    ]
    told = surroundings(document, words, [mention for mention, _ in seen])
    chosen = [found for pair in seen if (found := _chosen(*pair, told, known))]
    drafts = [
        *_drafts(document, words, chosen, known),
        *find_villages(document, words, told, known),
    ]
    return tuple(sorted(drafts, key=lambda draft: draft.place.span))


def _is_possible(document: Document, mention: Mention, around: Setting, known: Cues) -> bool:
    """Tell whether the words around a name let it be one of a place at all."""
    placed = is_placed(around, known)
    if around.follows_name and not placed:
        return False
    if around.leads_name and not (placed or is_in_title(around, known) or around.last in known.of):
        return False
    if around.last in known.given_before or is_quarter(around, known):
        return False
    if mention.first != mention.last:
        return True
    if mention.key in known.never or (mention.key in known.wary and not placed):
        return False
    name = document.text[mention.start : mention.end]
    return not (len(name) <= _SHORT and name.isupper()) or _is_country(mention)


def _is_country(mention: Mention) -> bool:
    return any(hit.entry.kind == "country" for hit in mention.hits)


def _chosen(mention: Mention, around: Setting, told: Surroundings, known: Cues) -> _Found | None:
    """Return the likeliest entry of a mention, or None where none is likely enough."""
    is_region = _is_region(around, known)
    best = max(_fitting(mention.hits, is_region=is_region), key=lambda hit: weigh(hit, told))
    weight = weigh(best, told)
    if best.entry.kind in {"settlement", "district"}:
        weak = around.last in known.weak_locative or around.last in known.of
        weight += _NEARLY if weak else _PLACED if is_placed(around, known) else 0.0
        if weight < _SURE:
            return None
    return _Found(mention, around, best.entry, is_region)


def _is_region(around: Setting, known: Cues) -> bool:
    before = around.before
    if (
        around.after and around.after[0] in known.region_after
    ) or around.last in known.region_before:
        return True
    if known.of and not (before and before[0] in known.of):
        return False
    return any(word in known.region_noun for word in before[1 if known.of else 0 : 3])


def _fitting(hits: tuple[Hit, ...], *, is_region: bool) -> tuple[Hit, ...]:
    """Leave the regions where the text speaks of a region."""
    regions = tuple(hit for hit in hits if hit.entry.kind in {"region", "district"})
    return regions if is_region and regions else hits


def _drafts(
    document: Document, words: Sequence[Word], chosen: Sequence[_Found], known: Cues
) -> Iterator[PlaceDraft]:
    before: tuple[_Found, Use] | None = None
    for found in chosen:
        use = _use(document, found, known)
        if before and _is_joined(document, words, before[0], found, known):
            use = before[1]
        before = (found, use)
        yield PlaceDraft(_place(document, found), found.entry.zone or None, use)


def _is_joined(
    document: Document, words: Sequence[Word], before: _Found, found: _Found, known: Cues
) -> bool:
    """Tell whether a mention is the next of a list ("Kiev et Moscou", "Kharkiv, Sumy and Kherson")."""
    between = document.text[before.mention.end : found.mention.start]
    inside = {word.key for word in words[before.mention.last + 1 : found.mention.first]}
    if "." in between or len(between) > 12:
        return False
    return inside <= known.joins | known.articles and (bool(inside & known.joins) or "," in between)


def _use(document: Document, found: _Found, known: Cues) -> Use:
    mention, around, entry = found.mention, found.around, found.entry
    if _is_dateline(document, mention):
        return "dateline"
    power = entry.kind == "country" or (entry.capital and not found.is_region)
    if is_placed(around, known, power=power):
        return "location"
    if is_in_title(around, known):
        return "office"
    if power and not _is_heading(document, mention):
        return "metonym"
    return "location"


def _is_heading(document: Document, mention: Mention) -> bool:
    """Tell whether a mention heads a line: "Kiev: two blasts"."""
    starts = mention.start == 0 or document.text[mention.start - 1] == "\n"
    return starts and document.text[mention.end : mention.end + 1] in {":", ".", "\n"}


def _is_dateline(document: Document, mention: Mention) -> bool:
    if mention.start and document.text[mention.start - 1] != "\n":
        return False
    match = _DATELINE.match(document.text, mention.end)
    if not match:
        return False
    shouted = document.text[mention.start : mention.end].isupper()
    return shouted or len(match.group()) > 3


def _place(document: Document, found: _Found) -> Place:
    mention, entry = found.mention, found.entry
    precision = _PRECISION[entry.kind]
    name = entry.name
    if found.is_region and entry.kind == "settlement":
        precision = "district"
    identified = entry.kind in {"settlement", "country"} and precision != "district"
    return Place(
        text=document.text[mention.start : mention.end],
        span=(mention.start, mention.end),
        name=name,
        geonames=entry.geonames if identified else None,
        country=entry.country or None,
        admin1=region_names().get(entry.code),
        latitude=entry.latitude,
        longitude=entry.longitude,
        precision=precision,
    )
