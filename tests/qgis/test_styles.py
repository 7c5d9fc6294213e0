"""QML files load on any layer and draw it in the colours of its rows."""

from pathlib import Path

import pytest

from tracker.exports import write_styles

SHIPPED = Path(__file__).resolve().parents[2] / "maps" / "styles"
CITY = ("39.8", "35.1", "40.45", "35.5")


def test_the_shipped_styles_are_what_is_written(tmp_path):
    written = {path.name: path.read_bytes() for path in write_styles(tmp_path)}
    assert {path.name: path.read_bytes() for path in sorted(SHIPPED.glob("*.qml"))} == written


def test_every_style_loads_on_its_table(ask, exported):
    told = ask("styles", exported / "control.gpkg", *sorted(SHIPPED.glob("*.qml")))
    assert {name for name, answer in told.items() if not answer["loaded"]} == set()
    assert told["areas"]["renderer"] == told["places"]["renderer"] == "categorizedSymbol"


@pytest.mark.parametrize("day", ["2017-08-25", "2017-11-20"])
def test_any_layer_is_drawn_in_its_rows_colours(ask, exported, tmp_path, day):
    own = ask("picture", exported / "control.qgz", day, tmp_path / "own.png", *CITY)["shades"]
    styled = ask("picture_with_styles", exported / "control.qgz", day, tmp_path / "qml.png", SHIPPED, *CITY)["shades"]
    common = [shade for shade, pixels in own.items() if pixels > 1500]
    assert len(common) >= 2
    for shade in common:
        assert styled[shade] == pytest.approx(own[shade], rel=0.05)
