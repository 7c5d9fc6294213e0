"""Sides are found by name, by demonym and by the nouns that the theatre explains."""

import pytest

from tracker.claims.actors import ActorIndex

SYRIA = frozenset(["SY"])
IRAQ = frozenset(["IQ"])
UKRAINE = frozenset(["UA"])


@pytest.fixture(scope="module")
def actors() -> ActorIndex:
    return ActorIndex.load()


def sides(actors: ActorIndex, text: str, countries: frozenset[str] = frozenset()) -> list[tuple[str, str | None]]:
    return [(m.text, m.actor_id) for m in actors.find(text, countries=countries)]


def test_the_verb_is_never_the_islamic_state(actors: ActorIndex) -> None:
    assert sides(actors, "The dam is in IS hands.") == [("IS", "islamic_state")]


@pytest.mark.parametrize(
    ("countries", "side"), [(SYRIA, "syrian_government"), (IRAQ, "iraqi_government"), (UKRAINE, "ukraine")]
)
def test_the_army_is_the_army_of_the_theatre(actors: ActorIndex, countries: frozenset[str], side: str) -> None:
    assert sides(actors, "The army entered the town.", countries) == [("army", side)]


def test_an_adjective_before_a_participle_names_the_holder(actors: ActorIndex) -> None:
    (mention,) = actors.find("a rebel-held suburb", countries=SYRIA)
    assert (mention.text, mention.actor_id, mention.attributive) == ("rebel", "syrian_opposition", True)
