"""How far scores can be trusted: of mentions scored 0.9, nine in ten should be right.

    places_scores.py [LGL.jsonl.gz] [DEV.jsonl]

Prints, for the half of LGL that nothing was fitted on and for the annotated places of the dev passages, how many
mentions have a score in each tenth and how many of them are right (LGL: within 161 km of an annotated toponym that
they overlap; dev: within 10 km). Beside them stands the ceiling: the share of LGL's toponyms whose place the gazetteer
holds at all within 161 km, under the very name in the text.
"""

import csv
import gzip
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path

from tracker.model import Report
from tracker.pipeline import Stages
from tracker.places.names.folding import folded_key

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared" / "gold"
HELD_OUT = "0369"
Answer = tuple[float, bool]  # score, right


def records(path: Path) -> list[dict]:
    raw = path.read_bytes()
    return [json.loads(line) for line in (gzip.decompress(raw) if path.suffix == ".gz" else raw).splitlines()]


def kilometres(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    a, b, c, d = map(math.radians, (lat_a, lon_a, lat_b, lon_b))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(h)))


def lgl_answers(articles: list[dict], stages: Stages) -> Iterator[Answer]:
    for article in articles:
        for found in stages.locate(Report(report_id=article["id"], text=article["text"], sha256="")):
            if found.place_id is None:
                continue
            gold = [g for g in article["toponyms"] if g["start"] < found.end and found.start < g["end"]]
            right = bool(gold) and kilometres(gold[0]["lat"], gold[0]["lon"], found.lat, found.lon) <= 161
            yield found.score, right


def dev_answers(passages: list[dict], stages: Stages, *, held: bool) -> Iterator[Answer]:
    with (HERE / "places_dev.csv").open(encoding="utf-8", newline="") as lines:
        points = {row["place_text"]: (float(row["lat"]), float(row["lon"])) for row in csv.DictReader(lines)}
    for passage in passages:
        if (passage["id"][-1] in HELD_OUT) is not held:
            continue
        report = Report(report_id=passage["id"], text=passage["text"], sha256="")
        places = {(claim["place_start"], claim["place_text"]) for claim in passage["claims"]}
        for found in stages.locate(report):
            named = [text for start, text in places if start < found.end and found.start < start + len(text)]
            if found.place_id is not None and named and named[0] in points:
                yield found.score, kilometres(*points[named[0]], found.lat, found.lon) <= 10


def ceiling(articles: list[dict], stages: Stages) -> float:
    held = total = 0
    for gold in (g for article in articles for g in article["toponyms"]):
        total += 1
        hits = stages.gazetteer.lookup(folded_key(gold["text"]))
        places = {ordinal: stages.gazetteer.at(ordinal) for _, ordinal in hits}.values()
        held += any(kilometres(gold["lat"], gold["lon"], place.lat, place.lon) <= 161 for place in places)
    return held / total


def table(title: str, answers: list[Answer]) -> None:
    print(f"\n{title}: {len(answers)} mentions\n  score    n   mean  right")
    for tenth in range(10):
        inside = [answer for answer in answers if min(9, int(10 * answer[0])) == tenth]
        if inside:
            mean = sum(score for score, _ in inside) / len(inside)
            right = sum(right for _, right in inside) / len(inside)
            print(f"  {tenth / 10:.1f}- {len(inside):5}  {mean:.3f}  {right:.3f}")
    errors = sum((score - right) ** 2 for score, right in answers)
    print(f"  Brier score {errors / max(1, len(answers)):.3f}")


def main(lgl: str = str(SHARED / "places_lgl.jsonl.gz"), dev: str = str(SHARED / "dev.jsonl")) -> None:
    stages = Stages()
    if Path(lgl).exists():
        articles = records(Path(lgl))
        table("LGL, the half not fitted on", list(lgl_answers(articles[1::2], stages)))
        print(f"  ceiling: {ceiling(articles, stages):.3f} of LGL's toponyms are in the gazetteer by that name")
    if Path(dev).exists():
        passages = records(Path(dev))
        table("dev, seen", list(dev_answers(passages, stages, held=False)))
        table("dev, held out", list(dev_answers(passages, stages, held=True)))


if __name__ == "__main__":
    main(*sys.argv[1:])
