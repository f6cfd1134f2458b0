"""A capture's claims marked in its text."""

from __future__ import annotations

from typing import Any

import msgspec

from sourcier.publish.marked import render_marked, segments
from tests.publish.sumy import sumy
from tests.publish.trees import tree


def wire() -> tuple[Any, list[Any]]:
    story = sumy()
    capture = next(c for c in story.captures.values() if c.dispatch == "wire")
    return capture, [claim for claim in story.claims.values() if claim.capture == capture.id]


def test_the_whole_text_stands_with_its_claims_marked() -> None:
    capture, claims = wire()
    page = tree(render_marked(capture, claims, "fr"))
    article = page.xpath("//article")[0]
    numbers = article.xpath(".//a[@class='n']")
    assert [number.text for number in numbers] == [str(n + 1) for n in range(len(claims))]
    for number in numbers:
        number.text = ""
    shown = [paragraph.text_content() for paragraph in article.xpath("./p")]
    assert shown == [line for line in capture.text.splitlines() if line]
    listed = [quote.text for quote in page.xpath("//ol[@class='claims']//q")]
    assert sorted(listed) == sorted(claim.quote for claim in claims)
    assert page.xpath("//li[@id='c1']//b/text()") == ["bilan"]


def test_overlapping_claims_lose_no_letter() -> None:
    capture, claims = wire()
    text = capture.text
    wide = msgspec.structs.replace(claims[0], span=(0, len(text)), quote=text)
    found = list(segments(text, [wide, *claims], 0, len(text)))
    assert "".join(segment.text for segment in found) == text
    assert all(1 in segment.numbers for segment in found)
    assert max(len(segment.numbers) for segment in found) >= 2


def test_hostile_text_and_spans_beyond_it_do_no_harm() -> None:
    capture, claims = wire()
    hostile = msgspec.structs.replace(
        capture, text="<script>alert(1)</script>", title="<b>", publisher='"><i>'
    )
    page = tree(render_marked(hostile, claims, "xx"))
    assert not page.xpath("//script | //i | //h1/b")
    assert "<script>alert(1)</script>" in page.text_content()
    assert page.get("lang") == "en"


def test_a_text_without_claims_says_so() -> None:
    capture, _ = wire()
    assert "Aucune affirmation dans ce texte." in render_marked(capture, [], "fr")
