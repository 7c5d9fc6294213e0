"""
How fast claims become states, and how fast the ledger takes them in.

    python benchmarks/states_speed.py [--claims 10_000_000] [--places 50_000]

Ten million synthetic claims through the filter on columns against DuckDB window queries over the same rows (which only
find the last credible claim), in turns in one run, with the share of a sample of places that the filter on records
reads alike; peak memory; one day read for all places; the filter on records; one new claim at one place; and durable
adding to the ledger. Prints one line of JSON a figure; on a machine that does other work too, trust the ratios of
processor time.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from tracker.ledger import Ledger, Reading
from tracker.model import Claim, ClaimPlace, Kind, Modality, Report, State, claim_id_of
from tracker.states import fuse, fuse_place, states_at
from tracker.states.columnar import HELD, OPEN, Intervals, fuse_columns, holders_at

ACTORS = 8
FIRST_DAY = dt.date(2011, 3, 1).toordinal()
DAYS = 4500

# Less work than ours: the heaviest claim of a place and day, then runs of the same holder; no belief, no doubt.
EXACT_QUERY = """
WITH best AS (
  SELECT place, day, arg_max(actor, weight) AS actor FROM claims WHERE weight >= 0.2 GROUP BY place, day
), turns AS (
  SELECT place, day, actor, lag(actor) OVER (PARTITION BY place ORDER BY day) AS before FROM best
)
SELECT place, actor, day AS start, lead(day) OVER (PARTITION BY place ORDER BY day) AS stop
FROM turns WHERE before IS NULL OR before <> actor
"""
# The least that a window query can do: of several claims of one day each is a turn of its own.
WINDOW_QUERY = """
WITH turns AS (
  SELECT place, day, actor, lag(actor) OVER by_day AS before FROM claims WHERE weight >= 0.2
  WINDOW by_day AS (PARTITION BY place ORDER BY day)
)
SELECT place, actor, day AS start, lead(day) OVER (PARTITION BY place ORDER BY day) AS stop
FROM turns WHERE before IS NULL OR before <> actor
"""


def told(name: str, **figures: Any) -> None:
    print(json.dumps({"figure": name, **figures}))


def best_of(n: int, work: Callable[[], Any]) -> tuple[float, Any]:
    best, made = float("inf"), None
    for _ in range(n):
        started = time.perf_counter()
        made = work()
        best = min(best, time.perf_counter() - started)
    return round(best, 3), made


def synthetic(n: int, places: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(7)
    return (
        random.integers(0, places, n, dtype=np.int32),
        random.integers(FIRST_DAY, FIRST_DAY + DAYS, n, dtype=np.int32),
        random.integers(0, ACTORS, n, dtype=np.int32),
        random.random(n, dtype=np.float32),
    )


def columnar(n: int, places: int) -> None:
    place, day, actor, weight = synthetic(n, places)
    made = fuse_columns(place, day, actor, weight)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    at, _ = best_of(5, partial(holders_at, made, dt.date(2017, 9, 5)))
    intervals = int(made.place.size)
    alike = _alike(made, (place, day, actor, weight), sample=20)
    told("filter on columns, places read as on records", sample=20, share=alike)
    told("as-of, columns", places=places, ms=round(at * 1000, 1))
    del made
    base = _duckdb(place, day, actor, weight)
    works: dict[str, Callable[[], Any]] = {"filter on columns": lambda: fuse_columns(place, day, actor, weight)}
    if base is not None:
        works["duckdb, heaviest of a day"] = lambda: base.execute(EXACT_QUERY).fetchnumpy()
        works["duckdb, windows alone"] = lambda: base.execute(WINDOW_QUERY).fetchnumpy()
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for _ in range(3):  # in turns, so that what else the machine does falls on all
        for name, work in works.items():
            times[name].append(_timed(work))
    wall, cpu = _least(times["filter on columns"])
    told("filter on columns", claims=n, places=places, seconds=wall, cpu_seconds=cpu, intervals=intervals,
         peak_gb=round(peak, 2))  # fmt: skip
    for name in list(works)[1:]:
        their_wall, their_cpu = _least(times[name])
        told(name, seconds=their_wall, cpu_seconds=their_cpu, ours_to_theirs=round(wall / their_wall, 2),
             ours_to_theirs_cpu=round(cpu / their_cpu, 2))  # fmt: skip


def _timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Return the seconds that a piece of work takes, on the clock and of all processors."""
    started, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - started, time.process_time() - used


def _least(times: list[tuple[float, float]]) -> tuple[float, float]:
    return round(min(wall for wall, _ in times), 3), round(min(cpu for _, cpu in times), 3)


def _duckdb(*columns: np.ndarray) -> Any:
    try:
        import duckdb  # noqa: PLC0415 - not among the project's needs
    except ImportError:
        told("duckdb window query", skipped="duckdb is not installed")
        return None
    frame = dict(zip(("place", "day", "actor", "weight"), columns, strict=True))
    base = duckdb.connect()
    base.execute("CREATE TABLE claims AS SELECT * FROM frame")
    del frame
    return base


def _alike(made: Intervals, columns: tuple[np.ndarray, ...], *, sample: int) -> float:
    """Return the share of some places for which the filter on records says the same holders over the same days."""
    place, day, actor, weight = columns
    same = 0
    for number in range(sample):
        here = np.flatnonzero(place == number)
        claims = [
            one_claim(i, number, int(actor[i]), int(day[i]), report=f"r{i}", text=f"Town {i} fell.") for i in here
        ]
        # Each by a source of its own, graded so that it weighs what the column says.
        claims = [
            replace(c, source=f"s{c.report_id}", confidence=float(weight[i]) / (0.7 * 0.95))
            for c, i in zip(claims, here, strict=True)
        ]
        records = [
            (s.holder, s.valid_from.toordinal(), s.valid_to.toordinal() if s.valid_to else OPEN)
            for s in fuse(claims)
            if s.holder and s.valid_from
        ]
        held = (made.place == number) & (made.status == HELD)
        rows = zip(made.actor[held].tolist(), made.start[held].tolist(), made.stop[held].tolist(), strict=True)
        same += [(f"side {a}", start, stop) for a, start, stop in rows] == records
    return same / sample


def one_claim(number: int, place: int, actor: int, day: int, *, report: str, text: str) -> Claim:
    on = dt.date.fromordinal(day)
    made = Claim(
        claim_id="", report_id=report, kind=Kind.GAINS, actor=f"side {actor}", actor_text=None, counter_actor=None,
        place=ClaimPlace(place_id=f"tk:{place}", name=None, text=text[:5], start=0, end=5, score=0.9, feature="PPL"),
        part=None, fraction=None, distance_m=None, bearing_deg=None, valid_time=on.isoformat(), valid_from=on,
        valid_to=on + dt.timedelta(days=1), modality=Modality.ASSERTED, cue=None, attributed_to=None, quote=text,
        quote_start=0, quote_end=len(text), rule=f"r{number}", backend="bench", extractor="bench", confidence=0.9,
        published=on, source="AFP",
    )  # fmt: skip
    return replace(made, claim_id=claim_id_of(made))


def records(places: int, each: int) -> None:
    random = np.random.default_rng(7)
    claims = []
    for number in range(places * each):
        day, actor = FIRST_DAY + int(random.integers(DAYS)), int(random.integers(ACTORS))
        claims.append(one_claim(number, number % places, actor, day, report=f"r{number}", text=f"Town {number} fell."))
    seconds, states = best_of(1, lambda: fuse(claims))
    told("filter, records", claims=len(claims), seconds=seconds, claims_per_s=round(len(claims) / seconds))
    mine = [c for c in claims if c.place.place_id == "tk:0"]
    update, _ = best_of(3, lambda: fuse_place(mine))
    told("one new claim at one place", its_claims=len(mine), ms=round(update * 1000, 1))
    many: list[State] = [replace(states[0], place_id=f"tk:{i}", valid_from=None, valid_to=None) for i in range(50_000)]
    at, _ = best_of(3, lambda: states_at(many, dt.date(2017, 9, 5)))
    told("as-of, records", places=len(many), ms=round(at * 1000, 1))


def ledger(reports: int, each: int) -> None:
    readings = []
    for number in range(reports):
        text = f"Report {number}: towns fell to somebody."
        report = Report(report_id=f"r{number}", text=text, sha256=hashlib.sha256(text.encode()).hexdigest())
        claims = [
            one_claim(i, i, 1, FIRST_DAY + number % DAYS, report=report.report_id, text=text) for i in range(each)
        ]
        readings.append(Reading(report=report, claims=tuple(claims)))
    with tempfile.TemporaryDirectory() as folder, Ledger.create(Path(folder) / "bench.ledger") as book:
        started = time.perf_counter()
        for start in range(0, reports, 64):
            book.add(readings[start : start + 64], extractor="bench")
        seconds = time.perf_counter() - started
    told("ledger add, durable", claims=reports * each, claims_per_s=round(reports * each / seconds))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--claims", type=int, default=10_000_000)
    asked.add_argument("--places", type=int, default=50_000)
    args = asked.parse_args()
    columnar(args.claims, args.places)
    records(200, 50)
    ledger(4000, 5)


if __name__ == "__main__":
    main()
