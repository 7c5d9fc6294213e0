"""When a siege began, where a text tells it beside the siege: "The siege of X was … It began on 5 May"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tracker.claims.dates.mentions import DateKind, DateMention
from tracker.claims.records import record

__all__ = ["SiegeStart", "siege_start_of", "siege_starts"]

_SIEGE = r"(?:siege|blockade|encirclement)"
_NAME = r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3}"
_BEGAN = (
    r"(?:(?:was |were |had )?(?:first )?(?:began|begun|started|commenced|laid|imposed|launched|enforced|declared)"
    r"|(?:has |had )?lasted|took place|went on|ran|dates (?:back )?to|dated (?:back )?to)"
)
_TOLD = re.compile(
    rf"(?:\b(?:[Tt]h(?:e|is|at)|[Ii]ts|[Tt]heir) (?:\w+ )?{_SIEGE}(?: (?:of|on|around) (?:the )?(?P<place>{_NAME}))?"
    rf"|\b{_SIEGE} (?:of|on|around) (?P<named>{_NAME}),? (?:which|that)(?: \w+){{0,3}}?"
    rf"|\b{_SIEGE} (?:of|on|around) (?P<laid>{_NAME}),"
    rf"|(?<=[.!?] )It) {_BEGAN}\b[^.;:]{{0,40}}?\Z"
)
_IS_SIEGE = re.compile(rf"^(?:The|A|An)[^.]{{0,40}}?\b{_SIEGE}\b")
_LEAD = 120  # characters before a date
_NEAR = 4  # sentences between a siege and the one that tells when it began


@record(kw_only=False)
class SiegeStart:
    """
    When a siege is told to have begun.

    Attributes
    ----------
    place
        The place that it is said to be the siege of, empty where it is "the siege".
    """

    place: str
    edtf: str
    sentence: int


def siege_starts(text: str, sentences: Iterable[tuple[int, int, Iterable[DateMention]]]) -> list[SiegeStart]:
    """
    Return when the sieges of a text began.

    Parameters
    ----------
    sentences
        Number, start and dates of each sentence, in order.
    """
    if "siege" not in text and "blockade" not in text and "encirclement" not in text:
        return []
    return list(_starts(text, sentences))


def _starts(text: str, sentences: Iterable[tuple[int, int, Iterable[DateMention]]]) -> Iterator[SiegeStart]:
    last = 0
    for number, start, dates in sentences:
        for date in dates:
            if date.kind not in {DateKind.POINT, DateKind.SINCE} or date.point is None:
                continue
            told = _TOLD.search(text, max(start - 2, 0, date.start - _LEAD), date.start)
            if told is None or (told.group().startswith("It ") and not _IS_SIEGE.match(text[last:start])):
                continue
            place = told["place"] or told["named"] or told["laid"] or ""
            yield SiegeStart(place, date.point.partition("/")[0].rstrip("~"), number)
            break
        last = start


def siege_start_of(name: str, sentence: int, starts: Iterable[SiegeStart]) -> str | None:
    """Return when the siege of a place began, told of it or near a sentence that names no other."""
    for start in starts:
        if start.place and (start.place in name or name in start.place):
            return start.edtf
        if not start.place and abs(start.sentence - sentence) <= _NEAR:
            return start.edtf
    return None
