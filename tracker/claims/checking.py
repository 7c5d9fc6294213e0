"""Whether a claim stands on its report: spans verbatim, place and sides known, times and numbers in range."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from tracker.claims.actors.index import ActorIndex, ActorMention
from tracker.claims.extract import Located
from tracker.claims.making import bounds_of, told_too_early
from tracker.claims.topic import theatre_of
from tracker.model import Claim, ClaimPlace, Kind, Modality, Report, Resolution, claim_id_of

__all__ = ["ClaimChecker"]


class ClaimChecker:
    """
    Checks what an extractor claims of one report.

    Parameters
    ----------
    located
        The report with its places.
    identity
        What must stand in each claim's `extractor`; claims that leave it empty are given it.
    locate
        Finds the places of a stretch of text, for quotes whose place the report's own places lack.
    """

    def __init__(
        self,
        located: Located,
        actors: ActorIndex,
        *,
        identity: str,
        locate: Callable[[Report], Sequence[Resolution]],
    ) -> None:
        self._report = located.report
        self._resolutions = [place for place in located.resolutions if place.place_id is not None]
        self._actors = actors
        self._listed = frozenset(actors)
        self._identity = identity
        self._locate = locate
        countries = theatre_of(located.resolutions, located.title_places, {})
        self._mentions = actors.find(self._report.text, on=self._report.published, countries=countries)
        self._by_quote: dict[str, list[Resolution]] = {}

    def problem(self, claim: Any) -> str | None:
        """Return why a claim can't be let through, None when it can."""
        if not isinstance(claim, Claim) or not isinstance(claim.place, ClaimPlace):
            return "this is no claim"
        for check in (self._spans, self._kind, self._place, self._sides, self._time, self._numbers):
            reason = check(claim)
            if reason is not None:
                return reason
        return None

    def stamped(self, claim: Claim) -> Claim:
        """Return a claim that passed with its id, its report's source and the bounds of its time."""
        bounds = bounds_of(claim.valid_time) or (None, None)
        report = self._report
        claim = replace(
            claim, extractor=self._identity, valid_from=bounds[0], valid_to=bounds[1], published=report.published,
            source=report.source, url=report.url, title=report.title,
        )  # fmt: skip
        claim = told_too_early(claim, report.published)
        return replace(claim, claim_id=claim_id_of(claim))

    def place_at(self, start: int, end: int, quote_start: int, quote_end: int) -> Resolution | None:
        """
        Return what ``text[start:end]`` was resolved to, in the report or, failing that, in the quote alone.

        Countries and names that no gazetteer knows are None.
        """
        found = _over(self._resolutions, start, end)
        if found is None and quote_start <= start and end <= quote_end:
            found = _over(self._places_of(quote_start, quote_end), start - quote_start, end - quote_start)
        if found is None or (found.feature or "").startswith(("PCL", "CONT")):
            return None
        return found

    def side_problem(self, actor: str, words: str | None) -> str | None:
        """Return why a side can't be the one that the text means by these words, None when it can."""
        if actor not in self._actors:
            return f"no actor {actor!r} is known"
        if actor.startswith("other:") and actor not in self._listed:
            name = actor.removeprefix("other:")
            return None if name and name in self._report.text.casefold() else f"no {name!r} stands in the text"
        named = [m for m in self._mentions if _meant(m, actor)]
        if not named:
            return f"the text names nobody who may be {actor!r}"
        if words is None:
            return None
        inside = [m for m in self._mentions if m.text.casefold() in words.casefold() and (m.actor_id or m.candidates)]
        if inside and not any(_meant(m, actor) for m in inside):
            return f"{words!r} is not {actor!r}"
        return None

    def _places_of(self, start: int, end: int) -> list[Resolution]:
        quote = self._report.text[start:end]
        if quote not in self._by_quote:
            alone = replace(self._report, text=quote, title=None)
            self._by_quote[quote] = [place for place in self._locate(alone) if place.place_id is not None]
        return self._by_quote[quote]

    def _spans(self, claim: Claim) -> str | None:
        text, place = self._report.text, claim.place
        if claim.report_id != self._report.report_id:
            return "it is of another report"
        if not claim.quote or not _verbatim(text, claim.quote, claim.quote_start, claim.quote_end):
            return "the quote does not stand in the text where it is said to"
        if not place.text or not _verbatim(text, place.text, place.start, place.end):
            return "the place does not stand in the text where it is said to"
        for words in (claim.actor_text, claim.attributed_to):
            if words is not None and (not words or words not in text):
                return f"the words {words!r} do not stand in the text"
        return None

    def _kind(self, claim: Any) -> str | None:
        if not isinstance(claim.kind, Kind) or not isinstance(claim.modality, Modality):
            return "kind or modality is none that there is"
        if claim.extractor not in {"", self._identity}:
            return "it bears another extractor's name"
        if claim.kind in {Kind.HOLDS, Kind.LOSES} and claim.actor is None:
            return f"nobody is said to be who {claim.kind} it"
        return None

    def _place(self, claim: Claim) -> str | None:
        place = claim.place
        found = self.place_at(place.start, place.end, claim.quote_start, claim.quote_end)
        if found is None:
            return "the gazetteer knows no such place in this report"
        if place.place_id != found.place_id:
            return f"the place there is {found.place_id}, not {place.place_id}"
        return None

    def _sides(self, claim: Claim) -> str | None:
        for actor, words in ((claim.actor, claim.actor_text), (claim.counter_actor, None)):
            reason = None if actor is None else self.side_problem(actor, words)
            if reason is not None:
                return reason
        return None

    def _time(self, claim: Claim) -> str | None:
        if claim.valid_time is not None and bounds_of(claim.valid_time) is None:
            return f"the time {claim.valid_time!r} is not EDTF level 1"
        return None

    def _numbers(self, claim: Claim) -> str | None:
        if not 0 <= claim.confidence <= 1:
            return "the confidence is not between 0 and 1"
        if claim.fraction is not None and not 0 <= claim.fraction[0] <= claim.fraction[1] <= 1:
            return "the fraction is no share from 0 to 1"
        return None


def _verbatim(text: str, words: str, start: int, end: int) -> bool:
    return 0 <= start < end <= len(text) and text[start:end] == words


def _over(places: Sequence[Resolution], start: int, end: int) -> Resolution | None:
    """Return the place of which most lies in a span; none when they only touch at a word inside."""
    shared = [(min(end, p.end) - max(start, p.start), -p.start, p) for p in places if p.start < end and start < p.end]
    if not shared:
        return None
    overlap, _, best = max(shared, key=lambda row: row[:2])
    return best if 2 * overlap >= end - start else None


def _meant(mention: ActorMention, actor: str) -> bool:
    return actor == mention.actor_id or actor in mention.candidates
