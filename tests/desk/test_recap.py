"""The recap of a day: what it tells, in which order, and how the desk proposes it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from sourcier.desk import actions, models, store
from sourcier.desk.drafting.recap import POINTS, SHORT, recap
from sourcier.types import Entry, EntryText, Origin, Origins, Story
from tests.desk.conftest import SLUG, entry
from tests.desk.make import START, batch, capture, event, minute, reading, toll

DAY = date(2024, 11, 22)
DESK = f"/desk/{SLUG}/"


def story(*entries: Entry, languages: tuple[str, ...] = ("fr", "en")) -> Story:
    return Story(
        slug=SLUG, titles={}, zone="Europe/Paris", languages=languages, now=START, sequence=0,
        entries=entries,
    )  # fmt: skip


def told(key: str, **more: object) -> Entry:
    known: dict[str, object] = {"state": "published", "event": key}
    return entry(key, f"Fait {key}", "", **known | more)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def lines(*entries: Entry, language: str = "fr") -> list[str]:
    made = recap(story(*entries), DAY)
    return made.texts[language].body.splitlines() if made else []


def origins(count: int) -> Origins:
    one = Origin(key="o", name="o", captured=True, captures=())
    return Origins(origins=(one,) * count)


def test_what_matters_most_is_told_first() -> None:
    found = lines(
        told("said", kind="statement"),
        told("late", kind="occurrence", updated=minute(5)),
        told("many", kind="occurrence", origins=origins(3)),
        told("dead", kind="toll"),
        told("top", kind="text", pinned=True),
    )
    assert found == ["Fait top.", "Fait dead.", "Fait many.", "Fait late.", "Fait said."]


def test_an_event_is_told_once_and_what_was_withdrawn_never() -> None:
    found = lines(
        told("a", kind="toll", event="e1"),
        told("b", kind="occurrence", event="e1"),
        told("c", state="retracted"),
        told("d", kind="retraction"),
        told("e", kind="background"),
        told("f", event=None),
        told("g", event=None),
        told("h", state="corrected"),
    )
    assert sorted(found) == ["Fait a.", "Fait f.", "Fait g.", "Fait h."]


def test_a_day_is_one_of_the_storys_zone() -> None:
    midnight = START.replace(day=21, hour=23)  # 00:00 in Paris on the 22nd
    before = midnight - timedelta(minutes=1)
    assert lines(told("a", published=midnight, updated=midnight)) == ["Fait a."]
    assert lines(told("a", published=before, updated=before)) == []
    assert lines(told("a", published=before, updated=midnight)) == ["Fait a."]


def test_a_short_body_comes_with_its_headline() -> None:
    caution = EntryText(headline="Deux morts, selon le maire", body="Bilan\nprovisoire.")
    long = EntryText(headline="Vraiment ?", body="x" * (SHORT + 1))
    made = lines(told("a", texts={"fr": caution}), told("b", texts={"fr": long}))
    assert sorted(made) == ["Deux morts, selon le maire. Bilan provisoire.", "Vraiment ?"]


def test_a_language_tells_what_was_written_in_it() -> None:
    both, one = told("a"), told("b", texts={"fr": EntryText(headline="Seul")})
    made = recap(story(both, one, languages=("fr", "en", "uk")), DAY)
    assert made and sorted(made.texts) == ["en", "fr"]
    assert plain(made.texts["fr"].headline) == "Ce qu’il faut retenir du 22 novembre"
    assert made.texts["en"].body == "A headline."


@pytest.mark.parametrize(
    ("language", "headline"),
    [("uk", "Головне за 22 листопада"), ("ru", "Главное за 22 ноября"), ("en", "22 November")],
)
def test_the_day_is_named_in_each_language(language: str, headline: str) -> None:
    one = told("a", texts={language: EntryText(headline="…")})
    made = recap(story(one, languages=(language,)), DAY)
    assert made and headline in plain(made.texts[language].headline)


def test_a_recap_is_short_and_rests_on_what_its_entries_rest_on() -> None:
    many = [told(f"n{n}", claims=(f"c{n}", "shared")) for n in range(POINTS + 3)]
    made = recap(story(*many), DAY)
    assert made and len(made.texts["fr"].body.splitlines()) == POINTS
    assert len(made.claims) == len(set(made.claims)) == POINTS + 1


def test_nothing_told_makes_no_recap() -> None:
    assert recap(story(), DAY) is None
    assert recap(story(told("a")), date(2024, 11, 23)) is None


@pytest.fixture
def published(story: str) -> str:
    """Two events, each with an entry on the page that tells its figure."""
    for n, (figure, words) in enumerate([("Trois", 3), ("Cinq", 5)]):
        source = capture(f"s{n}", f"{figure} morts à Trois-Ponts.", at=n)
        claim = toll(source, f"t{n}", f"{figure} morts", words)
        store.save_captures(SLUG, [source])
        store.save_readings(SLUG, [reading(source, claim)])
        store.save_woven(SLUG, batch(events=[event(claim, key=f"e{n}")]), minute(n))
        headline = f"{figure} morts à Trois-Ponts"
        made = entry(f"x{n}", headline, kind="toll", event=f"e{n}", claims=(claim.id,))
        actions.publish(made, who="ines", now=minute(10 + n))
    return story


def form(page: str) -> dict[str, object]:
    """Return what the composer would send."""
    text = re.search(r'name="text-fr"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    ticked = re.findall(r'name="claim" value="(\w+)"[^>]* checked', page)
    kind = re.search(r'<option value="(\w+)" selected', page)
    assert text and kind
    return {"text-fr": text.group(1).strip(), "claim": ticked, "kind": kind.group(1)}


def test_the_desk_proposes_a_recap_whose_figures_are_all_carried(
    editor: Client, published: str
) -> None:
    page = editor.get(f"{DESK}recap?day=2024-11-22").text
    made = form(page)
    assert made["kind"] == "recap"
    assert made["claim"] == ["t0", "t1"]
    assert "Trois morts à Trois-Ponts." in str(made["text-fr"])
    proof = page.partition('class="proof"')[2].partition("</p>")[0]
    assert proof.count('class="bnd"') == 3
    assert "unb" not in proof
    assert not models.EntryVersion.objects.filter(record__kind="recap").exists()


def test_a_recap_is_kept_with_its_claims_and_opened_again(editor: Client, published: str) -> None:
    made = form(editor.get(f"{DESK}recap?day=2024-11-22").text)
    sent = {**made, "do": "publish", "event": "", "entry": "new", "seen": ""}
    there = editor.post(f"{DESK}act", sent)
    assert there.status_code == 302
    kept = next(e for e in store.story(SLUG, now=minute(60)).entries if e.kind == "recap")
    assert kept.claims == ("t0", "t1")
    again = form(editor.get(there["Location"]).text)
    assert again["claim"] == ["t0", "t1"]


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2024-11-21", "", "x", "0001-01-01", "9999-12-31", "2024-13-01"])
def test_a_day_without_news_is_said_to_be(editor: Client, published: str, day: str) -> None:
    answer = editor.get(f"{DESK}recap", {"day": day})
    assert answer.status_code == 404
    assert "ce jour-là" in answer.text


def test_claims_of_another_story_are_not_shown(editor: Client, published: str) -> None:
    store.open_story("other", {"fr": "Autre"}, zone="UTC", languages=("fr",), now=START)
    source = capture("far", "Neuf morts ailleurs.")
    store.save_captures("other", [source])
    store.save_readings("other", [reading(source, toll(source, "far-t", "Neuf morts", 9))])
    sent = {"entry": "new", "claim": ["far-t"], "text-fr": "Neuf morts"}
    assert 'class="unb"' in editor.post(f"{DESK}proof", sent).text
