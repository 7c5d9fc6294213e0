"""
Gold in, scores out: how well places are found and claims are read.

The measures are the project's own: a claim is *found* when its kind and place
are right, *who* when its actor is too, *when* when its date is too. Places are
scored by overlap and by distance.
"""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyproj import Geod

from tracker.errors import InputError
from tracker.model import Claim, Kind, Modality, Resolution
from tracker.pipeline import Stages
from tracker.reports import report_from_fields

__all__ = ["ClaimScores", "PlaceScores", "Rate", "evaluate", "score_claims", "score_places"]

_ARTICLE = re.compile(r"^(?:the|al|ar|as|ad|an|at|az|ash)\s+")
_ALIKE = frozenset(  # sides that two careful annotators could not tell apart
    frozenset(pair)
    for pair in (
        ("sna", "turkey"),
        ("sna", "syrian_opposition"),
        ("separatists", "russia"),
        ("pmf", "iraqi_government"),
    )
)
_NEAR_KM, _FAR_KM = 10.0, 161.0  # what control needs; 100 miles, the custom of the geoparsing literature
_LOST_KM = 20_039.0  # half the Earth's circumference: the error of a place not put anywhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Precision, recall and their harmonic mean, 0 to 1."""

    right: int
    gold: int
    predicted: int

    @property
    def precision(self) -> float:
        """Share of what was predicted that is right."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was predicted."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimScores:
    """Scores of claims; `unreal_leak` is the share of unreal gold claims that came out as real, None without any."""

    reports: int
    found: Rate
    who: Rate
    when: Rate
    unreal_leak: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceScores:
    """Scores of mentions: overlap, and of the gold ones found the share within 10 and 161 km."""

    reports: int
    find: Rate
    within_10_km: float
    within_161_km: float
    median_km: float | None
    end_to_end_161: float


def evaluate(gold: Iterable[Mapping[str, Any]], stages: Stages, *, path: str | None = None) -> list[Any]:
    """
    Read the texts of a gold file and score what comes out.

    Parameters
    ----------
    gold
        Records with ``id``, ``text`` and ``claims`` or ``toponyms`` (or both).

    Returns
    -------
    scores
        `ClaimScores`, `PlaceScores` or both, by what the gold holds.

    Raises
    ------
    InputError
        If a record has neither claims nor toponyms, or what it has can't be scored.
    """
    claims: list[tuple[Mapping[str, Any], list[Claim]]] = []
    places: list[tuple[Mapping[str, Any], list[Resolution]]] = []
    for number, record in enumerate(gold, start=1):
        report = report_from_fields(record, path=path, line=number)
        problem = _problem(record)
        if problem is not None:
            raise InputError(problem, path=path, line=number, cure="Give a gold file.")
        if "claims" in record:
            claims.append((record, stages.extract(report)))
        if "toponyms" in record:
            places.append((record, stages.locate(report)))
    scores: list[Any] = []
    if claims:
        scores.append(score_claims(claims))
    if places:
        scores.append(score_places(places))
    return scores


_GOLD: Mapping[str, Mapping[str, Any]] = {
    "claims": {"kind": str, "modality": str, "place_text": str},
    "toponyms": {"start": int, "end": int, "lat": (int, float), "lon": (int, float)},
}


def _problem(record: Mapping[str, Any]) -> str | None:
    """Return what keeps a gold record from being scored."""
    if "claims" not in record and "toponyms" not in record:
        return "neither claims nor toponyms"
    for name, fields in _GOLD.items():
        rows = record.get(name, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            return f"{name} is no list of objects"
        for row in rows:
            wrong = [field for field, kind in fields.items() if not isinstance(row.get(field), kind)]
            if wrong:
                return f"one of its {name} has no {wrong[0]}, or another than it may be"
    return None


# --- claims ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Said:
    """A claim, gold or predicted, in the terms that are compared."""

    kind: str
    actor: str | None
    place: str
    date: str | None
    real: bool


def score_claims(pairs: Sequence[tuple[Mapping[str, Any], Sequence[Claim]]]) -> ClaimScores:
    """Return the scores of predicted claims against gold records with a list ``claims``."""
    right: Counter[str] = Counter()
    for record, predicted in pairs:
        gold = [_gold(c) for c in record["claims"]]
        said = [_said(c) for c in predicted if c.kind is not Kind.APPROACHES]
        real = [s for s in said if s.real]
        wanted = [g for g in gold if g.real]
        right["gold"] += len(wanted)
        right["predicted"] += len(real)
        for level, agree in (("found", _same_thing), ("who", _same_who), ("when", _same_when)):
            right[level] += len(_paired(wanted, real, agree))
        unreal = [g for g in gold if not g.real]
        right["unreal"] += len(unreal)
        taken = set(_paired(wanted, real, _same_thing).values())
        left = [s for j, s in enumerate(real) if j not in taken]
        right["leak"] += len(_paired(unreal, left, _same_thing))

    def rate(level: str) -> Rate:
        return Rate(right=right[level], gold=right["gold"], predicted=right["predicted"])

    leak = right["leak"] / right["unreal"] if right["unreal"] else None
    return ClaimScores(reports=len(pairs), found=rate("found"), who=rate("who"), when=rate("when"), unreal_leak=leak)


def _gold(claim: Mapping[str, Any]) -> _Said:
    kind, actor = _settled(claim["kind"], claim.get("actor"), claim.get("counter_actor"))
    real = claim["modality"] != Modality.UNREAL
    return _Said(kind, actor, _fold(claim["place_text"]), claim.get("date"), real)


def _said(claim: Claim) -> _Said:
    kind, actor = _settled(claim.kind, claim.actor, claim.counter_actor)
    return _Said(kind, actor, _fold(claim.place.text), claim.valid_time, claim.modality is not Modality.UNREAL)


def _settled(kind: str, actor: str | None, counter: str | None) -> tuple[str, str | None]:
    """`gains` by nobody named from X says the same as `loses` by X."""
    if kind == Kind.GAINS and not actor and counter:
        return Kind.LOSES, counter
    return str(kind), actor or None


def _fold(name: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return _ARTICLE.sub("", " ".join(re.sub(r"[^\w\s]", "", bare).split()))


def _same_thing(gold: _Said, said: _Said) -> bool:
    a, b = f" {gold.place} ", f" {said.place} "
    return gold.kind == said.kind and bool(gold.place and said.place) and (a in b or b in a)


def _same_who(gold: _Said, said: _Said) -> bool:
    return _same_thing(gold, said) and _same_actor(gold.actor, said.actor)


def _same_actor(a: str | None, b: str | None) -> bool:
    if a == b or frozenset((a, b)) in _ALIKE:
        return True
    if a and b and a.startswith("other:") and b.startswith("other:"):
        return a[6:] in b or b[6:] in a
    return False


def _same_when(gold: _Said, said: _Said) -> bool:
    return _same_who(gold, said) and _same_date(gold.date, said.date)


def _same_date(gold: str | None, said: str | None) -> bool:
    """Equal, or one a coarser form of the other; a date that the annotator could not tell agrees with any."""
    if gold is None:
        return True
    if said is None:
        return False
    g, s = gold.rstrip("?~%"), said.rstrip("?~%")
    if g == s:
        return True
    return "/" not in g + s and (s.startswith(g) or (g.startswith(s) and len(s) >= len("2017-09")))


def _paired(gold: Sequence[_Said], said: Sequence[_Said], agree: Callable[[_Said, _Said], bool]) -> dict[int, int]:
    """Return the largest one-to-one pairing, gold index to said index (Kuhn's algorithm, 1955)."""
    partner: dict[int, int] = {}

    def seek(i: int, tried: set[int]) -> bool:
        for j, s in enumerate(said):
            if j not in tried and agree(gold[i], s):
                tried.add(j)
                if j not in partner or seek(partner[j], tried):
                    partner[j] = i
                    return True
        return False

    for i in range(len(gold)):
        seek(i, set())
    return {i: j for j, i in partner.items()}


# --- places ---------------------------------------------------------------------------------------------------------


def score_places(pairs: Sequence[tuple[Mapping[str, Any], Sequence[Resolution]]]) -> PlaceScores:
    """Return the scores of mentions against gold records with a list ``toponyms`` (start, end, lat, lon)."""
    geod = Geod(ellps="WGS84")
    errors: list[float] = []
    n_gold = n_predicted = 0
    for record, mentions in pairs:
        n_gold += len(record["toponyms"])
        n_predicted += len(mentions)
        for toponym, mention in _overlapping(record["toponyms"], mentions):
            if mention.lon is None or mention.lat is None:
                errors.append(_LOST_KM)
            else:
                metres = geod.inv(toponym["lon"], toponym["lat"], mention.lon, mention.lat)[2]
                errors.append(metres / 1000)
    far = sum(km <= _FAR_KM for km in errors)
    return PlaceScores(
        reports=len(pairs),
        find=Rate(right=len(errors), gold=n_gold, predicted=n_predicted),
        within_10_km=sum(km <= _NEAR_KM for km in errors) / len(errors) if errors else 0.0,
        within_161_km=far / len(errors) if errors else 0.0,
        median_km=statistics.median(errors) if errors else None,
        end_to_end_161=far / n_gold if n_gold else 0.0,
    )


def _overlapping(
    toponyms: Sequence[Mapping[str, Any]], mentions: Sequence[Resolution]
) -> Iterable[tuple[Mapping[str, Any], Resolution]]:
    """Pair each gold toponym with the free mention that shares most characters with it."""
    free = list(mentions)
    for toponym in toponyms:
        shared = [min(m.end, toponym["end"]) - max(m.start, toponym["start"]) for m in free]
        if shared and max(shared) > 0:
            yield toponym, free.pop(shared.index(max(shared)))
