"""The sentences that a feature rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from tracker.layers.parts import normal_part
from tracker.model import Claim, ClaimQuote, Modality, State

__all__ = ["Quotes", "quote_of"]


def quote_of(claim: Claim, stance: str) -> ClaimQuote:
    """Return what a reader is shown of a claim; `stance` is ``for``, ``against`` or ``unreal``."""
    return ClaimQuote(
        claim_id=claim.claim_id,
        report_id=claim.report_id,
        quote=claim.quote,
        kind=str(claim.kind),
        actor=claim.actor,
        source=claim.source,
        published=claim.published,
        valid_time=claim.valid_time,
        url=claim.url,
        stance=stance,
    )


class Quotes:
    """
    Claims by id, and unreal claims by place.

    Parameters
    ----------
    claims
        All claims; those published after `known_by` are left out.
    """

    def __init__(self, claims: Iterable[Claim], known_by: dt.date | None) -> None:
        known = [c for c in claims if known_by is None or c.published is None or c.published <= known_by]
        self.claims: Mapping[str, Claim] = {c.claim_id: c for c in known}
        self._unreal: dict[str, list[Claim]] = {}
        for claim in self.claims.values():
            if claim.modality is Modality.UNREAL and claim.place.place_id is not None:
                self._unreal.setdefault(claim.place.place_id, []).append(claim)

    def of(self, state: State) -> tuple[ClaimQuote, ...]:
        """
        Return the quotes of a state: for it, against it, then what was said to be unreal in its time.

        An unreal claim belongs to a state of the same place, and of the same part when it
        names one, if its report came out while the state held.
        """
        shown = [(0, "for", self.claims[i]) for i in state.claim_ids if i in self.claims]
        shown += [(1, "against", self.claims[i]) for i in state.against_ids if i in self.claims]
        cited = {claim.claim_id for _, _, claim in shown}
        for claim in self._unreal.get(state.place_id, ()):
            if claim.claim_id not in cited and _same_part(claim.part, state.part) and _within(claim, state):
                shown.append((2, "unreal", claim))
        shown.sort(key=lambda s: (s[0], s[2].published or dt.date.min, s[2].claim_id))
        return tuple(quote_of(claim, stance) for _, stance, claim in shown)


def _same_part(said: str | None, part: str | None) -> bool:
    return said is None or (part is not None and normal_part(said) == normal_part(part))


def _within(claim: Claim, state: State) -> bool:
    day = claim.published or claim.valid_from
    if day is None:
        return True
    after = state.valid_from is None or day >= state.valid_from
    return after and (state.valid_to is None or day < state.valid_to)
