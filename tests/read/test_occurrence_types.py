"""The vocabulary of occurrences: every type has its name in the vocabularies it is mapped to."""

from __future__ import annotations

import re

import pytest

from sourcier.languages import LANGUAGES
from sourcier.read.lexicon import lexicon
from sourcier.read.occurrences_types import GENERAL, vocabulary

ACLED = {
    "Government regains territory", "Non-state actor overtakes territory", "Armed clash",
    "Excessive force against protesters", "Protest with intervention", "Peaceful protest",
    "Violent demonstration", "Mob violence", "Chemical weapon", "Air/drone strike", "Suicide bomb",
    "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Grenade",
    "Sexual violence", "Attack", "Abduction/forced disappearance", "Agreement", "Arrests",
    "Change to group/activity", "Disrupted weapons use", "Headquarters or base established",
    "Looting/property destruction", "Non-violent transfer of territory", "Other",
}  # fmt: skip
"""The sub-event types of the ACLED codebook (2023 and later)."""

PLOVER = {
    "CONSULT": {"phone", "visit", "host", "third-party"},
    "RETREAT": {"release", "return", "ease", "access", "disarm", "ceasefire", "withdraw"},
    "PROTEST": {"demo", "hunger", "boycott", "obstruct", "riot"},
    "MOBILIZE": {"police", "troops"},
    "COERCE": {
        "confiscate", "restrict", "ban", "curfew", "martial-law", "arrest", "deport",
    },
    "ASSAULT": {
        "abduct", "beat", "sexual", "torture", "suicide-attack", "explosives", "assassinate",
        "destroy", "cleansing", "firearms", "heavy-weapons", "unconventional",
    },
}  # fmt: skip
"""Event types that are used here with their modes, from PLOVER's CAMEO2PLOVER-2021."""

CAP = {
    "Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra",
    "CBRNE", "Other",
}  # fmt: skip
"""The values of ``category`` in CAP 1.2."""

TYPES = vocabulary()["types"]


@pytest.mark.parametrize("name", sorted(TYPES))
def test_every_type_is_mapped_by_the_names_of_the_codebooks(name: str) -> None:
    type_ = TYPES[name]
    assert type_["acled"] in ACLED | {""}
    assert type_["cap"] in CAP
    event, *modes = type_["plover"] or [""]
    assert event in PLOVER.keys() | {""}
    assert set(modes) <= PLOVER.get(event, set())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_trigger_leads_to_a_type(language: str) -> None:
    shaped = re.compile(r"(?:noun|verb|launch|pass|self|told)_([a-z_]+)")
    found = map(shaped.fullmatch, lexicon(language, "occurrences").patterns())
    triggers = {match[1] for match in found if match}
    assert triggers <= TYPES.keys() | vocabulary()["open"].keys() | {GENERAL}


def test_open_and_turned_types_lead_to_types() -> None:
    settled = {name for table in vocabulary()["open"].values() for name in table.values()}
    turned = {name for type_ in TYPES.values() for name in type_.get("turned", {}).values()}
    assert settled | turned <= TYPES.keys()
