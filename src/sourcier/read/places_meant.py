"""What is meant: which capitalised names are places in their sentence, and which place each is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

import regex

from sourcier.read.document import Document
from sourcier.read.gazetteer import countries_of_zones
from sourcier.read.gazetteer_build import SLAVIC
from sourcier.read.gazetteer_index import Entry, Hit
from sourcier.read.gazetteer_names import keys
from sourcier.read.places_choose import Surroundings, likeliest, surroundings, weigh
from sourcier.read.places_fitting import UNITS, fitting, islands
from sourcier.read.places_forms import find, namesake
from sourcier.read.places_inside import narrowed
from sourcier.read.places_lists import with_lists
from sourcier.read.places_mentions import Identity, Mention, Word, closing_key, find_mentions
from sourcier.read.places_names import is_first_word, is_other_name
from sourcier.read.places_use import (
    Cues,
    Setting,
    is_in_title,
    is_island,
    is_placed,
    is_quarter,
    setting,
)

_SURE, _PLACED, _NEARLY = 4.8, 2.0, 0.5
_SHORT, _LARGE = 3, 100_000
_HYPHENED = regex.compile(r"-(?:\p{Lu}|(?:\p{Ll}{1,5}[-'’])+\p{L})")
_JOINED = regex.compile(r"-(\p{Lu}[\p{L}\p{M}]*)\b(?!-)")
_COMPOUND = regex.compile(r"\p{L}{2,}-$")


@dataclass(frozen=True, slots=True)
class Found:
    """A mention with the words around it and the entry that it means."""

    mention: Mention
    around: Setting
    entry: Entry
    is_region: bool


def find_meant(
    document: Document, words: Sequence[Word], known: Cues
) -> tuple[list[Found], Surroundings]:
    """Return the places that a text means, in order, and what it says about where it is set."""
    seen = _possible(document, words, known)
    told = surroundings(document, words, [mention for mention, _ in seen])
    found = (_chosen(words, mention, around, told, known) for mention, around in seen)
    meant = [place for place in found if place and not _is_chance(document, words, place, told)]
    return [
        place
        for place, following in zip_longest(meant, meant[1:])
        if following is None or not _is_of_town(document, words, place, following, known)
    ], told


def _is_of_town(
    document: Document, words: Sequence[Word], found: Found, town: Found, known: Cues
) -> bool:
    """Tell whether a district is one of the town right behind it ("Київському районі Одеси").

    The gazetteer has the units of the land; the districts of a town are often their namesakes.
    """
    last = closing_key(words, found.mention.first, found.mention.last)
    inside = last in known.district_noun and town.entry.kind == "settlement"
    beside = document.text[found.mention.end : town.mention.start] == " "
    return inside and beside and found.entry.code != town.entry.code


def _is_chance(document: Document, words: Sequence[Word], found: Found, told: Surroundings) -> bool:
    """Tell whether a common word that opens a sentence merely looks like some town.

    A large town is meant all the same, and one in a country of the text that has this very name.
    """
    mention, entry = found.mention, found.entry
    alone = mention.first == mention.last and not found.is_region and not mention.contained
    if not alone or entry.kind not in {"settlement", "district"} or entry.population >= _LARGE:
        return False
    if not is_first_word(document, words[mention.first]):
        return False
    home = countries_of_zones().get(document.zone)
    near = told.named(entry.country, mention.identity) > 0 or entry.country == home
    return not near or all(hit.entry != entry for hit in find((mention.key,)))


def _possible(
    document: Document, words: Sequence[Word], known: Cues
) -> list[tuple[Mention, Setting]]:
    """Return the mentions that the words around them let be places, each with these words."""
    mentions = with_lists(document, words, tuple(find_mentions(document, words)))
    mentions = narrowed(document, mentions, known)
    seen = [(mention, setting(document, words, mention)) for mention in mentions]
    if not known.of:
        seen = _chained(seen)
    people = {mention.key for mention, around in seen if around.follows_name}
    return [
        (mention, around)
        for mention, around in seen
        if mention.short
        or (
            _is_possible(document, mention, around, known)
            and not is_other_name(document, words, mention, around, known)
            and (mention.key not in people or is_placed(around, known))
        )
    ]


def _chained(seen: list[tuple[Mention, Setting]]) -> list[tuple[Mention, Setting]]:
    """Let one place lead to the next where no "of" parts them ("Ошской области Киргизии").

    A given name leads to a surname all the same, even if some town is called like it.
    """
    starts = {mention.first for mention, _ in seen}
    wide = {mention.first for mention, _ in seen if mention.wide}
    return [
        (mention, replace(around, leads_name=around.leads_name and mention.last + 1 not in led))
        for mention, around in seen
        for led in (wide if around.given else starts,)
    ]


def _is_possible(document: Document, mention: Mention, around: Setting, known: Cues) -> bool:
    """Tell whether the words around a name let it be one of a place at all."""
    placed = is_placed(around, known)
    name = document.text[mention.start : mention.end]
    unit = mention.first != mention.last and keys(name)[-1] in known.region_after
    if _leads_name(around, known) or (around.follows_name and not (placed or unit)):
        return False
    if around.last in known.given_before or is_quarter(around, known):
        return False
    if _opens_compound(document, mention) or _ends_compound(document, mention):
        return False
    if mention.first != mention.last:
        return not _is_direction(document, mention, around, known)
    if mention.key in known.never:
        return False
    if mention.key in known.wary and not (placed or around.last in known.of or mention.contained):
        return False
    return not (len(name) <= _SHORT and name.isupper()) or mention.wide


def _is_direction(document: Document, mention: Mention, around: Setting, known: Cues) -> bool:
    """Tell whether a name of compass points leads to the place that it is seen from, or is a phrase."""
    spelt = keys(document.text[mention.start : mention.end])
    if " ".join(spelt) in known.never:
        return True
    return bool(around.after[:1]) and around.after[0] in known.of and set(spelt) <= known.compass


def _opens_compound(document: Document, mention: Mention) -> bool:
    """Tell whether a name is but the beginning of a longer one, not one of two ("Egypt-US ties")."""
    joined = _JOINED.match(document.text, mention.end)
    if (
        joined
        and mention.wide
        and any(hit.entry.kind == "country" for hit in find(keys(joined[1])))
    ):
        return False
    return bool(_HYPHENED.match(document.text, mention.end))


def _ends_compound(document: Document, mention: Mention) -> bool:
    """Tell whether a town's name is but the end of a longer one ("Haut-Languedoc")."""
    before = document.text[max(0, mention.start - 16) : mention.start]
    return not mention.wide and bool(_COMPOUND.search(before))


def _leads_name(around: Setting, known: Cues) -> bool:
    """Tell whether a name goes on after a mention; titles may stand between a town and a person."""
    if around.named_after or around.in_name:
        return False
    return around.leads_name and not is_in_title(around, known)


def _chosen(
    words: Sequence[Word], mention: Mention, around: Setting, told: Surroundings, known: Cues
) -> Found | None:
    """Return the likeliest entry of a mention, or None where none is likely enough."""
    last = closing_key(words, mention.first, mention.last)
    is_region = _is_region(around, known) or last in known.region_after
    is_region = is_region or _is_rather_region(mention, around, known)
    if around.last in known.region_before:
        is_region = _has_namesake(mention, told) and not _is_itself(mention)
    if last in known.unit_alone and not _has_unit(mention.hits):
        return None
    name = mention.identity
    hits = islands(mention.hits) if is_island(around, known) else mention.hits
    hits = fitting(hits, is_region=is_region, is_town=_is_town(around, known))
    if not hits:
        return None
    best = likeliest(hits, told, name)
    doubtful = best.entry.kind in {"settlement", "district"} and not mention.contained
    if mention.articled:
        around = replace(around, article=False)
    if doubtful and not _is_likely(best, around, told, known, name):
        return None
    if is_region and best.entry.kind != "region" and not _is_district(around, last, known):
        best = namesake(best)
    return Found(mention, around, best.entry, is_region)


def _is_rather_region(mention: Mention, around: Setting, known: Cues) -> bool:
    """Tell whether a name alone stands for land, not for its town ("in X", not "the town of X")."""
    alone = mention.first == mention.last and mention.key in known.region_first
    return alone and not _is_town(around, known)


def _is_town(around: Setting, known: Cues) -> bool:
    """Tell whether a noun before a name says that it is one of a town ("the city of X")."""
    reach = around.before[: 2 if around.last in known.of else 1]
    return bool(known.town_noun & set(reach))


def _is_itself(mention: Mention) -> bool:
    """Tell whether a town's name stands uninflected, as it does where something heads for it."""
    return any(hit.entry.kind == "settlement" for hit in find((mention.key,)))


def _has_unit(hits: tuple[Hit, ...]) -> bool:
    return any(hit.entry.kind in UNITS for hit in hits)


def _has_namesake(mention: Mention, told: Surroundings) -> bool:
    """Tell whether a name is one of a region, and of no town but that region's own."""
    codes = {hit.entry.code for hit in mention.hits if hit.entry.kind == "region"}
    towns = [hit for hit in mention.hits if hit.entry.kind == "settlement"]
    return bool(codes) and (
        not towns or likeliest(towns, told, mention.identity).entry.code in codes
    )


def _is_district(around: Setting, last: str, known: Cues) -> bool:
    """Tell whether the noun beside a name is one of a unit below the first level."""
    nouns = (last, *around.after[:1], *around.before[:3])
    return any(noun in known.district_noun for noun in nouns)


def _is_likely(hit: Hit, around: Setting, told: Surroundings, known: Cues, name: Identity) -> bool:
    """Tell whether a settlement is large enough, or placed surely enough, to be meant."""
    if _is_obscure(hit, told, name):
        return False
    weak = around.last in known.weak_locative or around.last in known.of
    placed = is_placed(around, known)
    if around.article and hit.entry.kind == "settlement":
        return False
    if around.in_name and not hit.main:
        return False
    if (around.named_after or around.in_name) and not _is_known(hit.entry, told, name):
        return False
    common = hit.common or (around.given and not is_in_title(around, known))
    if common and (around.capital or not (placed or weak)) and hit.entry.population < _LARGE:
        return False
    extra = _NEARLY if weak else _PLACED if placed else 0.0
    return weigh(hit, told, name) + extra >= _SURE


def _is_obscure(hit: Hit, told: Surroundings, name: Identity) -> bool:
    """Tell whether a name is but a further one of a small town in a country that nothing speaks of.

    In Slavic lands each language spells every village in its own way.
    """
    country = hit.entry.country
    if country in SLAVIC:
        return False
    small = hit.entry.kind == "settlement" and hit.entry.population < _LARGE and not hit.main
    return small and country not in told.hints and not told.named(country, name)


def _is_known(entry: Entry, told: Surroundings, name: Identity) -> bool:
    """Tell whether a town is large, or lies in a country that the text names besides it."""
    return entry.population >= _LARGE or told.named(entry.country, name) > 0


def _is_region(around: Setting, known: Cues) -> bool:
    """Tell whether the text speaks of a region ("the region of X", "X oblast")."""
    if around.after and around.after[0] in known.region_after:
        return True
    before = around.before
    if known.of and not (before and before[0] in known.of):
        return False
    reach = len(before) if known.region_ref & set(before[1:2]) else 3
    for word in before[1 if known.of else 0 : reach]:
        if word in known.region_noun:
            return True
        if word in known.town_noun:
            return False
    return False
