"""The page as a file: one piece, the same each time, its policy tight."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest

from tracker.errors import OutputError, UsageError
from tracker.maps import MapOptions, control_map, write_map
from tracker.model import Layer


def test_the_same_layer_gives_the_same_bytes(samples, tmp_path) -> None:
    pages = [
        write_map(
            samples.eastern_syria(), tmp_path / name, actors=samples.ACTORS, title="Syria", base=samples.plain_base()
        )
        for name in ("one.html", "two.html")
    ]
    assert pages[0].read_bytes() == pages[1].read_bytes()


def test_rendering_a_map_twice_changes_nothing(samples) -> None:
    figure = control_map(samples.single_day(), actors=samples.ACTORS, title="Syria").get_root()
    assert figure.render() == figure.render()


def test_the_page_links_to_nothing_that_a_browser_would_fetch(samples) -> None:
    text = control_map(samples.single_day(), actors=samples.ACTORS, title="Syria").get_root().render()
    markup = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", text, flags=re.DOTALL)
    assert re.findall(r'(?:src|href)="(?!data:)[^"]*"', markup) == []
    assert "url(" not in "".join(re.findall(r"<style>(.*?)</style>", text, flags=re.DOTALL)).replace(
        "url(#default#VML)", ""
    )
    assert "@import" not in text.split("</style>")[0]


def test_the_policy_lists_the_hash_of_every_script_and_style(samples) -> None:
    text = control_map(samples.single_day(), actors=samples.ACTORS, title="Syria").get_root().render()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text).group(1)
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    for body in re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", text, flags=re.DOTALL):
        assert base64.b64encode(hashlib.sha256(body.encode()).digest()).decode() in policy


def test_tiles_open_the_policy_for_their_host_alone(samples) -> None:
    options = MapOptions(tiles="https://{s}.tiles.example.org/{z}/{x}/{y}.png", tiles_attribution="Example")
    text = control_map(samples.single_day(), actors=samples.ACTORS, title="Syria", options=options).get_root().render()
    assert "img-src data: blob: https://*.tiles.example.org;" in text


@pytest.mark.parametrize(
    "tiles", ["http://x.org/{z}/{x}/{y}.png", "https://x.org/", "https://x.org;y/{z}/{x}/{y}", "javascript:{z}{x}{y}"]
)
def test_an_address_that_is_no_tile_address_is_refused(samples, tiles) -> None:
    with pytest.raises(UsageError, match="is no tile address"):
        control_map(samples.single_day(), actors=samples.ACTORS, title="Syria", options=MapOptions(tiles=tiles))


def test_the_data_name_each_sentence_once(samples) -> None:
    text = control_map(samples.eastern_syria(), actors=samples.ACTORS, title="Syria").get_root().render()
    assert text.count(samples.BROKEN) == 1
    core = json.loads(re.search(r'id="tracker-core">(.*?)</script>', text, flags=re.DOTALL).group(1))
    assert core["places"]["id"] == sorted(samples.PLACES)


def test_a_layer_that_ends_before_it_starts_is_refused(samples) -> None:
    layer = Layer(on=None, known_by=None, start=samples.day("2017-09-05"), end=samples.day("2017-09-01"), features=())
    with pytest.raises(UsageError, match=r"ends .* before it starts"):
        control_map(layer, actors={}, title="Nothing")


def test_a_folder_that_is_missing_is_named(samples, tmp_path) -> None:
    with pytest.raises(OutputError, match=r"missing.*control\.html"):
        write_map(samples.single_day(), tmp_path / "missing" / "control.html", actors=samples.ACTORS, title="Syria")
