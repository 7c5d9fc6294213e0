"""
Score the naming of places of twenty-odd wars: found at all, resolved, and right.

    places_wars.py [PLACES.csv]

PLACES.csv was written down from memory of what reports of these wars name, in the spellings of the press and without a
look at the gazetteer; a row's point is that of the nearest place of the name in one of its `sources`. Rows without a
source have a point from memory, and are counted apart with a greater allowance. Each name stands in three texts: by
itself, with its country, and with two other names of its war. Ranking may be fitted on rows of even number
(places_fit.py --wars), never on the others.
"""

import csv
import math
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tracker.model import Report
from tracker.pipeline import Stages

TABLE = Path(__file__).with_name("places_wars.csv")
NEAR_KM, FROM_MEMORY_KM = 10.0, 15.0
COUNTRIES = {
    "AF": "Afghanistan", "AZ": "Azerbaijan", "BF": "Burkina Faso", "CD": "the Democratic Republic of Congo",
    "CF": "the Central African Republic", "CM": "Cameroon", "ET": "Ethiopia", "HT": "Haiti", "IQ": "Iraq",
    "LB": "Lebanon", "LY": "Libya", "ML": "Mali", "MM": "Myanmar", "MZ": "Mozambique", "NE": "Niger", "NG": "Nigeria",
    "PS": "the Gaza Strip", "RU": "Russia", "SD": "Sudan", "SO": "Somalia", "SS": "South Sudan", "SY": "Syria",
    "UA": "Ukraine", "YE": "Yemen",
}  # fmt: skip


def rows(table: Path = TABLE) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def texts(listed: list[dict[str, str]]) -> Iterator[tuple[str, int, str]]:
    """Yield the kind of each text, the number of the row whose name it is about, and the text."""
    wars: dict[str, list[int]] = {}
    for number, row in enumerate(listed):
        wars.setdefault(row["war"], []).append(number)
    for number, row in enumerate(listed):
        same, name = wars[row["war"]], row["name"]
        place = same.index(number)
        second, third = (listed[same[(place + step) % len(same)]]["name"] for step in (1, 2))
        taken = f"Fighters captured {name} on Tuesday after heavy clashes"
        yield "alone", number, f"{taken}, officials said."
        country = COUNTRIES[row["country"]]
        yield "country", number, f"In {country}, government forces recaptured {name} on Tuesday, the army said."
        others = f"The group also holds {second} and has surrounded {third}, the army said."
        yield "neighbours", number, f"{taken}. {others}"


def kilometres(lat: float, lon: float, lat_b: float, lon_b: float) -> float:
    east = (lon - lon_b) * math.cos(math.radians((lat + lat_b) / 2))
    return 111.195 * math.hypot(east, lat - lat_b)


def main(table: str = str(TABLE)) -> None:
    listed = rows(Path(table))
    asked = list(texts(listed))
    reports = [Report(report_id=str(number), text=text, sha256="") for number, (_, _, text) in enumerate(asked)]
    count: Counter[tuple[str, str, str]] = Counter()
    for (kind, number, text), found in zip(asked, Stages().locate_stream(reports), strict=True):
        row = listed[number]
        half = "from memory" if not row["sources"] else "fitted on" if number % 2 == 0 else "held out"
        start = text.index(row["name"])
        over = [one for one in found if one.start < start + len(row["name"]) and start < one.end]
        chosen = max(over, key=lambda one: one.end - one.start, default=None)
        count[half, kind, "places"] += 1
        count[half, kind, "found"] += chosen is not None
        if chosen is None or chosen.lat is None or chosen.lon is None:
            continue
        count[half, kind, "resolved"] += 1
        off = kilometres(float(row["lat"]), float(row["lon"]), chosen.lat, chosen.lon)
        count[half, kind, "right"] += off <= (NEAR_KM if row["sources"] else FROM_MEMORY_KM)
    for half in ("fitted on", "held out", "from memory"):
        for kind in ("alone", "country", "neighbours"):
            places, *rest = (count[half, kind, what] for what in ("places", "found", "resolved", "right"))
            found, resolved, right = rest
            shares = f"found {found / places:.3f}, right {right / places:.3f}, of those resolved {right / resolved:.3f}"
            print(f"{half:12} {kind:11} {places:4} places: {shares}")


if __name__ == "__main__":
    main(*sys.argv[1:])
