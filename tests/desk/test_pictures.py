"""Pictures: what is kept of a file, which words must go with it, who may see it and where it is shown."""

from __future__ import annotations

import json
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from msgspec.structs import replace
from PIL import Image

from sourcier.desk import actions, imaging, models, store
from sourcier.desk.imaging import BadPictureError, made
from sourcier.desk.screens.entry import composer
from sourcier.publish.archive import write_archive
from sourcier.publish.edition import Press
from sourcier.publish.folder import put, withdraw
from sourcier.publish.formats import FORMATS
from sourcier.publish.pictures import wanted
from sourcier.types import Entry, Picture
from tests.desk.conftest import SLUG, entry
from tests.desk.make import START, minute

DESK = f"/desk/{SLUG}/"
GPS = 0x8825
ORIENTATION = 0x0112


def file(
    size: tuple[int, int] = (1200, 800), kind: str = "JPEG", mode: str = "RGB", **how: Any
) -> bytes:
    into = BytesIO()
    picture = Image.new(mode, size, "red" if mode != "P" else 0)
    picture.paste("blue" if mode != "P" else 1, (0, 0, size[0] // 2, size[1] // 2))
    picture.save(into, kind, **how)
    return into.getvalue()


def opened(body: bytes) -> Image.Image:
    return Image.open(BytesIO(body))


@pytest.mark.slow
def test_a_picture_is_offered_in_widths_no_larger_than_itself() -> None:
    small, middle, large = (made(file((width, width // 2))) for width in (300, 1200, 4000))
    assert small.widths == (300,)
    assert middle.widths == (480, 960, 1200)
    assert large.widths == (480, 960, 1600)
    assert (large.width, large.height) == (1600, 800)
    sizes = [(opened(one.body).format, opened(one.body).width) for one in large.renditions]
    assert sizes == [("WEBP", 480), ("WEBP", 960), ("WEBP", 1600), ("JPEG", 960)]
    assert [opened(one.body).size for one in large.renditions][-2:] == [(1600, 800), (960, 480)]
    assert [one.name for one in large.renditions] == [
        *(f"{large.digest}-{width}.webp" for width in large.widths), f"{large.digest}.jpg",
    ]  # fmt: skip


def test_where_when_and_with_what_it_was_taken_is_erased_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # a quarter turn to the right
    exif[0x010F] = "Secret camera"
    exif.get_ifd(GPS)[2] = (50.0, 54.0, 0.0)
    body = file((800, 400), exif=exif)
    assert b"Secret camera" in body
    found = made(body)
    assert (found.width, found.height) == (400, 800)
    for one in found.renditions:
        assert not opened(one.body).getexif()
        assert b"Secret" not in one.body
    corner = opened(found.renditions[0].body).convert("RGB").getpixel((350, 50))
    assert isinstance(corner, tuple)
    assert corner[2] > 200  # what was at the upper left is at the upper right


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("PNG", "L"),
        ("WEBP", "RGB"),
        ("JPEG", "CMYK"),
        ("PNG", "I;16"),
    ],
)
def test_every_usual_sort_of_picture_is_taken(kind: str, mode: str) -> None:
    into = BytesIO()
    Image.new(mode, (100, 100)).save(into, kind)
    assert made(into.getvalue()).widths == (100,)


def test_what_is_transparent_shows_white() -> None:
    into = BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(into, "PNG")
    assert opened(made(into.getvalue()).renditions[0].body).convert("RGB").getpixel((9, 9)) == (
        255, 255, 255,
    )  # fmt: skip


HOSTILE = (
    "cut",
    "svg",
    "html",
    "gif",
    "tiff",
    "empty",
    "noise",
    "head",
    "small",
    "large",
    "bomb",
    "bigger bomb",
)


@cache
def hostile() -> dict[str, tuple[bytes, str]]:
    whole = file()
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    return {
        "cut": (whole[: len(whole) // 2], "broken"),
        "svg": (svg, "kind"),
        "html": (b"<html><script>alert(1)</script>", "kind"),
        "gif": (file((60, 60), "GIF", "P"), "kind"),
        "tiff": (file((60, 60), "TIFF"), "kind"),
        "empty": (b"", "kind"),
        "noise": (bytes(range(256)) * 40, "kind"),
        "head": (b"\xff\xd8\xff\xe0" + b"\0" * 500, "kind"),
        "small": (file((20, 2000)), "small"),
        "large": (b"\0" * (imaging.MOST_BYTES + 1), "large"),
        "bomb": (file((12000, 5000), "PNG", "1"), "pixels"),
        "bigger bomb": (file((30000, 20000), "PNG", "1"), "pixels"),
    }


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_picture_is_refused_in_a_line(name: str) -> None:
    body, key = hostile()[name]
    with pytest.raises(BadPictureError, match=f"picture.error.{key}"):
        made(body)


def test_what_hides_behind_a_picture_is_left_out() -> None:
    found = made(file((100, 100)) + b"<script>alert(1)</script>PK\x03\x04")
    assert all(b"script" not in one.body for one in found.renditions)


def added(body: bytes | None = None) -> Picture:
    picture = made(body or file())
    actions.add_picture(SLUG, picture, who="ines", now=START)
    known = store.picture(picture.digest)
    assert known
    words = {"fr": "Un pont effondré", "en": "A fallen bridge"}
    return replace(known, credit="Mira Otel", alt=words, caption={"fr": "Le pont, à l'aube."})


def out(picture: Picture | None = None, key: str = "x1", at: int = 1) -> Entry:
    shown = picture or added()
    return actions.publish(entry(key, kind="image", picture=shown), who="ines", now=minute(at))[0]


def name(picture: Picture | None) -> str:
    assert picture
    return f"{picture.digest}-480.webp"


def test_readers_see_it_once_it_is_published_and_no_longer_when_it_is_withdrawn(story: str) -> None:
    picture = added()
    address = f"/{story}/media/{name(picture)}"
    assert Client().get(address).status_code == 404
    actions.draft(entry(kind="image", picture=picture), who="ines", now=minute(1))
    assert Client().get(address).status_code == 404
    out(picture, at=2)
    answer = Client().get(address)
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert opened(answer.content).width == 480
    assert Client().get(f"/{story}/media/{picture.digest}.jpg")["Content-Type"] == "image/jpeg"
    assert Client().get(f"/{story}/media/{picture.digest}-481.webp").status_code == 404
    store.open_story("gares", {"fr": "Gares"}, zone="UTC", languages=("fr",), now=START)
    assert Client().get(f"/gares/media/{name(picture)}").status_code == 404
    actions.retract(story, "x1", note={"fr": "Pas ce pont."}, who="ines", now=minute(3))
    assert Client().get(address).status_code == 404
    page = Client().get(f"/{story}/").text
    assert picture.digest not in page


def test_the_page_shows_it_with_its_size_its_words_and_whose_it_is(story: str) -> None:
    picture = out().picture
    page = Client().get(f"/{story}/")
    assert f'src="/{story}/media/{picture.digest}-960.webp"' in page.text  # type: ignore[union-attr]
    assert 'width="1200" height="800"' in page.text
    assert 'alt="Un pont effondré"' in page.text
    assert "Photo\N{NO-BREAK SPACE}: Mira Otel" in page.text
    assert "Le pont, à l’aube." in page.text
    assert "img-src 'self'" in page["Content-Security-Policy"]
    english = Client().get(f"/{story}/?l=en").text
    assert 'alt="A fallen bridge"' in english
    entry_page = Client().get(f"/{story}/e/x1").text
    assert "1200w" in entry_page


def test_feeds_carry_it_with_its_address(story: str) -> None:
    picture = out().picture
    assert picture
    feed = json.loads(Client().get(f"/{story}/feed.json").content)
    address = f"http://testserver/{story}/media/{picture.digest}.jpg"
    assert feed["items"][0]["image"] == address
    assert f'<img src="{address}" alt="Un pont effondré"/>' in feed["items"][0]["content_html"]
    (size,) = models.Rendition.objects.filter(name=f"{picture.digest}.jpg")
    assert feed["items"][0]["attachments"][0]["size_in_bytes"] == len(size.body)
    for name in FORMATS:
        answer = Client().get(f"/{story}/{name}")
        assert answer.status_code == 200, name
        assert (address in answer.text) == (name not in ("alerts.atom", "places.geojson")), name


@pytest.mark.slow
def test_a_folder_and_an_archive_hold_its_files(story: str, tmp_path: Path) -> None:
    picture = out().picture
    assert picture
    page = store.story(story, now=minute(5))
    write_archive(page, tmp_path / "a.zip", store.picture_files)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert f"{story}/{picture.digest}-1200.webp" in archive.namelist()
        html = archive.read(f"{story}/index.html").decode()
    assert f'src="{picture.digest}-960.webp"' in html
    press = Press(load=store.picture_files)
    edition = press.edition(page)
    assert edition
    put(edition, tmp_path / "f", now=minute(5), keep=minute(9) - minute(5))
    assert (tmp_path / "f" / name(picture)).exists()
    actions.retract(story, "x1", note={"fr": "Faux."}, who="ines", now=minute(6))
    withdraw(tmp_path / "f", wanted(store.story(story, now=minute(7))))
    assert not (tmp_path / "f" / name(picture)).exists()
    assert (tmp_path / "f" / "index.html").exists()


def form(key: str, **more: Any) -> dict[str, Any]:
    (found,) = store.standing(SLUG, keys=[key])
    return {
        "event": "", "entry": key, "seen": composer.stamp(found), "kind": "text",
        "text-fr": "Un pont est tombé", "text-en": "A bridge fell",
    } | more  # fmt: skip


@pytest.mark.slow
def test_an_editor_uploads_it_says_what_it_shows_and_publishes(editor: Client) -> None:
    actions.draft(entry(), who="ines", now=minute(1))
    sent = form("x1", file=SimpleUploadedFile("p.jpg", file(), "image/jpeg"))
    answer = editor.post(f"{DESK}upload", sent)
    assert answer.status_code == 200
    assert "Un pont est tombé</textarea>" in answer.text  # what was typed is there
    (picture,) = models.Picture.objects.all()
    assert f'value="{picture.digest}"' in answer.text
    seen = editor.get(f"{DESK}media/{picture.digest}-480.webp")
    assert seen["Content-Type"] == "image/webp"
    shown = form("x1", picture=picture.digest, kind="image", do="publish")
    for words, missing in (
        ({"credit": ""}, "crédit"),
        ({"credit": "Mira Otel", "alt-fr": "Un pont"}, "Décrivez"),
    ):
        refused = editor.post(f"{DESK}act", shown | words)
        assert refused.status_code == 422
        assert missing in refused.text
    whole = shown | {"credit": " Mira  Otel", "alt-fr": "Un pont", "alt-en": "A bridge"}
    assert editor.post(f"{DESK}act", shown | {"credit": "", "do": "draft"}).status_code == 302
    assert editor.post(f"{DESK}act", whole | {"seen": form("x1")["seen"]}).status_code == 302
    public = store.published(SLUG, "x1")
    assert public
    assert public.picture
    assert (public.picture.credit, public.picture.alt["en"]) == ("Mira Otel", "A bridge")
    assert "Mira Otel" in editor.get(f"{DESK}history/x1").text
    taken_out = form("x1", picture=picture.digest, do="publish") | {"no-picture": "on"}
    assert editor.post(f"{DESK}act", taken_out).status_code == 302
    now = store.published(SLUG, "x1")
    assert now
    assert now.picture is None


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({}, "Choisissez"),
        ({"file": SimpleUploadedFile("p.jpg", b"<svg/>", "image/jpeg")}, "JPEG"),
    ],
)
def test_an_upload_that_is_none_says_so_and_keeps_the_form(
    editor: Client, sent: dict[str, Any], error: str
) -> None:
    actions.draft(entry(), who="ines", now=minute(1))
    answer = editor.post(f"{DESK}upload", form("x1") | sent)
    assert answer.status_code == 422
    assert error in answer.text
    assert "Un pont est tombé</textarea>" in answer.text
    assert not models.Picture.objects.exists()


@pytest.mark.slow
def test_an_entry_of_type_image_needs_one_and_a_made_up_one_is_refused(editor: Client) -> None:
    actions.draft(entry(), who="ines", now=minute(1))
    for words in ({"picture": ""}, {"picture": "0" * 32, "credit": "x"}, {"picture": "../x"}):
        sent = form("x1", kind="image", do="publish") | words
        assert editor.post(f"{DESK}act", sent).status_code == 422


def test_a_correction_and_a_shared_entry_treat_it_as_theirs(story: str) -> None:
    public = out()
    store.open_story("gares", {"fr": "Gares"}, zone="UTC", languages=("fr",), now=START)
    kept = actions.share(story, "x1", to="gares", who="ines", now=minute(2))[0]
    assert kept.picture == public.picture
    told = actions.correct(public, note={"fr": "Un autre pont."}, who="ines", now=minute(3))[1]
    assert told.picture is None
