"""Django's settings for the desk."""

from __future__ import annotations

SECRET_KEY = "replaced when the desk is built"  # noqa: S105
INSTALLED_APPS: list[str] = []
USE_TZ = True
