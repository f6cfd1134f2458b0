"""The desk and readers' pages as an ASGI application; `setup.prepare` comes first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from django.core.asgi import get_asgi_application

application: Callable[..., Awaitable[None]] = get_asgi_application()
