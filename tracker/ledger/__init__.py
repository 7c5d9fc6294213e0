"""The ledger: what was reported, read and decided, kept for good."""

from tracker.ledger.checking import Finding, check_ledger
from tracker.ledger.judging import make_judgement
from tracker.ledger.store import Ledger, LedgerStatus, Reading

__all__ = ["Finding", "Ledger", "LedgerStatus", "Reading", "check_ledger", "make_judgement"]
