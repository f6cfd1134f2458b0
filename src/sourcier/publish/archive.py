"""A story's archive: one zip that holds the whole of it for good, and that opens without a server.

The pages show every entry with its source and need no script; beside them stand the data set, the claims,
the list of what was captured (with the SHA-256 of its bytes), and a manifest with the SHA-256 of each file.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from sourcier.publish.dataset.files import write_dataset
from sourcier.publish.pictures import Files, none
from sourcier.publish.site import write_site
from sourcier.types import Story

MANIFEST = "manifest.json"
EVIDENCE = "evidence.json"


def write_archive(story: Story, target: Path, load: Files = none) -> None:
    """Write the archive of `story` as the zip file `target`. Raises OSError where the disk refuses.

    `load` gives the files of its pictures. The same story makes the same bytes.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_site(story, folder, story.languages, load)
        write_dataset(story, folder / "data")
        _write_json(folder / EVIDENCE, _evidence(story))
        _write_json(folder / MANIFEST, _manifest(story, folder))
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in _files(folder):
                entry = zipfile.ZipInfo(f"{story.slug}/{path.relative_to(folder).as_posix()}")
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, path.read_bytes())


def _evidence(story: Story) -> list[dict[str, str | None]]:
    """Return each capture that the pages rest on: whose it is, where it was, what its bytes hash to."""
    return [
        {
            "capture": capture.id,
            "publisher": capture.publisher,
            "url": capture.url,
            "published": capture.published.isoformat(),
            "retrieved": capture.retrieved.isoformat() if capture.retrieved else None,
            "text_sha256": sha256(capture.text.encode()).hexdigest(),
            "raw_sha256": capture.raw,
        }
        for capture in story.captures.values()
    ]


def _manifest(story: Story, folder: Path) -> dict[str, object]:
    sums = {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in _files(folder)
    }
    return {
        "story": story.slug,
        "titles": story.titles,
        "publisher": story.publisher,
        "frozen": story.frozen.isoformat() if story.frozen else None,
        "sequence": story.sequence,
        "entries": len(story.entries),
        "sha256": sums,
    }


def _files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")
