"""
Every figure of quality, held against its floor.

    python benchmarks/quality.py [--write]

The project's own passages are always scored; the shared gold when it lies beside the checkout. With --write the
floors become what was measured now, less `SLACK`, where that is higher: a floor never falls by this script.
Exit status 1 when a figure is below its floor or a gold file is not the one that the floor was measured on.
"""

import argparse
import gzip
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import places_wars
from states_timelines import TABLES, read_histories, scorer, towns

from tracker.evaluation import ClaimScores, PlaceScores, evaluate
from tracker.jsonl import dump_line
from tracker.pipeline import Stages

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.json"
LOTS = {"lots": HERE / "lots_passages.jsonl", "lots apart": HERE / "lots_apart.jsonl"}
SHARED = HERE.parent.parent / "shared" / "gold"
SLACK = 0.005  # a rounding of one passage in two hundred is no fall
UNREAD = frozenset("0369")  # last digits of the passages that nobody looks at


def records(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def claim_figures(scores: ClaimScores) -> dict[str, float]:
    figures = {"found": scores.found.f1, "who": scores.who.f1, "when": scores.when.f1}
    # a leak is better low: kept as the share that did not leak, so that every floor is a floor
    return figures | {"unreal_kept": 1.0 - (scores.unreal_leak or 0.0)}


def place_figures(scores: PlaceScores) -> dict[str, float]:
    return {"end_to_end161": scores.end_to_end_161, "acc161": scores.within_161_km, "find_f1": scores.find.f1}


def halves(name: str, path: Path, stages: dict[str, Stages]) -> Iterator[tuple[str, dict[str, float]]]:
    gold = records(path)
    unread = [r for r in gold if r["id"][-1] in UNREAD]
    seen = [r for r in gold if r["id"][-1] not in UNREAD]
    for backend, tools in stages.items():
        for half, passages in (("seen", seen), ("unread", unread)):
            (scores,) = evaluate(passages, tools, path=str(path))
            yield f"{name} {half} ({backend})", claim_figures(scores)


def timelines(stages: Stages) -> Iterator[tuple[str, Path, dict[str, float]]]:
    """Read the towns' histories, fuse what was read, and score who held them when."""
    if not (SHARED / "score_timelines.py").exists():
        return
    module = scorer()
    for which, table in TABLES.items():
        gold = towns(which)
        claims = read_histories(gold, stages)
        states = [json.loads(dump_line(state)) for state in stages.fuse(claims)]
        found = module.score(gold, [json.loads(dump_line(claim)) for claim in claims], states)
        figures = {"last": found["last"], "changes": found["changes"], "spoken": 1.0 - found["silent"]}
        names = {"syria": "towns, Syria", "lots": "towns, lots"}
        yield names.get(which, f"towns, other wars {which}"), table, figures


def measured() -> Iterator[tuple[str, Path, dict[str, float]]]:
    stages = {backend: Stages(backend=backend) for backend in ("dependency", "window")}
    for name, path in (("own", HERE / "own_passages.jsonl"), ("dev", SHARED / "dev.jsonl")):
        if path.exists():
            for title, figures in halves(name, path, stages):
                yield title, path, figures
    for name, path in LOTS.items():
        for backend, tools in stages.items():
            (scores,) = evaluate(records(path), tools, path=str(path))
            yield f"{name} ({backend})", path, claim_figures(scores)
    seed = SHARED / "seed.jsonl"
    if seed.exists():
        (scores,) = evaluate(records(seed), stages["dependency"], path=str(seed))
        yield "seed (dependency)", seed, claim_figures(scores)
    yield from timelines(stages["dependency"])
    for table in places_wars.TABLES:
        for half, figures in places_wars.figures(table, stages["dependency"]):
            yield f"names, {table.stem}, {half}", table, figures
    lgl = SHARED / "places_lgl.jsonl.gz"
    if lgl.exists():
        (scores,) = evaluate(records(lgl), stages["dependency"], path=str(lgl))
        yield "LGL", lgl, place_figures(scores)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="raise the floors to what is measured now")
    options = parser.parse_args()
    floors: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    fell = False
    unmeasured = set(floors)
    for name, path, figures in measured():
        unmeasured.discard(name)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        floor = floors.get(name)
        if floor and floor["gold_sha256"] != sha256 and not options.write:
            print(f"{name}: {path.name} is not the gold that the floor was measured on")
            fell = True
        for figure, value in figures.items():
            least = floor["figures"].get(figure, 0.0) if floor else 0.0
            below = value < least
            fell |= below
            print(f"{name:26} {figure:14} {value:.3f}  floor {least:.3f}{'  BELOW' if below else ''}")
        if options.write:
            old = floor["figures"] if floor and floor["gold_sha256"] == sha256 else {}
            raised = {f: max(old.get(f, 0.0), round(max(0.0, v - SLACK), 3)) for f, v in figures.items()}
            floors[name] = {"gold_sha256": sha256, "figures": raised}
    for name in sorted(name for name in unmeasured if not name.startswith("speed of ")):  # other benchmarks' floors
        print(f"{name:26} not measured: its gold is not beside the checkout")
    if options.write:
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 1 if fell else 0


if __name__ == "__main__":
    sys.exit(main())
