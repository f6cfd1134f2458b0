"""Villages that the gazetteer lacks, where the text itself says that a name is one of a village."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sourcier.read.document import Document
from sourcier.read.drafts import PlaceDraft
from sourcier.read.gazetteer import region_names
from sourcier.read.lexicon import lexicon
from sourcier.read.places_choose import Surroundings
from sourcier.read.places_mentions import Word, has_entry
from sourcier.read.places_use import Cues
from sourcier.types import Place


def find_villages(
    document: Document, words: Sequence[Word], told: Surroundings, known: Cues
) -> Iterator[PlaceDraft]:
    """Yield a settlement without id for each "village of X" whose X the gazetteer does not know."""
    for at, word in enumerate(words):
        if word.key in known.village_noun:
            run = _name_after(document, words, at + 1, known)
            if run and not has_entry(run, document.language):
                yield _draft(document, run, told)


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


def _draft(document: Document, run: tuple[Word, ...], told: Surroundings) -> PlaceDraft:
    span = (run[0].start, run[-1].end)
    text = document.text[span[0] : span[1]]
    country = told.countries.most_common(1)[0][0] if told.countries else None
    codes = [code for code in told.regions if code.split(".")[0] == country]
    place = Place(
        text=text,
        span=span,
        name=_in_latin(text, document.language),
        geonames=None,
        country=country,
        admin1=region_names().get(codes[0]) if len(codes) == 1 else None,
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
