"""The engine's batches: filed whole, seen whole, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sourcier.desk import actions, models, signals, store
from sourcier.gather import make_capture
from sourcier.run.engine import Engine
from sourcier.types import Capture

SLUG = "soumy"
NOW = datetime(2024, 11, 22, 6, 0, tzinfo=UTC)
WIRES = (
    "Au moins deux personnes ont été tuées vendredi à Soumy par une frappe de drone, a annoncé le maire.",
    "Trois personnes ont été blessées vendredi à Kharkiv dans un incendie, a annoncé le gouverneur.",
)


@pytest.fixture
def engine(transactional_db: None) -> Engine:
    store.open_story(SLUG, {"fr": "Soumy"}, zone="Europe/Paris", languages=("fr",), now=NOW)
    actions.start_rules(SLUG, autopublish=True, now=NOW)
    return Engine()


def wire(number: int) -> Capture:
    return make_capture(
        text=WIRES[number], published=NOW, retrieved=NOW, publisher="Agence Galet", role="agency",
        zone="Europe/Paris", language="fr", dispatch=f"galet-{number}",
    )  # fmt: skip


def test_who_hears_of_a_batch_sees_it_whole(engine: Engine) -> None:
    seen: list[int] = []

    def heard(slug: str) -> None:
        seen.append(len(store.story(slug, now=NOW).entries))

    signals.changed.connect(heard)
    try:
        taken = engine.take(SLUG, [wire(0), wire(1)], NOW)
    finally:
        signals.changed.disconnect(heard)
    assert taken.entries
    assert set(seen) == {len(taken.entries)}


def test_a_batch_that_can_not_be_filed_leaves_nothing_and_is_taken_again(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.take(SLUG, [wire(0)], NOW)

    def full(*_: object, **__: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(actions, "intake", full)
        with pytest.raises(OSError, match="disk full"):
            engine.take(SLUG, [wire(1)], NOW)
    assert models.Capture.objects.count() == 1
    assert engine.take(SLUG, [wire(1)], NOW).entries
    assert models.Capture.objects.count() == 2
