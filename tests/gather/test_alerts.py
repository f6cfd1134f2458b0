"""alerts.in.ua: alerts come, change and go; the token is sent once and kept nowhere."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from sourcier.gather import State, gather
from sourcier.gather.web import Web
from sourcier.problems import Problem
from sourcier.read import read
from sourcier.types import Alert, Source
from tests.gather.conftest import Site

NOW = datetime(2024, 11, 22, 9, tzinfo=UTC)
ROW = {
    "id": 7,
    "location_title": "Сумська область",
    "location_type": "oblast",
    "location_oblast": "Сумська область",
    "started_at": "2024-11-22T08:00:00.000Z",
    "finished_at": None,
    "alert_type": "air_raid",
    "location_uid": "20",
}


def test_an_alert_comes_and_ends_where_it_is_gone(
    site: Site, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCIER_ALERTS_TOKEN", "s3cret")
    state = State()
    url = site.give("/a", json.dumps({"alerts": [ROW, {"id": 8}]}).encode())
    source = Source(id="a", kind="alerts", url=url, publisher="Тривоги", role="official")
    one, problem = gather(source, state, now=NOW, web=web)
    assert isinstance(problem, Problem)
    assert not isinstance(one, Problem)
    (alert,) = (claim for claim in read(one).claims if isinstance(claim, Alert))
    assert (alert.hazard, alert.state, alert.area) == ("air_raid", "started", "Сумська область")
    assert alert.place and alert.place.precision == "region"
    assert site.asked[0]["Authorization"] == "Bearer s3cret"
    site.give("/a", b'{"alerts": []}')
    (gone,) = gather(source, state, now=NOW + timedelta(minutes=5), web=web)
    assert not isinstance(gone, Problem)
    assert [claim.state for claim in read(gone).claims if isinstance(claim, Alert)] == [
        "started",
        "ended",
    ]
    assert gone.alerts[1].start == NOW + timedelta(minutes=5)
    assert b"s3cret" not in msgspec.json.encode([state.doors, one, gone])


@pytest.mark.parametrize("body", [b"", b"[]", b'{"alerts": 7}', b"[" * 100_000])
def test_a_list_that_is_none_ends_nothing(
    site: Site, web: Web, monkeypatch: pytest.MonkeyPatch, body: bytes
) -> None:
    monkeypatch.setenv("SOURCIER_ALERTS_TOKEN", "s3cret")
    source = Source(id="a", kind="alerts", url=site.give("/a", body), publisher="Тривоги")
    (problem,) = gather(source, State(), now=NOW, web=web)
    assert isinstance(problem, Problem)
    assert problem.code == "bad_alerts"


def test_without_a_token_nobody_is_asked(
    site: Site, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCIER_ALERTS_TOKEN", raising=False)
    source = Source(id="a", kind="alerts", url=site.url, publisher="Тривоги")
    (problem,) = gather(source, State(), now=NOW, web=web)
    assert isinstance(problem, Problem)
    assert problem.code == "no_token"
    assert site.asked == []


def test_a_redirect_elsewhere_sees_no_token(
    site: Site, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCIER_ALERTS_TOKEN", "s3cret")
    elsewhere = site.give("/b", b'{"alerts": []}').replace("127.0.0.1", "localhost")
    url = site.give("/a", b"", 302, Location=elsewhere)
    source = Source(id="a", kind="alerts", url=url, publisher="Тривоги", private=True)
    list(gather(source, State(), now=NOW, web=web))
    assert all("Authorization" not in headers for headers in site.asked[1:])
