"""What the product says in its own voice, per language, as data in ``locale/<code>/<topic>.toml``.

A topic with much to say is a folder of such files: their tables stand side by side.

A message is a string with ``{names}``, or a table of plural forms by CLDR category::

    outlets = {one = "{n} média", other = "{n} médias"}
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from babel import Locale


class Messages:
    """The messages of one topic (``page``, ``desk``, ``sentences``) in one language."""

    def __init__(self, language: str, topic: str) -> None:
        self.language = language
        self.topic = topic
        self._table = _table(files("sourcier") / "locale" / language, topic)
        self._plural = Locale.parse(language).plural_form

    def __call__(self, key: str, /, n: int | None = None, **values: object) -> str:
        """Return the message `key` ("a.b" for a nested one), in the plural form that `n` asks for.

        Raises KeyError naming language, topic and key where there is none.
        """
        message = self.raw(key)
        if isinstance(message, dict):
            forms: dict[str, str] = message
            message = forms.get(self._plural(0 if n is None else n), forms["other"])
        return str(message).format(n=n, **values)

    def __contains__(self, key: str) -> bool:
        """Tell whether there is a message `key`."""
        try:
            self.raw(key)
        except KeyError:
            return False
        return True

    def raw(self, key: str) -> Any:
        """Return the message as the file has it: a string, a table or a list."""
        node: Any = self._table
        for part in key.split("."):
            if not isinstance(node, dict) or part not in node:
                raise KeyError(f"locale/{self.language}/{self.topic}: no message {key!r}")
            node = node[part]
        return node


def _table(folder: Traversable, topic: str) -> dict[str, Any]:
    """Return the tables of a topic's file, or of its folder's files; ValueError for one told twice."""
    parts = folder / topic
    paths = list(parts.iterdir()) if parts.is_dir() else [folder / f"{topic}.toml"]
    table: dict[str, Any] = {}
    for path in sorted((p for p in paths if p.name.endswith(".toml")), key=lambda p: p.name):
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        if twice := table.keys() & read.keys():
            raise ValueError(f"{path}: {min(twice)} stands in another file too")
        table |= read
    return table


@cache
def messages(language: str, topic: str) -> Messages:
    """Return the (cached) messages of a topic."""
    return Messages(language, topic)


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that the product speaks, ISO 639-1, in alphabetical order."""
    folder = files("sourcier") / "locale"
    return tuple(sorted(entry.name for entry in folder.iterdir() if entry.is_dir()))
