"""`sourcier run` on an empty desk, as a process: it serves, and says how the first administrator comes in."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

SOURCES = """
[[story]]
slug = "essai"
titles = {fr = "Essai"}
zone = "Europe/Paris"
languages = ["fr"]

[[source]]
id = "courrier"
kind = "mail"
url = "FOLDER"
publisher = "Le Fanal"
role = "outlet"
languages = ["fr"]
senders = ["desk@fanal.example"]
"""


@pytest.mark.slow
def test_an_empty_desk_shows_a_link_that_opens(tmp_path: Path) -> None:
    for name in ("cur", "new", "tmp"):
        (tmp_path / "mail" / name).mkdir(parents=True)
    sources = tmp_path / "sources.toml"
    sources.write_text(SOURCES.replace("FOLDER", str(tmp_path / "mail")), encoding="utf-8")
    command = [sys.executable, "-u", "-m", "sourcier", "run", str(sources), "--port", "8470"]
    process = subprocess.Popen(
        [*command, "--data", str(tmp_path / "data")],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=dict(os.environ),
    )  # fmt: skip
    try:
        assert process.stdout is not None
        lines = iter(process.stdout)
        link = next(
            found[0] for line in lines if (found := re.search(r"http\S+invitation\S+", line))
        )
        with urllib.request.urlopen(link.replace("localhost", "127.0.0.1")) as page:
            assert "Choisissez un nom" in page.read().decode()
    finally:
        process.kill()
        process.communicate(timeout=30)
