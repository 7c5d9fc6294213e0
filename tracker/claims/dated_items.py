"""Which date each name of a list has: "took X on Monday, Y a day later", "X and Y in May and June, respectively"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.claims.attaching import NONE, tokens_of
from tracker.claims.dates.mentions import DateKind, DateMention
from tracker.claims.dates.neighbours import apart
from tracker.claims.parsing.syntax import Tree
from tracker.claims.roles.filling import Finding

__all__ = ["each_its_own", "of_the_item"]

_FOLLOWED = frozenset({"followed"})
_RESPECTIVELY = frozenset({"respectively"})


def of_the_item(
    tree: Tree, finding: Finding, ranked: list[tuple[int, int, int]], usable: Sequence[DateMention]
) -> list[tuple[int, int, int]]:
    """Return the date that stands behind a name in a list of dated names: "took X on Monday, Y and Z a day later"."""
    first = finding.place.token
    while tree[first].dep == "conj" and tree[tree[first].head].kind in {"place", "name"}:
        first = tree[first].head
    names = (first, *tree.conjuncts(first))
    if len(names) == 1 or finding.place.token not in names:
        return _between_two(tree, finding, ranked, usable) if len(names) == 1 and ranked else []
    if tree.says_any(_RESPECTIVELY):
        points = (k for k, date in enumerate(usable) if date.kind is DateKind.POINT)
        each = sorted(points, key=lambda k: usable[k].start)[-len(names) :]
        return [(0, 0, each[names.index(finding.place.token)])] if len(each) == len(names) else []
    lead = [k for k, date in enumerate(usable) if date.end == tree[finding.place.token].start - 1]
    if lead and finding.place.token != first and usable[lead[0]].kind is DateKind.POINT:
        return [(0, 0, lead[0])]  # "took X in May, in June Y"
    by = _followed(tree, finding.place.token)
    if by is not None:
        told = [k for k, date in enumerate(usable) if tree[by[0]].start < date.start < tree[by[1]].start]
        return [(0, 0, told[0])] if told else []
    by_start = sorted(ranked, key=lambda item: usable[item[2]].start)
    behind = {k: next((item for item in by_start if usable[item[2]].start > tree[k].start), None) for k in names}
    dated = {item[2] for item in behind.values() if item is not None}
    leads = {tree[k].start - 1 for k in names} & {usable[k].end for k in dated}  # "X, and on Tuesday Y"
    own = behind[finding.place.token]
    if own is None or len(dated) == 1 or leads or any(usable[k].kind is not DateKind.POINT for k in dated):
        return []
    return [(min(own[0], NONE - 1), 0, own[2])]


def _between_two(
    tree: Tree, finding: Finding, ranked: list[tuple[int, int, int]], usable: Sequence[DateMention]
) -> list[tuple[int, int, int]]:
    """Return the date behind a name that another one stands before: "pulled out of X in May and out of Y in June"."""
    name, trigger = tree[finding.place.token], tree[finding.trigger]
    best = [k for rank, _, k in ranked if rank == ranked[0][0] and usable[k].kind is DateKind.POINT]
    if not any(trigger.end <= usable[k].start < name.start for k in best):
        return []
    behind = min((k for k in best if usable[k].start >= name.end), key=lambda k: usable[k].start, default=None)
    if behind is None or any(tree[k].kind == "place" for k in tree.between(name.end, usable[behind].start)):
        return []
    return [(0, 0, behind)]


def each_its_own(tree: Tree, dates: Sequence[DateMention]) -> Sequence[DateMention]:
    """Return dates with those as two before "respectively" that read as the ends of a span."""
    if not tree.says_any(_RESPECTIVELY):
        return dates
    return [one for date in dates for one in (apart(date) if _is_shared_out(tree, date) else [date])]


def _is_shared_out(tree: Tree, date: DateMention) -> bool:
    """Tell whether "respectively" stands behind a date."""
    behind = (tokens_of(tree, date) or [len(tree)])[-1] + 1
    return any(token.lower in _RESPECTIVELY for token in tree.tokens[behind : behind + 2])


def _followed(tree: Tree, name: int) -> tuple[int, int] | None:
    """Return "followed" and "by" before a name that a time may stand between: "X fell, followed a day later by Y"."""
    if not tree.says_any(_FOLLOWED):
        return None
    verb = next((k for k in range(name - 1, -1, -1) if tree[k].lower == "followed"), None)
    by = next((k for k in range(verb, name) if tree[k].lower == "by"), None) if verb is not None else None
    return (verb, by) if verb is not None and by is not None else None
