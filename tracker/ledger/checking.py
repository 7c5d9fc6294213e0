"""Whether a ledger still says what was put into it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tracker.ledger.store import Ledger
from tracker.model import Claim, Report, claim_id_of

__all__ = ["Finding", "check_ledger"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is not as it was stored: which record, and what is wrong."""

    record_id: str
    problem: str


def check_ledger(ledger: Ledger) -> Iterator[Finding]:
    """
    Yield what is wrong: the file itself, hashes of texts, ids of claims, and spans that don't slice to their quotes.

    Every claim of every run is checked, also of those that a newer one replaces.
    """
    for problem in ledger.integrity():
        yield Finding(record_id=Path(ledger.path).name, problem=problem)
    for report in ledger.reports():
        if hashlib.sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest() != report.sha256:
            yield Finding(record_id=report.report_id, problem="the text is not the one that its hash was made of")
    for extractor in ledger.status().runs:
        yield from _claims(ledger, extractor)


def _claims(ledger: Ledger, extractor: str) -> Iterator[Finding]:
    report: Report | None = None
    for claim in sorted(ledger.claims(extractor=extractor), key=lambda c: (c.report_id, c.claim_id)):
        if report is None or report.report_id != claim.report_id:
            report = ledger.report(claim.report_id)
        if report is None:
            yield Finding(record_id=claim.claim_id, problem=f"its report {claim.report_id!r} is missing")
        else:
            yield from _claim(claim, report)


def _claim(claim: Claim, report: Report) -> Iterator[Finding]:
    if claim_id_of(claim) != claim.claim_id:
        yield Finding(record_id=claim.claim_id, problem="the id is not the hash of what the claim says")
    if report.text[claim.quote_start : claim.quote_end] != claim.quote:
        yield Finding(record_id=claim.claim_id, problem="the span of the quote does not slice to it")
    if report.text[claim.place.start : claim.place.end] != claim.place.text:
        yield Finding(record_id=claim.claim_id, problem="the span of the place does not slice to its name")
