"""What the product says in its own voice, per language, as data in ``locale/<code>/<topic>.toml``.

A message is a string with ``{names}``, or a table of plural forms by CLDR category::

    outlets = {one = "{n} média", other = "{n} médias"}
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale


class Messages:
    """The messages of one topic (``page``, ``desk``, ``sentences``) in one language."""

    def __init__(self, language: str, topic: str) -> None:
        path = files("sourcier") / "locale" / language / f"{topic}.toml"
        self.language = language
        self.topic = topic
        self._table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
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
                raise KeyError(f"locale/{self.language}/{self.topic}.toml: no message {key!r}")
            node = node[part]
        return node


@cache
def messages(language: str, topic: str) -> Messages:
    """Return the (cached) messages of a topic."""
    return Messages(language, topic)


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that the product speaks, ISO 639-1, in alphabetical order."""
    folder = files("sourcier") / "locale"
    return tuple(sorted(entry.name for entry in folder.iterdir() if entry.is_dir()))
