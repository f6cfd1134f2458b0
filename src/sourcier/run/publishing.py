"""Publishing: a folder of files follows a data folder, whichever process writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sourcier.problems import Problem
from sourcier.publish.edition import Press
from sourcier.publish.folder import clear, put, withdraw
from sourcier.publish.links import WebFolderLinks
from sourcier.publish.pictures import Files, none, wanted
from sourcier.publish.taken import write_formats
from sourcier.types import Story

AT_LEAST = timedelta(minutes=10)
"""How often a story is looked at although nothing was added: hours and days turn."""


@dataclass
class Publishing:
    """Writes the editions of stories into ``folder/<slug>/``.

    `load` gives a story as it stands, `mark` a value that differs when something was added to it, `now`
    the real time. `pictures` gives the files of pictures. `base` is the address under which the folder is
    served: then what others take is written too. A page stays for `keep` after it was replaced. A disk that
    refuses is reported, and tried again the next time; so is what would break the rules of its format.
    """

    folder: Path
    load: Callable[[str], Story]
    mark: Callable[[str], object]
    now: Callable[[], datetime]
    report: Callable[[Problem], None]
    keep: timedelta
    base: str | None = None
    pictures: Files = none
    _presses: dict[str, Press] = field(default_factory=dict)
    _seen: dict[str, tuple[object, datetime]] = field(default_factory=dict)

    def look(self, slugs: Iterable[str]) -> list[str]:
        """Write the stories that changed, and return which were written."""
        return [slug for slug in slugs if self._due(slug) and self._write(slug)]

    def _due(self, slug: str) -> bool:
        mark, now = self.mark(slug), self.now()
        seen = self._seen.get(slug)
        due = seen is None or seen[0] != mark or now - seen[1] >= AT_LEAST
        if due:  # noted before the story is read: what is added meanwhile is found the next time
            self._seen[slug] = (mark, now)
        return due

    def _write(self, slug: str) -> bool:
        press = self._presses.setdefault(slug, Press(fed=bool(self.base), load=self.pictures))
        folder, now = self.folder / slug, self.now()
        try:
            story = self.load(slug)
            edition = press.edition(story)
            if edition is None:
                clear(folder, now=now, keep=self.keep)
                return False
            put(edition, folder, now=now, keep=self.keep)
            withdraw(folder, wanted(story))
            if self.base:
                write_formats(story, folder, self.base, self.report, WebFolderLinks)
        except OSError as error:
            self._forget(slug)
            message = f"not written, tried again: {error.strerror or error}"
            self.report(Problem(where=str(folder), code="not_written", message=message))
            return False
        return True

    def _forget(self, slug: str) -> None:
        self._presses.pop(slug, None)
        self._seen.pop(slug, None)
