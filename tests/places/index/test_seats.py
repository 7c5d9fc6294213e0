"""Areas and the towns that they are named after."""

from tracker.places.index.merging import merge_rows
from tracker.places.tables.rows import PlaceRow


def row(place_id: str, name: str, feature: str, *, admin1: str = "05", cell: str = "") -> PlaceRow:
    return PlaceRow(
        place_id=place_id, name=name, lat=32.0, lon=45.0, feature=feature, country="IQ", admin1=admin1, cell=cell
    )


def test_a_seat_is_spelt_in_every_way_that_its_area_is() -> None:
    area = row("gn:1", "Lower Dolna", "ADM1", cell="Dolnah@en|Dollna|Dolna Province@en")
    seat = row("gn:2", "Ad-Dolna", "PPLA", cell="Dolna")
    (_, found) = merge_rows([area, seat])
    assert [name.text for name in found.names] == ["Dolna", "Dolnah", "Dollna"]


def test_a_town_that_is_no_seat_and_a_seat_of_another_area_take_nothing_over() -> None:
    rows = [
        row("gn:1", "Dolnah", "ADM1"),
        row("gn:2", "Dolna", "PPL"),
        row("gn:3", "Ad-Dolna", "PPLA", admin1="06"),
        row("gn:4", "Vrisk", "PPLA"),
    ]
    assert [one.cell for one in merge_rows(rows)] == ["", "", "", ""]
