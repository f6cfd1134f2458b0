"""Where things are: the addresses that a page links to, on a server or in a folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

POINTER = "live.json"
"""The name of the pointer, which tells open tabs whether their page is still the newest."""


def anchor(key: str, sort: str = "e") -> str:
    """Return the HTML id of an entry, or of another `sort` of thing, safe for any key."""
    return f"{sort}-" + re.sub(r"[^A-Za-z0-9_-]", lambda sign: f".{ord(sign[0]):x}", key)


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses on a server that serves the story under ``{base}{slug}/``."""

    base: str
    slug: str
    language: str
    default: str

    @property
    def root(self) -> str:
        """The story's folder."""
        return f"{self.base}{quote(self.slug)}/"

    @property
    def home(self) -> str:
        """The live page in the current language."""
        return self.root + self._query()

    @property
    def claims(self) -> str:
        """The story's claims as JSON lines."""
        return f"{self.root}claims.jsonl"

    @property
    def live(self) -> str:
        """The stream of updates."""
        return f"{self.root}live?l={self.language}"

    @property
    def pointer(self) -> str:
        """What tells a tab without a stream whether the page changed; one for all languages."""
        return self.root + POINTER

    @property
    def searching(self) -> str:
        """Where a query is sent to."""
        return self.root

    def searching_in(self, code: str) -> str:
        """Return where a query in language `code` is sent to."""
        return f"{self.root}?l={code}"

    def search(self, query: str) -> str:
        """Return the page of what is found for `query`."""
        joint = "&" if self._query() else "?"
        return f"{self.home}{joint}q={quote(query)}"

    def search_in(self, code: str, query: str) -> str:
        """Return the same page of what is found in another language."""
        return f"?l={code}&q={quote(query)}"

    @property
    def map(self) -> str:
        """The map page in the current language."""
        return self.map_in(self.language)

    def map_in(self, code: str) -> str:
        """Return the map page in language `code`."""
        return f"{self.root}map" + ("" if code == self.default else f"?l={code}")

    def then(self, address: str, moment: str) -> str:
        """Return the address of a page as it was at a moment ("2024-11-22T08:12", in the story's zone)."""
        return f"{address}{'&' if '?' in address else '?'}at={moment}"

    def data(self, name: str) -> str:
        """Return the address of the story in the format of file `name`."""
        return f"{self.root}{name}{self._query()}"

    def message(self, key: str) -> str:
        """Return the address of a message on an alert, the same in every language."""
        return f"{self.root}cap/{quote(key, safe='')}.xml"

    def in_language(self, code: str) -> str:
        """Return the same page in another language."""
        return f"?l={code}"

    def story(self, slug: str) -> str:
        """Return another story's page."""
        return f"{self.base}{quote(slug)}/{self._query()}"

    def entry(self, entry_id: str) -> str:
        """Return the permanent address of an entry."""
        return f"{self.root}e/{quote(entry_id, safe='')}{self._query()}"

    def picture(self, name: str) -> str:
        """Return the address of a picture's file."""
        return f"{self.root}media/{name}"

    def elsewhere(self, slug: str, entry_id: str) -> str:
        """Return the address of an entry of another story, "" where there is none."""
        return f"{self.base}{quote(slug)}/e/{quote(entry_id, safe='')}{self._query()}"

    def version(self, entry_id: str, version: int) -> str:
        """Return the address of one version of an entry."""
        joint = "&" if self._query() else "?"
        return f"{self.entry(entry_id)}{joint}v={version}"

    def oembed(self, address: str, kind: str) -> str:
        """Return where it is told how the page at `address` is embedded, as "json" or "xml"."""
        return f"{self.base}oembed?format={kind}&url={quote(address, safe='')}"

    def _query(self) -> str:
        return "" if self.language == self.default else f"?l={self.language}"


@dataclass(frozen=True, slots=True)
class FileLinks(Links):
    """Addresses within a folder of files that opens from disk, without a server."""

    @property
    def home(self) -> str:
        """The page's file in the current language."""
        return self.file(self.language)

    @property
    def claims(self) -> str:
        """The claims' file, beside the page."""
        return "claims.jsonl"

    @property
    def searching(self) -> str:
        """The search page, beside the page."""
        return self.searching_in(self.language)

    def searching_in(self, code: str) -> str:
        """Return the name of the search page's file in language `code`."""
        return "search.html" if code == self.default else f"search.{code}.html"

    def search(self, query: str) -> str:
        """Return the search page, which its script goes through for `query`."""
        return f"{self.searching}?q={quote(query)}"

    def map_in(self, code: str) -> str:
        """Return the name of the map page's file in language `code`."""
        return "map.html" if code == self.default else f"map.{code}.html"

    def then(self, address: str, moment: str) -> str:  # noqa: ARG002 - a folder holds one moment
        """Return the address itself: what stands beside it is of the same moment."""
        return address

    def file(self, code: str) -> str:
        """Return the name of the page's file in language `code`."""
        return "index.html" if code == self.default else f"index.{code}.html"

    def data(self, name: str) -> str:
        """Return the file of the story in the format of file `name`, beside the page."""
        return self.data_file(name)

    def data_file(self, name: str) -> str:
        """Return the name of the file that holds the format of file `name` in the current language."""
        stem, _, kind = name.rpartition(".")
        return name if self.language == self.default else f"{stem}.{self.language}.{kind}"

    def in_language(self, code: str) -> str:
        """Return the page's file in another language."""
        return self.file(code)

    def entry(self, entry_id: str) -> str:
        """Return the entry's place on the page."""
        return f"{self.home}#{anchor(entry_id)}"

    def picture(self, name: str) -> str:
        """Return a picture's file, beside the page."""
        return name

    def elsewhere(self, slug: str, entry_id: str) -> str:  # noqa: ARG002 - a folder holds one story
        """Return nothing: another story is another folder."""
        return ""

    def version(self, entry_id: str, version: int) -> str:
        """Return the file that holds one version of an entry."""
        return f"{anchor(entry_id)}.v{version}.{self.language}.html"


@dataclass(frozen=True, slots=True)
class FolderLinks(FileLinks):
    """Addresses within a folder of files that is written again as the story goes on."""

    @property
    def live(self) -> str:
        """The pointer: there is no stream."""
        return self.pointer

    @property
    def pointer(self) -> str:
        """The pointer, beside the page."""
        return POINTER

    def entry(self, entry_id: str) -> str:
        """Return the file of an entry, which stays when the page has moved on."""
        return f"{anchor(entry_id)}.{self.language}.html"


@dataclass(frozen=True, slots=True)
class WebFileLinks(FileLinks):
    """Absolute addresses of the files of a folder that is served as it is under ``{base}{slug}/``."""

    @property
    def home(self) -> str:
        """The page in the current language."""
        return self.root + self.file(self.language)

    def data(self, name: str) -> str:
        """Return the address of the story in the format of file `name`."""
        return self.root + self.data_file(name)

    def picture(self, name: str) -> str:
        """Return the address of a picture's file."""
        return self.root + name

    def version(self, entry_id: str, version: int) -> str:
        """Return the address of one version of an entry."""
        return f"{self.root}{anchor(entry_id)}.v{version}.{self.language}.html"


@dataclass(frozen=True, slots=True)
class WebFolderLinks(WebFileLinks):
    """Absolute addresses of the files of a folder that is written again as the story goes on."""

    def entry(self, entry_id: str) -> str:
        """Return the address of an entry's file, which stays when the page has moved on."""
        return f"{self.root}{anchor(entry_id)}.{self.language}.html"
