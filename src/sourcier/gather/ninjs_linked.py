"""What goes with a ninjs item: the associations that it carries, or only names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from msgspec.structs import replace

from sourcier.gather.feed_entry import worded
from sourcier.gather.ninjs_fields import (
    Fields,
    body,
    byline,
    folded,
    headline,
    identity,
    sources,
    string,
    wire,
)
from sourcier.gather.wire import TEXTS, USABLE, Linked, Wire, code
from sourcier.problems import InputError, Problem

_SHOWN = frozenset(("picture", "graphic", "video"))
_MOST = 200


def wires(item: Fields, where: str) -> Iterator[Wire | Problem]:
    """Yield what an item says, and each text that it carries along, which is an item of its own.

    A text that stands under an embargo with the item is kept as long; what goes with a kill is left out.
    """
    try:
        own = wire(item, where)
    except InputError as error:
        yield error.problem
        return
    along = list(islice(_associated(folded(item)), _MOST))
    carried = [one for one in along if _is_text(one) and identity(one) and body(one)]
    yield replace(
        own,
        pictures=tuple(name for one in along if _is_shown(one) for name in _makers(one)),
        linked=tuple(_link(one) for one in along if _is_text(one) and one not in carried),
    )
    for one in carried if code(own.status) in USABLE else ():
        text = wire(one, where)
        yield replace(text, embargo=own.embargo) if text.embargo is None else text


def _associated(one: Fields) -> Iterator[Fields]:
    """Yield the associations: of 1.x by name, else a list."""
    told = one.get("associations")
    listed = told.items() if isinstance(told, dict) else enumerate(told or ())
    for name, each in listed if isinstance(told, dict | list) else ():
        if isinstance(each, dict):
            yield {"name": name} | folded(each)


def _is_text(one: Fields) -> bool:
    return code(string(one, "type")) in TEXTS


def _is_shown(one: Fields) -> bool:
    return code(string(one, "type")) in _SHOWN


def _makers(one: Fields) -> Iterator[str]:
    """Yield who made a picture and whom it belongs to."""
    for name in (*byline(one), *sources(one), string(one, "copyrightholder") or ""):
        if told := " ".join(worded(name).split()):
            yield told


def _link(one: Fields) -> Linked:
    name = headline(one) or worded(string(one, "name") or "")
    return Linked(identity(one) or name or "?", name)
