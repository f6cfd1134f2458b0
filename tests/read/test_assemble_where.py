"""Which of the places of a text is bound to what it tells."""

from __future__ import annotations

from datetime import datetime

import pytest

from sourcier.read import read
from sourcier.types import Alert, Capture, Claim, Occurrence


def claims(language: str, text: str) -> tuple[Claim, ...]:
    published = datetime.fromisoformat("2025-03-14T12:00:00+00:00")
    capture = Capture(
        id="c", dispatch="d", text=text, published=published, zone="Europe/Paris", language=language
    )
    return read(capture).claims


def places(language: str, text: str) -> list[str | None]:
    told = [claim for claim in claims(language, text) if isinstance(claim, Occurrence)]
    return [claim.place.name if claim.place else None for claim in told]


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("fr", "Des drones ont visé la région de Poltava, au sud-ouest de Kharkiv.", "Poltava"),
        ("fr", "Un séisme a secoué la province de Malaga, à 70 kilomètres de Grenade.", "Málaga"),
        ("fr", "Une explosion a secoué Soumy, non loin de Kharkiv.", "Sumy"),
        ("en", "An explosion shook Sumy region, 90 miles from Kharkiv.", "Sumy"),
        ("en", "A fire broke out in Lviv region, bordering Poland.", "Lviv"),
        ("uk", "Вибух стався у Броварах, за 20 км від Києва.", "Brovary"),
        ("ru", "Взрыв произошёл в Броварах, в 20 км от Киева.", "Brovary"),
    ],
)
def test_a_place_that_points_the_way_is_not_where_it_happened(
    language: str, text: str, place: str
) -> None:
    (found,) = places(language, text)
    assert found is not None
    assert found.startswith(place)


def test_a_place_that_points_the_way_serves_where_there_is_no_other() -> None:
    assert places("en", "A freight train derailed ten miles east of Salina.") == ["Salina"]


def test_the_first_of_places_side_by_side_stands_for_all() -> None:
    text = "Des inondations ont été signalées dans la Drôme, le Gard et le Vaucluse."
    assert places("fr", text) == ["Drôme"]


def test_an_alert_covers_the_places_named_side_by_side() -> None:
    text = "La vigilance orange aux crues est maintenue dans la Drôme, le Gard et le Vaucluse."
    (alert,) = [claim for claim in claims("fr", text) if isinstance(claim, Alert)]
    assert alert.area == "Drôme, le Gard et le Vaucluse"
    assert alert.place is not None
    assert alert.place.name == "Drôme"


def test_a_town_goes_before_the_region_that_it_is_said_to_lie_in() -> None:
    text = "À Valence, dans la Drôme, où la pluie est tombée, un incendie a ravagé un entrepôt."
    assert places("fr", text) == ["Valence"]


def test_a_finer_place_told_later_is_that_of_the_event() -> None:
    text = "Un séisme a frappé l'Italie mardi. Le séisme s'est produit à Norcia à 5h10."
    assert places("fr", text) == ["Norcia"]


def test_the_place_in_the_words_for_a_mishap_is_its_own() -> None:
    assert places("fr", "Le ministre a parlé de l'explosion de Beyrouth.") == ["Beirut"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A fire gutted a mill in Lviv. The fire brigade in Odesa said homes were damaged."),
        ("fr", "Un incendie a ravagé un moulin à Lviv. Un brasier, ont dit les pompiers d'Odessa."),
    ],
)
def test_where_a_source_sits_places_what_it_tells_only_for_want_of_another(
    language: str, text: str
) -> None:
    assert set(places(language, text)) == {"Lviv"}
    assert places("en", "Police in Odesa said a bridge collapsed.") == ["Odesa"]


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("en", "In Paris, the minister said a fire had broken out in Dijon.", "Dijon"),
        ("en", "A fire broke out in Dijon. Crews put out the blaze, officials said in Paris.", "Dijon"),
        ("en", "A bus bound for Dijon crashed near Lyon. A man from Nantes died in the crash.", "Lyon"),
        ("en", "A bridge collapsed in Lyon. A crash on a road linking it to Dijon hurt two.", "Lyon"),
        ("fr", "À Paris, le ministre a dit qu'un incendie avait détruit une école de Dijon.", "Dijon"),
        ("fr", "Un avion parti de Cannes s'est écrasé près d'Annecy.", "Annecy"),
        ("fr", "Un séisme a secoué Lyon. La secousse a été ressentie jusqu'à Madrid.", "Lyon"),
        ("fr", "Un incendie a fait deux morts à Mulhouse (Haut-Rhin) dans un immeuble.", "Mulhouse"),
    ],
)  # fmt: skip
def test_where_somebody_spoke_came_from_or_went_is_not_where_it_happened(
    language: str, text: str, place: str
) -> None:
    assert set(places(language, text)) == {place}


def test_what_is_told_in_a_paragraph_of_another_place_is_no_event_told_before() -> None:
    text = "В Волгограде в одном из домов возгорание, сообщил губернатор Олег Вершинин.\n"
    text += "Над территорией Рязанской области сбиты беспилотники. Как сообщил глава региона Пётр Лугов,"
    text += " из-за падения обломков произошло возгорание на складе."
    fires = [one for one in claims("ru", text) if getattr(one, "type", "") == "fire"]
    named = [one.place.name for one in fires if one.place]
    assert named == ["Volgograd", "Ryazan Oblast"]
