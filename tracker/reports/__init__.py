"""
Documents of many kinds, read into reports.

Text, Markdown, HTML, JSON, JSON Lines and CSV; files, folders and standard input.
What can't be read is handed over as a typed error, never dropped.
"""

from tracker.reports.build import report_from_fields
from tracker.reports.read import SUFFIXES, read_bursts, read_reports

__all__ = ["SUFFIXES", "read_bursts", "read_reports", "report_from_fields"]
