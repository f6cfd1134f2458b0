"""Places: mentions in any spelling, resolved to GeoNames.

``text -> mentions -> surroundings -> the likeliest entry -> how it is used``. Settlements and
countries carry their GeoNames id; regions, districts, seas and straits go by name. A place that the
gazetteer lacks has no id: the words around it tell that it is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from sourcier.read.document import Document
from sourcier.read.drafts import PlaceDraft
from sourcier.read.gazetteer import region_names
from sourcier.read.places_anaphors import (
    find_anaphors,
    find_demonyms,
    find_town_anaphors,
)
from sourcier.read.places_inside import is_container
from sourcier.read.places_meant import Found, find_meant
from sourcier.read.places_mentions import Mention, Word, words_of
from sourcier.read.places_unlisted import find_unlisted
from sourcier.read.places_use import (
    Cues,
    Setting,
    Use,
    cues,
    is_at_road_end,
    is_in_title,
    is_placed,
)
from sourcier.types import Place, PlacePrecision

_DATELINE = regex.compile(r"(?:,? ?\([^)\n]{1,30}\)|,[^\n.–—-]{1,25})? ?(?:[–—]|-(?=\s)|--) ?")
_UNIONS = frozenset({"European Union"})
_PRECISION: dict[str, PlacePrecision] = {
    "settlement": "settlement",
    "region": "region",
    "district": "district",
    "country": "country",
    "area": "region",
}


def find_places(document: Document) -> tuple[PlaceDraft, ...]:
    """Return the place mentions of a text, in order."""
    words = words_of(document)
    known = cues(document.language)
    chosen, told = find_meant(document, words, known)
    drafts = [
        *_drafts(document, words, chosen, known),
        *find_unlisted(document, words, told, chosen, known),
        *find_anaphors(document, words, chosen, known),
        *find_town_anaphors(document, words, chosen, known),
        *find_demonyms(document, words, chosen),
    ]
    return tuple(sorted(drafts, key=lambda draft: draft.place.span))


def _drafts(
    document: Document, words: Sequence[Word], chosen: Sequence[Found], known: Cues
) -> Iterator[PlaceDraft]:
    before: tuple[Found, Use] | None = None
    for found in chosen:
        use = _use(document, found, known)
        if before and (
            _is_joined(document, words, before[0], found, known)
            or _contains(document, before[0], found, known)
        ):
            use = before[1]
        before = (found, use)
        yield PlaceDraft(_place(document, found), found.entry.zone or None, use)


def _is_joined(
    document: Document, words: Sequence[Word], before: Found, found: Found, known: Cues
) -> bool:
    """Tell whether a mention is the next of a list ("Kiev et Moscou", "Kharkiv, Sumy and Kherson")."""
    between = document.text[before.mention.end : found.mention.start]
    inside = {word.key for word in words[before.mention.last + 1 : found.mention.first]}
    if "." in between or len(between) > 12:
        return False
    return inside <= known.joins | known.articles and (bool(inside & known.joins) or "," in between)


def _contains(document: Document, before: Found, found: Found, known: Cues) -> bool:
    """Tell whether a mention is the country or region of the one before ("Tripoli, Lebanon")."""
    unit = found.entry.kind in {"country", "region"}
    same = unit and found.entry.country == before.entry.country
    return same and is_container(document, before.mention, found.mention, known)


def _use(document: Document, found: Found, known: Cues) -> Use:
    mention, around, entry = found.mention, found.around, found.entry
    if _is_dateline(document, mention):
        return "dateline"
    power = (
        entry.kind == "country" or entry.name in _UNIONS or (entry.capital and not found.is_region)
    )
    if around.in_name:
        return "name"
    if is_at_road_end(around, known):
        return "office"
    if is_placed(around, known, power=power):
        return "location"
    if is_in_title(around, known):
        return "office"
    acts = not (entry.kind == "country" and _is_told_of(around, known))
    if power and acts and not _is_heading(document, mention):
        return "metonym"
    return "location"


def _is_told_of(around: Setting, known: Cues) -> bool:
    """Tell whether something is said of a country ("is", "has been put"), not done by it."""
    after = around.after[:2]
    return bool(known.stative_after & {*after[:1], " ".join(after)})


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


def _place(document: Document, found: Found) -> Place:
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
