"""The tests that touch the store once more, on PostgreSQL: `python -m tests.postgres tests/desk tests/run`.

A server of its own runs for them in a temporary folder, on a socket there, and ends with them. Where no
server is installed, a line says that they are skipped.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

HERE = Path(__file__).parent
DEBIAN = Path("/usr/lib/postgresql")
USER = "sourcier"
# Nothing here has to survive a power cut.
FAST = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c autovacuum=off"


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs: that of PATH, or the newest that Debian has."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    kept = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return kept[-1].parent if kept else None


@contextmanager
def server(programs: Path) -> Iterator[str]:
    """Run a new server and yield the URL of its database."""
    with tempfile.TemporaryDirectory(prefix="sourcier-pg-") as name:
        folder = Path(name)
        whose = _give_away(folder)

        def run(program: str, *arguments: str) -> None:
            command = [str(programs / program), "-D", str(folder / "data"), *arguments]
            subprocess.run(command, user=whose, cwd=folder, check=True, stdout=subprocess.DEVNULL)

        run("initdb", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = f"-k {folder} -c listen_addresses='' {FAST}"
        run("pg_ctl", "start", "-w", "-s", "-l", str(folder / "log"), "-o", options)
        try:
            yield f"postgres://{USER}@{quote(name, safe='')}/postgres"
        finally:
            run("pg_ctl", "stop", "-w", "-s", "-m", "immediate")


def _give_away(folder: Path) -> str | None:
    """Return as whom the server is to run, null for oneself: it refuses to be root's."""
    if os.getuid() != 0:
        return None
    names = {user.pw_name for user in pwd.getpwall()}
    whose = "postgres" if "postgres" in names else "nobody"
    shutil.chown(folder, whose)
    return whose


def main(arguments: Sequence[str]) -> int:
    """Pass the tests that pytest's `arguments` name on a new server; the exit status is pytest's."""
    found = programs()
    if found is None:
        sys.stdout.write("no PostgreSQL on this machine: the desk's tests on it are skipped\n")
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the server ends with us
    with server(found) as url:
        command = [sys.executable, "-m", "pytest", *arguments]
        environment = {**os.environ, "SOURCIER_DATABASE": url}
        return subprocess.run(command, check=False, cwd=HERE.parent, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
