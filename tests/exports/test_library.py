"""The package as a library: tables of records, and a map of any day in ten lines."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from tracker import Stages, draw_layer, read_reports, to_frame
from tracker.errors import UsageError
from tracker.exports import areas_frame

SAMPLE = Path(__file__).parents[2] / "maps" / "deir-ezzor-2017-09-05" / "report.md"


@pytest.fixture(scope="module")
def told():
    stages = Stages()
    claims = [claim for report in read_reports([SAMPLE]) for claim in stages.extract(report)]
    return stages, claims, stages.fuse(claims)


def test_a_day_is_a_geodataframe_in_a_few_lines(told) -> None:
    stages, claims, states = told
    gdf = to_frame(draw_layer(states, claims, stages, on=dt.date(2017, 9, 5)))
    assert gdf.crs.to_epsg() == 4326
    assert gdf.geometry.is_valid.all()
    row = gdf[(gdf["name"] == "Deir ez-Zor military airport")].iloc[0]
    assert (row["holder"], row["besieged_by"]) == ("syrian_government", "islamic_state")


def test_claims_become_points_with_their_days(told) -> None:
    _, claims, _ = told
    frame = to_frame(claims)
    assert list(frame["claim_id"]) == [c.claim_id for c in claims]
    assert str(frame["published"].dtype) == "datetime64[ms, UTC]"
    assert set(frame.geometry.geom_type) == {"Point"}
    assert frame.loc[0, "lat"] == pytest.approx(frame.geometry[0].y)
    assert set(frame["modality"]) <= {"asserted", "hedged", "unreal"}


def test_states_become_a_table_that_leads_back_to_their_claims(told) -> None:
    _, claims, states = told
    frame = to_frame(states)
    assert len(frame) == len(states)
    cited = set(frame["claim_ids"].explode())
    assert cited <= set(to_frame(claims)["claim_id"])
    assert frame["valid_to"].isna().any()
    assert frame["probability"].between(0, 1).all()


def test_no_records_are_a_table_without_rows_and_mixed_ones_an_error(told) -> None:
    _, claims, states = told
    assert len(to_frame([])) == 0
    with pytest.raises(UsageError, match="a table is made of"):
        to_frame([*claims, *states])
    with pytest.raises(UsageError, match="not of str"):
        to_frame(["x"])


def test_tables_survive_a_trip_through_csv(told, tmp_path) -> None:
    _, claims, _ = told
    to_frame(claims).drop(columns="geometry").to_csv(tmp_path / "c.csv", index=False)
    assert list(pd.read_csv(tmp_path / "c.csv")["quote"]) == [c.quote for c in claims]


def test_a_day_is_explored_in_the_actors_colours(told) -> None:
    pytest.importorskip("mapclassify")
    pytest.importorskip("matplotlib")
    stages, claims, states = told
    layer = draw_layer(states, claims, stages)
    frame = areas_frame(layer, actors=stages.actors)
    page = frame.explore(color="colour", tiles=None, tooltip=["name", "holder_name"]).get_root().render()
    assert stages.actors["syrian_government"].colour in page
    assert to_frame(layer).explore("status", tiles=None)  # days and lists included
    assert to_frame(claims).explore("kind", tiles=None)
