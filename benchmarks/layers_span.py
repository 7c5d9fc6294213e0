"""
How long 5,000 places × 1,000 days take to become a layer, and how much memory.

    python benchmarks/layers_span.py [places] [days] [intervals]

Made-up places in clusters over a country of 600 km, each with about eleven
successive states, a tenth of them with parts; a tenth are bases. Prints one line
of JSON; the limits are 60 s and 2 GB.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import resource
import sys
import time

from tracker.layers import build_layer, layer_dates, to_frame
from tracker.model import Actor, ActorProbability, Place, State, Status

_FIRST = dt.date(2014, 1, 1)
_ACTORS = ("reds", "blues", "greens")


class _Atlas(dict[str, Place]):
    """A place index without children."""

    def get(self, key: str) -> Place:  # type: ignore[override]
        return self[key]

    def children(self, place_id: str) -> list[Place]:
        del place_id
        return []


def made_up(places: int, days: int, intervals: int) -> tuple[list[State], _Atlas]:
    """Return states and their places; the same for the same numbers."""
    dice = random.Random(20170905)
    atlas = _Atlas()
    for k in range(places):
        kind = "MILB" if k % 10 == 0 else dice.choice(["PPL", "PPL", "PPL", "PPLA3"])
        key = f"p{k:05}"
        lon, lat = 36 + dice.random() * 6.5, 33 + dice.random() * 4
        atlas[key] = Place(
            place_id=key,
            name=f"Place {k}",
            lon=lon,
            lat=lat,
            feature=kind,
            population=int(dice.paretovariate(0.8) * 500),
        )
    states = []
    each = max(1, intervals // places)
    for k, key in enumerate(atlas):
        cuts = sorted(dice.sample(range(days), each))
        for n, (start, stop) in enumerate(zip(cuts, [*cuts[1:], None], strict=True)):
            states.append(_state(key, dice, start, stop, None))
            if k % 100 == 1 and n == each // 2:
                states.append(_state(key, dice, start, None, "north"))
    return states, atlas


def _state(key: str, dice: random.Random, start: int, stop: int | None, part: str | None) -> State:
    holder = dice.choice(_ACTORS)
    return State(
        place_id=key, part=part, status=Status.HELD, holder=holder, candidates=(ActorProbability(actor=holder, p=0.9),),
        fraction=None, besieged=dice.random() < 0.02, besieger=None, valid_from=_FIRST + dt.timedelta(start),
        valid_to=None if stop is None else _FIRST + dt.timedelta(stop), probability=0.9, confidence=dice.random(),
        claim_ids=("c",), against_ids=(), reason="made up",
    )  # fmt: skip


def main() -> None:
    """Measure and print."""
    places, days, intervals = (int(a) for a in [*sys.argv[1:], *("5000", "1000", "54000")[len(sys.argv) - 1 :]])
    states, atlas = made_up(places, days, intervals)
    actors = {a: Actor(actor_id=a, name=a.title(), colour="#888888") for a in _ACTORS}
    begin = time.perf_counter()
    layer = build_layer(states, [], atlas, actors=actors)
    built = time.perf_counter()
    frame = to_frame(layer)
    done = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    report = {
        "places": places, "days": len(layer_dates(states)), "states": len(states), "features": len(layer.features),
        "lines": len(layer.lines), "build_s": round(built - begin, 2), "frame_s": round(done - built, 2),
        "peak_gb": round(peak, 2), "rows": len(frame),
    }  # fmt: skip
    print(json.dumps(report))
    if built - begin > 60 or peak > 2:
        sys.exit("over the limit of 60 s or 2 GB")


if __name__ == "__main__":
    main()
