"""
The door for other readers: what an extractor is, which there are, and how one is let in.

The project's own rules are the extractor ``frames``. Others come as entry points of the
group ``tracker.extractors``; what they claim passes `tracker.claims.checking` first.
`docs/extractors.md` shows how to write one.
"""

from __future__ import annotations

import importlib
import importlib.metadata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from tracker.claims.actors.index import ActorIndex
from tracker.claims.checking import ClaimChecker
from tracker.claims.extract import EXTRACTOR, Located, extract_all
from tracker.claims.gate import may_claim
from tracker.claims.rejections import Rejection, silently
from tracker.errors import ExtractorError, TrackerError, UsageError
from tracker.model import Claim, PlaceIndex, Report, Resolution

__all__ = ["GROUP", "BatchExtractor", "Extractor", "ExtractorContext", "extractor_names", "load_extractor"]

GROUP = "tracker.extractors"
_OWN = {"frames": "tracker.claims.door:FrameExtractor", "endpoint": "tracker.claims.endpoint:EndpointExtractor"}


def _nowhere(report: Report) -> Sequence[Resolution]:
    del report
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractorContext:
    """
    What an extractor may use, handed to it when it is made.

    Attributes
    ----------
    places, actors
        The gazetteer and the sides; a claim's place and actor must be theirs.
    backend
        As in `tracker.claims.extract`; others than the own rules may pass it over.
    options
        What the user set, by name; secrets never come this way but from the environment.
    locate
        Finds the places of a report; its spans count into the report's text.
    reject
        Takes what was not claimed after all, with the reason.
    """

    places: PlaceIndex
    actors: ActorIndex
    backend: str = "auto"
    options: Mapping[str, str] = field(default_factory=dict)
    locate: Callable[[Report], Sequence[Resolution]] = _nowhere
    reject: Callable[[Rejection], None] = silently


@runtime_checkable
class Extractor(Protocol):
    """
    Reads claims out of one report.

    An entry point names what makes one: called with an `ExtractorContext`.

    Attributes
    ----------
    identity
        Name and version, as they stand in each claim's `extractor`: a new version's
        claims are other claims.
    """

    @property
    def identity(self) -> str:
        """Name and version."""

    def extract(self, located: Located) -> Iterable[Claim]:
        """Return what a report with its places claims; ids may be left empty."""


@runtime_checkable
class BatchExtractor(Extractor, Protocol):
    """Reads several reports in one go, and can tell beforehand which are not worth looking for places in."""

    def wants(self, report: Report) -> bool:
        """Tell whether a report can make a claim at all."""

    def extract_all(self, reports: Iterable[Located]) -> Iterator[list[Claim]]:
        """Yield what each report claims, in the order given."""


class FrameExtractor:
    """The project's own rules: `tracker.claims.extract`."""

    def __init__(self, context: ExtractorContext) -> None:
        if context.options:
            raise UsageError(f"the extractor 'frames' has no options, so no {min(context.options)!r}.")
        self._context = context

    @property
    def identity(self) -> str:
        """Name and version."""
        return EXTRACTOR

    def extract(self, located: Located) -> list[Claim]:
        """Return what a report claims."""
        return next(self.extract_all([located]))

    def wants(self, report: Report) -> bool:
        """Tell whether a report can make a claim at all, see `may_claim`."""
        return may_claim(report, self._context.actors)

    def extract_all(self, reports: Iterable[Located]) -> Iterator[list[Claim]]:
        """Yield what each report claims, see `tracker.claims.extract.extract_all`."""
        context = self._context
        return extract_all(reports, context.places, actors=context.actors, backend=context.backend)


class CheckedExtractor:
    """Another's extractor, of whose claims only those come through that stand on the text."""

    def __init__(self, name: str, inner: Extractor, context: ExtractorContext) -> None:
        self._name = name
        self._inner = inner
        self._context = context

    @property
    def identity(self) -> str:
        """Name and version."""
        return self._inner.identity

    def extract(self, located: Located) -> list[Claim]:
        """
        Return the claims that pass.

        Raises
        ------
        ExtractorError
            If the extractor breaks.
        """
        context = self._context
        checker = ClaimChecker(located, context.actors, identity=self.identity, locate=context.locate)
        try:
            claims = list(self._inner.extract(located))
        except TrackerError:
            raise
        except Exception as error:
            problem = f"broke on report {located.report.report_id} ({type(error).__name__}: {error})"
            raise ExtractorError(self._name, problem, cure="Report it to whoever wrote it.") from error
        passed: dict[str, Claim] = {}
        for claim in claims:
            reason = checker.problem(claim)
            if reason is None:
                stamped = checker.stamped(claim)
                passed.setdefault(stamped.claim_id, stamped)
            else:
                words = str(getattr(claim, "quote", claim))
                context.reject(Rejection(located.report.report_id, self.identity, reason, words))
        return sorted(passed.values(), key=lambda claim: (claim.quote_start, claim.place.start, claim.claim_id))


def extractor_names() -> dict[str, str]:
    """Return the names of all extractors that can be asked for, with what makes each, as ``module:name``."""
    found = {entry.name: entry.value for entry in importlib.metadata.entry_points(group=GROUP)}
    return dict(sorted((found | _OWN).items()))  # nobody takes the place of the own ones


def load_extractor(name: str, context: ExtractorContext) -> Extractor:
    """
    Return an extractor, ready to read.

    Raises
    ------
    UsageError
        If there is none of that name.
    ExtractorError
        If it can't be loaded.
    """
    known = extractor_names()
    if name not in known:
        raise UsageError(f"no extractor {name!r}. Choose one of: {', '.join(known)}.")
    made = _maker(name, known[name])(context)
    if isinstance(made, FrameExtractor):
        return made
    if not isinstance(made, Extractor):
        raise ExtractorError(name, f"{known[name]} makes no extractor: it lacks `identity` or `extract`")
    return CheckedExtractor(name, made, context)


def _maker(name: str, value: str) -> Callable[[ExtractorContext], Any]:
    try:
        if name in _OWN:
            module, _, attribute = value.partition(":")
            made: Any = getattr(importlib.import_module(module), attribute)
        else:
            (entry,) = [e for e in importlib.metadata.entry_points(group=GROUP, name=name) if e.value == value]
            made = entry.load()
    except (ImportError, AttributeError) as error:
        raise ExtractorError(name, f"can't be loaded ({error})", cure="Install its package again.") from error
    return made  # type: ignore[no-any-return]
