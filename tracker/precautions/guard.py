"""Precautions applied: what may be shown of claims, states and layers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tracker.errors import UsageError
from tracker.model import (
    Claim,
    Judgement,
    Layer,
    LayerFeature,
    LayerLine,
    Modality,
    PlaceIndex,
    Report,
    State,
    StateTarget,
    mention_target,
)
from tracker.precautions.coarsening import CoarsePlaces, coarse_claim
from tracker.precautions.suppression import Suppression, Words, all_below

__all__ = ["Guard", "Precautions"]

_COARSEST_KM = 500.0  # a cell of that size is a country
_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Precautions:
    """
    What a publisher holds back, the same for every output.

    Attributes
    ----------
    embargo_days
        Reports and days younger than this are left out, counted back from `--known-by`, else `--on`,
        else the newest report; never from the clock. None holds nothing back.
    coarsen_km
        Side of the grid to which coordinates are rounded; None leaves them.
    suppression
        What must not be shown at all; None hides nothing.
    last_day
        The embargo's last day where it was counted already, as a server does once for all answers.

    Raises
    ------
    UsageError
        If days or kilometres are no such number.
    """

    embargo_days: int | None = None
    coarsen_km: float | None = None
    suppression: Suppression | None = None
    last_day: dt.date | None = None

    def __post_init__(self) -> None:
        if self.embargo_days is not None and self.embargo_days < 0:
            raise UsageError(f"an embargo of {self.embargo_days} days can't be. Give --embargo 0 or more.")
        if self.coarsen_km is not None and not 0 < self.coarsen_km <= _COARSEST_KM:
            raise UsageError(f"coordinates can't be coarsened to {self.coarsen_km:g} km. Give 0 < KM <= 500.")

    def __bool__(self) -> bool:
        return self != Precautions()

    def notes(self) -> tuple[str, ...]:
        """Return what a reader must be told: that something is held back, never what."""
        told = []
        if self.embargo_days is not None:
            told.append(f"The last {self.embargo_days} days are held back.")
        if self.coarsen_km is not None:
            told.append(f"Coordinates are rounded to a grid of {self.coarsen_km:g} km.")
        if self.suppression is not None:
            told.append("Some places or sentences are withheld.")
        return tuple(told)

    def check_inputs(self, *, states: bool, layer: bool) -> None:
        """
        Stop where what is given was made already and can no longer be guarded.

        Raises
        ------
        UsageError
            If an embargo meets states or a layer, or a grid meets a layer.
        """
        if self.embargo_days is not None and (states or layer):
            raise UsageError("--embargo needs the claims alone: states are fused already. Give --claims only.")
        if self.coarsen_km is not None and layer:
            raise UsageError("--coarsen needs claims or states: a layer is drawn already. Give --claims.")


class Guard:
    """
    Precautions for one set of claims.

    Parameters
    ----------
    precautions
        What to hold back.
    places
        Knows every place of the claims.
    claims
        All that are known; needed to find the newest report, and how texts spell what is hidden.
    on, known_by
        As asked for.

    Attributes
    ----------
    claims
        Those that may be shown, without what must not be.
    places
        The index, coarse when that is asked for.
    on, known_by
        As asked for, but not after the embargo's last day.
    cutoff
        The embargo's last day, None without an embargo or without any date.
    """

    def __init__(
        self,
        precautions: Precautions,
        places: PlaceIndex,
        claims: Sequence[Claim],
        *,
        on: dt.date | None = None,
        known_by: dt.date | None = None,
    ) -> None:
        self._precautions = precautions
        self._exact = places
        self._hidden = precautions.suppression or Suppression()
        self._hides: dict[str, bool] = {}
        km = precautions.coarsen_km
        self.places: PlaceIndex = places if km is None else CoarsePlaces(places, km)
        self.cutoff = self._cutoff(claims, on=on, known_by=known_by)
        self.on, self.known_by = self._by(on), known_by
        if self.cutoff is not None:
            self.known_by = self.cutoff if known_by is None else min(known_by, self.cutoff)
        self._words = self._words_of(claims)
        self._withheld = {c.claim_id for c in claims if c.claim_id in self._hidden.claims or self._is_hidden(c)}
        self.claims = [self._shown(c) for c in claims if c.claim_id not in self._withheld and not self._too_young(c)]

    def shown_of(self, claims: Iterable[Claim]) -> list[Claim]:
        """Return the same claims as they were before anybody judged them, for fusion: those that may be shown."""
        kept = {c.claim_id for c in self.claims}
        return [self._shown(c) for c in claims if c.claim_id in kept and not self._is_hidden(c)]

    def states(self, states: Iterable[State]) -> list[State]:
        """
        Return the states that may be shown.

        A state of a hidden place goes, and one that rests on a withheld claim; under an embargo
        nothing begins after its last day, and what would end after it is still open.
        """
        gone = self._withheld | self._hidden.claims
        shown = []
        for state in states:
            rests = {*state.claim_ids, *state.against_ids}
            named = self._words.within(state.part)
            if named or self._hides_place(state.place_id) or not gone.isdisjoint(rests):
                continue
            if self.cutoff is not None and state.valid_from is not None and state.valid_from > self.cutoff:
                continue
            ends = None if self._after(state.valid_to) else state.valid_to
            shown.append(replace(self._words.scrubbed_state(state), valid_to=ends))
        return shown

    def judgements(self, judgements: Iterable[Judgement]) -> list[Judgement]:
        """
        Return the judgements that may be shown and obeyed.

        They are those of claims that may be shown and of their mentions, those of states of places that are not
        hidden, and what undoes one of these.
        """
        targets = {c.claim_id for c in self.claims} | {mention_target(c.report_id, c.place.start) for c in self.claims}
        shown = []
        for judgement in judgements:
            if judgement.target in targets or self._shows_state(judgement.target):
                targets.add(judgement.judgement_id)
                shown.append(self._words.scrubbed_judgement(judgement))
        return shown

    def reports(self, reports: Iterable[Report]) -> list[Report]:
        """Return the reports that may be shown, without their texts and what else comes with them."""
        return [
            self._words.scrubbed_report(report)
            for report in reports
            if report.report_id not in self._hidden.reports
            and (self.cutoff is None or (report.published is not None and report.published <= self.cutoff))
        ]

    def layer(self, layer: Layer) -> Layer:
        """Return a layer without hidden places and words, and with a note on what is held back."""
        features = [self._feature(f) for f in layer.features if not self._hides_record(f)]
        lines = [self._line(n) for n in layer.lines if not self._hides_record(n)]
        last = layer.end if self.cutoff is None or layer.on is not None else self.cutoff
        return replace(
            layer,
            end=last,
            features=tuple(features),
            lines=tuple(lines),
            notes=tuple(dict.fromkeys([*layer.notes, *self._precautions.notes()])),
        )

    def _cutoff(self, claims: Sequence[Claim], *, on: dt.date | None, known_by: dt.date | None) -> dt.date | None:
        days = self._precautions.embargo_days
        if days is None:
            return None
        if self._precautions.last_day is not None:
            return self._precautions.last_day
        stands = known_by or on or _newest(claims)
        if stands is None:
            if claims:
                raise UsageError("--embargo counts back from a day, and no report is dated. Give --known-by DATE.")
            return None
        return stands - dt.timedelta(days=days)

    def _by(self, day: dt.date | None) -> dt.date | None:
        return self.cutoff if day is not None and self._after(day) else day

    def _after(self, day: dt.date | None) -> bool:
        return self.cutoff is not None and day is not None and day > self.cutoff

    def _too_young(self, claim: Claim) -> bool:
        """Return whether an embargo holds a claim back; what has no date at all may be of today."""
        if self.cutoff is None:
            return False
        if claim.published is None:
            return claim.valid_to is None or self._after(claim.valid_to - _ONE_DAY)
        return self._after(claim.published) or self._after(claim.valid_from)

    def _shows_state(self, target: str) -> bool:
        state = StateTarget.read(target)
        if state is None or self._hides_place(state.place_id) or self._words.within(state.part):
            return False
        return not self._after(state.bounds.start)

    def _is_hidden(self, claim: Claim) -> bool:
        named = self._words.within(claim.part)  # a quarter that bears the name of what is hidden
        return named or claim.report_id in self._hidden.reports or self._hides_place(claim.place.place_id)

    def _hides_place(self, place_id: str | None) -> bool:
        if place_id is None or not self._hidden.places:
            return False
        if place_id not in self._hides:
            self._hides[place_id] = self._hidden.hides_place(place_id, self._exact)
        return self._hides[place_id]

    def _hides_record(self, record: LayerFeature | LayerLine) -> bool:
        quoted = {q.claim_id for q in record.claims}
        reports = {q.report_id for q in record.claims}
        return (
            self._hides_place(record.place_id)
            or self._words.within(record.part)
            or not self._hidden.claims.isdisjoint(quoted)
            or not self._hidden.reports.isdisjoint(reports)
        )

    def _words_of(self, claims: Iterable[Claim]) -> Words:
        below = all_below(self._hidden.places, self._exact)
        spellings = {c.place.text for c in claims if self._hides_place(c.place.place_id)}
        return Words.of(self._hidden, below, spellings)

    def _shown(self, claim: Claim) -> Claim:
        claim = self._words.scrubbed_claim(claim)
        km = self._precautions.coarsen_km
        return claim if km is None else coarse_claim(claim, km)

    def _feature(self, feature: LayerFeature) -> LayerFeature:
        holder = self._words.scrubbed_actor(feature.holder)
        return replace(
            feature,
            holder=holder,
            holder_name=self._words.scrubbed(feature.holder_name),
            sides=tuple(self._words.scrubbed_actor(side) or "" for side in feature.sides),
            besieged_by=self._words.scrubbed_actor(feature.besieged_by),
            reason=self._words.scrubbed(feature.reason) or "",
            claims=tuple(map(self._words.scrubbed_quote, feature.claims)),
        )

    def _line(self, line: LayerLine) -> LayerLine:
        return replace(
            line,
            actor=self._words.scrubbed_actor(line.actor),
            actor_name=self._words.scrubbed(line.actor_name),
            target=self._words.scrubbed_actor(line.target),
            claims=tuple(map(self._words.scrubbed_quote, line.claims)),
        )


def _newest(claims: Iterable[Claim]) -> dt.date | None:
    """Return the newest day of publication; without any, the newest day that a real claim is sure to speak of."""
    told = list(claims)
    published = max((c.published for c in told if c.published), default=None)
    spoken = (c.valid_from for c in told if c.valid_from and c.modality is not Modality.UNREAL)
    return published or max(spoken, default=None)
