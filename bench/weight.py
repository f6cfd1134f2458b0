"""What a reader on a bad line has to fetch: the demonstration's pages, as the server sends them.

Plays the demonstration to its end in a folder of its own, then weighs each page as it comes over the wire and
compressed (gzip level 9, as a proxy would), and what is in it.
"""

from __future__ import annotations

import gzip
import re
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx

LIMIT, SCRIPT_LIMIT = 30_000, 10_000
LANGUAGES = ("fr", "en", "uk", "ru")
SPEED = 60.0
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
                return _weigh(client, _slugs(client.get("/").text))
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
