"""Layers made by hand for the tests of maps: eastern Syria in 2017, and synthetic ones of any size."""

from __future__ import annotations

import datetime as dt

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPoint, Point, box

from tracker.model import Actor, BaseShape, ClaimQuote, Layer, LayerFeature
from tracker.model.layer import LayerLine

GOV, ISIS, SDF = "syrian_government", "islamic_state", "sdf"
ACTORS = {
    GOV: Actor(actor_id=GOV, name="Syrian government", colour="#c0392b"),
    ISIS: Actor(actor_id=ISIS, name="Islamic State", colour="#3c3c3c"),
    SDF: Actor(actor_id=SDF, name="Syrian Democratic Forces", colour="#d4a017"),
    "iraqi_government": Actor(actor_id="iraqi_government", name="Iraqi government", colour="#2e7d4f"),
    "coalition": Actor(actor_id="coalition", name="US-led coalition", colour="#2a5fa5"),
}
PLACES = {
    "gn:170794": ("Deir ez-Zor", "PPLA", 40.141, 35.336),
    "tk:deir-ez-zor-airbase": ("Deir ez-Zor military airport", "AIRB", 40.176, 35.285),
    "tk:brigade-137": ("Brigade 137", "MILB", 40.056, 35.319),
    "gn:172955": ("Raqqa", "PPLA", 39.009, 35.953),
    "gn:167357": ("Al Mayadin", "PPL", 40.453, 35.019),
    "gn:163808": ("Palmyra", "PPL", 38.284, 34.556),
    "gn:174186": ("Abu Kamal", "PPL", 40.919, 34.452),
    "gn:172404": ("Al Sukhnah", "PPL", 38.872, 34.887),
    "gn:173811": ("Hasakah", "PPLA", 40.748, 36.502),
    "gn:173367": ("Al Shaddadi", "PPL", 40.731, 36.061),
    "gn:163533": ("Al Tabqah", "PPL", 38.551, 35.836),
    "tk:madan": ("Ma'dan", "PPL", 39.612, 35.754),
    "tk:shula": ("Al Shula", "PPL", 39.955, 35.093),
    "tk:tanf": ("Al Tanf", "MILB", 38.659, 33.506),
    "gn:99072": ("Mosul", "PPLA", 43.129, 36.335),
    "tk:omar": ("Al Omar oil field", "OILF", 40.577, 35.106),
    "gn:172409": ("Al Suwar", "PPL", 40.647, 35.511),
    "tk:tabqa-dam": ("Tabqa dam", "DAM", 38.566, 35.872),
}
NAMES = {
    "gn:170794": ["Deir Ezzor", "Deir al-Zour", "Dayr az Zawr", "دير الزور", "Дейр-эз-Зор"],
    "gn:172955": ["Raqqah", "ar-Raqqah", "Rakka", "الرقة"],
    "gn:99072": ["Al Mawsil", "الموصل"],
}


def day(text):
    return dt.date.fromisoformat(text)


def quote(text, *, actor=GOV, kind="gains", published="2017-09-05", stance="for", number=1, **more):
    record = {
        "claim_id": f"c-{number:08d}", "report_id": f"r-{number}", "quote": text, "kind": kind,
        "actor": actor, "source": "Example Wire", "published": day(published), "valid_time": published,
        "url": "https://example.org/report", "stance": stance,
    }  # fmt: skip
    return ClaimQuote(**(record | more))


def feature(place_id, *, geometry, holder=None, status="held", sides=(), start=None, end=None, part=None, **more):
    if place_id in PLACES:
        name, code, lon, lat = PLACES[place_id]
    else:
        centre = shapely.centroid(geometry)
        name, code, lon, lat = place_id, "PPL", centre.x, centre.y
    record = {
        "place_id": place_id, "name": name, "part": part, "status": status, "holder": holder,
        "holder_name": ACTORS[holder].name if holder in ACTORS else None, "sides": sides, "besieged_by": None,
        "besieged": False, "start": day(start) if start else None, "end": day(end) if end else None, "on": None,
        "known_by": None, "probability": 0.9, "confidence": 0.8, "newest_claim": day("2017-09-05"), "n_reports": 2,
        "n_sources": 2, "area_km2": abs(geometry.area) * 10_000, "reason": "The last credible claim says so.",
        "claims": (quote(f"Forces took {name} on Tuesday, officials said."),), "feature": code, "fraction": None,
        "point": (lon, lat), "geometry": geometry,
    }  # fmt: skip
    return LayerFeature(**(record | more))


def cells(reach=0.32):
    """Voronoi cells of the sample's places, capped by a reach in degrees."""
    ids = sorted(PLACES)
    points = [Point(PLACES[i][2:]) for i in ids]
    ground = shapely.voronoi_polygons(MultiPoint(points), extend_to=box(36, 32, 45, 38), ordered=True)
    small = {"tk:deir-ez-zor-airbase": 0.05, "tk:brigade-137": 0.05, "tk:tabqa-dam": 0.05, "tk:omar": 0.12}
    return {
        i: shapely.intersection(cell, point.buffer(small.get(i, reach), quad_segs=10))
        for i, point, cell in zip(ids, points, ground.geoms, strict=True)
    }


CONTESTED = {"status": "contested", "sides": (GOV, ISIS)}
SIEGE = {"besieged": True, "besieged_by": ISIS}
BROKEN = "The army broke the siege of the northern part of Deir Ezzor on Tuesday."
STILL_ON = "It still faces a battle to break the siege on the south."
SUPPOSED = "The group would lose its last city if it fell."
# place, part, holder or None, first day, day after the last, the rest
HISTORY = [
    ("gn:170794", "north", None, "2017-05-01", "2017-09-05", CONTESTED | SIEGE),
    ("gn:170794", "north", None, "2017-09-05", "2017-11-03", CONTESTED),
    ("gn:170794", "north", GOV, "2017-11-03", None, {}),
    ("gn:170794", "south", None, "2017-05-01", "2017-09-09", CONTESTED | SIEGE),
    ("gn:170794", "south", None, "2017-09-09", "2017-11-03", CONTESTED),
    ("gn:170794", "south", GOV, "2017-11-03", None, {}),
    ("tk:deir-ez-zor-airbase", None, GOV, None, "2017-09-09", SIEGE),
    ("tk:deir-ez-zor-airbase", None, GOV, "2017-09-09", None, {}),
    ("tk:brigade-137", None, GOV, "2017-09-05", None, {"confidence": 0.6}),
    ("gn:172955", None, ISIS, None, "2017-06-06", {}),
    ("gn:172955", None, None, "2017-06-06", "2017-10-17", CONTESTED | {"sides": (SDF, ISIS), "fraction": (0.5, 0.7)}),
    ("gn:172955", None, SDF, "2017-10-17", None, {}),
    ("gn:99072", None, None, None, "2017-07-10", CONTESTED | {"sides": ("iraqi_government", ISIS)}),
    ("gn:99072", None, None, "2017-07-10", None, {"status": "unknown", "confidence": 0.4}),
    ("tk:tanf", None, None, None, None, {"status": "shared", "sides": ("coalition", "other:maghawir")}),
    ("gn:173811", None, SDF, None, None, {"confidence": 0.95}),
    ("gn:173367", None, SDF, None, None, {}),
    ("gn:163533", None, ISIS, None, "2017-05-10", {}),
    ("gn:163533", None, SDF, "2017-05-10", None, {}),
    ("tk:tabqa-dam", None, SDF, "2017-05-10", None, {}),
    ("gn:163808", None, GOV, None, None, {"confidence": 0.95}),
    ("gn:172404", None, ISIS, None, "2017-08-06", {}),
    ("gn:172404", None, GOV, "2017-08-06", None, {}),
    ("tk:madan", None, ISIS, None, "2017-09-22", {}),
    ("tk:madan", None, GOV, "2017-09-22", None, {}),
    ("tk:shula", None, GOV, "2017-09-10", None, {"confidence": 0.35, "n_sources": 1}),
    ("gn:167357", None, ISIS, None, "2017-10-14", {}),
    ("gn:167357", None, GOV, "2017-10-14", None, {}),
    ("tk:omar", None, ISIS, None, "2017-10-22", {}),
    ("tk:omar", None, SDF, "2017-10-22", None, {}),
    ("gn:172409", None, ISIS, None, "2017-09-20", {"confidence": 0.4}),
    ("gn:172409", None, SDF, "2017-09-20", None, {"confidence": 0.7}),
    ("gn:174186", None, ISIS, None, "2017-11-08", {}),
    ("gn:174186", None, None, "2017-11-08", None, {"status": "one_of", "sides": (GOV, ISIS)}),
]


def eastern_syria():
    """May to November 2017, roughly as it was: sieges, parts, contested ground, an unknown holder."""
    ground = cells()
    lat = PLACES["gn:170794"][3]
    halves = {
        part: shapely.intersection(ground["gn:170794"], box(30, low, 50, high))
        for part, low, high in (("north", lat, 40), ("south", 30, lat))
    }
    said = {
        ("north", "2017-09-05"): (
            quote(BROKEN, kind="breaks_siege"),
            quote(SUPPOSED, actor=ISIS, kind="loses", stance="unreal", number=3),
        ),
        ("south", "2017-05-01"): (quote(STILL_ON, kind="besieges", actor=ISIS, number=2),),
    }
    rows = []
    for place, part, holder, start, end, rest in HISTORY:
        more = {"sides": (holder,) if holder else ()} | rest
        if (part, start) in said:
            more["claims"] = said[part, start]
        shape = halves[part] if part else ground[place]
        rows.append(feature(place, part=part, geometry=shape, holder=holder, start=start, end=end, **more))
    rows.sort(key=lambda row: (row.place_id, row.part or "", row.start or dt.date.min))
    return Layer(
        on=None,
        known_by=day("2017-11-30"),
        start=day("2017-05-01"),
        end=day("2017-11-20"),
        features=tuple(rows),
        lines=(approach(),),
    )


def approach():
    return LayerLine(
        kind="approach", place_id="gn:170794", name="Deir ez-Zor", part=None, actor=GOV, actor_name="Syrian government",
        target=ISIS, start=day("2017-08-26"), end=day("2017-09-05"), on=None, known_by=None, confidence=0.7,
        newest_claim=day("2017-08-26"), claims=(quote("Troops were 35 km away.", kind="approaches"),),
        geometry=LineString([(39.55, 35.1), (39.8, 35.2), (40.0, 35.29)]), distance_m=35_000,
    )  # fmt: skip


def single_day(on="2017-09-05"):
    """One day of the sample, as a layer for a date has it."""
    span, when = eastern_syria(), day(on)
    rows = tuple(f for f in span.features if (f.start or dt.date.min) <= when < (f.end or dt.date.max))
    return Layer(on=when, known_by=None, start=when, end=when, features=rows)


def plain_base():
    """A few made-up base shapes round the sample."""
    return [
        BaseShape(kind="land", name="Syria", geometry=box(35.5, 32.3, 41.4, 37.3)),
        BaseShape(kind="land", name="Iraq", geometry=box(41.4, 29.0, 48.5, 37.4)),
        BaseShape(kind="border", name=None, geometry=LineString([(41.4, 32.3), (41.4, 37.3)])),
        BaseShape(
            kind="river",
            name="Euphrates",
            geometry=LineString([(38.0, 36.8), (38.6, 35.8), (39.0, 35.9), (40.1, 35.4), (41.0, 34.4)]),
        ),
    ]


def synthetic(places, days, changes, *, seed=1, quotes=False, extent=(36.0, 33.0, 42.0, 37.5)):
    """A layer of Voronoi cells that change hands at random: `changes` changes over `days` days."""
    rng = np.random.default_rng(seed)
    west, south, east, north = extent
    points = np.column_stack([rng.uniform(west, east, places), rng.uniform(south, north, places)])
    ground = shapely.voronoi_polygons(MultiPoint(points), extend_to=box(*extent), ordered=True)
    ground = shapely.intersection(shapely.get_parts(ground), box(*extent))
    first = day("2015-01-01")
    rows = []
    for number, changed in enumerate(rng.multinomial(changes, np.full(places, 1 / places))):
        cuts = np.sort(rng.choice(np.arange(1, days), size=min(int(changed), days - 1), replace=False))
        starts = [None, *(first + dt.timedelta(days=int(cut)) for cut in cuts)]
        for at, start in enumerate(starts):
            end = starts[at + 1] if at + 1 < len(starts) else None
            rows.append(
                synthetic_feature(rng, number, at, (start, end), (points[number], ground[number]), quotes=quotes)
            )
    return Layer(on=None, known_by=None, start=first, end=first + dt.timedelta(days=days - 1), features=tuple(rows))


def synthetic_feature(rng, number, at, span, place, *, quotes):
    point, geometry = place
    sides = (GOV, ISIS, SDF, "coalition")
    pick, chance = int(rng.integers(0, 4)), float(rng.random())
    contested, holder = chance < 0.12, sides[pick]
    text = f"Report {number}-{at}: forces loyal to {holder} entered the town at dawn, residents said by phone."
    return LayerFeature(
        place_id=f"tk:p{number:06d}",
        name=f"Place {number}",
        part=None,
        status="contested" if contested else "held",
        holder=None if contested else holder,
        holder_name=None if contested else ACTORS[holder].name,
        sides=(holder, sides[(pick + 1) % 4]) if contested else (holder,),
        besieged_by=None,
        besieged=False,
        start=span[0],
        end=span[1],
        on=None,
        known_by=None,
        probability=0.9,
        confidence=round(chance, 1),
        newest_claim=span[0],
        n_reports=1,
        n_sources=1,
        area_km2=40.0,
        reason="The last credible claim says so.",
        claims=(quote(text, number=number * 100 + at),) if quotes else (),
        feature="PPL",
        fraction=None,
        point=(float(point[0]), float(point[1])),
        geometry=geometry,
    )
