"""Which sides fight for the same cause, and which of them is at home where a place lies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tracker.model import Actor

__all__ = ["Camps"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Camps:
    """
    The camps of the sides that files list; anybody else is a camp of his own.

    Attributes
    ----------
    of_side
        The camp of each side.
    states
        The country whose state a side is.
    grounds
        The countries that each side fights in.
    """

    of_side: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)
    grounds: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, actors: Iterable[Actor], grounds: Mapping[str, frozenset[str]], lands: Mapping[str, str] | None = None
    ) -> Camps:
        """Return the camps of listed sides; `lands` are the countries of states that no file lists."""
        listed = list(actors)
        return cls(
            of_side={actor.actor_id: actor.bloc or actor.actor_id for actor in listed},
            states={
                **(lands or {}),
                **{actor.actor_id: actor.state_of for actor in listed if actor.state_of is not None},
            },
            grounds=grounds,
        )

    def camp(self, actor_id: str) -> str:
        """Return the camp of a side."""
        return self.of_side.get(actor_id, actor_id)

    def at_home(self, country: str | None) -> str | None:
        """Return the side that is the state of a country, None where none is known."""
        return next((side for side, land in self.states.items() if land == country), None)

    def other(self, actor_id: str, named: Iterable[str]) -> str | None:
        """Return the side named last that stands against a side, None when it is not the only other camp."""
        own = self.camp(actor_id)
        others = [one for one in named if self.camp(one) != own]
        return others[-1] if len({self.camp(one) for one in others}) == 1 else None

    def against(self, actor_id: str, named: Iterable[str], country: str | None) -> str | None:
        """Return who stands against a side: whom the text names, the state at home first, else who alone does so."""
        told = list(named)
        other = self.other(actor_id, told)
        own = self.camp(actor_id)
        home = self.at_home(country)
        if other is None or home is None or self.camp(home) == own:
            return other if other is not None else self._alone_against(actor_id, told, country)
        return home if self.camp(home) == self.camp(other) or self.from_abroad(other, country) else other

    def _alone_against(self, actor_id: str, told: list[str], country: str | None) -> str | None:
        """Return the state that alone stands against a side in a country, where the text names nobody else."""
        own = self.camp(actor_id)
        if any(self.camp(one) != own for one in told) or country is None:
            return None
        rivals = [side for side, lands in self.grounds.items() if country in lands and self.camp(side) != own]
        if country not in self.grounds.get(actor_id, ()) or len({self.camp(side) for side in rivals}) != 1:
            return None
        return next((side for side in rivals if side in self.states), None)

    def invaded(self, named: Iterable[str], country: str | None) -> tuple[str, str] | None:
        """
        Return who is at home and who invades, where a country's state fights another state's camp and nobody else.

        One of the two may be left unnamed where only one camp stands against the other in that country.

        Parameters
        ----------
        named
            The sides of a text, in the order in which it names them.
        country
            ISO 3166-1 alpha-2 code of where a place lies.
        """
        told = list(named)
        home = self.at_home(country)
        if home is None or country is None or not told:
            return None
        camps = {self.camp(one) for one in told} - {self.camp(home)}
        foreign = self.against(home, told, country)
        if foreign is None or camps - {self.camp(foreign)}:
            return None
        return (home, foreign) if self.from_abroad(foreign, country) else None

    def from_abroad(self, actor_id: str, country: str | None) -> bool:
        """Tell whether a side fights for a state, its own or an ally's, other than that of a country."""
        camp = self.camp(actor_id)
        return any(self.camp(side) == camp and land != country for side, land in self.states.items())
