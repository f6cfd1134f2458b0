"""Binding: who says it, when, where, how it is to be taken."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

import pytest

from sourcier.problems import InputError
from sourcier.read import read
from sourcier.types import Alert, Capture, Claim, Occurrence, Reading, Statement, Toll

T = TypeVar("T")


def capture(text: str, **fields: object) -> Capture:
    published = datetime.fromisoformat("2025-03-14T09:00:00+01:00")
    given = {"id": "c", "dispatch": "d", "published": published, "zone": "Europe/Paris"} | fields
    return Capture(text=text, **given)  # type: ignore[arg-type]


def reading(text: str, **fields: object) -> Reading:
    return read(capture(text, **fields))


def only(found: Reading, kind: type[T]) -> T:
    (claim,) = [claim for claim in found.claims if isinstance(claim, kind)]
    return claim


def every(found: Reading, kind: type[T]) -> list[T]:
    return [claim for claim in found.claims if isinstance(claim, kind)]


def origins(claim: Claim) -> list[str | None]:
    return [link.name or link.organisation or link.role for link in claim.attribution]


def test_ids_are_short_and_in_text_order() -> None:
    found = reading("Une frappe a fait deux morts et trois blessés à Odessa.", id="ab" * 32)
    assert [claim.id for claim in found.claims] == [
        f"abababababab.{number}" for number in range(1, len(found.claims) + 1)
    ]
    assert [claim.span for claim in found.claims] == sorted(claim.span for claim in found.claims)


def test_an_id_that_is_no_hash_stays_whole() -> None:
    found = reading("Une frappe a fait deux morts à Odessa.", id="wire-7", dispatch="wire")
    assert {claim.id.rpartition(".")[0] for claim in found.claims} == {"wire-7"}
    assert {(claim.capture, claim.dispatch) for claim in found.claims} == {("wire-7", "wire")}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Twelve people were killed, the mayor said. Two of those killed are children.", "mayor"),
        ("Twelve people were killed, the mayor said. Two of the dead are children.", "mayor"),
        ("Twelve people were killed, the mayor said. Two children died in Brackley.", None),
    ],
)
def test_a_figure_that_points_back_has_the_claimant_of_the_one_it_is_part_of(
    text: str, who: str | None
) -> None:
    tolls = every(reading(text, language="en"), Toll)
    assert [origins(toll) for toll in tolls] == [["mayor"], [who] if who else []]


def test_the_claimant_answers_for_toll_and_occurrence() -> None:
    found = reading(
        "Une frappe a fait deux morts à Odessa, a annoncé le gouverneur Oleh Lysenchuk."
    )
    assert [origins(claim) for claim in found.claims] == [["Oleh Lysenchuk"]] * len(found.claims)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Le cyclone a fait 17 morts, selon un bilan provisoire publié mercredi par le Bureau.", "mercredi"),
        ("La mairie a porté lundi à 40 le nombre de morts.", "lundi"),
        ("Neuf corps ont été repêchés, a-t-on appris samedi de source militaire.", "samedi"),
        ("LYON, 16 mai – Neuf personnes ont été tuées.", None),
        ("Neuf personnes ont été tuées lundi, selon le maire.", None),
    ],
)  # fmt: skip
def test_a_figure_is_said_when_its_sentence_says_that_it_was_given(
    text: str, said: str | None
) -> None:
    toll = only(reading(text), Toll)
    assert (toll.said and toll.said.text) == said


def test_when_it_was_said_is_not_when_it_happened() -> None:
    found = reading("Deux personnes ont été tuées mardi à Odessa, a indiqué jeudi la police.")
    toll = only(found, Toll)
    assert toll.time is not None
    assert toll.said is not None
    assert (toll.time.text, toll.said.text) == ("mardi", "jeudi")


def test_a_toll_inherits_place_and_time_of_its_event() -> None:
    found = reading("Une frappe a visé Odessa mercredi soir.\nDeux personnes ont été blessées.")
    strike, toll = only(found, Occurrence), only(found, Toll)
    assert toll.place == strike.place is not None
    assert toll.time == strike.time is not None


def test_another_place_ends_the_inheritance_of_time() -> None:
    text = "Une frappe a visé Odessa mercredi soir. Deux personnes ont été blessées à Lviv."
    toll = only(reading(text), Toll)
    assert toll.place is not None
    assert toll.place.name == "Lviv"
    assert toll.time is None


def test_local_clock_times_are_those_of_the_place() -> None:
    text = "Une alerte aérienne a été déclenchée à Soumy à 6 heures, heure locale."
    alert = only(reading(text), Alert)
    assert alert.time is not None
    assert alert.time.zone == "Europe/Kyiv"
    assert alert.time.start == datetime.fromisoformat("2025-03-14T06:00:00+02:00")


def test_a_happening_told_twice_is_one_occurrence() -> None:
    text = (
        "Une collision entre deux trains a fait neuf blessés jeudi à Dijon. "
        "L'accident s'est produit à 7h40."
    )
    collision = only(reading(text), Occurrence)
    assert collision.time is not None
    assert collision.time.precision == "minute"


def test_happenings_in_two_places_are_two() -> None:
    text = "Une frappe a visé Odessa. Une frappe a visé Lviv."
    assert len(every(reading(text), Occurrence)) == 2


def test_two_claimants_who_differ_dispute_each_other() -> None:
    text = (
        "Selon la mairie, quatre personnes ont été tuées à Odessa. "
        "Selon l'armée, douze personnes ont été tuées."
    )
    assert {toll.stance for toll in every(reading(text), Toll)} == {"disputed"}


def test_part_of_names_the_larger_toll() -> None:
    found = reading("Huit personnes ont été tuées à Odessa, dont deux enfants.")
    whole, part = every(found, Toll)
    assert part.part_of == whole.id


def test_what_happened_long_before_is_background() -> None:
    text = "Une frappe a visé Odessa jeudi. En juin 2022, un missile y avait tué vingt personnes."
    roles = {claim.quote: claim.role for claim in reading(text).claims}
    assert set(roles.values()) == {"news", "background"}
    assert roles["Une frappe a visé Odessa"] == "news"


def test_doubt_is_kept_in_its_words() -> None:
    toll = only(reading("Le bombardement aurait fait trois morts à Odessa."), Toll)
    assert toll.hedges == ("aurait",)


def test_a_quotation_is_a_statement_beside_what_it_tells() -> None:
    text = "« Deux enfants ont été tués », a déclaré le maire Ivan Bondar à Odessa."
    found = reading(text)
    statement = only(found, Statement)
    assert statement.mode == "direct"
    assert text[slice(*statement.content)] == "Deux enfants ont été tués"
    assert only(found, Toll).outcome == "killed"


def test_clock_stamps_of_a_live_page_date_their_paragraph() -> None:
    text = "06:05 Explosions dans le centre de Kharkiv.\n05:40 Une frappe a visé Tchouhouïv."
    times = [claim.time.text for claim in reading(text).claims if claim.time]
    assert times == ["06:05", "05:40"]


def test_language_is_detected_where_none_is_given() -> None:
    assert reading("Двоє людей загинули, повідомив мер міста.").language == "uk"
    assert reading("Two people were killed, the mayor said.", language="xx").language == "en"


@pytest.mark.parametrize("text", ["", " \n\t", "12:30 — 14/15 !", "🔴🔴"])
def test_a_text_without_letters_says_nothing(text: str) -> None:
    found = reading(text)
    assert found.claims == ()
    assert found.mentions == ()


def test_mentions_are_given_on_request() -> None:
    given = read(capture("Une réunion publique à Lyon vendredi."), mentions=True)
    assert {mention.quote for mention in given.mentions} == {"Lyon", "vendredi"}
    assert reading("Une réunion publique à Lyon vendredi.").mentions == ()


def test_an_unknown_zone_is_an_input_error() -> None:
    with pytest.raises(InputError, match="unknown time zone"):
        reading("Rien.", zone="Mars/Olympus")


def test_a_time_without_offset_is_an_input_error() -> None:
    with pytest.raises(InputError, match="no UTC offset"):
        reading("Rien.", published=datetime(2025, 3, 14, 9))  # noqa: DTZ001


@pytest.mark.parametrize(
    "text",
    [
        "Combien de blessés ? Dix, selon la mairie. Douze, selon le médecin-chef de l'hôpital.",
        "How many were hurt? Ten, according to the mayor. At least twelve, the hospital says.",
        "Скільки поранених? Десять, повідомив мер. Щонайменше дванадцять, кажуть у лікарні.",
    ],
)
def test_a_number_alone_is_no_statement(text: str) -> None:
    assert every(reading(text), Statement) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (
            "Ils étaient un million, selon les organisateurs, et 300.000 d'après la police.",
            "300.000",
        ),
        ("Un million de manifestants selon les syndicats, 300.000 selon la police.", "300.000"),
        ("Двадцять тисяч людей, за даними організаторів, 3.000 за даними поліції.", "3.000"),
    ],
)
def test_a_number_within_a_sentence_is_one_whole(text: str, number: str) -> None:
    assert number in [claim.quote for claim in every(reading(text), Statement)]


@pytest.mark.parametrize(
    "text",
    [
        "Il y a eu du bruit, raconte Marie Durand, 45 ans, infirmière.",
        "Il y a eu du bruit, dit Marie Durand, 45, employée à Orval.",
        "Il y a eu du bruit, raconte Marie Durand, 45 ans, la voisine du dessus.",
        "There was a noise, said Mary Durand, 45, a clerk.",
        "Було голосно, каже Марія Дуренко, 45 років, медсестра.",
    ],
)
def test_age_and_trade_of_a_speaker_are_not_what_is_said(text: str) -> None:
    (claim,) = reading(text).claims
    assert claim.quote == text.split(",")[0]
