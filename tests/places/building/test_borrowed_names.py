"""Names of areas that Natural Earth takes from the wrong ones."""

import shapely

from tracker.places.building.geonames import admin1_areas
from tracker.places.building.natural_earth import Area


def area(code: str, **properties: str) -> Area:
    return Area(properties=properties, geometry=shapely.box(0, 0, 1, 1), code=code)


def test_an_area_does_not_bear_the_translated_names_of_another() -> None:
    codes = {"AF.40": "Dolna", "AF.42": "Vrisk"}
    pieces = [
        area("AF.40", name="Dolna", name_en="Dolna", name_fr="Dolné"),
        area("AF.42", name="Wrisk", name_en="Dolna", name_fr="Dolné"),
    ]
    dolna, vrisk = (one.row for one in admin1_areas(codes, pieces, []))
    assert (dolna.name, dolna.cell) == ("Dolna", "Dolna@en|Dolné@fr")
    assert (vrisk.name, vrisk.cell) == ("Vrisk", "Wrisk")


def test_a_city_and_its_province_of_one_name_are_told_apart_by_geonames() -> None:
    codes = {"RU.47": "Dolna Oblast", "RU.48": "Dolna"}
    pieces = [area(code, name="Dolna", name_en="Dolna", name_fr="Dolné") for code in codes]
    oblast, city = (one.row for one in admin1_areas(codes, pieces, []))
    assert (oblast.name, city.name) == ("Dolna Oblast", "Dolna")
    assert "Dolné" not in oblast.cell


def test_where_geonames_prefers_none_both_keep_their_names() -> None:
    codes = {"MZ.04": "Dolna Province", "MZ.11": "Dolna City"}
    pieces = [area(code, name="Dolna", name_en="Dolna", name_fr="Dolné") for code in codes]
    assert [one.row.name for one in admin1_areas(codes, pieces, [])] == ["Dolna", "Dolna"]
