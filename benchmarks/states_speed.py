"""
How fast claims become states, and how fast the ledger takes them in.

    python benchmarks/states_speed.py [--claims 10_000_000] [--places 50_000]

Ten million synthetic claims through the filter on columns against DuckDB queries over the same rows, in turns in one
run, with the share of a sample of places that the filter on records reads alike; peak memory; one day read for all
places; the filter on records; one new claim at one place; and durable adding to the ledger. Prints one line of JSON a
figure; on a machine that does other work too, trust the ratios of processor time.

None of the queries weighs anything: each drops what is hardly credible and lets the last claim hold the place, which
is what a window query can do. Those that settle a day take the heaviest of its claims, once by grouping and once by
windows alone, the faster way; the bare one makes a turn of each of several claims of a day, and is the least that can
be called the same question. The filter believes: it carries the odds of all sides, of nobody, and their fading.
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
OURS = "filter on columns"

_TURNS = """, turns AS (
  SELECT place, day, actor, lag(actor) OVER (PARTITION BY place ORDER BY day) AS before FROM best
)
SELECT place, actor, day AS start, lead(day) OVER (PARTITION BY place ORDER BY day) AS stop
FROM turns WHERE before IS NULL OR before <> actor
"""
QUERIES = {
    "duckdb, heaviest of a day by groups": """
WITH best AS (
  SELECT place, day, arg_max(actor, weight) AS actor FROM claims WHERE weight >= 0.2 GROUP BY place, day
)"""
    + _TURNS,
    "duckdb, heaviest of a day by windows": """
WITH best AS (
  SELECT place, day, actor FROM claims WHERE weight >= 0.2
  QUALIFY lead(day) OVER (PARTITION BY place ORDER BY day, weight) IS DISTINCT FROM day
)"""
    + _TURNS,
    "duckdb, bare windows": "WITH best AS (SELECT place, day, actor FROM claims WHERE weight >= 0.2)" + _TURNS,
}
Times = dict[str, list[tuple[float, float]]]


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
    told(f"{OURS}, places read as on records", sample=20, share=alike)
    told("as-of, columns", places=places, ms=round(at * 1000, 1))
    del made
    times = in_turns((place, day, actor, weight), turns=3)
    (wall, cpu), *theirs = [least(t) for t in times.values()]
    told(OURS, claims=n, places=places, seconds=round(wall, 3), cpu_seconds=round(cpu, 3), intervals=intervals,
         peak_gb=round(peak, 2))  # fmt: skip
    for name, (their_wall, their_cpu) in zip(QUERIES, theirs, strict=False):
        told(name, seconds=round(their_wall, 3), cpu_seconds=round(their_cpu, 3),
             ours_to_theirs=round(wall / their_wall, 2), ours_to_theirs_cpu=round(cpu / their_cpu, 2))  # fmt: skip


def in_turns(columns: tuple[np.ndarray, ...], *, turns: int) -> Times:
    """
    Return the seconds of the filter and of each query, by the clock and of all processors, each so many times.

    They take turns, so that what else the machine does falls on all. Only ours, where DuckDB is not installed.
    """
    works: dict[str, Callable[[], Any]] = {OURS: lambda: fuse_columns(*columns)}
    base = _duckdb(*columns)
    if base is not None:
        works |= {name: partial(_answered, base, query) for name, query in QUERIES.items()}
    times: Times = {name: [] for name in works}
    for _ in range(turns):
        for name, work in works.items():
            times[name].append(_timed(work))
    return times


def _answered(base: Any, query: str) -> Any:
    return base.execute(query).fetchnumpy()


def _timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Return the seconds that a piece of work takes, on the clock and of all processors."""
    started, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - started, time.process_time() - used


def least(times: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the least time by the clock and the least of all processors."""
    return min(wall for wall, _ in times), min(cpu for _, cpu in times)


def _duckdb(*columns: np.ndarray) -> Any:
    try:
        import duckdb  # noqa: PLC0415 - not among the project's needs
    except ImportError:
        told("duckdb window query", skipped="duckdb is not installed")
        return None
    frame = dict(zip(("place", "day", "actor", "weight"), columns, strict=True))
    base = duckdb.connect()
    base.execute("SET enable_progress_bar = false")
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
