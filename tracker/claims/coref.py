"""
What the text has spoken of so far: who "they" are, beside the places of `place_memory`.

Nearest first, the grammatical subject before others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from tracker.claims.actors.camps import Camps
from tracker.claims.entities import Entity
from tracker.claims.place_memory import PlaceMemory, PlaceRef
from tracker.claims.records import record
from tracker.claims.roles.voices import Voices
from tracker.claims.words import words

__all__ = ["UNNAMED", "Discourse", "SeenActor", "entity_ref"]

UNNAMED = frozenset({"other:rebels", "other:insurgents", "other:separatists", "other:guerrillas", "other:mutineers"})
_UNITS = words("coref", "units")
_JOINED = 2  # tokens apart: with "and" between
_BESIDE = 1  # sentences before one that only tells whose ground is
_FAR = 12  # sentences over which a definite noun may look back; longer chains are chance


@record(kw_only=False)
class SeenActor:
    """
    A side that the text has named, and where.

    Attributes
    ----------
    main
        Whether it is the subject of the main clause, not of one that tells when or why.
    aside
        Whether it is only told whose some ground is: "rebel-held areas".
    """

    actor_id: str
    text: str
    sentence: int
    position: int
    subject: bool
    main: bool = False
    aside: bool = False

    @property
    def plural(self) -> bool:
        """Whether the words are a plural: "they" rather than "it"."""
        last = self.text.split()[-1]
        return (last.islower() and last.endswith("s")) or last in words("coref", "plural")


@dataclass(slots=True)
class Discourse(PlaceMemory):
    """
    Memory of one report, fed sentence by sentence: its places and its sides.

    Attributes
    ----------
    grounds
        Countries that each listed side fights in.
    states
        Sides that are the forces of a state: no "group" means them.
    camps
        Who fights for the same cause.
    leaders
        The side of each person who leads one, by name in lower case.
    persons
        Where the text names those who lead a side: number of the sentence, offset, side.
    told_of
        Every side that the words of the report name by themselves, in order.
    title_side
        Tells the one side that the title names ("the 2023 Dolnan counteroffensive"), None where it is not one.
    voices
        Who has spoken so far, and for which side.
    ground_of
        The place that each side was last told to have, and in which sentence.
    taker
        Who was last told to take ground, and in which sentence.
    trees
        Whether sentences are parsed: windows of words tell too little of what a sentence leaves out.
    """

    grounds: Mapping[str, frozenset[str]] = field(default_factory=dict)
    states: frozenset[str] = frozenset()
    camps: Camps = field(default_factory=Camps)
    leaders: Mapping[str, str] = field(default_factory=dict)
    persons: Sequence[tuple[int, int, str]] = ()
    told_of: Sequence[SeenActor] = ()
    title_side: Callable[[], str | None] = lambda: None
    seen_actors: list[SeenActor] = field(default_factory=list)
    voices: Voices = field(default_factory=Voices)
    ground_of: dict[str, tuple[PlaceRef, int]] = field(default_factory=dict)
    taker: tuple[str, int] | None = None
    trees: bool = True

    def see_actor(self, actor: SeenActor) -> None:
        """Remember a side that the text names."""
        self.seen_actors.append(actor)

    def leader_before(self, sentence: int, offset: int) -> str | None:
        """Return the side of the leader named last before an offset, from a sentence on: whose "his forces" are."""
        before = [who for who in self.persons if who[0] >= sentence and who[1] < offset]
        return before[-1][2] if before else None

    def see_named(self, entity: Entity, sentence: int, position: int, *, subject: bool = False) -> None:
        """Remember a side from its entity, in a sentence that nobody parsed."""
        if entity.actor is not None and entity.actor.actor_id is not None:
            self.see_actor(SeenActor(entity.actor.actor_id, entity.text, sentence, position, subject=subject))

    def actor_for(  # noqa: PLR0913
        self,
        here: Sequence[SeenActor],
        *,
        sentence: int,
        position: int,
        among: Sequence[str] = (),
        avoid: str | None = None,
        subject_first: bool = True,
        plural: bool | None = None,
        country: str | None = None,
        group: bool = False,
    ) -> SeenActor | None:
        """
        Return the side that a pronoun or common noun means.

        Parameters
        ----------
        here
            Sides of the sentence at hand.
        among
            Actor ids that fit; empty: any.
        avoid
            An actor id that it can't be, such as the other side of the same verb.
        plural
            Whether several are meant ("they"); None when the word does not tell.
        subject_first
            Whether the subject of a sentence goes before whoever stands nearer.
        country
            Where the place lies that it is about: a side that fights elsewhere is meant only when nobody else is.
        group
            Whether the word is "group" or its like, which no state's forces are.
        """
        ask = partial(
            self._nearest, here, sentence=sentence, position=position, subject_first=subject_first, plural=plural
        )

        def fits(actor: SeenActor) -> bool:
            wanted = (not among or actor.actor_id in among) and actor.actor_id != avoid
            return wanted and not (group and actor.actor_id in self.states)

        def at_home(actor: SeenActor) -> bool:
            return fits(actor) and (actor.actor_id in self.states or self.fights_in(actor.actor_id, country))

        found = (ask(at_home) if country else None) or ask(fits)
        if found is None or not found.aside:
            return found
        acting = ask(lambda actor: not actor.aside and (at_home(actor) if country else fits(actor)))
        return acting if acting is not None and found.sentence - acting.sentence <= _BESIDE else found

    def named_after_all(self) -> dict[str, str]:
        """
        Return whom "rebels" mean whom the text names later: the one side of it that is no state's.

        Of several the first one that is named behind them: "Leftist rebels took X. The LFM, which … The militia YKL …".
        """
        named = list(dict.fromkeys(actor.actor_id for actor in self.seen_actors if actor.actor_id not in self.states))
        unnamed = [side for side in named if self._is_unnamed(side)]
        if not unnamed or len(unnamed) == len(named):
            return {}
        groups = [side for side in named if side not in unnamed]
        after = [side for side in groups if named.index(side) > named.index(unnamed[0]) and self._is_group(side)]
        whose = groups[0] if len(groups) == 1 else next(iter(after), None)
        return dict.fromkeys(unnamed, whose) if whose is not None else {}

    def side_named_later(
        self, sentence: int, position: int, country: str | None, avoid: str | None
    ) -> SeenActor | None:
        """Return the first side named from here on that is no state's and may fight in a country."""
        for actor in self.told_of:
            here = (actor.sentence, actor.position) > (sentence, position)
            if here and actor.actor_id != avoid and self._is_group(actor.actor_id, country):
                return actor
        return None

    def _is_unnamed(self, actor_id: str) -> bool:
        """Tell whether a side is only called what it is: "other:rebels", "other:morlan guerrillas"."""
        return actor_id in UNNAMED or (actor_id not in self.grounds and f"other:{_noun(actor_id)}" in UNNAMED)

    def _is_group(self, actor_id: str, country: str | None = None) -> bool:
        """Tell whether a side has a name and is neither a state's, nor a unit, nor a union of states."""
        no_group = actor_id in self.states or self._is_unnamed(actor_id) or _noun(actor_id) in _UNITS
        return not no_group and self.fights_in(actor_id, country)

    def fights_in(self, actor_id: str, country: str | None) -> bool:
        """Tell whether a side may fight in a country: nobody knows it of sides that no file lists."""
        return country is None or actor_id not in self.grounds or country in self.grounds[actor_id]

    def _nearest(
        self,
        here: Sequence[SeenActor],
        fits: Callable[[SeenActor], bool],
        *,
        sentence: int,
        position: int,
        subject_first: bool,
        plural: bool | None,
    ) -> SeenActor | None:
        before = [actor for actor in here if actor.position < position and fits(actor)]
        if plural and len({actor.actor_id for actor in before}) > 1:
            before = [actor for actor in before if actor.plural] or before
        if before:
            subjects = [actor for actor in before if actor.subject]
            return (subjects or before)[-1] if subject_first else before[-1]
        for back in range(1, _FAR):
            told = [actor for actor in self.seen_actors if actor.sentence == sentence - back and fits(actor)]
            if told:
                subjects = [actor for actor in told if actor.main] or [actor for actor in told if actor.subject]
                return _first_joined(subjects or told) if subject_first else told[-1]
        return None


def _noun(actor_id: str) -> str:
    """Return the last word of a side, its short form where it has one."""
    return actor_id.rsplit(":", 1)[-1].rsplit(" ", 1)[-1].strip("()")


def _first_joined(actors: Sequence[SeenActor]) -> SeenActor:
    """Return the last side, or the first of those that stand joined with it: "US and UK forces"."""
    k = len(actors) - 1
    while k and actors[k].sentence == actors[k - 1].sentence and actors[k].position - actors[k - 1].position <= _JOINED:
        k -= 1
    return actors[k]


def entity_ref(entity: Entity) -> PlaceRef:
    """Return an entity of the text as a place."""
    return PlaceRef(entity.text, entity.start, entity.end, entity.resolution)
