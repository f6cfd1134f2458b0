"""What unfolds under an entry: the words that it quotes come first."""

from __future__ import annotations

import msgspec

from sourcier.publish.links import Links
from sourcier.publish.proof import proof
from sourcier.publish.view import View
from sourcier.types import EntryText
from tests.publish.sumy import sumy


def test_the_words_that_an_entry_quotes_unfold_first() -> None:
    story = sumy()
    entry = max(
        story.entries, key=lambda one: len({story.claims[key].capture for key in one.claims})
    )
    captures = {story.claims[key].capture: story.claims[key] for key in entry.claims}
    assert len(captures) > 1
    for capture, claim in captures.items():
        text = EntryText(headline="Said", body=f"« {claim.quote} »")
        quoting = msgspec.structs.replace(entry, texts={"fr": text})
        first = proof(View(story, "fr", Links("", story.slug, "fr", "fr")), quoting).figures[0]
        told = "".join(run.text for run in first.runs)
        assert claim.quote in told, capture
