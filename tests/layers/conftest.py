"""A small made-up country: the same for all tests of this room."""

import datetime as dt
from collections.abc import Iterable

import pytest

from tracker.model import (
    Actor,
    ActorProbability,
    Claim,
    ClaimPlace,
    Kind,
    Modality,
    Place,
    State,
    Status,
)


class Atlas:
    """A place index of a dict."""

    def __init__(self, *places: Place) -> None:
        self.places = {p.place_id: p for p in places}

    def get(self, place_id: str) -> Place:
        return self.places[place_id]

    def children(self, place_id: str) -> Iterable[Place]:
        return [p for key, p in sorted(self.places.items()) if p.parent == place_id]


class Country:
    """Makers of places, states and claims with the fields that a test doesn't care about filled in."""

    def __init__(self) -> None:
        self.actors = {
            "reds": Actor(actor_id="reds", name="The Reds", colour="#cc0000"),
            "blues": Actor(actor_id="blues", name="The Blues", colour="#0000cc"),
        }

    @staticmethod
    def place(place_id: str, lon: float, lat: float, feature: str = "PPL", **fields) -> Place:
        return Place(place_id=place_id, name=place_id.title(), lon=lon, lat=lat, feature=feature, **fields)

    @staticmethod
    def atlas(*places: Place) -> Atlas:
        return Atlas(*places)

    @staticmethod
    def state(place_id: str, holder: str | None = "reds", start=None, end=None, **fields) -> State:
        status = fields.pop("status", "held" if holder else "unknown")
        sides = fields.pop("sides", (holder,) if holder else ())
        given = {
            "part": None, "fraction": None, "besieged": False, "besieger": None, "probability": 0.9, "confidence": 1.0,
            "claim_ids": ("c-1",), "against_ids": (), "reason": "told so",
        }  # fmt: skip
        return State(
            place_id=place_id,
            status=Status(status),
            holder=holder if status == "held" else None,
            candidates=tuple(ActorProbability(actor=s, p=1 / len(sides)) for s in sides),
            valid_from=day(start),
            valid_to=day(end),
            **{**given, **fields},
        )

    @staticmethod
    def claim(claim_id: str, place_id: str, kind: str = "holds", actor: str | None = "reds", **fields) -> Claim:
        given = {
            "report_id": "r-1", "actor_text": actor, "counter_actor": None, "part": None, "fraction": None,
            "distance_m": None, "bearing_deg": None, "valid_time": None, "valid_from": None, "valid_to": None,
            "modality": Modality.ASSERTED, "cue": None, "attributed_to": None, "quote": f"{claim_id} says so.",
            "quote_start": 0, "quote_end": 10, "rule": "r", "backend": "b", "extractor": "e", "confidence": 0.9,
            "published": day("2017-01-02"), "source": "Wire",
        }  # fmt: skip
        where = ClaimPlace(place_id=place_id, name=place_id, text=place_id, start=0, end=4)
        return Claim(claim_id=claim_id, kind=Kind(kind), actor=actor, place=where, **{**given, **fields})


def day(text):
    return dt.date.fromisoformat(text) if text else None


@pytest.fixture(scope="session")
def land() -> Country:
    return Country()
