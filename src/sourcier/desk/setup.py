"""Make a data folder ready to work in: its key, its tables, its users."""

from __future__ import annotations

import os
from pathlib import Path

from sourcier.desk import secret
from sourcier.desk.people.rights import Role
from sourcier.problems import InputError


def prepare(data: Path | str) -> None:
    """Set Django up on the data folder `data`, which is made if need be, and bring its tables up to date.

    Call it once a process, before anything else of the desk is imported. RuntimeError where Django
    already runs on another folder; InputError where the database can't be used.
    """
    folder = Path(data).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    secret.ensure(folder)
    os.environ["SOURCIER_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sourcier.desk.settings")

    from dj_database_url import ParseError, UnknownSchemeError
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    try:
        if folder != settings.DATA:
            raise RuntimeError(f"the desk already works in {settings.DATA}")
        _bring_up()
    except (ParseError, UnknownSchemeError) as error:
        raise _unusable(
            "bad_address", "no database's address; one is postgres://USER@HOST/NAME"
        ) from error
    except ImproperlyConfigured as error:
        missing = "psycopg" in str(error)
        message = (
            "PostgreSQL needs an extra: pip install 'sourcier[postgres]'" if missing else str(error)
        )
        raise _unusable("no_driver", message) from error
    except OperationalError as error:
        raise _unusable("no_database", str(error)) from error


def _bring_up() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def _unusable(code: str, message: str) -> InputError:
    """Return what to raise about the database; its address may hold a password and is not repeated."""
    named = os.environ.get("SOURCIER_DATABASE")
    where = "SOURCIER_DATABASE" if named else "the data folder's database"
    return InputError(where, code, message)


def empty() -> None:
    """Empty a database that holds the demonstration's stories; InputError where it holds others."""
    from django.core.management import call_command
    from django.utils import timezone

    from sourcier.desk import store

    real = [slug for slug, _ in store.stories() if not store.outline(slug, now=timezone.now()).demo]
    if real:
        message = f"it holds {real[0]!r}, a story that is no demonstration: name another database"
        raise _unusable("not_empty", message)
    call_command("flush", verbosity=0, interactive=False)


def ensure_user(name: str, password: str, role: Role = "administrator") -> None:
    """Give the user `name` this password, and this role in all stories; make them if need be."""
    from sourcier.desk.store import save_user

    save_user(name, password, role)
