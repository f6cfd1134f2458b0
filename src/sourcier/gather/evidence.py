"""Evidence: the raw bytes of every capture, each kept once under its own SHA-256, as a WARC record.

::

    <folder>/ab/ab34….warc.gz     one `response` (web) or `resource` (file) record: headers, time, bytes

A file is a whole WARC file: any tool of web archives opens it. What it is called is what it must contain.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from uuid import UUID

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from sourcier.gather.fetched import Fetched
from sourcier.problems import InputError, Problem

_ENDING = ".warc.gz"
_UNPACKED = {"content-encoding", "transfer-encoding", "content-length"}


class Evidence:
    """The bytes that captures were read from, in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, fetched: Fetched) -> str:
        """Keep what was fetched, once; return its digest."""
        path = self._path(fetched.digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(path.name + ".part")
            draft.write_bytes(gzip.compress(_record(fetched), 6, mtime=0))
            draft.replace(path)
        return fetched.digest

    def warc(self, digest: str) -> bytes:
        """Return the WARC file of the bytes with that SHA-256, checked.

        Raises InputError naming `digest`: not kept (``no_evidence``), or not what it was (``damaged``).
        """
        path = self._path(digest)
        try:
            packed = path.read_bytes()
        except OSError:
            raise InputError(digest, "no_evidence", "these bytes are not kept") from None
        if _payload_digest(packed) != digest:
            raise InputError(digest, "damaged", f"{path}: not the bytes that were captured")
        return packed

    def digests(self) -> Iterator[str]:
        """Yield the digests of all that is kept, in order."""
        for path in sorted(self._folder.glob(f"??/*{_ENDING}")):
            yield path.name.removesuffix(_ENDING)

    def verify(self) -> Iterator[Problem | None]:
        """Yield, for each thing kept, None where it is what it was, else the Problem."""
        for digest in self.digests():
            try:
                self.warc(digest)
            except InputError as error:
                yield error.problem
            else:
                yield None

    def _path(self, digest: str) -> Path:
        if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
            raise InputError(digest[:80], "no_evidence", "not a SHA-256 of 64 hexadecimal digits")
        return self._folder / digest[:2] / f"{digest}{_ENDING}"


def _record(fetched: Fetched) -> bytes:
    """Return the WARC record of what was fetched: the same bytes for the same answer."""
    web = bool(fetched.headers)
    record = WarcRecord()
    kind = WarcRecordType.response if web else WarcRecordType.resource
    record.init_headers(record_type=kind, record_urn=f"uuid:{UUID(fetched.digest[:32])}".encode())
    record.headers["WARC-Date"] = fetched.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    record.headers["WARC-Target-URI"] = fetched.url
    record.headers["WARC-Payload-Digest"] = f"sha256:{fetched.digest}"
    record.headers["Content-Type"] = (
        "application/http; msgtype=response" if web else "application/octet-stream"
    )
    record.set_bytes_content((_head(fetched) if web else b"") + fetched.body)
    stream = BytesIO()
    record.write(stream)
    return stream.getvalue()


def _head(fetched: Fetched) -> bytes:
    """Return status line and headers; those that told of a packing the bytes no longer have are renamed."""
    phrase = HTTPStatus(fetched.status).phrase
    lines = [f"HTTP/1.1 {fetched.status} {phrase}"]
    for name, value in fetched.headers:
        told = f"X-Original-{name}" if name.lower() in _UNPACKED else name
        lines.append(f"{told}: {' '.join(value.split())}")
    lines += [f"Content-Length: {len(fetched.body)}", "", ""]
    return "\r\n".join(lines).encode("utf-8", "replace")


def _payload_digest(packed: bytes) -> str | None:
    """Return the SHA-256 of the payload in a WARC file of one record, None where it can't be read."""
    try:
        stream = BytesIO(gzip.decompress(packed))
        for record in ArchiveIterator(stream, parse_http=True):
            return hashlib.sha256(record.reader.read()).hexdigest()
    except (OSError, EOFError, zlib.error, ValueError):
        return None
    return None
