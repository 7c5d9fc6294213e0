"""From an endpoint's answer to claims: every span is looked for in the report, and what does not stand there is out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

import msgspec

from tracker.claims.checking import ClaimChecker
from tracker.claims.endpoint.http import UnansweredError
from tracker.claims.making import bounds_of, claim_place
from tracker.claims.sentences import Span
from tracker.model import Claim, Kind, Modality, Report

__all__ = ["AnswerReader", "answer_of"]

MOST_CLAIMS = 200  # of one answer; the densest development text has one claim in sixty characters
_CONFIDENCE = 0.6  # our estimate, below what the own rules reach: not measured on any model
_PARTS = frozenset({"centre", "outskirts", "parts"})
_COMPASS = re.compile(r"(?:north|south|east|west|(?:north|south)-?(?:east|west))(?:ern)?")
_LONGEST = 2000  # characters of a quote


class _Row(msgspec.Struct, frozen=True):
    kind: Kind
    quote: str
    place: str
    actor: str | None = None
    actor_text: str | None = None
    counter_actor: str | None = None
    part: str | None = None
    date: str | None = None
    modality: Modality = Modality.ASSERTED
    attributed_to: str | None = None


class _Claims(msgspec.Struct, frozen=True):
    claims: list[msgspec.Raw]


class _Message(msgspec.Struct, frozen=True):
    content: str | None = None


class _Choice(msgspec.Struct, frozen=True):
    message: _Message
    finish_reason: str | None = None


class _Completion(msgspec.Struct, frozen=True):
    choices: list[_Choice]


def answer_of(body: bytes) -> list[bytes]:
    """
    Return the claims of a chat completion, each still as JSON.

    Raises
    ------
    UnansweredError
        If the body is no chat completion, was cut off, or its content not what was asked for.
    """
    try:
        completion = msgspec.json.decode(body, type=_Completion)
        choice = completion.choices[0]
        if choice.finish_reason == "length":
            raise UnansweredError("the answer was cut off")
        claims = msgspec.json.decode(choice.message.content or "", type=_Claims).claims
    except (msgspec.MsgspecError, UnicodeError, RecursionError, IndexError) as error:
        raise UnansweredError(f"the answer is not the JSON that was asked for ({type(error).__name__})") from None
    if len(claims) > MOST_CLAIMS:
        raise UnansweredError(f"the answer has {len(claims)} claims, more than {MOST_CLAIMS}")
    return [bytes(claim) for claim in claims]


class AnswerReader:
    """
    Makes claims of the answers about one report.

    Parameters
    ----------
    identity, backend
        As they are to stand in the claims.
    """

    def __init__(self, report: Report, checker: ClaimChecker, *, identity: str, backend: str) -> None:
        self._report = report
        self._checker = checker
        self._identity = identity
        self._backend = backend
        self._told: Counter[str] = Counter()

    def read(self, row: bytes, within: Span) -> Claim | str:
        """
        Return the claim that a row makes, without its id, or why it makes none.

        Parameters
        ----------
        within
            The stretch of the report that was asked about.
        """
        try:
            told = msgspec.json.decode(row, type=_Row)
        except (msgspec.MsgspecError, RecursionError) as error:
            return f"it is not in the form that was asked for ({error})"
        quote = self._quote(told, within)
        if quote is None:
            return "the quote does not stand in the text"
        place = self._place(told.place, quote)
        if place is None:
            return f"the place {told.place!r} does not stand in the text"
        found = self._checker.place_at(place.start, place.end, quote.start, quote.end)
        if found is None:
            return f"the gazetteer knows no place {told.place!r} in this report"
        if told.part is not None and told.part not in _PARTS and not _COMPASS.fullmatch(told.part):
            return f"no part of a place is called {told.part!r}"
        bounds = bounds_of(told.date) or (None, None)
        text = self._report.text
        return Claim(
            claim_id="",
            report_id=self._report.report_id,
            kind=told.kind,
            actor=told.actor,
            actor_text=told.actor_text,
            counter_actor=told.counter_actor,
            place=claim_place(text[place.start : place.end], place.start, place.end, found),
            part=told.part,
            fraction=None,
            distance_m=None,
            bearing_deg=None,
            valid_time=told.date,
            valid_from=bounds[0],
            valid_to=bounds[1],
            modality=told.modality,
            cue=None,
            attributed_to=told.attributed_to,
            quote=text[quote.start : quote.end],
            quote_start=quote.start,
            quote_end=quote.end,
            rule=f"endpoint-{told.kind}",
            backend=self._backend,
            extractor=self._identity,
            confidence=_CONFIDENCE,
        )

    def _quote(self, told: _Row, within: Span) -> Span | None:
        """
        Return where a quote stands.

        Of several places the one with the claim's place and side in it counts first; what is quoted twice for
        the same claim stands where it is said the second time.
        """
        if not told.quote or len(told.quote) > _LONGEST:
            return None
        found = [Span(k, k + len(told.quote)) for k in _every(self._report.text, told.quote, within)]
        if not found:
            return None
        key = "\x1f".join(map(str, (told.kind, told.place, told.actor, told.date, told.quote)))
        turn = min(self._told[key], len(found) - 1)
        self._told[key] += 1
        return found[turn]

    def _place(self, name: str, quote: Span) -> Span | None:
        """Return where a place's name stands: in the quote, else nearest before it, else nearest behind."""
        text = self._report.text
        if not name or len(name) > _LONGEST:
            return None
        starts = [k for k in _every(text, name, Span(0, len(text))) if _whole(text, k, k + len(name))]
        if not starts:
            return None
        first = bisect_left(starts, quote.start)
        if first < len(starts) and starts[first] + len(name) <= quote.end:
            return Span(starts[first], starts[first] + len(name))
        start = starts[first - 1] if first else starts[0]
        return Span(start, start + len(name))


def _every(text: str, words: str, within: Span) -> Iterator[int]:
    at = text.find(words, within.start, within.end)
    while at >= 0:
        yield at
        at = text.find(words, at + 1, within.end)


def _whole(text: str, start: int, end: int) -> bool:
    """Tell whether a span is not cut out of a longer word."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() and text[start].isalnum()) and not (after.isalnum() and text[end - 1].isalnum())
