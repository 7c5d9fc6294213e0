"""
The ledger: one SQLite file that keeps reports, what was read from them, and what people decided.

Nothing in it is ever changed or deleted. A reading of a report is stored in one
transaction, so that after a crash it is there or it is not; ids are hashes of
content, so that adding it again changes nothing. Several processes may add at
once (write-ahead log).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tracker.errors import LedgerError
from tracker.jsonl import dump_line, load_line
from tracker.ledger.schema import SCHEMA_VERSION
from tracker.ledger.sqlite_file import SqliteFile
from tracker.model import Claim, Judgement, Report, Resolution

__all__ = ["Ledger", "LedgerStatus", "Reading"]

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one extractor read in one report."""

    report: Report
    claims: tuple[Claim, ...]
    resolutions: tuple[Resolution, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerStatus:
    """
    How much a ledger holds.

    Attributes
    ----------
    claims
        Of the newest reading of each report.
    runs
        Extractors that have read reports, oldest first.
    first, last
        Earliest and latest day of publication.
    """

    schema_version: int
    reports: int
    claims: int
    places: int
    judgements: int
    runs: tuple[str, ...]
    first: dt.date | None
    last: dt.date | None


class Ledger(SqliteFile):
    """
    One project's ledger.

    Parameters
    ----------
    path
        The file; it must exist, see `Ledger.create`.
    read_only
        Open for reading alone; a ledger of an older schema is then refused.

    Raises
    ------
    LedgerError
        If the file is missing, is no ledger, is damaged, locked, or newer than this program.

    Examples
    --------
    >>> import tempfile
    >>> from tracker.ledger import Ledger, Reading
    >>> from tracker.model import Report
    >>> folder = tempfile.TemporaryDirectory()
    >>> with Ledger.create(folder.name + "/a.ledger") as ledger:
    ...     report = Report(report_id="r", text="", sha256="e3b0c442")
    ...     ledger.add([Reading(report=report, claims=())], extractor="x")
    ...     ledger.add([Reading(report=report, claims=())], extractor="x")
    1
    0
    >>> folder.cleanup()
    """

    @classmethod
    def create(cls, path: str | Path) -> Ledger:
        """
        Make an empty ledger and open it.

        Raises
        ------
        LedgerError
            If something stands there already, or the folder can't be written to.
        """
        final = Path(path)
        try:
            with final.open("xb"):
                pass
        except FileExistsError:
            raise LedgerError("something stands here already", path=final, cure="Name another file.") from None
        except OSError as error:
            problem = (error.strerror or str(error)).lower()
            raise LedgerError(
                f"can't be made ({problem})", path=final, cure="Name a folder you can write to."
            ) from None
        return cls(final)

    def add(self, readings: Iterable[Reading], *, extractor: str) -> int:
        """
        Store readings durably, all or none, and return how many were new.

        A reading that is there already, of the same report by the same
        extractor, changes nothing.

        Raises
        ------
        LedgerError
            If a report's id stands in the ledger with another text, or the ledger can't be written to.
        """
        new = 0
        with self._writing():
            run_id = self._run_id(extractor)
            for reading in readings:
                new += self._add_one(reading, run_id)
        return new

    def sha256_of(self, report_id: str) -> str | None:
        """Return the hash of a report's text, None when there is no report of this id."""
        with self._typed():
            row = self._connection.execute("SELECT sha256 FROM reports WHERE report_id = ?", (report_id,)).fetchone()
        return str(row[0]) if row else None

    def has(self, report_id: str, *, extractor: str) -> bool:
        """Tell whether an extractor has read a report."""
        asked = "SELECT 1 FROM readings JOIN runs USING (run_id) WHERE report_id = ? AND extractor = ?"
        with self._typed():
            return bool(self._connection.execute(asked, (report_id, extractor)).fetchone())

    def judge(self, judgement: Judgement) -> bool:
        """
        Append a judgement durably; return False when it was there already.

        Raises
        ------
        LedgerError
            If the ledger can't be written to.
        """
        row = (judgement.judgement_id, judgement.target, judgement.judged_on.isoformat(), dump_line(judgement))
        with self._writing():
            done = self._connection.execute("INSERT INTO judgements VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", row)
        return bool(done.rowcount > 0)

    def reports(self, *, known_by: dt.date | None = None) -> Iterator[Report]:
        """Yield the reports in order of publication, then id."""
        asked = "SELECT body FROM reports WHERE ?1 IS NULL OR published <= ?1 ORDER BY published NULLS FIRST, report_id"
        yield from self._records(asked, (known_by.isoformat() if known_by else None,), Report)

    def report(self, report_id: str) -> Report | None:
        """Return one report, None when there is none of this id."""
        found = self._records("SELECT body FROM reports WHERE report_id = ?", (report_id,), Report)
        return next(found, None)

    def claim(self, claim_id: str) -> Claim | None:
        """Return one claim of whichever run, the newest first; None when there is none of this id."""
        asked = "SELECT body FROM claims WHERE claim_id = ? ORDER BY run_id DESC LIMIT 1"
        return next(self._records(asked, (claim_id,), Claim), None)

    def speaks_at(self, report_id: str, start: int) -> bool:
        """Tell whether a mention that starts there was resolved, or a claim rests on it."""
        asked = "SELECT 1 FROM resolutions WHERE report_id = ? AND start = ? LIMIT 1"
        with self._typed():
            found = self._connection.execute(asked, (report_id, start)).fetchone() is not None
        return found or any(c.place.start == start for c in self.claims(report_id=report_id))

    def resolutions(self, *, known_by: dt.date | None = None) -> Iterator[Resolution]:
        """Yield the resolutions of each report's newest reading, ordered by report and place in the text."""
        asked = (
            "SELECT s.body FROM resolutions s JOIN reports r USING (report_id) WHERE (?1 IS NULL OR r.published <= ?1)"
            " AND s.run_id = (SELECT max(run_id) FROM readings WHERE report_id = s.report_id)"
            " ORDER BY s.report_id, s.start"
        )
        yield from self._records(asked, (known_by.isoformat() if known_by else None,), Resolution)

    def claims(
        self,
        *,
        place_id: str | None = None,
        report_id: str | None = None,
        known_by: dt.date | None = None,
        extractor: str | None = None,
    ) -> Iterator[Claim]:
        """
        Yield the claims of each report's newest reading, ordered by id.

        Parameters
        ----------
        place_id
            Only of this place, as it was read.
        report_id
            Only of this report.
        known_by
            Only of reports published by this day.
        extractor
            Of this extractor's readings instead of the newest.
        """
        where, values = ["true"], []
        if place_id is not None:
            where.append("c.place_id = ?")
            values.append(place_id)
        if report_id is not None:
            where.append("c.report_id = ?")
            values.append(report_id)
        if known_by is not None:
            where.append("c.published <= ?")
            values.append(known_by.isoformat())
        if extractor is not None:
            where.append("c.run_id = (SELECT run_id FROM runs WHERE extractor = ?)")
            values.append(extractor)
        else:
            where.append("c.run_id = (SELECT max(run_id) FROM readings WHERE report_id = c.report_id)")
        yield from self._records(
            f"SELECT body FROM claims c WHERE {' AND '.join(where)} ORDER BY claim_id",  # noqa: S608 - own words
            tuple(values),
            Claim,
        )

    def places(self, *, known_by: dt.date | None = None) -> list[str]:
        """Return the ids of all places that claims of the newest readings speak of, in order."""
        with self._typed():
            rows = self._connection.execute(
                "SELECT DISTINCT place_id FROM claims c WHERE place_id IS NOT NULL AND (?1 IS NULL OR published <= ?1)"
                " AND run_id = (SELECT max(run_id) FROM readings WHERE report_id = c.report_id) ORDER BY 1",
                (known_by.isoformat() if known_by else None,),
            )
            return [row[0] for row in rows]

    def judgements(self) -> list[Judgement]:
        """Return all judgements, in the order in which they were signed."""
        return list(self._records("SELECT body FROM judgements ORDER BY judged_on, judgement_id", (), Judgement))

    def status(self, *, known_by: dt.date | None = None) -> LedgerStatus:
        """Return how much the ledger holds; with `known_by` of what was published by then."""
        day = (known_by.isoformat() if known_by else None,)
        with self._typed():
            one = self._connection.execute(
                "SELECT count(*), (SELECT count(*) FROM judgements), min(published), max(published) FROM reports"
                " WHERE ?1 IS NULL OR published <= ?1",
                day,
            ).fetchone()
            newest = self._connection.execute(
                "SELECT count(*), count(DISTINCT place_id) FROM claims c WHERE (?1 IS NULL OR published <= ?1)"
                " AND run_id = (SELECT max(run_id) FROM readings WHERE report_id = c.report_id)",
                day,
            ).fetchone()
            runs = self._connection.execute("SELECT extractor FROM runs ORDER BY run_id").fetchall()
        return LedgerStatus(
            schema_version=SCHEMA_VERSION,
            reports=one[0],
            claims=newest[0],
            places=newest[1],
            judgements=one[1],
            runs=tuple(row[0] for row in runs),
            first=dt.date.fromisoformat(one[2]) if one[2] else None,
            last=dt.date.fromisoformat(one[3]) if one[3] else None,
        )

    def revision(self) -> tuple[int, int]:
        """Return two numbers of which one grows with whatever is added: quick to ask, to see whether to read again."""
        asked = "SELECT (SELECT coalesce(max(reading_id), 0) FROM readings), (SELECT count(*) FROM judgements)"
        with self._typed():
            readings, judgements = self._connection.execute(asked).fetchone()
        return readings, judgements

    def integrity(self) -> list[str]:
        """Return what SQLite itself finds wrong with the file; empty when nothing is."""
        with self._typed():
            found = [row[0] for row in self._connection.execute("PRAGMA integrity_check(20)")]
            broken = [
                f"{row[0]}: a row without its {row[2]}" for row in self._connection.execute("PRAGMA foreign_key_check")
            ]
        return [line for line in found if line != "ok"] + broken

    def _run_id(self, extractor: str) -> int:
        self._connection.execute("INSERT INTO runs (extractor) VALUES (?) ON CONFLICT DO NOTHING", (extractor,))
        row = self._connection.execute("SELECT run_id FROM runs WHERE extractor = ?", (extractor,)).fetchone()
        return int(row[0])

    def _add_one(self, reading: Reading, run_id: int) -> int:
        report, execute = reading.report, self._connection.execute
        published = report.published.isoformat() if report.published else None
        known = execute("SELECT sha256 FROM reports WHERE report_id = ?", (report.report_id,)).fetchone()
        if known is None:
            row = (report.report_id, report.sha256, published, report.source, dump_line(report))
            execute("INSERT INTO reports VALUES (?, ?, ?, ?, ?)", row)
        elif known[0] != report.sha256:
            raise LedgerError(
                f"the report {report.report_id!r} is in the ledger with another text",
                path=self.path,
                cure="Give the new one its own id.",
            )
        row2 = (run_id, report.report_id, len(reading.claims))
        done = execute(
            "INSERT INTO readings (run_id, report_id, n_claims) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", row2
        )
        if not done.rowcount:
            return 0
        self._connection.executemany(
            "INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [(c.claim_id, run_id, report.report_id, c.place.place_id, published, dump_line(c)) for c in reading.claims],
        )
        self._connection.executemany(
            "INSERT INTO resolutions VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [(run_id, report.report_id, r.start, r.place_id, dump_line(r)) for r in reading.resolutions],
        )
        return 1

    def _records(self, asked: str, values: tuple[object, ...], kind: type[Record]) -> Iterator[Record]:
        with self._typed():
            for row in self._connection.execute(asked, values):
                yield load_line(row[0], kind, path=str(self.path))
