"""Somebody's live page: each of its updates is a dispatch of its own, as JSON-LD or microdata give it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from sourcier.gather import linked
from sourcier.gather.canonical import checked_text
from sourcier.gather.feed_entry import authors
from sourcier.gather.item import Item
from sourcier.gather.links import joined
from sourcier.gather.markup import Element, elements, strings, text_of
from sourcier.gather.moments import lenient_moment
from sourcier.gather.state import Seen
from sourcier.problems import InputError, Problem

_MOST_UPDATES = 1000
_OLDER_SHOWN = 3
"""How many older updates still stand where one is surely gone: a page pins one or two and scrolls on."""

_LIVE = "//*[contains(@itemtype, 'LiveBlogPosting')]"
_UPDATE = ".//*[@itemprop='liveBlogUpdate']"


def updates(
    root: Element, nodes: Sequence[linked.Node], url: str, zone: ZoneInfo
) -> list[Item | Problem]:
    """Return the updates of the live page at `url` in its order; none where it is no live page."""
    found = [_of_node(node, nodes, url, zone) for node in _update_nodes(nodes)]
    if not found:
        found = [_of_element(one, url, zone) for one in _update_elements(root)]
    return [_checked(item) for item in _apart(found, url) if item.text or item.title]


def _checked(item: Item) -> Item | Problem:
    where = item.dispatch or item.url or ""
    try:
        return replace(item, text=checked_text(item.text or item.title or "", where))
    except InputError as error:
        return error.problem


def _update_nodes(nodes: Sequence[linked.Node]) -> list[linked.Node]:
    lives = [node for node in nodes if linked.is_a(node, {linked.LIVE})]
    found = [one for live in lives for one in linked.listed(live, "liveBlogUpdate")]
    return [one for one in found if isinstance(one, dict)][:_MOST_UPDATES]


def _of_node(node: linked.Node, nodes: Sequence[linked.Node], url: str, zone: ZoneInfo) -> Item:
    links = [*linked.texts(node, "url"), *linked.texts(node, "@id")]
    names = (*linked.named(node, "author", nodes), *linked.named(node, "creator", nodes))
    return Item(
        text=linked.text(node, "articleBody", "text", "description") or "",
        title=linked.text(node, "headline", "name"),
        published=_time(linked.texts(node, "datePublished"), zone),
        updated=_time(linked.texts(node, "dateModified"), zone),
        dispatch=next(iter([*linked.texts(node, "identifier"), *linked.texts(node, "@id")]), None),
        url=next(filter(None, (joined(url, link) for link in links)), None),
        language=next(iter(linked.texts(node, "inLanguage")), None),
        credits=authors(names),
    )


def _update_elements(root: Element) -> list[Element]:
    return [one for live in elements(root, _LIVE) for one in elements(live, _UPDATE)][
        :_MOST_UPDATES
    ]


def _of_element(element: Element, url: str, zone: ZoneInfo) -> Item:
    links = [*_values(element, "url"), *strings(element, "@itemid")]
    name = next(iter([*strings(element, "@id"), *strings(element, "@data-id")]), None)
    anchor = f"#{name}" if name else None
    return Item(
        text="\n".join(text_of(one) for one in elements(element, ".//*[@itemprop='articleBody']")),
        title=next(iter(_values(element, "headline")), None),
        published=_time(_values(element, "datePublished"), zone),
        updated=_time(_values(element, "dateModified"), zone),
        dispatch=name,
        url=next(filter(None, (joined(url, link) for link in (*links, anchor))), None),
        credits=authors(_values(element, "author")),
    )


def _values(element: Element, name: str) -> list[str]:
    """Return the values of a property of microdata: what an element says in an attribute, or its text."""
    found = elements(element, f".//*[@itemprop='{name}']")
    told = (
        one.get("content") or one.get("datetime") or one.get("href") or text_of(one)
        for one in found
    )
    return [value for value in told if value]


def _time(values: Sequence[str], zone: ZoneInfo) -> datetime | None:
    return next(filter(None, (lenient_moment(value, zone) for value in values)), None)


def _apart(items: Sequence[Item], url: str) -> Iterator[Item]:
    """Yield the updates with a dispatch that is stable and theirs alone, within the page's address.

    That is the update's own id or link, else the time of its publication; of two of one minute the
    later one in the page is numbered from the end, where nothing is added.
    """
    shared = Counter(name for item in items for name in {item.dispatch, item.url})
    base = url.partition("#")[0]
    met: Counter[str] = Counter()
    named: list[Item] = []
    for item in reversed(items):
        own = next((one for one in (item.dispatch, item.url) if one and shared[one] == 1), None)
        name = joined(base, own if own and "://" in own else f"#{own or item.published}") or base
        met[name] += 1
        dispatch = name if met[name] == 1 else f"{name}-{met[name]}"
        named.append(replace(item, dispatch=dispatch, url=item.url or base))
    return reversed(named)


def vanished(shown: Sequence[Item], known: Mapping[str, Seen]) -> Iterator[Item]:
    """Yield a deletion for each known update that is surely gone from a page showing these.

    A page shows its newest updates and scrolls: so one is gone where a newer one stands and several
    older ones do. Where more went at once than stayed, the page is another, and nothing is concluded.
    """
    here = {item.dispatch for item in shown}
    times = sorted(item.published for item in shown if item.published and item.dispatch in known)
    gone = [
        name
        for name, seen in known.items()
        if name not in here
        and len(times) > _OLDER_SHOWN
        and times[_OLDER_SHOWN - 1] < seen.published < times[-1]
    ]
    if len(gone) <= len(times) // 2:
        for name in gone:
            yield Item(text="", dispatch=name, deleted=True)
