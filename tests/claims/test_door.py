"""Other extractors: found by entry point, let through only as far as the report bears them out."""

from __future__ import annotations

import importlib.metadata
import sys
import types
from dataclasses import replace
from pathlib import Path

import pytest

from tracker.claims import ActorIndex, ExtractorContext, Located, extract, extractor_names, load_extractor
from tracker.claims.door import GROUP
from tracker.errors import ExtractorError, UsageError
from tracker.model import Claim, Report

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import NoPlaces, resolution_of

ACTORS = ActorIndex.load()
TEXT = "The Syrian army captured Dolna from Islamic State. The army holds Gorna."
REPORT = Report(report_id="t", text=TEXT, sha256="", source="a paper")
PLACES = [resolution_of("Dolna", TEXT.index("Dolna")), resolution_of("Gorna", TEXT.index("Gorna"))]
LOCATED = Located(REPORT, PLACES)


class Parrot:
    """Claims what the own rules claim, altered as a test wants it."""

    identity = "parrot-7"
    change: dict[str, object] = {}  # noqa: RUF012 - set by each test

    def __init__(self, context: ExtractorContext) -> None:
        self._context = context

    def extract(self, located: Located) -> list[Claim]:
        found = extract(located.report, located.resolutions, self._context.places, actors=self._context.actors)
        return [replace(found[0], **({"extractor": ""} | self.change)), *(replace(c, extractor="") for c in found[1:])]


class Broken(Parrot):
    def extract(self, located: Located) -> list[Claim]:
        raise RecursionError("too deep")


@pytest.fixture
def plugged(monkeypatch):
    """Two extractors that a package would bring, and one name that nobody may take."""
    module = types.ModuleType("somebodys_reader")
    module.Parrot, module.Broken, module.nothing = Parrot, Broken, lambda context: object()
    monkeypatch.setitem(sys.modules, "somebodys_reader", module)
    names = {"parrot": "Parrot", "broken": "Broken", "none": "nothing", "gone": "Missing", "frames": "Parrot"}
    made = [importlib.metadata.EntryPoint(n, f"somebodys_reader:{a}", GROUP) for n, a in names.items()]

    def entry_points(*, group, name=None):
        return [entry for entry in made if group == GROUP and name in {None, entry.name}]

    monkeypatch.setattr(importlib.metadata, "entry_points", entry_points)


def read(name: str, **change: object) -> tuple[list[Claim], list[str]]:
    rejected = []
    context = ExtractorContext(places=NoPlaces(), actors=ACTORS, reject=rejected.append)
    Parrot.change = change
    return list(load_extractor(name, context).extract(LOCATED)), [str(rejection) for rejection in rejected]


def test_the_own_rules_go_by_their_name_and_nobody_takes_their_place(plugged) -> None:
    assert extractor_names()["frames"] == "tracker.claims.door:FrameExtractor"
    own = extract(REPORT, PLACES, NoPlaces(), actors=ACTORS)
    assert own
    assert read("frames") == (own, [])


def test_an_extractor_of_another_package_is_found_and_its_claims_bear_its_name(plugged) -> None:
    claims, rejected = read("parrot")
    own = extract(REPORT, PLACES, NoPlaces(), actors=ACTORS)
    assert not rejected
    assert [(c.kind, c.actor, c.place) for c in claims] == [(c.kind, c.actor, c.place) for c in own]
    assert {c.extractor for c in claims} == {"parrot-7"}
    assert {c.source for c in claims} == {"a paper"}
    assert not {c.claim_id for c in claims} & {c.claim_id for c in own}
    assert read("parrot")[0] == claims


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"quote": "The army captured everything."}, "quote does not stand"),
        ({"quote_start": 3}, "quote does not stand"),
        ({"quote_end": 10**9}, "quote does not stand"),
        ({"report_id": "other"}, "another report"),
        ({"actor": "peshmerga"}, "names nobody who may be"),
        ({"actor": "nobody-at-all"}, "no actor"),
        ({"actor": "other:the martians"}, "stands in the text"),
        ({"actor_text": "the Martians"}, "do not stand"),
        ({"attributed_to": "a colonel"}, "do not stand"),
        ({"valid_time": "last summer"}, "not EDTF"),
        ({"confidence": 1.5}, "between 0 and 1"),
        ({"fraction": (0.9, 0.1)}, "no share"),
        ({"kind": "conquers"}, "none that there is"),
        ({"extractor": "frames-1"}, "another extractor's name"),
        ({"place": replace(extract(REPORT, PLACES, NoPlaces(), actors=ACTORS)[0].place, place_id="tk:gorna")}, "not"),
        ({"place": replace(extract(REPORT, PLACES, NoPlaces(), actors=ACTORS)[0].place, start=0, end=5)}, "place"),
    ],
)
def test_what_does_not_stand_on_the_report_is_listed_and_the_rest_goes_through(plugged, change, reason) -> None:
    claims, rejected = read("parrot", **change)
    assert len(claims) == 1
    assert len(rejected) == 1
    assert reason in rejected[0]
    assert "parrot-7" in rejected[0]


def test_a_broken_extractor_is_named_with_its_report(plugged) -> None:
    with pytest.raises(ExtractorError, match="'broken': broke on report t"):
        read("broken")


def test_what_makes_no_extractor_is_refused(plugged) -> None:
    with pytest.raises(ExtractorError, match="makes no extractor"):
        read("none")
    with pytest.raises(ExtractorError, match="can't be loaded"):
        read("gone")
    with pytest.raises(UsageError, match="Choose one of: broken, endpoint, frames"):
        read("magic")


def test_the_own_rules_take_no_options() -> None:
    with pytest.raises(UsageError, match="no options"):
        load_extractor("frames", ExtractorContext(places=NoPlaces(), actors=ACTORS, options={"depth": "3"}))
