"""What newsrooms and warning systems exchange, against the official schemas where these are at hand."""

from __future__ import annotations

import json
import tomllib
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import pytest
from bench.corpora.source import SHARED
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from lxml import etree
from referencing import Registry, Resource

from sourcier.messages import languages, messages
from sourcier.publish.formats import written
from sourcier.publish.formats.bulletins import messages as alert_messages
from sourcier.publish.formats.cap import CAP, categories, offset
from sourcier.publish.formats.newsml import NAR
from sourcier.publish.links import Links
from sourcier.publish.strip import notices
from sourcier.publish.view import View
from sourcier.types import AlertFact, AlertInterval, Story
from tests.publish.maker import utc
from tests.publish.sumy import sumy
from tests.publish.trees import xml
from tests.publish.trypont import trypont
from tests.publish.wajima import wajima

SCHEMAS = SHARED / "schemas"
BASE = "https://direct.example/"
ITEM = f"{{{NAR}}}newsItem"
NS = {"c": CAP, "n": NAR, "a": "http://www.w3.org/2005/Atom"}
official = pytest.mark.skipif(not SCHEMAS.is_dir(), reason=f"no official schemas in {SCHEMAS}")


def given(story: Story, name: str, language: str = "fr") -> bytes:
    return written(View(story, language, Links(BASE, story.slug, language, "fr")), name)


def loaded(path: str) -> Any:
    return json.loads((SCHEMAS / path).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def ninjs() -> Draft202012Validator:
    geojson = Resource.from_contents(loaded("geojson/GeoJSON-schema.json"))
    registry: Any = Registry().with_resource("https://geojson.org/schema/GeoJSON.json", geojson)
    return Draft202012Validator(
        loaded("ninjs/ninjs-schema_3.1.json"), registry=registry, format_checker=FormatChecker()
    )


@pytest.fixture(scope="module")
def cap() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / "cap" / "cap12.xsd"))


def cases(verdict: str) -> list[Path]:
    return sorted((SCHEMAS / "ninjs" / "test_suite").glob(f"3.*/{verdict}/*.json"))


@official
@pytest.mark.parametrize("path", cases("should_pass"), ids=lambda path: path.name)
def test_the_validator_passes_what_iptc_passes(ninjs: Draft202012Validator, path: Path) -> None:
    ninjs.validate(json.loads(path.read_text(encoding="utf-8")))


@official
@pytest.mark.parametrize("path", cases("should_fail"), ids=lambda path: path.name)
def test_the_validator_fails_what_iptc_fails(ninjs: Draft202012Validator, path: Path) -> None:
    with pytest.raises(ValidationError):
        ninjs.validate(json.loads(path.read_text(encoding="utf-8")))


@official
@pytest.mark.parametrize("language", ["fr", "en", "uk", "ru"])
@pytest.mark.parametrize("made", [sumy, trypont, wajima])
def test_ninjs_is_valid(ninjs: Draft202012Validator, made: Any, language: str) -> None:
    ninjs.validate(json.loads(given(made(), "ninjs.json", language)))


def test_a_withdrawn_item_is_canceled_and_keeps_its_uri() -> None:
    story = sumy()
    items = json.loads(given(story, "ninjs.json"))["associations"]
    canceled = [item for item in items if item["pubStatus"] == "canceled"]
    assert [(item["version"], "bodies" in item) for item in canceled] == [("2", False)]
    first = {key: versions[0] for key, versions in story.history.items()}
    before = tuple(first.get(entry.id, entry) for entry in story.entries)
    earlier = json.loads(given(msgspec.structs.replace(story, entries=before), "ninjs.json"))
    uris = {item["uri"]: item["pubStatus"] for item in earlier["associations"]}
    assert uris[canceled[0]["uri"]] == "usable"


def test_sources_are_named_from_the_origin_to_us() -> None:
    items = json.loads(given(sumy(), "ninjs.json"))["associations"]
    toll = next(item for item in items if item["altIds"][0]["value"].endswith("e/a11"))
    roles = [source["role"] for source in toll["infoSources"]]
    assert roles == ["origin", *["relay"] * 5, "origin", "relay", "publisher"]
    assert toll["infoSources"][1]["literal"].startswith("sha256:")


@pytest.fixture(scope="module")
def newsml() -> etree.XMLSchema:
    path = SCHEMAS / "newsml-g2" / "NewsML-G2_2.35-spec-All-Power.xsd"
    return etree.XMLSchema(etree.parse(path))


@official
@pytest.mark.parametrize("language", ["fr", "en", "uk", "ru"])
@pytest.mark.parametrize("made", [sumy, trypont, wajima])
def test_newsml_is_valid(newsml: etree.XMLSchema, made: Any, language: str) -> None:
    newsml.assertValid(xml(given(made(), "newsml.xml", language)))


@official
def test_the_schema_passes_iptcs_own_items(newsml: etree.XMLSchema) -> None:
    for path in sorted((SCHEMAS / "newsml-g2").glob("LISTING_2*_Document.xml")):
        newsml.assertValid(etree.parse(path))


def test_newsml_tells_the_path_of_the_words_and_cancels_what_was_withdrawn() -> None:
    message = xml(given(sumy(), "newsml.xml"))
    items = {item.findtext(".//n:headline", None, NS): item for item in message.iter(ITEM)}
    toll = next(item for title, item in items.items() if title and "deux morts" in title)
    path = [name.text for name in toll.findall("n:hopHistory/n:hop/n:party/n:name", NS)]
    assert path == ["Les autorités locales de Soumy", "Agence Lanterne", "Sourcier"]
    gone = message.xpath(
        ".//n:newsItem[n:itemMeta/n:pubStatus/@qcode = 'stat:canceled']", namespaces=NS
    )
    assert [item.find("n:contentSet", NS) for item in gone] == [None]


@official
def test_geojson_is_valid_and_puts_longitude_first() -> None:
    found = json.loads(given(sumy(), "places.geojson"))
    Draft202012Validator(loaded("geojson/GeoJSON-schema.json")).validate(found)
    sumy_city = next(f for f in found["features"] if f["properties"]["geonames"] == 692194)
    assert sumy_city["geometry"]["coordinates"] == [34.80029, 50.9216]
    assert {f["properties"]["feature"] for f in found["features"]} == {"entry", "alert"}


@official
@pytest.mark.parametrize("made", [trypont, wajima])
def test_geojson_of_each_story_is_valid(made: Any) -> None:
    found = json.loads(given(made(), "places.geojson"))
    Draft202012Validator(loaded("geojson/GeoJSON-schema.json")).validate(found)


@official
@pytest.mark.parametrize("language", ["fr", "en", "uk", "ru"])
def test_every_alert_is_a_valid_cap_message(cap: etree.XMLSchema, language: str) -> None:
    feed = xml(given(sumy(), "alerts.atom", language))
    found = feed.findall(".//c:alert", NS)
    assert len(found) == len(sumy().alerts)
    for alert in found:
        cap.assertValid(xml(etree.tostring(alert)))


def test_cap_speaks_every_language_of_the_story_and_that_of_the_advice() -> None:
    feed = xml(given(sumy(), "alerts.atom"))
    spoken = [i.text for i in feed.findall(".//c:alert", NS)[0].findall("c:info/c:language", NS)]
    assert spoken == ["fr", "en"]
    assert feed.xpath("//c:instruction/text()", namespaces=NS) == [
        "ne pas s'approcher des fenêtres"
    ]


RING = ((34.0, 50.0), (35.0, 50.0), (35.0, 51.0), (34.0, 50.0))


def in_fields(story: Story, **more: Any) -> Story:
    """Return the story whose first alert was told in fields too."""
    alert = story.alerts[0]
    claim = next(story.claims[key] for key in alert.claims if key in story.claims)
    spans: dict[str, Any] = dict.fromkeys(("span", "event", "area", "dates"), claim.span)
    told = AlertFact(**spans, state="started", start=utc("22 04:04"), **more)
    held = msgspec.structs.replace(story.captures[claim.capture], alerts=(told,))
    return msgspec.structs.replace(story, captures=story.captures | {held.id: held})


@pytest.mark.parametrize(("rings", "kind"), [(1, "Polygon"), (2, "MultiPolygon"), (0, "Point")])
def test_geojson_gives_the_area_that_an_alert_s_source_drew(rings: int, kind: str) -> None:
    circles = ((34.8, 50.9, 12.5),)
    story = in_fields(trypont(), polygons=(RING,) * rings, circles=circles, severity="Severe")
    alert = story.alerts[0]
    found = json.loads(given(story, "places.geojson"))
    (feature,) = (one for one in found["features"] if one["id"] == alert.id)
    assert feature["geometry"]["type"] == kind
    assert feature["properties"]["severity"] == "Severe"
    assert feature["properties"]["circles"] == [[34.8, 50.9, 12.5]]


@official
def test_cap_relays_the_fields_of_an_alert_s_source(cap: etree.XMLSchema) -> None:
    until = trypont().now + timedelta(hours=2)
    story = in_fields(
        trypont(),
        end=until,
        polygons=(RING, RING[:2]),
        circles=((34.8, 50.9, 12.5),),
        codes=("EMMA_ID UA063", "alone"),
        event_codes=("SAME FFA",),
        severity="Severe",
        urgency="Expected",
        certainty="sure",
    )
    still = (msgspec.structs.replace(story.alerts[0], end=None),)
    feed = xml(given(msgspec.structs.replace(story, alerts=still, alert_history={}), "alerts.atom"))
    alert = feed.findall(".//c:alert", NS)[0]
    cap.assertValid(xml(etree.tostring(alert)))
    info = alert.find("c:info", NS)
    assert info is not None
    grades = [info.findtext(f"c:{name}", None, NS) for name in ("urgency", "severity", "certainty")]
    assert grades == ["Expected", "Severe", "Unknown"]
    assert info.findtext("c:expires", None, NS) == offset(until, story.alerts[0].zone)
    assert info.xpath("c:eventCode/c:value/text()", namespaces=NS) == ["FFA"]
    assert info.xpath("c:area/c:polygon/text()", namespaces=NS) == ["50,34 50,35 51,35 50,34"]
    assert info.xpath("c:area/c:circle/text()", namespaces=NS) == ["50.9,34.8 12.5"]
    codes = info.xpath("c:area/c:geocode/c:value/text()", namespaces=NS)
    assert isinstance(codes, list)
    assert codes[0] == "UA063"


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "jusqu'à"), ("en", "until"), ("uk", "до"), ("ru", "до")]
)
def test_the_strip_says_until_when_an_alert_is_announced(language: str, words: str) -> None:
    for hours, is_told in ((2, True), (-1, False)):
        story = in_fields(trypont(), end=trypont().now + timedelta(hours=hours))
        open_still = (msgspec.structs.replace(story.alerts[0], end=None),)
        story = msgspec.structs.replace(story, alerts=open_still)
        (told,) = notices(View(story, language, Links(BASE, story.slug, language, "fr")))
        assert (f" {words} " in told.age.replace("’", "'").replace("\xa0", " ")) is is_told
        assert told.stale is not is_told


def test_a_demonstration_warns_nobody() -> None:
    story = msgspec.structs.replace(sumy(), demo=True)
    assert set(xml(given(story, "alerts.atom")).xpath("//c:status/text()", namespaces=NS)) == {
        "Exercise"
    }
    story = msgspec.structs.replace(story, demo=False)
    assert set(xml(given(story, "alerts.atom")).xpath("//c:status/text()", namespaces=NS)) == {
        "Actual"
    }


def interval(**more: Any) -> AlertInterval:
    opened = utc("22 04:04")
    known: dict[str, Any] = {"id": "a1", "event": None, "hazard": "air_raid", "place": None}
    times = {"area": "Soumy", "zone": "Europe/Kyiv", "opened": opened, "seen": opened}
    return AlertInterval(**known | times | more)


@pytest.mark.parametrize(
    ("alert", "types"),
    [
        (interval(), ["Alert"]),
        (interval(observed=(utc("22 04:30"),)), ["Alert", "Update"]),
        (interval(end=utc("22 05:00"), seen=utc("22 05:01")), ["Alert", "Cancel"]),
        (
            interval(observed=(utc("22 04:30"),), end=utc("22 05:00"), seen=utc("22 05:01")),
            ["Alert", "Update", "Cancel"],
        ),
        (interval(end=utc("22 10:00"), inferred_end=True), ["Alert", "Update"]),
    ],
)
def test_an_interval_is_told_in_messages(alert: AlertInterval, types: list[str]) -> None:
    found = alert_messages([alert])
    assert [message.type for message in found] == types
    assert len({message.key for message in found}) == len(found)
    assert [len(message.before) for message in found] == list(range(len(found)))
    assert [message.sent for message in found] == sorted(message.sent for message in found)


def test_an_all_clear_refers_to_what_it_ends() -> None:
    ended = interval(end=utc("22 05:00"), seen=utc("22 05:01"))
    feed = xml(given(msgspec.structs.replace(sumy(), alerts=(ended,)), "alerts.atom"))
    sender = feed.xpath("string(//c:sender)", namespaces=NS)
    assert feed.xpath("//c:references/text()", namespaces=NS) == [
        f"{sender},a1.1,2024-11-22T06:04:00+02:00"
    ]
    assert set(feed.xpath("//c:responseType/text()", namespaces=NS)) == {"AllClear"}


def test_offsets_are_numeric_over_the_change_of_clocks() -> None:
    moment = utc("22 04:04")
    assert offset(moment, "Europe/Kyiv") == "2024-11-22T06:04:00+02:00"
    assert offset(moment - timedelta(days=60), "Europe/Kyiv").endswith("+03:00")
    assert offset(moment, "UTC") == "2024-11-22T04:04:00-00:00"


def read_hazards() -> set[str]:
    """Return every hazard that some language can read."""
    named: set[str] = set()
    for code in languages():
        path = files("sourcier") / "languages" / code / "alerts.toml"
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        named |= {key for part in (table, *_tables(table)) for key in part}
    return {key.removeprefix("hazard_") for key in named if key.startswith("hazard_")}


def _tables(table: dict[str, Any]) -> list[dict[str, Any]]:
    return [part for part in table.values() if isinstance(part, dict)]


@pytest.mark.parametrize(
    "hazard", sorted((read_hazards() - {"any", "level", "siren"}) | {"weather"})
)
def test_every_hazard_that_is_read_can_be_told(hazard: str) -> None:
    assert hazard in categories()
    for code in languages():
        assert f"hazard.{hazard}" in messages(code, "page"), code
