"""What a Prometheus server is told."""

from __future__ import annotations

import socket
import urllib.request
from datetime import UTC, datetime

import pytest
from prometheus_client.parser import text_string_to_metric_families

from sourcier.run.engine import Taken
from sourcier.run.metrics import Metrics
from sourcier.types import SourceHealth

NOW = datetime(2024, 11, 22, 8, 0, tzinfo=UTC)


def told(metrics: Metrics) -> dict[tuple[str, str], float]:
    """Return what is answered at /metrics: the value of each sample by name and source or code."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    stop = metrics.serve("127.0.0.1", port)
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
            text = answer.read().decode()
    finally:
        stop()
    return {
        (sample.name, sample.labels.get("source") or sample.labels.get("code", "")): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.mark.slow
def test_sources_and_batches_are_told() -> None:
    health = [
        SourceHealth(source="a", publisher="A", state="dead", failures=3, lost=7, gaps=("1 to 2",)),
        SourceHealth(
            source="b",
            publisher="B",
            state="ok",
            answered=NOW,
            newest=NOW,
            usual=600.0,
            seconds=0.2,
        ),
    ]
    metrics = Metrics(lambda: health)
    metrics.took(Taken(captures=2, claims=5, changes=4, entries=()))
    metrics.problems.labels("http_404").inc()
    found = told(metrics)
    assert found["sourcier_captures_total", ""] == 2
    assert found["sourcier_claims_total", ""] == 5
    assert found["sourcier_problems_total", "http_404"] == 1
    assert found["sourcier_source_failures", "a"] == 3
    assert found["sourcier_source_gaps", "a"] == 1
    assert found["sourcier_source_answered_timestamp_seconds", "b"] == NOW.timestamp()
    assert found["sourcier_source_newest_timestamp_seconds", "b"] == NOW.timestamp()
    assert found["sourcier_source_usual_seconds", "b"] == 600
    assert found["sourcier_source_answer_seconds", "b"] == 0.2
    assert found["sourcier_source_lost", "a"] == 7
    assert ("sourcier_source_answered_timestamp_seconds", "a") not in found
    assert {"sourcier_source_state", "sourcier_filing_seconds_count"} <= {name for name, _ in found}
