"""
Prove the wheel: build it, install it in an empty environment, run it from an empty folder.

Usage: python .ci/package.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
REPORT = PROJECT / "maps" / "deir-ezzor-2017-09-05" / "report.md"
EXPECTED = {"claims.jsonl", "control.geojson", "control.gpkg", "control.html", "control.qgz", "states.jsonl"}


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command; return what it printed, or stop with it when it fails."""
    done = subprocess.run([str(c) for c in command], cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def main() -> None:
    """Build, install, run, and look at what came out."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
            "--wheel-dir", folder / "dist", PROJECT, cwd=folder)  # fmt: skip
        (wheel,) = (folder / "dist").glob("*.whl")
        venv.create(folder / "empty", with_pip=True)
        python = folder / "empty" / "bin" / "python"
        run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=folder)
        elsewhere = folder / "elsewhere"
        elsewhere.mkdir()
        (elsewhere / "report.md").write_bytes(REPORT.read_bytes())
        print(run(folder / "empty" / "bin" / "tracker", "run", "report.md", "--out", "out", cwd=elsewhere))
        written = {path.name for path in (elsewhere / "out").iterdir()}
        if written != EXPECTED:
            sys.exit(f"expected {sorted(EXPECTED)}, found {sorted(written)}")
        size = wheel.stat().st_size / 1e6
        print(f"{wheel.name} ({size:.1f} MB) installs in an empty environment and runs from any folder")


if __name__ == "__main__":
    main()
