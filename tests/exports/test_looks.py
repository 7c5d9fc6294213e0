"""Forms tell the status where colours tell the side: in QGIS as on the page."""

import pytest

from tracker.exports.looks import area_symbol, place_symbol

RED, BLACK = "#c0392b", "#3c3c3c"


def drawn(symbol):
    return [layer.get("class") for layer in symbol.findall("layer")]


@pytest.mark.parametrize("colours", [(RED,), ()])
def test_contested_ground_with_one_named_side_does_not_look_held(colours) -> None:
    assert drawn(area_symbol("held", colours, "0")) == ["SimpleFill"]
    assert drawn(area_symbol("contested", colours, "0")) == ["SimpleFill", "LinePatternFill"]
    assert len(drawn(place_symbol("held", colours, "0"))) == 1
    assert len(drawn(place_symbol("contested", colours, "0"))) == 2


def test_the_lone_side_stands_beside_white_and_two_sides_beside_each_other() -> None:
    def stripe(*colours):
        option = area_symbol("contested", colours, "0").findall("layer")[1].find(".//Option[@name='color']")
        return option.get("value")

    assert stripe(RED) == "255,255,255,255"
    assert stripe(RED, BLACK) == "60,60,60,255"
