"""A translation keeps the numbers and names of its origin; two reports of one thing do not."""

from __future__ import annotations

from sourcier.weave.marks import marks

from .samples import OKHTYRKA, Told, capture, told, woven

TEXT = (
    "A blast near Kozatska street in Okhtyrka left 14 people hurt at 03:47. Crews under Maryna "
    "Zhuk put 212 sheets over windows, and 1340 homes had no light."
)
FRENCH = (
    "À Okhtyrka, rue Kozatska, une explosion a fait 14 blessés à 03h47. Les équipes de Maryna Jouk "
    "ont posé 212 bâches, et 1340 foyers étaient sans lumière."
)
OTHER = (
    "À Okhtyrka, une explosion a fait 14 blessés. Une boulangère, Olha Savka, parle de 9 vitrines en "
    "miettes et d'un chien perdu depuis 22 heures."
)


def hurt(name: str, text: str, clock: str, language: str) -> Told:
    source = capture(name, text, clock, language=language, publisher=f"{name} Courier")
    word = "14 people hurt" if language == "en" else "14 blessés"
    kind = "blast" if language == "en" else "explosion"
    return told(source).toll(word, "injured", 14).occurrence(kind, "explosion", place=OKHTYRKA)


def test_numbers_and_names_are_marks_in_any_script() -> None:
    assert marks("She met Taras Vilchenko at 14:35, 7 km off.") >= {"14", "35"}
    assert marks("met Vilchenko") == marks("бачив Вільченко") == marks("a vu Viltchenko")
    assert not marks("Nobody came. Then 3 left.")


def test_a_translation_without_a_credit_is_found_by_what_it_keeps() -> None:
    known = woven(hurt("a", TEXT, "08:00", "en"), hurt("b", FRENCH, "09:00", "fr")).known
    assert (known.copies["b"].origin, known.copies["b"].kind) == ("a", "translation")
    rules = {evidence.rule: evidence for evidence in known.copies["b"].why}
    assert {"14", "47", "212", "1340"} <= set(rules["shared_marks"].detail["marks"])


def test_a_report_of_the_same_thing_is_no_translation() -> None:
    known = woven(hurt("a", TEXT, "08:00", "en"), hurt("b", OTHER, "09:00", "fr")).known
    assert not known.copies
