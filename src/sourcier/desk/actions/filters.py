"""The filters that users keep for themselves. Nobody else sees them, so the audit has no line of it."""

from __future__ import annotations

from django.db import transaction

from sourcier.desk import store

FILTERS = 20
"""How many filters a user keeps in a story at most."""
LONGEST_NAME = 40


class FilterNameError(ValueError):
    """A filter needs a name of its own, of one to `LONGEST_NAME` characters."""


class TooManyFiltersError(ValueError):
    """A user keeps `FILTERS` already."""


class NoSuchFilterError(LookupError):
    """A user has no such filter."""


@transaction.atomic
def keep_filter(story: str, name: str, address: str, *, who: str) -> None:
    """Keep for `who` the filters that `address` says; under a name that they use, in its place."""
    name = _named(name)
    known = {one.name for one in store.saved_filters(story, who)}
    if name not in known and len(known) >= FILTERS:
        raise TooManyFiltersError
    store.put_filter(story, who, name, address)


@transaction.atomic
def rename_filter(story: str, key: int, name: str, *, who: str) -> None:
    """Give a filter of `who` another name."""
    name = _named(name)
    if any(one.name == name and one.id != key for one in store.saved_filters(story, who)):
        raise FilterNameError(name)
    if not store.name_filter(story, who, key, name):
        raise NoSuchFilterError(key)


@transaction.atomic
def drop_filter(story: str, key: int, *, who: str) -> None:
    """Forget a filter of `who`."""
    if not store.drop_filter(story, who, key):
        raise NoSuchFilterError(key)


def _named(name: str) -> str:
    name = " ".join(name.replace("\0", "").split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise FilterNameError(name)
    return name
