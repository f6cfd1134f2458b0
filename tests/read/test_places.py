"""Places: every line of the corpora, the reference document, the index, and any text at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from sourcier.languages import LANGUAGES
from sourcier.read import gazetteer as rooms
from sourcier.read.document import Document
from sourcier.read.drafts import PlaceDraft
from sourcier.read.gazetteer_index import Entry, Index, Name, pack
from sourcier.read.gazetteer_names import keys, skeleton, usable
from sourcier.read.places import find_places
from tests.read.corpora import cases, lines
from tests.read.test_times import SEED, document


def told(draft: PlaceDraft) -> dict[str, Any]:
    place = draft.place
    return {
        "text": place.text,
        "name": place.name,
        "geonames": place.geonames,
        "country": place.country,
        "precision": place.precision,
        "use": draft.use,
    }


@pytest.mark.slow
@pytest.mark.parametrize(("language", "room", "line"), cases("places"))
def test_corpus(language: str, room: str, line: dict[str, Any]) -> None:
    drafts = find_places(document(line["text"], language, line["published"], line["zone"]))
    assert [told(draft) for draft in drafts] == line["places"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fifth_of_the_corpus_are_traps(language: str) -> None:
    traps = [line for line in lines(language, "places") if not line["places"]]
    assert len(traps) * 5 >= len(lines(language, "places"))


def test_a_place_brings_its_zone_its_region_and_its_degrees() -> None:
    (draft,) = find_places(document("Deux immeubles ont été touchés à Soumy."))
    assert draft.zone == "Europe/Kyiv"
    assert draft.place.admin1 == "Sumy"
    assert draft.place.latitude == pytest.approx(50.917, abs=0.01)
    assert draft.place.longitude == pytest.approx(34.799, abs=0.01)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Une frappe a touché Soumy."),
        ("en", "A strike hit Sumy."),
        ("uk", "Удар по Сумах."),
        ("uk", "Ракети летять на Суми."),
        ("ru", "Удар по Сумам."),
        ("ru", "Взрывы под Сумами."),
    ],
)
def test_any_spelling_and_any_case_is_one_place(language: str, text: str) -> None:
    assert [draft.place.geonames for draft in find_places(document(text, language))] == [692194]


def test_the_name_of_the_publisher_is_no_place() -> None:
    text = "Nouvelles de Metz a pu le vérifier. Un feu a pris à Metz."
    plain = document(text)
    capture = structs.replace(plain.capture, publisher="Nouvelles de Metz")
    own = Document(text, plain.language, plain.published, plain.zone, capture)
    assert [draft.place.span[0] for draft in find_places(own)] == [text.rindex("Metz")]


def test_a_village_that_no_list_has_is_a_settlement_without_id() -> None:
    text = "Le village de Qrazvodiane, dans la région de Donetsk, a été pris."
    village, region = find_places(document(text))
    assert (village.place.name, village.place.geonames) == ("Qrazvodiane", None)
    assert (village.place.country, village.place.admin1) == ("UA", "Donetsk")
    assert region.place.precision == "region"


@pytest.mark.skipif(
    not SEED.is_file(), reason="the reference document is not beside the repository"
)
def test_the_reference_document() -> None:
    drafts = find_places(document(SEED.read_text("utf-8")))
    sumy = [draft for draft in drafts if draft.place.text == "Soumy"]
    assert [(draft.place.geonames, draft.use) for draft in sumy] == [(692194, "location")] * 2
    (kursk,) = [draft for draft in drafts if draft.place.text == "Koursk"]
    assert (kursk.place.country, kursk.place.precision) == ("RU", "region")
    powers = {draft.place.text for draft in drafts if draft.use == "metonym"}
    assert {"Moscou", "Kiev", "Russie"} <= powers
    assert {"Kazakhstan", "Ukraine"} <= {draft.place.text for draft in drafts}


def test_names_are_keyed_alike_in_text_and_gazetteer() -> None:
    assert keys("Saint-Denis") == ("saint", "denis")
    assert keys("Слов’янськ") == keys("Слов'янськ") == ("слов", "янськ")
    assert keys("Izmaïl") == keys("IZMAIL")
    assert keys("Київ") != keys("Киів")
    assert skeleton("Kourakhové") == skeleton("Kurakhove")


@pytest.mark.parametrize("name", ["IEV", "su mei", "蘇梅", "Ko"])
def test_codes_and_other_scripts_are_left_out(name: str) -> None:
    assert not usable(name)


def small_index() -> bytes:
    here = Entry("settlement", 1, "Ici", "FR", "FR.11", "Europe/Paris", 1.5, None, 10, capital=True)
    there = Entry("country", 2, "Là-bas", "UA", "", "", None, None, 2**40)
    names = [Name(("ici",), 0, main=True), Name(("la", "bas"), 1, main=False, common=True)]
    return pack([here, there], names, {"en": ("bridge",)})


def test_an_index_gives_back_what_was_packed() -> None:
    index = Index(small_index())
    (hit,) = index.find(("ici",))
    assert (hit.main, hit.common, hit.entry.name, hit.entry.capital) == (True, False, "Ici", True)
    assert (hit.entry.latitude, hit.entry.longitude) == (1.5, None)
    (hit,) = index.find(("la", "bas"))
    assert (hit.common, hit.entry.kind, hit.entry.population) == (True, "country", 2**32 - 1)
    assert index.opens(("la",))
    assert not index.opens(("ici",))
    assert index.find(("ailleurs",)) == ()
    assert index.lists("en", "bridge")
    assert not index.lists("fr", "bridge")


@pytest.mark.parametrize("data", [b"", b"rubbish", b"sourcier-places-0\n" + bytes(64)])
def test_a_file_that_is_no_index_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a gazetteer index"):
        Index(data)


def test_the_index_is_built_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[bytes] = []

    def build() -> bytes:
        built.append(small_index())
        return built[-1]

    monkeypatch.setattr(rooms, "build", build)
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda name: str(tmp_path / name))
    fresh = rooms.gazetteer.__wrapped__
    assert fresh().find(("ici",))
    assert fresh().find(("ici",))
    assert len(built) == 1
    (kept,) = (tmp_path / "sourcier").iterdir()
    kept.write_bytes(b"half a file")
    assert fresh().find(("ici",))
    assert len(built) == 2


def test_where_nothing_can_be_written_the_index_is_held_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "blocked").write_text("a file where a folder should be")
    monkeypatch.setattr(rooms, "build", small_index)
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda _: str(tmp_path / "blocked"))
    assert rooms.gazetteer.__wrapped__().find(("ici",))
    assert "the cache cannot be written" in caplog.text


PIECES = st.sampled_from(
    [
        *"ABCxyz.,-–()«»’'\n ", "Kiev ", "Paris, ", "Texas ", "мер ", "У Сумах ", "Сумської області ",
        "le village de ", "New York", "-sur-", "L'", "Saint-", "ſ", "İ", "ǅ", "Ὀ", "Région de ", "U.S. ",
    ]
)  # fmt: skip


@given(
    st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map("".join)),
    st.sampled_from(LANGUAGES),
)
def test_any_text_is_read_without_fault(text: str, language: str) -> None:
    read = document(text, language)
    drafts = find_places(read)
    assert drafts == find_places(read)
    for draft in drafts:
        start, end = draft.place.span
        assert 0 <= start < end <= len(text)
        assert draft.place.text == text[start:end]
