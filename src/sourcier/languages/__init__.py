"""What is known of each language, as data; and which languages are read: those with a folder here."""

from __future__ import annotations

from importlib.resources import files


def _found() -> tuple[str, ...]:
    folders = files("sourcier.languages").iterdir()
    return tuple(sorted(one.name for one in folders if (one / "common.toml").is_file()))


LANGUAGES = _found()
"""The ISO 639-1 codes of the languages that the reader knows, in the order of the alphabet."""
