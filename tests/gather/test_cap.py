"""CAP: messages, chains of them, indexes; what is wrong with them."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sourcier.gather import State, gather
from sourcier.gather.web import Web
from sourcier.problems import Problem
from sourcier.read import read
from sourcier.types import Alert, Capture, Source
from tests.gather.conftest import Site

NOW = datetime(2024, 11, 22, 9, tzinfo=UTC)
INFO = """<info><language>{language}</language><category>Met</category><event>{event}</event>
<urgency>Expected</urgency><severity>Severe</severity><certainty>Likely</certainty>
<onset>2024-11-22T08:00:00+00:00</onset><expires>{expires}</expires><headline>{event}</headline>
<description>{event}.</description><instruction>Stay indoors.</instruction>
<area><areaDesc>{area}</areaDesc><geocode><valueName>EMMA_ID</valueName><value>FR433</value></geocode></area></info>"""


def info(
    event: str = "Flood warning",
    area: str = "Lyon",
    language: str = "en-GB",
    expires: str = "2024-11-22T12:00:00+00:00",
) -> str:
    return INFO.format(event=event, area=area, language=language, expires=expires)


def message(
    identifier: str,
    sent: str,
    kind: str = "Alert",
    references: str = "",
    status: str = "Actual",
    body: str | None = None,
) -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>{identifier}</identifier>
<sender>meteo@galet.example</sender><sent>2024-11-22T{sent}:00+00:00</sent><status>{status}</status>
<msgType>{kind}</msgType><scope>Public</scope><references>{references}</references>
{info() if body is None else body}</alert>""".encode()


def ref(identifier: str, sent: str) -> str:
    return f"meteo@galet.example,{identifier},2024-11-22T{sent}:00+00:00"


def door(url: Path | str, *languages: str) -> Source:
    return Source(
        id="c",
        kind="cap",
        url=str(url),
        publisher="Météo du Galet",
        role="official",
        languages=languages,
    )


def poll(
    source: Source, state: State, web: Web, now: datetime = NOW
) -> tuple[list[Capture], list[Problem]]:
    captures: list[Capture] = []
    problems: list[Problem] = []
    for one in gather(source, state, now=now, web=web):
        if isinstance(one, Problem):
            problems.append(one)
        else:
            captures.append(one)
    return captures, problems


def alerts(capture: Capture) -> list[Alert]:
    return [claim for claim in read(capture).claims if isinstance(claim, Alert)]


def test_a_message_is_an_exact_alert_borne_by_its_text(tmp_path: Path, web: Web) -> None:
    (tmp_path / "a.xml").write_bytes(message("a", "08:30"))
    (one,), problems = poll(door(tmp_path, "en"), State(), web)
    (alert,) = alerts(one)
    assert not problems
    assert (alert.hazard, alert.state, alert.area) == ("flood", "started", "Lyon")
    assert alert.time and alert.time.start == datetime(2024, 11, 22, 8, tzinfo=UTC)
    assert alert.time.end == datetime(2024, 11, 22, 12, tzinfo=UTC)
    assert alert.place and alert.place.name == "Lyon"
    assert one.text[slice(*alert.span)] == alert.quote == "Flood warning: Lyon"
    assert one.alerts[0].codes == ("EMMA_ID FR433",)
    assert alert.advice == "Stay indoors."


def test_updates_are_versions_and_a_cancel_closes(tmp_path: Path, web: Web) -> None:
    state, source = State(), door(tmp_path, "en")
    (tmp_path / "z.xml").write_bytes(message("a", "08:00"))
    (tmp_path / "b.xml").write_bytes(
        message("b", "08:30", "Update", ref("a", "08:00"), body=info(area="Paris"))
    )
    first, _ = poll(source, state, web)
    assert [(one.dispatch, one.version) for one in first] == [("a", 1), ("a", 2)]
    assert poll(source, state, web) == ([], [])
    (tmp_path / "c.xml").write_bytes(
        message("c", "08:50", "Cancel", ref("b", "08:30"), body=info(area="Paris"))
    )
    (last,), _ = poll(source, state, web)
    assert (last.dispatch, last.version) == ("a", 3)
    assert [alert.state for alert in alerts(last)] == ["started", "ended"]
    assert alerts(last)[1].time.start == datetime(2024, 11, 22, 8, 50, tzinfo=UTC)  # type: ignore[union-attr]


def test_an_alert_ends_when_it_expires(tmp_path: Path, web: Web) -> None:
    state, source = State(), door(tmp_path, "en")
    (tmp_path / "a.xml").write_bytes(message("a", "08:00"))
    poll(source, state, web)
    assert poll(source, state, web, NOW + timedelta(hours=2)) == ([], [])
    (late,), _ = poll(source, state, web, NOW + timedelta(hours=3))
    assert [alert.state for alert in alerts(late)] == ["started", "ended"]
    assert poll(source, state, web, NOW + timedelta(hours=4)) == ([], [])


def test_a_cancel_without_info_withdraws(tmp_path: Path, web: Web) -> None:
    (tmp_path / "a.xml").write_bytes(message("a", "08:00"))
    (tmp_path / "b.xml").write_bytes(message("b", "08:30", "Cancel", ref("a", "08:00"), body=""))
    found, _ = poll(door(tmp_path, "en"), State(), web)
    assert [one.deleted for one in found] == [False, True]


@pytest.mark.parametrize("status", ["Test", "Exercise", "Draft", "System"])
def test_what_is_not_actual_is_no_alert(tmp_path: Path, web: Web, status: str) -> None:
    (tmp_path / "a.xml").write_bytes(message("a", "08:00", status=status))
    assert poll(door(tmp_path), State(), web) == ([], [])


def test_the_block_in_the_source_s_language_is_taken(tmp_path: Path, web: Web) -> None:
    body = info() + info("Vigilance crues", "Lyon", "fr-FR")
    (tmp_path / "a.xml").write_bytes(message("a", "08:00", body=body))
    (one,), _ = poll(door(tmp_path, "fr", "en"), State(), web)
    assert (one.language, one.title) == ("fr", "Vigilance crues")
    assert alerts(one)[0].hazard == "flood"


def test_an_index_leads_to_its_messages_a_few_at_a_poll(site: Site, web: Web) -> None:
    for number in range(12):
        site.give(f"/{number}.cap", message(f"m{number}", f"08:{number:02}"))
    entries = "".join(
        f'<entry><link type="application/cap+xml" href="/{n}.cap"/><updated>2024</updated></entry>'
        for n in range(12)
    )
    url = site.give(
        "/index", f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'.encode()
    )
    state, source = State(), door(url, "en")
    assert [len(poll(source, state, web)[0]) for _ in range(3)] == [10, 2, 0]
    assert len(site.asked) == 3 + 12


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<alert", b"<html/>", message("a", "08:00")[:400], b"<a>" * 100_000,
        b'<!DOCTYPE alert [<!ENTITY x SYSTEM "file:///etc/passwd">]><alert>&x;</alert>',
        message("a", "08:00").replace(b"Public", b""), message("a", "99:00"),
        message("a", "08:00").replace(b"Lyon", b" "), message("a", "08:00", "Shout"),
        message("a", "08:00").replace(b"UTF-8", b"latin-77"),
    ],
)  # fmt: skip
def test_what_is_wrong_costs_itself_alone(tmp_path: Path, web: Web, body: bytes) -> None:
    (tmp_path / "a.xml").write_bytes(body)
    (tmp_path / "b.xml").write_bytes(message("b", "08:00"))
    found, problems = poll(door(tmp_path, "en"), State(), web)
    assert (len(found), len(problems)) == (1, 1)


def test_the_official_examples() -> None:
    shared = os.environ.get("SOURCIER_SHARED")
    folder = Path(shared or "", "schemas", "cap", "examples")
    if not shared or not folder.is_dir():
        pytest.skip("SOURCIER_SHARED names no folder with the official examples")
    wrong = {}
    for path in sorted(folder.iterdir()):
        with Web(pause=0) as web:
            found, problems = poll(door(path), State(), web, datetime(2010, 8, 30, 12, tzinfo=UTC))
        for one in found:
            if one.language in {"en", "fr"}:
                assert len(alerts(one)) == len(one.alerts)
        wrong[path.name] = len(problems)
    assert wrong["invalid.cap"] == 1
    assert wrong["weather.cap"] == wrong["canada.cap"] == wrong["earthquake.cap"] == 0
