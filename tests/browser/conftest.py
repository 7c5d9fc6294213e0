"""A real browser with its network cut off; tests skip where there is none."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
from pathlib import Path

import pytest

from tracker.maps import MapOptions, write_map

TESTS = Path(__file__).parents[1]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
SIZES = {"desktop": (1400, 900), "tablet": (900, 1100), "phone": (390, 844)}


@pytest.fixture(scope="session")
def samples():
    """Return the module of sample layers."""
    spec = importlib.util.spec_from_file_location("sample_layers", TESTS / "maps" / "sample_layers.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def artefacts():
    """Return the folder in which screenshots are kept."""
    folder = TESTS / "artefacts"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def chromium():
    """Return a running headless chromium."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no chromium: apt-get install chromium")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Visit:
    """One open page, and all that went wrong on it."""

    def __init__(self, page) -> None:
        self.page = page
        self.requests, self.faults = [], []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda said: self.faults.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("dialog", lambda dialog: (self.faults.append(f"a dialog: {dialog.message}"), dialog.dismiss()))

    def open(self, path, link=""):
        self.page.goto(path.as_uri() + link)
        self.page.wait_for_selector("html[data-ready]", state="attached")
        return self.page

    def js(self, script, argument=None):
        return self.page.evaluate(script, argument)

    def until(self, script, seconds=10):
        """Wait until a script says something true; the page's own policy forbids Playwright's `wait_for_function`."""
        for _ in range(int(seconds * 20)):
            if self.js(script):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"never true: {script}")

    def settle(self):
        """Wait until two frames have been drawn."""
        self.js("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def check(self):
        """Nothing but the page itself was asked for, and nothing complained."""
        assert [url for url in self.requests if not url.startswith(("file://", "data:", "blob:"))] == []
        assert sum(url.startswith("file://") for url in self.requests) == 1
        assert self.faults == []


@pytest.fixture
def visiting(chromium):
    """Return what opens a page in a fresh context: ``with visiting(size) as visit``; it ends with `Visit.check`."""

    @contextlib.contextmanager
    def visiting_at(size="desktop", **options):
        width, height = SIZES[size]
        context = chromium.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        context.route(lambda url: not url.startswith("file://"), lambda route: route.abort())
        visit = Visit(context.new_page())
        try:
            yield visit
            visit.check()
        finally:
            context.close()

    return visiting_at


@pytest.fixture(scope="session")
def syria_page(samples, tmp_path_factory):
    """Return the page of eastern Syria, May to November 2017."""
    path = tmp_path_factory.mktemp("pages") / "syria.html"
    options = MapOptions(names=samples.NAMES, sources=["Base shapes: made up for the test"])
    title = "Eastern Syria, May to November 2017"
    return write_map(
        samples.eastern_syria(), path, actors=samples.ACTORS, title=title, base=samples.plain_base(), options=options
    )
