"""A mailbox on loopback: as much of IMAP4rev1 as a reader asks for, and servers that behave badly."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import StreamRequestHandler, ThreadingTCPServer

_FETCH = re.compile(r"UID FETCH (\d+) \((RFC822\.SIZE|BODY\.PEEK\[\])\)")


class Mailbox:
    """`mails` by UID; `asked` collects the commands. `fault` is what goes wrong when a mail is fetched."""

    def __init__(self) -> None:
        self.mails: dict[int, bytes] = {}
        self.validity = 7
        self.password = "secret"
        self.fault = ""
        self.greeting = b"* OK ready\r\n"
        self.asked: list[str] = []
        self.port = 0

    def answer(self, command: str) -> bytes:
        """Return the untagged answers to a command and how it ended."""
        verb = command.split(" ", 1)[0]
        if verb == "CAPABILITY":
            return b"* CAPABILITY IMAP4rev1\r\nOK"
        if verb == "LOGIN":
            return b"OK" if self.password in command else b"NO"
        if verb == "EXAMINE":
            return b"* %d EXISTS\r\n* OK [UIDVALIDITY %d] as ever\r\nOK [READ-ONLY]" % (
                len(self.mails),
                self.validity,
            )
        if command.startswith("UID SEARCH"):
            return self._found(command)
        if found := _FETCH.fullmatch(command):
            return self._fetched(int(found[1]), found[2])
        return b"* BYE\r\nOK" if verb == "LOGOUT" else b"BAD"

    def _found(self, command: str) -> bytes:
        first = int(command.split("UID ")[-1].split(":")[0])
        found = {uid for uid in self.mails if uid >= first} | {max(self.mails, default=0)} - {0}
        return b"* SEARCH " + " ".join(map(str, sorted(found))).encode() + b"\r\nOK"

    def _fetched(self, uid: int, what: str) -> bytes:
        body = self.mails[uid]
        if what == "RFC822.SIZE":
            return b"* 1 FETCH (UID %d RFC822.SIZE %d)\r\nOK" % (uid, len(body))
        size = 10**12 if self.fault == "lies" else len(body)
        return b"* 1 FETCH (UID %d BODY[] {%d}\r\n" % (uid, size) + body + b")\r\nOK"


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """Serve a mailbox on a free port."""
    box = Mailbox()

    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(box.greeting)
            while line := self.rfile.readline():
                tag, _, command = line.decode().strip().partition(" ")
                box.asked.append(command)
                if not self._behaves(command):
                    return
                told = box.answer(command)
                at = told.rfind(b"\n") + 1
                self.wfile.write(told[:at] + tag.encode() + b" " + told[at:] + b" done\r\n")
                if command == "LOGOUT":
                    return

        def _behaves(self, command: str) -> bool:
            """Do what is wrong with the server; tell whether it goes on."""
            if "BODY.PEEK" not in command or box.fault in {"", "lies"}:
                return True
            self.wfile.write(b"* 1 FETCH (UID 1 BODY[] {500}\r\nFrom: a@b")
            try:
                while box.fault == "stalls":
                    time.sleep(0.02)
                while box.fault == "drips":
                    self.wfile.write(b"x")
                    time.sleep(0.02)
            except OSError:
                pass
            return False

    class Server(ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    with Server(("127.0.0.1", 0), Handler) as server:
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield box
        finally:
            box.fault = "over"
            server.shutdown()
            thread.join()
