"""How long somebody is locked out after failed attempts, as allauth counts them in the shared cache."""

# allauth comes with types but without the marker that says so.

from __future__ import annotations

import time
from math import ceil

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest

_APP, _ACTION = "allauth.account", "login_failed"


def minutes_left(request: HttpRequest, key: str) -> int:
    """Return in how many minutes `key` (whose attempts are counted) or this address is heard again.

    At least one; allauth keeps the times of the attempts, the last first.
    """
    waits = [0.0]
    for rate in ratelimit.get_rates(app=_APP, action=_ACTION):
        counted = ratelimit.get_cache_key(request, app=_APP, action=_ACTION, rate=rate, key=key)
        attempts: list[float] = cache.get(counted, [])
        if len(attempts) >= rate.amount:
            waits.append(attempts[rate.amount - 1] + rate.duration - time.time())
    return max(1, ceil(max(waits) / 60))


def forgive(request: HttpRequest, key: str) -> None:
    """Forget the failed attempts of `key` and of this address."""
    ratelimit.clear(request, app=_APP, action=_ACTION, key=key)
