"""Why a report was read as it was: each sentence with its frames, roles, cues and vetoes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from tracker.claims.actors.index import ActorIndex
from tracker.claims.extract import Located, read_report
from tracker.claims.reader import Reading
from tracker.claims.roles.sides import ActorHit
from tracker.model import Claim, PlaceIndex

__all__ = ["explain_claims"]


def explain_claims(located: Located, places: PlaceIndex, *, actors: ActorIndex, backend: str = "auto") -> str:
    """
    Return, for reading, every sentence of a report in which a frame found its place, and what came of it.

    Each finding marks its words on the sentence: «trigger», place, actor, against, cue.
    Control characters of the report are shown as blanks, so that a report can't write to
    a terminal. Parameters as in `tracker.claims.extract.extract`.
    """
    report = located.report
    readings, claims = read_report(located, places, actors=actors, backend=backend)
    lines = [f"{report.report_id}  {report.published or 'no date'}  {report.title or ''}".rstrip()]
    for span, group in groupby(readings, key=lambda reading: reading.span):
        lines.append("")
        lines.append(f"[{span.start}:{span.end}] {report.text[span.start : span.end]}")
        for reading in group:
            lines += _told(reading, claims)
    if located.off_topic:
        lines.append("not read: it names no armed side and has no word of war, or nothing near one speaks of control")
    elif len(lines) == 1:
        lines.append("no sentence speaks of control of a place")
    return "\n".join(_plain(line) for line in lines)


def _told(reading: Reading, claims: Sequence[Claim]) -> Iterator[str]:
    finding, claim = reading.finding, reading.claim
    trigger = reading.tree[finding.trigger].text
    yield f"  {finding.frame.frame_id}: {claim.kind} on “{trigger}” ({claim.backend}, confidence {claim.confidence})"
    yield f"    {_marked(reading)}"
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
    yield f"    {_outcome(reading, claims)}"


def _marked(reading: Reading) -> str:
    """Return the sentence with the words of each role in brackets behind the role's name."""
    finding, claim, span = reading.finding, reading.claim, reading.span
    tokens = reading.tree.tokens
    trigger = tokens[finding.trigger]
    marks = [(trigger.start, trigger.end, "trigger"), (claim.place.start, claim.place.end, "place")]
    for role, hit in (("actor", finding.actor), ("against", finding.counter)):
        if hit is not None and 0 <= hit.token < len(tokens) and tokens[hit.token].text in {hit.text, tokens[-1].text}:
            marks.append((tokens[hit.token].start, tokens[hit.token].end, role))
    if claim.cue and claim.cue in claim.quote:
        start = span.start + claim.quote.index(claim.cue)
        marks.append((start, start + len(claim.cue), "cue"))
    shown, at = "", 0
    for start, end, role in sorted(set(marks)):
        if start - span.start < at or end > span.end:
            continue  # named elsewhere in the text, or in words that have a role already
        shown += f"{claim.quote[at : start - span.start]}[{role}: {claim.quote[start - span.start : end - span.start]}]"
        at = end - span.start
    return shown + claim.quote[at:]


def _outcome(reading: Reading, claims: Sequence[Claim]) -> str:
    """Return what came of a finding in the end: its claim, or why there is none."""
    if reading.veto:
        return f"no claim: {reading.veto}"
    mine = reading.claim
    for claim in claims:
        same = claim.quote_start == mine.quote_start and claim.rule == mine.rule and claim.kind == mine.kind
        if same and claim.place == mine.place and claim.part == mine.part:
            against = f" against {claim.counter_actor}" if claim.counter_actor else ""
            return f"claim {claim.claim_id}: {claim.actor or 'nobody named'} {claim.kind} it{against}, {claim.modality}"
    return "no claim of its own: another claim of this report says it, or says more"


def _side(hit: ActorHit | None) -> str:
    if hit is None or hit.actor_id is None:
        return "not said"
    back = "" if hit.sentences_back is None else f", told by what came {hit.sentences_back} sentences before"
    return f"{hit.actor_id} (“{hit.text}”{back})"


def _plain(line: str) -> str:
    return "".join(c if c.isprintable() else " " for c in line)
