"""The connection of a thread that works for long."""

from __future__ import annotations

from django.db import close_old_connections, connection


def renew_connection() -> None:
    """Let go of a connection that the database may have closed meanwhile: the next query opens one."""
    if not connection.in_atomic_block:
        close_old_connections()
