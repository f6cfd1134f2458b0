"""The official examples of ninjs, NewsML-G2 and CAP, damaged: captures and problems, nothing is raised."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from sourcier.types import SourceKind

from .test_any_bytes import EXAMPLES, opened

_SCHEMAS = Path(os.environ.get("SOURCIER_SHARED", ""), "schemas")
_KINDS: dict[SourceKind, list[Path]] = {
    "ninjs": sorted((_SCHEMAS / "ninjs" / "test_suite").rglob("*.json")),
    "newsml": sorted((_SCHEMAS / "newsml-g2").glob("LISTING_*.xml")),
    "cap": sorted((_SCHEMAS / "cap" / "examples").glob("*.*")),
}
_EXAMPLES = [(kind, path) for kind, paths in _KINDS.items() for path in paths]

Damage = Callable[[bytes], bytes]


def _list_of(node: Any) -> Iterator[Any]:
    """Yield the objects and lists within a value of JSON that are not empty."""
    if isinstance(node, dict | list) and node:
        yield node
        for each in list(node.values() if isinstance(node, dict) else node):
            yield from _list_of(each)


def _json(place: float, how: str, other: float) -> Damage:
    def damage(body: bytes) -> bytes:
        told = json.loads(body)
        nodes = list(_list_of(told))
        if not nodes:
            return body
        node = nodes[int(place * len(nodes))]
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        key = keys[int(other * len(keys))]
        if how == "drop":
            del node[key]
        elif how == "double":
            node[key] = [node[key], node[key]]
        elif how == "swap":
            node[key], node[keys[0]] = node[keys[0]], node[key]
        else:
            node[key] = {"number": 7, "null": None}.get(how, [{"value": how}])
        return json.dumps(told).encode()

    return damage


def _xml(place: float, how: str, other: float) -> Damage:
    def damage(body: bytes) -> bytes:
        root = etree.fromstring(body)
        nodes = [one for one in root.iter() if isinstance(one.tag, str)]
        node = nodes[int(place * len(nodes))]
        parent = node.getparent()
        if how == "null":
            node.text = None
        elif how == "number":
            node.attrib.clear()
        elif parent is not None and how == "drop":
            parent.remove(node)
        elif how == "swap":
            node[:] = sorted(node, key=lambda one: hash((str(one.tag), other)))
        elif parent is not None:
            parent.append(etree.fromstring(etree.tostring(node, with_tail=False)))
        return etree.tostring(root)

    return damage


def _cut(place: float, how: str, other: float) -> Damage:
    def damage(body: bytes) -> bytes:
        start, length = int(place * len(body)), int(other * 200)
        return body[:start] if how == "drop" else body[:start] + body[start + length :]

    return damage


_HOW = st.sampled_from(["drop", "double", "swap", "number", "null", "list"])
_TOUCH = st.tuples(st.sampled_from([0, 1, 1]), st.floats(0, 0.999), _HOW, st.floats(0, 0.999))


@pytest.mark.parametrize(
    ("kind", "path"),
    _EXAMPLES or [("ninjs", None)],
    ids=lambda value: value if isinstance(value, str) else value and value.stem,
)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(touches=st.lists(_TOUCH, min_size=1, max_size=4))
def test_damaged(kind: SourceKind, path: Path | None, tmp_path: Path, touches: Any) -> None:
    if path is None:
        pytest.skip("SOURCIER_SHARED names no folder with the official examples")
    body = path.read_bytes()
    for structure, *how in touches:
        apart = (_json if kind == "ninjs" else _xml)(*how)
        try:
            body = apart(body) if structure else _cut(*how)(body)
        except (ValueError, etree.XMLSyntaxError):
            body = _cut(*how)(body)
    file = tmp_path / f"a{'.json' if kind == 'ninjs' else '.xml'}"
    file.write_bytes(body)
    assert isinstance(opened(kind, str(tmp_path), body), list)
