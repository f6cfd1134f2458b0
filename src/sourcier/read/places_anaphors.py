"""Places beyond names: "in the region", "in the city", adjectives of countries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sourcier.read.document import Document
from sourcier.read.drafts import PlaceDraft
from sourcier.read.gazetteer import country, region_names, region_of
from sourcier.read.gazetteer_index import Entry
from sourcier.read.places_choose import demonym_table
from sourcier.read.places_meant import Found
from sourcier.read.places_mentions import Word
from sourcier.read.places_use import Cues
from sourcier.types import Place, PlacePrecision


def find_anaphors(
    document: Document, words: Sequence[Word], chosen: Sequence[Found], known: Cues
) -> Iterator[PlaceDraft]:
    """Yield "in the region" as the region of the place that was named last before it."""
    for at in range(1, len(words)):
        if words[at].key in known.region_anaphor and _stands_alone(document, words, at, known):
            named = [found.entry for found in chosen if found.mention.end <= words[at].start]
            region = region_of(named[-1].code) if named else None
            if region:
                place = _of_entry(document, words[at], region, "region")
                yield PlaceDraft(place, region.zone or None)


def find_town_anaphors(
    document: Document, words: Sequence[Word], chosen: Sequence[Found], known: Cues
) -> Iterator[PlaceDraft]:
    """Yield "in the city" as the town that a text has named, where it has named but one."""
    for at in range(2, len(words)):
        if words[at].key not in known.town_noun or words[at - 1].key not in known.articles:
            continue
        before = [found for found in chosen if found.mention.end <= words[at].start]
        towns = {found.entry.id for found in before if found.entry.kind == "settlement"}
        if len(towns) == 1 and _stands_alone(document, words, at, known):
            town = next(found.entry for found in before if found.entry.id in towns)
            yield PlaceDraft(_of_entry(document, words[at], town, "settlement"), town.zone or None)


def _stands_alone(document: Document, words: Sequence[Word], at: int, known: Cues) -> bool:
    """Tell whether a noun stands after a preposition (and an article) and before no name."""
    before = at - 1
    while before > 0 and words[before].key in known.articles:
        before -= 1
    if words[before].key not in known.locative | known.place_noun:
        return False
    named = at + 1 < len(words) and (words[at + 1].upper or words[at + 1].key in known.of)
    return not (named and document.text[words[at].end : words[at + 1].start] == " ")


def find_demonyms(
    document: Document, words: Sequence[Word], chosen: Sequence[Found]
) -> Iterator[PlaceDraft]:
    """Yield the adjectives and names of peoples that stand for a country, but in names of places."""
    table = demonym_table(document.language)
    taken = {at for found in chosen for at in range(found.mention.first, found.mention.last + 1)}
    for at, word in enumerate(words):
        code = table.get(word.key) if at not in taken else None
        entry = country(code) if code else None
        if entry:
            place = _of_entry(document, word, entry, "country")
            yield PlaceDraft(place, entry.zone or None, "demonym")


def _of_entry(document: Document, word: Word, entry: Entry, precision: PlacePrecision) -> Place:
    return Place(
        text=document.text[word.start : word.end],
        span=(word.start, word.end),
        name=entry.name,
        geonames=entry.geonames if precision in {"country", "settlement"} else None,
        country=entry.country,
        admin1=region_names().get(entry.code),
        latitude=entry.latitude,
        longitude=entry.longitude,
        precision=precision,
    )
