"""Speed of finding and of resolving place names, beside geotext and flashgeotext when they are installed.

    places_speed.py GOLD.jsonl[.gz]

One process, one run, CPU seconds; a first pass warms what each remembers. Prints what each found, too.
"""

import gzip
import json
import resource
import sys
import time
from collections.abc import Callable, Sized
from pathlib import Path

from tracker.model import Report
from tracker.places import Gazetteer, Locator


def timed(name: str, texts: list[str], find: Callable[[str], Sized]) -> None:
    for text in texts:
        find(text)
    start = time.process_time()
    count = sum(len(find(text)) for text in texts)
    seconds = time.process_time() - start
    size = sum(map(len, texts)) / 1e6
    print(f"{name}: {count} found, {len(texts) / seconds:.0f} documents and {size / seconds:.2f} MB a CPU second")


def _names(found: object) -> list[str]:
    """Return what geotext found in its one pass."""
    return [*found.cities, *found.countries]


def main(gold: str) -> None:
    raw = Path(gold).read_bytes()
    texts = [json.loads(line)["text"] for line in (gzip.decompress(raw) if gold.endswith(".gz") else raw).splitlines()]
    world = Locator(Gazetteer.load())
    timed("find, world", texts, world._table.find)  # noqa: SLF001 - the matcher alone
    timed("find and resolve, world", texts, lambda text: world.locate(Report(report_id="", text=text, sha256="")))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    theatre = Locator(Gazetteer.load(countries=["SY", "IQ"]))
    timed("find, theatre", texts, theatre._table.find)  # noqa: SLF001
    timed("find and resolve, theatre", texts, lambda text: theatre.locate(Report(report_id="", text=text, sha256="")))
    try:
        from geotext import GeoText  # noqa: PLC0415 - a peer, not a need
    except ImportError:
        print("geotext is not installed")
    else:
        timed("geotext", texts, lambda text: _names(GeoText(text)))
    try:
        from flashgeotext.geotext import GeoText as Flash  # noqa: PLC0415
    except ImportError:
        print("flashgeotext is not installed")
    else:
        flash = Flash()
        timed("flashgeotext", texts, lambda text: [name for kind in flash.extract(text).values() for name in kind])


if __name__ == "__main__":
    main(sys.argv[1])
