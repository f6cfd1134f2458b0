"""Two invented stories, built from the nouns directly: outlets, people and sentences are made up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from sourcier.types import (
    Alert,
    AlertInterval,
    Attribution,
    Capture,
    Claim,
    Copy,
    Entry,
    EntryText,
    Event,
    Evidence,
    Ledger,
    Measure,
    Occurrence,
    Origin,
    Origins,
    Place,
    Statement,
    Story,
    Time,
    Toll,
    TollLine,
)

SUMY = ("Sumy", 692194, "UA", "Sumy", 50.9216, 34.80029, "settlement")
SUMY_REGION = ("Sumy", 692196, "UA", "Sumy", 50.9216, 34.80029, "region")
KURSK = ("Kursk Oblast", 538555, "RU", "Kursk", 51.6667, 36.0833, "region")
UKRAINE = ("Ukraine", 690791, "UA", None, 49.0, 32.0, "country")
KAZAKHSTAN = ("Kazakhstan", 1522867, "KZ", None, 48.0, 68.0, "country")
WAJIMA = ("Wajima", 1848976, "JP", "Ishikawa", 37.4, 136.9, "settlement")


def utc(text: str) -> datetime:
    """Return a moment of November 2024: "22 05:20" in UTC."""
    day, clock = text.split()
    return datetime.fromisoformat(f"2024-11-{day}T{clock}").replace(tzinfo=UTC)


@dataclass
class Maker:
    """Collects captures, claims and copies of a story."""

    captures: dict[str, Capture] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    copies: dict[str, Copy] = field(default_factory=dict)

    def capture(
        self, dispatch: str, publisher: str, at: str, text: str, language: str = "fr", **more: Any
    ) -> str:
        key = sha256(f"{dispatch}{publisher}{text}{more.get('version', 1)}".encode()).hexdigest()
        self.captures[key] = Capture(
            id=key,
            dispatch=dispatch,
            publisher=publisher,
            text=text,
            published=utc(at),
            language=language,
            retrieved=utc(at) + timedelta(minutes=2),
            **more,
        )
        return key

    def copy(self, origin: str, publisher: str, at: str, share: float = 0.95) -> str:
        key = self.capture(f"copy-{publisher}-{at}", publisher, at, self.captures[origin].text)
        self.copies[key] = Copy(capture=key, kind="verbatim", origin=origin, share=share)
        return key

    def span(self, capture: str, words: str) -> tuple[int, int]:
        start = self.captures[capture].text.index(words)
        return start, start + len(words)

    def claim(
        self,
        kind: type[Claim],
        capture: str,
        quote: str,
        by: tuple[str | None, ...] = (),
        **more: Any,
    ) -> str:
        span = self.span(capture, quote)
        key = f"c{len(self.claims) + 1}"
        if by:
            name, role, organisation, medium, words = by
            speaker = Attribution(
                name=name,
                role=role,
                organisation=organisation,
                medium=medium,
                span=self.span(capture, words or ""),
            )
            more["attribution"] = (speaker,)
        if kind is Statement:
            more = {"mode": "direct", "content": (span[0] + 2, span[1] - 2)} | more
        self.claims[key] = kind(
            id=key,
            capture=capture,
            dispatch=self.captures[capture].dispatch,
            span=span,
            quote=quote,
            **more,
        )
        return key

    def place(self, capture: str, words: str, known: tuple[Any, ...]) -> Place:
        name, geonames, country, admin1, latitude, longitude, precision = known
        return Place(
            text=words,
            span=self.span(capture, words),
            name=name,
            geonames=geonames,
            country=country,
            admin1=admin1,
            latitude=latitude,
            longitude=longitude,
            precision=precision,
        )

    def time(
        self, capture: str, words: str, start: str, end: str, zone: str, precision: Any
    ) -> Time:
        return Time(
            text=words,
            span=self.span(capture, words),
            start=utc(start),
            end=utc(end),
            zone=zone,
            precision=precision,
        )


def origin(
    key: str, name: str, captures: list[str], *, captured: bool = False, **more: Any
) -> Origin:
    return Origin(key=key, name=name, captured=captured, captures=tuple(captures), **more)


def counted(*origins: Origin) -> Origins:
    captures = {capture for one in origins for capture in one.captures}
    return Origins(outlets=len(captures), dispatches=len(captures), origins=origins)


def entry(
    key: str,
    sequence: int,
    kind: Any,
    at: str,
    fr: tuple[str, str],
    en: tuple[str, str],
    **more: Any,
) -> Entry:
    texts = {
        "fr": EntryText(headline=fr[0], body=fr[1]),
        "en": EntryText(headline=en[0], body=en[1]),
    }
    return Entry(
        **{
            "id": key,
            "story": "soumy",
            "version": 1,
            "sequence": sequence,
            "kind": kind,
            "state": "published",
            "published": utc(at),
            "updated": utc(at),
            "texts": texts,
            "zone": "Europe/Kyiv",
        }
        | more
    )  # type: ignore[arg-type]


WIRE = """\
Des frappes ont fait au moins deux morts à Soumy, dans le nord-est du pays, ont indiqué vendredi les autorités locales. \
Dix personnes ont été blessées, d'après un décompte provisoire.

Cette ville a entendu « une série de détonations très fortes », écrit le maire Taras Vilkhovy sur Telegram, qui précise qu'une alerte \
aérienne courait encore à 06 heures locales et prie les habitants de ne pas s'approcher des fenêtres.

D'après l'administration régionale, un immeuble d'habitation a été touché par un drone."""
FIRST = "Une frappe a fait au moins un mort à Soumy, a appris Le Courrier du Gué auprès d'un secouriste."
RADIO = "Notre correspondante à Soumy a compté douze blessés à l'hôpital central, vendredi matin."
POST = "Суми. Пролунало кілька потужних вибухів. Повітряна тривога триває, не підходьте до вікон."
STEPPE = """\
Le président du Kazakhstan a demandé vendredi « des mesures sans délai » pour protéger les infrastructures du pays."""
TREATY = """\
Dans un communiqué publié jeudi, la porte-parole de l'Alliance, Ines Vandaele, juge que ce tir « ne changera rien à notre soutien »."""
LAUNCH = "Moscou a reconnu jeudi avoir lancé un missile d'un type nouveau contre l'Ukraine."
ABOUT = "Soumy est le chef-lieu d'une région voisine de celle de Koursk, où des combats ont repris en août."
RUMOUR = "Un second quartier de Soumy aurait été visé."


def sumy() -> Story:
    """Return two days of an invented story in Ukraine, seen from Paris."""
    m = Maker()
    wire = m.capture("wire-1", "Agence Lanterne", "22 06:36", WIRE, version=2, role="agency")
    first = m.capture("gue-1", "Le Courrier du Gué", "22 04:47", FIRST)
    radio = m.capture("radio-1", "Radio Confluent", "22 07:18", RADIO)
    post = m.capture("tg-1", "Міський голова", "22 04:02", POST, "uk", role="official")
    steppe = m.capture("wire-2", "Agence Lanterne", "22 07:29", STEPPE, role="agency")
    treaty = m.capture("wire-3", "Agence Lanterne", "21 19:20", TREATY, role="agency")
    launch = m.capture("wire-4", "Agence Lanterne", "21 17:02", LAUNCH, role="agency")
    about = m.capture("wire-5", "Agence Lanterne", "21 20:30", ABOUT, role="agency")
    rumour = m.capture("delta-1", "Écho du Delta", "22 04:49", RUMOUR)
    copies = [
        m.copy(wire, name, f"22 06:{41 + 2 * i}")
        for i, name in enumerate(("La Vigie", "Plein Nord", "Canal Bief", "Le Ponton"))
    ]
    later = [
        m.copy(steppe, name, f"22 07:{35 + i}", 0.93)
        for i, name in enumerate(("La Vigie", "Plein Nord"))
    ]

    here = m.place(wire, "Soumy", SUMY)
    friday = m.time(wire, "vendredi", "21 22:00", "22 22:00", "Europe/Kyiv", "day")
    locals_ = (None, "les autorités locales", None, None, "les autorités locales")
    mayor = ("Taras Vilkhovy", "maire", None, "telegram", "le maire Taras Vilkhovy")
    dead = m.claim(
        Toll,
        wire,
        "au moins deux morts",
        locals_,
        outcome="killed",
        low=2,
        high=None,
        qualifier="at_least",
        words="au moins deux",
        place=here,
        time=friday,
    )
    hurt = m.claim(
        Toll,
        wire,
        "Dix personnes ont été blessées",
        outcome="injured",
        low=10,
        high=10,
        qualifier="exact",
        provisional=True,
        words="Dix",
        place=here,
    )
    one = m.claim(
        Toll,
        first,
        "au moins un mort",
        outcome="killed",
        low=1,
        high=None,
        qualifier="at_least",
        words="au moins un",
        place=m.place(first, "Soumy", SUMY),
    )
    twelve = m.claim(
        Toll,
        radio,
        "douze blessés",
        outcome="injured",
        low=12,
        high=12,
        qualifier="exact",
        words="douze",
        place=m.place(radio, "Soumy", SUMY),
    )
    blasts = m.claim(Statement, wire, "« une série de détonations très fortes »", mayor, place=here)
    six = m.time(wire, "06 heures locales", "22 04:00", "22 05:00", "Europe/Kyiv", "hour")
    raid = m.claim(
        Alert,
        wire,
        "une alerte aérienne courait encore à 06 heures locales",
        mayor,
        hazard="air_raid",
        state="in_force",
        area="Soumy",
        advice="ne pas s'approcher des fenêtres",
        place=here,
        time=six,
    )
    raid_uk = m.claim(
        Alert,
        post,
        "Повітряна тривога триває",
        hazard="air_raid",
        state="in_force",
        advice="не підходьте до вікон",
        place=m.place(post, "Суми", SUMY),
    )
    house = m.claim(
        Occurrence,
        wire,
        "un immeuble d'habitation a été touché par un drone",
        (None, None, "l'administration régionale", None, "l'administration régionale"),
        type="drone_attack",
        place=here,
    )
    urgent = m.claim(
        Statement,
        steppe,
        "« des mesures sans délai »",
        (None, "Le président du Kazakhstan", None, None, "Le président du Kazakhstan"),
        place=m.place(steppe, "Kazakhstan", KAZAKHSTAN),
    )
    order = m.claim(
        Measure,
        steppe,
        "protéger les infrastructures du pays",
        actor="Le président du Kazakhstan",
        action="protéger les infrastructures du pays",
        place=m.place(steppe, "Kazakhstan", KAZAKHSTAN),
        time=m.time(steppe, "vendredi", "21 23:00", "22 23:00", "Europe/Paris", "day"),
    )
    nothing = m.claim(
        Statement,
        treaty,
        "« ne changera rien à notre soutien »",
        (
            "Ines Vandaele",
            "porte-parole",
            "l'Alliance",
            "communique",
            "la porte-parole de l'Alliance, Ines Vandaele",
        ),
    )
    shot = m.claim(
        Occurrence,
        launch,
        "lancé un missile d'un type nouveau contre l'Ukraine",
        ("Moscou", None, None, None, "Moscou"),
        type="missile_launch",
        stance="confirmed",
        place=m.place(launch, "Ukraine", UKRAINE),
        time=m.time(launch, "jeudi", "20 23:00", "21 23:00", "Europe/Paris", "day"),
    )
    august = Time(
        text="en août",
        span=m.span(about, "en août"),
        start=datetime(2024, 7, 31, 22, tzinfo=UTC),
        end=datetime(2024, 8, 31, 22, tzinfo=UTC),
        zone="Europe/Paris",
        precision="month",
    )
    context = m.claim(
        Occurrence,
        about,
        "des combats ont repris en août",
        type="clash",
        role="background",
        time=august,
        place=m.place(about, "Koursk", KURSK),
    )
    second = m.claim(
        Occurrence,
        rumour,
        "Un second quartier de Soumy aurait été visé",
        type="strike",
        place=m.place(rumour, "Soumy", SUMY),
    )

    authorities = origin(
        "office:sumy",
        "Les autorités locales de Soumy",
        [wire, *copies],
        why=(Evidence(rule="same_office"),),
    )
    mayor_origin = origin(
        "person:vilkhovy",
        "Taras Vilkhovy",
        [post, wire],
        captured=True,
        role="maire de Soumy",
        medium="telegram",
    )
    radio_origin = origin(
        "outlet:radio", "Radio Confluent", [radio], captured=True, why=(Evidence(rule="own_voice"),)
    )
    gue = origin("outlet:gue", "Le Courrier du Gué", [first], captured=True)
    steppe_origin = origin("office:kz", "Le président du Kazakhstan", [steppe, *later])
    alliance = origin(
        "person:vandaele",
        "Ines Vandaele",
        [treaty],
        role="porte-parole de l'Alliance",
        medium="communique",
    )
    moscow = origin("state:ru", "Moscou", [launch])
    delta = origin("outlet:delta", "Écho du Delta", [rumour], captured=True)

    def line(claim: str, who: str, capture: str, at: str, **more: Any) -> TollLine:
        toll = m.claims[claim]
        assert isinstance(toll, Toll)
        return TollLine(
            **{
                "claim": claim,
                "claimant": who,
                "claimant_key": who,
                "relay": m.captures[capture].publisher,
                "capture": capture,
                "low": toll.low,
                "high": toll.high,
                "qualifier": toll.qualifier,
                "provisional": toll.provisional,
                "words": toll.words,
                "quote": toll.quote,
                "as_of": utc(at),
                "reported": utc(at),
            }
            | more
        )

    killed = Ledger(
        event="ev1",
        outcome="killed",
        low=2,
        qualifier="at_least",
        lines=(
            line(
                one, "Le Courrier du Gué", first, "22 04:47", state="superseded", superseded_by=dead
            ),
            line(dead, "Les autorités locales", wire, "22 06:36"),
        ),
    )
    injured = Ledger(
        event="ev1",
        outcome="injured",
        low=10,
        high=12,
        provisional=True,
        disputed_since=utc("22 07:18"),
        sides=(hurt, twelve),
        lines=(
            line(hurt, "", wire, "22 06:36"),
            line(twelve, "Radio Confluent", radio, "22 07:18"),
        ),
    )
    events = {
        "ev1": Event(
            id="ev1",
            type="strike",
            place=here,
            zone="Europe/Kyiv",
            time=friday,
            opened=utc("22 04:47"),
            updated=utc("22 07:18"),
            claims=(dead, hurt, one, twelve),
            ledgers=(killed, injured),
        ),
        "ev2": Event(
            id="ev2",
            type="missile_launch",
            opened=utc("21 17:02"),
            updated=utc("21 17:02"),
            claims=(shot,),
        ),
    }
    alert = AlertInterval(
        id="al1",
        event="ev1",
        hazard="air_raid",
        place=here,
        area="Soumy",
        zone="Europe/Kyiv",
        observed=(utc("22 04:00"),),
        opened=utc("22 04:04"),
        seen=utc("22 04:18"),
        advice="ne pas s'approcher des fenêtres",
        claims=(raid_uk, raid),
    )
    ended = AlertInterval(
        id="al0",
        event=None,
        hazard="missile",
        place=here,
        area="Soumy",
        zone="Europe/Kyiv",
        start=utc("21 20:00"),
        end=utc("21 21:00"),
        opened=utc("21 20:00"),
        seen=utc("21 21:00"),
    )

    wrong = entry(
        "a4",
        4,
        "alert",
        "22 04:31",
        (
            "« Une série de détonations très fortes » à Soumy",
            "La ville a entendu « une série de détonations très fortes ». L'alerte aérienne a pris fin à 6 heures, heure locale.",
        ),
        (
            "“Une série de détonations très fortes” in Sumy",
            "The city heard loud blasts. The air raid alert ended at 6 a.m. local time.",
        ),
        event="ev1",
        claims=(blasts, raid, raid_uk),
        place=here,
        origins=counted(mayor_origin),
    )
    right = entry(
        "a4",
        8,
        "alert",
        "22 04:31",
        (
            "« Une série de détonations très fortes » à Soumy",
            "La ville a entendu « une série de détonations très fortes ». L'alerte aérienne restait en vigueur à 6 heures, heure locale.",
        ),
        (
            "“Une série de détonations très fortes” in Sumy",
            "The city heard loud blasts. The air raid alert was still in force at 6 a.m. local time.",
        ),
        event="ev1",
        claims=(blasts, raid, raid_uk),
        place=here,
        origins=counted(mayor_origin),
        version=2,
        state="corrected",
        updated=utc("22 05:40"),
        note={"fr": "Nous avions mal lu la dépêche.", "en": "We had misread the dispatch."},
    )
    said = entry(
        "a5",
        5,
        "occurrence",
        "22 04:52",
        ("Un second quartier visé", "Un second quartier de Soumy aurait été visé."),
        ("A second district hit", "A second district was reportedly hit."),
        claims=(second,),
        place=here,
        origins=counted(delta),
    )
    withdrawn = entry(
        "a5",
        10,
        "occurrence",
        "22 04:52",
        ("Un second quartier visé", "Un second quartier de Soumy aurait été visé."),
        ("A second district hit", "A second district was reportedly hit."),
        claims=(second,),
        place=here,
        origins=counted(delta),
        version=2,
        state="retracted",
        updated=utc("22 06:12"),
        note={
            "fr": "Écho du Delta a supprimé sa dépêche.",
            "en": "Écho du Delta deleted its dispatch.",
        },
    )
    entries = (
        entry(
            "a12",
            13,
            "measure",
            "22 07:41",
            (
                "Le Kazakhstan veut protéger ses infrastructures",
                "Son président demande « des mesures sans délai ».",
            ),
            (
                "Kazakhstan wants its infrastructure protected",
                "Its president asks for “des mesures sans délai”.",
            ),
            claims=(urgent, order),
            zone="Asia/Almaty",
            place=m.claims[urgent].place,
            origins=counted(steppe_origin),
        ),
        entry(
            "a11",
            12,
            "toll",
            "22 06:50",
            (
                "Au moins deux morts et dix blessés à Soumy",
                "Des frappes ont fait « au moins deux morts », disent les autorités locales. « Dix personnes ont été blessées », selon un bilan provisoire.",
            ),
            (
                "At least two dead, ten injured in Sumy",
                "The strikes left “au moins deux morts”, local authorities say.",
            ),
            event="ev1",
            claims=(dead, hurt, twelve),
            place=here,
            origins=counted(authorities, radio_origin),
            pinned=True,
        ),
        entry(
            "a10",
            11,
            "occurrence",
            "22 06:42",
            ("Un immeuble touché par un drone", ""),
            ("A block of flats hit by a drone", ""),
            event="ev1",
            claims=(house,),
            place=here,
            origins=counted(origin("o", "L'administration régionale", [wire, *copies[:2]])),
        ),
        entry(
            "a9",
            9,
            "retraction",
            "22 06:12",
            (
                "Nous retirons l'annonce d'un second quartier touché",
                "Écho du Delta a supprimé sa dépêche. Aucune autre origine n'en parle.",
            ),
            (
                "We withdraw the report of a second district",
                "Écho du Delta deleted its dispatch. No other origin mentions it.",
            ),
            regards="a5",
            note={
                "fr": "Publiée à 05:52, retirée à 07:12.",
                "en": "Published at 05:52, withdrawn at 07:12.",
            },
        ),
        entry(
            "a8",
            7,
            "correction",
            "22 05:40",
            (
                "L'alerte de Soumy n'était pas levée à 6 heures",
                "De 05:31 à 06:40, nous avons écrit que l'alerte avait pris fin.",
            ),
            (
                "The alert in Sumy was not over at 6 a.m.",
                "From 05:31 to 06:40 we wrote that it had ended.",
            ),
            regards="a4",
        ),
        withdrawn,
        right,
        entry(
            "a3",
            3,
            "background",
            "21 20:40",
            (
                "Soumy, chef-lieu d'une région frontalière",
                "Soumy est le chef-lieu d'une région voisine de celle de Koursk.",
            ),
            ("Sumy, capital of a border region", "Sumy is the capital of a region next to Kursk."),
            claims=(context,),
            origins=counted(origin("x", "Agence Lanterne", [about], captured=True)),
        ),
        entry(
            "a2",
            2,
            "statement",
            "21 19:40",
            (
                "L'Alliance : « ne changera rien à notre soutien »",
                "Ce tir « ne changera rien à notre soutien ».",
            ),
            (
                "The Alliance says its support stands",
                "The launch “ne changera rien à notre soutien”.",
            ),
            claims=(nothing,),
            zone="Europe/Brussels",
            origins=counted(alliance),
        ),
        entry(
            "a1",
            1,
            "occurrence",
            "21 17:20",
            (
                "Moscou reconnaît un tir de missile d'un type nouveau",
                "Une première depuis le début du conflit.",
            ),
            (
                "Moscow acknowledges launching a new type of missile",
                "A first since the conflict began.",
            ),
            event="ev2",
            claims=(shot,),
            zone="Europe/Moscow",
            origins=counted(moscow),
        ),
    )
    return Story(
        slug="soumy",
        titles={
            "fr": "Guerre en Ukraine : des frappes sur Soumy",
            "en": "War in Ukraine: strikes on Sumy",
        },
        zone="Europe/Paris",
        languages=("fr", "en"),
        now=utc("22 07:47"),
        sequence=13,
        demo=True,
        entries=entries,
        history={"a4": (wrong, right), "a5": (said, withdrawn)},
        events=events,
        alerts=(ended, alert),
        captures=m.captures,
        claims=m.claims,
        copies=m.copies,
        total=counted(
            authorities, steppe_origin, mayor_origin, radio_origin, gue, alliance, moscow, delta
        ),
    )


def wajima() -> Story:
    """Return a small invented story in Japan, its page in the zone of the place."""
    m = Maker()
    text = "Un séisme a secoué Wajima lundi à 16 h 10. La préfecture parle de dizaines de blessés et de quatre disparus."
    wire = m.capture("w", "Agence Kawa", "18 07:40", text)
    copy = m.copy(wire, "La Vigie", "18 07:55")
    by = (None, "La préfecture", None, None, "La préfecture")
    here = m.place(wire, "Wajima", WAJIMA)
    quake = m.claim(
        Occurrence,
        wire,
        "Un séisme a secoué Wajima",
        type="earthquake",
        place=here,
        time=m.time(wire, "lundi à 16 h 10", "18 07:10", "18 07:11", "Asia/Tokyo", "minute"),
    )
    dozens = m.claim(
        Toll,
        wire,
        "dizaines de blessés",
        by,
        outcome="injured",
        low=20,
        high=None,
        qualifier="vague",
        words="dizaines",
        place=here,
    )
    four = m.claim(
        Toll,
        wire,
        "quatre disparus",
        by,
        outcome="missing",
        low=4,
        high=4,
        qualifier="exact",
        words="quatre",
        place=here,
    )
    office = origin("office:ishikawa", "La préfecture", [wire, copy])

    def line(claim: str, **more: Any) -> TollLine:
        toll = m.claims[claim]
        assert isinstance(toll, Toll)
        return TollLine(
            claim=claim,
            claimant="La préfecture",
            claimant_key="p",
            relay="Agence Kawa",
            capture=wire,
            low=toll.low,
            high=toll.high,
            qualifier=toll.qualifier,
            provisional=False,
            words=toll.words,
            quote=toll.quote,
            as_of=utc("18 07:40"),
            reported=utc("18 07:40"),
            **more,
        )

    event = Event(
        id="q1",
        type="earthquake",
        place=here,
        zone="Asia/Tokyo",
        opened=utc("18 07:40"),
        updated=utc("18 07:40"),
        claims=(quake, dozens, four),
        ledgers=(
            Ledger(event="q1", outcome="injured", low=20, qualifier="vague", lines=(line(dozens),)),
            Ledger(event="q1", outcome="missing", low=4, high=4, lines=(line(four),)),
        ),
    )
    entries = (
        entry(
            "w1",
            1,
            "occurrence",
            "18 07:45",
            ("Séisme à Wajima", "La préfecture compte « quatre disparus »."),
            ("Earthquake in Wajima", "The prefecture counts four missing."),
            story="wajima",
            event="q1",
            claims=(quake, dozens, four),
            zone="Asia/Tokyo",
            place=here,
            origins=counted(office),
        ),
    )
    return Story(
        slug="wajima",
        titles={"fr": "Séisme à Wajima", "en": "Earthquake in Wajima"},
        zone="Asia/Tokyo",
        languages=("fr", "en"),
        now=utc("18 09:00"),
        sequence=1,
        entries=entries,
        events={"q1": event},
        captures=m.captures,
        claims=m.claims,
        copies=m.copies,
        total=counted(office),
    )
