"""Messages: plural forms, missing keys, and values of any name."""

from __future__ import annotations

import pytest

from sourcier.messages import messages


def test_plural_forms_follow_the_language() -> None:
    say = messages("uk", "page")
    forms = {say("path.with_copies", n, name="Плесо") for n in (1, 2, 5)}
    assert len(forms) == 3


def test_a_value_may_be_called_key() -> None:
    assert messages("fr", "page")("why.same_speaker", key="person:hrek:i", name="Ivan Hrek")


def test_a_missing_message_is_named() -> None:
    with pytest.raises(KeyError, match=r"page: no message .none\.such"):
        messages("fr", "page")("none.such")


@pytest.mark.parametrize("topic", ["page", "desk"])
def test_the_languages_have_the_same_messages(topic: str) -> None:
    def keys(node: object, path: str = "") -> set[str]:
        if not isinstance(node, dict) or "other" in node:
            return {path}
        return set().union(*(keys(value, f"{path}.{key}") for key, value in node.items()))

    languages = ("fr", "en", "uk") if topic == "desk" else ("fr", "en", "uk", "ru")
    tables = [keys(messages(language, topic)._table) for language in languages]
    assert all(table == tables[0] for table in tables), [t ^ tables[0] for t in tables]
