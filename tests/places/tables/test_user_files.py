import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from tracker.errors import GazetteerError
from tracker.places.gazetteer import Gazetteer


def test_a_users_place_is_found_beside_the_shipped_ones(own_csv: Callable[..., Path], kuwait: Path) -> None:
    path = own_csv("me:camp,Camp Zebra,29.3,47.9,MILB,KW")
    (hit,) = Gazetteer.load(countries=["KW"], extra=[path]).search("camp zebra")
    assert (hit.place.place_id, hit.place.parent) == ("me:camp", "gn:285570")


@pytest.mark.usefixtures("kuwait")
@pytest.mark.parametrize(
    ("rows", "header", "line", "problem"),
    [
        ([], "place_id,name,lat,lon", 1, "no column 'feature'"),
        (["a,A,29,47,PPL,KW", "a,B,29,48,PPL,KW"], None, 3, "stands on line 2"),
        (["a,A,47.9,29.3,PPL,KW"], None, 2, "changed over"),
        (["a,A,150,29,PPL,"], None, 2, "changed over"),
        (["a,A,0,0,PPL,KW"], None, 2, "0,0"),
        (["a,A,x,47,PPL,KW"], None, 2, "lat 'x' is no number"),
        (["a,A,29"], None, 2, "3 cells"),
        (["a,,29,47,PPL,KW"], None, 2, "without a place_id or a name"),
        (["a,A,29,47,PPL,-5"], "place_id,name,lat,lon,feature,population", 2, "population of -5"),
        (["a,A,29,47,PPL,9e99"], "place_id,name,lat,lon,feature,population", 2, "population of 9e"),
        (["a,A,29,47,PPL,-5"], "place_id,name,lat,lon,feature,radius_m", 2, "radius_m -5 is no length"),
        (["a,A,29,47,PPL,a"], "place_id,name,lat,lon,feature,parent", 2, "a is its own parent"),
        (["a,A,29,47,PPL,b", "b,B,29,48,PPL,a"], "place_id,name,lat,lon,feature,parent", 2, "a lies in b, which"),
    ],
)
def test_a_faulty_table_is_refused_with_its_line(
    own_csv: Callable[..., Path], rows: list[str], header: str | None, line: int, problem: str
) -> None:
    path = own_csv(*rows, header=header) if header else own_csv(*rows)
    with pytest.raises(GazetteerError, match=problem) as caught:
        Gazetteer.load(countries=["KW"], extra=[path])
    assert (caught.value.path, caught.value.line) == (str(path), line)


def _geojson(folder: Path, crs: str | None = None, feature: str = "MILB") -> Path:
    crs_member = f'"crs":{{"type":"name","properties":{{"name":"{crs}"}}}},' if crs else ""
    path = folder / "own.geojson"
    path.write_text(
        f'{{"type":"FeatureCollection",{crs_member}"features":[{{"type":"Feature","properties":'
        f'{{"place_id":"me:camp","name":"Camp Zebra","feature":"{feature}","country":"KW","names":"Zebra@en"}},'
        '"geometry":{"type":"Point","coordinates":[47.9,29.3]}}]}',
        encoding="utf-8",
    )
    return path


def test_a_geojson_of_the_users_own_is_read(tmp_path: Path, kuwait: Path) -> None:
    (hit,) = Gazetteer.load(countries=["KW"], extra=[_geojson(tmp_path)]).search("Zebra")
    assert (hit.place.lon, hit.place.lat) == (47.9, 29.3)


def test_an_unknown_crs_and_a_missing_property_are_refused(tmp_path: Path, kuwait: Path) -> None:
    with pytest.raises(GazetteerError, match="unknown CRS 'EPSG:999999'"):
        Gazetteer.load(countries=["KW"], extra=[_geojson(tmp_path, crs="EPSG:999999")])
    with pytest.raises(GazetteerError, match="feature 1 has no 'feature'"):
        Gazetteer.load(countries=["KW"], extra=[_geojson(tmp_path, feature="")])


def test_a_geopackage_in_another_crs_is_projected(tmp_path: Path, kuwait: Path) -> None:
    path = tmp_path / "own.gpkg"
    x, y = 6378137 * math.radians(47.9), 6378137 * math.asinh(math.tan(math.radians(29.3)))  # Web Mercator
    columns = {"place_id": "me:camp", "name": "Camp Zebra", "feature": "MILB", "country": "KW"}
    pyogrio.raw.write(
        path,
        geometry=np.array([shapely.to_wkb(shapely.Point(x, y))]),
        field_data=[np.array([value], dtype=object) for value in columns.values()],
        fields=list(columns),
        crs="EPSG:3857",
        geometry_type="Point",
    )
    (hit,) = Gazetteer.load(countries=["KW"], extra=[path]).search("Camp Zebra")
    assert (round(hit.place.lon, 3), round(hit.place.lat, 3)) == (47.9, 29.3)
