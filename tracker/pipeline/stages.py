"""The stages with what they need, loaded once and only when asked for."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import UsageError
from tracker.model import Claim, Judgement, Report, Resolution, State

if TYPE_CHECKING:
    from tracker.claims import ActorIndex, Extractor, Located, Rejection
    from tracker.places import Gazetteer, Outlines
    from tracker.states import SourceIndex


_MOST_AHEAD = 200_000  # characters of reports whose titles are looked at before them
_TOGETHER = 16  # reports whose places are looked for at a time; what is read of their sides is remembered for more


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundOptions:
    """
    How ground is drawn, as a user asks for it; see `tracker.layers.LayerMethod`.

    Attributes
    ----------
    method
        ``nearest``, ``hexagons`` or ``units``.
    resolution
        Of the hexagons (H3), 0 to 15.
    units
        File with the polygons of the units; None takes the first-order areas of the countries on the map.
    region
        File with polygons to clip to, or country codes (``SY,IQ``), or ``world`` for no clip; None takes
        the countries in which the places lie.
    smoothing, simplify_m, least_km2
        As in `LayerMethod`.
    """

    method: str = "nearest"
    resolution: int = 7
    units: str | None = None
    region: str | None = None
    smoothing: int = 0
    simplify_m: float = 0.0
    least_km2: float = 0.0


class Stages:
    """
    The stages with what they need, loaded once and only when asked for.

    Parameters
    ----------
    gazetteer_files
        Users' own gazetteer files, read beside the shipped ones.
    source_files
        Users' own lists of sources, read after the shipped one.
    backend
        ``auto``, ``dependency`` or ``window``; see `tracker.claims.extract`.
    ground
        How layers' ground is drawn; None: to the nearest place, within the countries of the places.
    extractor
        Who reads the claims: ``frames``, the own rules, or another; see `tracker.claims.door`.
    extractor_options
        What that one is told, by name.

    Attributes
    ----------
    rejected
        What the extractor claimed and could not prove, and what it left unread.
    """

    def __init__(
        self,
        *,
        gazetteer_files: Sequence[Path] = (),
        source_files: Sequence[Path] = (),
        backend: str = "auto",
        ground: GroundOptions | None = None,
        extractor: str = "frames",
        extractor_options: Mapping[str, str] | None = None,
    ) -> None:
        self._gazetteer_files = tuple(gazetteer_files)
        self._source_files = tuple(source_files)
        self._backend = backend
        self.ground = ground
        self._extractor_name = extractor
        self._extractor_options = dict(extractor_options or {})
        self.rejected: list[Rejection] = []

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer: shipped files and the user's own."""
        from tracker.places import Gazetteer

        return Gazetteer.load(extra=self._gazetteer_files)

    @cached_property
    def outlines(self) -> Outlines:
        """Outlines of countries and areas, and waters."""
        from tracker.places import Outlines

        return Outlines.load()

    @cached_property
    def actors(self) -> ActorIndex:
        """The actors of all theatres."""
        from tracker.claims import ActorIndex

        return ActorIndex.load()

    @cached_property
    def sources(self) -> SourceIndex:
        """How far sources are trusted, and whom they favour: the shipped list and the user's own."""
        from tracker.states import SourceIndex

        return SourceIndex.load(*self._source_files, actors=self.actors)

    def locate(self, report: Report) -> list[Resolution]:
        """Return the places that a report names, ordered by where they stand."""
        return next(self.locate_all([report]))

    def locate_all(self, reports: Iterable[Report]) -> Iterator[list[Resolution]]:
        """Yield the places that each report names, as `locate` does; several reports are read at a time: faster."""
        return self._locate_all(self._with_titles(reports))

    def locate_stream(self, reports: Iterable[Report]) -> Iterator[list[Resolution]]:
        """Yield what `locate_all` does; the places of a very long report come in several lists, as they are found."""
        return self._locate_all(self._with_titles(reports), whole=False)

    def _with_titles(self, reports: Iterable[Report]) -> Iterator[tuple[Report, list[Resolution]]]:
        """Yield reports with the places of their titles; a handful of reports is read ahead, not much text."""
        some: list[Report] = []
        size = 0
        for report in reports:
            some.append(report)
            size += len(report.text)
            if len(some) == _TOGETHER or size > _MOST_AHEAD:
                yield from zip(some, self.locate_titles(some), strict=True)
                some, size = [], 0
        yield from zip(some, self.locate_titles(some), strict=True)

    def _locate_all(
        self, reports: Iterable[tuple[Report, Sequence[Resolution]]], *, whole: bool = True
    ) -> Iterator[list[Resolution]]:
        """Yield the places of reports, beside which stand those of their titles; a long report is read in parts."""
        from tracker.places import Asked, as_titled, locate_many, parts_of

        waiting: deque[tuple[Report, Sequence[Resolution], bool]] = deque()

        def asked() -> Iterator[Asked]:
            for report, titled in reports:
                size = len(report.text)
                for start, part in parts_of(report):
                    waiting.append((report, titled, start + len(part.text) == size))
                    masks, theatre = self.actors.masks(part.text), self._theatre(part.text, part.published)
                    yield Asked(part, masks, theatre, start)

        gathered: list[Resolution] = []
        for found in locate_many(asked(), self.gazetteer):
            report, titled, last = waiting.popleft()
            gathered += found
            if last or not (whole or titled):
                yield as_titled(report, gathered, titled)
                gathered = []

    def explain_places(self, report: Report) -> str:
        """Tell of each name why `locate` took it for a place, and for this one."""
        from tracker.places import explain_places

        masks, theatre = self.actors.masks(report.text), self._theatre(report.text, report.published)
        return explain_places(report, self.gazetteer, masks=masks, theatre=theatre, found=self.locate(report))

    def _theatre(self, text: str, on: dt.date | None) -> frozenset[str]:
        """Return the countries where the sides that a text names fight."""
        named = {m.actor_id for m in self.actors.find(text, on=on) if m.actor_id and not m.generic}
        return frozenset(country for actor_id in named for country in self.actors.grounds.get(actor_id, ()))

    def extract(self, report: Report) -> list[Claim]:
        """Return what a report claims about control, ordered by where it stands."""
        return next(self.extract_all([report]))

    def extract_all(self, reports: Iterable[Report]) -> Iterator[list[Claim]]:
        """Yield what each report claims, as `extract` does; several reports are parsed in one go, which is faster."""
        from tracker.claims import BatchExtractor

        extractor = self.extractor
        if isinstance(extractor, BatchExtractor):
            return extractor.extract_all(self._located_all(reports))
        return (list(extractor.extract(self._located(report))) for report in reports)

    @cached_property
    def extractor(self) -> Extractor:
        """What reads the claims: the own rules, or what the user chose."""
        from tracker.claims import ExtractorContext, load_extractor

        context = ExtractorContext(
            places=self.gazetteer,
            actors=self.actors,
            backend=self._backend,
            options=self._extractor_options,
            locate=self.locate,
            reject=self.rejected.append,
        )
        return load_extractor(self._extractor_name, context)

    @cached_property
    def _wants(self) -> Callable[[Report], bool] | None:
        """What tells of a report whether a claim can be in it; None where the extractor can't tell beforehand."""
        from tracker.claims import BatchExtractor

        extractor = self.extractor
        return extractor.wants if isinstance(extractor, BatchExtractor) else None

    @property
    def extractor_identity(self) -> str:
        """Name and version of the extractor; that of the own rules is known without loading anything."""
        from tracker.claims.extract import EXTRACTOR

        return EXTRACTOR if self._extractor_name == "frames" else self.extractor.identity

    def explain(self, report: Report) -> str:
        """Return, for reading, why a report was read as it was: what `extract` decided, sentence by sentence."""
        from tracker.claims import explain_claims

        if self._extractor_name != "frames":
            raise UsageError(f"the extractor {self._extractor_name!r} can't explain itself; leave --extractor out.")
        return explain_claims(self._located(report), self.gazetteer, actors=self.actors, backend=self._backend)

    def _located(self, report: Report) -> Located:
        """Return a report with its places; they are not looked for where no claim can be."""
        return next(self._located_all([report]))

    def _located_all(self, reports: Iterable[Report]) -> Iterator[Located]:
        """Yield reports with their places; some are located together, which takes half the time."""
        from tracker.claims import Located

        remaining = iter(reports)
        while some := list(islice(remaining, _TOGETHER)):
            passed_over = [self._passed_over(report) for report in some]
            read = [report for report, passed in zip(some, passed_over, strict=True) if passed is None]
            titled = self.locate_titles(read)
            found = self._locate_all(zip(read, titled, strict=True))
            asked = None if self._wants is None else False
            located = iter([Located(*parts, off_topic=asked) for parts in zip(read, found, titled, strict=True)])
            yield from (next(located) if passed is None else passed for passed in passed_over)

    def _passed_over(self, report: Report) -> Located | None:
        """Return a report without places where it is too long to be read, or no claim can be in it; else None."""
        from tracker.claims import LONGEST_REPORT, Located, Rejection

        if len(report.text) > LONGEST_REPORT:
            reason = f"not read: it has {len(report.text):,} characters, more than {LONGEST_REPORT:,}. Split it"
            self.rejected.append(Rejection(report.report_id, self.extractor.identity, reason))
            return Located(replace(report, text=""), (), off_topic=True)
        if self._wants is not None and not self._wants(report):
            return Located(report, (), off_topic=True)
        return None

    def locate_title(self, report: Report) -> list[Resolution]:
        """Return the places that a report's title names; spans count from the title's start."""
        (found,) = self.locate_titles([report])
        return found

    def locate_titles(self, reports: Sequence[Report]) -> list[list[Resolution]]:
        """Return the places that each report's title names, as `locate_title` does; many together are read faster."""
        from tracker.places import Asked, locate_titles

        asked: list[Asked] = []
        for report in reports:
            title = report.title or ""
            masks, theatre = self.actors.masks(title), self._theatre(title, report.published)
            if title and not theatre:  # "Hatra retaken": the text tells by whom
                theatre = self._theatre(report.text, report.published)
            asked.append(Asked(report, masks, theatre))
        return locate_titles(asked, self.gazetteer)

    def fuse(
        self, claims: Iterable[Claim], *, known_by: dt.date | None = None, judgements: Sequence[Judgement] = ()
    ) -> list[State]:
        """Return the states that the claims make, ordered by place, part and time."""
        from tracker.states import fuse

        return fuse(claims, places=self.gazetteer, known_by=known_by, judgements=judgements, sources=self.sources)

    def names_of(self, place_ids: Iterable[str]) -> dict[str, list[str]]:
        """Return all names of places by place id, for search boxes."""
        return {i: [name.text for name in self.gazetteer.get(i).names] for i in sorted(place_ids)}
