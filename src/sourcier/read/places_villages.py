"""Places beyond names of the gazetteer: villages that it lacks, and adjectives of countries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sourcier.read.document import Document
from sourcier.read.drafts import PlaceDraft
from sourcier.read.gazetteer import country, region_names
from sourcier.read.gazetteer_index import Entry
from sourcier.read.lexicon import lexicon
from sourcier.read.places_choose import Surroundings, demonym_table
from sourcier.read.places_mentions import Word, has_entry
from sourcier.read.places_use import Cues
from sourcier.types import Place


def find_villages(
    document: Document,
    words: Sequence[Word],
    told: Surroundings,
    near: Sequence[Entry],
    known: Cues,
) -> Iterator[PlaceDraft]:
    """Yield a settlement without id for each "village of X" whose X the gazetteer does not know.

    It lies in the country that the text speaks of most, and in the region of the first place `near`
    that is in this country.
    """
    for at, word in enumerate(words):
        if word.key in known.village_noun:
            run = _name_after(document, words, at + 1, known)
            if run and not has_entry(run, document.language):
                yield _draft(document, run, told, near)


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


def _draft(
    document: Document, run: tuple[Word, ...], told: Surroundings, near: Sequence[Entry]
) -> PlaceDraft:
    span = (run[0].start, run[-1].end)
    text = document.text[span[0] : span[1]]
    iso = told.countries.most_common(1)[0][0] if told.countries else None
    codes = [entry.code for entry in near if entry.country == iso and entry.code]
    place = Place(
        text=text,
        span=span,
        name=_in_latin(text, document.language),
        geonames=None,
        country=iso,
        admin1=region_names().get(codes[0]) if codes else None,
        latitude=None,
        longitude=None,
        precision="settlement",
    )
    return PlaceDraft(place, None)


def _in_latin(name: str, language: str) -> str:
    """Return a name letter for letter in Latin, as the language's table gives it."""
    table = lexicon(language, "places").table("latin")
    letters = [table.get(char.lower(), char) for char in name]
    return "".join(
        new.capitalize() if old.isupper() else new for old, new in zip(name, letters, strict=True)
    )


def find_demonyms(document: Document, words: Sequence[Word]) -> Iterator[PlaceDraft]:
    """Yield the adjectives and names of peoples that stand for a country."""
    table = demonym_table(document.language)
    for word in words:
        code = table.get(word.key)
        entry = country(code) if code else None
        if entry:
            yield PlaceDraft(_of_country(document, word, entry), entry.zone or None, "demonym")


def _of_country(document: Document, word: Word, entry: Entry) -> Place:
    return Place(
        text=document.text[word.start : word.end],
        span=(word.start, word.end),
        name=entry.name,
        geonames=entry.geonames,
        country=entry.country,
        admin1=None,
        latitude=entry.latitude,
        longitude=entry.longitude,
        precision="country",
    )
