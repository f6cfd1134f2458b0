"""What a reader on a bad line has to fetch: the demonstration's pages, as the server sends them.

Plays the demonstration to its end in a folder of its own, then weighs each page as it comes over the wire and
compressed (gzip level 9, as a proxy would), and what is in it; then the search page of a long story's folder.
"""

from __future__ import annotations

import gzip
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from typing import TypeVar

import httpx
from msgspec.structs import replace

from sourcier.desk import clock
from sourcier.desk.setup import prepare
from sourcier.publish.finder import search_page
from sourcier.publish.links import FileLinks
from sourcier.publish.search import search
from sourcier.publish.view import View
from sourcier.types import Entry, EntryText

T = TypeVar("T")

LIMIT, SCRIPT_LIMIT = 30_000, 10_000
LANGUAGES = ("fr", "en", "uk", "ru")
SPEED = 60.0
MANY, QUERY = 1_000, "alerte Soumy"
END = "The stream is over"
"""How the demonstration says that it has played out."""


def main() -> int:
    """Print the table; 1 where a page is heavier than its limit."""
    port = _free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "sourcier", "demo", "--speed", str(SPEED)]
        command += ["--data", str(Path(folder) / "demo"), "--port", str(port)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        try:
            any(line.startswith(END) for line in process.stdout)
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
                slugs = _slugs(client.get("/").text)
                heavy = _weigh(client, slugs)
            _search(Path(folder) / "demo", slugs[0])
            return heavy
        finally:
            process.terminate()
            process.communicate(timeout=20)


def _slugs(page: str) -> list[str]:
    own = re.search(r'"slug":"([^"]+)"', page.replace("&#34;", '"').replace("&quot;", '"'))
    others = re.findall(r'<a href="/([\w-]+)/(?:\?l=\w+)?"', page)
    return list(dict.fromkeys([*([own[1]] if own else []), *others]))


def _weigh(client: httpx.Client, slugs: list[str]) -> int:
    heavy = 0
    print("| page | entries | HTML | compressed | of that style, script (raw) | limit |")
    print("|---|---|---|---|---|---|")
    for slug in slugs:
        for language in LANGUAGES:
            page = client.get(f"/{slug}/", params={"l": language}).text
            packed = len(gzip.compress(page.encode(), 9))
            style, script = _size("style", page), _size("script", page)
            heavy += packed > LIMIT or script > SCRIPT_LIMIT
            entries = page.count("<article") + page.count('<aside class="bgc"')
            raw = len(page.encode())
            print(
                f"| {slug} {language} | {entries} | {raw:,} | {packed:,} | {style:,}, {script:,} "
                f"| {LIMIT:,}; script {SCRIPT_LIMIT:,} |"
            )
    return int(heavy > 0)


def _search(data: Path, slug: str) -> None:
    """Print what searching `MANY` entries costs, each of words of the story's dispatches at random.

    Random words compress worse than sentences, so a story's own page is lighter.
    """
    prepare(data)
    from sourcier.desk import store  # its models need what `prepare` sets

    story = store.story(slug, now=clock.now())
    said = [word for capture in story.captures.values() for word in capture.text.split()]
    entries = tuple(_invented(story.entries[0], n, said) for n in range(MANY))
    print(f"\n| searching {MANY:,} entries | HTML | compressed | made in | one query on a server |")
    print("|---|---|---|---|---|")
    for language in LANGUAGES:
        links = FileLinks("", slug, language, LANGUAGES[0])
        view = View(replace(story, entries=entries, history={}), language, links)
        page, made = _timed(partial(search_page, view, LANGUAGES))
        _, asked = _timed(partial(search, view, QUERY))
        html = page.html.encode()
        packed = len(gzip.compress(html, 9))
        print(f"| {slug} {language} | {len(html):,} | {packed:,} | {made:.1f} s | {asked:.2f} s |")


def _invented(entry: Entry, number: int, said: list[str]) -> Entry:
    chance = Random(number)
    text = EntryText(
        headline=" ".join(chance.choices(said, k=8)), body=" ".join(chance.choices(said, k=40))
    )
    return replace(entry, id=f"n{number}", claims=(), texts=dict.fromkeys(LANGUAGES, text))


def _timed(act: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    return act(), time.perf_counter() - start


def _size(tag: str, page: str) -> int:
    return sum(
        len(found.encode()) for found in re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
