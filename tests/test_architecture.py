"""Who may import whom: the flow gather → read → weave → desk → publish holds in the code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "sourcier"

# What each room may import of the others (its own modules and the ground floor are always allowed).
GROUND = {"types", "problems", "jsonl", "messages", "languages"}
ROOMS: dict[str, set[str]] = {
    "types": set(),
    "gather": set(),
    "read": set(),
    "weave": set(),
    "publish": set(),
    "desk": {"read", "publish", "weave"},
    "demo": {"gather"},
    "run": {"gather", "read", "weave", "desk", "publish", "demo"},
    "commands": {"gather", "read", "weave", "desk", "publish", "demo", "run"},
}
NETWORK = {"httpx", "socket", "urllib.request", "http.client", "requests", "asyncio"}
PURE = ("read", "weave")
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "sleep"}


def modules(room: str) -> list[Path]:
    return sorted((SOURCE / room).rglob("*.py"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Return all nodes of a module, each file being parsed once."""
    return tuple(ast.walk(ast.parse(path.read_text("utf-8"))))


def imports(path: Path) -> Iterator[str]:
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_flows_into_it(room: str) -> None:
    allowed = ROOMS[room] | GROUND | {room}
    for path in modules(room):
        for name in imports(path):
            parts = name.split(".")
            if parts[0] == "sourcier" and len(parts) > 1 and (SOURCE / parts[1]).exists():
                assert parts[1] in allowed, f"{path.relative_to(SOURCE)} imports {name}"


def test_only_gather_reaches_the_network() -> None:
    for room in ("types", "read", "weave", "demo"):
        for path in modules(room):
            reached = NETWORK & set(imports(path))
            assert not reached, f"{path.relative_to(SOURCE)} imports {reached}"
    for path in [*modules("desk"), *modules("publish")]:
        assert not {"httpx", "requests", "urllib.request"} & set(imports(path)), path


def test_only_the_desk_and_the_loop_know_django() -> None:
    for room in ("types", "gather", "read", "weave", "publish", "demo"):
        for path in modules(room):
            names = [name for name in imports(path) if name.split(".")[0] == "django"]
            assert not names, f"{path.relative_to(SOURCE)} imports {names}"


SCREENS = {
    "": set(),
    "wall": {""},
    "entry": {"", "wall"},
    "managing": {"", "wall", "entry"},
}
"""What each room of the desk's screens may import of the others; "" is what stands round all of them."""


def test_screens_stand_on_each_other_in_one_order() -> None:
    root = SOURCE / "desk" / "screens"
    for path in modules("desk/screens"):
        here = path.parent.name if path.parent != root else ""
        for name in imports(path):
            module, _, rest = name.partition("sourcier.desk.screens.")
            room = rest.split(".")[0]
            if not module and rest and (root / room).is_dir():
                assert room in SCREENS[here] | {here}, f"{path.relative_to(SOURCE)} imports {name}"


def test_queries_live_in_the_store() -> None:
    for path in modules("desk"):
        if {"migrations", "store", "models"} & set(path.parts):
            continue
        for node in nodes(path):
            touches = isinstance(node, ast.Attribute) and node.attr in {"objects", "cursor"}
            assert not touches, f"{path.relative_to(SOURCE)}:{getattr(node, 'lineno', 0)} queries"


@pytest.mark.parametrize("room", PURE)
def test_the_pure_rooms_have_no_clock_and_no_files(room: str) -> None:
    for path in modules(room):
        for node in nodes(path):
            if not isinstance(node, ast.Call):
                continue
            called = node.func
            if isinstance(called, ast.Attribute) and called.attr in CLOCKS:
                owner = ast.unparse(called.value)
                assert owner not in {"datetime", "date", "time"}, (
                    f"{path}:{node.lineno} asks the clock"
                )
            if isinstance(called, ast.Name) and called.id in {"print", "input"}:
                raise AssertionError(f"{path}:{node.lineno} does I/O")


def test_html_lives_in_templates_and_publish() -> None:
    for room in ("types", "gather", "read", "weave", "run", "commands", "demo"):
        for path in modules(room):
            for node in nodes(path):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    assert "</" not in node.value or "<" not in node.value.split("</")[0], path
