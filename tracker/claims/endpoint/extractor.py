"""
Claims read by a language model behind an OpenAI-compatible endpoint: off unless asked for, believed only on proof.

An answer is a list of spans. Each is looked for in the report, its place in the
gazetteer, its sides among the actors; what fails is rejected and listed. Nothing that
the model or the report says is ever executed or shown as it is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tracker.claims.checking import ClaimChecker
from tracker.claims.endpoint.answers import AnswerReader, answer_of
from tracker.claims.endpoint.http import Endpoint, UnansweredError
from tracker.claims.endpoint.prompt import body_of
from tracker.claims.extract import Located
from tracker.claims.rejections import Rejection
from tracker.claims.sentences import Span, split_sentences
from tracker.errors import UsageError
from tracker.model import Claim

if TYPE_CHECKING:
    from tracker.claims.door import ExtractorContext

__all__ = ["EndpointExtractor"]

VERSION = 1  # raised with every change of the prompt or of what is let through
_PIECE = 16_000  # characters asked about at once, some 4,000 tokens
_MOST_PIECES = 8  # of one report; the rest is listed as unread
_MOST_SIDES = 60
_KEY, _URL, _MODEL = "TRACKER_ENDPOINT_KEY", "TRACKER_ENDPOINT_URL", "TRACKER_ENDPOINT_MODEL"
_OPTIONS = ("url", "model", "timeout", "tries")


class EndpointExtractor:
    """
    Asks an endpoint about each report.

    Options (``--extractor-option``): ``url`` and ``model``, else the environment's
    TRACKER_ENDPOINT_URL and TRACKER_ENDPOINT_MODEL; ``timeout`` in seconds; ``tries``.
    The key comes from TRACKER_ENDPOINT_KEY only.

    Raises
    ------
    UsageError
        If url or model is missing, or an option is unknown or out of range.
    """

    def __init__(self, context: ExtractorContext) -> None:
        options = context.options
        unknown = sorted(set(options) - set(_OPTIONS))
        if unknown:
            hint = f" The key is read from {_KEY} only." if "key" in unknown else ""
            raise UsageError(f"the extractor 'endpoint' has no option {unknown[0]!r}: {', '.join(_OPTIONS)}.{hint}")
        self._context = context
        self._model = _setting(options, "model", _MODEL)
        self._endpoint = Endpoint(
            url=_setting(options, "url", _URL),
            key=os.environ.get(_KEY) or None,
            timeout_s=_number(options, "timeout", 60.0, 600.0),
            tries=int(_number(options, "tries", 3.0, 6.0)),
        )

    @property
    def identity(self) -> str:
        """Name, version and model."""
        return f"endpoint-{VERSION}/{self._model}"

    def extract(self, located: Located) -> list[Claim]:
        """
        Return what the model claims of a report and the report bears out.

        Raises
        ------
        ExtractorError
            If the endpoint refuses for good.
        """
        context, report = self._context, located.report
        checker = ClaimChecker(located, context.actors, identity=self.identity, locate=context.locate)
        reader = AnswerReader(report, checker, identity=self.identity, backend=self._model)
        pieces = list(_pieces(report.text))
        if len(pieces) > _MOST_PIECES:
            self._reject(report.report_id, f"only its first {pieces[_MOST_PIECES].start} characters were read")
        told: list[Claim] = []
        for piece in pieces[:_MOST_PIECES]:
            try:
                rows = answer_of(self._endpoint.ask("/chat/completions", self._body(located, piece)))
            except UnansweredError as error:
                self._reject(report.report_id, f"characters {piece.start} to {piece.end} were not read: {error}")
                continue
            for row in rows:
                claim = reader.read(row, piece)
                reason = claim if isinstance(claim, str) else checker.problem(claim)
                if reason is None and isinstance(claim, Claim):
                    told.append(claim)
                else:
                    self._reject(report.report_id, reason or "", row.decode("utf-8", "replace"))
        return told

    def _body(self, located: Located, piece: Span) -> bytes:
        report = located.report
        text = report.text[piece.start : piece.end]
        published = report.published.isoformat() if report.published else None
        return body_of(text, model=self._model, published=published, sides=self._sides(located))

    def _sides(self, located: Located) -> Sequence[tuple[str, str]]:
        """Return the sides that the report's words may mean, by id."""
        actors = self._context.actors
        mentions = actors.find(located.report.text, on=located.report.published)
        ids = {i for m in mentions for i in (m.actor_id, *m.candidates) if i and i in actors}
        return [(i, actors[i].name) for i in sorted(ids)[:_MOST_SIDES]]

    def _reject(self, report_id: str, reason: str, words: str = "") -> None:
        self._context.reject(Rejection(report_id, self.identity, reason, words))


def _pieces(text: str) -> Iterator[Span]:
    """Yield stretches of whole sentences, none much longer than `_PIECE`."""
    start: int | None = None
    end = 0
    for span in split_sentences(text):
        if start is not None and span.end - start > _PIECE:
            yield Span(start, end)
            start = None
        start = span.start if start is None else start
        end = span.end
    if start is not None:
        yield Span(start, end)


def _setting(options: Mapping[str, str], name: str, variable: str) -> str:
    value = options.get(name) or os.environ.get(variable) or ""
    if not value or not value.isprintable() or len(value) > 200:
        raise UsageError(f"the extractor 'endpoint' needs a {name}: --extractor-option {name}=…, or set {variable}.")
    return value


def _number(options: Mapping[str, str], name: str, default: float, most: float) -> float:
    try:
        value = float(options.get(name, default))
    except ValueError:
        value = -1.0
    if not 1 <= value <= most:
        raise UsageError(f"the extractor 'endpoint' takes a {name} from 1 to {most:g}.")
    return value
