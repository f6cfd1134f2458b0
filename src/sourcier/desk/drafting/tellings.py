"""Notices put into one message: a letter for a person, a record for a program, its signature. Pure."""

from __future__ import annotations

import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from sourcier.desk.drafting.notices import Notice
from sourcier.messages import messages

SUBJECT = 150
"""The most characters of a subject."""
LETTER = 4000
"""The most characters of a letter: Telegram takes 4,096."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What one message tells: notices with their hours, of a story whose desk is at `desk`.

    `key` is the message's id, `language` that of whom it is for.
    """

    key: str
    story: str
    title: str
    desk: str
    language: str
    notices: Sequence[tuple[Notice, datetime]]

    def address(self, notice: Notice) -> str:
        """Return where at the desk one sees what a notice is about."""
        asked = {"event": notice.event, "entry": notice.entry}
        known = {name: value for name, value in asked.items() if value}
        return f"{self.desk}?{urlencode(known)}" if known else self.desk


def subject(telling: Telling) -> str:
    """Return the line above a letter: the one notice, or how many."""
    say, told = messages(telling.language, "sentences"), telling.notices
    if len(told) == 1:
        line = say("notice.subject", title=telling.title, text=told[0][0].text)
    else:
        line = say("notice.several", len(told), title=telling.title)
    line = " ".join(line.split())
    return line if len(line) <= SUBJECT else f"{line[: SUBJECT - 1]}…"


def letter(telling: Telling) -> str:
    """Return a message as plain text: each notice with the words of its sources and its address.

    What does not fit is counted.
    """
    say = messages(telling.language, "sentences")
    parts = [_part(telling, notice) for notice, _ in telling.notices]
    told, size = [], len(telling.title)
    for number, part in enumerate(parts):
        size += len(part) + 2
        if size > LETTER:
            told.append(say("notice.left", len(parts) - number))
            break
        told.append(part)
    return "\n\n".join([telling.title, *told])


def _part(telling: Telling, notice: Notice) -> str:
    quotes = (
        f"— {claim.quote} ({', '.join(dict.fromkeys((claim.speaker, claim.publisher)))})"
        for claim in notice.claims
    )
    return "\n".join([notice.text, *quotes, telling.address(notice)])


def record(telling: Telling, at: datetime) -> bytes:
    """Return a message as JSON: ``type``, ``timestamp`` and ``data``, as Standard Webhooks writes them."""
    told: list[dict[str, Any]] = [
        {
            "occasion": notice.occasion,
            "at": moment.isoformat(),
            "text": notice.text,
            "language": notice.language,
            "event": notice.event,
            "entry": notice.entry,
            "url": telling.address(notice),
            "claims": [
                {
                    "id": claim.claim,
                    "quote": claim.quote,
                    "speaker": claim.speaker,
                    "publisher": claim.publisher,
                    "url": claim.url,
                }
                for claim in notice.claims
            ],
        }
        for notice, moment in telling.notices
    ]
    data = {"story": telling.story, "title": telling.title, "notices": told}
    body = {"type": "sourcier.notices", "timestamp": at.isoformat(), "data": data}
    return json.dumps(body, ensure_ascii=False).encode()


def signed(key: str, body: bytes, secret: str, at: datetime) -> dict[str, str]:
    """Return the headers of Standard Webhooks for a body: HMAC-SHA256 over id, seconds and body.

    `secret` is "whsec_" and base64. See the specification, "Symmetric signatures" (v1).
    """
    seconds = str(int(at.timestamp()))
    keyed = b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(keyed, f"{key}.{seconds}.".encode() + body, sha256).digest()
    return {
        "webhook-id": key,
        "webhook-timestamp": seconds,
        "webhook-signature": f"v1,{b64encode(digest).decode('ascii')}",
    }
