"""A page that took our words comes back in: it descends from what they rest on, and confirms nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from sourcier.desk import actions, clock, store
from sourcier.gather.canonical import make_capture
from sourcier.gather.page import article
from sourcier.gather.state import Door
from sourcier.publish.formats.pack import Item, pack
from sourcier.publish.links import Links, WebFileLinks, WebFolderLinks
from sourcier.publish.view import View
from sourcier.run.engine import Engine
from sourcier.types import Capture, Copy, EntryText, Source

START = datetime(2024, 11, 22, 6, 0, tzinfo=UTC)
SLUG = "soumy"
WIRE = "Au moins deux personnes ont été tuées vendredi à Soumy par une frappe de drone, a annoncé le maire."
PAGE = """<html lang="fr"><head>{head}<title>Nuit de frappes</title></head><body><article>
<h1>Nuit de frappes</h1><p>Voici ce que nous savons ce matin de la nuit passée dans le nord du pays, où la
population est restée aux abris pendant plusieurs heures.</p>{body}<p>La rédaction suit la situation et
complétera cet article dans la journée, au fil des informations qui nous parviendront.</p>
</article></body></html>"""


@pytest.fixture
def engine(db: None) -> Iterator[Engine]:
    store.open_story(
        SLUG, {"fr": "Soumy"}, zone="Europe/Paris", languages=("fr", "en", "uk", "ru"), now=START
    )
    clock.use(lambda: START + timedelta(hours=2))
    actions.start_rules(SLUG, autopublish=True, now=START)
    engine = Engine()
    wire = make_capture(
        text=WIRE, published=START, retrieved=START, publisher="Agence Galet", role="agency",
        zone="Europe/Paris", language="fr", dispatch="galet-1",
    )  # fmt: skip
    engine.take(SLUG, [wire], START)
    yield engine
    clock.use()


def ours(language: str = "fr", links: type[Links] = Links) -> Item:
    """Return our entry as it is handed out."""
    story = store.story(SLUG, now=START + timedelta(minutes=1))
    made = pack(View(story, language, links("https://direct.example/", SLUG, language, "fr"))).items
    return next(item for item in made if item.springs)


def come_back(engine: Engine, head: str = "", body: str = "") -> tuple[Capture, Copy]:
    """Take a page of another outlet in, as the door of pages reads it; return what it is a copy of."""
    url = "https://vigie.example/nuit"
    source = Source(id="vigie", kind="page", url=url, publisher="La Vigie", zone="Europe/Paris")
    found = article(PAGE.format(head=head, body=body).encode(), url, source.zone)
    later = START + timedelta(hours=1)
    capture = Door().turn(found, source, later)
    assert capture is not None
    engine.take(SLUG, [capture], later)
    story = store.everything(SLUG, now=later)
    return story.captures[capture.id], story.copies[capture.id]


def confirmed() -> list[str]:
    story = store.everything(SLUG, now=START + timedelta(hours=2))
    assert all(len(event.origins.origins) <= 1 for event in story.events.values())
    return [change.id for change in story.changes if change.kind == "claim_corroborated"]


@pytest.mark.slow
@pytest.mark.parametrize("door", ["html", "credit", "address"])
def test_words_that_carry_our_credit_descend_from_its_capture(engine: Engine, door: str) -> None:
    item = ours()
    relay = item.springs[0].relays[0]
    body = {
        "html": str(item.html),
        "credit": f"<p>Deux personnes ont été tuées à Soumy. {item.credit}</p>",
        "address": f"<p>Deux morts à Soumy, lit-on sur {item.address} ce matin.</p>",
    }[door]
    capture, copy = come_back(engine, body=body)
    assert copy.origin == relay.capture
    shown: Any = [why for why in copy.why if why.span]
    assert (shown and all(why.capture == capture.id for why in shown)) or door == "address"
    assert confirmed() == []


@pytest.mark.slow
@pytest.mark.parametrize("door", ["canonical", "urn", "jsonld"])
def test_a_page_that_declares_us_descends_from_our_captures(engine: Engine, door: str) -> None:
    item = ours()
    capture = item.springs[0].relays[0].capture
    linked = (
        '<script type="application/ld+json">{{"@type": "NewsArticle", "isBasedOn": {}}}</script>'
    )
    head = {
        "canonical": f'<link rel="canonical" href="{item.address}">',
        "urn": linked.format(f'"{item.urn}"'),
        "jsonld": linked.format(f'[{{"@type": "CreativeWork", "identifier": "sha256:{capture}"}}]'),
    }[door]
    body = "<p>Deux personnes ont été tuées vendredi à Soumy.</p>"
    _, copy = come_back(engine, head, body)
    assert copy.origin == capture
    assert confirmed() == []


TRANSLATED = {
    "en": "Two people were killed in Sumy on Friday.",
    "uk": "Двоє людей загинули в Сумах у п'ятницю.",
    "ru": "Два человека погибли в Сумах в пятницу.",
}


@pytest.mark.slow
@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("kept", ["whole", "digits", "address"])
def test_a_translation_or_a_cut_copy_is_known_by_what_is_left_of_its_credit(
    engine: Engine, language: str, kept: str
) -> None:
    item = ours(language)
    left = {
        "whole": item.credit,
        "digits": item.credit.partition(")")[0] + ")",
        "address": item.address,
    }[kept]
    _, copy = come_back(engine, body=f"<p>{TRANSLATED[language]} {left}</p>")
    assert copy.origin == item.springs[0].relays[0].capture
    assert confirmed() == []


@pytest.mark.slow
@pytest.mark.parametrize("links", [WebFileLinks, WebFolderLinks])
@pytest.mark.parametrize("end", [" ce matin.", "."])
def test_the_addresses_of_a_folder_are_ours_too(
    engine: Engine, links: type[Links], end: str
) -> None:
    item = ours("en", links)
    _, copy = come_back(engine, body=f"<p>Deux morts à Soumy, lit-on sur {item.address}{end}</p>")
    assert copy.origin == item.springs[0].relays[0].capture
    assert confirmed() == []


UNSIGNED = (
    "Notre envoyée spéciale a compté onze fenêtres brisées sur la façade du lycée et recueilli le récit "
    "de la gardienne, réveillée par le souffle un peu avant quatre heures du matin."
)


def write(texts: dict[str, str], *, at: datetime) -> None:
    """Let an editor rewrite our first entry."""
    story = store.story(SLUG, now=at)
    entry = next(entry for entry in story.entries if entry.claims)
    made = {code: EntryText(headline="Nuit de frappes", body=body) for code, body in texts.items()}
    actions.publish(replace(entry, texts=made), who="editor", now=at)


@pytest.mark.parametrize("resumed", [False, True])
def test_our_words_are_known_again_where_nobody_names_us(engine: Engine, resumed: bool) -> None:
    write({"fr": UNSIGNED}, at=START + timedelta(minutes=5))
    behind = ours().springs[0].relays[0].capture
    told = "<p>Au moins deux personnes ont été tuées vendredi à Soumy par une frappe de drone.</p>"
    capture, copy = come_back(Engine() if resumed else engine, body=f"<p>{UNSIGNED}</p>{told}")
    assert [credit.url for credit in capture.credits] == [f"sha256:{behind}"]
    assert copy.origin == behind
    assert confirmed() == []


def test_what_the_desk_wrote_by_itself_is_known_again(engine: Engine) -> None:
    behind = ours("en").springs[0].relays[0].capture
    text = store.story(SLUG, now=START + timedelta(minutes=1)).entries[0].texts["en"]
    capture, copy = come_back(engine, body=f"<p>{text.headline}</p><p>{text.body}</p>")
    assert [credit.url for credit in capture.credits] == [f"sha256:{behind}"]
    assert copy.origin == behind
    assert confirmed() == []


@pytest.mark.parametrize(
    "body",
    [
        "Deux personnes tuées à Soumy par une frappe de drone, annonce le maire.",
        "Notre envoyée spéciale a compté onze fenêtres brisées.",  # less than half
        f"Dans un communiqué, le maire a écrit : « {WIRE} »",  # theirs, not ours
    ],
)
def test_who_has_the_same_source_takes_nothing_from_us(engine: Engine, body: str) -> None:
    write({"fr": f"{UNSIGNED} L’agence écrit : « {WIRE} »"}, at=START + timedelta(minutes=5))
    capture = make_capture(
        text=body, published=START + timedelta(hours=1), retrieved=START + timedelta(hours=1),
        publisher="La Vigie", zone="Europe/Paris", language="fr", dispatch="vigie-1",
    )  # fmt: skip
    engine.take(SLUG, [capture], START + timedelta(hours=1))
    kept = store.everything(SLUG, now=START + timedelta(hours=1)).captures[capture.id]
    assert kept.credits == ()


def test_who_told_it_before_us_took_nothing_from_us(engine: Engine) -> None:
    write({"fr": UNSIGNED}, at=START + timedelta(minutes=30))
    capture = make_capture(
        text=UNSIGNED, published=START + timedelta(minutes=10), retrieved=START + timedelta(hours=1),
        publisher="La Vigie", zone="Europe/Paris", language="fr", dispatch="vigie-1",
    )  # fmt: skip
    engine.take(SLUG, [capture], START + timedelta(hours=1))
    kept = store.everything(SLUG, now=START + timedelta(hours=1)).captures[capture.id]
    assert kept.credits == ()
