"""Pictures say what the page says, for print, and never run what a report brought."""

import datetime as dt
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely

pytest.importorskip("matplotlib")

from matplotlib.backends.backend_agg import FigureCanvasAgg

from tracker.errors import MissingToolError, UsageError
from tracker.layers import area_series
from tracker.maps.picture_chart import _ticks, chart_figure
from tracker.maps.picture_frame import Plate
from tracker.maps.picture_report import write_report
from tracker.maps.picture_style import LEAST_RING, PictureOptions, Sides, stripe_shares
from tracker.maps.pictures import write_picture
from tracker.model import Actor, BaseShape, ClaimQuote, Layer, LayerFeature, LayerLine

SMALL = PictureOptions(width_px=500, height_px=360)
ACTORS = {
    "reds": Actor(actor_id="reds", name="The Reds", colour="#cc0000"),
    "blues": Actor(actor_id="blues", name="The Blues", colour="#0000cc"),
}
MAY, JUNE = dt.date(2017, 5, 1), dt.date(2017, 6, 1)
NASTY = "<img src=x onerror=alert(1)> $\\frac{1}{0}$ ${alert(1)} \u202eevil"


def feature(place_id: str, status: str, sides, west: float, *, start=MAY, end=None, **fields) -> LayerFeature:
    given = {
        "name": place_id.title(), "part": None, "besieged_by": None, "besieged": False, "on": None, "known_by": None,
        "probability": 0.9, "confidence": 0.9, "newest_claim": MAY, "n_reports": 1, "n_sources": 1, "area_km2": 100.0,
        "reason": "told so", "feature": "PPL", "fraction": None, "point": (west + 0.05, 35.05),
        "geometry": shapely.box(west, 35, west + 0.1, 35.1),
        "claims": (ClaimQuote(claim_id="c", report_id="r", quote=NASTY, kind="holds", actor="reds", source=NASTY,
                              published=MAY, valid_time=None, url="javascript:alert(1)", stance="for"),),
    }  # fmt: skip
    holder = sides[0] if status == "held" else None
    return LayerFeature(
        place_id=place_id, status=status, holder=holder, holder_name=None, sides=tuple(sides), start=start, end=end,
        **{**given, **fields},
    )  # fmt: skip


def line(kind: str, geometry) -> LayerLine:
    return LayerLine(
        kind=kind, place_id="a", name="A", part=None, actor="blues", actor_name="The Blues", target="reds", start=MAY,
        end=None, on=None, known_by=None, confidence=0.9, newest_claim=MAY, claims=(), geometry=geometry,
    )  # fmt: skip


@pytest.fixture
def layer() -> Layer:
    return Layer(
        on=None,
        known_by=JUNE,
        start=MAY,
        end=JUNE,
        features=(
            feature("a", "held", ["reds"], 40.0, besieged=True, besieged_by="blues"),
            feature("b", "contested", ["reds", "blues"], 40.1, fraction=(0.5, 1.0)),
            feature("c", "unknown", [], 40.2),
            feature("d", "one_of", ["reds", "other:tribes"], 40.3, confidence=0.2, name=NASTY),
            feature("e", "shared", ["reds", "blues"], 40.4, start=JUNE, part="north"),
        ),
        lines=(
            line("siege", shapely.Point(40.05, 35.05).buffer(0.04).exterior),
            line("approach", shapely.LineString([(40.0, 34.9), (40.04, 35.0)])),
        ),
    )


BASE = (
    BaseShape(kind="land", name="Land", geometry=shapely.box(39, 34, 42, 36)),
    BaseShape(kind="river", name="River", geometry=shapely.LineString([(39, 35), (42, 35.2)])),
    BaseShape(kind="border", name=None, geometry=shapely.LineString([(39, 34.5), (42, 34.5)])),
)


def texts(figure) -> list[str]:
    return [t.get_text() for axes in figure.axes for t in axes.texts] + [t.get_text() for t in figure.texts]


def test_a_frame_names_title_day_sides_areas_scale_and_sources(layer) -> None:
    plate = Plate(layer, actors=ACTORS, base=BASE, title="The Siege", options=PictureOptions(sources=["Wire"]))
    told = texts(plate.draw(JUNE))
    assert {"The Siege", "1 June 2017", "The Reds", "contested", "holder not known", "as known by 2017-06-01"} <= set(
        told
    )
    assert any("not a survey" in text and text.endswith("Sources: Wire.") for text in told)
    assert any(re.fullmatch(r"\d+(\.\d+)? km", text) for text in told)
    assert "A" in told


def test_a_side_that_holds_nothing_on_the_day_is_not_in_the_legend(layer) -> None:
    plate = Plate(layer, actors=ACTORS, base=(), title="T", options=SMALL)
    assert "held jointly" not in texts(plate.draw(MAY))
    assert "held jointly" in texts(plate.draw(JUNE))


def test_a_siege_too_small_to_be_seen_is_drawn_as_a_ring_that_can_be(layer) -> None:
    far = PictureOptions(width_px=500, height_px=360, bounds=(30.0, 20.0, 60.0, 45.0))
    widths = {}
    for options in (SMALL, far):
        axes = Plate(layer, actors=ACTORS, base=(), title="T", options=options).draw(MAY).axes[0]
        ring = next(c for c in axes.collections if c.get_zorder() == 4.1)
        points = np.concatenate([segment.copy() for segment in ring.get_segments()])
        per_point = np.diff(axes.get_xlim())[0] / (500 * axes.get_position().width * 72 / 100)
        widths[options] = np.ptp(points[:, 0]) / per_point
    assert widths[far] == pytest.approx(LEAST_RING, rel=0.1)
    assert widths[SMALL] > LEAST_RING


def test_names_stay_inside_the_map(layer) -> None:
    long = tuple(replace(f, name="A place whose name is rather long " + f.place_id) for f in layer.features)
    axes = Plate(replace(layer, features=long), actors=ACTORS, base=(), title="T", options=SMALL).draw(MAY).axes[0]
    names = [text for text in axes.texts if text.get_text().startswith("A place")]
    renderer = FigureCanvasAgg(axes.figure).get_renderer()
    frame = axes.get_window_extent(renderer)
    boxes = [name.get_window_extent(renderer) for name in names]
    assert boxes
    assert all(frame.x0 - 1 <= box.x0 <= box.x1 <= frame.x1 + 1 for box in boxes)


def test_a_day_before_all_states_says_so(layer) -> None:
    told = texts(Plate(layer, actors=ACTORS, base=(), title="T", options=SMALL).draw(dt.date(2000, 1, 1)))
    assert "no state on this day" in told


def test_the_same_layer_gives_the_same_bytes(layer, tmp_path) -> None:
    for kind in ("png", "svg", "gif"):
        one = write_picture(layer, tmp_path / f"1.{kind}", actors=ACTORS, title="T", base=BASE, options=SMALL)
        two = write_picture(layer, tmp_path / f"2.{kind}", actors=ACTORS, title="T", base=BASE, options=SMALL)
        assert one.read_bytes() == two.read_bytes()
    assert one.read_bytes()[:3] == b"GIF"


def test_a_gif_has_a_frame_for_each_day_of_change(layer, tmp_path) -> None:
    image = pytest.importorskip("PIL.Image")
    path = write_picture(layer, tmp_path / "map.gif", actors=ACTORS, title="T", options=SMALL)
    with image.open(path) as picture:
        assert picture.n_frames == 2
        assert picture.size == (500, 360)


def test_nasty_text_is_drawn_as_text(layer, tmp_path) -> None:
    path = write_picture(layer, tmp_path / "map.svg", actors=ACTORS, title=NASTY, options=SMALL)
    text = path.read_text()
    assert "<img" not in text
    assert "<script" not in text


def test_an_empty_layer_still_makes_a_picture(tmp_path) -> None:
    empty = Layer(on=None, known_by=None, start=None, end=None, features=())
    assert write_picture(empty, tmp_path / "map.png", actors={}, title="Nothing", options=SMALL).stat().st_size > 1000
    with pytest.raises(UsageError, match="no day"):
        write_picture(empty, tmp_path / "map.gif", actors={}, title="Nothing", options=SMALL)


def test_ground_across_the_antimeridian_stays_together(tmp_path) -> None:
    east = feature("a", "held", ["reds"], 179.8)
    west = feature("b", "held", ["blues"], -179.9)
    both = Layer(on=MAY, known_by=None, start=MAY, end=MAY, features=(east, west))
    plate = Plate(both, actors=ACTORS, base=(), title="T", options=SMALL)
    assert plate.window[2] - plate.window[0] < 1


@pytest.mark.parametrize("name", ["map.bmp", "map"])
def test_an_unknown_ending_is_refused(layer, tmp_path, name) -> None:
    with pytest.raises(UsageError, match=r"\.png"):
        write_picture(layer, tmp_path / name, actors=ACTORS, title="T")


def test_a_picture_too_small_to_read_is_refused(layer, tmp_path) -> None:
    with pytest.raises(UsageError, match="px"):
        write_picture(layer, tmp_path / "m.png", actors=ACTORS, title="T", options=PictureOptions(width_px=10))


def test_a_film_without_ffmpeg_is_refused_and_leaves_nothing(layer, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(MissingToolError, match="ffmpeg"):
        write_picture(layer, tmp_path / "map.mp4", actors=ACTORS, title="T", options=SMALL)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
def test_a_film_lasts_as_long_as_its_frames(layer, tmp_path) -> None:
    path = write_picture(layer, tmp_path / "map.mp4", actors=ACTORS, title="T", options=SMALL)
    asked = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "json", str(path)]
    told = json.loads(subprocess.run(asked, capture_output=True, check=True).stdout)
    assert float(told["format"]["duration"]) == pytest.approx(2.5, abs=0.3)  # one frame, then the last four times


def test_stripes_are_as_broad_as_the_share_that_was_said() -> None:
    assert stripe_shares((0.7, 0.7), 2) == pytest.approx([0.7, 0.3])
    assert stripe_shares(None, 3) == pytest.approx([1 / 3] * 3)
    assert stripe_shares((0.0, 0.0), 2) == pytest.approx([0.15, 0.85])  # a stripe that can still be seen


def test_ticks_are_round_days_and_few() -> None:
    assert _ticks(dt.date(2014, 7, 1), dt.date(2017, 11, 3), 4) == [
        (dt.date(2015, 1, 1), "2015"), (dt.date(2016, 1, 1), "2016"), (dt.date(2017, 1, 1), "2017"),
    ]  # fmt: skip
    assert [label for _, label in _ticks(dt.date(2017, 9, 5), dt.date(2017, 9, 7), 3)] == [
        "5 Sep 2017", "6 Sep 2017", "7 Sep 2017",
    ]  # fmt: skip


def test_the_chart_stacks_to_the_sum_of_all_areas(layer) -> None:
    figure = chart_figure(area_series(layer), Sides(ACTORS, layer))
    assert figure.axes[0].get_ylim()[1] == pytest.approx(500 * 1.05)


def report(layer: Layer, path: Path, **options) -> str:
    return write_report(layer, path, actors=ACTORS, title=NASTY, options=SMALL, **options).read_text()


def test_a_report_lists_changes_with_their_sentences_and_runs_nothing(layer, tmp_path) -> None:
    text = report(layer, tmp_path / "report.html", first=MAY, last=JUNE)
    assert "E (north)" in text
    assert "held jointly: The Reds / The Blues" in text
    assert "default-src &#39;none&#39;" in text or "default-src 'none'" in text
    assert "<img src=x" not in text
    assert "javascript:" not in text
    assert text == report(layer, tmp_path / "again.html", first=MAY, last=JUNE)


def test_a_report_of_days_in_the_wrong_order_is_refused(layer, tmp_path) -> None:
    with pytest.raises(UsageError, match="end"):
        report(layer, tmp_path / "report.html", first=JUNE, last=MAY)


def test_a_report_of_an_empty_layer_is_a_page(tmp_path) -> None:
    empty = Layer(on=None, known_by=None, start=None, end=None, features=())
    assert "No state is dated" in report(empty, tmp_path / "report.html")
