"""A data folder is made ready in a process of its own, as the commands do."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from sourcier.desk import clock, secret, store
from sourcier.desk.people import roles
from sourcier.desk.setup import ensure_user
from tests.desk.make import START

# Twice the same folder is once; another one is refused.
PREPARE = """
from sourcier.desk.setup import ensure_user, prepare
prepare({folder!r})
prepare({folder!r})
try:
    prepare({folder!r} + "2")
except RuntimeError as error:
    print(error)
ensure_user("ines", "un mot de passe", "reader")
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("pragma journal_mode" if connection.vendor == "sqlite" else "select 'wal'")
    print(cursor.fetchone()[0])
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("new") / "data"


@pytest.fixture(scope="module")
def prepared(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PREPARE.format(folder=str(folder))],
        capture_output=True, text=True, timeout=120, check=False, cwd=folder.parent,
    )  # fmt: skip


@pytest.mark.slow
def test_prepare_makes_folder_key_and_tables_and_is_quiet(
    folder: Path, prepared: subprocess.CompletedProcess[str]
) -> None:
    assert (prepared.returncode, prepared.stderr) == (0, "")
    assert prepared.stdout.splitlines()[-1] == "wal"
    key = folder / "secret-key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(key.read_text()) > 40


def test_a_key_that_is_there_stays(tmp_path: Path) -> None:
    secret.ensure(tmp_path)
    kept = secret.read(tmp_path)
    secret.ensure(tmp_path)
    assert secret.read(tmp_path) == kept
    assert secret.read(tmp_path / "elsewhere") != secret.read(tmp_path / "elsewhere")


def test_one_process_works_in_one_folder(
    folder: Path, prepared: subprocess.CompletedProcess[str]
) -> None:
    assert prepared.stdout.splitlines()[:-1] == [f"the desk already works in {folder}"]


def test_a_user_made_again_takes_the_new_password_and_role(db: None) -> None:
    ensure_user("ines", "un mot de passe", "editor")
    ensure_user("ines", "un autre mot", "reader")
    user = User.objects.get(username="ines")
    assert user.check_password("un autre mot")
    assert not roles.may(user, "publish", "")


def test_a_role_must_be_one(db: None) -> None:
    with pytest.raises(ValueError, match="no role 'king'"):
        store.save_user("ines", "un mot de passe", "king")  # type: ignore[arg-type]


def test_the_clock_can_be_set_and_given_back() -> None:
    clock.use(lambda: START)
    assert clock.now() == START
    clock.use()
    assert clock.now() > START
