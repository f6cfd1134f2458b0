"""The data set: its tables hold what the story holds, in every format, as its dictionary says."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pandas as pd
import pytest
from pyarrow import parquet

from sourcier.publish.dataset.dictionary import conventions, dictionary, occurrence_types
from sourcier.publish.dataset.files import ALL, FORMATS, write_dataset
from sourcier.publish.dataset.shapes import acled, cell, plover, ucdp
from sourcier.publish.dataset.tables import Data
from sourcier.types import Capture, Event, Ledger, Story, Time
from tests.publish.maker import ledger, utc
from tests.publish.sumy import sumy
from tests.publish.wajima import wajima


@pytest.fixture(scope="module", params=[sumy, wajima], ids=["sumy", "wajima"])
def story(request: pytest.FixtureRequest) -> Story:
    made: Story = request.param()
    return made


@pytest.fixture(scope="module")
def folder(story: Story, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dataset")
    write_dataset(story, path)
    return path


@pytest.mark.parametrize("name", ALL)
def test_three_formats_hold_the_same_rows(folder: Path, name: str) -> None:
    columns = [column.name for column in dictionary()[name].columns]
    table = parquet.read_table(folder / f"{name}.parquet")
    lines = [json.loads(x) for x in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert table.column_names == columns
    assert len(lines) == len(rows) == table.num_rows
    for row, line, cells in zip(table.to_pylist(), lines, rows, strict=True):
        assert list(line) == list(cells) == columns
        for key in columns:
            if isinstance(row[key], str):
                assert line[key] == row[key] == cells[key].removeprefix("'")
            elif isinstance(row[key], list):
                assert line[key] == row[key]
                assert cells[key] == " | ".join(row[key])


def test_what_the_story_holds_is_in_it(story: Story, folder: Path) -> None:
    found = {name: parquet.read_table(folder / f"{name}.parquet").to_pylist() for name in ALL}
    assert [row["id"] for row in found["claims"]] == list(story.claims)
    assert {row["id"] for row in found["events"]} == set(story.events)
    assert {row["id"] for row in found["alerts"]} == {alert.id for alert in story.alerts}
    assert {row["capture"] for row in found["copies"]} == set(story.copies)
    lines = sum(len(x.lines) for event in story.events.values() for x in event.ledgers)
    assert len(found["ledgers"]) == lines


def test_every_quote_stands_where_it_is_said_to(story: Story, folder: Path) -> None:
    for row in parquet.read_table(folder / "claims.parquet").to_pylist():
        assert story.captures[row["capture"]].text[row["start"] : row["end"]] == row["quote"]


def test_texts_are_not_given_away(folder: Path) -> None:
    assert "text" not in {column.name for column in dictionary()["captures"].columns}


def test_the_package_describes_each_file(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    named = {resource["path"] for resource in package["resources"]}
    assert named == {path.name for path in folder.iterdir()} - {"datapackage.json"}
    for resource in package["resources"]:
        assert all(field["description"] for field in resource["schema"]["fields"])


def test_duckdb_and_pandas_open_it(folder: Path) -> None:
    path = folder / "ledgers.parquet"
    query: Any = duckdb.sql(f"select count(*) from '{path}' where state = 'current'")
    asked = query.fetchall()[0]
    frame: Any = pd.read_parquet(path)
    assert asked == (int((frame.state == "current").sum()),)
    assert str(frame.reported.dtype).endswith("UTC]")


def test_one_format_can_be_asked_for(tmp_path: Path) -> None:
    written = write_dataset(sumy(), tmp_path, ("csv",))
    assert {path.suffix for path in written} == {".csv", ".json"}
    assert set(FORMATS) == {"parquet", "csv", "jsonl"}


def test_a_source_cannot_put_formulas_into_a_spreadsheet(tmp_path: Path) -> None:
    story = sumy()
    key, capture = next(iter(story.captures.items()))
    bad: Capture = msgspec.structs.replace(capture, title='=HYPERLINK("https://bad.example")')
    write_dataset(
        msgspec.structs.replace(story, captures={**story.captures, key: bad}), tmp_path, ("csv",)
    )
    assert ",=" not in (tmp_path / "captures.csv").read_text("utf-8").replace('"', "")
    assert "'=HYPERLINK" in (tmp_path / "captures.csv").read_text("utf-8")


def deadly(low: int | None, high: int | None, best: int | None, **more: Any) -> Data:
    """Return a story with one strike on Sumy that killed."""
    story = sumy()
    event = next(event for event in story.events.values() if event.type == "strike")
    start, end = utc("21 23:00"), utc("22 05:00")
    night = Time(
        text="", span=(0, 0), start=start, end=end, zone="Europe/Kyiv", precision="part_of_day"
    )
    lines = next((x.lines for x in event.ledgers if x.outcome == "killed"), ())
    killed: Ledger = ledger(event.id, "killed", *lines, low=low, high=high, best=best, **more)
    struck: Event = msgspec.structs.replace(event, time=night, ledgers=(killed,))
    return Data(msgspec.structs.replace(story, events={event.id: struck}))


def test_acled_takes_the_most_conservative_figure() -> None:
    (row,) = acled(deadly(2, 5, 4))
    assert (row["fatalities"], row["event_date"], row["time_precision"]) == (
        2,
        date(2024, 11, 22),
        1,
    )
    assert (row["event_type"], row["disorder_type"]) == (
        "Explosions/Remote violence",
        "Political violence",
    )
    assert (row["iso"], row["country"], row["geo_precision"]) == (804, "Ukraine", 1)


def test_acled_counts_dozens_as_its_codebook_does() -> None:
    (row,) = acled(deadly(20, None, 20, qualifier="vague"))
    assert row["fatalities"] == 12
    (row,) = acled(deadly(20, None, 20, qualifier="at_least"))
    assert row["fatalities"] == 20


def test_ucdp_has_best_low_and_high_and_counts_origins() -> None:
    (row,) = ucdp(deadly(2, 5, 4))
    assert (row["low"], row["best"], row["high"], row["deaths_unknown"]) == (2, 4, 5, 4)
    assert (row["date_start"], row["date_end"], row["date_prec"]) == (
        date(2024, 11, 22),
        date(2024, 11, 22),
        1,
    )
    assert row["where_prec"] == 1
    assert not list(ucdp(deadly(0, 0, 0)))


def test_plover_codes_news_alone() -> None:
    rows = list(plover(Data(sumy())))
    assert rows
    assert all(occurrence_types()[_type(row)]["plover"][0] == row["event_type"] for row in rows)


def _type(row: dict[str, Any]) -> str:
    claim: Any = sumy().claims[row["id"]]
    return str(claim.type)


def test_the_grid_is_priogrids() -> None:
    assert cell(-89.75, -179.75) == 1
    assert cell(-89.25, -179.75) == 721
    assert cell(89.75, 179.75) == 259200
    assert cell(90, 180) == 259200


def test_every_sub_event_that_a_type_maps_to_is_acleds() -> None:
    known = conventions()["acled"]["sub_events"]
    assert all(kind["acled"] in known for kind in occurrence_types().values() if kind["acled"])
