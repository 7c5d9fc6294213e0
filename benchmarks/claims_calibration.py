"""
Whether a claim's confidence means what it says: of claims believed p, a share of about p should be right.

    python benchmarks/claims_calibration.py [--fit]

A claim is right when the gold has one of its kind, place and side. The table is printed for the passages that may be
looked at (development and own) and for those held out, both back ends together; with --fit the factors of
tracker/claims/confidence.py are fitted on the former. Unreal claims and `approaches` are not counted.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import claims_dev
import claims_own

from tracker.claims import Located
from tracker.claims.confidence import FACTORS, belief_of, doubts_of
from tracker.claims.extract import read_report
from tracker.claims.making import told_too_early
from tracker.jsonl import dump_line
from tracker.pipeline import Stages

BANDS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
PULL = 0.1  # how hard factors are held back where they stood, in log loss of one claim for a change of 0.1
STEPS = (0.1, 0.03, 0.01)
RANGES = {"trust": (0.2, 3.0)}
DOUBT = (0.3, 0.95)  # a doubt that lowers nothing is none


@dataclass(frozen=True)
class Row:
    prior: float
    doubts: Mapping[str, int]
    right: bool


def rows_of(gold: Sequence[dict[str, Any]], stages: Stages, backend: str) -> list[Row]:
    score = claims_dev.scorer()
    rows = []
    for passage in gold:
        report = claims_dev.report_of(passage)
        located = Located(report, stages.locate(report), stages.locate_title(report))
        readings, claims = read_report(located, stages.gazetteer, actors=stages.actors, backend=backend)
        mine = [c for c in claims if c.modality != "unreal" and c.kind != "approaches"]
        real = [score.settled(c) for c in passage["claims"] if c["modality"] != "unreal"]
        predicted = [score.settled(score.norm_pred(json.loads(dump_line(c)))) for c in mine]
        right = score.match(real, predicted, 1)[2]
        for k, claim in enumerate(mine):
            for reading in readings:
                told = told_too_early(reading.claim, report.published)
                same = (told.quote_start, told.rule, told.place, told.part, told.modality)
                if same == (claim.quote_start, claim.rule, claim.place, claim.part, claim.modality):
                    doubts = doubts_of(reading.finding, claim.modality, window=claim.backend == "window")
                    rows.append(Row(reading.finding.frame.prior, doubts, k in right))
                    break
    return rows


def loss(rows: Sequence[Row], factors: Mapping[str, float]) -> float:
    """Mean log loss."""
    beliefs = [(belief_of(row.prior, row.doubts, factors), row.right) for row in rows]
    return -sum(math.log(p if right else 1 - p) for p, right in beliefs) / len(rows)


def fit(rows: Sequence[Row]) -> dict[str, float]:
    """Lower the loss factor by factor, in ever smaller steps."""

    def cost(factors: Mapping[str, float]) -> float:
        moved = sum(((factors[name] - FACTORS[name]) / 0.1) ** 2 for name in FACTORS)
        return loss(rows, factors) + PULL * moved / len(rows)

    factors, best = dict(FACTORS), cost(FACTORS)
    for step in STEPS:
        for _ in range(40):
            before = best
            for name in FACTORS:
                for change in (-step, step):
                    low, high = RANGES.get(name, DOUBT)
                    tried = factors | {name: round(min(max(factors[name] + change, low), high), 3)}
                    if cost(tried) < best:
                        factors, best = tried, cost(tried)
            if best == before:
                break
    return factors


def table(name: str, rows: Sequence[Row], factors: Mapping[str, float]) -> None:
    beliefs = [(belief_of(row.prior, row.doubts, factors), row.right) for row in rows]
    brier = sum((p - right) ** 2 for p, right in beliefs) / len(rows)
    off = 0.0
    print(f"{name}: {len(rows)} claims, {sum(r.right for r in rows) / len(rows):.2f} right, Brier score {brier:.3f}")
    for low, high in pairwise(BANDS):
        inside = [(p, right) for p, right in beliefs if low <= p < high]
        if inside:
            said, was = (sum(values) / len(inside) for values in zip(*inside, strict=True))
            off += abs(said - was) * len(inside) / len(rows)
            print(f"  {low:.1f}-{min(high, 1):.1f}  {len(inside):4} claims  said {said:.2f}  right {was:.2f}")
    print(f"  off by {off:.3f} on average")
    for doubt in sorted(set(FACTORS) - {"trust"}):
        some = [(belief_of(r.prior, r.doubts, factors), r.right) for r in rows if doubt in r.doubts]
        if some:
            said, was = (sum(values) / len(some) for values in zip(*some, strict=True))
            print(f"  {doubt:11} {len(some):4} claims  said {said:.2f}  right {was:.2f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    if not (claims_dev.GOLD / "score_claims.py").exists():
        print("no ../shared/gold beside the checkout: nothing to score")
        return 0
    gold = claims_dev.passages("dev.jsonl") + claims_own.passages()
    stages = Stages()
    groups = {"seen": [], "held out": []}
    for backend in ("auto", "window"):
        for name, half in (("seen", False), ("held out", True)):
            groups[name] += rows_of([p for p in gold if claims_dev.is_unread(p) is half], stages, backend)
    factors: Mapping[str, float] = FACTORS
    if options.fit:
        factors = fit(groups["seen"])
        print("fitted:", json.dumps(factors))
        # The rules were made on these very passages, which flatters every frame alike: the doubts' weights are
        # taken over, the frames' priors are left as they are.
        factors = factors | {"trust": 1.0}
    for name, rows in groups.items():
        table(name, rows, factors)
    return 0


if __name__ == "__main__":
    sys.exit(main())
