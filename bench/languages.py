"""What a language has and lacks, and how its corpus fares: ``python -m bench.languages es``.

Prints the files and the tables that all of the finished languages have and this one lacks, each with
the entry of one of them, then the lines of its corpus that are read otherwise than they say. Without
a code, prints how far each language is. Leaves 1 where a line of the corpus is read wrongly.
``--keys`` prints the table of docs/languages.md.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stdout
from functools import cache
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from sourcier.languages import LANGUAGES

FINISHED = ("en", "fr", "ru", "uk")
"""The languages that have every room: what all of them have, a language needs."""
TOPICS = (
    "common", "context", "numbers", "quotes", "tolls", "times", "places", "people", "speech",
    "credits", "occurrences", "alerts", "measures",
)  # fmt: skip
_BY_KEY = frozenset({"words", "patterns", "syntax", "groups", "grammar", "frames", "parts"})
"""Tables whose keys the code asks for by name; the keys of others are the language's own words."""
_TESTS = Path(__file__).parents[1] / "tests/read"
_SHOWN = 90
Key = tuple[str, str]
"""A table and a key in it; the key is empty where the table counts as a whole."""


@cache
def entries(language: str, topic: str) -> dict[Key, Any]:
    """Return what a language's file of a topic holds, by table and key; {} where it has no file."""
    path = files("sourcier") / "languages" / language / f"{topic}.toml"
    if not path.is_file():
        return {}
    return dict(_entries(tomllib.loads(path.read_text(encoding="utf-8"))))


def _entries(tables: dict[str, Any]) -> Iterator[tuple[Key, Any]]:
    for table, value in tables.items():
        if table in _BY_KEY:
            yield from (((table, key), one) for key, one in value.items())
        else:
            yield (table, ""), value


def needed(topic: str) -> tuple[Key, ...]:
    """Return what every finished language has in a topic, in the order of the first one."""
    others = [entries(language, topic) for language in FINISHED[1:]]
    first = entries(FINISHED[0], topic)
    return tuple(key for key in first if all(key in other for other in others))


def missing(language: str, topic: str) -> tuple[Key, ...]:
    """Return what a language lacks of what it needs in a topic."""
    return tuple(key for key in needed(topic) if key not in entries(language, topic))


def lacks(language: str, topic: str) -> Iterator[str]:
    """Yield a line on each thing that a language lacks in a topic; one where it has no file."""
    if not entries(language, topic):
        yield f"no {topic}.toml: nothing of it is found"
        return
    for table, key in missing(language, topic):
        like = str(entries(FINISHED[0], topic)[table, key])
        yield f"{topic}.toml lacks {table}{f'.{key}' if key else ''}, like {like[:_SHOWN]}"


def keys_table() -> str:
    """Return a table, in Markdown, of what each file needs: its tables and their keys."""
    rows = ["| file | table | needed |", "|---|---|---|"]
    for topic in TOPICS:
        tables: dict[str, list[str]] = {}
        for table, key in needed(topic):
            tables.setdefault(table, []).extend([key] if key else [])
        for table, keys in tables.items():
            named = ", ".join(f"`{key}`" for key in keys) or "the table"
            rows.append(f"| `{topic}.toml` | `[{table}]` | {named} |")
    return "\n".join(rows) + "\n"


class Scores:
    """A pytest plugin that keeps the corpus lines of one language and counts how they fare."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.right: Counter[str] = Counter()
        self.wrong: dict[str, str] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the lines of the language alone."""
        items[:] = [item for item in items if self._is_ours(item)]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a line by its room."""
        if report.when != "call":
            return
        line = report.nodeid.partition("[")[2].rstrip("]")
        if report.passed:
            self.right[line.split("-")[1]] += 1
        else:
            self.wrong[line] = report.longreprtext

    def _is_ours(self, item: pytest.Item) -> bool:
        values = getattr(getattr(item, "callspec", None), "params", {})
        return "room" in values and values.get("language") == self.language


def scored(language: str) -> Scores:
    """Return how the lines of a language's corpus fare."""
    scores = Scores(language)
    rooms = map(str, sorted(_TESTS.glob("test_*.py")))
    with redirect_stdout(StringIO()):
        pytest.main(["-p", "no:cacheprovider", *rooms], plugins=[scores])
    return scores


def show(language: str) -> int:
    """Print what a language lacks and which lines of its corpus are read wrongly."""
    for topic in TOPICS:
        for line in lacks(language, topic):
            print(line)
    scores = scored(language)
    for line, why in scores.wrong.items():
        print(f"{line} is read wrongly\n{why}")
    wrong = Counter(line.split("-")[1] for line in scores.wrong)
    for room in scores.right | wrong:
        total = scores.right[room] + wrong[room]
        print(f"corpus/{room}.jsonl: {scores.right[room]} of {total} lines are read as they say")
    return 1 if scores.wrong else 0


def overview() -> None:
    """Print how much of what a language needs each one has."""
    for language in LANGUAGES:
        counts = {topic: len(missing(language, topic)) for topic in TOPICS}
        told = ", ".join(f"{topic} lacks {count}" for topic, count in counts.items() if count)
        print(f"{language}: {told or 'has all'}")


def main() -> int:
    """Answer the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.languages", description=__doc__.split("\n")[0]
    )
    parser.add_argument("language", nargs="?", choices=LANGUAGES)
    parser.add_argument("--keys", action="store_true", help="print the table of docs/languages.md")
    options = parser.parse_args()
    if options.keys:
        sys.stdout.write(keys_table())
    elif options.language:
        return show(options.language)
    else:
        overview()
    return 0


if __name__ == "__main__":
    sys.exit(main())
