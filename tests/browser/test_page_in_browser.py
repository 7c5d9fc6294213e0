"""The page in a real browser, with its network cut off."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


def test_it_opens_from_disk_without_requests_or_complaints(visiting, syria_page) -> None:
    with visiting() as visit:
        page = visit.open(syria_page)
        assert page.text_content("h1") == "Eastern Syria, May to November 2017"
        assert page.text_content("#date") == "20 November 2017"
        assert page.title() == "Eastern Syria, May to November 2017"


def test_the_map_shows_the_colours_of_the_sides(visiting, syria_page) -> None:
    # Palmyra is held by the government all along: its cell is red, a point in the empty desert is land.
    with visiting() as visit:
        visit.open(syria_page)
        visit.settle()
        held, empty = visit.js(COLOUR_AT, [[34.45, 38.20], [33.2, 36.5]])
        assert held[0] > held[1] + 60
        assert max(empty) - min(empty) < 20
        assert min(empty) > 200


def test_the_slider_and_the_keys_move_the_date(visiting, syria_page) -> None:
    with visiting() as visit:
        page = visit.open(syria_page)
        page.keyboard.press("Home")
        assert page.text_content("#date") == "1 May 2017"
        page.keyboard.press("ArrowRight")
        assert page.text_content("#date") == "2 May 2017"
        page.keyboard.press("Shift+ArrowRight")  # Tabqa and its dam fall on 10 May
        assert page.text_content("#date") == "10 May 2017"
        page.keyboard.press("End")
        assert page.text_content("#date") == "20 November 2017"
        page.keyboard.press("Shift+ArrowLeft")
        assert page.text_content("#date") == "8 November 2017"
        page.fill("#slider", str(visit.js("Tracker.dayOf('2017-09-05')")))
        assert page.text_content("#date") == "5 September 2017"


def test_a_link_carries_date_view_and_place(visiting, syria_page) -> None:
    with visiting() as visit:
        page = visit.open(syria_page, "#on=2017-09-05&view=35.3400,40.1400,9&place=gn:170794")
        assert page.text_content("#date") == "5 September 2017"
        assert page.text_content("#panel-heading") == "Deir ez-Zor"
        assert visit.js("Tracker.app.map.getZoom()") == 9
        page.wait_for_selector("#panel blockquote")
        page.keyboard.press("ArrowRight")
        visit.until("location.hash.includes('on=2017-09-06')")
        assert "place=gn:170794" in page.evaluate("location.hash")


def test_the_panel_gives_state_and_sentences(visiting, syria_page, samples) -> None:
    with visiting() as visit:
        page = visit.open(syria_page, "#on=2017-09-05&place=gn:170794")
        page.wait_for_selector("#panel blockquote")
        words = page.inner_text("#panel")
        assert "Contested between Syrian government and Islamic State; besieged by Islamic State" in words
        assert samples.BROKEN in words
        assert page.get_attribute("#panel figcaption a", "href") == "https://example.org/report"
        unreal = page.locator("details", has_text="Denied, planned or supposed")
        unreal.locator("summary").click()
        assert samples.SUPPOSED in unreal.inner_text()


def test_an_approach_is_told_as_one_and_never_as_a_state(visiting, syria_page) -> None:
    with visiting() as visit:
        page = visit.open(syria_page, "#on=2017-09-01&place=gn:170794")
        page.wait_for_selector("#panel blockquote", state="attached")
        card = page.locator("#panel .card", has_text="on the way")
        assert "Syrian government on the way, 35 km away" in card.inner_text()
        assert "Troops were 35 km away." in card.inner_text()
        page.keyboard.press("Shift+ArrowRight")
        visit.until("!document.getElementById('panel').textContent.includes('on the way')")


COLOUR_AT = """(points) => {
  const { overlay } = Tracker.app, view = overlay.view();
  const copy = document.createElement('canvas');
  copy.width = view.width;
  copy.height = view.height;
  const context = copy.getContext('2d', { willReadFrequently: true });
  for (const name of ['base', 'first']) context.drawImage(overlay.canvases[name], 0, 0, view.width, view.height);
  return points.map(([lat, lon]) => {
    const x = Tracker.mercatorX(lon) * view.scale + view.dx, y = Tracker.mercatorY(lat) * view.scale + view.dy;
    return [...context.getImageData(x, y, 1, 1).data].slice(0, 3);
  });
}"""
