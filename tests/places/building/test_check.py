"""Each rule of the gazetteer, broken once."""

from pathlib import Path

import pytest

from tracker.places.building import check as rules
from tracker.places.building.check import check_gazetteer, grades
from tracker.places.index.merging import merge_rows
from tracker.places.index.shelf import shipped_files
from tracker.places.tables.rows import PlaceRow, read_rows

HEADER = "place_id,name,lat,lon,feature,country,admin1,parent,names,source"
GRADED = "place_id,name,lat,lon,precision_m,feature,country,source,checked"
SYRIA = "gn:163843,Syria,35,38.5,PCLI,SY,,,Syrie@fr,GeoNames"
RAQQA = "gn:172955,Raqqa,35.95,39.01,PPLA,SY,04,gn:163843,الرقة@ar|Raqa@en[1900/1950],GeoNames"


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Check a shipped file of these rows; return the problems, each without the file it stands in."""

    def run(*rows: str) -> list[tuple[int, str]]:
        path = tmp_path / "supplement_test.csv"
        path.write_text("\n".join([HEADER, SYRIA, *rows]) + "\n", encoding="utf-8")
        monkeypatch.setattr(rules, "shipped_files", lambda: [(path, "")])
        count, findings = check_gazetteer()
        assert count == len(rows) + 1
        assert all(finding.path == path.name for finding in findings if finding.line)
        return [(finding.line, finding.problem) for finding in findings]

    return run


def test_rows_that_keep_the_rules_are_not_found_fault_with(check) -> None:
    assert check(RAQQA) == []


def test_an_id_stands_once(check) -> None:
    (first, second) = check(RAQQA, RAQQA)
    assert first == (3, "the id gn:172955 stands 2 times")
    assert second[0] == 4


def test_a_point_lies_in_its_country(check) -> None:
    ((line, problem),) = check(RAQQA.replace("35.95,39.01", "36.34,43.13"))
    assert (line, problem.partition(":")[2]) == (3, "172955 (Raqqa) lies in IQ, not in SY: lat 36.34, lon 43.13")


def test_a_point_that_is_changed_over_is_told_of(check) -> None:
    ((_, problem),) = check(RAQQA.replace("35.95,39.01", "39.01,35.95"))
    assert problem.endswith("lies in TR, not in SY: lat 39.01, lon 35.95; changed over, it would lie inside")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("Raqqa,35.95", "--,35.95", "gn:172955 has a name without a letter: '--'"),
        ("PPLA", "TOWN", "gn:172955 has a feature code that is not in use: 'TOWN'"),
        ("gn:163843,الرقة", "gn:1,الرقة", "gn:172955 has a parent that is no place: 'gn:1'"),
        ("gn:163843,الرقة", "gn:172955,الرقة", "gn:172955 is its own parent"),
        ("],GeoNames", "],", "gn:172955 names no source"),
        ("[1900/1950]", "[1900-1950]", "gn:172955 breaks a rule: 'Raqa@en[1900-1950]' is no name"),
        ("35.95,39.01", ",", "gn:172955 has no coordinates, here or elsewhere"),
        ("35.95,39.01", "0,0", "gn:172955 breaks a rule: gn:172955: lies at 0,0, where nothing is"),
        ("35.95,39.01", "35.95,", "gn:172955 breaks a rule: gn:172955: half a point, lat or lon is empty"),
    ],
)
def test_each_cell_keeps_its_rule(check, old: str, new: str, problem: str) -> None:
    assert (3, problem) in check(RAQQA.replace(old, new))


def test_a_hand_written_row_lies_in_the_area_whose_code_it_has(check) -> None:
    homs, raqqa = "gn:169575,Homs,34.3,38,ADM1,SY,11,,,GeoNames", "gn:172957,Raqqa,36,38.9,ADM1,SY,04,,,GeoNames"
    bridge = "gn:99,Bridge,35.93,39.02,PPL,SY,{},{},,Wikipedia: Raqqa"
    assert [problem for _, problem in check(homs, raqqa, bridge.format("04", "gn:172957"))] == []
    (outside,) = check(homs, raqqa, bridge.format("11", "gn:169575"))
    assert outside[1] == "gn:99 (Bridge) does not lie in Homs, whose code it has: '11'"
    (parent,) = check(homs, raqqa, bridge.format("04", "gn:169575"))
    assert parent[1] == "gn:99 has Homs as its parent, and the code of another area: '04'"


def test_a_row_without_a_point_adds_to_a_place_that_has_one_before_or_after_it(check) -> None:
    names = "gn:172955,Raqqa,,,,SY,,,Rakka@tr,Wikipedia: Raqqa"
    repeated = {"the id gn:172955 stands 2 times"}
    assert {problem for _, problem in check(names, RAQQA)} == repeated
    assert {problem for _, problem in check(RAQQA, names)} == repeated


def test_a_licence_that_is_missing_is_found(check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = rules.data_path("gazetteer", "known_findings.csv")
    folder = tmp_path / "gazetteer"
    (folder / "LICENSES").mkdir(parents=True)
    monkeypatch.setattr(rules, "data_path", lambda *parts: known if parts[-1].endswith(".csv") else folder)
    missing = {problem for _, problem in check(RAQQA)}
    assert missing == {"missing"}


def test_a_position_says_how_well_it_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        "tk:a,Dam,35.1,38.1,1000,DAM,SY,Wikipedia: Dam,OpenStreetMap: Dam 0.4 km off; 2026-11-29",
        "tk:b,Quarter,35.2,38.2,5000,PPLX,SY,Wikipedia: Town,inside Town; 2026-11-29",
        "tk:c,Field,35.3,38.3,10000,OILF,SY,Wikipedia: Field,",
        "tk:d,Hills,35.4,38.4,,MTS,SY,Wikipedia: Hills,",
        "tk:e,Base,35.5,38.5,,MILB,SY,Wikipedia: Base,",
        "tk:f,Pit,35.6,38.6,1000,MN,SY,Wikipedia: Pit,seen once",
    ]
    path = tmp_path / "supplement_test.csv"
    path.write_text("\n".join([GRADED, *rows]) + "\n", encoding="utf-8")
    monkeypatch.setattr(rules, "shipped_files", lambda: [(path, "")])
    _, findings = check_gazetteer()
    assert [finding.problem for finding in findings] == [
        "tk:e does not say how near its point is known to lie (precision_m)",
        "tk:f was checked on no date: 'seen once'",
    ]
    path.write_text("\n".join([GRADED, *rows[:4]]) + "\n", encoding="utf-8")
    assert grades() == {"verified": 1, "near": 1, "unverified": 1, "extended": 1}


def test_a_point_from_a_source_without_a_known_licence_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        "tk:a,Dam,35.1,38.1,10000,DAM,SY,Wikipedia: Dam; GeoNames has it elsewhere,",
        "tk:b,Mill,35.2,38.2,10000,MFG,SY,a list of mills,",
    ]
    path = tmp_path / "supplement_test.csv"
    path.write_text("\n".join([GRADED, *rows]) + "\n", encoding="utf-8")
    monkeypatch.setattr(rules, "shipped_files", lambda: [(path, "")])
    _, (finding,) = check_gazetteer()
    told = "tk:b has its point from 'a list of mills', for which LICENSES/sources.csv has no licence"
    assert (finding.line, finding.problem) == (3, told)


def test_every_shipped_hand_written_row_names_its_source() -> None:
    handmade = [path for path, _ in shipped_files() if path.suffix == ".csv"]
    assert len(handmade) >= 7
    assert all(row.source for path in handmade for row in read_rows(path))


def test_a_district_of_two_sources_is_one_place_and_keeps_its_code() -> None:
    area = {"name": "Kent", "feature": "ADM2", "country": "GB", "admin1": "ENG"}
    drawn = PlaceRow(place_id="gn:1", lat=51.2, lon=0.73, **area)
    listed = PlaceRow(place_id="tk:adm2-gb-eng-g5", lat=51.28, lon=0.82, admin2="G5", **area)
    (kent,) = merge_rows([drawn, listed])
    assert (kent.place_id, kent.admin2, kent.other_ids) == ("gn:1", "G5", ("tk:adm2-gb-eng-g5",))
