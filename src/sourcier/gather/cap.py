"""CAP 1.1 and 1.2: files as they come, one message, or an Atom or RSS index of messages.

An alert, its updates and its cancellation are one dispatch. It is over where a message says so, or at
its `expires`: until then its end waits as what is under embargo does. Tests, drafts, exercises and what
is not public are no alerts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from sourcier.gather.bulletin import Bulletin, Warned
from sourcier.gather.canonical import checked_text
from sourcier.gather.documents import MOST, documents, linked
from sourcier.gather.feed_entry import MOST_ENTRIES
from sourcier.gather.fetched import Fetched
from sourcier.gather.hazards import hazards
from sourcier.gather.item import Item
from sourcier.gather.links import joined
from sourcier.gather.markup import Element
from sourcier.gather.moments import in_utc, moment, zone_named
from sourcier.gather.xml import children, every, name, parsed, text, within, words
from sourcier.problems import InputError, Problem

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

_Held = tuple[Fetched, Element]
_INDEXES = frozenset(("feed", "rss", "RDF"))
_ENDINGS = frozenset((".xml", ".cap"))
_DEFAULT = "en-US"  # CAP 1.2, 3.2.2: the language of an info that names none
_MOST_AREAS = 200
_TYPES = frozenset(("Alert", "Update", "Cancel", "Error"))
_REQUIRED = ("identifier", "sender", "sent", "status", "msgType", "scope")


def items(visit: Visit) -> Iterator[Item | Problem]:
    """Yield a dispatch for each message, in the order in which they were sent."""
    found: list[tuple[datetime, int, Fetched, Element]] = []
    for fetched in documents(visit, _ENDINGS):
        for one in [fetched] if isinstance(fetched, Problem) else _messages(fetched, visit):
            if isinstance(one, Problem):
                yield one
            else:
                sent = _moment(text(one[1], "sent"), visit, one[0].url)
                found.append((sent, len(found), *one))
    for *_, fetched, alert in sorted(found, key=lambda one: one[:2]):
        yield from visit.read_in(fetched, _adapted(alert, fetched, visit))


def _messages(fetched: Fetched, visit: Visit) -> Iterator[_Held | Problem]:
    """Yield the messages of a document, or of what it leads to, each with the bytes it stands in."""
    try:
        root = parsed(fetched.body, fetched.url)
        if name(root) == "alert":
            yield from _complete([(fetched, root)])
        elif name(root) in _INDEXES:
            yield from _indexed(root, fetched, visit)
        else:
            raise InputError(fetched.url, "bad_cap", "neither a CAP message nor an index of them")
    except InputError as error:
        yield error.problem


def _indexed(root: Element, fetched: Fetched, visit: Visit) -> Iterator[_Held | Problem]:
    entries = [*every(root, "entry"), *every(root, "item")]
    visit.door.pulse.cut(max(0, len(entries) - MOST_ENTRIES))
    links = []
    for entry in entries[:MOST_ENTRIES]:
        if held := list(every(entry, "alert")):
            yield from _complete((fetched, one) for one in held)
        elif link := joined(fetched.url, _link(entry)):
            links.append((link, text(entry, "updated") or text(entry, "pubDate")))
    for page in linked(visit, links):
        yield from [page] if isinstance(page, Problem) else _told(page)


def _told(page: Fetched) -> Iterator[_Held | Problem]:
    """Yield the message of a page to which an index leads; an index there leads no further."""
    try:
        message = parsed(page.body, page.url)
        if name(message) != "alert":
            raise InputError(page.url, "bad_cap", "not a CAP message")
    except InputError as error:
        yield error.problem
    else:
        yield from _complete([(page, message)])


def _complete(
    found: Iterable[_Held],
) -> Iterator[_Held | Problem]:
    """Yield the messages that have what CAP requires of each; of the others, the Problem."""
    for fetched, alert in found:
        lacking = [field for field in _REQUIRED if not text(alert, field)]
        told = text(alert, "msgType")
        if lacking or told not in _TYPES | {"Ack"}:
            message = (
                f"a CAP message without {', '.join(lacking)}"
                if lacking
                else f"no msgType: {told[:60]!r}"
            )
            yield Problem(where=fetched.url, code="bad_cap", message=message)
        elif not _is_moment(text(alert, "sent")):
            yield Problem(where=fetched.url, code="bad_date", message="its sent is no date")
        elif (
            text(alert, "status") == "Actual" and text(alert, "scope") == "Public" and told != "Ack"
        ):
            yield fetched, alert


def _link(entry: Element) -> str:
    """Return the address of an entry's message: the link of CAP's own type before any other."""
    found = [(one.get("type") or "", one.get("href") or "") for one in children(entry, "link")]
    caps = [href for kind, href in found if "cap" in kind and href]
    plain = [href for _, href in found if href]
    return next(iter([*caps, *plain]), text(entry, "link"))


def _adapted(alert: Element, fetched: Fetched, visit: Visit) -> Iterator[Item | Problem]:
    try:
        yield from _items(alert, fetched, visit)
    except InputError as error:
        yield error.problem


def _items(alert: Element, fetched: Fetched, visit: Visit) -> Iterator[Item]:
    sent = _moment(text(alert, "sent"), visit, fetched.url)
    dispatch = _dispatch(alert, visit)
    stamp = in_utc(sent).isoformat()
    last = visit.door.seen.get(dispatch)
    if last and last.stamp and last.stamp.split(" ")[0] > stamp:
        return  # a message that a later one took the place of
    kind = text(alert, "msgType")
    told = _warnings(alert, sent, fetched.url, visit)
    over = kind == "Cancel" or any(one.ended for one in told)
    item = Item(
        text="",
        dispatch=dispatch,
        url=fetched.url if fetched.url.startswith("http") else None,
        published=last.published if last else sent,
        updated=sent,
        stamp=f"{stamp} {kind}",
    )
    if kind == "Error" or not told:
        yield replace(item, deleted=True)
        return
    ends = max((one.end for one in told if one.end), default=None)
    whole = all(one.end for one in told) and not over
    if whole and ends and ends <= visit.now:
        yield _bulletin(item, alert, _over(told), visit)
        return
    yield _bulletin(item, alert, _over(told, sent) if kind == "Cancel" else told, visit)
    if whole and ends:
        late = _bulletin(item, alert, _over(told), visit)
        yield replace(late, embargo=ends, updated=ends, stamp=f"{stamp} expired")


def _over(told: Sequence[Warned], when: datetime | None = None) -> list[Warned]:
    """Return the warnings as over at `when`, or each at its own end."""
    return [replace(one, ended=one.ended or when or one.end) for one in told]


def _bulletin(item: Item, alert: Element, told: Sequence[Warned], visit: Visit) -> Item:
    written = Bulletin()
    for one in told:
        written.add(one)
    info = _infos(alert, visit)[0]
    checked_text(written.text, item.dispatch or "")
    return replace(
        item,
        text=written.text,
        title=text(info, "headline") or text(info, "event"),
        language=text(info, "language") or _DEFAULT,
        alerts=tuple(written.alerts),
    )


def _infos(alert: Element, visit: Visit) -> list[Element]:
    """Return the info blocks in the first of the source's languages that there is, else in the first."""
    by_language: dict[str, list[Element]] = {}
    for info in children(alert, "info"):
        code = (text(info, "language") or _DEFAULT).partition("-")[0].lower()
        by_language.setdefault(code, []).append(info)
    wanted = (code for code in visit.source.languages if code in by_language)
    return by_language.get(next(wanted, next(iter(by_language), "")), [])


def _warnings(alert: Element, sent: datetime, where: str, visit: Visit) -> list[Warned]:
    found = []
    for info in _infos(alert, visit):
        areas = [*within(info, "area")][:_MOST_AREAS]
        named = tuple((text(one, "areaDesc"), tuple(_codes(one))) for one in areas)
        event = text(info, "event")
        if not event or not any(area for area, _ in named):
            raise InputError(where, "bad_cap", "an info without event or area")
        starts = text(info, "onset") or text(info, "effective")
        ends = text(info, "expires")
        past = text(info, "urgency") == "Past" or any(
            words(one) == "AllClear" for one in within(info, "responseType")
        )
        found.append(
            Warned(
                event=event,
                areas=tuple(one for one in named if one[0]),
                start=_moment(starts, visit, where) if starts else sent,
                end=_moment(ends, visit, where) if ends else None,
                ended=sent if past else None,
                hazard=_hazard(info),
                family=hazards("category").get(text(info, "category"), "other"),
                description=text(info, "description"),
                instruction=text(info, "instruction"),
            )
        )
    return found


def _codes(area: Element) -> Iterator[str]:
    for code in children(area, "geocode"):
        yield f"{text(code, 'valueName')} {text(code, 'value')}"


def _hazard(info: Element) -> str | None:
    """Return the hazard that MeteoAlarm's parameter names."""
    for one in children(info, "parameter"):
        if text(one, "valueName") == "awareness_type":
            return hazards("awareness").get(text(one, "value").partition(";")[0].strip())
    return None


def _dispatch(alert: Element, visit: Visit) -> str:
    """Return the dispatch of a message: the first message of its chain that is known."""
    own = text(alert, "identifier")
    chains = visit.door.chains
    referred = [
        one.split(",")[1] for one in text(alert, "references").split() if one.count(",") == 2
    ]
    known = (chains.get(one) for one in (own, *referred))
    dispatch = next(filter(None, known), referred[0] if referred else own)
    for one in (own, *referred):
        chains.pop(one, None)
        chains[one] = dispatch
    while len(chains) > MOST:
        del chains[next(iter(chains))]
    return dispatch


def _moment(value: str, visit: Visit, where: str) -> datetime:
    return moment(value, zone_named(visit.source.zone, where), where)


def _is_moment(value: str) -> bool:
    try:
        moment(value, ZoneInfo("UTC"), "")
    except InputError:
        return False
    return True
