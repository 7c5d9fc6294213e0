"""Claims and judgements into states."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tracker.errors import OverlappingStatesError, UnknownPlaceError
from tracker.model import Claim, Judgement, Kind, PlaceIndex, State
from tracker.states.belief import Belief
from tracker.states.called import with_full_ids
from tracker.states.copies import cluster_copies
from tracker.states.decisions import decided
from tracker.states.evidence import Evidence, Says, fusible, names_a_part, of_its_part, weigh
from tracker.states.halflife import half_life_days
from tracker.states.joint import with_joint_holders
from tracker.states.judgements import Verdicts, apply_judgements
from tracker.states.moments import Moment
from tracker.states.reasons import with_besieged_parts
from tracker.states.segments import states_of
from tracker.states.siege import CREDIBLE, Siege
from tracker.states.silent import as_the_whole, held_by_the_besieged, held_until_relieved
from tracker.states.sources import SourceIndex, shipped_sources
from tracker.states.timing import put_on_time_line

__all__ = ["fuse", "fuse_place", "states_at", "with_place_fused_again"]


NEWS = dt.timedelta(days=30)  # what a report of this month calls besieged is so now; an older one tells of the past
WHOLE = frozenset({Says.HELD, Says.SHARED})


def fuse(
    claims: Iterable[Claim],
    *,
    places: PlaceIndex | None = None,
    known_by: dt.date | None = None,
    judgements: Sequence[Judgement] = (),
    sources: SourceIndex | None = None,
) -> list[State]:
    """
    Return who holds each place, and each named part of it, over half-open days.

    Unreal claims and what is only near a place are never fused. Reports are
    weighed by their source, their words and how surely they were read; copies
    count once. The order of the claims doesn't matter and repeating one changes
    nothing. See ``docs/method-states.md``.

    Parameters
    ----------
    claims
        Claims of any number of reports and places.
    places
        Gazetteer that tells what kind of place each is (how fast word of it
        goes stale); without it the claims' own `feature` is used.
    known_by
        Leave out what was published later, and what has no publication day.
    judgements
        What people decided; obeyed in the order in which they were signed.
    sources
        Who is trusted how far; the shipped list when None.

    Returns
    -------
    states
        Ordered by place id, part (the whole first) and first day.
    """
    verdicts = apply_judgements(claims, judgements, places=places)
    by_place: dict[str, list[Claim]] = defaultdict(list)
    for claim in fusible(with_full_ids(verdicts.claims), known_by):
        by_place[claim.place.place_id or ""].append(claim)
    states: list[State] = []
    for place_id in sorted(by_place):
        states.extend(fuse_place(by_place[place_id], places=places, verdicts=verdicts, sources=sources))
    return states


def fuse_place(
    claims: Sequence[Claim],
    *,
    places: PlaceIndex | None = None,
    verdicts: Verdicts | None = None,
    sources: SourceIndex | None = None,
) -> list[State]:
    """Return the states of one place from its claims, which must be fit for fusion; see `fuse`."""
    index = sources or shipped_sources()
    accepted = verdicts.accepted if verdicts else frozenset()
    weighed = [weigh(cluster, index, accepted) for cluster in cluster_copies(claims)]
    line = put_on_time_line(with_joint_holders(e for e in weighed if e is not None))
    half_life = half_life_days(claims, places)
    land = _Land.of(claims, places, index)
    moments = _walk(line, None, half_life, land)
    states = states_of(moments, part=None, half_life=half_life)
    for part in sorted({e.part for e in line if e.part is not None and names_a_part(e.part)}):
        of_part = _part_line(line, part, moments)
        moments_of_part = as_the_whole(_walk(of_part, part, half_life, land), moments)
        states.extend(states_of(moments_of_part, part=part, half_life=half_life))
    states = with_besieged_parts(states)
    on_states = verdicts.on_states.get(states[0].place_id, ()) if verdicts and states else ()
    return decided(states, on_states) if on_states else states


def with_place_fused_again(
    states: Iterable[State],
    claims: Iterable[Claim],
    place_id: str,
    *,
    places: PlaceIndex | None = None,
    known_by: dt.date | None = None,
    judgements: Sequence[Judgement] = (),
    sources: SourceIndex | None = None,
) -> list[State]:
    """
    Return states with those of one place made anew: what a new claim or judgement costs.

    Parameters
    ----------
    states
        As `fuse` returned them before.
    claims
        All claims of the place, the new one and those corrected to it among them; others are passed over.
    """
    others = [state for state in states if state.place_id != place_id]
    verdicts = apply_judgements(claims, judgements, places=places)
    told = with_full_ids(verdicts.claims, (side.actor for state in others for side in state.candidates))
    mine = [claim for claim in fusible(told, known_by) if claim.place.place_id == place_id]
    fresh = fuse_place(mine, places=places, verdicts=verdicts, sources=sources) if mine else []
    return sorted([*others, *fresh], key=lambda state: state.place_id)


def states_at(states: Iterable[State], on: dt.date) -> dict[tuple[str, str | None], State]:
    """
    Return the state of every place and part on one day of valid time.

    A place that no state covers is absent: silence is not the same as
    `Status.UNKNOWN`, which is a finding.

    Returns
    -------
    state_by_place_and_part
        The one covering state, keyed by place id and part (None: the whole), in the order of the states.

    Raises
    ------
    OverlappingStatesError
        If two states of the same place and part cover `on`.
    """
    found: dict[tuple[str, str | None], State] = {}
    for state in states:
        begun = state.valid_from is None or state.valid_from <= on
        if begun and (state.valid_to is None or on < state.valid_to):
            key = (state.place_id, state.part)
            if key in found:
                raise OverlappingStatesError(state.place_id, state.part, on.isoformat())
            found[key] = state
    return found


@dataclass(frozen=True, slots=True)
class _Land:
    """
    What the land of a place tells of its holder.

    Attributes
    ----------
    heirs
        Who is left with it when a side leaves it to nobody named: the state, by the foreign side that leaves.
    besieged
        Who holds it when nothing but a siege is told: the besieger's foe, or the state, by the besieger.
    """

    heirs: Mapping[str, str] = field(default_factory=dict)
    besieged: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, claims: Sequence[Claim], places: PlaceIndex | None, sources: SourceIndex) -> _Land:
        place_id = next((claim.place.place_id for claim in claims), None)
        if places is None or place_id is None:
            return cls()
        try:
            country = places.get(place_id).country
        except UnknownPlaceError:
            return cls()
        return cls(sources.heirs(country), sources.besieged_by(country)) if country is not None else cls()


def _walk(line: Sequence[Evidence], part: str | None, half_life: float, land: _Land) -> list[Moment]:
    """Run the filter over one time line and keep what was believed after each day and rank."""
    belief, siege = Belief(half_life, land.heirs), Siege()
    moments: list[Moment] = []
    alive, silent = False, True
    for (day, _), grouped in itertools.groupby(line, key=lambda e: (e.day, e.rank)):
        group = list(grouped)
        own = [e for e in group if not e.foreign]
        siege.step([e for e in group if e.foreign or e.part == part])
        siege.face(belief.side())
        if any(_ends_part(e, belief.side()) for e in group) and not own:
            # The whole place has a holder now, or its loser had the part: what was said of the part before is over.
            belief, alive, silent = Belief(half_life, land.heirs), False, True
            moments.append(Moment.closing(day))
            continue
        if own:
            before = belief.best()
            belief.step(day, own)
            holder = belief.best()
            won = holder != before and any(_has_all(e, holder, Kind.GAINS) for e in own)
            siege.lift(holder, taken=won, held=any(_has_all(e, holder, Kind.GAINS, Kind.HOLDS) for e in own))
            alive, silent = True, silent and all(e.says is Says.PRESENT for e in own)
        if alive:
            moment = replace(Moment.of(day, group, belief, siege, part), silent=silent)
            moments.append(held_by_the_besieged(moment, siege, land.besieged) if silent else moment)
    return held_until_relieved(moments)


def _ends_part(evidence: Evidence, holder: str | None) -> bool:
    """Tell whether what is said of the whole place ends what was said of a part of it, which `holder` had."""
    lost = evidence.says is Says.LOST and evidence.actor is not None and evidence.actor == holder
    return evidence.foreign and (evidence.says in WHOLE or lost)


def _is_lost_whole(evidence: Evidence) -> bool:
    """Tell whether a side is said to have lost all of a place, and so each part of it that was its own."""
    return evidence.says is Says.LOST and evidence.fraction is None and evidence.weight >= CREDIBLE


def _has_all(evidence: Evidence, holder: str, *kinds: Kind) -> bool:
    """Tell whether a holder took, or holds, all of a place or part: whoever was besieged in it is gone."""
    says = evidence.claim.kind in kinds and evidence.actor == holder and evidence.fraction is None
    return says and evidence.weight >= CREDIBLE


def _still_besieged(line: Sequence[Evidence], part: str, broken: dt.date) -> bool:
    """Tell whether reports of the days after a siege was broken still call a part besieged."""
    return any(
        e.siege is True
        and e.part == part
        and e.day <= broken
        and e.claim.published is not None
        and broken <= e.claim.published <= broken + NEWS
        for e in line
    )


def _part_line(line: Sequence[Evidence], part: str, whole: Sequence[Moment]) -> list[Evidence]:
    """Return the time line of a part: its own evidence, sieges of the whole, and days when the whole got a holder."""
    taken = {
        (m.day, e.claim.claim_id)
        for m in whole
        if m.is_held
        for e in m.group
        if e.says in WHOLE or (_is_lost_whole(e) and e.actor != m.holder)
    }
    found = []
    for e in line:
        if e.part == part:
            own = of_its_part(e)
            if own is not None:
                found.append(own)
        elif e.part is None and not e.implied:
            if e.siege is not None and not (e.siege is False and _still_besieged(line, part, e.day)):
                found.append(replace(e, says=Says.PRESENT, foreign=True))
            elif (e.day, e.claim.claim_id) in taken:
                found.append(replace(e, foreign=True))
    return found
