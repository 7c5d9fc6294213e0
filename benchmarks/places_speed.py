"""Speed of finding and of resolving place names, beside geotext and flashgeotext when they are installed.

    places_speed.py [GOLD.jsonl[.gz]]

First what it takes to compile and to open the gazetteer, each in a process of its own with a cache of its own.
Then, one process, CPU seconds, the best of five: for each kind of text, documents as they stand in their file (how many
and how long is printed) are searched by geotext, which gives strings without offsets, and by the table of names of the
world, as columns and as records, with arrays alone and in machine code where numba is installed; ratios are to geotext.
Resolving is timed at first sight, when no name was met before, again, and one report after the other, then the latter
two in machine code. The last lines time `tracker locate` on one line of 10 and of 100 MB, each in a process of its own.

`floors.json` holds the least ratios to geotext, a quarter below what was measured on a busy machine. Exit status 1 when
one is not reached.

Kinds: American news, mostly off the topic (LGL), our own short passages on wars, the dense reports under maps/, and
all of these in one document.
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
from tracker.places.matching.matcher import NameTable

HERE = Path(__file__).resolve().parent
GOLD = HERE.parent.parent / "shared" / "gold" / "places_lgl.jsonl.gz"
Texts = list[str]
IN_CODE = ", in machine code"
RESOLVED = ("at first sight", "again", "one at a time", "again, in machine code", "one at a time, in machine code")
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


def timed(find: Callable[[Texts], int], texts: Texts, times: int = 5) -> tuple[float, int]:
    """Return the least CPU seconds of some passes, and what they found."""
    best, count = float("inf"), 0
    for _ in range(times):
        start = time.process_time()
        count = find(texts)
        best = min(best, time.process_time() - start)
    return best, count


def resolved(locator: Locator, texts: Iterable[str]) -> int:
    """Find and resolve as the pipeline does where there are many reports; count."""
    asked = (Asked(Report(report_id="", text=text, sha256="")) for text in texts)
    return sum(map(len, locator.locate_many(asked)))


def peers() -> dict[str, Callable[[str], list[str]]]:
    """Return what the installed peers find in a text."""
    found: dict[str, Callable[[str], list[str]]] = {}
    try:
        from geotext import GeoText  # noqa: PLC0415 - a peer, not a need

        found["geotext"] = lambda text: [*(seen := GeoText(text)).cities, *seen.countries]
        from flashgeotext.geotext import GeoText as Flash  # noqa: PLC0415

        flash = Flash()
        found["flashgeotext"] = lambda text: [
            word for kind in flash.extract(text).values() for one in kind.values() for word in one["found_as"]
        ]
    except ImportError:
        print("a peer is not installed: pip install geotext flashgeotext, and run again")
    return found


def ways_of(table: NameTable, how: str = "") -> dict[str, Callable[[Texts], int]]:
    """Return the ways in which a table finds names in texts, each of which counts them."""
    return {
        f"columns{how}": lambda texts: sum(len(one.start) for one in table.find_columns(texts)),
        f"records{how}": lambda texts: sum(map(len, table.find_many(texts))),
        f"records, one text at a time{how}": lambda texts: sum(len(table.find(text)) for text in texts),
    }


def tables() -> dict[str, NameTable]:
    """Return the names of the world, found with arrays alone, and in machine code where that can be."""
    arrays, hasty = (Locator(Gazetteer.load())._table for _ in range(2))  # noqa: SLF001 - the matcher alone
    arrays._pace.pays = lambda *size: False  # type: ignore[method-assign]  # noqa: SLF001, ARG005
    if hasty.hasten():
        return {"": arrays, IN_CODE: hasty}
    print("numba is not installed: pip install numba, and run again")
    return {"": arrays}


def finding(
    tables: dict[str, NameTable], texts: Texts, others: dict[str, Callable[[str], list[str]]]
) -> dict[str, float]:
    """Print documents and MB a CPU second of each way to find names in texts; return their ratios to geotext."""
    ways: dict[str, Callable[[Texts], int]] = {
        name: lambda texts, names=names: sum(len(names(text)) for text in texts)  # type: ignore[misc]
        for name, names in others.items()
    }
    for how, table in tables.items():
        ways |= ways_of(table, how)
    size, peer = sum(map(len, texts)) / 1e6, None
    ratios: dict[str, float] = {}
    for name, way in ways.items():
        spent, count = timed(way, texts, 2 if name == "flashgeotext" else 5)
        peer = spent if name == "geotext" else peer
        ratio = f", {peer / spent:.2f} x geotext" if peer else ""
        ratios |= {name: peer / spent, "geotext, MB/s": size / peer} if peer else {}
        print(f"  {name:43} {count:6} found {len(texts) / spent:8.0f} documents, {size / spent:6.1f} MB/s{ratio}")
    return ratios


def recall(gold: Path, ways: dict[str, Callable[[str], list[str]]]) -> None:
    """Print how many of the gold's names each finds in their texts, and how many of its finds are gold."""
    raw = gold.read_bytes()
    records = [json.loads(line) for line in (gzip.decompress(raw) if gold.suffix == ".gz" else raw).splitlines()]
    for name, way in ways.items():
        wanted = found = held = 0
        for record in records:
            names, own = {one["text"] for one in record["toponyms"]}, set(way(record["text"]))
            wanted, found, held = wanted + len(names), found + len(own), held + len(names & own)
        print(f"  {name:28} recall {held / wanted:.3f}, precision {held / found:.3f} of different names a document")


def resolving(texts: Texts, countries: list[str] | None) -> dict[str, float]:
    """Print and return MB a CPU second of finding and resolving in a process of its own, by `RESOLVED`."""
    run = subprocess.run(
        [sys.executable, __file__, "--resolve", json.dumps(countries)],
        input=json.dumps(texts), capture_output=True, text=True, check=True,
    )  # fmt: skip
    count, *speeds = map(float, run.stdout.split())
    found = dict(zip(RESOLVED, speeds, strict=False))
    where = "theatre" if countries else "world"
    told = ", ".join(f"{speed:.2f} {when}" for when, speed in found.items())
    print(f"  resolve, {where:7} {count:6.0f} mentions, MB/s: {told}", flush=True)
    return found


def held(kind: str, ratios: dict[str, float], theatre: dict[str, float]) -> bool:
    """Print what a kind of text reaches of its floors; tell whether it reaches all."""
    if not ratios:
        return True
    figures = {name: ratio for name, ratio in ratios.items() if name.startswith(("columns", "records"))}
    figures |= {f"resolved, theatre, {when}": speed / ratios["geotext, MB/s"] for when, speed in theatre.items()}
    floors = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["speed of places"]["figures"]
    reached = True
    for name, figure in figures.items():
        floor = floors[f"{kind}: {name}"]
        reached &= figure >= floor
        print(f"  {name:48} {figure:5.2f} x geotext, floor {floor:.2f}{'' if figure >= floor else '  BELOW'}")
    return reached


def resolving_here(countries: list[str] | None) -> None:
    texts = json.load(sys.stdin)
    locator = Locator(Gazetteer.load(countries=countries))
    locator._table._pace.pays = lambda *size: False  # type: ignore[method-assign]  # noqa: SLF001, ARG005
    first, count = timed(lambda texts: resolved(locator, texts), texts, 1)
    again, _ = timed(lambda texts: resolved(locator, texts), texts)
    reports = [Report(report_id="", text=text, sha256="") for text in texts]

    def alone() -> float:
        return timed(lambda _: sum(len(locator.locate(report)) for report in reports), texts)[0]

    spent = [first, again, alone()]
    if locator.hasten():
        spent += timed(lambda texts: resolved(locator, texts), texts)[0], alone()
    print(count, *(sum(map(len, texts)) / 1e6 / seconds for seconds in spent))


def long_lines() -> None:
    """Time `tracker locate` on one line of 10 and of 100 MB."""
    for size in (10, 100):
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
            file.write(LINE * (size * 1_000_000 // len(LINE)))
            file.flush()
            command = [sys.executable, "-m", "tracker", "locate", file.name]
            run = subprocess.run([sys.executable, "-c", VERB, *command], capture_output=True, text=True, check=True)
        spent, memory, lines = run.stdout.split()
        rate = size / float(spent)
        print(f"tracker locate, one line of {size} MB: {lines} mentions, {spent} s CPU ({rate:.1f} MB/s), {memory} MB")


VERB = """
import resource, subprocess, sys
lines = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE)
count = sum(1 for _ in lines.stdout)
if lines.wait():
    sys.exit(1)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{used.ru_utime + used.ru_stime:.1f}", f"{used.ru_maxrss / 1024:.0f}", count)
"""


def kinds(gold: Path) -> dict[str, Texts]:
    """Return the texts that are measured on, by kind."""
    found: dict[str, Texts] = {}
    if gold.exists():
        raw = gold.read_bytes()
        lines = (gzip.decompress(raw) if gold.suffix == ".gz" else raw).splitlines()
        found["American news"] = [json.loads(line)["text"] for line in lines]
    passages = (HERE / "own_passages.jsonl").read_text(encoding="utf-8").splitlines()
    found["passages on wars, five times"] = [json.loads(line)["text"] for line in passages] * 5
    sample = sorted((HERE.parent / "maps").glob("*/reports/*"))
    found["dense reports, five times"] = [path.read_text(encoding="utf-8") for path in sample] * 5
    found["all in one document"] = ["\n\n".join(text for texts in found.values() for text in texts)]
    return {name: texts for name, texts in found.items() if texts}


def main(gold: str = str(GOLD)) -> int:
    opening()
    others = peers()
    found = tables()
    table = found[""]
    print(f"geotext knows 23,000 names, the table {len(table):,}")
    if Path(gold).exists():
        recall(Path(gold), {**others, "table": lambda text: [text[one.start : one.end] for one in table.find(text)]})
    reached = True
    for name, texts in kinds(Path(gold)).items():
        sizes = sorted(map(len, texts))
        middle = sizes[len(sizes) // 2]
        print(f"{name}: {len(texts)} documents of {sizes[0]} to {sizes[-1]} characters, {middle} in the middle")
        ratios = finding(found, texts, others)
        resolving(texts, None)
        reached &= held(name, ratios, resolving(texts, ["IQ", "SY"]))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, peers included")
    long_lines()
    return not reached


if __name__ == "__main__":
    if sys.argv[1:2] == ["--resolve"]:
        resolving_here(json.loads(sys.argv[2]))
    else:
        sys.exit(main(*sys.argv[1:]))
