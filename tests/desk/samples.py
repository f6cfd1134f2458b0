"""A strike told by a French wire, a mayor in Ukrainian and a copy that lost its caution."""

from __future__ import annotations

from sourcier.types import Copy, Origin, Origins
from tests.desk.make import (
    Batch,
    batch,
    by,
    capture,
    change,
    event,
    ledger,
    line,
    minute,
    occurrence,
    place,
    reading,
    statement,
    toll,
)

AUTHORITIES = "les autorités locales"
WIRE = capture(
    "wire",
    "Des frappes ont fait au moins deux morts à Trois-Ponts, ont indiqué les autorités locales. "
    "La ville a entendu « trois fortes explosions », a dit le maire Ivan Petrik sur Telegram. "
    "Dix personnes ont été blessées, selon un bilan provisoire.",
)
CHANNEL = capture(
    "channel",
    "Міський голова Іван Петрик: «У місті прогриміли вибухи». Поранено дванадцять людей.",
    language="uk",
    publisher="Канал Вежа",
    at=10,
)
COPY = capture(
    "copy",
    "Des frappes ont fait deux morts à Trois-Ponts. Dix personnes ont été blessées.",
    publisher="Le Lavoir",
    at=5,
)
MAYOR_UK = "Міський голова Іван Петрик"

STRIKE = occurrence(
    WIRE, "strike", "Des frappes",
    attribution=by(WIRE, AUTHORITIES, organisation="autorités locales"), place=place(),
)  # fmt: skip
KILLED = toll(
    WIRE, "killed", "au moins deux morts", 2, high=None, qualifier="at_least",
    attribution=by(WIRE, AUTHORITIES, organisation="autorités locales"), place=place(),
)  # fmt: skip
INJURED = toll(
    WIRE, "injured", "Dix personnes ont été blessées", 10, outcome="injured", provisional=True,
    place=place(),
)  # fmt: skip
BLASTS = statement(
    WIRE, "blasts", "« trois fortes explosions »",
    attribution=by(WIRE, "le maire Ivan Petrik", name="Ivan Petrik", role="maire", medium="telegram"),
)  # fmt: skip
TWELVE = toll(
    CHANNEL, "twelve", "Поранено дванадцять людей", 12, outcome="injured", place=place("Трипонтах"),
    attribution=by(CHANNEL, MAYOR_UK, name="Іван Петрик", role="міський голова"),
)  # fmt: skip
HEARD = statement(
    CHANNEL, "heard", "«У місті прогриміли вибухи»",
    attribution=by(CHANNEL, MAYOR_UK, name="Іван Петрик", role="міський голова"),
)  # fmt: skip
COPIED = toll(COPY, "copied", "deux morts", 2, place=place())

CAPTURES = (WIRE, COPY, CHANNEL)
READINGS = (
    reading(WIRE, STRIKE, KILLED, INJURED, BLASTS),
    reading(COPY, COPIED),
    reading(CHANNEL, TWELVE, HEARD),
)
CLAIMS = {claim.id: claim for read in READINGS for claim in read.claims}


def first() -> Batch:
    """The wire alone."""
    told = event(
        STRIKE, KILLED, INJURED, BLASTS,
        ledgers=(ledger(line(KILLED)), ledger(line(INJURED), outcome="injured", provisional=True)),
        origins=Origins(outlets=1, dispatches=1, origins=(_AUTHORITIES,)),
    )  # fmt: skip
    return batch(
        change("event_opened", STRIKE, KILLED, INJURED, BLASTS),
        change("occurrence_added", STRIKE),
        change("toll_stated", KILLED),
        change("toll_stated", INJURED),
        change("statement_added", BLASTS),
        events=[told],
    )


def second() -> Batch:
    """The mayor contradicts the wire, and a copy comes in."""
    injured = ledger(
        line(INJURED), line(TWELVE, at=10), outcome="injured", low=10, high=12,
        disputed_since=minute(10), sides=("injured", "twelve"),
    )  # fmt: skip
    told = event(
        STRIKE, KILLED, INJURED, BLASTS, TWELVE, HEARD, COPIED, at=10,
        ledgers=(ledger(line(KILLED)), injured),
        origins=Origins(outlets=3, dispatches=3, origins=(_RELAYED, _MAYOR)),
    )  # fmt: skip
    copy = Copy(capture="copy", kind="cut", origin="wire", share=0.9, lost=("au moins",))
    return batch(
        change("copy_found", at=5, capture="copy", dispatch="copy"),
        change("toll_stated", TWELVE, at=10),
        change("toll_disputed", INJURED, TWELVE, at=10),
        change("statement_added", HEARD, at=10),
        events=[told],
        copies={"copy": copy},
        dispatches=3,
    )


_AUTHORITIES = Origin(key="authorities", name="autorités locales", captures=("wire",))
_RELAYED = Origin(key="authorities", name="autorités locales", captures=("wire", "copy"))
_MAYOR = Origin(key="mayor", name="Ivan Petrik", captured=True, captures=("channel",))
