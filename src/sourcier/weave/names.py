"""Names of people and bodies compared across languages and scripts, by their consonants.

``Sorotchenko``, ``Sorochenko`` and ``Сороченко`` have one skeleton: vowels go, letters that
transliterations confuse (г: g, h, kh; ч: ch, tch; в: v, w, ff) share a class.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

_CYRILLIC = str.maketrans(
    {
        **dict(zip("абвгґдежзиклмнопрстуфх", "abvggdeZziklmnoprstuvg", strict=True)),
        **dict(zip("цчшщыэюяєіїё", "sCCCieuaeiie", strict=True)),
        **dict.fromkeys("йьъ'’ʼ", ""),
    }
)
_LATIN = (
    (re.compile("(?<=[aeiouy])k?h$"), ""),
    (re.compile("shch|chtch|tsch|tch|sch|sh|ch|cz|sz"), "C"),
    (re.compile("zh|j(?=.)"), "Z"),
    (re.compile("kh|gh|h"), "g"),
    (re.compile("ts|tz|c(?=[eiy])"), "s"),
    (re.compile("ph|ff|f|w"), "v"),
    (re.compile("ck|c|q"), "k"),
    (re.compile("x"), "ks"),
    (re.compile("ss"), "s"),
)
_SILENT = re.compile("(?<=[аеиоуыэюяєії])х$")
_VOWELS = re.compile("[aeiouyj]")
_DOUBLED = re.compile(r"(.)\1+")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """Return the consonant classes of one word; a leading vowel shows as ``@``."""
    folded = _SILENT.sub("", word.lower()).translate(_CYRILLIC)
    folded = "".join(
        c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c)
    )
    for pattern, replacement in _LATIN:
        folded = pattern.sub(replacement, folded)
    bare = _DOUBLED.sub(r"\1", _VOWELS.sub("", folded))
    return f"@{bare}" if folded and _VOWELS.match(folded) else bare


@lru_cache(maxsize=65536)
def tokens(name: str) -> tuple[str, ...]:
    """Return the skeletons of the words of a name, in order; words without consonants are left out."""
    return tuple(s for s in map(skeleton, _WORD.findall(name)) if s.strip("@"))


@lru_cache(maxsize=65536)
def person(name: str) -> str:
    """Return the key of a person: the surname's skeleton and the class of the given name's initial.

    A surname alone has no initial: ``person:kbzr:``.
    """
    parts = tokens(name)
    if not parts:
        return f"person:{name.casefold()}:"
    given = _given().get(parts[0], parts[0])
    return f"person:{parts[-1]}:{given[0] if len(parts) > 1 else ''}"


@cache
def _given() -> dict[str, str]:
    """Return the skeletons of given names with that of the name which stands for them."""
    rows = tomllib.loads((files("sourcier.weave") / "names.toml").read_text("utf-8"))["given"]
    return {skeleton(name): skeleton(row[0]) for row in rows for name in row}


@lru_cache(maxsize=65536)
def body(name: str) -> str:
    """Return the key of an organisation or outlet: its words' skeletons in order."""
    return "-".join(tokens(name)) or name.casefold()
