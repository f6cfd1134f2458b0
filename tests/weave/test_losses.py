"""What a relay drops on the way, read from whole texts: it never hardens the figure of its origin."""

from __future__ import annotations

import pytest

from sourcier.read import read
from sourcier.weave import weave

from .samples import capture

EN = (
    "At least four people were killed when a rocket hit the grain port of Izmail overnight, mayor Petro "
    "Zadorozh said. The toll is preliminary. Dock cranes stood twisted over the quay at dawn, and "
    "salt barges drifted past the burnt-out customs shed."
)
FR = (
    "Selon un bilan provisoire, au moins quatre personnes ont été tuées par une roquette tombée dans la nuit "
    "sur le port céréalier d'Izmaïl, a déclaré le maire Petro Zadorozh. Les grues tordues dominaient le quai "
    "à l'aube, et des barges de sel dérivaient devant la douane incendiée."
)


@pytest.mark.parametrize(
    ("language", "text", "dropped", "lost"),
    [
        ("en", EN, ("At least four", "Four"), "At least"),
        ("en", EN, (" The toll is preliminary.", ""), "preliminary"),
        ("en", EN, (", mayor Petro Zadorozh said", ""), "Petro Zadorozh"),
        ("fr", FR, ("au moins quatre", "quatre"), "au moins"),
        ("fr", FR, ("Selon un bilan provisoire, au moins", "Au moins"), "bilan provisoire"),
        ("fr", FR, (", a déclaré le maire Petro Zadorozh", ""), "Petro Zadorozh"),
    ],
)
def test_a_relay_shows_what_it_dropped(
    language: str, text: str, dropped: tuple[str, str], lost: str
) -> None:
    wire = capture("wire", text, language=language)
    relay = capture(
        "relay", text.replace(*dropped), "08:40", publisher="Coast Daily", language=language
    )
    for order in ((wire, relay), (relay, wire)):
        known = weave(order, [claim for one in order for claim in read(one).claims]).known
        assert lost in known.copies["relay"].lost
        (event,) = known.events()
        assert "Petro Zadorozh" in {origin.name for origin in event.origins.origins}
        (ledger,) = [found for found in event.ledgers if found.outcome == "killed"]
        assert (ledger.low, ledger.high, ledger.provisional) == (4, None, True)
