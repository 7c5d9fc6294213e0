"""
Whether a claim's confidence means what it says: of claims believed p, a share of about p should be right.

    python benchmarks/claims_calibration.py [--fit] [--lots FILE.jsonl ...]

A claim is right when the gold has one of its kind, place and side. The table is printed for the passages that may be
looked at (development and own) and for those held out, both back ends together; unreal claims and `approaches` are
not counted. With --fit the weights of tracker/claims/confidence.py are fitted. The rules were made on the passages
that may be looked at, which flatters them: each of their claims counts LOOKED_AT. What a text gets that nobody has
looked at is told by --lots: passages annotated before anything was run on them, in the format of own_passages.jsonl.
Other people's texts are not kept here; each tenth of them is told by weights that were fitted on the others.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

import claims_dev
import claims_own

from tracker.claims import Located
from tracker.claims.confidence import SIGNS, WEIGHTS, belief_of, signs_of
from tracker.claims.extract import read_report
from tracker.claims.making import told_too_early
from tracker.jsonl import dump_line
from tracker.pipeline import Stages

BANDS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
NAMES = tuple(WEIGHTS)
LOOKED_AT = 0.5  # weight of a claim of a passage that the rules were made on
PULL = 1.0  # Gaussian prior around 0 (1 for `prior`): log loss of a claim for a change of 1.4
FOLDS = 10
DOUBT = -0.1  # a sign of doubt that lowers nothing is none
ALIKE = 0.2  # share of the runs of seven words that makes two passages one


@dataclass(frozen=True)
class Row:
    passage: str
    prior: float
    signs: Mapping[str, int]
    right: bool
    weight: float = 1.0


def rows_of(gold: Sequence[dict[str, Any]], stages: Stages, backend: str, weight: float = 1.0) -> list[Row]:
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
                    signs = signs_of(reading.finding, claim.kind, claim.modality, window=claim.backend == "window")
                    if "no_side" in signs and claim.actor is not None:
                        signs = {name: n for name, n in signs.items() if name != "no_side"} | {"side_inferred": 1}
                    rows.append(Row(passage["id"], reading.finding.frame.prior, signs, k in right, weight))
                    break
    return rows


def lots_of(files: Sequence[str]) -> list[dict[str, Any]]:
    """Return the passages of files, of those that tell the same in the same words the first."""
    known: set[str] = set()
    kept = []
    for file in files:
        for line in Path(file).read_text(encoding="utf-8").splitlines():
            words = re.findall(r"\w+", json.loads(line)["text"].lower())
            runs = {" ".join(words[k : k + 7]) for k in range(max(1, len(words) - 6))}
            if len(runs & known) <= ALIKE * len(runs):
                kept.append(json.loads(line))
            known |= runs
    return kept


def fit(rows: Sequence[Row]) -> dict[str, float]:
    """Lower the log loss; signs that would raise belief are left at DOUBT."""
    matrix = np.zeros((len(rows), len(NAMES)))
    for line, row in zip(matrix, rows, strict=True):
        line[0], line[1] = 1.0, math.log(row.prior / (1 - row.prior))
        for name, count in row.signs.items():
            line[NAMES.index(name)] = count
    right = np.array([row.right for row in rows], dtype=float)
    weight = np.array([row.weight for row in rows])
    pull = np.array([0.0, *[PULL] * (len(NAMES) - 1)])
    centre = np.array([0.0, 1.0, *[0.0] * (len(NAMES) - 2)])
    free = np.ones(len(NAMES), dtype=bool)
    values = centre.copy()
    values[2:] = DOUBT
    while True:
        for _ in range(40):
            belief = 1 / (1 + np.exp(-matrix @ values))
            slope = matrix.T @ (weight * (belief - right)) + pull * (values - centre)
            bend = matrix.T @ (matrix * (weight * belief * (1 - belief))[:, None]) + np.diag(pull)
            values[free] -= np.linalg.solve(bend[np.ix_(free, free)], slope[free])
        raising = free & (np.arange(len(NAMES)) >= 2) & (values > DOUBT)
        if not raising.any():
            return {name: round(float(value), 2) for name, value in zip(NAMES, values, strict=True)}
        free &= ~raising
        values[raising] = DOUBT


def table(name: str, beliefs: Sequence[tuple[float, Row]]) -> None:
    brier = sum((p - row.right) ** 2 for p, row in beliefs) / len(beliefs)
    loss = -sum(math.log(p if row.right else 1 - p) for p, row in beliefs) / len(beliefs)
    share = sum(row.right for _, row in beliefs) / len(beliefs)
    off = 0.0
    print(f"{name}: {len(beliefs)} claims, {share:.2f} right, Brier score {brier:.3f}, log loss {loss:.3f}")
    for low, high in pairwise(BANDS):
        inside = [(p, row.right) for p, row in beliefs if low <= p < high]
        if inside:
            said, was = (sum(values) / len(inside) for values in zip(*inside, strict=True))
            off += abs(said - was) * len(inside) / len(beliefs)
            print(f"  {low:.1f}-{min(high, 1):.1f}  {len(inside):4} claims  said {said:.2f}  right {was:.2f}")
    print(f"  off by {off:.3f} on average")
    for sign in sorted(SIGNS):
        some = [(p, row.right) for p, row in beliefs if sign in row.signs]
        if some:
            said, was = (sum(values) / len(some) for values in zip(*some, strict=True))
            print(f"  {sign:13} {len(some):4} claims  said {said:.2f}  right {was:.2f}")


def believed(rows: Sequence[Row], weights: Mapping[str, float]) -> list[tuple[float, Row]]:
    return [(belief_of(row.prior, row.signs, weights), row) for row in rows]


def unseen(lots: Sequence[Row], others: Sequence[Row]) -> list[tuple[float, Row]]:
    """Return each claim of the lots with what is believed of it by weights that were fitted without its passage."""
    beliefs = []
    for fold in range(FOLDS):
        away = [row for row in lots if zlib.crc32(row.passage.encode()) % FOLDS == fold]
        near = [row for row in lots if zlib.crc32(row.passage.encode()) % FOLDS != fold]
        beliefs += believed(away, fit([*near, *others]))
    return beliefs


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--lots", nargs="*", default=[], metavar="FILE", help="passages that nobody had looked at")
    options = parser.parse_args()
    if not (claims_dev.GOLD / "score_claims.py").exists():
        print("no ../shared/gold beside the checkout: nothing to score")
        return 0
    gold = claims_dev.passages("dev.jsonl") + claims_own.passages()
    stages = Stages()
    groups: dict[str, list[Row]] = {"seen": [], "held out": [], "lots": []}
    for backend in ("auto", "window"):
        for name, half in (("seen", False), ("held out", True)):
            weight = 1.0 if half else LOOKED_AT
            groups[name] += rows_of([p for p in gold if claims_dev.is_unread(p) is half], stages, backend, weight)
        groups["lots"] += rows_of(lots_of(options.lots), stages, backend)
    weights: Mapping[str, float] = WEIGHTS
    if options.fit:
        weights = fit([*groups["seen"], *groups["lots"]])
        print("fitted:", json.dumps(weights))
        if groups["lots"]:
            table("lots, each tenth by the others", unseen(groups["lots"], groups["seen"]))
    for name, rows in groups.items():
        if rows:
            table(name, believed(rows, weights))
    return 0


if __name__ == "__main__":
    sys.exit(main())
