"""``sourcier sources check`` tries each door and says what it found."""

from __future__ import annotations

from pathlib import Path

import pytest

from sourcier.cli import main

from .conftest import Site


@pytest.mark.slow
def test_each_door_is_tried_and_told_in_a_line(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = b'{"published": "2024-11-22T07:00:00Z", "text": "Deux morts."}\n'
    doors = {
        "open": site.give("/open", line + b"{bad\n"),
        "gone": site.give("/gone", b"", status=404),
    }
    path = tmp_path / "sources.toml"
    path.write_text(
        "\n".join(
            f'[[source]]\nid = "{name}"\nkind = "jsonl"\nurl = "{url}"\npublisher = "Le Fanal"\n'
            for name, url in doors.items()
        )
    )
    assert main(["sources", "check", str(path)]) == 1
    said = capsys.readouterr()
    opened, gone = said.out.splitlines()
    assert opened.startswith(
        "✓ open: 1 dispatches, the newest of 2024-11-22 07:00 UTC: Deux morts."
    )
    assert "1 with a problem" in opened
    assert gone == "✗ gone: HTTP status 404"
    assert said.err == "1 of 2 doors open\n"
    assert main(["sources", "check", str(path), "--only", "open"]) == 0
