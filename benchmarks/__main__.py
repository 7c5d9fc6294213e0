"""Run every benchmark that this machine can run: ``make bench``, or ``python -m benchmarks [NAME…]``."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
QUALITY = ("quality.py", "claims_calibration.py")
SPEED = (
    "places_speed.py",
    "claims_speed.py",
    "layers_span.py",
    "states_speed.py",
    "maps_page.py",
    "exports_formats.py",
)


def main(names: list[str]) -> int:
    worst = 0
    for script in (*QUALITY, *SPEED):
        if names and Path(script).stem not in names:
            continue
        print(f"\n== {script}", flush=True)
        worst = max(worst, subprocess.run([sys.executable, HERE / script], check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
