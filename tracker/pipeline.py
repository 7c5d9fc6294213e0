"""
The whole way, from reports to files: the only module that knows the order of the stages.

reports → places → claims → states → layers → maps and exports
"""

from __future__ import annotations

import datetime as dt
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.errors import InputError, UsageError
from tracker.files import output_folder, written_whole
from tracker.jsonl import read_records, write_lines
from tracker.model import BaseShape, Claim, Judgement, Layer, Modality, PlaceIndex, Report, Resolution, State

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from tracker.claims import ActorIndex, Extractor, Located, Rejection
    from tracker.layers import LayerMethod
    from tracker.places import Gazetteer, Outlines
    from tracker.precautions import Guard, Precautions
    from tracker.states import SourceIndex

__all__ = [
    "CREDITS",
    "OUTPUTS",
    "GroundOptions",
    "Made",
    "Run",
    "Stages",
    "base_shapes",
    "draw_guarded",
    "draw_layer",
    "guard_of",
    "layer_from_files",
    "run",
    "write_outputs",
]

OUTPUTS = ("claims.jsonl", "states.jsonl", "control.html", "control.geojson", "control.gpkg", "control.qgz")

CREDITS = (
    "Place names and coordinates: GeoNames (CC BY 4.0); some from OpenStreetMap contributors (ODbL)",
    "Outlines and rivers: Natural Earth (public domain)",
)

_MARGIN = 0.5  # of the larger side of what is shown: enough ground around it, on the upright window of a phone too
_MARGIN_ASIDE = 1.0  # windows are wider than high
_LEAST_MARGIN_DEG = 0.5


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
        from tracker.places import Gazetteer  # noqa: PLC0415 - a stage is imported when it is asked for

        return Gazetteer.load(extra=self._gazetteer_files)

    @cached_property
    def outlines(self) -> Outlines:
        """Outlines of countries and areas, and waters."""
        from tracker.places import Outlines  # noqa: PLC0415 - as above

        return Outlines.load()

    @cached_property
    def actors(self) -> ActorIndex:
        """The actors of all theatres."""
        from tracker.claims import ActorIndex  # noqa: PLC0415 - as above

        return ActorIndex.load()

    @cached_property
    def sources(self) -> SourceIndex:
        """How far sources are trusted, and whom they favour: the shipped list and the user's own."""
        from tracker.states import SourceIndex  # noqa: PLC0415 - as above

        return SourceIndex.load(*self._source_files, actors=self.actors)

    def locate(self, report: Report) -> list[Resolution]:
        """Return the places that a report names, ordered by where they stand."""
        return self._locate(report, self.locate_title(report))

    def locate_all(self, reports: Iterable[Report]) -> Iterator[list[Resolution]]:
        """Yield the places that each report names, as `locate` does; several reports are read at a time: faster."""
        from tracker.places import Asked, as_titled, locate_many  # noqa: PLC0415 - as above

        waiting: deque[Report] = deque()

        def asked() -> Iterator[Asked]:
            for report in reports:
                waiting.append(report)
                yield Asked(report, self.actors.masks(report.text), self._theatre(report.text, report.published))

        for found in locate_many(asked(), self.gazetteer):
            report = waiting.popleft()
            yield as_titled(report, found, self.locate_title(report))

    def _locate(self, report: Report, title_places: Sequence[Resolution]) -> list[Resolution]:
        from tracker.places import as_titled, locate  # noqa: PLC0415 - as above

        masks, theatre = self.actors.masks(report.text), self._theatre(report.text, report.published)
        found = locate(report, self.gazetteer, masks=masks, theatre=theatre)
        return as_titled(report, found, title_places)

    def explain_places(self, report: Report) -> str:
        """Tell of each name why `locate` took it for a place, and for this one."""
        from tracker.places import explain_places  # noqa: PLC0415 - as above

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
        from tracker.claims import BatchExtractor  # noqa: PLC0415 - as above

        extractor = self.extractor
        if isinstance(extractor, BatchExtractor):
            return extractor.extract_all(map(self._located, reports))
        return (list(extractor.extract(self._located(report))) for report in reports)

    @cached_property
    def extractor(self) -> Extractor:
        """What reads the claims: the own rules, or what the user chose."""
        from tracker.claims import ExtractorContext, load_extractor  # noqa: PLC0415 - as above

        context = ExtractorContext(
            places=self.gazetteer,
            actors=self.actors,
            backend=self._backend,
            options=self._extractor_options,
            locate=self.locate,
            reject=self.rejected.append,
        )
        return load_extractor(self._extractor_name, context)

    @property
    def extractor_identity(self) -> str:
        """Name and version of the extractor; that of the own rules is known without loading anything."""
        from tracker.claims.extract import EXTRACTOR  # noqa: PLC0415 - as above

        return EXTRACTOR if self._extractor_name == "frames" else self.extractor.identity

    def explain(self, report: Report) -> str:
        """Return, for reading, why a report was read as it was: what `extract` decided, sentence by sentence."""
        from tracker.claims import explain_claims  # noqa: PLC0415 - as above

        if self._extractor_name != "frames":
            raise UsageError(f"the extractor {self._extractor_name!r} can't explain itself; leave --extractor out.")
        return explain_claims(self._located(report), self.gazetteer, actors=self.actors, backend=self._backend)

    def _located(self, report: Report) -> Located:
        """Return a report with its places; they are not looked for where no claim can be."""
        from tracker.claims import LONGEST_REPORT, BatchExtractor, Located, Rejection  # noqa: PLC0415 - as above

        extractor = self.extractor
        if len(report.text) > LONGEST_REPORT:
            reason = f"not read: it has {len(report.text):,} characters, more than {LONGEST_REPORT:,}. Split it"
            self.rejected.append(Rejection(report.report_id, extractor.identity, reason))
            return Located(replace(report, text=""), (), off_topic=True)
        if isinstance(extractor, BatchExtractor) and not extractor.wants(report):
            return Located(report, (), off_topic=True)
        title_places = self.locate_title(report)
        return Located(report, self._locate(report, title_places), title_places)

    def locate_title(self, report: Report) -> list[Resolution]:
        """Return the places that a report's title names; spans count from the title's start."""
        from tracker.places import locate_title  # noqa: PLC0415 - as above

        if not report.title:
            return []
        masks, theatre = self.actors.masks(report.title), self._theatre(report.title, report.published)
        return locate_title(report, self.gazetteer, masks=masks, theatre=theatre)

    def fuse(
        self, claims: Iterable[Claim], *, known_by: dt.date | None = None, judgements: Sequence[Judgement] = ()
    ) -> list[State]:
        """Return the states that the claims make, ordered by place, part and time."""
        from tracker.states import fuse  # noqa: PLC0415 - as above

        return fuse(claims, places=self.gazetteer, known_by=known_by, judgements=judgements, sources=self.sources)

    def names_of(self, place_ids: Iterable[str]) -> dict[str, list[str]]:
        """Return all names of places by place id, for search boxes."""
        return {i: [name.text for name in self.gazetteer.get(i).names] for i in sorted(place_ids)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Claims, the states that they make, and those states with geometry."""

    claims: tuple[Claim, ...]
    states: tuple[State, ...]
    layer: Layer


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """
    What one run read and made.

    Attributes
    ----------
    on
        The day that the summary speaks of.
    reports
        How many were read.
    refused
        Typed errors of what could not be read, in the order met.
    files
        Paths written, in the order of `OUTPUTS`; empty when nothing could be read.
    seconds
        How long it took, by the wall.
    """

    on: dt.date | None
    reports: int
    made: Made
    refused: tuple[InputError, ...]
    files: tuple[Path, ...]
    seconds: float


@dataclass(slots=True)
class _Read:
    """What the reading half of a run gathers."""

    reports: int = 0
    claims: list[Claim] = field(default_factory=list)
    refused: list[InputError] = field(default_factory=list)
    newest: dt.date | None = None


def run(  # noqa: PLR0913 - each is an option of the verb
    sources: Iterable[str | Path],
    out: str | Path,
    *,
    published: dt.date | None = None,
    on: dt.date | None = None,
    known_by: dt.date | None = None,
    title: str | None = None,
    precautions: Precautions | None = None,
    stages: Stages | None = None,
    progress: Callable[[Iterable[Report]], Iterable[Report]] | None = None,
) -> Run:
    """
    Go the whole way: read reports, and write claims, states, map, GeoJSON, GeoPackage and QGIS project.

    Parameters
    ----------
    sources
        Files, folders, ``-``; see `tracker.reports.read_reports`.
    out
        Folder for the files named in `OUTPUTS`; made when missing.
    published
        Day of publication for reports that carry none.
    on
        Day that the map opens on and the summary speaks of; None: the newest day of publication.
    known_by
        Leave out reports published later.
    title
        Title of map and project; None names the day.
    precautions
        What is held back in every file; None shows all.
    stages
        To share what is loaded between runs; None loads it.
    progress
        Wraps the reports as they are read, to show how far it is.

    Raises
    ------
    InputError
        If a source doesn't exist.
    OutputError
        If a file can't be written; no half-written file is left under its final name.
    """
    started = time.perf_counter()
    folder = output_folder(out)
    stages = stages or Stages()
    read = _read_all(sources, published, stages, progress)
    day = on or _newest_day(read, known_by)
    made = draw_guarded(read.claims, stages, precautions, on=on, known_by=known_by, span=True)
    if made.layer.known_by is not None and day is not None and precautions:
        day = min(day, made.layer.known_by)
    files = (
        write_outputs(folder, made, stages, title=title or _title(day), on=day if on else None) if read.reports else ()
    )
    return Run(
        on=day,
        reports=read.reports,
        made=made,
        files=tuple(files),
        refused=tuple(read.refused),
        seconds=time.perf_counter() - started,
    )


def _read_all(
    sources: Iterable[str | Path],
    published: dt.date | None,
    stages: Stages,
    progress: Callable[[Iterable[Report]], Iterable[Report]] | None,
) -> _Read:
    from tracker.reports import read_reports  # noqa: PLC0415 - a stage is imported when it is asked for

    read = _Read()
    reports: Iterable[Report] = read_reports(sources, published=published, quarantine=read.refused.append)
    for claims in stages.extract_all(_counted(progress(reports) if progress else reports, read)):
        read.claims += claims
    return read


def _counted(reports: Iterable[Report], read: _Read) -> Iterator[Report]:
    for report in reports:
        read.reports += 1
        if report.published and (read.newest is None or report.published > read.newest):
            read.newest = report.published
        yield report


def _newest_day(read: _Read, known_by: dt.date | None) -> dt.date | None:
    """Return the newest day of publication; without any, the newest day that a real claim is sure to speak of."""
    newest = read.newest or max(
        (c.valid_from for c in read.claims if c.valid_from and c.modality is not Modality.UNREAL), default=None
    )
    return min(newest, known_by) if newest and known_by else newest


def draw_guarded(
    claims: Sequence[Claim],
    stages: Stages,
    precautions: Precautions | None = None,
    *,
    on: dt.date | None = None,
    known_by: dt.date | None = None,
    judgements: Sequence[Judgement] = (),
    span: bool = False,
) -> Made:
    """
    Fuse claims and draw them, with what is to be held back left out from the start.

    Every output of this package is made from what this returns, or by `layer_from_files`.

    Parameters
    ----------
    precautions
        None holds nothing back.
    on
        One day; None: all days.
    judgements
        Verdicts to obey.
    span
        Draw all days all the same; `on` then only tells an embargo where to count from.

    Raises
    ------
    UsageError
        If an embargo has no day to count from.
    """
    read = _as_judged(claims, judgements, stages)
    if not precautions:
        states = stages.fuse(claims, known_by=known_by, judgements=judgements)
        layer = draw_layer(states, read, stages, on=None if span else on, known_by=known_by)
        return Made(claims=tuple(claims), states=tuple(states), layer=layer)
    guard = _guard(precautions, read, stages, on=on, known_by=known_by)
    fused = stages.fuse(guard.shown_of(claims), known_by=guard.known_by, judgements=guard.judgements(judgements))
    return _drawn(guard, guard.states(fused), stages, span=span)


def guard_of(
    precautions: Precautions,
    claims: Sequence[Claim],
    stages: Stages,
    *,
    on: dt.date | None = None,
    known_by: dt.date | None = None,
    judgements: Sequence[Judgement] = (),
) -> Guard:
    """
    Return what guards claims that are shown, not drawn: as `draw_guarded` does, claims count as they were judged.

    Raises
    ------
    UsageError
        If an embargo has no day to count from.
    """
    return _guard(precautions, _as_judged(claims, judgements, stages), stages, on=on, known_by=known_by)


def _as_judged(claims: Sequence[Claim], judgements: Sequence[Judgement], stages: Stages) -> Sequence[Claim]:
    if not judgements:
        return claims
    from tracker.states import apply_judgements  # noqa: PLC0415 - a stage is imported when it is asked for

    return apply_judgements(claims, judgements, places=stages.gazetteer).claims


def draw_layer(
    states: Sequence[State],
    claims: Sequence[Claim],
    stages: Stages,
    *,
    on: dt.date | None = None,
    known_by: dt.date | None = None,
    places: PlaceIndex | None = None,
) -> Layer:
    """
    Return states with geometry, clipped to the countries in which their places lie or to what `stages.ground` says.

    Parameters
    ----------
    on
        One day; None: all days, each feature with its own.
    places
        Where the places lie, None for the gazetteer's own coordinates.

    Raises
    ------
    InputError
        If a file of polygons can't be read.
    UsageError
        If a country has no outline, or a value is out of its range.
    """
    from tracker.layers import build_layer  # noqa: PLC0415 - geopandas takes 0.5 s

    index: PlaceIndex = places or stages.gazetteer
    chosen = stages.ground or GroundOptions()
    found = {index.get(s.place_id).country for s in states}
    countries = [code for code in stages.outlines.countries() if code in found]
    return build_layer(
        states,
        claims,
        index,
        actors=stages.actors,
        on=on,
        known_by=known_by,
        region=_region(chosen.region, countries, stages),
        method=_method(chosen, countries, stages),
    )


def _region(asked: str | None, countries: Sequence[str], stages: Stages) -> BaseGeometry | None:
    """Return the land to clip to: of the countries given, of a file, or none."""
    if asked is None:
        return stages.outlines.region(countries) if countries else None
    if asked.casefold() == "world":
        return None
    codes = asked.upper().split(",")
    if all(len(code) == 2 and code.isalpha() for code in codes) and not Path(asked).exists():
        for code in codes:
            stages.outlines.country(code)
        return stages.outlines.region(codes)
    import shapely  # noqa: PLC0415

    from tracker.layers.polygons import read_polygons  # noqa: PLC0415

    return shapely.union_all(read_polygons(asked))


def _method(asked: GroundOptions, countries: Sequence[str], stages: Stages) -> LayerMethod:
    from tracker.layers import LayerMethod  # noqa: PLC0415
    from tracker.layers.polygons import read_polygons  # noqa: PLC0415

    units: Sequence[BaseGeometry] = ()
    if asked.method == "units" and asked.units is not None:
        units = read_polygons(asked.units)
    elif asked.method == "units":
        gazetteer, outlines = stages.gazetteer, stages.outlines
        units = [outlines.admin1(i) for i in outlines.areas() if gazetteer.get(i).country in countries]
    elif asked.units is not None:
        raise UsageError("--units are for --method units. Add it, or leave the units out.")
    return LayerMethod(
        kind=asked.method if units or asked.method != "units" else "nearest",  # no place, no country, no unit
        resolution=asked.resolution,
        units=units,
        smoothing=asked.smoothing,
        simplify_m=asked.simplify_m,
        least_km2=asked.least_km2,
    )


def layer_from_files(  # noqa: PLR0913 - each is an option of the verbs
    stages: Stages,
    *,
    states: str | Path | None = None,
    claims: str | Path | None = None,
    layer: str | Path | None = None,
    ledger: str | Path | None = None,
    on: dt.date | None = None,
    known_by: dt.date | None = None,
    precautions: Precautions | None = None,
    span: bool = False,
) -> Layer:
    """
    Return the layer that files of records, or a ledger, make; ``-`` is standard input.

    Parameters
    ----------
    states
        JSON Lines of states; None: the claims are fused.
    claims
        JSON Lines of claims, for the quotes.
    layer
        GeoJSON of a span, as `write_outputs` writes it; it holds all that is needed.
    ledger
        A project's ledger, read when no other is given: its claims, fused as its judgements say.
    precautions, span
        As in `draw_guarded`.
    on
        One day; None: all days.
    known_by
        Leave out reports published later; for claims and a ledger alone, since states and layers are fused already.

    Raises
    ------
    UsageError
        If none is given, a layer beside states or claims, what a layer or states can't take, or what is given
        can't be guarded any more.
    RecordError
        If a line is no such record.
    LedgerError
        If the ledger can't be read.
    """
    if precautions:
        precautions.check_inputs(states=states is not None, layer=layer is not None)
    if layer is not None:
        if states is not None or claims is not None:
            raise UsageError("a layer (--layer) holds all that is needed: leave states and claims out.")
        if known_by is not None:
            raise UsageError("--known-by needs the claims alone: a layer is fused already. Give --claims or --ledger.")
        read = _drawn_already(layer, stages, precautions)
        return read if on is None or span or read.on is not None else _layer_on(read, on)
    if states is None and claims is None:
        if ledger is None:
            raise UsageError(
                "say where the states are: states (--states), claims (--claims), a layer (--layer) or a ledger "
                "(--ledger)."
            )
        told, judged = _in_ledger(ledger, known_by)
        drawn = draw_guarded(told, stages, precautions, on=on, known_by=known_by, judgements=judged, span=span)
        return drawn.layer
    if states is not None and known_by is not None:
        raise UsageError("--known-by needs the claims alone: states are fused already. Give --claims or --ledger only.")
    said = read_records(claims, Claim) if claims is not None else []
    if states is None:
        return draw_guarded(said, stages, precautions, on=on, known_by=known_by, span=span).layer
    known = read_records(states, State)
    if not precautions:
        return draw_layer(known, said, stages, on=None if span else on, known_by=known_by)
    _check_rests(precautions, claims)
    guard = _guard(precautions, said, stages, on=on, known_by=known_by)
    return _drawn(guard, guard.states(known), stages, span=span).layer


def _drawn_already(path: str | Path, stages: Stages, precautions: Precautions | None) -> Layer:
    from tracker.layers import read_layer  # noqa: PLC0415 - geopandas takes 0.5 s

    if stages.ground is not None:
        raise UsageError("a layer's ground is drawn already: give claims (--claims) or states (--states) instead.")
    read = read_layer(path)
    return _guard(precautions, (), stages).layer(read) if precautions else read


def _layer_on(layer: Layer, on: dt.date) -> Layer:
    from tracker.exports import layer_on  # noqa: PLC0415 - geopandas takes 0.5 s

    return layer_on(layer, on)


def _guard(
    precautions: Precautions,
    claims: Sequence[Claim],
    stages: Stages,
    *,
    on: dt.date | None = None,
    known_by: dt.date | None = None,
) -> Guard:
    from tracker.precautions import Guard  # noqa: PLC0415 - as above

    return Guard(precautions, stages.gazetteer, claims, on=on, known_by=known_by)


def _drawn(guard: Guard, states: Sequence[State], stages: Stages, *, span: bool) -> Made:
    on = None if span else guard.on
    layer = draw_layer(states, guard.claims, stages, on=on, known_by=guard.known_by, places=guard.places)
    return Made(claims=tuple(guard.claims), states=tuple(states), layer=guard.layer(layer))


def _check_rests(precautions: Precautions, claims: str | Path | None) -> None:
    """Stop when a report is to be hidden and nobody can tell which states rest on it."""
    if claims is None and precautions.suppression is not None and precautions.suppression.reports:
        raise UsageError("--suppress names a report, and states don't tell which reports they rest on. Add --claims.")


def _in_ledger(path: str | Path, known_by: dt.date | None) -> tuple[list[Claim], list[Judgement]]:
    from tracker.ledger import open_ledger  # noqa: PLC0415 - a stage is imported when it is asked for

    with open_ledger(path, read_only=True) as ledger:
        return list(ledger.claims(known_by=known_by)), ledger.judgements()


def base_shapes(layer: Layer, stages: Stages) -> list[BaseShape]:
    """Return land, borders and rivers around what a layer mainly shows; none around an empty one."""
    from tracker.maps.framing import main_bounds  # noqa: PLC0415 - geopandas takes 0.5 s

    bounds = main_bounds(layer)
    if bounds is None:
        return []
    west, south, east, north = bounds
    size = max(east - west, north - south)
    aside, above = max(_LEAST_MARGIN_DEG, _MARGIN_ASIDE * size), max(_LEAST_MARGIN_DEG, _MARGIN * size)
    if east > 180.0:  # across the antimeridian: all round the globe
        west, east = -180.0, 180.0
    window = (max(-180.0, west - aside), max(-90.0, south - above), min(180.0, east + aside), min(90.0, north + above))
    return stages.outlines.base_shapes(window)


def write_outputs(folder: Path, made: Made, stages: Stages, *, title: str, on: dt.date | None = None) -> Iterator[Path]:
    """
    Write the files named in `OUTPUTS`, each whole or not at all, and yield their paths.

    Parameters
    ----------
    on
        Day that the page opens on; None: its last.

    Raises
    ------
    OutputError
        If a file can't be written.
    """
    from tracker.exports import ExportMetadata, write_geojson, write_geopackage, write_qgis_project  # noqa: PLC0415
    from tracker.maps import MapOptions, write_map  # noqa: PLC0415

    claims, states, page, geojson, geopackage, project = (folder / name for name in OUTPUTS)
    yield _write_records(claims, made.claims)
    yield _write_records(states, made.states)
    base = base_shapes(made.layer, stages)
    actors = stages.actors
    metadata = ExportMetadata(title=title)
    names = stages.names_of({s.place_id for s in made.states})
    options = MapOptions(names=names, sources=(*CREDITS, *made.layer.notes), opens_on=on)
    yield write_map(made.layer, page, actors=actors, title=title, base=base, options=options)
    yield write_geojson(made.layer, geojson)
    yield write_geopackage(made.layer, geopackage, actors=actors, base=base, metadata=metadata)
    yield write_qgis_project(made.layer, geopackage, project, actors=actors, title=title, metadata=metadata)


def _write_records(path: Path, records: Sequence[Any]) -> Path:
    with written_whole(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as out:
        write_lines(records, out)
    return path


def _title(on: dt.date | None) -> str:
    return f"Who controls what on {on.day} {on:%B %Y}" if on else "Who controls what"
