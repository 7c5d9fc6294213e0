"""Event tables and baselines become claims that can be traced; rows are made up."""
# ruff: noqa: E501 - rows are as long as they are

from __future__ import annotations

import datetime as dt
import json

import pytest

from tracker.errors import InputError
from tracker.ledger import TableReader
from tracker.model import Claim, Kind, Modality, Place
from tracker.states import fuse

ACLED = """event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,actor2,country,location,latitude,longitude,geo_precision,source,notes
SYR1,2017-09-05,2017,1,Battles,Government regains territory,Military Forces of X,Rebels,X,Dolna,35.1,40.1,1,Daily X,"They took it, all of it."
SYR2,2017-09-06,2017,1,Battles,Armed clash,Military Forces of X,Rebels,X,Dolna,35.1,40.1,1,Daily X,
SYR3,2017-09-07,2017,2,Battles,Non-state actor overtakes territory,Rebels,Military Forces of X,X,Horna,35.2,40.2,2,Daily X,
SYR4,07 September 2017,2017,1,Battles,Government regains territory,Military Forces of X,Rebels,X,Dolna,35.1,40.1,1,Daily X,
"""
UCDP = """id,type_of_violence,side_a,side_b,where_prec,where_coordinates,latitude,longitude,date_start,date_end,country
1,1,Government of X,Rebels,1,Dolna town,35.1,40.1,2017-09-01,2017-09-03,X
2,3,Government of X,Civilians,1,Dolna town,35.1,40.1,2017-09-01,2017-09-03,X
3,1,Government of X,Rebels,5,Dolna province,35.1,40.1,2017-09-01,2017-09-03,X
"""


def reader(layout: str) -> TableReader:
    def place_of(name, lat, lon, country) -> Place | None:
        return Place(place_id=f"tk:{name.lower().removeprefix('tk:')}", name=name, lon=40.1, lat=35.1, feature="PPL")

    def actor_of(name: str, on: dt.date, country: str | None) -> str:
        return "army" if "Military" in name or "Government" in name else name.lower()

    return TableReader(layout, place_of=place_of, actor_of=actor_of)


def read(layout: str, path, refused: list[InputError] | None = None) -> list[Claim]:
    refused = [] if refused is None else refused
    readings = list(reader(layout).read(path, quarantine=refused.append))
    for reading in readings:
        for claim in reading.claims:
            assert reading.report.text[claim.quote_start : claim.quote_end] == claim.quote
            assert reading.report.text[claim.place.start : claim.place.end] == claim.place.text
    return [claim for reading in readings for claim in reading.claims]


def test_acled_changes_of_hands_are_gains_and_clashes_are_nothing(tmp_path) -> None:
    (tmp_path / "a.csv").write_text(ACLED)
    refused: list[InputError] = []
    claims = read("acled", tmp_path / "a.csv", refused)
    assert [(c.kind, c.actor, c.counter_actor, c.place.place_id, c.valid_time) for c in claims] == [
        (Kind.GAINS, "army", "rebels", "tk:dolna", "2017-09-05"),
        (Kind.GAINS, "rebels", "army", "tk:horna", "2017-09-07~"),
    ]
    assert claims[0].source == "Daily X"
    assert [error.line for error in refused] == [5]


def test_ucdp_battles_at_a_point_are_weak_word_of_contest(tmp_path) -> None:
    (tmp_path / "u.csv").write_text(UCDP)
    (claim,) = read("ucdp", tmp_path / "u.csv")
    assert (claim.kind, claim.modality, claim.place.text, claim.valid_time) == (
        Kind.CONTESTS, Modality.HEDGED, "Dolna", "2017-09-01/2017-09-03",
    )  # fmt: skip


def test_a_baseline_is_a_claim_that_later_reports_may_outdo(tmp_path) -> None:
    (tmp_path / "b.csv").write_text("place,holder,date,source,lat,lon\nDolna,Rebels,2016-01-01,map of X,35.1,40.1\n")
    (tmp_path / "a.csv").write_text(ACLED)
    states = fuse([*read("baseline", tmp_path / "b.csv"), *read("acled", tmp_path / "a.csv")])
    dolna = [(s.holder, str(s.valid_from)) for s in states if s.place_id == "tk:dolna"]
    assert dolna == [("rebels", "2016-01-01"), ("army", "2017-09-05")]


SQUARE = {"type": "Polygon", "coordinates": [[[40, 35], [41, 35], [41, 36], [40, 36], [40, 35]]]}


def geojson(path, geometry, **properties) -> str:
    feature = {
        "type": "Feature",
        "geometry": geometry,
        "properties": {"holder": "Rebels", "date": "2016", **properties},
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return path


def test_a_polygon_or_point_that_names_a_place_is_that_place(tmp_path) -> None:
    for geometry in (SQUARE, {"type": "Point", "coordinates": [40.1, 35.1]}):
        (claim,) = read("baseline", geojson(tmp_path / "b.geojson", geometry, place="Dolna"))
        assert (claim.actor, claim.place.place_id, claim.valid_time) == ("rebels", "tk:dolna", "2016")


def test_a_polygon_that_names_none_is_every_place_inside_that_can_be_held(tmp_path) -> None:
    def places_in(area):
        assert area.bounds == (40, 35, 41, 36)
        for name, feature in (("Horna", "PPL"), ("Dolna", "HLL"), ("Governorate", "ADM1"), ("River", "STM")):
            yield Place(place_id=f"tk:{name.lower()}", name=name, lon=40.1, lat=35.1, feature=feature)

    table = reader("baseline")
    table._places_in = places_in
    path = geojson(tmp_path / "b.geojson", SQUARE, name="held by rebels", source="map of X")
    readings = list(table.read(path, quarantine=lambda error: pytest.fail(str(error))))
    claims = [claim for reading in readings for claim in reading.claims]
    assert [(c.kind, c.place.place_id, c.actor, c.source) for c in claims] == [
        ("holds", "tk:dolna", "rebels", "map of X"), ("holds", "tk:horna", "rebels", "map of X"),
    ]  # fmt: skip
    assert [c.valid_time for c in claims] == ["2016", "2016"]
    assert len({reading.report.report_id for reading in readings}) == 2


def test_a_polygon_with_no_place_in_it_or_too_many_is_listed_and_passed_over(tmp_path, monkeypatch) -> None:
    table, refused = reader("baseline"), []
    path = geojson(tmp_path / "b.geojson", SQUARE)
    table._places_in = lambda area: iter(())
    assert list(table.read(path, quarantine=refused.append)) == []
    monkeypatch.setattr("tracker.ledger.tables._MOST_INSIDE", 1)
    one = Place(place_id="tk:a", name="A", lon=40.1, lat=35.1, feature="PPL")
    table._places_in = lambda area: [one, one]
    assert list(table.read(path, quarantine=refused.append)) == []
    assert "no place of the gazetteer lies in the polygon" in str(refused[0])
    assert "cut it in pieces" in str(refused[1])


def test_what_is_no_table_says_so(tmp_path) -> None:
    (tmp_path / "b.geojson").write_text("[1]")
    with pytest.raises(InputError, match="is no GeoJSON"):
        read("baseline", tmp_path / "b.geojson")
    with pytest.raises(InputError, match="can't be read"):
        read("acled", tmp_path / "none.csv")
    (tmp_path / "c.csv").write_text("place,date\nDolna,2016\n")
    refused: list[InputError] = []
    assert read("baseline", tmp_path / "c.csv", refused) == []
    assert "no column 'holder'" in str(refused[0])
