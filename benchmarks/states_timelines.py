"""
Fusion against three ways of doing nothing clever, on towns whose history tells who held them when.

    python benchmarks/states_timelines.py                 reads the histories and fuses what it read
    python benchmarks/states_timelines.py --wars seen     the same on towns of other wars (or: unread, lots)
    python benchmarks/states_timelines.py --oracle        claims made from the gold itself: what fusion alone loses

Syria's gold and the scorer lie beside the checkout; without the scorer the benchmark says so and stops. The towns of
other wars, `timelines_other_wars.jsonl`, are the project's own words (each row names where its facts are from); those
with an odd number are unread: only their sums are looked at. `timelines_lots.jsonl` has lots of 25 such towns each,
scored at first sight and then mended on. Prints one line of JSON a method: last, changes, midpoints, silent. Exits 1
when fusion loses to a simpler method in any figure.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import importlib.util
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from tracker.jsonl import dump_line
from tracker.model import Claim, ClaimPlace, Kind, Modality, Report, claim_id_of, edtf_bounds
from tracker.pipeline import Stages
from tracker.states.evidence import Evidence, Says, fusible, weigh
from tracker.states.sources import SourceIndex
from tracker.states.timing import claim_bounds

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
WARS = Path(__file__).with_name("timelines_other_wars.jsonl")
LOTS = WARS.with_name("timelines_lots.jsonl")
TABLES = {"syria": GOLD / "timelines_syria.jsonl", "seen": WARS, "unread": WARS, "lots": LOTS}
FIGURES = ("last", "changes", "midpoints")
Row = dict[str, Any]


def scorer() -> Any:
    sys.path.insert(0, str(GOLD))
    spec = importlib.util.spec_from_file_location("score_timelines", GOLD / "score_timelines.py")
    if spec is None or spec.loader is None:
        raise SystemExit("no scorer")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def stages() -> Stages:
    return Stages()


def fused(claims: list[Claim]) -> list[Row]:
    """Fuse as `tracker fuse` does, with the gazetteer and the sides' states."""
    return [json.loads(dump_line(state)) for state in stages().fuse(claims)]


def last_claim_wins(claims: list[Claim]) -> list[Row]:
    """Each claim, in order of its day, says who holds the place until the next."""
    return _by_place(claims, _in_turn)


def majority_vote(claims: list[Claim]) -> list[Row]:
    """The side with most claims holds the place, always."""

    def vote(told: list[tuple[dt.date | None, Evidence]]) -> list[tuple[dt.date | None, str | None]]:
        sides = Counter(e.actor for _, e in told if e.says in (Says.HELD, Says.GROUND) and e.actor)
        return [(None, min(sides, key=lambda a: (-sides[a], a)))] if sides else []

    return _by_place(claims, vote)


def persistence(claims: list[Claim]) -> list[Row]:
    """Who is first said to hold a place holds it for good."""
    return _by_place(claims, lambda told: [(day, side) for day, side in _in_turn(told) if side][:1])


def _in_turn(told: list[tuple[dt.date | None, Evidence]]) -> list[tuple[dt.date | None, str | None]]:
    turns: dict[dt.date | None, str | None] = {}
    for day, e in told:
        if e.says in (Says.HELD, Says.GROUND):
            turns[day] = e.actor
        elif e.says in (Says.LOST, Says.CONTESTED):
            turns[day] = None
    return list(turns.items())


Turns = Callable[[list[tuple[dt.date | None, Evidence]]], list[tuple[dt.date | None, str | None]]]


def _by_place(claims: list[Claim], turns_of: Turns) -> list[Row]:
    by_place: dict[str, list[Claim]] = defaultdict(list)
    for claim in fusible(claims, None):
        by_place[str(claim.place.place_id)].append(claim)
    rows = []
    for place_id, mine in sorted(by_place.items()):
        told = [(_day(e.claim), e) for c in mine if (e := weigh((c,), SourceIndex([])))]
        told.sort(key=lambda t: (t[0] or dt.date.min, t[1].claim.quote_start, t[1].claim.claim_id))
        turns = turns_of(told)
        for i, (day, holder) in enumerate(turns):
            until = turns[i + 1][0] if i + 1 < len(turns) else None
            rows.append({
                "place_id": place_id, "part": None, "holder": holder, "status": "held" if holder else "unknown",
                "valid_from": day and day.isoformat(), "valid_to": until and until.isoformat(),
                "claim_ids": [c.claim_id for c in mine],
            })  # fmt: skip
    return rows


def _day(claim: Claim) -> dt.date | None:
    start, stop = claim_bounds(claim)
    return start or (stop - dt.timedelta(days=1) if stop else None)


def towns(which: str) -> list[Row]:
    """Return the gold of Syria's towns, of the seen or unread ones of other wars, or of the lots."""
    rows = [json.loads(line) for line in TABLES[which].read_text(encoding="utf-8").splitlines()]
    halved = which in {"seen", "unread"}
    return [r for r in rows if (int(r["id"][-1]) % 2 == 1) == (which == "unread")] if halved else rows


def read_histories(gold: Iterable[Row], tools: Stages) -> list[Claim]:
    """Return what the histories claim, read as an encyclopedia's entries."""
    claims: list[Claim] = []
    for town in gold:
        text = town["history"]
        report = Report(
            report_id=town["id"],
            text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            title=f"{town['name']} ({town['admin']})",
            source="encyclopedia",
            published=dt.date.fromisoformat(town["published"]),
        )
        claims += tools.extract(report)
    return claims


def oracle_claims(gold: Iterable[Row]) -> list[Claim]:
    """Return one claim for each gold period, in the order of the telling."""
    claims = []
    for i, town in enumerate(gold):
        for k, period in enumerate(town["timeline"]):
            contested = period["status"] == "contested"
            kind = Kind.CONTESTS if contested else Kind.GAINS
            if kind is Kind.GAINS and not period["holder"]:
                kind = Kind.LOSES
            start, stop = edtf_bounds(period["from"]) if period["from"] else (None, None)
            name = town["name"]
            made = Claim(
                claim_id="", report_id=town["id"], kind=kind, actor=period["holder"], actor_text=None,
                counter_actor=None,
                place=ClaimPlace(place_id=f"tk:{i}", name=name, text=name, start=k, end=k + 1, score=1, feature="PPL"),
                part=None, fraction=None, distance_m=None, bearing_deg=None, valid_time=period["from"],
                valid_from=start, valid_to=stop, modality=Modality.ASSERTED, cue=None, attributed_to=None,
                quote=name, quote_start=k * 10, quote_end=k * 10 + 5, rule="gold", backend="gold", extractor="gold",
                confidence=0.9, published=dt.date.fromisoformat(town["published"]), source="encyclopedia",
            )  # fmt: skip
            claims.append(replace(made, claim_id=claim_id_of(made)))
    return claims


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--oracle", action="store_true")
    asked.add_argument("--wars", choices=list(TABLES), default="syria")
    asked.add_argument("--wrong", action="store_true", help="list the towns whose last holder fusion gets wrong")
    args = asked.parse_args()
    if not (GOLD / "timelines_syria.jsonl").exists():
        print("no gold beside the checkout: nothing measured")
        return 0
    module = scorer()
    gold = towns(args.wars)
    claims = oracle_claims(gold) if args.oracle else read_histories(gold, stages())
    rows = [json.loads(dump_line(claim)) for claim in claims]
    figures: dict[str, Row] = {}
    for method in (fused, last_claim_wins, majority_vote, persistence):
        found = module.score(gold, rows, method(claims))
        figures[method.__name__] = {k: found[k] for k in (*FIGURES, "silent")}
        print(json.dumps({"method": method.__name__, **figures[method.__name__]}))
        if args.wrong and method is fused and args.wars != "unread":
            print(json.dumps(found["wrong"], ensure_ascii=False))
    beaten = [(m, f) for m, got in figures.items() for f in FIGURES if (got[f] or 0) > (figures["fused"][f] or 0)]
    for method_name, figure in beaten:
        print(f"fusion loses {figure} to {method_name}")
    return int(bool(beaten))


if __name__ == "__main__":
    sys.exit(main())
