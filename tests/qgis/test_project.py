"""Real QGIS opens what is written without it: valid, styled, on the right day."""

import pytest

from tracker.exports.colours import category_of

DAYS = ("2017-06-01", "2017-07-09", "2017-07-10", "2017-09-05", "2017-09-09", "2017-11-03", "2031-01-01")


@pytest.fixture(scope="module")
def opened(ask, exported):
    return ask("project", exported / "control.qgz")


def states_on(layer, day):
    return sum(
        (f.start is None or f.start.isoformat() <= day) and (f.end is None or day < f.end.isoformat())
        for f in layer.features
    )


def test_every_layer_is_valid_and_lies_in_wgs_84(opened):
    assert len(opened["layers"]) == 11
    assert all(told["valid"] for told in opened["layers"].values())
    tables = {"evidence", "claim_links"}
    assert {told["crs"] for name, told in opened["layers"].items() if name not in tables} == {"EPSG:4326"}
    assert opened["crs"] == "EPSG:3857"
    assert opened["title"] == "Euphrates valley, 2017"
    assert opened["warnings"] == []


def test_areas_are_classed_by_actor_in_the_actors_colours(opened, layer, sample):
    classes = opened["categories"]
    assert set(classes) == {category_of(f) for f in layer.features} | {""}
    for actor_id in ("islamic_state", "sdf", "syrian_government"):
        actor = sample.ACTORS[actor_id]
        assert classes[actor_id] == {"label": actor.name, "colour": actor.colour, "layers": 1}
    contested = classes["contested: islamic_state, sdf"]
    assert contested == {
        "label": "Contested: Islamic State, Syrian Democratic Forces", "colour": "#2b2b2b", "layers": 2
    }  # fmt: skip


def test_the_temporal_controller_is_on_with_range_and_step_of_the_data(opened):
    assert opened["navigation"] == 1
    assert opened["range"] == ["2017-06-01T00:00:00Z", "2017-12-01T00:00:00Z"]
    assert opened["step"] == [1, 4]  # 4: days
    temporal = {name for name, told in opened["layers"].items() if told["temporal"]}
    assert temporal == {"areas", "places", "sieges", "approaches", "changes", "claims"}


def test_what_must_be_seen_lies_on_top(opened):
    order = opened["order"]
    drawn = [order.index(name) for name in ("changes", "places", "sieges", "areas", "base_lines", "base_areas")]
    assert drawn == sorted(drawn)
    assert set(opened["shown"]) >= {"areas", "places", "sieges", "approaches", "base_areas"}
    assert "claims" not in opened["shown"]
    assert opened["layers"]["places"]["labels"]


def test_under_the_temporal_filter_there_is_one_area_for_each_state(ask, exported, layer):
    expected = {day: states_on(layer, day) for day in DAYS}
    assert expected["2017-07-09"] == expected["2017-07-10"] == 5
    assert expected["2031-01-01"] == 6
    assert ask("counts", exported / "control.qgz", *DAYS) == expected


@pytest.mark.parametrize("zone", ["Asia/Damascus", "America/New_York"])
def test_the_readers_time_zone_moves_no_state(ask, exported, layer, zone):
    assert ask("counts", exported / "control.qgz", *DAYS, TZ=zone) == {day: states_on(layer, day) for day in DAYS}


def test_the_map_differs_where_control_changed(ask, exported, tmp_path):
    city = ("39.8", "35.1", "40.45", "35.5")
    before = ask("picture", exported / "control.qgz", "2017-08-25", tmp_path / "before.png", *city)
    after = ask("picture", exported / "control.qgz", "2017-11-20", tmp_path / "after.png", *city)
    again = ask("picture", exported / "control.qgz", "2017-11-20", tmp_path / "again.png", *city)
    assert before["errors"] == after["errors"] == []
    assert before["shades"] != after["shades"]
    assert after["shades"] == again["shades"]
    dark = sum(n for shade, n in before["shades"].items() if max(int(shade[i : i + 2], 16) for i in (1, 3, 5)) < 0x80)
    dark_after = sum(
        n for shade, n in after["shades"].items() if max(int(shade[i : i + 2], 16) for i in (1, 3, 5)) < 0x80
    )
    assert dark > 2 * dark_after  # the stripes of Islamic State and its siege are gone


def test_a_map_tip_shows_the_sentences_and_runs_none_of_them(ask, exported):
    shown = ask("tip", exported / "control.qgz", "areas", "\"name\" = 'Raqqa' AND \"status\" = 'contested'")
    assert "Raqqa has &lt;b&gt;not&lt;/b&gt; fallen &amp; ${alert(1)}" in shown
    assert "since 2017-06-06, until 2017-10-17" in shown
    assert "Sample wire, 2017-09-05" in shown


def test_a_polygons_form_leads_to_its_claims_and_their_links(ask, exported, opened):
    assert opened["relations"] == {"area_evidence": True, "siege_evidence": True, "approach_evidence": True}
    told = ask("claims", exported / "control.qgz", "\"name\" = 'Raqqa' AND \"status\" = 'contested'")
    assert told["rows"] == [
        ["against", "Raqqa has <b>not</b> fallen & ${alert(1)}", "https://example.org/reports/5"],
        ["for", "=cmd|' /C calc'!A0 lost over half", "https://example.org/reports/4"],
    ]
    assert told["tabs"] == ["What is known", "Claims"]
    assert told["link"] == "ExternalResource"


def test_layers_say_what_they_are_and_whose_data_they_carry(opened):
    areas = opened["layers"]["areas"]
    assert areas["abstract"].startswith("Who controlled 5 places from 2017-06-01")
    assert any("GeoNames" in line and "CC BY 4.0" in line for line in areas["history"])
    assert areas["licences"]


def test_tables_dragged_in_without_the_project_are_styled_too(ask, exported, layer):
    told = ask("dragged_in", exported / "control.gpkg", "areas", "places", "sieges", "changes")
    assert all(t["valid"] for t in told.values())
    assert told["areas"]["renderer"] == "categorizedSymbol"
    assert told["areas"]["title"] == "Who controls what"
    counted = ask("counts_without_project", exported / "control.gpkg", *DAYS)
    assert counted == {day: states_on(layer, day) for day in DAYS}


def test_the_print_layout_makes_an_atlas_with_a_page_for_each_day(ask, exported, tmp_path):
    told = ask("atlas", exported / "control.qgz", tmp_path)
    assert (tmp_path / "atlas.pdf").read_bytes().startswith(b"%PDF")
    assert told["pages"] == 9
    assert told["pdf"] == 0
    assert told["shown"][:5] == ["2017-06-01", "2017-06-06", "2017-07-10", "2017-08-20", "2017-09-05"]
    assert told["date"] == "30 November 2017"
    assert told["sources"].startswith("Sources: Sample wire.")
    assert told["legend"] < 297 - 226


def test_the_print_layout_without_its_atlas_shows_the_last_day_and_not_all_days_in_one_heap(ask, exported, tmp_path):
    told = ask("atlas", exported / "control.qgz", tmp_path)["unturned"]
    assert told == {"range": ["2017-11-30", "2017-12-01"], "date": "30 November 2017"}


@pytest.fixture(scope="module")
def looks(ask, exported):
    return ask("looks", exported / "control.qgz")


def test_a_side_alone_is_a_plain_fill_and_sides_that_fight_are_hatched(looks):
    assert looks["fills"]["sdf"]["layers"] == ["SimpleFill"]
    assert looks["fills"]["contested: islamic_state, sdf"]["layers"] == ["SimpleFill", "LinePatternFill"]


def test_what_is_less_sure_is_paler(looks):
    assert all('"confidence"' in fill["opacity"] for fill in looks["fills"].values())


def test_labels_follow_rules_of_status_kind_and_scale(looks):
    assert looks["labels"] == "rule-based"
    assert not any(looks["parsed"])
    shown = {name: (text, closest, furthest) for name, text, closest, furthest in looks["rules"]}
    assert shown["Towns, from afar"][1:] == (1_000_000, 8_000_000)
    assert shown["Bases, airfields and other sites, from afar"][2] == 3_000_000
    assert "besieged" in shown["Disputed, close"][0]


def test_the_layout_has_map_legend_date_and_sources_and_turns_over_the_days(looks):
    (layout,) = looks["layouts"].values()
    assert {"QgsLayoutItemMap", "QgsLayoutItemLegend", "QgsLayoutItemLabel", "QgsLayoutItemScaleBar"} <= set(
        layout["items"]
    )
    assert layout["atlas"] == "Days for the atlas"
