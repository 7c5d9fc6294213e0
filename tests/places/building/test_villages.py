"""Villages of FlightGear's list: which are taken, and to which area each is put."""

import gzip
from pathlib import Path

import pytest
from shapely.geometry import box

from tracker.errors import GazetteerError
from tracker.places.building.villages import village_rows

SHAPES = {
    ("NG", "27"): box(12, 11, 14, 13),
    ("CM", "12"): box(14, 11, 16, 13),
    ("RU", "12"): box(45, 43, 46, 44),
    ("RU", "48"): box(47, 43, 48, 44),
}
HEAD = "# poi.dat v1.02\n\n# ID | LAT | LON | NAME\n"


def rows(folder: Path, *lines: str) -> list[tuple[str, str, str, str]]:
    path = folder / "poi.dat.gz"
    path.write_bytes(gzip.compress((HEAD + "\n".join(lines) + "\n").encode()))
    return [(row.country, row.admin1, row.name, row.cell) for row in village_rows(path, SHAPES)]


def test_a_village_is_put_to_the_area_that_holds_it_and_those_of_other_countries_are_left_out(tmp_path: Path) -> None:
    assert rows(tmp_path, "14 12.5 13.9 Kirenowa", "14 12.5 14.1 Makari") == [("NG", "27", "Kirenowa", "")]


def test_of_russia_the_regions_at_war_are_taken_alone(tmp_path: Path) -> None:
    assert rows(tmp_path, "14 43.5 45.5 Самашки", "14 43.5 47.5 Люберцы") == [("RU", "12", "Самашки", "")]


def test_both_names_of_a_village_are_kept(tmp_path: Path) -> None:
    listed = rows(tmp_path, "13 12 13 Multaffu;Multafu", "13 12.1 13 Kala (Tudun Wada)")
    assert [cells[2:] for cells in listed] == [("Kala", "Tudun Wada"), ("Multaffu", "Multafu")]


def test_countries_numbers_and_placeholders_are_no_villages(tmp_path: Path) -> None:
    assert rows(tmp_path, "10 12 13 Nigeria", "14 12 13 Camp 8", "14 12 13 unknown", "14 12 13 52", "14 12 13 A") == []


def test_a_village_off_a_roughly_drawn_coast_belongs_to_the_nearest_area(tmp_path: Path) -> None:
    assert rows(tmp_path, "14 10.9 13 Baga Beach", "14 9 13 Far Out At Sea") == [("NG", "27", "Baga Beach", "")]


def test_a_list_that_is_cut_short_is_named(tmp_path: Path) -> None:
    path = tmp_path / "poi.dat.gz"
    path.write_bytes(gzip.compress(b"14 12.5 13.9 Kirenowa\n14 12.5\n"))
    with pytest.raises(GazetteerError, match=r"poi\.dat\.gz.*can't be read"):
        village_rows(path, SHAPES)
