"""Scores of hand-made gold, worked out by hand."""

import gzip
import importlib
import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from tracker.errors import InputError
from tracker.evaluation import score_claims, score_places
from tracker.model import Claim, ClaimPlace, Kind, Modality, Resolution

CLAIM = Claim(
    claim_id="c",
    report_id="r",
    kind=Kind.GAINS,
    actor="sdf",
    actor_text="SDF",
    counter_actor=None,
    place=ClaimPlace(place_id="tk:x", name="Al Raqqa", text="Raqqa", start=0, end=5),
    part=None,
    fraction=None,
    distance_m=None,
    bearing_deg=None,
    valid_time="2017-10-17",
    valid_from=None,
    valid_to=None,
    modality=Modality.ASSERTED,
    cue=None,
    attributed_to=None,
    quote="",
    quote_start=0,
    quote_end=0,
    rule="",
    backend="",
    extractor="",
    confidence=1.0,
)


def gold(**changes):
    claim = {"kind": "gains", "actor": "sdf", "place_text": "ar Raqqa", "date": "2017-10", "modality": "asserted"}
    return claim | changes


def one(golds, claims):
    return score_claims([({"claims": golds}, claims)])


def test_a_coarser_gold_date_agrees() -> None:
    scores = one([gold()], [CLAIM])
    assert (scores.found.f1, scores.who.f1, scores.when.f1) == (1.0, 1.0, 1.0)


def test_a_wrong_side_is_found_but_not_who() -> None:
    scores = one([gold(actor="turkey")], [CLAIM])
    assert (scores.found.f1, scores.who.f1) == (1.0, 0.0)


def test_nobody_named_gaining_from_x_is_x_losing() -> None:
    said = replace(CLAIM, actor=None, counter_actor="islamic_state")
    assert one([gold(kind="loses", actor="islamic_state")], [said]).who.f1 == 1.0


def test_each_claim_is_used_once() -> None:
    scores = one([gold(), gold(kind="holds")], [CLAIM, CLAIM, CLAIM])
    assert scores.found.precision == pytest.approx(1 / 3)
    assert scores.found.recall == pytest.approx(1 / 2)


def test_an_unreal_claim_that_comes_out_real_leaks() -> None:
    unreal = gold(modality="unreal")
    assert one([unreal], [CLAIM]).unreal_leak == 1.0
    assert one([unreal], [replace(CLAIM, modality=Modality.UNREAL)]).unreal_leak == 0.0
    assert one([gold()], [CLAIM]).unreal_leak is None


def test_an_approach_is_not_scored() -> None:
    assert one([gold()], [CLAIM, replace(CLAIM, kind=Kind.APPROACHES)]).found.precision == 1.0


def test_places_are_scored_by_overlap_and_distance() -> None:
    toponyms = [{"start": 0, "end": 5, "lat": 35.95, "lon": 39.01}, {"start": 9, "end": 13, "lat": 34.73, "lon": 36.72}]
    near = Resolution(report_id="r", start=0, end=5, text="Raqqa", place_id="a", lat=35.95, lon=39.05)
    nil = Resolution(report_id="r", start=9, end=13, text="Homs")
    spurious = Resolution(report_id="r", start=20, end=23, text="War", place_id="b", lat=0.0, lon=0.0)
    scores = score_places([({"toponyms": toponyms}, [near, nil, spurious])])
    assert scores.find.precision == pytest.approx(2 / 3)
    assert scores.within_10_km == 0.5
    assert scores.end_to_end_161 == 0.5


EVALUATE = importlib.import_module("tracker.cli.evaluate").command


def test_gold_is_read_from_standard_input() -> None:
    line = json.dumps({"id": "a", "text": "Raqqa.", "toponyms": [{"start": 0, "end": 5, "lat": 35.95, "lon": 39.0}]})
    result = CliRunner().invoke(EVALUATE, ["-", "--json"], input=f"\n{line}\n", standalone_mode=False)
    assert json.loads(result.stdout)["within_10_km"] == 1.0


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"no", r":1: no JSON"),
        (b"[1]", r":1: the line is no JSON object"),
        (b"\xff", r":1: not UTF-8"),
        (b'{"text": "a"}', r":1: neither claims nor toponyms"),
        (b'{"text": "a", "claims": 5}', r":1: claims is no list of objects"),
        (b'{"text": "a", "claims": [{"kind": "gains"}]}', r":1: one of its claims has no modality"),
        (b'{"text": "a", "toponyms": [{"start": 0, "end": 1, "lat": null, "lon": 2}]}', r"toponyms has no lat"),
        (b"[" * 100_000, r":1: no JSON"),
    ],
)
def test_what_is_no_gold_is_named_by_its_line(tmp_path, line, problem) -> None:
    (tmp_path / "gold.jsonl").write_bytes(line + b"\n")
    result = CliRunner().invoke(EVALUATE, [str(tmp_path / "gold.jsonl")], standalone_mode=False)
    with pytest.raises(InputError, match=problem):
        raise result.exception


def test_gold_that_was_cut_short_when_it_was_packed_is_named(tmp_path) -> None:
    (tmp_path / "gold.jsonl.gz").write_bytes(gzip.compress(b'{"text": "a", "claims": []}\n' * 99)[:30])
    result = CliRunner().invoke(EVALUATE, [str(tmp_path / "gold.jsonl.gz")], standalone_mode=False)
    assert isinstance(result.exception, InputError)
