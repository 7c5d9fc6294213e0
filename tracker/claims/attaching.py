"""Which date of a sentence belongs to what was found in it: how far up the tree they meet."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from tracker.claims.dates.mentions import DateKind, DateMention
from tracker.claims.parsing.syntax import Tree
from tracker.claims.roles.filling import Finding
from tracker.model import Kind

__all__ = ["EVENTS", "NONE", "described_since", "inside_date", "is_spoken", "rank_of", "tokens_of", "verb_of_saying"]

EVENTS = frozenset({Kind.GAINS, Kind.LOSES, Kind.ENTERS, Kind.WITHDRAWS, Kind.BREAKS_SIEGE})
NONE = 99
_SEMICOLON = frozenset({";"})
_HAVE = frozenset({"has", "have", "had", "'ve", "’ve"})
_FOLLOWED = frozenset({"followed"})
_AUXILIARY = frozenset({"aux", "auxpass"})
_SPANS = frozenset({DateKind.SINCE, DateKind.UNTIL, DateKind.DURATION})


def rank_of(tree: Tree, finding: Finding, verb: int | None, date: DateMention) -> int:
    """Return how far up a date hangs from a finding, `NONE` when it belongs to another clause."""
    inside = tokens_of(tree, date)
    if not inside:
        return NONE
    if _behind_semicolon(tree, finding, inside[0]):
        return NONE
    if _of_last_perfect(tree, finding, date, inside[0]):
        return 1
    own = {finding.governor, finding.trigger}
    last = inside[-1] + 1 == len(tree) or tree[inside[-1] + 1].dep == "punct"  # "there was fighting the night before"
    if (
        date.text.lower().endswith((" after", " before", " since")) and not last
    ):  # "a day after claiming X" dates the claiming
        marked = tree[inside[-1]].dep == "mark" and tree[inside[-1]].head in {*own, *tree.climb(finding.governor)}
        below = inside_date(tree, finding, date) or marked
        if below != date.back_reference:
            return NONE
        if below:
            return 0
    top = next((k for k in inside if tree[k].head not in inside or tree[k].head == k), inside[0])
    chain = [top, *tree.climb(top)]
    if _of_another_entry(tree, finding, chain):
        return NONE
    verb_at = next((n for n, k in enumerate(chain) if tree.is_verb(k) and not _opens(tree, k)), len(chain) - 1)
    clause = chain[verb_at]
    path = [finding.governor, *tree.climb(finding.governor)]
    spoken = verb_of_saying(tree, inside[0], clause)
    if spoken is not None:
        return 1 + path.index(spoken) if spoken in path else NONE
    if finding.kind not in EVENTS and described_since(tree, finding, inside[0]):
        return NONE
    if finding.trigger in chain[: verb_at + 1]:
        return NONE if _before_next_object(tree, finding, inside) else 0
    if any(k in chain[: min(4, verb_at + 1)] for k in (finding.place.head, finding.place.token)):
        return 2
    if clause in path:
        steps = path.index(clause)
        return NONE if _elsewhere(tree, finding, path[:steps], date, clause) else 1 + steps
    return _loose(tree, finding, verb, date, top=top, clause=clause)


def _behind_semicolon(tree: Tree, finding: Finding, first: int) -> bool:
    """Tell whether a semicolon parts a date from what was told before it: "held X; Y fell on 3 August"."""
    own = max(finding.governor, finding.trigger, finding.place.token)
    return own < first and tree.says_any(_SEMICOLON) and any(t.text == ";" for t in tree.tokens[own:first])


def _of_last_perfect(tree: Tree, finding: Finding, date: DateMention, first: int) -> bool:
    """Tell whether "since" a day belongs to the last perfect before it: "which they have held, like Y, since 2014"."""
    verb = finding.governor
    if date.kind is not DateKind.SINCE or finding.kind in EVENTS or not verb < first:
        return False
    perfect = any(tree[k].lower in _HAVE for k in tree.kids(verb, "aux"))
    return perfect and not any(tree.is_verb(k) and tree[k].dep not in _AUXILIARY for k in range(verb + 1, first))


def _of_another_entry(tree: Tree, finding: Finding, chain: Sequence[int]) -> bool:
    """Tell whether a date hangs on another entry of a finding's list: "seized X, and on Friday Y"."""
    entry = next((k for k in chain if tree[k].kind in {"place", "name"}), None)
    if entry is None or tree[entry].dep != "conj":
        return False
    own = finding.place.token
    listed = {own}
    while tree[own].dep == "conj":
        own = tree[own].head
        listed.add(own)
    return entry not in listed and tree[entry].head in listed and entry > finding.place.token


def _before_next_object(tree: Tree, finding: Finding, inside: Sequence[int]) -> bool:
    """Tell whether a date leads on to another object of a finding's verb: "took X, on the following day Y"."""
    own = finding.place.head
    verb = tree[own].head
    if tree[own].dep != "dobj" or inside[0] < own:
        return False
    return any(k > inside[-1] for k in tree.kids(verb, "dobj")) and any(
        tree[k].text == "," for k in range(own + 1, inside[0])
    )


def _opens(tree: Tree, k: int) -> bool:
    """Tell whether a participle only leads to a date, as a preposition does: "starting mid-April 2014 they took X"."""
    return tree[k].lower in {"starting", "beginning", "commencing"} and tree[k].dep in {"prep", "advcl"}


def verb_of_saying(tree: Tree, first: int, clause: int) -> int | None:
    """Return the verb of saying whose date parsers give to what is said: "said on Tuesday it had captured"."""
    k = first - 1
    if k > 0 and tree[k].tag == "IN":
        k -= 1
    speaks = tree.is_verb(k) and tree.verb_base(k) in tree.frames.scope.speech
    follows = any(s > first for s in tree.kids(clause, "nsubj", "nsubjpass"))
    return k if speaks and k != clause and follows and k in tree.climb(clause) else None


def is_spoken(tree: Tree, date: DateMention) -> bool:
    """Tell whether a date is that of a verb of saying: "said on Tuesday that"."""
    inside = tokens_of(tree, date)
    clause = next((k for i in inside for k in tree.climb(i) if tree.is_verb(k)), None)
    if clause is None:
        return False
    if verb_of_saying(tree, inside[0], clause) is not None:
        return True
    return tree.verb_base(clause) in tree.frames.scope.speech


def _loose(tree: Tree, finding: Finding, verb: int | None, date: DateMention, *, top: int, clause: int) -> int:
    """Return the rank of a date that hangs on no clause above the finding."""
    last = tokens_of(tree, date)[-1]
    if date.relative == "told" and not date.back_reference and last < finding.governor:
        others = [k for k in range(last + 1, finding.governor) if tree.is_verb(k) and tree[k].dep not in _AUXILIARY]
        if not others:
            return 15  # "in 2011 the town rose, and the following year it was captured"
    if date.relative == "told" and not date.back_reference and _goes_on(tree, finding, clause):
        return NONE  # "occupied X, but they left it the following day"
    if top <= 3 and not date.back_reference:
        return 20
    if verb is not None and tree[clause].dep == "conj" and verb in (clause, *tree.climb(clause)):
        return 40
    if finding.kind not in EVENTS and date.relative == "published" and _goes_on(tree, finding, clause):
        return NONE  # "X had been in their hands for months and Y fell on Wednesday"
    aside = tree[clause].dep in {"relcl", "acl"} and tree.is_verb(clause) and clause > finding.governor
    at_place = tree[clause].head in {finding.place.token, finding.place.head} or tree[tree[clause].head].kind == "place"
    done = (
        finding.frame.shape not in {"held", "label"}
        and tree[clause].tag == "VBN"
        and tree[clause].lower not in _FOLLOWED
    )
    of_place = at_place and (tree[clause].dep == "relcl" or done)  # "freed X and Y near Z, taken on Sunday"
    if aside and (date.relative == "published" or of_place):
        return NONE  # "pulled out of X and Y, taken on Sunday"
    if tokens_of(tree, date)[0] < finding.trigger and not date.back_reference:
        return 30
    if date.kind is DateKind.SINCE and finding.kind not in EVENTS and _only_participles(tree, finding, clause):
        return 45
    return NONE if date.back_reference else 50


def described_since(tree: Tree, finding: Finding, first: int) -> bool:
    """Tell whether a day belongs to what a name is said to be beside a finding: "X, their base since May, is held"."""
    up = takewhile(lambda k: not tree.is_verb(k), tree.climb(first))
    own = takewhile(lambda k: not tree.is_verb(k), (finding.governor, *tree.climb(finding.governor)))
    return _in_apposition(tree, list(up)) and not _in_apposition(tree, list(own))


def _in_apposition(tree: Tree, path: Sequence[int]) -> bool:
    """Tell whether a way up the tree leads over an apposition."""
    return any(tree[k].dep == "appos" for k in path)


def _only_participles(tree: Tree, finding: Finding, clause: int) -> bool:
    """Tell whether only a participle parts a state from a day: "in the hands of men led by X since May"."""
    steps = (clause, *tree.climb(clause))
    above = next((k for k in steps if tree[k].dep != "acl" and tree.is_verb(k)), None)
    behind = tree[clause].dep == "acl" and clause > finding.governor  # not "X, shut since May, is held by"
    return behind and above in (finding.governor, *tree.climb(finding.governor))


def _goes_on(tree: Tree, finding: Finding, clause: int) -> bool:
    """Tell whether a clause with a subject or ground of its own is joined behind a finding's."""
    joined = tree[clause].dep == "conj" and tree[clause].head == finding.governor
    return joined and (bool(tree.kids(clause, "nsubj", "nsubjpass")) or finding.place.token < clause)


def _elsewhere(tree: Tree, finding: Finding, path: Sequence[int], date: DateMention, clause: int) -> bool:
    """Tell whether the date of a clause above is not that of a state told beside it."""
    if finding.kind in EVENTS or inside_date(tree, finding, date):
        return False  # "the stalemate lasted until July, when they surrounded it"
    predicate = tree[finding.governor].dep == "attr"  # "since May the town is a stronghold of"
    if finding.frame.shape in {"held", "label"} and date.kind in _SPANS and not predicate:
        return True  # "the rebel-held town, besieged since 2013"
    if any(tree[k].dep in {"relcl", "appos"} for k in path) and date.kind in _SPANS:
        return True  # "the town, which the army still holds, has been besieged since May"
    if tree.is_verb(clause) and tree.verb_base(clause) in tree.frames.scope.speech:
        return False  # who says on Monday that one thing is so and another says both then
    joined = any(tree[k].dep == "conj" and tree.is_verb(k) for k in path)
    return joined and date.relative == "published" and date.start > tree[clause].start


def inside_date(tree: Tree, finding: Finding, date: DateMention) -> bool:
    """Tell whether a finding stands in a clause that hangs on the date: "in May, when the army left"."""
    inside = tokens_of(tree, date)
    above = tree.climb(finding.governor)
    if any(k in inside for k in above):
        return True
    behind = [token for token in tree.tokens[inside[-1] + 1 : inside[-1] + 3] if token.text != ","] if inside else []
    when = behind[0] if behind and behind[0].lower == "when" else None
    return when is not None and when.dep == "advmod" and when.head in (finding.governor, *above[:-1])


def tokens_of(tree: Tree, date: DateMention) -> list[int]:
    """Return the indexes of a date's tokens."""
    return tree.between(date.start, date.end)
