"""What a server shows: one layer for each known time that is asked for, drawn once."""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
import time
from bisect import bisect_right
from collections import OrderedDict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import TrackerError, UsageError
from tracker.jsonl import read_records
from tracker.model import Claim, Judgement, Layer
from tracker.pipeline import Stages, draw_guarded

if TYPE_CHECKING:
    from tracker.pipeline import Made
    from tracker.precautions import Precautions
    from tracker.serve.collections import Collection, Row
    from tracker.states import ReviewItem

__all__ = ["Holdings"]

_KEPT = 8  # layers; a client that steps through known times must not fill the memory
_LOOK_S = 2.0  # between two looks at whether anything was added


@dataclass(frozen=True, slots=True)
class _Told:
    claims: list[Claim]
    judgements: list[Judgement]


class Holdings:
    """
    The claims of a file or a ledger, and the layers that they make.

    What is added while it stands is seen within two seconds. When it can't be read just then, what was
    read last is shown on, and it is tried again.

    Whatever a client asks for, the embargo counts from the day on which the server stands: `on` and
    `known_by` given here, else the newest report.

    Parameters
    ----------
    stages
        Gazetteer, actors and sources.
    claims, ledger
        Where the claims are: JSON Lines or a ledger; exactly one of them.
    on, known_by
        As for the other outputs.
    precautions
        What is held back from every answer.

    Raises
    ------
    UsageError
        If none or both of claims and ledger are given.
    """

    def __init__(
        self,
        stages: Stages,
        *,
        claims: str | Path | None = None,
        ledger: str | Path | None = None,
        on: dt.date | None = None,
        known_by: dt.date | None = None,
        precautions: Precautions | None = None,
    ) -> None:
        if (claims is None) == (ledger is None):
            raise UsageError("say where the claims are: --claims FILE or --ledger FILE.")
        self.stages = stages
        self.ledger = ledger
        self._claims_path = claims
        self._on, self._known_by = on, known_by
        self._precautions = precautions
        self._lock = threading.Lock()
        self._made: OrderedDict[dt.date | None, Made] = OrderedDict()
        self._rows: dict[tuple[dt.date | None, str], list[Row]] = {}
        self._revision = self._look()
        self._looked = time.monotonic()
        self._told = self._read()

    def refresh(self) -> None:
        """Read the claims and judgements again."""
        with self._lock:
            self._read_again(self._look())

    def _keep_up(self) -> None:
        """Read again when something was added since; called with the lock held."""
        if time.monotonic() - self._looked < _LOOK_S:
            return
        self._looked = time.monotonic()
        with contextlib.suppress(TrackerError):  # a file that is being written, a database that is being restarted
            revision = self._look()
            if revision != self._revision:
                self._read_again(revision)

    def _read_again(self, revision: object) -> None:
        self._told = self._read()
        self._revision = revision
        self._made.clear()
        self._rows.clear()

    def _look(self) -> object:
        """Return what differs when claims or judgements do."""
        if self.ledger is not None:
            from tracker.ledger import open_ledger  # noqa: PLC0415 - a stage is imported when it is asked for

            with open_ledger(self.ledger, read_only=True) as ledger:
                return ledger.revision()
        try:
            about = Path(str(self._claims_path)).stat()
        except OSError:  # standard input, or a file that is just being replaced
            return None
        return about.st_mtime_ns, about.st_size, about.st_ino

    def made(self, known_by: dt.date | None = None) -> Made:
        """Return claims, states and layer as known by a day; None: by the day on which the server stands."""
        with self._lock:
            self._keep_up()
            return self._drawn(self._as_reported(known_by))

    def rows(self, collection: Collection, known_by: dt.date | None = None) -> list[Row]:
        """Return the rows of a collection as known by a day, listed once for all pages."""
        with self._lock:
            self._keep_up()
            key = self._as_reported(known_by)
            made = self._drawn(key)
            if (key, collection.name) not in self._rows:
                self._rows[key, collection.name] = list(collection.rows(made))
            return self._rows[key, collection.name]

    def layer(self, known_by: dt.date | None = None) -> Layer:
        """Return the layer of all days as known by a day."""
        return self.made(known_by).layer

    def review(self, limit: int) -> list[ReviewItem]:
        """Return the claims that want a decision, the most important first, without what is held back."""
        from tracker.states import review_queue  # noqa: PLC0415 - a stage is imported when it is asked for

        shown, judged = self.made().claims, self._told.judgements
        places, sources = self.stages.gazetteer, self.stages.sources
        queue = review_queue(shown, judgements=judged, known_by=self._known_by, places=places, sources=sources)
        return queue[:limit]

    def _drawn(self, key: dt.date | None) -> Made:
        if key not in self._made:
            held = replace(self._precautions, last_day=self._last) if self._precautions else None
            self._made[key] = draw_guarded(
                self._told.claims, self.stages, held, known_by=key, judgements=self._told.judgements, span=True
            )
            while len(self._made) > _KEPT:
                gone, _ = self._made.popitem(last=False)
                self._rows = {at: rows for at, rows in self._rows.items() if at[0] != gone}
        self._made.move_to_end(key)
        return self._made[key]

    def _read(self) -> _Told:
        if self.ledger is not None:
            from tracker.ledger import open_ledger  # noqa: PLC0415 - as above

            with open_ledger(self.ledger, read_only=True) as ledger:
                told = _Told(list(ledger.claims(known_by=self._known_by)), ledger.judgements())
        else:
            told = _Told(read_records(str(self._claims_path), Claim), [])
        return self._embargoed(told)

    def _embargoed(self, told: _Told) -> _Told:
        """Leave out what an embargo holds back, once and for all; what the list hides is hidden layer by layer."""
        days = self._precautions.embargo_days if self._precautions else None
        self._last = self._known_by
        if days is not None:
            from tracker.precautions import Guard, Precautions  # noqa: PLC0415 - as above

            guard = Guard(
                Precautions(embargo_days=days), self.stages.gazetteer, told.claims, on=self._on, known_by=self._known_by
            )
            self._last = guard.known_by
            told = _Told(guard.claims, told.judgements)
        self._days = sorted({c.published for c in told.claims if c.published})
        return told

    def _as_reported(self, known_by: dt.date | None) -> dt.date | None:
        """Return the day of the newest report by then, so that days between two reports share one layer."""
        asked = min((day for day in (known_by, self._last) if day is not None), default=None)
        if asked is None or known_by is None:
            return self._last
        if self._days and asked >= self._days[-1]:
            return self._last if self._last is not None else None
        place = bisect_right(self._days, asked)
        return self._days[place - 1] if place else asked
