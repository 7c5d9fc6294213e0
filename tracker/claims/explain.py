"""Why a report was read as it was: each sentence with its frames, roles, cues and vetoes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from tracker.claims.actors import ActorIndex
from tracker.claims.extract import read_report
from tracker.claims.reader import Reading
from tracker.claims.sides import ActorHit
from tracker.model import PlaceIndex, Report, Resolution

__all__ = ["explain_claims"]


def explain_claims(
    report: Report,
    resolutions: Sequence[Resolution],
    places: PlaceIndex,
    *,
    actors: ActorIndex,
    backend: str = "auto",
    title_places: Sequence[Resolution] = (),
) -> str:
    """
    Return, for reading, every sentence of a report in which a frame found its place; parameters as in `extract`.

    Control characters of the report are shown as blanks, so that a report can't write to a terminal.
    """
    readings = read_report(report, resolutions, places, actors=actors, backend=backend, title_places=title_places)
    lines = [f"{report.report_id}  {report.published or 'no date'}  {report.title or ''}".rstrip()]
    for span, group in groupby(readings, key=lambda reading: reading.span):
        lines.append("")
        lines.append(f"[{span.start}:{span.end}] {report.text[span.start : span.end]}")
        for reading in group:
            lines += _told(reading)
    if len(lines) == 1:
        lines.append("no sentence speaks of control of a place")
    return "\n".join(_plain(line) for line in lines)


def _told(reading: Reading) -> Iterator[str]:
    finding, claim = reading.finding, reading.claim
    trigger = reading.tree[finding.trigger].text
    yield f"  {finding.frame.frame_id}: {claim.kind} on “{trigger}” ({claim.backend}, confidence {claim.confidence})"
    place = claim.place
    meant = f"{place.name} {place.place_id}" if place.place_id else "not in the gazetteer"
    back = finding.place.sentences_back
    named = "" if back is None else f", named {back} sentences back" if back else ", named in this sentence"
    yield f"    place: “{place.text}” [{place.start}:{place.end}] = {meant}{named}"
    if claim.part or claim.fraction:
        yield f"    part: {claim.part or 'not said'}, share: {claim.fraction or 'not said'}"
    yield f"    actor: {_side(finding.actor)}; against: {_side(finding.counter)}"
    yield f"    when: {claim.valid_time or 'not told'} (from the {reading.timing.source})"
    cue = f", by “{claim.cue}”" if claim.cue else ""
    says = f"; says {claim.attributed_to}" if claim.attributed_to else ""
    yield f"    truth: {claim.modality}{cue}{says}"
    if reading.veto:
        yield f"    no claim: {reading.veto}"


def _side(hit: ActorHit | None) -> str:
    if hit is None or hit.actor_id is None:
        return "not said"
    back = "" if hit.sentences_back is None else f", told by what came {hit.sentences_back} sentences before"
    return f"{hit.actor_id} (“{hit.text}”{back})"


def _plain(line: str) -> str:
    return "".join(c if c.isprintable() else " " for c in line)
