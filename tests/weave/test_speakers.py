from __future__ import annotations

import pytest

from sourcier.types import Attribution
from sourcier.weave.names import person, skeleton

from .samples import KONOTOP, NIGHT, OKHTYRKA, Told, by, capture, place, told, woven


@pytest.mark.parametrize(
    "names",
    [
        ("Serhiy Kovalchuk", "Сергій Ковальчук", "Сергей Ковальчук", "Serhii Kovaltchouk"),
        ("Oleh Zhytnyk", "Олег Житник", "Олег Жытник", "Oleg Jytnyk"),
        ("Yevhen Shcherbak", "Євген Щербак", "Евгений Щербак", "Ievhen Chtcherbak"),
        ("Artem Kobzar", "Артем Кобзар", "Артём Кобзарь", "Artem Kobzar"),
        ("Mykola Ivanov", "Микола Іванов", "Николай Иванов", "Nikolaï Ivanov"),
        ("Hanna Maliuk", "Ганна Малюк", "Анна Малюк", "Anna Maliouk"),
        ("Khrystyna Vovk", "Христина Вовк", "Кристина Вовк", "Khrystyna Vovk"),
        ("Mykyta Yakovenko", "Микита Яковенко", "Никита Яковенко", "Nikita Iakovenko"),
        ("Yurii Tsaryk", "Юрій Царик", "Юрий Царик", "Iouri Tsaryk"),
    ],
)
def test_one_speaker_in_four_scripts_is_one_person(names: tuple[str, ...]) -> None:
    assert len({person(name) for name in names}) == 1


def test_names_that_sound_unlike_have_keys_of_their_own() -> None:
    names = ("Serhiy Kovalchuk", "Serhiy Kovalenko", "Andriy Kovalchuk", "Petro Zadorozh")
    assert len({person(name) for name in names}) == 4
    assert skeleton("") == ""


def says(
    name: str, attribution: tuple[Attribution, ...], clock: str = "08:00", **fields: object
) -> Told:
    where = fields.pop("place", OKHTYRKA)
    source = capture(name, f"The depot was hit, according to dispatch {name}.", clock, **fields)
    made = told(source)
    return made.occurrence(
        "The depot was hit", "strike", place=where, time=NIGHT, attribution=attribution
    )


def origins(*makers: Told) -> dict[str, tuple[str, ...]]:
    known = woven(*makers).known
    return {origin.name: origin.captures for origin in known.total().origins}


def test_the_mayor_and_the_mayors_name_are_one_origin() -> None:
    found = origins(
        says("a", by("Petro Zadorozh", "mayor of Okhtyrka")),
        says("b", by(None, "maire"), "09:00", publisher="Le Môle"),
        says("c", by("Петро Задорож", "міський голова"), "10:00", publisher="Плавні"),
    )
    assert list(found.values()) == [("a", "b", "c")]


def test_mayors_of_two_towns_are_two_origins() -> None:
    found = known_keys(says("a", by(None, "mayor")), says("b", by(None, "mayor"), place=KONOTOP))
    assert len(found) == 2


def test_spokespeople_of_one_body_are_one_origin() -> None:
    body = "regional military administration"
    found = origins(
        says("a", by("Vira Oselna", "head", organisation=body)),
        says("b", by("Danylo Krut", "spokesman", organisation=body), "09:00"),
        says("c", by(None, None, organisation="обласна військова адміністрація"), "10:00"),
    )
    assert list(found.values()) == [("a", "b", "c")]


def test_ministries_of_two_countries_are_two_origins() -> None:
    found = origins(
        says("a", by(None, None, organisation="Russian defence ministry")),
        says("b", by(None, None, organisation="Міноборони України")),
        says("c", by(None, None, organisation="Минобороны РФ")),
    )
    assert sorted(found.values()) == [("a", "c"), ("b",)]


def test_unnamed_witnesses_of_two_texts_are_two_origins() -> None:
    found = known_keys(says("a", by(None, "residents")), says("b", by(None, "residents"), "09:00"))
    assert len(found) == 2


def known_keys(*makers: Told) -> set[str]:
    return {origin.key for origin in woven(*makers).known.total().origins}


def test_an_officials_own_channel_is_the_origin_and_comes_first() -> None:
    channel = says("own", (), "08:30", publisher="Петро Задорож | Охтирка", role="official")
    relay = says("a", by("Petro Zadorozh", "mayor"), "08:10")
    (origin,) = woven(relay, channel).known.total().origins
    assert origin.captured
    assert origin.captures == ("own", "a")
    assert origin.name == "Петро Задорож | Охтирка"
    assert origin.why[0].rule == "own_channel"


def test_an_offices_channel_is_known_by_its_name_and_its_places() -> None:
    channel = says("own", (), "07:30", publisher="Okhtyrka mayor's channel", role="official")
    other = says(
        "far", (), "07:30", publisher="Konotop mayor's channel", role="official", place=KONOTOP
    )
    relay = says("a", by("Petro Zadorozh", "mayor"), "08:10")
    found = {origin.captures for origin in woven(relay, channel, other).known.total().origins}
    assert found == {("own", "a"), ("far",)}


def test_a_surname_alone_is_the_one_person_of_that_name() -> None:
    found = origins(says("a", by("Petro Zadorozh", None)), says("b", by("Zadorozh", None), "09:00"))
    assert list(found.values()) == [("a", "b")]


def test_a_part_of_an_outlets_name_is_the_outlet() -> None:
    own = says("a", (), publisher="Agence Ressac")
    relay = says(
        "b", by(None, None, organisation="Ressac", medium="wire"), "09:00", publisher="Le Môle"
    )
    assert list(origins(own, relay).values()) == [("a", "b")]


def test_names_learnt_later_change_what_was_counted_before() -> None:
    first = woven(says("a", by(None, "mayor")), says("b", by("Petro Zadorozh", None), "09:00"))
    assert len(first.known.total().origins) == 2
    event = next(iter(first.known.events())).id
    second = woven(says("c", by("Petro Zadorozh", "mayor"), "10:00"), known=first.known)
    assert len(second.known.total().origins) == 1
    assert event in second.touched


def test_an_office_named_without_its_place_is_the_one_that_is_heard_of() -> None:
    placed = says("a", by(None, "regional military administration"))
    bare = says("b", by(None, "administration militaire régionale"), "09:00", place=None)
    assert list(origins(placed, bare).values()) == [("a", "b")]
    poltava = place("Poltava", 696643, "Poltava")
    other = says("c", by(None, "regional military administration"), "10:00", place=poltava)
    assert len(known_keys(placed, bare, other)) == 3


def test_the_authorities_of_a_region_are_its_administration_where_that_speaks() -> None:
    vague = says("a", by(None, "regional authorities"))
    sharp = says("b", by(None, "областная военная администрация"), "09:00", publisher="Плавні")
    assert len(known_keys(vague, sharp)) == 1
    assert known_keys(vague) == {"office:authorities:region:UA:sm"}


def test_a_doctor_speaks_for_the_hospital_with_or_without_a_place() -> None:
    doctor = by("Inna Sad", "chief doctor", organisation="district hospital")
    bare = says("b", by(None, "l'hôpital"), "09:00", place=None, publisher="Le Môle")
    named = says("c", doctor, "10:00", place=None, publisher="Плавні")
    assert len(known_keys(says("a", doctor), bare, named)) == 1
