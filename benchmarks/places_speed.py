"""Speed of finding and of resolving place names, beside geotext and flashgeotext when they are installed.

    places_speed.py [GOLD.jsonl[.gz]]

First what it takes to compile and to open the gazetteer, each in a process of its own with a cache of its own.
Then, one process, one run, CPU seconds, the best of three after a first pass; ratios are to geotext. Prints what each
found, and of the gold's names how many each found at all, wherever they lie. Last, a text of 100 MB in one line.
"""

import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from tracker.model import Report
from tracker.places import Asked, Gazetteer, Locator

GOLD = Path(__file__).resolve().parent.parent.parent / "shared" / "gold" / "places_lgl.jsonl.gz"
Texts = list[str]
LINE = "The army of the north left Homs for Deir ez-Zor on Monday, where nobody had been before; and so on, "


OPENING = """
import json, resource, sys, time
from tracker.places import Gazetteer, Locator
start = time.process_time()
Locator(Gazetteer.load(countries=json.loads(sys.argv[1])))
spent, memory = time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{spent:6.2f} CPU seconds, peak memory {memory:.0f} MB")
"""


def opening() -> None:
    """Print what the first start and a later one take, for a theatre and for the world (goals: 400 MB; 0.3 and 1.5 s).

    The seconds of a later start count from when Python and numpy are there; the memory is the whole process's.
    """
    with tempfile.TemporaryDirectory() as cache:
        for name, countries in (("theatre", ["IQ", "SY"]), ("world", None)):
            for when in ("compiled", "opened"):
                command = [sys.executable, "-c", OPENING, json.dumps(countries)]
                run = subprocess.run(
                    command, env=os.environ | {"TRACKER_CACHE": cache}, capture_output=True, text=True, check=True
                )
                print(f"{name} {when:9} {run.stdout.strip()}", flush=True)


def timed(name: str, texts: Texts, find: Callable[[Texts], int]) -> float:
    """Print and return documents a CPU second."""
    best = float("inf")
    for _ in range(4):
        start = time.process_time()
        count = find(texts)
        best = min(best, time.process_time() - start)
    size = sum(map(len, texts)) / 1e6
    print(f"{name:32} {count:7} found {len(texts) / best:7.0f} documents and {size / best:6.2f} MB a CPU second")
    return len(texts) / best


def resolved(locator: Locator, texts: Iterable[str]) -> int:
    """Find and resolve as the pipeline does where there are many reports; count."""
    asked = (Asked(Report(report_id="", text=text, sha256="")) for text in texts)
    return sum(map(len, locator.locate_many(asked)))


def resolved_singly(locator: Locator, texts: Iterable[str]) -> int:
    """Find and resolve one report at a time, a long one in pieces; count."""
    return sum(1 for text in texts for _ in locator.stream(Report(report_id="", text=text, sha256="")))


def recall(name: str, records: list[dict], names: Callable[[str], Iterable[str]]) -> None:
    """Print how many of the gold's names a tool finds in their texts, and how many of its finds are gold."""
    wanted = found = held = 0
    for record in records:
        gold = {one["text"] for one in record["toponyms"]}
        own = set(names(record["text"]))
        wanted, found, held = wanted + len(gold), found + len(own), held + len(gold & own)
    print(f"{name:32} recall {held / wanted:.3f}, precision {held / max(1, found):.3f} of different names a document")


def peers(texts: Texts, records: list[dict]) -> float | None:
    """Measure the peers; return geotext's documents a CPU second."""
    rate = None
    try:
        from geotext import GeoText  # noqa: PLC0415 - a peer, not a need
    except ImportError:
        print("geotext is not installed: pip install geotext flashgeotext, and run again")
    else:

        def names(text: str) -> list[str]:
            found = GeoText(text)
            return [*found.cities, *found.countries]

        rate = timed("geotext (23,000 names)", texts, lambda texts: sum(len(names(text)) for text in texts))
        recall("geotext", records, names)
    try:
        from flashgeotext.geotext import GeoText as Flash  # noqa: PLC0415
    except ImportError:
        print("flashgeotext is not installed")
    else:
        flash = Flash()

        def flashed(text: str) -> list[str]:
            return [word for kind in flash.extract(text).values() for one in kind.values() for word in one["found_as"]]

        timed("flashgeotext", texts, lambda texts: sum(len(flashed(text)) for text in texts))
        recall("flashgeotext", records, flashed)
    return rate


def long_line(locator: Locator) -> None:
    """Find in one line of 10 and of 100 MB; resolve one of 1 and of 4."""
    table = locator._table  # noqa: SLF001
    for size in (10, 100):
        text = LINE * (size * 1_000_000 // len(LINE))
        start = time.process_time()
        count = sum(map(len, table.find_stretches(text)))
        print(f"find, one line of {size} MB: {count} names, {len(text) / 1e6 / (time.process_time() - start):.1f} MB/s")
    for size in (1, 4):
        text = LINE * (size * 1_000_000 // len(LINE))
        start = time.process_time()
        count = resolved_singly(locator, [text])
        print(f"resolve, one line of {size} MB: {count}, {len(text) / 1e6 / (time.process_time() - start):.2f} MB/s")


def main(gold: str) -> None:
    raw = Path(gold).read_bytes()
    records = [json.loads(line) for line in (gzip.decompress(raw) if gold.endswith(".gz") else raw).splitlines()]
    texts = [record["text"] for record in records]
    opening()
    rate = peers(texts, records)
    world = Locator(Gazetteer.load())
    table = world._table  # noqa: SLF001 - the matcher alone
    columns = timed("find, world, as columns", texts, lambda t: sum(len(one.start) for one in table.find_columns(t)))
    many = timed("find, world, many at a time", texts, lambda texts: sum(map(len, table.find_many(texts))))
    single = timed("find, world, one by one", texts, lambda texts: sum(len(table.find(text)) for text in texts))
    if rate:
        print(f"to geotext: {columns / rate:.2f} as columns, {many / rate:.2f} many, {single / rate:.2f} one by one")
    recall("find", records, lambda text: [text[one.start : one.end] for one in table.find(text)])
    timed("find and resolve, world", texts, lambda texts: resolved(world, texts))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, peers included")
    theatre = Locator(Gazetteer.load(countries=["SY", "IQ"]))
    timed("find and resolve, theatre", texts, lambda texts: resolved(theatre, texts))
    timed("find and resolve, theatre, singly", texts, lambda texts: resolved_singly(theatre, texts))
    long_line(theatre)


if __name__ == "__main__":
    if len(sys.argv) > 1 or GOLD.exists():
        main(sys.argv[1] if len(sys.argv) > 1 else str(GOLD))
    else:
        print("no texts to measure on")
