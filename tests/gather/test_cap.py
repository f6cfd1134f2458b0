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


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2024, 11, 22, hour, minute, tzinfo=UTC)


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
    assert [(alert.area, alert.state) for alert in alerts(last)] == [
        ("Paris", "started"),
        ("Paris", "ended"),
        ("Lyon", "started"),
        ("Lyon", "ended"),
    ]
    assert [fact.end for fact in last.alerts if fact.state == "started"] == [at(8, 50), at(8, 30)]
    assert alerts(last)[1].time.start == datetime(2024, 11, 22, 8, 50, tzinfo=UTC)  # type: ignore[union-attr]


def test_an_alert_ends_when_it_expires(tmp_path: Path, web: Web) -> None:
    state, source = State(), door(tmp_path, "en")
    (tmp_path / "a.xml").write_bytes(message("a", "08:00"))
    poll(source, state, web)
    assert poll(source, state, web, NOW + timedelta(hours=2)) == ([], [])
    (late,), _ = poll(source, state, web, NOW + timedelta(hours=3))
    assert [alert.state for alert in alerts(late)] == ["started", "ended"]
    assert poll(source, state, web, NOW + timedelta(hours=4)) == ([], [])


def test_a_cancel_without_info_ends_what_stood(tmp_path: Path, web: Web) -> None:
    (tmp_path / "a.xml").write_bytes(message("a", "08:00"))
    (tmp_path / "b.xml").write_bytes(message("b", "08:30", "Cancel", ref("a", "08:00"), body=""))
    found, _ = poll(door(tmp_path, "en"), State(), web)
    assert [(one.title, one.language, one.deleted) for one in found] == 2 * [
        ("Flood warning", "en", False)
    ]
    assert [(fact.state, fact.start) for fact in found[1].alerts] == [
        ("started", at(8)),
        ("ended", at(8, 30)),
    ]


def test_an_error_withdraws(tmp_path: Path, web: Web) -> None:
    (tmp_path / "a.xml").write_bytes(message("a", "08:00"))
    (tmp_path / "b.xml").write_bytes(message("b", "08:30", "Error", ref("a", "08:00"), body=""))
    found, problems = poll(door(tmp_path, "en"), State(), web)
    assert ([one.deleted for one in found], problems) == ([False, True], [])


@pytest.mark.parametrize("status", ["Test", "Draft", "System"])
def test_what_is_not_actual_is_no_alert(tmp_path: Path, web: Web, status: str) -> None:
    (tmp_path / "a.xml").write_bytes(message("a", "08:00", status=status))
    (tmp_path / "b.xml").write_bytes(message("b", "08:00", "Ack", ref("a", "08:00")))
    assert poll(door(tmp_path), State(), web) == ([], [])


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("Actual", "Exercise", "exercise"),
        ("Public", "Restricted", "not_public"),
        ("Public", "Private", "not_public"),
    ],
)
def test_what_is_not_for_the_page_is_said_once(
    site: Site, web: Web, before: str, after: str, code: str
) -> None:
    body = message("a", "08:00").replace(before.encode(), after.encode())
    state, source = State(), door(site.give("/a", body), "en")
    found, problems = poll(source, state, web)
    assert (found, [one.code for one in problems]) == ([], [code])
    site.give("/a", body + b" ")
    assert poll(source, state, web) == ([], [])


def test_an_update_of_two_chains_goes_on_with_the_areas_of_both(tmp_path: Path, web: Web) -> None:
    state, source = State(), door(tmp_path, "en")
    (tmp_path / "a.xml").write_bytes(message("a", "08:00"))
    (tmp_path / "b.xml").write_bytes(message("b", "08:10", body=info(area="Paris")))
    poll(source, state, web)
    both = f"{ref('a', '08:00')} {ref('b', '08:10')}"
    (tmp_path / "c.xml").write_bytes(message("c", "08:30", "Update", both))
    (merged,), _ = poll(source, state, web)
    assert (merged.dispatch, merged.version) == ("a", 2)
    assert [(one.area, one.state) for one in alerts(merged)] == [
        ("Lyon", "started"),
        ("Paris", "started"),
        ("Paris", "ended"),
    ]
    assert list(state.doors["c"].held) == ["a"]
    (tmp_path / "d.xml").write_bytes(message("d", "08:40", "Cancel", ref("b", "08:10"), body=""))
    (over,), _ = poll(source, state, web)
    assert over.dispatch == "a"
    assert all(fact.end for fact in over.alerts if fact.state == "started")


def test_an_alert_that_goes_on_does_not_begin_again(tmp_path: Path, web: Web) -> None:
    (tmp_path / "a.xml").write_bytes(message("a", "08:05"))
    later = info("Severe flood warning").replace("T08:00", "T08:30")
    (tmp_path / "b.xml").write_bytes(message("b", "08:30", "Update", ref("a", "08:05"), body=later))
    found, _ = poll(door(tmp_path, "en"), State(), web)
    assert [fact.start for fact in found[1].alerts] == [at(8)]
    assert found[1].text.startswith("Severe flood warning: Lyon\n2024-11-22T08:00:00+00:00/")


def test_a_warning_of_what_is_to_come_is_in_force_since_it_was_issued(
    tmp_path: Path, web: Web
) -> None:
    body = info().replace("T08:00", "T11:00")
    (tmp_path / "a.xml").write_bytes(message("a", "08:30", body=body))
    (one,), _ = poll(door(tmp_path, "en"), State(), web)
    (fact,) = one.alerts
    assert (fact.start, fact.onset, fact.end) == (at(8, 30), at(11), at(12))


def test_an_area_keeps_its_shapes_codes_and_grades(tmp_path: Path, web: Web) -> None:
    shapes = (
        "<polygon>45,4 46,4 46,5 45,5 45,4</polygon><polygon>45,4 what</polygon>"
        "<circle>45.5,4.5 12.5</circle><circle>95,4 1</circle></area>"
    )
    coded = "<eventCode><valueName>SAME</valueName><value>FFW</value></eventCode><severity>"
    body = info().replace("</area>", shapes).replace("<severity>", coded)
    (tmp_path / "a.xml").write_bytes(message("a", "08:00", body=body))
    (one,), (problem,) = poll(door(tmp_path, "en"), State(), web)
    (fact,) = one.alerts
    assert fact.polygons == (((4, 45), (5, 45), (5, 46), (4, 46), (4, 45)),)
    assert fact.circles == ((4.5, 45.5, 12.5),)
    assert (fact.severity, fact.urgency, fact.certainty) == ("Severe", "Expected", "Likely")
    assert fact.event_codes == ("SAME FFW",)
    assert problem.code == "bad_shape"


def test_what_cap_forbids_is_read_and_said(tmp_path: Path, web: Web) -> None:
    body = info().replace("T08:00:00+00:00", "T08:00:00Z").replace("Severe", "Dire")
    (tmp_path / "a.xml").write_bytes(message("a b", "08:00", "Update", body=body))
    (one,), (problem,) = poll(door(tmp_path, "en"), State(), web)
    assert one.alerts[0].start == at(8)
    assert (one.alerts[0].severity, problem.code) == (None, "odd_cap")
    assert all(
        words in problem.message
        for words in ("'2024-11-22T08:00:00Z'", "identifier", "without references", "'Dire'")
    )


def test_a_signature_is_passed_over(tmp_path: Path, web: Web) -> None:
    signature = b'<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><info/></Signature></alert>'
    (tmp_path / "a.xml").write_bytes(message("a", "08:00").replace(b"</alert>", signature))
    (one,), problems = poll(door(tmp_path, "en"), State(), web)
    assert (len(one.alerts), problems) == (1, [])


ENTRY = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2"><entry>
<id>{id}</id><title>Flood warning for Lyon</title><updated>2024-11-22T08:00:00+00:00</updated>
<author><name>meteo@galet.example</name></author><summary>The river rises.</summary>
<link type="application/cap+xml" href="/a.cap"/><category term="flood"/>
<cap:event>Flood warning</cap:event><cap:status>Actual</cap:status><cap:msgType>Alert</cap:msgType>
<cap:urgency>Expected</cap:urgency><cap:severity>Severe</cap:severity><cap:certainty>Likely</cap:certainty>
<cap:onset>2024-11-22T08:00:00+00:00</cap:onset><cap:expires>2024-11-22T12:00:00+00:00</cap:expires>
<cap:areaDesc>Lyon</cap:areaDesc><cap:geocode><valueName>EMMA_ID</valueName><value>FR433</value>
</cap:geocode></entry></feed>"""


def test_of_a_message_that_cannot_be_had_the_index_tells(site: Site, web: Web) -> None:
    url = site.give("/index", ENTRY.format(id="https://galet.example/7").encode())
    state, source = State(), door(url, "en")
    (brief,), (problem,) = poll(source, state, web)
    assert "the fields of its entry in the index are taken instead" in problem.message
    assert [(one.hazard, one.area) for one in alerts(brief)] == [("flood", "Lyon")]
    assert (brief.alerts[0].codes, brief.alerts[0].severity) == (("EMMA_ID FR433",), "Severe")
    assert (brief.title, brief.url) == ("Flood warning for Lyon", f"{site.url}/a.cap")
    assert poll(source, state, web)[0] == []
    site.give("/a.cap", message("a", "08:00"))
    (whole,), problems = poll(source, state, web)
    assert (whole.dispatch, whole.version, problems) == (brief.dispatch, 2, [])
    assert alerts(whole)[0].advice == "Stay indoors."


def test_an_index_that_does_not_say_that_it_is_actual_tells_nothing(site: Site, web: Web) -> None:
    body = ENTRY.format(id="7").replace("Actual", "")
    found, (problem,) = poll(door(site.give("/index", body.encode()), "en"), State(), web)
    assert (found, problem.code) == ([], "http_404")


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


@pytest.mark.slow
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


_SHARED = os.environ.get("SOURCIER_SHARED", "")
_EXAMPLES = Path(_SHARED, "schemas", "cap", "examples")
_REFUSED = {"invalid.cap": "bad_cap"}
"""The examples that lack what CAP requires."""
_ODD = {"canada_errors.cap", "noaa_errors.cap", "weather_invalid.atom"}
"""The faulty ones that can be read all the same."""
_SILENT = {"invalid.cap", "no_optional_fields.cap", "earthquake_index.atom"}
"""Those that tell of no alert, the last because what it leads to is not to be had."""


def _examples() -> list[str]:
    found = _SHARED and _EXAMPLES.is_dir()
    return sorted(path.name for path in _EXAMPLES.iterdir()) if found else [""]


@pytest.mark.parametrize("name", _examples())
def test_the_official_examples(name: str, web: Web, tmp_path: Path) -> None:
    if not name:
        pytest.skip("SOURCIER_SHARED names no folder with the official examples")
    body = (_EXAMPLES / name).read_bytes()
    here = tmp_path / name
    here.write_bytes(body.replace(b"http://earthquake.usgs.gov", b"http://127.0.0.1:9"))
    found, problems = poll(door(here, "en"), State(), web, datetime(2010, 8, 30, 12, tzinfo=UTC))
    codes = {one.code for one in problems}
    assert bool(found) == (name not in _SILENT)
    assert ("odd_cap" in codes) == (name in _ODD)
    assert _REFUSED.get(name) in {None, *codes}
    for one in found:
        assert len(alerts(one)) == len(one.alerts) > 0
        for fact in one.alerts:
            assert one.text[slice(*fact.span)].endswith(one.text[slice(*fact.area)])
