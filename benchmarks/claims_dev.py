"""
Score claims on the development passages, seen and unread apart.

    python benchmarks/claims_dev.py [--backend auto|window] [--errors N] [--seed] [--only ID] [--json]

Passages whose number ends in 0, 3, 6 or 9 are unread: only sums are printed for them.
Needs ../shared beside the checkout.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import importlib.util
import json
import re
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from tracker.jsonl import dump_line
from tracker.model import Claim, Report
from tracker.pipeline import Stages

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
_UNREAD = set("0369")


def scorer() -> ModuleType:
    """Return the module of the shared scorer."""
    spec = importlib.util.spec_from_file_location("score_claims", GOLD / "score_claims.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def passages(name: str) -> list[dict[str, Any]]:
    """Return the passages of a gold file."""
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def is_unread(passage: dict[str, Any]) -> bool:
    """Tell whether a passage is kept unread, by the last digit of its number."""
    return re.findall(r"\d+", passage["id"])[-1][-1] in _UNREAD


def report_of(passage: dict[str, Any]) -> Report:
    """Return a passage as a report."""
    published = passage.get("published")
    return Report(
        report_id=passage["id"],
        text=passage["text"],
        sha256=hashlib.sha256(passage["text"].encode()).hexdigest(),
        source=passage.get("source"),
        title=passage.get("title"),
        published=dt.date.fromisoformat(published[:10]) if published else None,
    )


class Pipe:
    """The stages as every command runs them."""

    def __init__(self, backend: str) -> None:
        self.backend = backend
        self._stages = Stages(backend=backend)
        self.actors = self._stages.actors
        self.gazetteer = self._stages.gazetteer

    def claims(self, report: Report) -> list[Claim]:
        return self._stages.extract(report)


def figures(score: ModuleType, gold: list[dict[str, Any]], claims: list[Claim], errors: int = 0) -> tuple[Any, Any]:
    """Return the scorer's sums and, for seen passages, its errors."""
    return score.score(gold, [json.loads(dump_line(claim)) for claim in claims], errors)


def reliability(score: ModuleType, gold: list[dict[str, Any]], claims: list[Claim]) -> list[tuple[str, int, float]]:
    """Return share of right real claims by band of confidence."""
    by_id = {passage["id"]: passage for passage in gold}
    bands: dict[str, list[int]] = {}
    for passage_id, passage in by_id.items():
        mine = [c for c in claims if c.report_id == passage_id and c.modality != "unreal" and c.kind != "approaches"]
        real = [score.settled(c) for c in passage["claims"] if c["modality"] != "unreal"]
        predicted = [score.settled(score.norm_pred(json.loads(dump_line(c)))) for c in mine]
        _, _, right = score.match(real, predicted, 1)
        for k, claim in enumerate(mine):
            low = int(claim.confidence * 10) / 10
            bands.setdefault(f"{low:.1f}-{low + 0.1:.1f}", []).append(k in right)
    return [(band, len(hits), round(sum(hits) / len(hits), 2)) for band, hits in sorted(bands.items())]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--backend", default="auto")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print errors of N seen passages")
    parser.add_argument("--only", help="print the claims of one seen passage")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not (GOLD / "score_claims.py").exists():
        print("no ../shared/gold beside the checkout: nothing to score")
        return 0
    score, pipe = scorer(), Pipe(options.backend)
    dev = passages("dev.jsonl")
    groups = {
        "seed": passages("seed.jsonl"),
        "seen": [p for p in dev if not is_unread(p)],
        "unread": [p for p in dev if is_unread(p)],
    }
    if options.only:
        return show(pipe, score, [p for g in ("seed", "seen") for p in groups[g] if p["id"] == options.only])
    out: dict[str, Any] = {"backend": options.backend}
    for name, gold in groups.items():
        started = time.perf_counter()
        claims = [claim for passage in gold for claim in pipe.claims(report_of(passage))]
        sums, shown = figures(score, gold, claims, 0 if name == "unread" else options.errors)
        for passage, missed, spurious in shown:
            print_errors(passage, missed, spurious)
        sums["seconds"] = round(time.perf_counter() - started, 1)
        if name == "seen":
            sums["reliability"] = reliability(score, gold, claims)
        if name == "unread":
            sums.pop("by_kind")
        out[name] = sums
    if options.json:
        print(json.dumps(out))
        return 0
    for name in groups:
        sums = out[name]
        line = "  ".join(
            f"{key} {sums[key]['f1']:.3f} ({sums[key]['p']:.2f}/{sums[key]['r']:.2f})"
            for key in ("found", "who", "when")
        )
        print(f"{name:7} {line}  leak {sums['unreal_leak']} of {sums['unreal']}  {sums['seconds']} s")
    if options.errors:
        print({k: (v["p"], v["r"], v["gold"]) for k, v in out["seen"]["by_kind"].items()})
    print("reliability (seen):", out["seen"]["reliability"])
    return 0


def print_errors(passage: dict[str, Any], missed: list[Any], spurious: list[Any]) -> None:
    print(f"\n[{passage['id']}] {passage['text']}")
    for c in missed:
        evidence = (c.get("evidence") or "")[:60]
        print(f"   MISSED   {c['kind']:12} {c['actor']}  @ {c['place_text']}  {c.get('date')}  «{evidence}»")
    for c in spurious:
        print(f"   SPURIOUS {c['kind']:12} {c['actor']}  @ {c['place_text']}  {c.get('date')}")


def show(pipe: Pipe, score: ModuleType, found: list[dict[str, Any]]) -> int:
    for passage in found:
        claims = pipe.claims(report_of(passage))
        print(passage["text"])
        for c in passage["claims"]:
            print(
                "  gold",
                c["kind"],
                c["actor"],
                "<-",
                c.get("counter_actor"),
                "@",
                c["place_text"],
                c["part"],
                c["fraction"],
                c["date"],
                c["modality"],
            )
        for c in claims:
            print(
                "  ours",
                c.kind,
                c.actor,
                "<-",
                c.counter_actor,
                "@",
                c.place.text,
                c.part,
                c.fraction,
                c.valid_time,
                c.modality,
                c.cue,
                c.attributed_to,
                c.rule,
                c.confidence,
            )
        print(figures(score, [passage], claims)[0])
    return 0


if __name__ == "__main__":
    sys.exit(main())
