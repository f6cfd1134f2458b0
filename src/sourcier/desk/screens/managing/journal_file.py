"""The journal as CSV, made while it is sent: however long, a few hundred lines are held at a time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import replace

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse

from sourcier.desk import store
from sourcier.desk.screens.managing.journal_words import Telling
from sourcier.desk.store import JournalLine, Wanted
from sourcier.publish.dataset.cells import plain

AT_ONCE = 500
COLUMNS = ("at", "who", "action", "entry", "sentence", "detail")

Teller = Callable[[Sequence[JournalLine]], Telling]


def journal_file(
    request: HttpRequest, slug: str, wanted: Wanted, teller: Teller
) -> StreamingHttpResponse:
    """Return the lines wanted as a file, the last first; its moments are in UTC."""
    parts = _parts(slug, wanted, teller)
    name = f"journal-{slug}.csv" if slug else "journal.csv"
    return StreamingHttpResponse(
        _later(parts) if isinstance(request, ASGIRequest) else parts,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _parts(slug: str, wanted: Wanted, teller: Teller) -> Iterator[str]:
    yield _written([COLUMNS])
    while lines := store.journal(slug, wanted, AT_ONCE):
        telling = teller(lines)
        yield _written([_row(line, telling) for line in lines])
        wanted = replace(wanted, before=lines[-1].row)


async def _later(parts: Iterator[str]) -> AsyncIterator[str]:
    """Yield the same where the server waits for nobody."""
    while part := await sync_to_async(lambda: next(parts, ""))():
        yield part


def _row(line: JournalLine, telling: Telling) -> tuple[str, ...]:
    detail = json.dumps(line.detail, ensure_ascii=False, sort_keys=True)
    said = telling.sentence(telling.told(line))
    return (line.at.isoformat(), line.who, line.action, line.entry, said, detail)


def _written(rows: Sequence[Sequence[str]]) -> str:
    file = io.StringIO()
    csv.writer(file).writerows([plain(cell) for cell in row] for row in rows)
    return file.getvalue()
