"""
How large, quick and light a page is, beside what Folium's own time plugins make of the same data.

    python benchmarks/maps_page.py [places] [days] [intervals]

Made-up Voronoi cells that change hands at random: the worst case for drawing,
since nearly every edge is a front. Load, step and heap are taken in headless
chromium with its network cut off. The plugins are measured for size and build
at numbers that they can bear (`PLUGIN_PLACES`, `PLUGIN_DAYS`), with the full
size reckoned from there; they load their scripts from other hosts, so with
the network off they show nothing at all. Prints one line of JSON a page; the
limits are 2.5 MB, built in 5 s, loaded in 2 s, a step 100 ms, heap 80 MB.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import folium
import folium.plugins
from shapely.geometry import mapping

from tracker.maps import write_map
from tracker.model import Layer

SAMPLES = Path(__file__).parents[1] / "tests" / "maps" / "sample_layers.py"
LIMITS = {"html_mb": 2.5, "build_s": 5.0, "load_s": 2.0, "step_ms": 100.0, "heap_mb": 80.0}
PLUGIN_PLACES, PLUGIN_DAYS = 500, 100  # a hundredth of the whole
STEPS = 25


def sample_layers() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sample_layers", SAMPLES)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{SAMPLES} is missing: run this from a checkout")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def our_page(layer: Layer, samples: ModuleType, folder: Path) -> dict[str, Any]:
    started = time.perf_counter()
    path = write_map(layer, folder / "ours.html", actors=samples.ACTORS, title="Bench")
    built = time.perf_counter() - started
    figures = {"page": "tracker", "html_mb": round(path.stat().st_size / 1e6, 2), "build_s": round(built, 2)}
    figures |= in_browser(path)
    figures["within"] = {name: figures[name] <= limit for name, limit in LIMITS.items() if name in figures}
    return figures


def in_browser(path: Path) -> dict[str, Any]:
    """Time to the first drawn frame, a day's step and a month's jump (median, 9th decile), heap after collection."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return {"browser": "no chromium: apt-get install chromium"}
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the plugins are measured without it, too

    options = ["--no-sandbox", "--js-flags=--expose-gc", "--enable-precise-memory-info"]
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=chromium, args=options)
        page = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True).new_page()
        started = time.perf_counter()
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]", state="attached")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        loaded = time.perf_counter() - started
        day, jump = (page.evaluate(STEP, [STEPS, days]) for days in (1, 30))
        heap = page.evaluate("(gc(), performance.memory.usedJSHeapSize / 1e6)")
        browser.close()
    return {
        "load_s": round(loaded, 2),
        "step_ms": day[0],
        "step_ms_p90": day[1],
        "jump_ms": jump[0],
        "jump_ms_p90": jump[1],
        "heap_mb": round(heap, 1),
    }


STEP = """async ([steps, days]) => {
  const { app } = Tracker, times = [];
  for (let step = 0; step < steps + 3; step++) {
    const started = performance.now();
    app.set({ day: app.first + 20 + step * days });
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
    if (step >= 3) times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return [times[Math.floor(steps / 2)], times[Math.floor(steps * 0.9)]].map(Math.round);
}"""


def plugin_page(name: str, layer: Layer, samples: ModuleType, folder: Path) -> dict[str, Any]:
    started = time.perf_counter()
    page = folium.Map(tiles=None)
    {"TimeSliderChoropleth": slider, "Timeline": timeline, "TimestampedGeoJson": timestamped}[name](
        layer, samples
    ).add_to(page)
    path = folder / f"{name}.html"
    page.save(path)
    return {"page": f"folium {name}", "html_mb": path.stat().st_size / 1e6, "build_s": time.perf_counter() - started}


def days_of(layer: Layer) -> list[dt.date]:
    first, last = layer.start or dt.date.min, layer.end or dt.date.min
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]


def slider(layer: Layer, samples: ModuleType) -> Any:
    """One style for each place and day, since it knows no intervals."""
    shapes = {f.place_id: mapping(f.geometry) for f in layer.features}
    styles: dict[str, dict[str, dict[str, object]]] = {place: {} for place in shapes}
    for feature in layer.features:
        colour = samples.ACTORS[feature.sides[0]].colour
        for day in days_of(layer):
            if (feature.start or day) <= day and (feature.end is None or day < feature.end):
                styles[feature.place_id][str(int(dt.datetime.combine(day, dt.time(), dt.UTC).timestamp()))] = {
                    "color": colour,
                    "opacity": 0.7,
                }
    rows = [{"type": "Feature", "id": place, "properties": {}, "geometry": shape} for place, shape in shapes.items()]
    return folium.plugins.TimeSliderChoropleth({"type": "FeatureCollection", "features": rows}, styles)


def timeline(layer: Layer, samples: ModuleType) -> Any:
    """One whole feature for each interval, its geometry again each time."""
    rows = [
        {
            "type": "Feature",
            "geometry": mapping(f.geometry),
            "properties": {
                "start": str(f.start or layer.start),
                "end": str(f.end or layer.end),
                "color": samples.ACTORS[f.sides[0]].colour,
            },
        }
        for f in layer.features
    ]
    return folium.plugins.Timeline({"type": "FeatureCollection", "features": rows})


def timestamped(layer: Layer, samples: ModuleType) -> Any:
    """One whole feature for each place and day."""
    rows = [
        {
            "type": "Feature",
            "geometry": mapping(f.geometry),
            "properties": {"times": [str(day)], "style": {"color": samples.ACTORS[f.sides[0]].colour}},
        }
        for f in layer.features
        for day in days_of(layer)
        if (f.start or day) <= day and (f.end is None or day < f.end)
    ]
    return folium.plugins.TimestampedGeoJson({"type": "FeatureCollection", "features": rows}, period="P1D")


def main(places: int = 5000, days: int = 1000, intervals: int = 54_000) -> None:
    samples = sample_layers()
    with tempfile.TemporaryDirectory() as folder:
        layer = samples.synthetic(places, days, intervals - places)
        busy = round(os.getloadavg()[0], 1)
        numbers = {"places": places, "days": days, "intervals": len(layer.features)}
        print(json.dumps(numbers | {"cores": os.cpu_count(), "load_average_before": busy}), flush=True)
        print(json.dumps(our_page(layer, samples, Path(folder))), flush=True)
        few, short = min(places, PLUGIN_PLACES), min(days, PLUGIN_DAYS)
        small = samples.synthetic(few, short, max(1, intervals * few // places * short // days - few))
        for name in ("TimeSliderChoropleth", "Timeline", "TimestampedGeoJson"):
            figures = plugin_page(name, small, samples, Path(folder))
            # Timeline grows with the intervals, the others with places times days.
            by_intervals = len(layer.features) / len(small.features)
            factor = by_intervals if name == "Timeline" else places * days / (few * short)
            figures |= {"places": few, "days": short, "intervals": len(small.features)}
            figures["html_mb_at_full_size"] = round(figures["html_mb"] * factor)
            figures["build_s_at_full_size"] = round(figures["build_s"] * factor)
            figures |= {
                "html_mb": round(figures["html_mb"], 2),
                "build_s": round(figures["build_s"], 2),
                "offline": "blank",
            }
            print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
