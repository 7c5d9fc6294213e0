"""Siege as its own fluent beside the holder: on or off, by whom, for a place or a part of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tracker.states.evidence import Evidence
from tracker.states.votes import combined_weight

__all__ = ["Siege"]

CREDIBLE = 0.2  # below this weight nothing is begun or ended


@dataclass(slots=True)
class Siege:
    """
    Whether a place or part is besieged after the last evidence.

    Attributes
    ----------
    on
        True besieged, False the siege is over, None: no word of a siege.
    besieger
        Who besieges, None when not said.
    inside
        Who is besieged there, or was until the siege was broken; None when not said.
    against
        Who held the place when the siege was laid.
    votes
        The evidence of the last change.
    """

    on: bool | None = None
    besieger: str | None = None
    inside: str | None = None
    against: str | None = None
    votes: tuple[Evidence, ...] = field(default=())

    def step(self, group: Sequence[Evidence]) -> None:
        """Take in the evidence of one day; what is said of the part itself outweighs what is said of the whole."""
        said = [e for e in group if e.siege is not None]
        own = [e for e in said if not e.foreign]
        chosen = own or said
        laid = [e for e in chosen if e.siege]
        broken = [e for e in chosen if not e.siege]
        weight_laid = combined_weight(e.weight for e in laid)
        weight_broken = combined_weight(e.weight for e in broken)
        if max(weight_laid, weight_broken) < CREDIBLE:
            return
        # "Trapped under siege for two years" and "broke the siege today" stand in one report: the event is the news.
        if broken and weight_broken >= weight_laid / 2:
            besieger = self.besieger if self.on else None
            self.inside = _named(e.actor for e in broken if _relieved(e, besieger)) or self.inside
            self.on, self.votes = False, tuple(broken)
        else:
            again = self.on is True
            self.besieger = _named(e.besieger for e in laid) or (self.besieger if again else None)
            self.inside = _named(e.actor for e in laid) or (self.inside if again else None)
            self.on, self.votes = True, tuple(laid)

    def face(self, holder: str | None) -> None:
        """Remember who held the place when the siege was laid, or is first known to hold it after."""
        if not self.on:
            self.against = None
        elif self.against is None:
            self.against = self.inside or holder

    def lift(self, holder: str, *, taken: bool, held: bool) -> None:
        """
        End the siege when the besieged no longer hold the place.

        That is when the besieger holds it, when anybody has just taken it (`taken`), and when a side is
        said to hold all of it (`held`) that was not the one besieged.
        """
        gone = held and self.against is not None and holder != self.against
        if self.on and (holder == self.besieger or taken or gone):
            self.on, self.against, self.votes = False, None, ()


def _relieved(e: Evidence, besieger: str | None) -> bool:
    """Tell whether who ended a siege was not the besieger itself, which may do so as well."""
    laid_by = e.claim.counter_actor or besieger
    return laid_by is not None and laid_by != e.actor


def _named(sides: Iterable[str | None]) -> str | None:
    """Return the side that is named; of several the first in alphabetical order."""
    return min((side for side in sides if side is not None), default=None)
