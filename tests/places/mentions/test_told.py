"""What is told behind a name tells a town from a person of that name."""

import pytest

from tracker.places.lexicon import lexicon
from tracker.places.mentions.told import FARTHEST, Teller

TELLER = Teller(lexicon())


@pytest.mark.parametrize(
    "behind",
    [
        ", a railway junction, fell",
        ", an important mining town in the east",
        ", the capital of the islands.",
        ", the second-largest city,",
        ", once a quiet resort by the sea",
        ", one of the last strongholds of the group",
        " is a strategic crossroads.",
        " was then a small fishing port on the gulf",
        " remains the rebels\u2019 last bastion",
    ],
)
def test_what_is_called_by_a_kind_of_place_is_one(behind) -> None:
    assert TELLER.sign(behind) == "apposed"


@pytest.mark.parametrize(
    "behind",
    [
        ", a port worker, was",
        ", a village elder, said",
        ", a captain in the town of",
        ", the area manager,",
        " is a country singer",
        ", the head of a district council",
        " was a city councillor",
        ", the rebels said",
        " was captured in Homs",
        " was seized near Tabqa on",
        " had been abandoned by her",  # what befalls people is weighed little, see below
        " fell to his knees",
        " fell ill",
        " fell to the ground",
        " has fallen in love",
        " is under pressure",
        " was under control",
        " lies to the police",
        " was taken to hospital",
        " lay on the floor",
        " has captured",
    ],
)
def test_what_is_told_of_a_person_tells_of_no_place(behind) -> None:
    assert TELLER.sign(behind) in {None, "peril_after"}
    assert TELLER.sign(behind) is None or "abandoned" in behind


@pytest.mark.parametrize(
    "behind",
    [
        " was retaken on Sunday",
        " has since been recaptured",
        " had finally been overrun",
        " is still besieged",
        " remains partly encircled",
        " was being shelled",
        " changed hands twice",
        " has changed hands",
        " is under siege",
        " came under heavy bombardment",
        " has been under rebel control",
        " lies in the valley",
        " lies 12 km west",
        " lay astride the road",
        " stands just north of the river",
        " was in ruins",
    ],
)
def test_what_befalls_places_alone_tells_of_one(behind) -> None:
    assert TELLER.sign(behind) == "fate_after"


@pytest.mark.parametrize(
    "behind",
    [
        " was captured on Sunday",
        " was captured in May",
        " was seized by gunmen",
        " was taken by the army",
        " fell to the rebels",
        " fell on 3 June",
        " fell without a fight",
        " has fallen.",
        " is surrounded",
    ],
)
def test_what_befalls_people_too_tells_less(behind) -> None:
    assert TELLER.sign(behind) == "peril_after"


def test_no_more_is_read_than_the_line_behind_the_name() -> None:
    assert TELLER.sign_at("Homs, a\nsmall town.", 4) is None
    assert TELLER.sign_at(f"Homs, a {'very ' * 20}small town.", 4) is None
    assert FARTHEST < 100
