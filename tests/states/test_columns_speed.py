"""The filter on columns takes less than a database takes for less."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).resolve().parents[2] / "benchmarks" / "states_speed.py"
# Of the processor time of bare windows, which settle nothing: the goal. Over so few rows 0.21 to 0.32 is usual on busy
# cores (Sapphire Rapids), where the filter before took 0.25 to 0.39; on a Zen 4 that one took 0.64 to 0.71.
MOST = 0.5


def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("states_speed", BENCH)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_claims_fuse_in_less_than_the_time_of_a_window_query_over_the_same_rows() -> None:
    pytest.importorskip("duckdb")
    speed = bench()
    columns = speed.synthetic(600_000, 3_000)
    ratios = []
    for _ in range(4):  # a machine that does other work may be unlucky once
        ours, *theirs = [speed.least(times)[1] for times in speed.in_turns(columns, turns=2).values()]
        ratios.append(ours / min(theirs))
        if ratios[-1] <= MOST:
            break
    assert min(ratios) <= MOST, ratios
