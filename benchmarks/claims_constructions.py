"""
Recall over the project's own table of constructions: one claim, many ways to say it.

    python benchmarks/claims_constructions.py [--backend auto|window] [--misses]

Rows of tests/claims/constructions.txt, with places and sides marked, so that only the reading of who
controls what is measured. A row counts as found when kind and every place come out, as right when the side does, too.
Rows of kind `none` must bring nothing real.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1] / "tests" / "claims"
sys.path.insert(0, str(TESTS))

from constructions import real, rows, verdict  # noqa: E402
from stand_ins import MARK, read  # noqa: E402


def figures(backend: str) -> dict[str, tuple[int, int, int]]:
    """Return by kind, by construction and for all: rows, found, right."""
    count: Counter[str] = Counter()
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for row in rows():
        is_found, is_right = verdict(row, backend)
        for key in ("all", row.kinds[0], f"{row.kinds[0]} {row.construction}"):
            count[key] += 1
            found[key] += is_found
            right[key] += is_right
    return {key: (count[key], found[key], right[key]) for key in count}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--backend", default="auto")
    parser.add_argument("--misses", action="store_true", help="print the rows that are not right")
    options = parser.parse_args()
    if options.misses:
        for row in rows():
            found, right = verdict(row, options.backend)
            if not right:
                told = [
                    (str(c.kind), c.actor, c.place.text, c.rule)
                    for c in real(read(row.marked, backend=options.backend))
                ]
                print("SIDE" if found else "MISS", "/".join(row.kinds), "|", MARK.sub(r"\2", row.marked), "|", told)
    for key, (count, found, right) in figures(options.backend).items():
        if " " not in key or options.misses:
            print(f"{key:28} {count:4}  found {found / count:.3f}  who {right / count:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
