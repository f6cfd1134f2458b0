"""Places beyond names: villages that the gazetteer lacks, "in the region", adjectives of countries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sourcier.read.document import Document
from sourcier.read.drafts import PlaceDraft
from sourcier.read.gazetteer import country, region_names, region_of
from sourcier.read.gazetteer_index import Entry
from sourcier.read.places_choose import Surroundings, demonym_table
from sourcier.read.places_forms import in_latin
from sourcier.read.places_meant import Found
from sourcier.read.places_mentions import Word, has_entry
from sourcier.read.places_use import Cues
from sourcier.types import Place, PlacePrecision


def find_villages(
    document: Document,
    words: Sequence[Word],
    told: Surroundings,
    chosen: Sequence[Found],
    known: Cues,
) -> Iterator[PlaceDraft]:
    """Yield a settlement without id for each "village of X" whose X the gazetteer does not know.

    It lies where the nearest place lies that the text names, or in the country that it names most.
    """
    for at, word in enumerate(words):
        if word.key in known.village_noun:
            run = _name_after(document, words, at + 1, known)
            if run and not has_entry(run, document.language):
                yield unlisted(document, run, told, nearest(chosen, word.start))


def nearest(chosen: Sequence[Found], start: int) -> Entry | None:
    """Return the place in some country that a text names nearest to an offset."""
    landed = (found for found in chosen if found.entry.country)
    near = min(landed, key=lambda found: abs(found.mention.start - start), default=None)
    return near.entry if near else None


def _name_after(
    document: Document, words: Sequence[Word], at: int, known: Cues
) -> tuple[Word, ...]:
    """Return the capitalised words that follow a noun, over an "of"."""
    while at < len(words) and words[at].key in known.of | known.articles:
        at += 1
    start = at
    while at < len(words) and words[at].upper and at - start < 3:
        gap = document.text[words[at - 1].end : words[at].start]
        if gap not in {" ", "-", "'", "’", " «", "ʼ"}:
            break
        at += 1
    return tuple(words[start:at])


def unlisted(
    document: Document, run: tuple[Word, ...], told: Surroundings, near: Entry | None
) -> PlaceDraft:
    """Return a settlement without id that lies where a place near it lies."""
    span = (run[0].start, run[-1].end)
    text = document.text[span[0] : span[1]]
    most = told.countries.most_common(1)
    iso = near.country if near else most[0][0] if most else None
    place = Place(
        text=text,
        span=span,
        name=in_latin(text, document.language),
        geonames=None,
        country=iso,
        admin1=region_names().get(near.code) if near else None,
        latitude=None,
        longitude=None,
        precision="settlement",
    )
    return PlaceDraft(place, None)


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


def find_demonyms(document: Document, words: Sequence[Word]) -> Iterator[PlaceDraft]:
    """Yield the adjectives and names of peoples that stand for a country."""
    table = demonym_table(document.language)
    for word in words:
        code = table.get(word.key)
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
