"""Metrics for Prometheus: how the sources are, and how much came through.

They stand on a port of their own, for the machine's own network: what they tell is nobody's business outside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from sourcier.run.engine import Taken
from sourcier.types import SourceHealth

_SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)


class Metrics:
    """What one desk tells a Prometheus server. `health` gives the state of every source."""

    def __init__(self, health: Callable[[], Sequence[SourceHealth]]) -> None:
        self.registry = CollectorRegistry()
        self.registry.register(_Sources(health))
        self.captures = self._counter("captures", "Captures taken in")
        self.claims = self._counter("claims", "Claims read in them")
        self.changes = self._counter("changes", "Changes woven from them")
        self.problems = self._counter("problems", "Inputs that were bad, by code", "code")
        self.filing = Histogram(
            "sourcier_filing_seconds",
            "From the last retrieval of a batch to its place in the store and on the page",
            registry=self.registry,
            buckets=_SECONDS,
        )

    def took(self, taken: Taken) -> None:
        """Count a batch."""
        self.captures.inc(taken.captures)
        self.claims.inc(taken.claims)
        self.changes.inc(taken.changes)

    def serve(self, host: str, port: int) -> Callable[[], None]:
        """Answer at ``http://host:port/metrics``; return what ends it. Raises OSError for a taken port."""
        server, thread = start_http_server(port, host, self.registry)

        def stop() -> None:
            server.shutdown()
            server.server_close()
            thread.join(5)

        return stop

    def _counter(self, name: str, said: str, *labels: str) -> Counter:
        return Counter(f"sourcier_{name}", said, labels, registry=self.registry)


class _Sources(Collector):
    """Gauges of every source, read when they are asked for."""

    def __init__(self, health: Callable[[], Sequence[SourceHealth]]) -> None:
        self._health = health

    def collect(self) -> Iterator[Metric]:
        state = GaugeMetricFamily(
            "sourcier_source_state",
            "1 for the state that a source is in",
            labels=("source", "state"),
        )
        answered = self._gauge("answered_timestamp_seconds", "Its last answer")
        newest = self._gauge("newest_timestamp_seconds", "Its last answer with something new")
        usual = self._gauge(
            "usual_seconds", "Its usual pause between two answers with something new"
        )
        answer = self._gauge("answer_seconds", "How long it usually takes to answer")
        failures = self._gauge("failures", "Polls that failed in a row")
        lost = self._gauge("lost", "Dispatches that a cap cut off")
        gaps = self._gauge("gaps", "Stretches of dispatches that were not seen")
        for one in self._health():
            state.add_metric((one.source, one.state), 1.0)
            for gauge, value in (
                (answered, _stamp(one.answered)),
                (newest, _stamp(one.newest)),
                (usual, one.usual),
                (answer, one.seconds),
                (failures, float(one.failures)),
                (lost, float(one.lost)),
                (gaps, float(len(one.gaps))),
            ):
                if value is not None:
                    gauge.add_metric((one.source,), value)
        yield from (state, answered, newest, usual, answer, failures, lost, gaps)

    def _gauge(self, name: str, said: str) -> GaugeMetricFamily:
        return GaugeMetricFamily(f"sourcier_source_{name}", said, labels=("source",))


def _stamp(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None
