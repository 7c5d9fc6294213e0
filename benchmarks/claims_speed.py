"""
Speed of extraction against spaCy's full pipeline over the same text, in CPU seconds of one process and one run.

    python benchmarks/claims_speed.py [--reports N] [--giant]

On the topic: development passages, the project's own and the sample report, nearly every sentence of which has to be
parsed. Off it: local news (LGL), when it lies beside the checkout. Counted is all between a report and its claims, once
with its places given, several reports at once and one by one, and once with the finding of places; models and data
are loaded before. Ratios above 1 mean faster than spaCy; `floors.json` holds the least of them, a quarter below what
a busy machine gives, and the exit status is 1 when one is missed. With --giant a report of 50 MB and a sentence of
1 MB are read instead.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import claims_dev
import claims_own

from tracker.claims import LONGEST_REPORT, Located, extract, extract_all
from tracker.claims.parsing.model_loader import model_name
from tracker.model import Report
from tracker.pipeline import Stages
from tracker.reports import read_reports

SAMPLE = Path(__file__).resolve().parents[1] / "maps" / "deir-ezzor-2017-09-05" / "report.md"
FLOORS = Path(__file__).with_name("floors.json")
TURNS = 3  # the fastest of so many counts: others use the machine, too


def cpu(work: Callable[[], Any]) -> float:
    best = float("inf")
    for _ in range(TURNS):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best


def on_topic() -> list[Report]:
    rows = claims_own.passages()
    if (claims_dev.GOLD / "dev.jsonl").exists():
        rows += claims_dev.passages("dev.jsonl") + claims_dev.passages("seed.jsonl")
    return [*map(claims_dev.report_of, rows), *read_reports([SAMPLE])]


def off_topic() -> list[Report]:
    path = claims_dev.GOLD / "places_lgl.jsonl.gz"
    if not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [claims_dev.report_of(json.loads(line) | {"id": str(k)}) for k, line in enumerate(lines)]


def measure(name: str, reports: Sequence[Report], stages: Stages, full: Any) -> bool:
    """Print how much faster than spaCy each way of reading is; tell whether all reach their floors."""
    texts = [report.text for report in reports]
    located = [Located(r, stages.locate(r), stages.locate_title(r)) for r in reports]
    places, actors = stages.gazetteer, stages.actors
    spacy = cpu(lambda: list(full.pipe(texts)))
    works: dict[str, Callable[[], Iterable[Any]]] = {
        "places given, several reports at once": lambda: list(extract_all(located, places, actors=actors)),
        "places given, one report at a time": lambda: [
            extract(one.report, one.resolutions, places, actors=actors, title_places=one.title_places)
            for one in located
        ],
        "places found, several reports at once": lambda: list(stages.extract_all(reports)),
    }
    print(f"{name}: {len(reports)} reports, {sum(map(len, texts)) / 1e6:.2f} MB, spaCy's full pipeline 1")
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))[f"speed of claims {name}"]["figures"]
    reached = True
    for what, work in works.items():
        ratio = spacy / cpu(work)
        reached &= ratio >= floors[what]
        print(f"  {what:40} {ratio:6.1f} x  floor {floors[what]:.1f}{'' if ratio >= floors[what] else '  BELOW'}")
    return reached


def giant() -> None:
    stages = Stages(backend="window")
    sentence = "The Syrian army captured Palmyra on 2 March 2017 and the rebels withdrew to Idlib. "
    flat = "the syrian army went on and the rebels left " * (1_000_000 // 44)
    texts = {
        "50 MB": sentence * (50_000_000 // len(sentence)),
        "one sentence of 1 MB": flat,
        "as long as is read": sentence * (LONGEST_REPORT // len(sentence)),
    }
    for name, text in texts.items():
        started = time.process_time()
        claims = stages.extract(Report(report_id=name, text=text, sha256=""))
        assert all(text[c.quote_start : c.quote_end] == c.quote for c in claims)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        told = f"{len(claims)} claims, {len(stages.rejected)} quarantined so far"
        print(f"{name}: {time.process_time() - started:.0f} CPU s, {told}, peak memory {peak:.0f} MB")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=200, metavar="N", help="at most so many off the topic")
    parser.add_argument("--giant", action="store_true")
    options = parser.parse_args()
    if options.giant:
        giant()
        return 0
    name = model_name()
    if name is None:
        print("no English model is installed: nothing to compare with")
        return 0
    import spacy  # noqa: PLC0415 - only where a model is

    stages, full = Stages(), spacy.load(name)
    reached = measure("on the topic", on_topic(), stages, full)
    off = off_topic()[: options.reports]
    if off:
        reached &= measure("off the topic", off, stages, full)
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
