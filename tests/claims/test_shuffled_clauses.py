"""Clauses of real prose in any order: nonsense that parsers and rules must survive, with offsets that hold."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

from tracker.claims.parsing.model_loader import load_model
from tracker.pipeline import Stages
from tracker.reports import report_from_fields

PASSAGES = Path(__file__).parents[2] / "benchmarks" / "own_passages.jsonl"
CLAUSES = re.compile(r"[^,;.]+[,;.]?\s*")


def shuffled(seed: int, texts: int) -> list[str]:
    """Texts of clauses from all over, some cut in the middle of a word."""
    chance = random.Random(seed)
    rows = map(json.loads, PASSAGES.read_text(encoding="utf-8").splitlines())
    clauses = [clause for row in rows for clause in CLAUSES.findall(row["text"])]
    made = []
    for _ in range(texts):
        some = chance.sample(clauses, chance.randint(3, 30))
        text = "".join(some)
        made.append(text[chance.randint(0, 5) : len(text) - chance.randint(0, 5)].strip() or "x")
    return made


@pytest.mark.parametrize("backend", ["dependency", "window"])
@pytest.mark.parametrize("seed", range(3))
def test_shuffled_clauses_are_read_with_offsets_that_hold(seed: int, backend: str) -> None:
    if backend == "dependency" and load_model() is None:
        pytest.skip("no English model is installed")
    stages = Stages(backend=backend)
    reports = [
        report_from_fields({"id": f"s{seed}-{k}", "text": text, "published": "2024-05-05"}, path="shuffled", line=k)
        for k, text in enumerate(shuffled(seed, 25), start=1)
    ]
    read = list(stages.extract_all(reports))
    for report, claims in zip(reports, read, strict=True):
        for claim in claims:
            assert report.text[claim.quote_start : claim.quote_end] == claim.quote
            assert report.text[claim.place.start : claim.place.end] == claim.place.text
            assert 0.0 < claim.confidence < 1.0
    assert read == [stages.extract(report) for report in reports]
