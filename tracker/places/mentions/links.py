"""Names that stand beside each other: a part before its whole, the members of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tracker.places.lexicon import Lexicon
from tracker.places.matching.scan import PART
from tracker.places.memo import Memo
from tracker.places.mentions.cues import Look
from tracker.places.mentions.signs import Signs

__all__ = ["Linker"]

_LIST_JOINT = re.compile(
    r"(?:,?[ \u00a0]+(?:and|or|as well as|to|і|и|та|و|et)[ \u00a0]+(?:the[ \u00a0]+)?"
    r"|,[ \u00a0]+(?:the[ \u00a0]+)?|[ ]?[–—][ ]?|/)(?:[AaEe](?:[sdt]h|[lrsdznt])-)?"
)
_COMMA = re.compile(r",[ \u00a0\n]{1,2}|[ \u00a0]\(")
_HOLDING = frozenset({" of ", " in ", ", in ", " district of "})
_PART_OF = re.compile(r" (?:(?:sub-?)?district|quarter|neighbou?rhood)s? of (?:the )?")
_FARTHEST = 18  # characters between a name and the one that it is linked with


class _Joint(NamedTuple):
    """
    What stands between two names: whether the first lies in the second, both are in a list, or a cue ties them.

    `part_of`: the cue is the first one's, "the Saladin district of Aleppo".
    """

    comma: bool
    listed: bool
    holds: bool
    holds_called: bool
    part_of: bool


class Linker:
    """Ties parts to wholes, and lets the members of a list share their cue."""

    def __init__(self, words: Lexicon) -> None:
        self._whole = words.kinds["whole"]
        self._joints = Memo(_joint)

    def link(
        self, text: str, start: Sequence[int], end: Sequence[int], looks: list[Look], signs: list[Signs]
    ) -> set[int]:
        """
        Change looks and signs of names by what stands between two of them; return which lie in the next one.

        Parameters
        ----------
        text
            A page.
        start, end
            Of the names, ordered; their type words belong to them.
        """
        inner: set[int] = set()
        joints, whole = self._joints, self._whole
        for here, (first, last) in enumerate(zip(end, start[1:], strict=False)):
            if last - first > _FARTHEST or (joint := joints[text[first:last]]) is None:
                continue
            after = here + 1
            if joint.comma:
                inner.add(here)
                if looks[after].cue is None:
                    looks[after] = looks[after].called(whole, before=False, plural=False)
            if joint.listed and signs[here].listable and signs[after].listable:
                signs[here] = signs[here].plus("listed")
                signs[after] = signs[after].plus("listed")
                look = looks[here]
                if look.plural and look.cue_before and looks[after].cue is None and look.cue is not None:
                    looks[after] = looks[after].called(look.cue, before=True, plural=True)
                    signs[after] = signs[after].plus("cue")
            elif joint.holds or (joint.holds_called and looks[here].cue is not None):
                inner.add(here)
                if joint.part_of and looks[here].cue is looks[after].cue and looks[after].cue_before:
                    looks[after] = looks[after].called(None, before=False, plural=False)
        _hand_back(text, start, end, looks, signs)
        return inner


def _joint(between: str) -> _Joint | None:
    """Read what stands between two names; None for what says nothing."""
    if PART in between:
        return None
    joint = _Joint(
        comma=_COMMA.fullmatch(between) is not None,
        listed=_LIST_JOINT.fullmatch(between) is not None,
        holds=between in _HOLDING,
        holds_called=between.startswith(" ") and between.endswith((" of ", " in ")),
        part_of=_PART_OF.fullmatch(between) is not None,
    )
    return joint if any(joint) else None


def _hand_back(text: str, start: Sequence[int], end: Sequence[int], looks: list[Look], signs: list[Signs]) -> None:
    """Let the members of a list share the cue that stands behind the last: "Harabish and Tahtuh districts"."""
    several = [number for number, look in enumerate(looks) if look.plural and not look.cue_before]
    for last in reversed(several):
        cue = looks[last].cue
        for here in range(last - 1, -1, -1):
            if cue is None or looks[here].cue is not None or "listed" not in signs[here]:
                break
            if not _LIST_JOINT.fullmatch(text, end[here], start[here + 1]):
                break
            looks[here] = looks[here].called(cue, before=False, plural=True)
            signs[here] = signs[here].plus("cue")
