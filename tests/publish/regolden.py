"""The golden files: each format of one story, byte for byte. After a change that is meant,

``python -m tests.publish.regolden`` writes them again; read the difference before you commit it.
"""

from __future__ import annotations

from pathlib import Path

from sourcier.problems import Problem
from sourcier.publish.dataset.files import write_dataset
from sourcier.publish.taken import write_formats
from tests.publish.trypont import trypont

GOLDEN = Path(__file__).with_name("golden")
BASE = "https://direct.example/"


def write(folder: Path) -> list[Problem]:
    """Write every format of the story into `folder`; return what was refused."""
    refused: list[Problem] = []
    write_formats(trypont(), folder, BASE, refused.append)
    write_dataset(trypont(), folder / "data", ("csv",))
    return refused


if __name__ == "__main__":
    print(*write(GOLDEN), f"written to {GOLDEN}", sep="\n")
