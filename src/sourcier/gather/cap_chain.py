"""Chains of CAP messages: an alert, its updates and its cancellation are the versions of one dispatch.

Each version tells the whole: an area that a later message no longer names is over since that was sent, and
so is all that a cancellation without an info bears on. Where a message refers to several chains, the first
goes on as one with the areas of all. An alert is over where a message says so, or at its `expires`: until
then its end waits as what is under embargo does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from sourcier.gather.bulletin import Bulletin, Warned
from sourcier.gather.canonical import checked_text
from sourcier.gather.cap_info import infos, language, warnings
from sourcier.gather.cap_rules import at
from sourcier.gather.cap_standing import continued, dropped, outline, standing
from sourcier.gather.fetched import Fetched
from sourcier.gather.item import Item
from sourcier.gather.markup import Element
from sourcier.gather.moments import in_utc
from sourcier.gather.xml import text
from sourcier.problems import Problem

if TYPE_CHECKING:
    from sourcier.gather.visit import Visit

_MOST_REFERENCES = 500
_MOST_MESSAGES = 20_000
_MOST_STANDING = 5000
_MOST_CARRIED = 1000


class Held(NamedTuple):
    """A message, the bytes it stands in, the address that led to it ("" for none).

    `brief` tells that it is what the index says of the message at that address.
    """

    fetched: Fetched
    alert: Element
    link: str = ""
    brief: bool = False


def told(held: Held, visit: Visit) -> Iterator[Item | Problem]:
    """Yield the version that a message makes of its dispatch, and the one that waits for its end."""
    sent = at(held.alert, "sent", visit.source.zone)
    chains = _chains(held, visit)
    item = _item(held, chains[0], sent, visit)
    if item is None:
        return
    if text(held.alert, "msgType") == "Error":
        yield replace(item, deleted=True)
        return
    blocks = infos(held.alert, visit.source)
    found: list[Warned] = []
    for one in warnings(blocks, sent, held.fetched.url, visit.source):
        if isinstance(one, Problem):
            yield one
        else:
            found.append(one)
    yield from _versions(
        _titled(item, blocks, visit), text(held.alert, "msgType"), found, chains, visit
    )


def _item(held: Held, dispatch: str, sent: datetime, visit: Visit) -> Item | None:
    """Return a version without its words; None for a message that a later one took the place of.

    What an index says is no news where the message itself was read.
    """
    stamp, last = in_utc(sent).isoformat(), visit.door.seen.get(dispatch)
    newest = (last.stamp or "").split(" ")[0] if last else ""
    if newest > stamp or (held.brief and newest == stamp):
        return None
    address = held.link or held.fetched.url
    return Item(
        text="",
        dispatch=dispatch,
        url=address if address.startswith("http") else None,
        published=last.published if last else sent,
        updated=sent,
        stamp=f"{stamp} {text(held.alert, 'msgType')}{' index' * held.brief}",
    )


def _titled(item: Item, blocks: Sequence[Element], visit: Visit) -> Item:
    """Return a version with its title and language: those of its first info, else of the version before."""
    if blocks:
        title = text(blocks[0], "headline") or text(blocks[0], "event")
        return replace(item, title=title, language=language(blocks[0], visit.source))
    before = visit.door.listed.get(item.dispatch or "")
    return replace(item, title=before.title, language=before.language) if before else item


def _versions(
    item: Item, kind: str, found: list[Warned], chains: Sequence[str], visit: Visit
) -> Iterator[Item]:
    door, sent = visit.door, item.updated or visit.now
    before = standing(door.listed[one] for one in reversed(chains) if one in door.listed)
    if not found and kind != "Cancel":
        return  # it says nothing that could be read
    whole = list(continued(found, before, sent))
    whole += islice(dropped(found, before, sent), _MOST_CARRIED)
    if not whole:
        yield replace(item, deleted=True)  # of an alert of which no words are known
        return
    whole = _over(whole, sent) if kind == "Cancel" else whole
    for other in chains[1:]:
        door.listed.pop(other, None)
        door.held.pop(other, None)
    _remember(outline(item, whole), visit)
    yield from _until_its_end(item, whole, visit)


def _until_its_end(item: Item, whole: Sequence[Warned], visit: Visit) -> Iterator[Item]:
    """Yield a version as it stands, and as it will stand when all of it expires."""
    ends = [one.ended or one.end for one in whole]
    last = None if None in ends else max(filter(None, ends))
    over = last is None or all(one.ended for one in whole)
    if last and not over and last <= visit.now:
        yield _written(item, _over(whole))
        return
    yield _written(item, whole)
    if last and not over:
        late = _written(item, _over(whole))
        stamp = f"{(item.stamp or '').split(' ')[0]} expired"
        yield replace(late, embargo=last, updated=last, stamp=stamp)


def _over(told: Iterable[Warned], when: datetime | None = None) -> list[Warned]:
    """Return the warnings as over at `when`, or each at its own end; none is over before it began."""
    return [
        replace(one, ended=max(one.start, ended))
        if (ended := one.ended or when or one.end)
        else one
        for one in told
    ]


def _written(item: Item, told: Iterable[Warned]) -> Item:
    bulletin = Bulletin(told)
    checked_text(bulletin.text, item.dispatch or "")
    return replace(item, text=bulletin.text, alerts=tuple(bulletin.alerts))


def _remember(item: Item, visit: Visit) -> None:
    """Keep what a chain says now; of too many chains the longest silent is forgotten."""
    listed = visit.door.listed
    listed.pop(item.dispatch or "", None)
    listed[item.dispatch or ""] = item
    if len(listed) > _MOST_STANDING:
        del listed[next(iter(listed))]


def _chains(held: Held, visit: Visit) -> list[str]:
    """Return the dispatches that a message bears on, that which it is a version of first.

    That is the first of the known ones, else the message that it refers to first, else it itself.
    """
    own, chains = text(held.alert, "identifier"), visit.door.chains
    words = text(held.alert, "references").split()[:_MOST_REFERENCES]
    referred = [
        one.split(",")[1] for one in words if one.count(",") == 2
    ]  # sender, identifier, sent
    named = (own, *referred, *filter(None, [held.link]))
    known = dict.fromkeys(chains[one] for one in named if one in chains)
    dispatch = next(iter(known), referred[0] if referred else own)
    for one in (own, *referred):
        chains.pop(one, None)
        chains[one] = dispatch
    chains.pop(held.link, None)
    if held.brief:
        chains[held.link] = dispatch
    while len(chains) > _MOST_MESSAGES:
        del chains[next(iter(chains))]
    return [dispatch, *(one for one in known if one != dispatch)]
