"""What an extractor claimed, or should have read, and was not let through: with the reason, for a person to see."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Rejection", "silently"]

_SHOWN = 160  # characters of strange words in one line


@dataclass(frozen=True, slots=True)
class Rejection:
    """
    A claim that was not let through, or a report that could not be read.

    Attributes
    ----------
    extractor
        Identity of the extractor.
    reason
        Why, in words.
    words
        What was claimed; untrusted text. Empty when the whole report is meant.
    """

    report_id: str
    extractor: str
    reason: str
    words: str = ""

    def __str__(self) -> str:
        r"""
        Return one line, without control characters and not longer than a line may be.

        Examples
        --------
        >>> print(Rejection("r-1", "endpoint-1", "these words do not stand in the text", "\x1b[31mIt fell."))
        report r-1: these words do not stand in the text: “ [31mIt fell.” (endpoint-1)
        """
        words = f": “{_plain(self.words)}”" if self.words else ""
        return f"report {_plain(self.report_id)}: {_plain(self.reason)}{words} ({_plain(self.extractor)})"


def silently(rejection: Rejection) -> None:
    """Take a rejection and tell nobody."""
    del rejection


def _plain(text: str) -> str:
    shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    return "".join(c if c.isprintable() else " " for c in shown)
