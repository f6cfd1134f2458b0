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
    call_command("createcachetable", verbosity=0)
    from sourcier.desk.store import fill

    fill()


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


def first_link(base: str) -> str:
    """Return a link of one use, for a day, by which somebody becomes the administrator of this desk.

    Empty where somebody administers it already. `base` is the desk's address, with its last slash.
    Links made before and not used are revoked: a desk that is started again shows one that works.
    """
    from django.db import transaction

    from sourcier.desk import clock, store

    with transaction.atomic():
        if store.administrators():
            return ""
        store.revoke_links_of("", clock.real())
        return invitation_link(base, "administrator", days=1)


def invitation_link(base: str, role: Role, *, days: float, note: str = "") -> str:
    """Return a link of one use with which somebody becomes a user with `role` in all stories."""
    from django.urls import reverse

    from sourcier.desk import actions, clock

    token = actions.invite(role, "", note=note, days=days, who="", now=clock.real())
    return base + reverse("desk-invited", args=[token]).removeprefix("/")


def renewal_link(base: str, user: str) -> str:
    """Return a link with which `user` takes a new password. Raises actions.NoSuchUserError."""
    from django.urls import reverse

    from sourcier.desk import actions, clock

    token = actions.renew(user, who="", now=clock.real())
    return base + reverse("desk-invited", args=[token]).removeprefix("/")
