"""
Score the naming of places of some forty wars: found at all, resolved, and right.

    places_wars.py [PLACES.csv …]

The tables were written down from memory of what reports of these wars name, in the spellings of the press and without
a look at the gazetteer; a row's point is that of the nearest place of the name in one of its `sources`. Rows without a
source have a point from memory, and are counted apart with a greater allowance. Each name stands in three texts: by
itself, with its country, and with two other names of its war. Ranking may be fitted on rows of even number of the first
table (places_fit.py --wars), and the gazetteer mended by rows of even number of the others, never by odd rows.
"""

import csv
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tracker.model import Report
from tracker.pipeline import Stages

TABLE = Path(__file__).with_name("places_wars.csv")
TABLES = (TABLE, *map(Path(__file__).with_name, (f"places_wars_{number}.csv" for number in (2, 3, 4))))
KINDS = ("alone", "country", "neighbours")
NEAR_KM, FROM_MEMORY_KM = 10.0, 15.0
COUNTRIES = {
    "AF": "Afghanistan", "AM": "Armenia", "AO": "Angola", "AZ": "Azerbaijan", "BA": "Bosnia", "BF": "Burkina Faso",
    "CD": "the Democratic Republic of Congo", "CF": "the Central African Republic", "CM": "Cameroon", "CO": "Colombia",
    "ET": "Ethiopia", "GE": "Georgia", "HR": "Croatia", "HT": "Haiti", "IN": "India", "IQ": "Iraq", "IR": "Iran",
    "LB": "Lebanon", "LK": "Sri Lanka", "LR": "Liberia", "LY": "Libya", "ML": "Mali", "MM": "Myanmar",
    "MZ": "Mozambique", "NE": "Niger", "NG": "Nigeria", "PH": "the Philippines", "PK": "Pakistan",
    "PS": "the Gaza Strip", "RU": "Russia", "SD": "Sudan", "SL": "Sierra Leone", "SO": "Somalia", "SS": "South Sudan",
    "SY": "Syria", "TD": "Chad", "UA": "Ukraine", "VN": "Vietnam", "XK": "Kosovo", "YE": "Yemen",
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


def counted(listed: list[dict[str, str]], stages: Stages) -> Counter[tuple[str, bool, str, str]]:
    """Return by half, by whether a source has the place, by kind of text: how many, found, resolved, right."""
    asked = list(texts(listed))
    reports = [Report(report_id=str(number), text=text, sha256="") for number, (_, _, text) in enumerate(asked)]
    count: Counter[tuple[str, bool, str, str]] = Counter()
    for (kind, number, text), found in zip(asked, stages.locate_stream(reports), strict=True):
        row = listed[number]
        half, sourced = "even" if number % 2 == 0 else "odd", bool(row["sources"])
        start = text.index(row["name"])
        over = [one for one in found if one.start < start + len(row["name"]) and start < one.end]
        chosen = max(over, key=lambda one: one.end - one.start, default=None)
        count[half, sourced, kind, "places"] += 1
        count[half, sourced, kind, "found"] += chosen is not None
        if chosen is None or chosen.lat is None or chosen.lon is None:
            continue
        count[half, sourced, kind, "resolved"] += 1
        off = kilometres(float(row["lat"]), float(row["lon"]), chosen.lat, chosen.lon)
        count[half, sourced, kind, "right"] += off <= (NEAR_KM if sourced else FROM_MEMORY_KM)
    return count


def figures(table: Path, stages: Stages) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield of each half of a table the share of names that are found and that are right, in each kind of text."""
    count = counted(rows(table), stages)
    for half in ("even", "odd"):
        shares = {}
        for kind in KINDS:
            places, right = (
                sum(count[half, sourced, kind, what] for sourced in (True, False)) for what in ("places", "right")
            )
            shares[kind] = right / places
        yield half, shares


def main(tables: Sequence[str] = ()) -> None:
    stages = Stages()
    for table in map(Path, tables or map(str, TABLES)):
        print(table.name)
        count = counted(rows(table), stages)
        for half, sourced in (("even", True), ("odd", True), ("even", False), ("odd", False)):
            for kind in KINDS:
                places, found, resolved, right = (
                    count[half, sourced, kind, what] for what in ("places", "found", "resolved", "right")
                )
                if places:
                    shares = f"found {found / places:.3f}, right {right / places:.3f}"
                    sure = f"of those resolved {right / max(resolved, 1):.3f}"
                    source = "sourced" if sourced else "from memory"
                    print(f"{half:4} {source:11} {kind:11} {places:4} places: {shares}, {sure}")


if __name__ == "__main__":
    main(sys.argv[1:])
