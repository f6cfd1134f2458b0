"""Every line of the corpora of occurrences, alerts and measures is a test."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib.resources import files
from typing import Any

import pytest

from sourcier.read.alerts import find_alerts
from sourcier.read.document import Document
from sourcier.read.known import LANGUAGES
from sourcier.read.measures import find_measures
from sourcier.read.occurrences import find_occurrences
from sourcier.types import Capture

FINDERS: dict[str, Callable[[Document], tuple[Any, ...]]] = {
    "occurrences": find_occurrences,
    "alerts": find_alerts,
    "measures": find_measures,
}


def cases() -> Iterator[Any]:
    for language in LANGUAGES:
        for what in FINDERS:
            path = files("sourcier") / "languages" / language / "corpus" / f"{what}.jsonl"
            if not path.is_file():  # a language has the rooms that it has
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                name = f"{language}-{what}-{number}"
                yield pytest.param(language, what, json.loads(line), id=name)


def document(language: str, case: dict[str, Any]) -> Document:
    published = datetime.fromisoformat(case["published"])
    capture = Capture(id="case", dispatch="case", text=case["text"], published=published)
    return Document(case["text"], language, published, case["zone"], capture)


def words(text: str, draft: Any, field: str) -> Any:
    value = getattr(draft, "for_" if field == "for" else field)
    return text[slice(*value)] if isinstance(value, tuple) else value


@pytest.mark.parametrize(("language", "what", "case"), list(cases()))
def test_line(language: str, what: str, case: dict[str, Any]) -> None:
    drafts = FINDERS[what](document(language, case))
    expected = case[what]
    found = [
        {field: words(case["text"], draft, field) for field in wanted}
        for draft, wanted in zip(drafts, expected, strict=False)
    ]
    assert found == expected
    assert len(drafts) == len(expected)
