"""
Score claims on the project's own passages in the manner of newspapers, seen and held-out apart.

    python benchmarks/claims_own.py [--lots] [--backend auto|window] [--errors N] [--only ID]

Passages whose number ends in 0, 3, 6 or 9 are held out: only sums are printed for them.
The passages, own_passages.jsonl, are the project's own words and annotations; the scorer stands beside
the checkout, in ../shared. With --lots the passages of lots_passages.jsonl instead, none of them held out: the lots
that were annotated before anything was run on them, and then mended on; docs/claims-errors.md has their first figures.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from claims_dev import GOLD, Pipe, figures, is_unread, print_errors, report_of, scorer, show

PASSAGES = Path(__file__).with_name("own_passages.jsonl")
LOTS = Path(__file__).with_name("lots_passages.jsonl")


def passages(path: Path = PASSAGES) -> list[dict[str, Any]]:
    """Return the project's own passages."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lots", action="store_true", help="score the lots, most of which were mended on")
    parser.add_argument("--backend", default="auto")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print errors of N seen passages")
    parser.add_argument("--only", help="print the claims of one seen passage")
    options = parser.parse_args()
    if not (GOLD / "score_claims.py").exists():
        print("no ../shared/gold beside the checkout: nothing to score")
        return 0
    score, pipe = scorer(), Pipe(options.backend)
    if options.lots:
        groups = {"lots": passages(LOTS)}
    else:
        gold = passages()
        groups = {"seen": [p for p in gold if not is_unread(p)], "held out": [p for p in gold if is_unread(p)]}
    if options.only:
        return show(
            pipe, score, [p for p in groups.get("seen", groups.get("lots", [])) if p["id"] in options.only.split(",")]
        )
    for name, some in groups.items():
        claims = [claim for passage in some for claim in pipe.claims(report_of(passage))]
        sums, shown = figures(score, some, claims, 0 if name == "held out" else options.errors)
        for passage, missed, spurious in shown:
            print_errors(passage, missed, spurious)
        line = "  ".join(
            f"{key} {sums[key]['f1']:.3f} ({sums[key]['p']:.2f}/{sums[key]['r']:.2f})"
            for key in ("found", "who", "when")
        )
        print(f"{name:9} {line}  leak {sums['unreal_leak']} of {sums['unreal']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
