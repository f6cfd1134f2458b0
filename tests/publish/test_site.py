"""A frozen story opens from disk."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from sourcier import jsonl
from sourcier.publish.site import write_site
from sourcier.publish.taken import write_formats
from sourcier.types import Claim
from tests.publish.sumy import sumy
from tests.publish.trees import tree


@pytest.mark.slow
def test_every_file_that_the_pages_link_to_is_written(tmp_path: Path) -> None:
    written = write_site(sumy(), tmp_path / "site", ("fr", "en"))
    names = {path.name for path in written}
    assert {
        "index.html",
        "index.en.html",
        "claims.jsonl",
        "e-a4.v1.fr.html",
        "e-a5.v2.en.html",
    } <= names
    for path in written:
        if path.suffix != ".html":
            continue
        shown = tree(path.read_text(encoding="utf-8"))
        for href in shown.xpath("//a/@href"):
            file, _, fragment = href.partition("#")
            assert not file or file in names, f"{path.name}: {href}"
            if not fragment and not file:
                raise AssertionError(href)
            target = tree((path.parent / (file or path.name)).read_bytes()) if fragment else None
            assert target is None or target.xpath(f"//*[@id='{fragment}']"), f"{path.name}: {href}"


def test_a_frozen_page_streams_nothing_and_brings_its_policy(tmp_path: Path) -> None:
    write_site(sumy(), tmp_path, ("fr",))
    shown = tree((tmp_path / "index.html").read_text(encoding="utf-8"))
    assert '"live":""' in shown.get_element_by_id("fil").get("data-cfg")
    assert shown.xpath("//form/@action") == ["search.html"]
    policy = shown.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "default-src 'none'" in policy
    assert "frame-ancestors" not in policy


def test_the_claims_come_along(tmp_path: Path) -> None:
    write_site(sumy(), tmp_path, ("fr",))
    lines = (tmp_path / "claims.jsonl").read_bytes().splitlines()
    claim: Any = Claim  # a union, which is no class
    found = [jsonl.decode(line, claim) for line in lines]
    assert found == list(sumy().claims.values())


def test_a_served_folder_holds_the_formats_and_what_they_lead_to(tmp_path: Path) -> None:
    folder, base = tmp_path / "soumy", "https://fichiers.example/direct"
    pages = write_site(sumy(), folder, sumy().languages)
    made = write_formats(sumy(), folder, base, print)
    names = {str(path.relative_to(folder)) for path in (*pages, *made)}
    assert {"feed.atom", "feed.en.atom", "ninjs.json", "ninjs.en.json"} <= names
    for path in made:
        for found in re.findall(rf"{base}/soumy/([^\s\"'<>#\\]*)", path.read_text("utf-8")):
            assert found in names, f"{path.name}: {found}"
