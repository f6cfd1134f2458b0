"""What goes with the words of an entry, as the form sends it: a picture, a link. No query, no clock."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import QueryDict
from msgspec.structs import replace

from sourcier.desk.screens.wrong import FormError
from sourcier.messages import languages
from sourcier.types import Entry, Link, Picture

CREDIT, WORDS, TITLE = 200, 1000, 300
"""The most characters of a picture's credit, of what it shows or its caption, of a link's title."""
_OF_LINK = ("url", "title", "site")


def picture_of(entry: Entry, sent: QueryDict, known: Picture | None) -> Picture | None:
    """Return the picture that a form tells, with its words; that of the entry where it says nothing of it."""
    if "picture" not in sent:
        return entry.picture
    digest = sent.get("picture", "")
    if not digest or "no-picture" in sent:
        return None
    before = entry.picture if entry.picture and entry.picture.digest == digest else known
    if before is None or before.digest != digest:
        raise FormError("picture.error.gone")
    if "credit" not in sent:  # it was added just now: its words are yet to be asked for
        return before
    credit = " ".join(sent.get("credit", "").split())
    if len(credit) > CREDIT:
        raise FormError("picture.error.long")
    return replace(
        before, credit=credit, alt=_worded(sent, "alt-"), caption=_worded(sent, "caption-")
    )


def _worded(sent: QueryDict, prefix: str) -> dict[str, str]:
    found = {code: " ".join(sent.get(f"{prefix}{code}", "").split()) for code in languages()}
    if any(len(words) > WORDS for words in found.values()):
        raise FormError("picture.error.long")
    return {code: words for code, words in found.items() if words}


def link_of(entry: Entry, sent: QueryDict) -> Link | None:
    """Return the link that a form tells; that of the entry where it says nothing of it."""
    if "link-url" not in sent:
        return entry.link
    url, title, site = (" ".join(sent.get(f"link-{name}", "").split()) for name in _OF_LINK)
    if not (url or title or site):
        return None
    if len(url) > WORDS or len(title) > TITLE or len(site) > CREDIT:
        raise FormError("link.error.long")
    if not _is_web(url):
        raise FormError("link.error.url")
    if not title:
        raise FormError("link.error.title")
    return Link(url=url, title=title, site=site)


def _is_web(url: str) -> bool:
    """Tell whether an address is one of the web, over https, without a user's name."""
    try:
        parts = urlsplit(url)
        return (
            parts.scheme == "https"
            and "." in (parts.hostname or "")
            and "@" not in parts.netloc
            and url.isprintable()
            and not set(url) & set(' "<>\\^`{|}')
            and (parts.port is None or parts.port > 0)
        )
    except ValueError:
        return False


def must_be_whole(entry: Entry) -> None:
    """Raise FormError where an entry lacks what readers need: a picture, its credit, words, a link."""
    if entry.kind == "image" and entry.picture is None:
        raise FormError("picture.error.needed")
    if entry.kind == "link" and entry.link is None:
        raise FormError("link.error.needed")
    if entry.picture is None:
        return
    if not entry.picture.credit:
        raise FormError("picture.error.credit")
    if any(code not in entry.picture.alt for code in entry.texts):
        raise FormError("picture.error.alt")
