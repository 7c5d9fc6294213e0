import bz2
import csv
import math
import multiprocessing
import os
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from click.testing import CliRunner

from tracker.cli.gazetteer import command
from tracker.errors import GazetteerError, UnknownPlaceError
from tracker.places import shelf
from tracker.places.build_index import compile_index, merge_rows
from tracker.places.folding import folded_key
from tracker.places.gazetteer import Gazetteer
from tracker.places.lexicon import lexicon
from tracker.places.name_table import name_table
from tracker.places.rows import read_rows
from tracker.places.shelf import shipped_files
from tracker.places.user_files import read_user_file

THEATRES = ["IQ", "LY", "SD", "SY", "UA", "YE"]
SPELLINGS = Path(__file__).parent / "spellings.csv"


@pytest.fixture(scope="module")
def theatres() -> Gazetteer:
    return Gazetteer.load(countries=THEATRES)


@pytest.fixture(scope="module")
def syria() -> Gazetteer:
    return Gazetteer.load(countries=["SY", "IQ"])


@pytest.fixture(scope="module")
def kuwait_files(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, str]]:
    """The lines of Kuwait of the shipped tables: read in no time."""
    folder = tmp_path_factory.mktemp("kuwait")
    files = []
    for path, source in shipped_files():
        raw = path.read_bytes()
        lines = (bz2.decompress(raw) if path.suffix == ".bz2" else raw).splitlines(keepends=True)
        small = folder / path.name.removesuffix(".bz2")
        kept = lines[:1] + [line for line in lines[1:] if b"\tKW\t" in line or line.endswith(b"\tKW\n")]
        small.write_bytes(b"".join(kept))
        files.append((small, source))
    return files


@pytest.fixture
def kuwait(kuwait_files: list[tuple[Path, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own beside a gazetteer of Kuwait alone; returns the cache."""
    monkeypatch.setattr(shelf, "shipped_files", lambda: kuwait_files)
    monkeypatch.setenv("TRACKER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_the_city_and_the_governorate_of_deir_ez_zor_are_two_places(syria: Gazetteer) -> None:
    found = {hit.place.place_id: hit.place.feature for hit in syria.search("Deir Azzour")}
    assert found["gn:170794"] == "PPLA"
    assert found["gn:170792"] == "ADM1"


def test_every_spelling_of_seventy_places_finds_its_place(theatres: Gazetteer) -> None:
    with SPELLINGS.open(encoding="utf-8", newline="") as table:
        rows = [(row["place_id"], row["spellings"].split("|")) for row in csv.DictReader(table)]
    assert len(rows) >= 60
    assert min(len(spellings) for _, spellings in rows) >= 5
    missed = [
        (place_id, spelling)
        for place_id, spellings in rows
        for spelling in spellings
        if place_id not in {theatres.at(ordinal).place_id for _, ordinal in theatres.lookup(folded_key(spelling))}
    ]
    assert missed == []


def test_a_quarter_lies_in_its_town_in_its_governorate_in_its_country(syria: Gazetteer) -> None:
    assert syria.ancestors("tk:sy-dez-harabish") == ["gn:170794", "gn:170792", "gn:163843"]
    assert "tk:sy-dez-harabish" in {child.place_id for child in syria.children("gn:170794")}


def test_children_come_in_the_order_of_their_ids(syria: Gazetteer) -> None:
    ids = [child.place_id for child in syria.children("gn:170792")]
    assert ids == sorted(ids)
    assert len(ids) > 50


def test_quarters_are_many_where_the_battles_were(syria: Gazetteer) -> None:
    least = {"gn:170794": 25, "gn:172955": 20, "gn:170063": 20, "gn:99072": 20}
    for town, number in least.items():
        assert len(syria.children(town)) >= number, town


def test_one_town_of_three_sources_is_one_place(syria: Gazetteer) -> None:
    palmyra = [hit.place for hit in syria.search("Palmyra") if hit.place.feature.startswith("PPL")]
    assert [place.place_id for place in palmyra] == ["gn:163808"]
    assert palmyra[0].other_ids
    assert {"Tadmur", "Tadmor", "تدمر"} <= {name.text for name in palmyra[0].names}
    assert syria.get(palmyra[0].other_ids[0]) == palmyra[0]


def test_the_false_mayadin_of_openstreetmap_is_madan(syria: Gazetteer) -> None:
    near = [hit.place for hit in syria.search("Mayadin", 50) if abs(hit.place.lon - 39.6) < 0.05]
    assert near == []
    assert syria.get("osm:sy-madan-3576-3961").place_id == "gn:167538"


def test_the_airfield_of_two_sources_is_one_place(syria: Gazetteer) -> None:
    airbase = syria.get("tk:air-osdz")
    assert airbase.place_id == "tk:sy-dez-airbase"
    assert airbase.feature == "AIRB"


def test_a_wartime_name_carries_its_period(theatres: Gazetteer) -> None:
    bakhmut = theatres.get("gn:713174")
    soviet = next(name for name in bakhmut.names if name.text == "Artemivsk")
    assert (soviet.language, soviet.script, soviet.start, soviet.end) == ("en", "Latn", "1924", "2016")


def test_other_countries_stay_out_of_a_theatre(syria: Gazetteer) -> None:
    assert syria.search("Kherson") == []
    assert {syria.at(ordinal).country for ordinal in range(len(syria))} == {"SY", "IQ", None}


def test_an_unknown_id_is_an_error_with_a_hint(syria: Gazetteer) -> None:
    with pytest.raises(UnknownPlaceError, match="no place 'gn:1'"):
        syria.get("gn:1")


def test_names_and_lookup_agree(syria: Gazetteer) -> None:
    rows = list(syria.names())
    assert len(rows) > 15_000
    for row in rows[:: len(rows) // 200]:
        assert row.key == folded_key(row.text)
        assert (row.text, row.ordinal) in syria.lookup(row.key)


def test_a_damaged_index_is_compiled_again(kuwait: Path) -> None:
    before = Gazetteer.load(countries=["KW"])
    (index,) = kuwait.glob("gazetteer-*.idx")
    whole = index.read_bytes()
    for damage in (b"", whole[:10], whole[:1000], whole[:-9] + b"123456789", b"x" * len(whole), whole + b"more"):
        index.unlink()
        index.write_bytes(damage)
        after = Gazetteer.load(countries=["KW"])
        assert len(after) == len(before) > 30
        assert index.read_bytes() == whole


def test_a_damaged_table_of_names_is_compiled_again(kuwait: Path) -> None:
    gazetteer = Gazetteer.load(countries=["KW"])
    before = len(name_table(gazetteer, lexicon()))
    (table,) = kuwait.glob("names-*.bin")
    whole = table.read_bytes()
    table.unlink()
    table.write_bytes(whole[:-100])
    assert len(name_table(gazetteer, lexicon())) == before > 100
    assert table.read_bytes() == whole


def test_old_indexes_go(kuwait: Path) -> None:
    for number in range(12):
        Gazetteer.load(countries=["KW", f"X{number}"])
    assert len(list(kuwait.iterdir())) == 8


def test_a_changed_file_of_the_users_compiles_nothing_anew(kuwait: Path, tmp_path: Path) -> None:
    versions = set()
    for number in range(3):
        path = _csv(tmp_path, f"me:camp,Camp Zebra {number},29.3,47.9,MILB,KW")
        gazetteer = Gazetteer.load(countries=["KW"], extra=[path])
        versions.add(gazetteer.version)
        table = name_table(gazetteer, lexicon())
        (found,) = table.find(f"at Camp Zebra {number}")
        assert [gazetteer.at(ordinal).place_id for ordinal in table.ordinals(found.entry)] == ["me:camp"]
        (kept, names) = sorted(kuwait.iterdir())
        assert (kept.suffix, names.suffix) == (".idx", ".bin")
    assert len(versions) == 3


OWN_ROWS = [
    "me:camp,Camp Zebra,29.3,47.9,MILB,KW,,,me:town,0,500,Zebra Base|Zèbre@fr,notes",
    "me:town,Zebra Town,29.31,47.91,PPL,KW,02,,,900,,Zebraville@en[1990/2003],",
    "gn:285787,Koweit Ville,29.37,47.98,PPLC,KW,02,,,60064,,Dasman Town,mine",  # overrides what it states
    "me:twin,Al Jahra,29.3375,47.66,PPL,KW,,,,0,,Al-Jahra of mine,",  # a town of two sources
    "me:twin-again,Al-Jahrah,29.3376,47.661,PPL,KW,,,,0,,,",
    "me:air,Some Airport,29.2266,47.969,AIRP,KW,,,,0,,,",  # an airfield of two sources
    "me:area,Zebra Governorate,29.0,47.7,ADM1,KW,99,,,0,,,",
    "me:inside,Zebra Village,29.01,47.71,PPL,KW,99,,,0,,,",
    "me:sea,Zebra Sea,28.0,49.0,SEA,,,,,0,,,",
    "osm:kw-zebra,Zebra Farm,29.1,47.6,PPL,KW,,,,0,,,",  # towns of its country are put together
]


def test_rows_over_the_index_make_the_places_that_compiling_all_rows_makes(
    kuwait: Path, kuwait_files: list[tuple[Path, str]], tmp_path: Path
) -> None:
    header = "place_id,name,lat,lon,feature,country,admin1,admin2,parent,population,radius_m,names,source"
    path = _csv(tmp_path, *OWN_ROWS, header=header)
    laid = Gazetteer.load(countries=["KW"], extra=[path])
    rows = [row for file, source in kuwait_files for row in read_rows(file, countries=frozenset(["KW"]), source=source)]
    compiled = Gazetteer(compile_index(merge_rows([*rows, *read_user_file(path)]), "all at once"))
    assert len(laid) == len(compiled)
    for ordinal in range(len(compiled)):
        whole = compiled.at(ordinal)
        place = laid.get(whole.place_id)
        assert sorted(place.names, key=str) == sorted(whole.names, key=str)
        assert replace(place, names=()) == replace(whole, names=())
        assert all(laid.get(other) == place for other in whole.other_ids)
        assert laid.ancestors(whole.place_id) == compiled.ancestors(whole.place_id)
        assert laid.children(whole.place_id) == sorted(laid.children(whole.place_id), key=lambda child: child.place_id)
        for name in (whole.name, *(name.text for name in whole.names)):
            ids = {laid.at(found).place_id for _, found in laid.lookup(folded_key(name))}
            assert ids == {compiled.at(found).place_id for _, found in compiled.lookup(folded_key(name))}
    assert {row.text for row in laid.names()} == {row.text for row in compiled.names()}
    assert laid.people() == compiled.people()


def test_what_a_dead_process_left_half_written_goes(kuwait: Path) -> None:
    kuwait.mkdir()
    dead, alive = kuwait / ".gazetteer-0-x.idx", kuwait / ".gazetteer-1-x.idx"
    dead.write_bytes(b"half")
    alive.write_bytes(b"half")
    os.utime(dead, (0, 0))
    Gazetteer.load(countries=["KW"])
    assert not dead.exists()
    assert alive.exists()


def test_a_cache_that_cannot_be_written_only_warns(
    kuwait: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("TRACKER_CACHE", str(tmp_path / "file"))
    with pytest.warns(UserWarning, match="TRACKER_CACHE"):
        gazetteer = Gazetteer.load(countries=["KW"])
    assert gazetteer.search("Kuwait City")


def _load(folder: str, files: list[tuple[Path, str]], out: "multiprocessing.Queue[str]") -> None:
    os.environ["TRACKER_CACHE"] = folder
    shelf.shipped_files = lambda: files  # type: ignore[assignment]
    gazetteer = Gazetteer.load(countries=["KW"])
    out.put(f"{gazetteer.version} {len(name_table(gazetteer, lexicon()))}")


def test_several_processes_may_compile_at_once(tmp_path: Path, kuwait_files: list[tuple[Path, str]]) -> None:
    context = multiprocessing.get_context("spawn")
    out = context.Queue()
    folder = tmp_path / "cache"
    workers = [context.Process(target=_load, args=(str(folder), kuwait_files, out)) for _ in range(3)]
    for worker in workers:
        worker.start()
    answers = {out.get(timeout=120) for _ in workers}
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    assert len(answers) == 1
    assert sorted(path.suffix for path in folder.iterdir()) == [".bin", ".idx"]


def test_a_compiled_theatre_opens_at_once(syria: Gazetteer) -> None:
    start = time.perf_counter()
    again = Gazetteer.load(countries=["IQ", "SY"])
    assert time.perf_counter() - start < 1.0  # measured 0.02 s; room for a busy machine
    assert again.version == syria.version


def _csv(folder: Path, *rows: str, header: str = "place_id,name,lat,lon,feature,country") -> Path:
    path = folder / "own.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def test_a_users_place_is_found_beside_the_shipped_ones(tmp_path: Path, kuwait: Path) -> None:
    path = _csv(tmp_path, "me:camp,Camp Zebra,29.3,47.9,MILB,KW")
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
    ],
)
def test_a_faulty_table_is_refused_with_its_line(
    tmp_path: Path, rows: list[str], header: str | None, line: int, problem: str
) -> None:
    path = _csv(tmp_path, *rows, header=header) if header else _csv(tmp_path, *rows)
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


@pytest.mark.usefixtures("kuwait")
def test_search_prints_id_kind_position_and_parents() -> None:
    result = CliRunner().invoke(command, ["search", "Al", "Jahra", "--country", "kw", "--limit", "1"])
    assert result.output.startswith("gn:285799  Al Jahrā’  PPLA  29.3375, 47.6581  Al Jahra < Kuwait")


@pytest.mark.usefixtures("kuwait")
def test_search_says_when_there_is_nothing() -> None:
    result = CliRunner().invoke(command, ["search", "qqqqqq", "--country", "KW"], standalone_mode=False)
    assert result.return_value == 1
    assert "no place 'qqqqqq' in the gazetteer in KW" in result.output
