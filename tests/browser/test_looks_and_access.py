"""The page at three sizes, kept as pictures; what axe-core finds; and pages of odd data."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import shapely
from shapely.geometry import Point, Polygon, box

from tracker.maps import write_map
from tracker.model import Layer

pytestmark = pytest.mark.browser

LINK = "#on=2017-09-05&place=gn:170794&view=35.33,40.14,8"
VIEWS = {
    "desktop": ("desktop", "light", "#on=2017-09-04"),
    "desktop-place": ("desktop", "light", LINK),
    "desktop-dark-compare": ("desktop", "dark", "#on=2017-11-10&with=2017-06-01"),
    "tablet": ("tablet", "light", LINK),
    "phone": ("phone", "light", "#on=2017-09-04"),
    "phone-place": ("phone", "dark", LINK),
}


@pytest.mark.parametrize("name", VIEWS)
def test_the_page_fits_its_window(visiting, syria_page, artefacts, name) -> None:
    size, scheme, link = VIEWS[name]
    with visiting(size, color_scheme=scheme) as visit:
        page = visit.open(syria_page, link)
        visit.settle()
        page.screenshot(path=artefacts / f"map-{name}.png")
        assert visit.js("document.documentElement.scrollWidth <= innerWidth")
        assert visit.js("document.body.scrollHeight <= innerHeight + 1")
        frame = page.locator("#map-frame").bounding_box()
        assert frame["height"] > 200
        assert frame["width"] > 250


def test_a_finger_can_hit_every_button_of_the_phone(visiting, syria_page) -> None:
    # WCAG 2.2, 2.5.8: targets of at least 24 by 24 CSS pixels.
    with visiting("phone", has_touch=True) as visit:
        page = visit.open(syria_page)
        page.tap("#show-legend")
        small = visit.js(SMALL_TARGETS)
        assert small == []


@pytest.fixture(scope="session")
def axe():
    """Return the source of axe-core, which `make browser` gets from npm."""
    path = Path(os.environ.get("AXE_CORE") or "nowhere")
    if not path.is_file():
        pytest.skip("no axe-core: npm install axe-core, and set AXE_CORE to its axe.min.js")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_axe_finds_no_serious_fault(visiting, syria_page, axe, size, scheme) -> None:
    with visiting(size, color_scheme=scheme, bypass_csp=True) as visit:
        page = visit.open(syria_page, LINK + "&with=2017-06-01")
        page.wait_for_selector("#panel blockquote", state="attached")
        page.evaluate(axe)
        assert serious(page) == []
        page.click("#about-open")
        assert serious(page) == []


def serious(page):
    found = page.evaluate("axe.run()")["violations"]
    return [
        f"{each['id']}: {node['html'][:120]} {node['failureSummary'][:300]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


@pytest.fixture
def page_of(samples, tmp_path):
    """Return what writes a page of some features."""

    def page_of_rows(*rows, start=None, end=None):
        layer = Layer(on=None, known_by=None, start=start, end=end, features=tuple(rows))
        return write_map(layer, tmp_path / "odd.html", actors=samples.ACTORS, title="Odd data")

    return page_of_rows


def test_a_page_without_states_says_so(visiting, page_of) -> None:
    with visiting() as visit:
        page = visit.open(page_of())
        assert page.text_content("#date") == "no date"
        assert page.is_visible("#legend-none")


def test_a_page_of_one_place_shows_it(visiting, page_of, samples) -> None:
    row = samples.feature("gn:172955", geometry=box(38.8, 35.8, 39.2, 36.1), holder=samples.SDF, sides=(samples.SDF,))
    with visiting() as visit:
        page = visit.open(page_of(row))
        visit.settle()
        assert page.inner_text("#sides-body").startswith("Syrian Democratic Forces")
        assert 6 < visit.js("Tracker.app.map.getZoom()") <= 11


def test_all_states_on_one_point_share_it(visiting, page_of, samples) -> None:
    spot = Point(40, 35).buffer(0.1)
    rows = [
        samples.feature("gn:170794", geometry=spot, part=f"quarter {n}", holder=samples.GOV, sides=(samples.GOV,))
        for n in range(50)
    ]
    with visiting() as visit:
        page = visit.open(page_of(*rows), "#place=gn:170794")
        page.wait_for_selector("#panel .card", state="attached")
        assert page.locator("#panel .card").count() == 50


@pytest.mark.parametrize(
    "shape",
    [
        Polygon(),
        Polygon([(39, 35), (40, 36), (40, 35), (39, 36)]),  # a bow-tie
        Point(40, 35),
        shapely.MultiPolygon([box(39, 35, 40, 36), box(41, 35, 42, 36)]),
        shapely.GeometryCollection([box(39, 35, 40, 36), Point(1, 1)]),
        Polygon([(39, 35), (39, 35), (39.0000001, 35)]),
    ],
    ids=["empty", "bow-tie", "a point", "two pieces", "a collection", "smaller than the grid"],
)
def test_odd_shapes_are_drawn_as_far_as_they_can_be(visiting, page_of, samples, shape) -> None:
    row = samples.feature(
        "gn:170794", geometry=shape, holder=samples.GOV, sides=(samples.GOV,), start="2017-05-01", end="2017-06-01"
    )
    with visiting() as visit:
        page = visit.open(page_of(row), "#on=2017-05-10&place=gn:170794")
        visit.settle()
        assert page.text_content("#panel-heading") == "Deir ez-Zor"


def test_a_region_across_the_antimeridian_stays_in_one_piece(visiting, page_of, samples) -> None:
    rows = [
        samples.feature("east", geometry=box(178, -18, 179.9, -16), holder=samples.GOV, sides=(samples.GOV,)),
        samples.feature("west", geometry=box(-179.9, -18, -178, -16), holder=samples.SDF, sides=(samples.SDF,)),
    ]
    with visiting() as visit:
        visit.open(page_of(*rows))
        assert visit.js("Tracker.app.map.getZoom()") > 5
        assert visit.js("Tracker.app.data.places.map((place) => Math.round(place.lon))") == [179, 181]


def test_a_large_page_keeps_its_sentences_deflated(visiting, samples, tmp_path) -> None:
    layer = samples.synthetic(400, 600, 4000, quotes=True)
    path = write_map(layer, tmp_path / "large.html", actors=samples.ACTORS, title="Large")
    text = path.read_text(encoding="utf-8")
    assert 'type="application/octet-stream" id="tracker-details-0"' in text
    with visiting() as visit:
        page = visit.open(path, "#place=tk:p000399")
        page.wait_for_selector("#panel blockquote", state="attached")
        assert page.locator("#panel blockquote").first.text_content().startswith("Report 399-")


@pytest.mark.slow
def test_a_hundred_thousand_places_open_and_step(visiting, samples, tmp_path) -> None:
    layer = samples.synthetic(100_000, 100, 20_000)
    path = write_map(layer, tmp_path / "crowd.html", actors=samples.ACTORS, title="A hundred thousand places")
    with visiting() as visit:
        page = visit.open(path)
        page.keyboard.press("ArrowLeft")
        visit.settle()
        assert visit.js("Tracker.app.data.places.length") == 100_000
        assert page.text_content("#date") == "9 April 2015"


SMALL_TARGETS = """() => {
  const targets = [...document.querySelectorAll('button, select, summary, #layers li, input[type=search]')];
  const boxes = targets.filter((each) => each.offsetParent).map((each) => [each.id, each.getBoundingClientRect()]);
  return boxes.filter(([, box]) => box.width < 24 || box.height < 24).map(([id]) => id);
}"""
