"""Score the annotated places of the dev passages: found at all, and of those resolved within 10 km.

    places_dev.py DEV.jsonl [PLACES.csv]

The column `checked` of PLACES.csv names a second source of the point and how far off it has it, or what is unsure.
A place counts as found when a mention overlaps it. Distances are taken for the names that PLACES.csv holds.
Passages whose number ends in 0, 3, 6 or 9 are counted apart: nobody looked at them.
"""

import csv
import json
import math
import sys
from pathlib import Path

from tracker.model import Report
from tracker.pipeline import Stages

HELD_OUT = "0369"


def kilometres(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    a, b, c, d = map(math.radians, (lat_a, lon_a, lat_b, lon_b))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(h)))


def main(dev: str, table: str = str(Path(__file__).with_name("places_dev.csv"))) -> None:
    with Path(table).open(encoding="utf-8", newline="") as lines:
        points = {row["place_text"]: (float(row["lat"]), float(row["lon"])) for row in csv.DictReader(lines)}
    stages = Stages()
    totals = {held: dict.fromkeys(("places", "found", "placed", "right"), 0) for held in (False, True)}
    for line in Path(dev).read_text(encoding="utf-8").splitlines():
        passage = json.loads(line)
        held = passage["id"][-1] in HELD_OUT
        count = totals[held]
        found = stages.locate(Report(report_id=passage["id"], text=passage["text"], sha256=""))
        for start, text in sorted({(claim["place_start"], claim["place_text"]) for claim in passage["claims"]}):
            count["places"] += 1
            hits = [one for one in found if one.start < start + len(text) and start < one.end]
            count["found"] += bool(hits)
            if hits and text in points and hits[0].lat is not None:
                count["placed"] += 1
                distance = kilometres(*points[text], hits[0].lat, hits[0].lon)
                count["right"] += distance <= 10
                if distance > 10 and not held:
                    print(f"{passage['id']} {text}: {hits[0].name} ({hits[0].country}), {distance:.0f} km off")
    for held, count in totals.items():
        share = count["found"] / max(1, count["places"]), count["right"] / max(1, count["placed"])
        print("held out" if held else "seen", count, f"found {share[0]:.3f}, within 10 km {share[1]:.3f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
