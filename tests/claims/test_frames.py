"""The frames file: its own examples on both back ends, and what a broken file is told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tracker.claims.frames import load_frames, read_frames
from tracker.claims.parsing.model_loader import load_model
from tracker.claims.roles.otherwise import Otherwise
from tracker.errors import InputError
from tracker.model import Modality

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import MARK, SIDES, read

FRAMES = load_frames()
POSITIVE = [(frame, example) for frame in FRAMES.frames for example in frame.positive]
NEGATIVE = [(frame, example) for frame in FRAMES.frames for example in frame.negative]
BACKENDS = ["window"] + (["dependency"] if load_model() is not None else [])


def wanted(marked: str, mark: str) -> str | None:
    return SIDES[mark] if any(kind == mark for kind, _ in MARK.findall(marked)) else None


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(("frame", "example"), POSITIVE, ids=lambda value: getattr(value, "frame_id", None))
def test_a_frame_reads_its_own_examples(frame, example, backend) -> None:
    if backend == "window" and not example.windows:
        pytest.skip("the file says that windows do not reach this one")
    place = next(words for kind, words in MARK.findall(example.text) if kind == "P")
    actor, counter = wanted(example.text, "A"), wanted(example.text, "C")
    kind = "loses" if frame.kind == "gains" and actor is None and counter else frame.kind
    found = [
        (c.kind, c.actor, c.place.text) for c in read(example.text, backend=backend) if c.modality is Modality.ASSERTED
    ]
    assert (kind, actor or (counter if kind == "loses" else None), place) in found


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(("frame", "example"), NEGATIVE, ids=lambda value: getattr(value, "frame_id", None))
def test_a_frame_stays_silent_on_its_negative_examples(frame, example, backend) -> None:
    claims = [c for c in read(example.text, backend=backend) if c.modality is not Modality.UNREAL]
    assert [c for c in claims if c.rule == frame.frame_id and c.kind == frame.kind] == []


def test_every_frame_has_an_example_or_says_nothing_new() -> None:
    bare = [frame.frame_id for frame in FRAMES.frames if not frame.positive]
    assert bare == [
        "claim-place",  # what is claimed is hedged
        "follow",
        "come-next",
        "beat-back",
        "place-holds-out",
        "occupied-land",  # by whom, tells the war (test_invaded_countries.py)
        "break-through-siege",
        "return",
        "come-back",
    ]  # return needs an entry (test_town_entries.py), two need what was told before (test_campaign_histories.py)


def test_forms_of_verbs_are_spelled_as_english_spells_them() -> None:
    assert FRAMES.verb_forms["overran"] == (("overrun", "VBD"),)
    assert ("occupy", "VBD") in FRAMES.verb_forms["occupied"]
    assert ("encircle", "VBG") in FRAMES.verb_forms["encircling"]
    assert ("withdraw", "VBN") in FRAMES.verb_forms["withdrawn"]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda text: text.replace('kind = "gains"', 'kind = "grabs"', 1), "grabs"),
        (lambda text: text.replace('place = ["object"]', 'place = ["objekt"]', 1), "objekt"),
        (lambda text: text.replace('id = "fall"', 'id = "capture"', 1), "capture"),
        (lambda text: text.replace("prior = 0.9", "prior = 9", 1), "prior"),
        (lambda text: text.replace('id = "capture"', 'idd = "capture"', 1), "idd"),
        (lambda text: text + "[", "not a file of frames"),
    ],
)
def test_a_broken_file_of_frames_is_refused_by_name(change, problem, tmp_path) -> None:
    source = Path(__file__).parents[2] / "data" / "frames" / "en.toml"
    broken = tmp_path / "en.toml"
    broken.write_text(change(source.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(InputError, match=problem) as caught:
        read_frames(broken)
    assert str(broken) in str(caught.value)


def test_what_is_asked_of_a_trigger_is_asked_for_a_frame_that_there_is() -> None:
    ids = {frame.frame_id for frame in load_frames().frames}
    assert {*Otherwise._asked, *Otherwise._asked_of_nouns} <= ids
