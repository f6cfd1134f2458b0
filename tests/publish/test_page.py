"""The live page: what stands on it, that it is safe, and that it is light."""

from __future__ import annotations

import gzip
import re
from base64 import b64encode
from datetime import timedelta
from hashlib import sha256
from typing import Any

import msgspec
import pytest

from sourcier.publish.page import render_entry_page, render_page
from sourcier.publish.view import SHOWN
from sourcier.types import Capture, Entry, EntryText, Story
from tests.publish.sumy import sumy
from tests.publish.trees import tree
from tests.publish.wajima import wajima


def parsed(story: Story, language: str = "fr", **options: Any) -> Any:
    return tree(render_page(story, language, **options).html)


def words(node: Any) -> str:
    return re.sub(r"[\s\u00a0\u202f]+", " ", node.text_content()).strip()


@pytest.fixture(scope="module")
def page() -> Any:
    return parsed(sumy())


def test_the_feed_is_newest_first_and_cut_into_days(page: Any) -> None:
    ids = page.xpath("//div[@id='feed']//*[self::article or self::aside]/@id")
    assert ids == [f"e-a{n}" for n in (12, 11, 10, 9, 8, 5, 4, 3, 2, 1)]
    assert page.xpath("//div[@id='feed']/section/@id") == ["d-2024-11-22", "d-2024-11-21"]


def test_an_entry_tells_the_time_here_there_and_in_utc(page: Any) -> None:
    when = page.get_element_by_id("e-a11").xpath("./p[@class='when']")[0]
    assert words(when) == "07:50 Paris08:50 Soumy06:50 UTC"
    assert when.xpath("./time/@datetime") == ["2024-11-22T06:50Z"]


def test_captured_words_are_quoted_and_attributed(page: Any) -> None:
    entry = page.get_element_by_id("e-a11")
    body = entry.xpath("./div/p/q/text()")
    assert [quote.strip("«» \u202f") for quote in body] == [
        "au moins deux morts",
        "Dix personnes ont été blessées",
    ]
    assert words(entry.xpath(".//p[@class='by']")[0]).startswith(
        "Les autorités locales, d’après Agence Lanterne"
    )


def test_an_entry_unfolds_to_the_exact_words_their_path_and_the_count(page: Any) -> None:
    proof = page.get_element_by_id("e-a11").xpath(".//details")[0]
    assert words(proof.xpath("./summary")[0]) == "6 médias, 2 origines les mots exacts".replace(
        "s l", "sl"
    )
    marks = proof.xpath(".//figure[1]//mark/text()")
    assert marks == [
        "au moins deux morts",
        "les autorités locales",
        "Dix personnes ont été blessées",
    ]
    steps = [words(step) for step in proof.xpath(".//ol[@class='ch']/li")]
    assert steps[0] == "Les autorités locales de Soumyorigine, texte non capté"
    assert re.match(
        r"Agence Lanterne, 07:36, version 2capture 07:38 \(Paris\), empreinte [0-9a-f]{4} [0-9a-f]{4}$",
        steps[1],
    )
    assert (
        steps[2]
        == "4 reprises, dont La Vigie et Plein Nordde 07:41 à 07:47 ; même texte à 95 % et plus"
    )
    springs = [words(spring) for spring in proof.xpath(".//ul[@class='ind']/li/div")]
    assert springs[1] == "Radio Confluentn’invoque personne d’autre"
    facts = [words(fact) for fact in proof.xpath(".//dl[@class='fx']/dd")]
    assert facts[0] == "« vendredi » : 22 novembre 2024, au jour près"


def test_words_in_another_language_say_so(page: Any) -> None:
    source = page.get_element_by_id("e-a4").xpath(".//a[@class='s o']")[0]
    own = parsed(sumy(), opened="a4")  # what the page itself does not carry along
    quotes = own.get_element_by_id("e-a4").xpath(".//blockquote[@lang]")
    assert source.get("href") == "/soumy/e/a4"
    assert [quote.get("lang") for quote in quotes] == ["uk"]
    assert "Повітряна тривога триває" in words(quotes[0])


def test_the_delta_counts_circles_for_origins_and_ticks_for_dispatches(page: Any) -> None:
    figure = page.get_element_by_id("delta")
    big = figure.xpath("./svg")[0]
    assert len(big.xpath("./circle")) == 8
    assert len(big.xpath("./circle[@class='h']")) == 4
    ticks = big.xpath("./path[@class='tkb']/@d")[0].count("M")
    assert ticks + len(big.xpath("./circle[not(@class)]")) == 14  # one stands under two origins
    assert "14 dépêches, 8 origines." in words(figure)
    assert big.get("role") == "img"
    assert "14" in big.get("aria-label")


def test_an_open_alert_says_since_when_by_whom_and_how_old_it_is(page: Any) -> None:
    strip = words(page.get_element_by_id("strip"))
    assert "Alerte aérienne en vigueur à Soumy (ville)" in strip
    assert "06:00 à Soumy, 05:00 à Paris" in strip
    assert "avant 06:00, début inconnu" in strip
    assert "Taras Vilkhovy, maire, sur Telegram" in strip
    assert "aucune nouvelle observation depuis 3 h 47" in strip
    assert "missiles" not in strip


def test_without_open_alerts_there_is_no_strip() -> None:
    story = sumy()
    over = tuple(
        msgspec.structs.replace(a, end=story.now - timedelta(hours=5)) for a in story.alerts
    )
    assert (
        words(parsed(msgspec.structs.replace(story, alerts=over)).get_element_by_id("strip")) == ""
    )


def test_an_end_that_nobody_announced_is_called_inferred() -> None:
    story = sumy()
    end = story.now - timedelta(minutes=30)
    over = tuple(msgspec.structs.replace(a, end=end, inferred_end=True) for a in story.alerts)
    strip = words(parsed(msgspec.structs.replace(story, alerts=over)).get_element_by_id("strip"))
    assert "fin déduite à 08:17, personne ne l’a annoncée" in strip
    assert "en vigueur" not in strip


def test_key_points_hold_what_is_pinned_and_what_is_contradicted(page: Any) -> None:
    points = [words(point) for point in page.xpath("//*[@id='keys']//li")]
    assert points[0] == "Au moins deux morts et dix blessés à Soumy6 médias, 2 origines"
    assert points[1].startswith("Soumy : 10 à 12 blessés")
    assert "contradiction ouverte depuis 08:18" in points[1]


def test_a_ledger_keeps_every_figure_and_strikes_the_superseded(page: Any) -> None:
    killed = page.xpath("//*[@id='board']//div[@class='tl']")[0]
    assert words(killed.xpath("./p")[0]) == "au moins 2 morts"
    rows = [words(row) for row in killed.xpath(".//tbody/tr")]
    assert len(rows) == 2
    assert [words(struck) for struck in killed.xpath(".//del")] == ["« au moins un mort »"]
    chart = killed.xpath("./svg")[0]
    assert chart.xpath("./path[@class='ol']")
    assert chart.xpath("./path[@fill='url(#up)']")
    assert "au moins 1 à 05:47" in chart.get("aria-label").replace("\u00a0", " ")


def test_a_disputed_ledger_keeps_both_sides(page: Any) -> None:
    injured = page.xpath("//*[@id='board']//div[@class='tl']")[1]
    assert words(injured.xpath("./p")[0]) == "10 à 12 blessés provisoire"
    assert injured.xpath("./svg/path[@class='ct']")
    assert injured.xpath("./svg/path[@class='nl pv']")
    assert "Contradiction ouverte depuis 08:18" in words(injured.xpath("./p[@class='dis']")[0])


def test_a_vague_figure_keeps_its_word() -> None:
    board = parsed(wajima()).get_element_by_id("board")
    assert words(board.xpath(".//div[@class='tl']/p/q")[0]) == "« dizaines de blessés »"


def test_a_correction_shows_what_was_wrong_and_links_to_it(page: Any) -> None:
    corrected = page.get_element_by_id("e-a4").xpath(".//p[@class='cor']")[0]
    assert corrected.xpath(".//del/text()") == ["a pris fin"]
    assert corrected.xpath(".//ins/text()") == ["restait en vigueur"]
    assert corrected.xpath("./a/@href") == ["/soumy/e/a4?v=1"]


def test_a_retracted_entry_leaves_its_place_and_not_its_words(page: Any) -> None:
    stub = page.get_element_by_id("e-a5")
    assert words(stub).startswith("Entrée de 05:52 retirée à 07:12")
    assert "Un second quartier visé" not in words(page)


def test_the_day_before_opens_the_day(page: Any) -> None:
    recap = page.get_element_by_id("d-2024-11-21").xpath("./div[@class='day']")[0]
    assert words(recap.xpath("./h2")[0]) == "Jeudi 21 novembre, en bref"
    assert recap.xpath(".//a/@href") == ["#e-a1", "#e-a2"]


def test_the_map_draws_no_finer_than_the_source(page: Any) -> None:
    card = page.get_element_by_id("carte")
    assert len(card.xpath("./svg/circle[@class='rd']")) == 1
    assert card.xpath("./svg/path[@class='m0']")
    assert card.xpath("./svg/path[@class='m2']")
    assert "Le point marque la localité" in words(card)
    assert "Hors de la carte : Kazakhstan." in words(card)


def test_the_page_of_another_story_in_another_zone() -> None:
    page = parsed(wajima(), "en")
    when = page.get_element_by_id("e-w1").xpath("./p[@class='when']")[0]
    assert words(when) == "16:45 Tokyo07:45 UTC"
    assert page.xpath("/html/@lang") == ["en"]
    facts = words(page.get_element_by_id("e-w1").xpath(".//dl[@class='fx']")[0])
    assert "16:10 in Tokyo, 07:10 UTC" in facts


def test_a_past_page_has_a_banner_and_no_stream() -> None:
    story = msgspec.structs.replace(sumy(), live=False)
    page = parsed(story)
    assert "Page telle qu’elle était à 08:47" in words(page)
    assert not page.xpath("//p[@class='live']/b")
    assert '"live":""' in page.get_element_by_id("fil").get("data-cfg")


def test_every_link_within_the_page_has_its_target(page: Any) -> None:
    targets = set(page.xpath("//@id"))
    assert len(page.xpath("//@id")) == len(targets)
    for href in page.xpath("//a/@href"):
        assert not href.startswith("#") or href[1:] in targets, href


def test_an_empty_story_says_so() -> None:
    story = Story(
        slug="vide",
        titles={"fr": "Rien"},
        zone="UTC",
        languages=("fr",),
        now=sumy().now,
        sequence=0,
    )
    page = parsed(story)
    assert "Rien n’est encore publié" in words(page)
    assert not page.xpath("//form")


HOSTILE = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


def hostile() -> Story:
    story = sumy()
    captures = {
        key: msgspec.structs.replace(
            c, publisher=HOSTILE, url=f"javascript:{HOSTILE}", text=c.text + HOSTILE
        )
        for key, c in story.captures.items()
    }
    text = {
        code: EntryText(headline=HOSTILE, body=f"{HOSTILE}\n« {HOSTILE} »") for code in ("fr", "en")
    }
    entries = tuple(
        msgspec.structs.replace(e, texts=text, note=dict.fromkeys(("fr", "en"), HOSTILE))
        for e in story.entries
    )
    return msgspec.structs.replace(
        story, slug="a", titles={"fr": HOSTILE}, captures=captures, entries=entries
    )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_hostile_words_stay_words(language: str) -> None:
    for page in (render_page(hostile(), language), render_entry_page(hostile(), "a4", language)):
        shown = tree(page.html)
        assert not shown.xpath("//img")
        assert len(shown.xpath("//script")) == 1
        assert "alert(1)" not in shown.xpath("//script")[0].text
        assert HOSTILE in shown.text_content()


@pytest.mark.parametrize("identity", ['x" onclick="y', "../../etc", "é è", "a.b/c#d"])
def test_any_entry_id_makes_a_safe_address(identity: str) -> None:
    story = sumy()
    first: Entry = msgspec.structs.replace(story.entries[0], id=identity)
    page = parsed(msgspec.structs.replace(story, entries=(first,)))
    article = page.xpath("//article")[0]
    assert re.fullmatch(r"[A-Za-z0-9_.-]+", article.get("id"))
    assert re.fullmatch(r"/soumy/e/[A-Za-z0-9%._~-]+", article.xpath(".//h3/a/@href")[0])


def test_no_style_attribute_no_handler_no_third_party() -> None:
    for story in (sumy(), wajima()):
        shown = parsed(story)
        attributes = {name for node in shown.iter() for name in node.attrib}
        assert "style" not in attributes
        assert not {name for name in attributes if name.startswith("on")}
        for address in shown.xpath("//@href | //@src | //@action"):
            assert address.startswith(("#", "/", "?", "data:,")), address


def test_the_policy_allows_this_style_and_this_script_alone() -> None:
    page = render_page(sumy(), "fr")
    policy = page.headers["Content-Security-Policy"]
    shown = tree(page.html)
    for name in ("style", "script"):
        text = re.search(rf"<{name}>(.*?)</{name}>", page.html, re.DOTALL)
        assert text
        digest = b64encode(sha256(text[1].encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
        assert len(shown.xpath(f"//{name}")) == 1
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def long_story(count: int = 40) -> Story:
    story = sumy()
    entries = []
    for index in range(count):
        model = story.entries[index % len(story.entries)]
        at = model.published - timedelta(minutes=index)
        texts = {
            code: EntryText(
                headline=f"{text.headline} {index}",
                body=f"{text.body} Détail {index * 7919} de la dépêche.",
            )
            for code, text in model.texts.items()
        }
        entries.append(
            msgspec.structs.replace(
                model, id=f"n{index}", sequence=index + 1, published=at, texts=texts
            )
        )
    return msgspec.structs.replace(story, entries=tuple(entries), history={}, sequence=count)


@pytest.mark.parametrize("language", ["fr", "en", "uk", "ru"])
def test_a_full_page_weighs_no_more_than_thirty_kilobytes(language: str) -> None:
    page = render_page(long_story(), language, languages=("fr", "en", "uk", "ru")).html
    assert page.count("<article") + page.count('<aside class="bgc"') == SHOWN
    assert len(gzip.compress(page.encode(), 9)) <= 30_000
    script = re.search(r"<script>(.*?)</script>", page, re.DOTALL)
    assert script
    assert len(script[1].encode()) <= 10_000


def test_entries_beyond_the_first_are_listed() -> None:
    page = parsed(long_story(70))
    listed = page.xpath("//section[@class='old']//a/@href")
    shown = page.xpath("//div[@id='feed']//*[self::article or self::aside]")
    assert len(shown) == SHOWN
    assert "/soumy/e/n69" in listed


def test_the_page_of_an_entry_and_of_its_first_version() -> None:
    first = tree(render_entry_page(sumy(), "a4", "fr", version=1).html)
    assert "L’alerte aérienne a pris fin" in words(first)
    assert "Cette version n’est plus en vigueur" in words(first)
    current = tree(render_entry_page(sumy(), "a4", "fr").html)
    assert "restait en vigueur" in words(current)
    assert current.xpath("//nav[@class='vs']//a/@href") == ["/soumy/e/a4?v=1", "/soumy/e/a4?v=2"]
    assert current.xpath("//details/@open")


def test_a_retracted_entry_stays_readable_struck_through() -> None:
    page = tree(render_entry_page(sumy(), "a5", "fr").html)
    assert page.xpath("//h1/del/text()") == ["Un second quartier visé"]
    assert "supprimé sa dépêche" in words(page)


def test_an_entry_that_is_none_is_not_found() -> None:
    for page in (
        render_entry_page(sumy(), "zz", "fr"),
        render_entry_page(sumy(), "a4", "fr", version=9),
    ):
        assert page.status == 404
        assert "Cette entrée n’existe pas" in page.html


def test_a_page_without_its_captures_still_stands() -> None:
    bare: dict[str, Capture] = {}
    page = parsed(msgspec.structs.replace(sumy(), captures=bare, copies={}))
    assert page.get_element_by_id("e-a11") is not None
