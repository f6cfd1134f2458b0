"""Make a data folder ready to work in: its key, its tables, its users."""

from __future__ import annotations

import os
from pathlib import Path

from sourcier.desk import secret
from sourcier.desk.people.rights import Role


def prepare(data: Path | str) -> None:
    """Set Django up on the data folder `data`, which is made if need be, and bring its tables up to date.

    Call it once a process, before anything else of the desk is imported. RuntimeError where Django
    already runs on another folder.
    """
    folder = Path(data).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    secret.ensure(folder)
    os.environ["SOURCIER_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sourcier.desk.settings")

    import django
    from django.conf import settings
    from django.core.management import call_command

    if folder != settings.DATA:
        raise RuntimeError(f"the desk already works in {settings.DATA}")
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def ensure_user(name: str, password: str, role: Role = "administrator") -> None:
    """Give the user `name` this password, and this role in all stories; make them if need be."""
    from sourcier.desk.store import save_user

    save_user(name, password, role)
