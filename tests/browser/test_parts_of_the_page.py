"""Play, compare, search, legend, layers, themes, print and the chart, each as a reader uses it."""

from __future__ import annotations

import folium
import pytest
from shapely.geometry import box

from tracker.maps import MapOptions, control_map, write_map
from tracker.maps.picture_style import Sides
from tracker.model import Layer

pytestmark = pytest.mark.browser


def test_play_runs_to_the_end_and_stops(visiting, syria_page) -> None:
    with visiting() as visit:
        page = visit.open(syria_page, "#on=2017-05-01")
        page.select_option("#speed", "90")
        page.locator("body").press(" ")
        assert page.get_attribute("#play", "aria-label") == "Pause"
        visit.until("Tracker.app.day === Tracker.app.last")
        visit.until("document.getElementById('play').getAttribute('aria-label') === 'Play'")


def test_play_by_change_halts_on_days_of_change_alone(visiting, syria_page) -> None:
    with visiting() as visit:
        page = visit.open(syria_page, "#on=2017-08-01")
        visit.js("window.days = []; Tracker.app.listen((c) => c.day && window.days.push(Tracker.iso(Tracker.app.day)))")
        page.select_option("#speed", "change")
        page.click("#play")
        visit.until("window.days.length >= 2")
        page.click("#play")
        assert visit.js("window.days")[:2] == ["2017-08-06", "2017-09-05"]


def test_space_on_a_button_presses_it_and_does_not_play(visiting, syria_page) -> None:
    with visiting() as visit:
        page = visit.open(syria_page)
        page.focus("#theme")
        page.keyboard.press(" ")
        assert visit.js("Tracker.app.theme") == "dark"
        assert visit.js("Tracker.app.playing()") is False


def test_two_dates_lie_side_by_side(visiting, syria_page) -> None:
    # Tabqa: Islamic State on 1 May, Syrian Democratic Forces at the end.
    with visiting() as visit:
        page = visit.open(syria_page)
        page.click("#compare")
        assert page.text_content("#swipe-left") == "1 May 2017"
        assert page.text_content("#swipe-right") == "20 November 2017"
        page.focus("#swipe")
        page.keyboard.press("End")
        assert visit.js("Tracker.app.swipe") == 1
        box = page.locator("#map-frame").bounding_box()
        handle = page.locator("#swipe").bounding_box()
        page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + 300)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.25, handle["y"] + 300, steps=4)
        page.mouse.up()
        assert visit.js("Tracker.app.swipe") == pytest.approx(0.25, abs=0.02)
        visit.settle()
        clips = visit.js("['first', 'second'].map((name) => Tracker.app.overlay.canvases[name].style.clipPath)")
        assert clips[0].endswith("px)")  # the main date, later, on the right
        assert clips[0] != clips[1]
        visit.until("location.hash.includes('with=2017-05-01')")
        page.click("#compare")
        visit.settle()
        assert visit.js("Tracker.app.overlay.canvases.first.style.clipPath") == ""


@pytest.mark.parametrize(
    "asked", ["deir ezzor", "Deir al-Zour", "DEIR EZ ZOR", "دير الزور", "Дейр-эз-Зор", "dayr az-zawr", "Deir Ezor"]
)
def test_a_place_is_found_by_any_spelling(visiting, syria_page, asked) -> None:
    with visiting() as visit:
        page = visit.open(syria_page)
        page.fill("#search-text", asked)
        assert page.locator("#search-hits li").first.text_content() == "Deir ez-Zor"
        page.press("#search-text", "Enter")
        visit.until("document.getElementById('panel-heading').textContent === 'Deir ez-Zor'")
        assert visit.js("Tracker.app.map.getZoom()") >= 9


def test_a_name_that_is_not_there_is_said_so(visiting, syria_page) -> None:
    with visiting() as visit:
        page = visit.open(syria_page)
        page.fill("#search-text", "Atlantis")
        visit.until("document.getElementById('search-hits').textContent === 'No place of that name here.'")


def test_the_legend_counts_the_ground_of_the_date(visiting, syria_page, samples) -> None:
    on = samples.day("2017-09-05")
    held = [f for f in samples.single_day("2017-09-05").features if f.holder == samples.GOV]
    with visiting() as visit:
        page = visit.open(syria_page, f"#on={on}")
        visit.settle()
        row = page.locator("#sides-body tr", has_text="Syrian government").filter(has_not_text="Contested")
        cells = [cell.replace("\u2009", "") for cell in row.locator("td").all_text_contents()]
        assert cells == [f"{sum(f.area_km2 for f in held):.0f}", str(len(held))]
        assert "Contested" in page.inner_text("#sides-body")


def test_a_click_on_ground_opens_its_place(visiting, syria_page) -> None:
    with visiting() as visit:
        page = visit.open(syria_page)
        x, y = visit.js(
            "(() => { const p = Tracker.app.map.latLngToContainerPoint([34.40, 38.20]); return [p.x, p.y]; })()"
        )
        frame = page.locator("#map-frame").bounding_box()
        page.mouse.move(frame["x"] + x, frame["y"] + y)
        visit.until("!document.getElementById('tip').hidden")
        assert page.inner_text("#tip") == "Palmyra\nHeld by Syrian government"
        page.mouse.click(frame["x"] + x, frame["y"] + y)
        visit.until("!document.getElementById('panel').hidden")
        assert page.text_content("#panel-heading") == "Palmyra"
        page.keyboard.press("Escape")
        assert page.is_hidden("#panel")


def test_layers_switch_off_what_they_name(visiting, syria_page) -> None:
    with visiting() as visit:
        page = visit.open(syria_page)
        full = visit.js(INK, "first")
        page.uncheck("#layer-areas")
        visit.settle()
        assert full > 10_000
        assert visit.js(INK, "first") == 0
        names = visit.js(INK, "labels")
        page.uncheck("#layer-places")
        visit.settle()
        assert 0 < visit.js(INK, "labels") < names  # the river keeps its name
        page.uncheck("#layer-rivers")
        page.uncheck("#layer-borders")
        visit.settle()
        assert visit.js(INK, "labels") == visit.js(INK, "lines") == 0
        visit.until("location.hash.includes('layers=sieges,approaches')")


def test_rivers_are_named_once_along_their_course(visiting, syria_page) -> None:
    # The sample's Euphrates runs east by south past Raqqa: so does its name, never upside down.
    with visiting() as visit:
        visit.open(syria_page)
        for view in ("35.6,39.2,8", "35.4,40.1,9", "35.0,39.5,7"):
            visit.js(
                "(v) => Tracker.app.map.setView(v.slice(0, 2), v[2], { animate: false })",
                [*map(float, view.split(","))],
            )
            visit.settle()
            names = visit.js("Tracker.app.overlay.chosenLabels.filter((label) => label.river)")
            assert [name["text"] for name in names] == ["Euphrates"]
            assert abs(names[0]["angle"]) < 1.6


def test_sides_have_the_same_colours_on_pictures(visiting, syria_page, samples) -> None:
    sides = Sides(samples.ACTORS, samples.eastern_syria())
    with visiting(color_scheme="light") as visit:
        visit.open(syria_page)
        shown = visit.js("Tracker.app.data.actors.map((actor) => [actor.id, actor.shown])")
    assert {side: colour for side, colour in shown if side in samples.ACTORS} == {
        side: sides.colour(side) for side, _ in shown if side in samples.ACTORS
    }


def test_quarters_show_in_close_views_alone(visiting, samples, tmp_path) -> None:
    town = samples.feature("gn:172955", geometry=box(38.8, 35.8, 39.2, 36.1), holder=samples.SDF, sides=(samples.SDF,))
    quarter = samples.feature(
        "tk:mashlab",
        geometry=box(39.03, 35.94, 39.06, 35.96),
        holder=samples.ISIS,
        sides=(samples.ISIS,),
        feature="PPLX",
    )
    layer = Layer(on=None, known_by=None, start=None, end=None, features=(town, quarter))
    path = write_map(layer, tmp_path / "quarter.html", actors=samples.ACTORS, title="Raqqa")
    with visiting() as visit:
        visit.open(path, "#view=35.95,39.0,8")
        visit.settle()
        labelled = "Tracker.app.overlay.chosenLabels.map((label) => label.text)"
        assert visit.js(labelled) == ["Raqqa"]
        visit.js("Tracker.app.map.setZoom(12, { animate: false })")
        visit.settle()
        assert sorted(visit.js(labelled)) == ["Raqqa", "tk:mashlab"]


def test_a_drawing_of_what_changed_equals_a_drawing_of_all(visiting, syria_page) -> None:
    with visiting() as visit:
        visit.open(syria_page, "#on=2017-05-01")
        visit.settle()
        for on in ("2017-05-10", "2017-09-05", "2017-07-10", "2017-11-08"):
            visit.js("(on) => Tracker.app.set({ day: Tracker.dayOf(on) })", on)
            visit.settle()
            # Not bit for bit: the order of strokes decides a few antialiased pixels of an outline.
            assert visit.js(SHARE_OF_PIXELS_THAT_A_FULL_DRAWING_CHANGES) < 0.001


def test_dark_follows_the_system_until_it_is_chosen(visiting, syria_page) -> None:
    with visiting(color_scheme="dark") as visit:
        page = visit.open(syria_page)
        assert visit.js("document.documentElement.dataset.theme") == "dark"
        page.click("#theme")
        assert visit.js("document.documentElement.dataset.theme") == "light"
        visit.until("location.hash.includes('theme=light')")


def test_paper_gets_textures_and_the_light_theme(visiting, syria_page, artefacts) -> None:
    with visiting(color_scheme="dark") as visit:
        page = visit.open(syria_page)
        visit.js("window.dispatchEvent(new Event('beforeprint'))")
        assert visit.js("[Tracker.app.theme, Tracker.app.layers.textures]") == ["light", True]
        page.screenshot(path=artefacts / "map-print.png", full_page=True)
        visit.js("window.dispatchEvent(new Event('afterprint'))")
        assert visit.js("[Tracker.app.theme, Tracker.app.layers.textures]") == ["dark", False]


SHARE_OF_INK_ON_THE_SHEET = """() => {
  const sheet = document.querySelector(".sheet"), context = sheet.getContext("2d");
  const { data } = context.getImageData(0, 0, sheet.width, sheet.height), paper = [...data.slice(0, 3)].join();
  let ink = 0, clear = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] < 255) clear++; else if (data.slice(i, i + 3).join() !== paper) ink++;
  }
  return [ink / (data.length / 4), clear / (data.length / 4)];
}"""


def test_paper_gets_the_whole_map_with_its_sources_and_doubt_on_one_sheet(visiting, syria_page) -> None:
    # Nothing may wait for a frame: a browser prints as soon as the event has been handled.
    with visiting() as visit:
        page = visit.open(syria_page, "#on=2017-09-05&with=2017-11-01")
        visit.until("location.hash.includes('view=')")  # the address follows the map a little later
        before = visit.js("[location.hash, Tracker.app.map.getZoom(), Tracker.app.map.getBounds().toBBoxString()]")
        bounds = "Tracker.app.map.getBounds()"
        west, south, east, north = map(float, before[2].split(","))
        ink, clear = visit.js(
            f"() => {{ dispatchEvent(new Event('beforeprint')); return ({SHARE_OF_INK_ON_THE_SHEET})(); }}"
        )
        assert ink > 0.1
        assert clear == 0
        inner = [[south + 0.05, west + 0.05], [north - 0.05, east - 0.05]]  # a pixel is 0.006 degrees
        assert visit.js(f"{bounds}.contains({inner})")
        width, height = visit.js("[document.body.offsetWidth, document.body.offsetHeight]")
        assert width <= 979  # Letter, landscape, less 10 mm on each side
        assert height <= 718  # A4, likewise
        note = page.inner_text("#paper-note")
        assert "not a survey" in note
        assert "Example Wire (3)" in note
        visit.js("dispatchEvent(new Event('afterprint'))")
        page.wait_for_timeout(400)  # twice what the address waits for
        assert page.locator(".sheet").count() == 0
        assert page.is_hidden("#paper-note")
        assert (
            visit.js("[location.hash, Tracker.app.map.getZoom(), Tracker.app.map.getBounds().toBBoxString()]") == before
        )


def test_a_date_outside_the_data_is_moved_and_said(visiting, syria_page) -> None:
    with visiting() as visit:
        page = visit.open(syria_page, "#on=2019-03-23")
        assert page.text_content("#date") == "20 November 2017"
        assert "speaks of 1 May 2017 to 20 November 2017" in page.inner_text("#notice")


@pytest.mark.parametrize(
    "link", ["#on=yesterday&view=a,b,c&place=none&layers=,,&with=x", "#%%%", "#on=99999-01-01", "#view=1e99,0,3"]
)
def test_a_broken_link_shows_the_page_as_it_is_without(visiting, syria_page, link) -> None:
    with visiting() as visit:
        page = visit.open(syria_page, link)
        assert page.text_content("#date") == "20 November 2017"
        assert page.is_hidden("#panel")


def test_a_screen_reader_hears_date_and_changes(visiting, syria_page) -> None:
    with visiting() as visit:
        page = visit.open(syria_page, "#on=2017-09-04")
        page.keyboard.press("ArrowRight")
        visit.until("document.getElementById('live').textContent !== ''")
        heard = page.text_content("#live")
        assert heard.startswith("5 September 2017. 2 changes.")
        assert "Brigade 137: Held by Syrian government" in heard
        assert page.get_attribute("#slider", "aria-valuetext") == "5 September 2017"


def test_about_tells_sources_method_doubt_and_time(visiting, syria_page) -> None:
    with visiting() as visit:
        page = visit.open(syria_page)
        page.click("#about-open")
        words = page.inner_text("#about")
        for expected in (
            "Example Wire (3 reports)",
            "not a survey",
            "30 November 2017",
            "Base shapes: made up for the test",
        ):
            assert expected in words


@pytest.mark.parametrize("link", ["#on=2017-05-11&with=2017-05-01", "#on=2017-05-01&with=2017-05-11"])
def test_a_comparison_tells_what_each_side_gained_from_the_earlier_day_to_the_later(
    visiting, syria_page, samples, link
) -> None:
    area = {
        name: {f.area_km2 for f in samples.eastern_syria().features if f.name == name}
        for name in ("Al Tabqah", "Tabqa dam")
    }
    gained = sum(area["Al Tabqah"]) + sum(area["Tabqa dam"])  # what the SDF took between 1 and 11 May
    with visiting() as visit:
        page = visit.open(syria_page, link)
        visit.settle()
        assert page.inner_text("#legend-heading") == "Held on 11 May 2017; change since 1 May 2017"
        row = page.locator("#sides-body tr", has_text="Syrian Democratic Forces").filter(has_not_text="Contested")
        assert row.locator(".gained").text_content().replace("\u2009", "") == f"+{gained:.0f}"


def test_characters_move_the_map_only_while_it_or_nothing_has_the_focus(visiting, syria_page) -> None:
    with visiting() as visit:
        page = visit.open(syria_page)
        page.focus("#compare")
        before = visit.js("Tracker.app.map.getCenter().lng")
        page.keyboard.press("d")
        assert visit.js("Tracker.app.map.getCenter().lng") == before
        page.focus(".folium-map")
        page.keyboard.press("d")
        visit.until(f"Tracker.app.map.getCenter().lng > {before}")


def test_a_change_tells_who_was_there_before_and_a_first_word_that_it_is_one(visiting, syria_page) -> None:
    with visiting() as visit:
        page = visit.open(syria_page, "#on=2017-05-11")
        changes = page.locator("#changes li").all_text_contents()
        assert "Al Tabqah held by Syrian Democratic Forces · before: Islamic State" in changes
        visit.js("Tracker.app.set({day: Tracker.dayOf('2017-09-05')})")
        assert [text for text in page.locator("#changes li").all_text_contents() if text.endswith("before: no word")]


def test_names_of_sides_are_shortened_where_they_stay_apart(visiting, syria_page) -> None:
    with visiting() as visit:
        visit.open(syria_page)
        named = "['Houthis (Ansar Allah)', 'Army (North)', 'Army (South)', 'Reds'].map((full) => ({ full }))"
        assert visit.js(f"Tracker.withShortNames({named}).map(({{ name }}) => name)") == [
            "Houthis", "Army (North)", "Army (South)", "Reds",
        ]  # fmt: skip


def test_a_page_of_one_day_has_no_slider(visiting, samples, tmp_path) -> None:
    path = write_map(samples.single_day(), tmp_path / "day.html", actors=samples.ACTORS, title="5 September 2017")
    with visiting() as visit:
        page = visit.open(path)
        assert page.text_content("#date") == "5 September 2017"
        assert page.is_hidden("#slider")
        assert page.is_disabled("#compare")
        assert page.locator("#changes li").all_text_contents() == [
            "Deir ez-Zor, north part contested between Syrian government and Islamic State",
            "Brigade 137 held by Syrian government",
        ]


def test_states_without_any_date_are_shown(visiting, samples, tmp_path) -> None:
    row = samples.feature("gn:172955", geometry=box(38.8, 35.8, 39.2, 36.1), holder=samples.SDF, sides=(samples.SDF,))
    layer = Layer(on=None, known_by=None, start=None, end=None, features=(row,))
    path = write_map(layer, tmp_path / "undated.html", actors=samples.ACTORS, title="Undated")
    with visiting() as visit:
        page = visit.open(path, "#on=2017-05-01")
        visit.settle()
        assert page.text_content("#date") == "no date"
        assert "Syrian Democratic Forces" in page.inner_text("#sides-body")


def test_an_element_of_folium_can_be_added(visiting, samples, tmp_path) -> None:
    page_map = control_map(samples.single_day(), actors=samples.ACTORS, title="With a circle")
    folium.CircleMarker((35.34, 40.14), radius=20).add_to(page_map)
    path = tmp_path / "circle.html"
    page_map.save(path)
    with visiting() as visit:
        page = visit.open(path)
        assert page.locator("path.leaflet-interactive").count() == 1


def test_tiles_come_from_the_host_that_was_asked_for_and_are_credited(chromium, samples, tmp_path) -> None:
    options = MapOptions(tiles="https://tiles.example.org/{z}/{x}/{y}.png", tiles_attribution="Example Mapping")
    path = write_map(
        samples.single_day(), tmp_path / "tiles.html", actors=samples.ACTORS, title="Tiles", options=options
    )
    context, asked = chromium.new_context(), []

    def answer(route):
        asked.append(route.request.url)
        route.fulfill(
            content_type="image/svg+xml", body="<svg xmlns='http://www.w3.org/2000/svg' width='256' height='256'/>"
        )

    context.route(lambda url: not url.startswith("file://"), answer)
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("img.leaflet-tile-loaded", state="attached")
    assert asked
    assert all(url.startswith("https://tiles.example.org/") for url in asked)
    assert page.inner_text(".tiles-credit") == "Tiles: Example Mapping"
    context.close()


INK = """(name) => {
  const canvas = Tracker.app.overlay.canvases[name], copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  const context = copy.getContext('2d', { willReadFrequently: true });
  context.drawImage(canvas, 0, 0);
  const { data } = context.getImageData(0, 0, copy.width, copy.height);
  let drawn = 0;
  for (let at = 3; at < data.length; at += 4) if (data[at]) drawn++;
  return drawn;
}"""
SHARE_OF_PIXELS_THAT_A_FULL_DRAWING_CHANGES = """() => {
  const { overlay } = Tracker.app, canvas = overlay.canvases.first;
  const pixels = () => {
    const copy = document.createElement('canvas');
    copy.width = canvas.width;
    copy.height = canvas.height;
    const context = copy.getContext('2d', { willReadFrequently: true });
    context.drawImage(canvas, 0, 0);
    return context.getImageData(0, 0, copy.width, copy.height).data;
  };
  const partly = pixels();
  overlay.drawn = {};
  overlay.draw();
  const wholly = pixels();
  let changed = 0;
  for (let at = 0; at < partly.length; at += 4) {
    if ([0, 1, 2, 3].some((band) => Math.abs(partly[at + band] - wholly[at + band]) > 30)) changed++;
  }
  return changed / (partly.length / 4);
}"""
