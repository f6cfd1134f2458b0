"""`sourcier sources status`: what the desk's polls told of each source, those that need a look first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sourcier.cli import main
from sourcier.gather import State
from sourcier.gather.fetched import Fetched, HttpError
from sourcier.gather.pulse import Pulse
from sourcier.types import Source

DOORS = """
[[source]]
id = "quay"
kind = "feed"
url = "https://quay.example/rss"
publisher = "Quay Review"

[[source]]
id = "fanal"
kind = "feed"
url = "https://fanal.example/rss"
publisher = "Le Fanal"
"""


def polled(pulse: Pulse, now: datetime) -> None:
    """Let a source have something new every ten minutes until an hour ago."""
    for number in range(8):
        at = now - timedelta(minutes=60 + 10 * (7 - number), seconds=1)
        pulse.opened(Fetched("https://fanal.example/rss", b"", at, seconds=0.2))
        pulse.went_well(at, new=1, found=20)


def test_a_line_a_source_with_all_that_is_known_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state, now = State(folder=tmp_path / "doors"), datetime.now(UTC)
    for name in ("fanal", "quay"):
        source = Source(id=name, kind="feed", url=f"https://{name}.example/rss", publisher=name)
        pulse = state.door(source).pulse
        polled(pulse, now)
        if name == "fanal":
            pulse.missed("posts 12 to 17")
            pulse.cut(7)
            for _ in range(2):
                pulse.went_wrong(HttpError(source.url, 403, None), now)
        state.save(source)
    (tmp_path / "sources.toml").write_text(DOORS, "utf-8")
    command = ["sources", "status", str(tmp_path / "sources.toml"), "--data", str(tmp_path)]
    assert main(command) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first == (
        "blocked  fanal, answered 1 h ago, something new 1 h ago, usually every 10 min, "
        "failed 2 times: HTTP status 403, not seen: posts 12 to 17, 7 cut off"
    )
    assert second == (
        "ok       quay, answered 1 h ago, something new 1 h ago, usually every 10 min"
    )
