"""What fusion alone loses on towns whose history is known; skipped where the gold is missing."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
GOLD = CHECKOUT.parent / "shared" / "gold" / "timelines_syria.jsonl"


@pytest.mark.skipif(not GOLD.exists(), reason="the gold is not beside the checkout")
def test_fusion_beats_what_is_simpler_on_claims_made_from_the_gold(capsys, monkeypatch) -> None:
    spec = importlib.util.spec_from_file_location("states_timelines", CHECKOUT / "benchmarks" / "states_timelines.py")
    assert spec is not None
    assert spec.loader is not None
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    monkeypatch.setattr("sys.argv", ["states_timelines.py", "--oracle"])
    assert bench.main() == 0
    ours = json.loads(capsys.readouterr().out.splitlines()[0])
    assert ours["last"] >= 0.95
    assert ours["changes"] >= 0.95
    assert ours["midpoints"] >= 0.9
