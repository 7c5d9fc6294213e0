"""The ledger: what was reported, read and decided, kept for good."""

from tracker.ledger.checking import Finding, check_ledger
from tracker.ledger.judging import make_judgement
from tracker.ledger.postgres import create_ledger, open_ledger
from tracker.ledger.store import Ledger, LedgerStatus, Reading
from tracker.ledger.tables import LAYOUTS, TableReader

__all__ = [
    "LAYOUTS",
    "Finding",
    "Ledger",
    "LedgerStatus",
    "Reading",
    "TableReader",
    "check_ledger",
    "create_ledger",
    "make_judgement",
    "open_ledger",
]
