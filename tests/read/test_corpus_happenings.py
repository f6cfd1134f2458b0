"""Every line of the corpora of occurrences, alerts and measures is a test."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from sourcier.read.alerts import find_alerts
from sourcier.read.document import Document
from sourcier.read.measures import find_measures
from sourcier.read.occurrences import find_occurrences
from sourcier.types import Capture
from tests.read.corpora import cases

FINDERS: dict[str, Callable[[Document], tuple[Any, ...]]] = {
    "occurrences": find_occurrences,
    "alerts": find_alerts,
    "measures": find_measures,
}


def document(language: str, case: dict[str, Any]) -> Document:
    published = datetime.fromisoformat(case["published"])
    capture = Capture(id="case", dispatch="case", text=case["text"], published=published)
    return Document(case["text"], language, published, case["zone"], capture)


def words(text: str, draft: Any, field: str) -> Any:
    value = getattr(draft, "for_" if field == "for" else field)
    return text[slice(*value)] if isinstance(value, tuple) else value


@pytest.mark.parametrize(("language", "room", "case"), cases(*FINDERS))
def test_line(language: str, room: str, case: dict[str, Any]) -> None:
    drafts = FINDERS[room](document(language, case))
    expected = case[room]
    found = [
        {field: words(case["text"], draft, field) for field in wanted}
        for draft, wanted in zip(drafts, expected, strict=False)
    ]
    assert found == expected
    assert len(drafts) == len(expected)
