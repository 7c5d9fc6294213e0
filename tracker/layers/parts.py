"""
Parts of a place: which ground "the north", "the centre" or "parts of it" mean.

A place's *core* is the disc of its footprint. A compass part takes the directions
that are nearer to its own than to any other part named on the same day, up to 90°
to each side (45° for northeast and its like): alone, "the north" is a half; beside
"the east" it keeps what is nearer to north. `centre` is the inner half of the
radius, `outskirts` the outer quarter. What has no direction ("parts", a quarter
that the gazetteer doesn't know) takes eight thin arms all around, a pattern that no
reader takes for a front line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

__all__ = ["CENTRE", "OUTSKIRTS", "Anatomy", "compass_of", "normal_part"]

CENTRE = "centre"
OUTSKIRTS = "outskirts"
CENTRE_SHARE = 0.5  # of the core's radius: a quarter of its ground
OUTSKIRTS_SHARE = 0.75  # of the core's radius outward: 44 % of its ground
_ARMS = 8
_ARM_SHARE = 0.3  # of the ground, when a part has no stated share
_MOST_ARMS_SHARE = 0.8
_COMPASS = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0,
    "south": 180.0, "southwest": 225.0, "west": 270.0, "northwest": 315.0,
}  # fmt: skip
_CENTRAL = frozenset({"centre", "center", "central", "downtown", "middle", "heart", "inner"})
_OUTER = frozenset({"outskirts", "outskirt", "edge", "edges", "suburbs", "periphery", "countryside"})


def normal_part(part: str) -> str:
    """
    Return a part's canonical name: a compass word, ``centre``, ``outskirts``, or the part as it stands.

    Examples
    --------
    >>> normal_part("North-Eastern"), normal_part("center"), normal_part("al-Hawiqa")
    ('northeast', 'centre', 'al-Hawiqa')
    """
    plain = part.strip().casefold()
    word = re.sub(r"[\s-]", "", plain)
    word = re.sub(r"(ern|ernmost|ward|wards)$", "", word)
    if word in _COMPASS:
        return word
    first = plain.split()[0] if plain else ""
    if first in _CENTRAL:
        return CENTRE
    if first in _OUTER:
        return OUTSKIRTS
    joined = re.match(
        r"(north|south)?[\s-]?(east|west)?(?:ern)?[\s-]+(?:part|half|side|bank|edge|sector|quarter)s?$", plain
    )
    if joined and (joined[1] or joined[2]):
        return (joined[1] or "") + (joined[2] or "")
    return part.strip()


def compass_of(part: str) -> float | None:
    """Return the direction of a compass part in degrees clockwise from north, None for any other part."""
    return _COMPASS.get(part)


def _apart(a: float, b: float) -> float:
    return abs((a - b + 180.0) % 360.0 - 180.0)


def _half_width(direction: float) -> float:
    return 90.0 if direction % 90.0 == 0 else 45.0


@dataclass(frozen=True, slots=True)
class Anatomy:
    """
    How one place falls into the parts that are ever named of it.

    Attributes
    ----------
    parts
        Canonical names, sorted.
    located
        Those among them that have ground of their own (quarters that the gazetteer knows).
    arms
        Parts without direction, each with the first and last share of an arm's width that it takes.
    """

    parts: tuple[str, ...]
    located: frozenset[str] = frozenset()
    arms: dict[str, tuple[float, float]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, parts: Iterable[str], *, located: Collection[str] = (), shares: dict[str, float] | None = None
    ) -> Anatomy:
        """Lay out the parts; `shares` are stated shares of the ground of parts without direction."""
        named = tuple(sorted(set(parts)))
        loose = [p for p in named if p not in located and p not in (CENTRE, OUTSKIRTS) and p not in _COMPASS]
        wanted = [min(max((shares or {}).get(p, _ARM_SHARE), 0.05), _MOST_ARMS_SHARE) for p in loose]
        scale = min(1.0, _MOST_ARMS_SHARE / sum(wanted)) if wanted else 1.0
        arms: dict[str, tuple[float, float]] = {}
        start = 0.0
        for part, share in zip(loose, wanted, strict=True):
            arms[part] = (start, start + share * scale)
            start += share * scale
        return cls(named, frozenset(located), arms)

    def directions(self) -> list[float]:
        """Return every direction, degrees clockwise from north, at which one part may end and another begin."""
        compass = [d for p in self.parts if (d := compass_of(p)) is not None]
        found = set()
        for a in compass:
            found |= {(a - _half_width(a)) % 360, (a + _half_width(a)) % 360}
            for b in compass:
                if a < b:
                    found |= {((a + b) / 2) % 360, ((a + b) / 2 + 180) % 360}
        for k in range(_ARMS if self.arms else 0):
            found |= {self._arm_start(k) + edge * 360 / _ARMS for pair in self.arms.values() for edge in pair}
        return sorted({round(d % 360, 6) for d in found})

    def rings(self) -> list[float]:
        """Return the radii, as shares of the core's, at which one part may end and another begin."""
        out = [CENTRE_SHARE] if CENTRE in self.parts else []
        if OUTSKIRTS in self.parts:
            out.append(OUTSKIRTS_SHARE)
        if set(self.parts) - self.located:
            out.append(1.0)
        return out

    def part_at(self, direction: float, share: float, quarters: Collection[str], named: Collection[str]) -> str | None:
        """
        Return the part that a spot belongs to among those named on a day; None: none of them.

        Parameters
        ----------
        direction, share
            Of the spot from the place's point: degrees clockwise from north, distance as a share of the core's radius.
        quarters
            Located parts that cover the spot.
        named
            Canonical parts that have a state on the day.
        """
        for quarter in sorted(quarters):
            if quarter in named:
                return quarter
        if share > 1.0:
            return None
        if CENTRE in named and share < CENTRE_SHARE:
            return CENTRE
        if OUTSKIRTS in named and share > OUTSKIRTS_SHARE:
            return OUTSKIRTS
        return self._arm_at(direction, named) or self._compass_at(direction, named)

    def _arm_start(self, k: int) -> float:
        used = max(stop for _, stop in self.arms.values())
        return (k + 0.5 - used / 2) * 360 / _ARMS

    def _arm_at(self, direction: float, named: Collection[str]) -> str | None:
        if not self.arms:
            return None
        along = ((direction - self._arm_start(0)) % (360 / _ARMS)) / (360 / _ARMS)
        for part, (start, stop) in self.arms.items():
            if part in named and start <= along < stop:
                return part
        return None

    @staticmethod
    def _compass_at(direction: float, named: Collection[str]) -> str | None:
        best: tuple[float, str] | None = None
        for part in named:
            own = compass_of(part)
            if own is None:
                continue
            off = _apart(direction, own)
            if off <= _half_width(own) and (best is None or (off, part) < best):
                best = (off, part)
        return best[1] if best else None
