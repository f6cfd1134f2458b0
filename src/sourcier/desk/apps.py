"""The desk as an application of Django's."""

# allauth comes with types but without the marker that says so.

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Nothing but what must listen from the start."""

    name = "sourcier.desk"

    def ready(self) -> None:
        """Write down who enters."""
        from sourcier.desk.people import journal  # noqa: F401 - its receivers listen once it is read
