import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from tracker.cli.gazetteer import command
from tracker.errors import UnknownPlaceError
from tracker.places.gazetteer import Gazetteer
from tracker.places.index.compiling import compile_index
from tracker.places.names.folding import folded_key
from tracker.places.tables.rows import PlaceRow

SPELLINGS = Path(__file__).parent / "spellings.csv"


def test_the_city_and_the_governorate_of_deir_ez_zor_are_two_places(syria: Gazetteer) -> None:
    found = {hit.place.place_id: hit.place.feature for hit in syria.search("Deir Azzour")}
    assert found["gn:170794"] == "PPLA"
    assert found["gn:170792"] == "ADM1"


@pytest.mark.parametrize(
    ("country", "spelling", "place_id", "name"),
    [
        ("RU", "Altai Krai", "gn:1511732", "Altai Krai"),
        ("RU", "Алтайский край", "gn:1511732", "Altai Krai"),
        ("AF", "Anaba", "gn:1148695", "Anaba"),
        ("AF", "Onaba", "gn:1148695", "Anaba"),
    ],
)
def test_a_supplement_s_row_names_a_place_as_reports_do(country, spelling, place_id, name) -> None:
    gazetteer = Gazetteer.load(countries=[country])
    found = {gazetteer.at(ordinal) for _, ordinal in gazetteer.lookup(folded_key(spelling))}
    assert (place_id, name) in {(place.place_id, place.name) for place in found}


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


def test_a_somali_name_is_found_as_the_press_spells_it() -> None:
    row = PlaceRow(place_id="gn:1", name="Xuddur", lat=4.12, lon=43.89, feature="PPL", country="SO", cell="Ceel Xudur")
    somalia = Gazetteer(compile_index([row], "somali"))
    assert [hit.place.name for hit in somalia.search("Hudur")] == ["Xuddur"]
    assert [hit.place.name for hit in somalia.search("El Hudur")] == ["Xuddur"]


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


@pytest.mark.usefixtures("kuwait")
def test_search_prints_id_kind_position_and_parents() -> None:
    result = CliRunner().invoke(command, ["search", "Al", "Jahra", "--country", "kw", "--limit", "1"])
    assert result.output.startswith("gn:285799  Al Jahrā’  PPLA  29.3375, 47.6581  Al Jahra < Kuwait")


@pytest.mark.usefixtures("kuwait")
def test_search_says_when_there_is_nothing() -> None:
    result = CliRunner().invoke(command, ["search", "qqqqqq", "--country", "KW"], standalone_mode=False)
    assert result.return_value == 1
    assert "no place 'qqqqqq' in the gazetteer in KW" in result.output
