"""``sources.toml``: the stories of a desk and the doors that feed them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from sourcier.gather.contact import is_contact
from sourcier.gather.moments import zone_named
from sourcier.problems import InputError, Problem
from sourcier.types import Source

_TABLES = {"story", "source"}
_CONTACT = "contact"
_SHORTEST_POLL = 5.0  # seconds; below, a poll is an attack


class StoryConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A story that the desk follows, one ``[[story]]`` table.

    `titles` are by language, `zone` is the IANA zone of its place, `languages` those that its page
    is written in, the first one being the default.
    """

    slug: str
    titles: dict[str, str]
    zone: str
    languages: tuple[str, ...]


_Table = TypeVar("_Table", Source, StoryConfig)
Loaded = tuple[list[Source], list[StoryConfig], list[Problem]]


def load_sources(path: Path | str) -> Loaded:
    """Return the sources and stories that the file at `path` configures, and what is wrong in it.

    A wrong table is left out and named by a Problem with its line; the rest stands. A `url` without
    scheme is a path relative to the file's folder.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
        document = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problem = Problem(where=str(path), code="bad_sources", message=str(error))
        return [], [], [problem]
    reader = _Reader(str(path), text, document)
    stories = list(reader.tables("story", StoryConfig))
    slugs = {story.slug for story in stories}
    sources = [_located(source, path) for source in reader.sources(slugs)]
    return sources, stories, reader.problems


def load_contact(path: Path | str) -> str:
    """Return the `contact` of the file at `path`, "" where it names none that is sound."""
    try:
        told = tomllib.loads(Path(path).read_text(encoding="utf-8")).get(_CONTACT)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return ""
    return told if isinstance(told, str) and is_contact(told) else ""


class _Reader:
    """Reads the tables of one file and collects what is wrong with them."""

    def __init__(self, name: str, text: str, document: dict[str, Any]) -> None:
        self.name = name
        self.text = text
        self.document = document
        self.problems = [
            Problem(where=name, code="unknown_key", message=f"unknown table {key!r}")
            for key in document
            if key not in _TABLES | {_CONTACT}
        ]
        if _CONTACT in document and not is_contact(document[_CONTACT]):
            message = "contact is neither a mail nor a web address"
            self.problems.append(Problem(where=name, code="bad_contact", message=message))

    def tables(self, header: str, kind: type[_Table]) -> Iterator[_Table]:
        """Yield the right ones among the ``[[header]]`` tables; each name may stand once."""
        entries = self.document.get(header, [])
        if not isinstance(entries, list):
            message = f"write [[{header}]], with two brackets"
            self.problems.append(Problem(where=self.name, code="bad_table", message=message))
            return
        names: set[str] = set()
        for where, entry in zip(self._places(header, len(entries)), entries, strict=True):
            try:
                table = _checked(entry, kind, where)
                _refuse_twice(_name(table), names, where)
            except InputError as error:
                self.problems.append(error.problem)
            else:
                yield table

    def sources(self, slugs: set[str]) -> Iterator[Source]:
        """Yield the sources; one that names a story which is none of `slugs` is a problem."""
        for source in self.tables("source", Source):
            if source.story is None or source.story in slugs:
                yield source
                continue
            message = f"source {source.id!r}: no story {source.story!r}"
            self.problems.append(Problem(where=self.name, code="unknown_story", message=message))

    def _places(self, header: str, count: int) -> Sequence[str]:
        pattern = re.compile(rf"^\s*\[\[\s*{header}\s*\]\]", re.MULTILINE)
        starts = [match.end() for match in pattern.finditer(self.text)]
        lines = [self.text.count("\n", 0, start) + 1 for start in starts]
        if len(lines) != count:  # written in another style, such as source = [{...}]
            return [f"{self.name}: {header} {number}" for number in range(1, count + 1)]
        return [f"{self.name}:{line}" for line in lines]


def _checked(entry: Any, kind: type[_Table], where: str) -> _Table:
    try:
        table = msgspec.convert(entry, kind)
    except msgspec.ValidationError as error:
        raise InputError(where, "bad_table", _plain(str(error))) from None
    zone_named(table.zone, where)
    if not _name(table):
        raise InputError(where, "bad_table", "it has no name")
    if isinstance(table, Source) and table.poll < _SHORTEST_POLL:
        raise InputError(where, "bad_table", f"poll is under {_SHORTEST_POLL:g} seconds")
    if isinstance(table, StoryConfig) and not set(table.languages) <= set(table.titles):
        raise InputError(where, "bad_table", "titles lacks one of its languages")
    return table


def _refuse_twice(name: str, names: set[str], where: str) -> None:
    if name in names:
        raise InputError(where, "bad_table", f"{name!r} stands twice")
    names.add(name)


def _name(table: Source | StoryConfig) -> str:
    return table.id if isinstance(table, Source) else table.slug


def _plain(message: str) -> str:
    """Return msgspec's message in the words of the file."""
    message = message.replace("Object contains unknown field", "unknown key")
    message = message.replace("Object missing required field", "missing key")
    return message.replace("Invalid enum value", "unknown value").replace(" - at `$.", " for `")


def _located(source: Source, path: Path) -> Source:
    if "://" in source.url:
        return source
    return msgspec.structs.replace(source, url=str(path.parent / source.url))
