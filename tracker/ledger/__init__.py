"""The ledger: what was reported, read and decided, kept for good."""

from tracker.ledger.checking import Finding, check_ledger
from tracker.ledger.judging import make_judgement
from tracker.ledger.store import Ledger, LedgerStatus, Reading
from tracker.ledger.tables import LAYOUTS, TableReader

__all__ = ["LAYOUTS", "Finding", "Ledger", "LedgerStatus", "Reading", "TableReader", "check_ledger", "make_judgement"]
