"""A small layer made by hand: five places of the Euphrates valley in 2017, with a siege, an approach and handovers."""

import datetime as dt

import shapely

from tracker.model import Actor, BaseShape, ClaimQuote, Layer, LayerFeature
from tracker.model.layer import LayerLine

ACTORS = {
    a.actor_id: a
    for a in (
        Actor(actor_id="syrian_government", name="Syrian government", colour="#c8102e"),
        Actor(actor_id="islamic_state", name="Islamic State", colour="#2b2b2b"),
        Actor(actor_id="sdf", name="Syrian Democratic Forces", colour="#f2c200"),
        Actor(actor_id="iraqi_government", name="Iraqi government", colour="#7b3f9d"),
    )
}


def day(text):
    return None if text is None else dt.date.fromisoformat(text)


def quote(number, text, *, stance="for", published="2017-09-05", actor="syrian_government", kind="gains"):
    return ClaimQuote(
        claim_id=f"c-{number:016x}",
        report_id=f"r-{number % 3}",
        quote=text,
        kind=kind,
        actor=actor,
        source="Sample wire",
        published=day(published),
        valid_time=published,
        url=f"https://example.org/reports/{number}",
        stance=stance,
    )


def disc(lon, lat, size, *, part=None):
    """Return a disc, or one half of it."""
    whole = shapely.Point(lon, lat).buffer(size, quad_segs=8)
    boxes = {"north": shapely.box(lon - 1, lat, lon + 1, lat + 1), "south": shapely.box(lon - 1, lat - 1, lon + 1, lat)}
    return whole.intersection(boxes[part]) if part else whole


def rim(lon, lat, size, *, part=None):
    """Return the edge of a disc or half of it, anticlockwise."""
    return shapely.orient_polygons(disc(lon, lat, size, part=part), exterior_cw=False).exterior


def state(place, start, end, *, status="held", holder=None, sides=(), part=None, besieged_by=None, **more):
    place_id, name, lon, lat, size = place
    named = [ACTORS[s].name if s in ACTORS else s for s in ([holder] if holder else sides)]
    fields = {
        "probability": 0.9,
        "confidence": 0.8,
        "newest_claim": day("2017-09-05"),
        "n_reports": 1,
        "n_sources": 1,
        "reason": "the last credible claim says so",
        "claims": (quote(1, "The army took it on Tuesday."),),
        "feature": "PPL",
        "fraction": None,
        "on": None,
        "known_by": None,
    }
    fields.update(more)
    return LayerFeature(
        place_id=place_id,
        name=name,
        part=part,
        status=status,
        holder=holder,
        holder_name=" and ".join(named) or None,
        sides=tuple(sides),
        besieged_by=besieged_by,
        besieged=besieged_by is not None,
        start=day(start),
        end=day(end),
        area_km2=round(shapely.area(disc(lon, lat, size, part=part)) * 9_100, 3),
        point=(lon, lat),
        geometry=disc(lon, lat, size, part=part),
        **fields,
    )


CITY = ("gn:170794", "Deir ez-Zor", 40.14, 35.336, 0.07)
BASE = ("tk:brigade-137", "Brigade 137", 40.03, 35.325, 0.03)
AIRPORT = ("tk:deir-ez-zor-airport", "Deir ez-Zor airport", 40.25, 35.285, 0.04)
RAQQA = ("gn:172955", "Raqqa", 39.01, 35.95, 0.09)
MOSUL = ("gn:99072", "Mosul", 43.13, 36.34, 0.12)

FEATURES = (
    state(MOSUL, None, "2017-07-10", status="contested", sides=("islamic_state", "iraqi_government"), confidence=0.7),
    state(MOSUL, "2017-07-10", None, status="unknown", confidence=0.4),
    state(CITY, None, "2017-09-05", status="contested", part="north", sides=("syrian_government", "islamic_state"),
          besieged_by="islamic_state", claims=(quote(2, "They have been under siege for years.", kind="besieges"),)),
    state(CITY, "2017-09-05", "2017-11-03", status="contested", part="north",
          sides=("islamic_state", "syrian_government"),
          claims=(quote(3, "The army broke the siege.", kind="breaks_siege"), quote(1, "They took it on Tuesday."))),
    state(CITY, "2017-11-03", None, holder="syrian_government", part="north", confidence=0.95),
    state(CITY, None, "2017-11-03", status="contested", part="south", sides=("syrian_government", "islamic_state"),
          besieged_by="islamic_state", confidence=0.6),
    state(CITY, "2017-11-03", None, holder="syrian_government", part="south", confidence=0.95),
    state(RAQQA, None, "2017-06-06", holder="islamic_state"),
    state(RAQQA, "2017-06-06", "2017-10-17", status="contested", sides=("sdf", "islamic_state"), fraction=(0.5, 1.0),
          claims=(quote(4, "=cmd|' /C calc'!A0 lost over half", actor="sdf"),
                  quote(5, "Raqqa has <b>not</b> fallen & ${alert(1)}", stance="against", actor="islamic_state"))),
    state(RAQQA, "2017-10-17", None, holder="sdf", confidence=0.97),
    state(BASE, "2017-09-05", None, status="shared", sides=("syrian_government", "other:tribal fighters"),
          confidence=0.5),
    state(AIRPORT, None, "2017-09-09", holder="syrian_government", besieged_by="islamic_state", confidence=0.85),
    state(AIRPORT, "2017-09-09", None, holder="syrian_government", confidence=0.85),
)  # fmt: skip


def line(kind, place, start, end, geometry, **more):
    fields = {"part": None, "target": "syrian_government", "confidence": 0.8, "distance_m": None}
    fields.update(more)
    return LayerLine(
        kind=kind,
        place_id=place[0],
        name=place[1],
        start=day(start),
        end=day(end),
        on=None,
        known_by=None,
        newest_claim=day("2017-09-05"),
        claims=(quote(2, "They have been under siege for years.", kind="besieges"),),
        geometry=geometry,
        **fields,
    )


LINES = (
    line("approach", CITY, "2017-08-20", "2017-09-05",
         shapely.LineString([(39.7, 35.2), (39.9, 35.27), (40.03, 35.3)]),
         actor="syrian_government", actor_name="Syrian government", target="islamic_state", distance_m=15_000.0),
    line("siege", AIRPORT, None, "2017-09-09", rim(40.25, 35.285, 0.05),
         actor="islamic_state", actor_name="Islamic State"),
    line("siege", CITY, None, "2017-09-05", rim(40.14, 35.336, 0.08, part="north"), part="north",
         actor="islamic_state", actor_name="Islamic State"),
)  # fmt: skip

BASE_SHAPES = (
    BaseShape(kind="land", name="Syria", geometry=shapely.box(37, 33, 41.5, 37)),
    BaseShape(kind="land", name="Iraq", geometry=shapely.box(41.5, 33, 45, 37)),
    BaseShape(kind="border", name=None, geometry=shapely.LineString([(41.5, 33), (41.5, 37)])),
    BaseShape(
        kind="river",
        name="Euphrates",
        geometry=shapely.LineString([(38.5, 36.3), (39.0, 35.93), (39.8, 35.6), (40.14, 35.36), (40.6, 34.9)]),
    ),
)


def sample_layer():
    """Return the layer in its promised order."""
    features = sorted(FEATURES, key=lambda f: (f.place_id, f.part or "", f.start or dt.date.min))
    return Layer(
        on=None,
        known_by=None,
        start=day("2017-06-01"),
        end=day("2017-11-30"),
        features=tuple(features),
        lines=LINES,
    )
