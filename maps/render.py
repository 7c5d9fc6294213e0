"""
Render the examples again.

Usage: python maps/render.py [--check] [NAME…]

Every folder here with a README.md and reports is an example. Rendering writes its map (control.html), its
layers (control.geojson) and, where Debian's chromium is installed, a picture of the page (map.png) as the
first address in the README shows it (control.html#on=…).
With --check nothing is written: the GeoJSON made now must be the committed one.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from pathlib import Path

from tracker.pipeline import Stages, run

HERE = Path(__file__).resolve().parent
KEPT = ("control.html", "control.geojson")
WINDOW = {"width": 1400, "height": 880}
SETTLED_MS = 1_500  # the page has drawn and its first animation is over


def examples(names: list[str]) -> list[Path]:
    """Return the folders of the examples, by name."""
    folders = sorted(path.parent for path in HERE.glob("*/README.md"))
    return [folder for folder in folders if not names or folder.name in names]


def reports(folder: Path) -> list[Path]:
    """Return the reports of an example: its Markdown and JSON Lines files but for its README."""
    found = sorted(p for p in folder.rglob("*") if p.suffix in (".md", ".jsonl", ".txt") and p.name != "README.md")
    return [path for path in found if path.name not in ("claims.jsonl", "states.jsonl")]


def title_of(folder: Path) -> str:
    """Return the first heading of the example's README."""
    return (folder / "README.md").read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")


def address_of(folder: Path) -> str:
    """Return what the README's first address of the page has after its ``#``, with it; empty without one."""
    found = re.search(r"control\.html(#[\w=&.,:-]+)", (folder / "README.md").read_text(encoding="utf-8"))
    return found[1] if found else ""


def picture(page: Path, target: Path, address: str = "") -> bool:
    """Take a picture of a page; False when there is no browser."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return False
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport=WINDOW, offline=True)
        tab.goto(page.as_uri() + address)
        tab.wait_for_timeout(SETTLED_MS)
        tab.screenshot(path=target)
        browser.close()
    return True


def main() -> int:
    """Render or check; the exit status is 1 when a layer changed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    stages = Stages()
    changed = []
    for folder in examples(options.names):
        with tempfile.TemporaryDirectory() as out:
            made = run(reports(folder), out, title=title_of(folder), stages=stages)
            if made.refused:
                sys.exit("\n".join(map(str, made.refused)))
            new = Path(out) / "control.geojson"
            old = folder / "control.geojson"
            if not old.exists() or new.read_bytes() != old.read_bytes():
                changed.append(folder.name)
            if options.check:
                continue
            for name in KEPT:
                shutil.copyfile(Path(out) / name, folder / name)
            if not picture(folder / "control.html", folder / "map.png", address_of(folder)):
                print(f"{folder.name}: no chromium, so map.png is as it was")
    print(f"changed: {', '.join(changed)}" if changed else "no layer changed")
    return 1 if changed and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
