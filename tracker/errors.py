"""
Every error that this package raises on purpose, in one tree.

An error keeps its facts as fields, writes its own message (what, where, what
to do) and is also the builtin that a caller expects.
"""

from __future__ import annotations

from pathlib import Path

__all__ = [
    "DateError",
    "ExtractorError",
    "FullDiskError",
    "GazetteerError",
    "InputError",
    "LedgerError",
    "MissingModelError",
    "MissingToolError",
    "OutputError",
    "OverlappingStatesError",
    "RecordError",
    "TrackerError",
    "UnknownActorError",
    "UnknownPlaceError",
    "UsageError",
]


class TrackerError(Exception):
    """Root of the tree: catch this to catch everything raised on purpose."""


class UsageError(TrackerError, ValueError):
    """An argument or option that can't be used as given."""


class InputError(TrackerError, ValueError):
    """
    Input that can't be read, with the place of the fault and the cure.

    Attributes
    ----------
    path
        The file, ``-`` for standard input, or None when there is no file.
    line
        Line number from 1, or None when the whole file is meant.
    problem
        What is wrong.
    cure
        What to do about it.
    """

    def __init__(
        self,
        problem: str,
        *,
        path: str | Path | None = None,
        line: int | None = None,
        cure: str | None = None,
    ) -> None:
        self.path = None if path is None else str(path)
        self.line = line
        self.problem = problem
        self.cure = cure
        where = self.path or ""
        if line is not None:
            where = f"{where}:{line}" if where else f"line {line}"
        message = f"{where}: {problem}" if where else problem
        super().__init__(f"{message}. {cure}" if cure else message)


class RecordError(InputError):
    """A JSON Lines record that is not what its type says."""


class DateError(InputError):
    """A date that is not ISO 8601 or EDTF level 1, or does not exist."""


class GazetteerError(InputError):
    """A gazetteer file that breaks its own rules."""


class LedgerError(InputError):
    """A ledger that is damaged, locked, read-only, of a newer version, or no ledger at all."""


class OutputError(TrackerError, OSError):
    """Output that can't be written; nothing is left half-written under its final name."""

    def __init__(self, problem: str, *, path: str | Path, cure: str | None = None) -> None:
        self.path = str(path)
        self.problem = problem
        self.cure = cure
        message = f"{self.path}: {problem}"
        super().__init__(f"{message}. {cure}" if cure else message)

    def __str__(self) -> str:
        """Return the message (OSError would print its arguments)."""
        return str(self.args[0])


class FullDiskError(OutputError):
    """No space is left where the output goes."""


class UnknownPlaceError(TrackerError, LookupError):
    """A place id or name that the gazetteer does not hold."""

    def __init__(self, asked: str, *, suggestions: tuple[str, ...] = ()) -> None:
        self.asked = asked
        self.suggestions = suggestions
        message = f"no place {asked!r} in the gazetteer."
        if suggestions:
            message += f" Did you mean {', '.join(suggestions)}?"
        else:
            message += " Try: tracker gazetteer search NAME."
        super().__init__(message)


class UnknownActorError(TrackerError, KeyError):
    """An actor id that the actor data does not hold."""

    def __init__(self, asked: str, *, known: tuple[str, ...] = ()) -> None:
        self.asked = asked
        self.known = known
        message = f"no actor {asked!r}."
        if known:
            message += f" Known: {', '.join(known)}; anyone else is other:<name>."
        super().__init__(message)

    def __str__(self) -> str:
        """Return the message (KeyError would quote it)."""
        return str(self.args[0])


class OverlappingStatesError(TrackerError, ValueError):
    """Two states of one place and part that cover the same day."""

    def __init__(self, place_id: str, part: str | None, day: str) -> None:
        self.place_id = place_id
        self.part = part
        self.day = day
        where = place_id if part is None else f"{place_id} ({part})"
        super().__init__(f"two states of {where} cover {day}. Fuse the claims again.")


class ExtractorError(TrackerError, RuntimeError):
    """An extractor that can't be loaded, or can't go on: a refused key, a server that sends one elsewhere."""

    def __init__(self, extractor: str, problem: str, *, cure: str | None = None) -> None:
        self.extractor = extractor
        self.problem = problem
        self.cure = cure
        message = f"extractor {extractor!r}: {problem}"
        super().__init__(f"{message}. {cure}" if cure else message)


class MissingModelError(TrackerError, ImportError):
    """A language model was asked for that is not installed."""

    def __init__(self, model: str, cure: str) -> None:
        self.model = model
        super().__init__(f"the model {model!r} is not installed. {cure}")


class MissingToolError(TrackerError, RuntimeError):
    """A library or program was asked for that is not installed."""

    def __init__(self, tool: str, cure: str) -> None:
        self.tool = tool
        super().__init__(f"{tool} is not installed. {cure}")
