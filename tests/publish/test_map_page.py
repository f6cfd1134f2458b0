"""The map page: its views, its table, and that each of its links leads somewhere."""

from __future__ import annotations

import gzip
import re
from itertools import pairwise
from typing import Any

import msgspec
import pytest

from sourcier.messages import messages
from sourcier.publish.frame import Frame, filled, surroundings
from sourcier.publish.land import land, unit_path, wider
from sourcier.publish.links import FileLinks, Links
from sourcier.publish.maplayers import PIN, SIZES, Layer
from sourcier.publish.mappage import map_page, render_map_page
from sourcier.publish.mapplan import HEIGHT, WIDTH, Plan, plan
from sourcier.publish.page import render_page
from sourcier.publish.scenes import Scene, scenes
from sourcier.publish.spots import spots, unit_of
from sourcier.publish.view import View
from sourcier.types import AlertInterval, Place, Story
from tests.publish.maker import utc
from tests.publish.sumy import sumy
from tests.publish.trees import tree
from tests.publish.wajima import wajima

LANGUAGES = ("fr", "en", "uk", "ru")
STORIES = [sumy(), wajima()]


def view(story: Story, language: str = "fr") -> View:
    return View(story, language, Links("/", story.slug, language, "fr"))


def planned(story: Story, language: str = "fr") -> Plan:
    shown = view(story, language)
    made = plan(shown, spots(shown))
    assert made
    return made


def town(name: str, key: int, longitude: float, latitude: float) -> Place:
    return Place(
        text=name,
        span=(0, 1),
        name=name,
        geonames=key,
        country="UA",
        admin1=None,
        latitude=latitude,
        longitude=longitude,
        precision="settlement",
    )


def moved(story: Story, *places: Place) -> Story:
    """Return a story with one entry for each place, all else being as it was."""
    entries = tuple(
        msgspec.structs.replace(story.entries[0], id=f"m{n}", claims=(), place=place, event=None)
        for n, place in enumerate(places)
    )
    return msgspec.structs.replace(story, entries=entries, alerts=())


def warned(story: Story, place: Place) -> Story:
    alert = AlertInterval(
        id="al",
        event=None,
        hazard="air_raid",
        place=place,
        area=None,
        zone="Europe/Kyiv",
        opened=utc("22 05:00"),
        seen=utc("22 05:00"),
    )
    return msgspec.structs.replace(story, alerts=(alert,))


KHARKIV = town("Kharkiv", 706483, 36.25, 49.98)
REGION = msgspec.structs.replace(
    town("Kharkiv Oblast", 706482, 36.45, 49.46), precision="region", admin1="Kharkiv"
)
SUBURB = town("Derhachi", 709334, 36.12, 50.11)


@pytest.mark.slow
@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_of_every_view_leads_somewhere(story: Story, language: str) -> None:
    page = tree(render_map_page(story, language, languages=LANGUAGES).html)
    ids = set(page.xpath("//@id"))
    live = set(tree(render_page(story, language, languages=LANGUAGES).html).xpath("//@id"))
    home = Links("/", story.slug, language, "fr").home
    assert len(page.xpath("//section[@class='vw']")) > 2
    for href in page.xpath("//@href"):
        address, _, fragment = str(href).partition("#")
        if fragment:
            assert fragment in (ids if not address else live), href
        known = (home, f"/{story.slug}/map", f"/{story.slug}/e/", "data:")
        assert not address or address.startswith(known), href
    assert len(page.xpath("//@id")) == len(ids)
    for used in re.findall(r"url\(#([^)]+)\)", " ".join(page.xpath("//@fill"))):
        assert used in ids


@pytest.mark.parametrize("story", STORIES)
def test_views_follow_one_another_from_the_whole_to_the_last_and_back(story: Story) -> None:
    page = tree(render_map_page(story, "fr").html)
    seen, at = [], "v-all"
    while at:
        seen.append(at)
        following = page.xpath(f"//section[@id='{at}']//a[@rel='next']/@href")
        at = following[0][1:] if following else ""
    assert sorted(seen) == sorted(page.xpath("//section[@class='vw']/@id"))
    for before, after in pairwise(seen):
        assert page.xpath(f"//section[@id='{after}']//a[@rel='prev']/@href") == [f"#{before}"]
        assert "#v-all" in page.xpath(f"//section[@id='{after}']//nav//a/@href")


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_signs_and_names_lie_on_the_map_and_names_do_not_meet(story: Story, language: str) -> None:
    for scene in scenes(planned(story, language)):
        for layer in scene.layers:
            names = [name for name, _, _ in layer.names]
            assert all(0 <= p.x <= WIDTH and 0 <= p.y <= HEIGHT for p in layer.pins)
            assert all(n.left >= 0 and n.left + n.width <= WIDTH for n in names)
            assert not any(
                one.meets(other) for i, one in enumerate(names) for other in names[i + 1 :]
            )


def test_places_have_addresses_by_what_they_are() -> None:
    story = moved(sumy(), KHARKIV, REGION)
    drawn = {scene.id: scene for scene in scenes(planned(story))}
    assert list(drawn) == ["v-all", "v-UA-KK", "v-706483"]
    assert {spot.key for spot in drawn["v-UA-KK"].spots} == {"706483", "UA-KK"}
    assert drawn["v-706483"].up[-1] == ("#v-UA-KK", "Kharkiv (région)")


def test_places_too_close_to_tell_apart_stand_as_one_that_leads_closer() -> None:
    drawn = {scene.id: scene for scene in scenes(planned(moved(sumy(), KHARKIV, SUBURB)))}
    for layer in drawn["v-all"].layers:
        (pin,) = layer.pins
        assert (pin.many, pin.count, pin.href) == (True, 2, "#v-UA-KK")
    wide = drawn["v-709334"].layers[0]
    assert [pin.many for pin in wide.pins] == [False, False]
    assert {pin.href for pin in wide.pins} == {"/soumy/#e-m0", "/soumy/#e-m1"}


def test_pins_are_large_enough_to_touch_and_apart() -> None:
    for scene in scenes(planned(moved(sumy(), KHARKIV, SUBURB))):
        for layer, (_, size) in zip(scene.layers, SIZES, strict=True):
            points = [(pin.x, pin.y) for pin in layer.pins]
            for one, other in pairwise(points):
                apart = (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2
                assert apart >= (2 * PIN * size) ** 2


def test_an_alert_fills_its_region_or_surrounds_its_town() -> None:
    of_region = next(scenes(planned(warned(moved(sumy(), KHARKIV), REGION))))
    assert ("UA-KK", "aa") in of_region.areas
    of_town = next(scenes(planned(warned(moved(sumy(), KHARKIV), KHARKIV))))
    assert not of_town.areas
    assert all(len(layer.halos) == 1 for layer in of_town.layers)
    page = render_map_page(warned(moved(sumy(), KHARKIV), REGION), "fr").html
    assert "Alerte aérienne, en vigueur" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_region_under_alert_is_named_before_all_else(language: str) -> None:
    poltava = msgspec.structs.replace(
        town("Poltava Oblast", 696634, 34.0, 49.5), precision="region", admin1="Poltava"
    )
    made = planned(warned(moved(sumy(), KHARKIV), poltava), language)
    for drawn in next(scenes(made)).layers:
        assert drawn.names[0][0].text == made.bare("UA-PL")


def test_the_legend_explains_the_signs_that_are_there() -> None:
    calm = moved(sumy(), KHARKIV)
    for story, told in ((calm, 1), (warned(calm, KHARKIV), 2), (warned(calm, REGION), 2)):
        page = tree(render_map_page(story, "fr").html)
        assert len(page.xpath("//ul[contains(@class, 'mlg')]/li")) == told


def test_an_alert_where_nothing_else_is_told_has_a_pin_that_leads_to_its_view() -> None:
    whole = next(scenes(planned(warned(moved(sumy(), KHARKIV), SUBURB))))
    assert {pin.href for layer in whole.layers for pin in layer.pins} <= {
        "/soumy/#e-m0",
        "#v-UA-KK",
        "#v-709334",
    }


def test_what_was_withdrawn_or_is_background_is_not_on_the_map() -> None:
    story = moved(sumy(), KHARKIV)
    for change in ({"state": "retracted"}, {"kind": "background"}, {"state": "draft"}):
        other = msgspec.structs.replace(story.entries[0], **change)
        assert spots(view(msgspec.structs.replace(story, entries=(other,)))) == []


def test_a_story_without_places_says_so() -> None:
    story = msgspec.structs.replace(sumy(), claims={}, entries=(), alerts=())
    page = tree(render_map_page(story, "fr").html)
    assert not page.xpath("//section[@class='vw']")
    assert "Aucun lieu" in page.get_element_by_id("table").text_content()


def test_the_table_tells_what_the_map_shows() -> None:
    page = tree(render_map_page(sumy(), "fr").html)
    rows = page.xpath("//tbody/tr")
    assert [len(row.xpath("./*")) for row in rows] == [6] * len(rows)
    shown = {spot.key: spot for spot in spots(view(sumy()))}
    assert len(rows) == len(shown)
    assert {"Soumy", "Kazakhstan"} <= {row.xpath("./th")[0].text_content() for row in rows}
    assert all(row.xpath("./td//a/@href | ./th/a/@href") for row in rows)


def test_at_a_past_moment_its_links_stay_in_that_moment() -> None:
    story = msgspec.structs.replace(sumy(), live=False)
    page = tree(render_map_page(story, "en", languages=LANGUAGES).html)
    pins = page.xpath("//a[@class='pin']/@href")
    assert pins
    assert all("&at=2024-11-22T" in href for href in pins if not href.startswith("#"))
    assert "/soumy/map?l=en" in page.xpath("//p[@class='then']/a/@href")
    assert all("at=" in href for href in page.xpath("//nav[@class='lang']/a/@href"))
    board = tree(render_page(story, "fr").html).get_element_by_id("carte")
    assert board.xpath(".//a/@href")[0].startswith("/soumy/map?at=2024-11-22T")


def test_it_runs_no_script_and_takes_nothing_from_elsewhere() -> None:
    made = render_map_page(sumy(), "fr")
    page = tree(made.html)
    assert not page.xpath("//script | //@style | //@onclick")
    assert "script-src 'none'" in made.headers["Content-Security-Policy"]
    assert "http:" not in made.html.replace("http-equiv", "")


@pytest.mark.parametrize("story", STORIES)
def test_it_is_light(story: Story) -> None:
    for language in LANGUAGES:
        assert len(gzip.compress(render_map_page(story, language).html.encode(), 9)) < 40_000


def test_hostile_names_are_escaped() -> None:
    hostile = town('<script>"&', 1, 36.25, 49.98)
    page = render_map_page(moved(sumy(), hostile), "fr").html
    assert "<script>" not in page


def test_in_a_folder_it_leads_to_files() -> None:
    links = FileLinks("", "soumy", "en", "fr")
    page = tree(map_page(View(sumy(), "en", links), LANGUAGES, frozen=True).html)
    outer = {href.partition("#")[0] for href in page.xpath("//a/@href")}
    assert outer - {""} == {
        "index.en.html",
        "map.html",
        "map.en.html",
        "map.uk.html",
        "map.ru.html",
    }
    assert page.xpath("//meta[@http-equiv='Content-Security-Policy']")


def test_a_frame_of_a_size_shows_all_of_its_box() -> None:
    shown = surroundings("UA", [])
    frame = filled(shown, WIDTH, HEIGHT)
    west, east, south, north = frame.box
    assert west <= shown[0] and east >= shown[1] and south <= shown[2] and north >= shown[3]
    assert all(frame.holds(corner) for corner in ((shown[0], shown[2]), (shown[1], shown[3])))


def test_ground_is_cut_to_what_is_shown() -> None:
    frame: Frame = filled((33.0, 36.0, 50.0, 52.0), WIDTH, HEIGHT)
    ground = land("t", frame.box, "UA")
    assert [code for code, _ in ground.countries] == ["RU", "UA"]
    starts = [re.findall(r"M(-?\d+) ?(-?\d+)", path) for _, path in ground.countries]
    west, east, south, north = (round(degrees * 100) for degrees in wider(frame.box))
    for x, y in (point for points in starts for point in points):
        assert west <= int(x) <= east
        assert south <= -int(y) <= north


def test_regions_have_outlines_and_crimea_is_ukraine_s() -> None:
    crimea = msgspec.structs.replace(town("Simferopol", 693805, 34.1, 44.95))
    assert unit_of(crimea) == "UA-KR"
    assert unit_path("UA-KR").startswith("M")
    assert unit_path("UA-XX") == ""


def test_a_place_far_from_the_others_has_ground_of_its_own() -> None:
    far = msgspec.structs.replace(town("Astrakhan", 580497, 48.03, 46.35), country="RU")
    drawn: dict[str, Scene] = {
        scene.id: scene for scene in scenes(planned(moved(sumy(), KHARKIV, KHARKIV, far)))
    }
    assert drawn["v-580497"].land.id != drawn["v-all"].land.id
    layer: Layer = drawn["v-580497"].layers[0]
    assert len(layer.pins) == 1


def test_words_left_out_on_the_map_are_known_in_each_language() -> None:
    for language in LANGUAGES:
        kinds: Any = messages(language, "page").raw("map.kinds")
        assert all(word.strip() for word in kinds.split(", "))
