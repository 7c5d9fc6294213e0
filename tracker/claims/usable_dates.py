"""Which dates of a sentence may be those of what was found in it: not lengths of an event, ages, or others' days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from tracker.claims.attaching import EVENTS, described_since, inside_date, is_spoken, tokens_of
from tracker.claims.dates.mentions import DateKind, DateMention
from tracker.claims.dates.words import read_date_words
from tracker.claims.going_before import had_been
from tracker.claims.parsing.syntax import Tree
from tracker.claims.roles.filling import Finding
from tracker.claims.story_time import StoryTime
from tracker.model import Kind

__all__ = ["of_an_hour", "of_since_clause", "tense_of", "under_since", "usable_dates"]

_PHRASE = 8  # tokens
_BESIDE = 6  # characters: " on "
_UNREACHED = (" after", " into")  # "two days after", when the day of what it is reckoned from is not told
_RANKS = frozenset({"first", "only", "biggest", "largest", "last", "latest", "second", "third"})
_SINCE = frozenset({"since"})
_LEADING = frozenset({"prep", "mark", "pcomp"})
_HAVE = frozenset({"has", "have", "had", "'ve", "’ve"})
_NOW = frozenset({"now", "currently", "at present"})  # "have now taken X" tells no day
_DASHES = frozenset({"-", "–", "—", "--", "("})
_DATELINE = 7  # tokens before the day of a dateline: "DOLNA, Gornland,"
_BEGINNING = frozenset({"begin", "start", "launch"})
_LONG_AGO = dt.timedelta(days=60)  # what is farther back is told as history, not as news


def usable_dates(
    tree: Tree,
    finding: Finding,
    dates: Sequence[DateMention],
    *,
    verb: int | None,
    story: StoryTime,
    published: dt.date | None,
) -> list[DateMention]:
    """
    Return the dates of a sentence that may be a finding's.

    Parameters
    ----------
    verb
        Index of the verb of its clause, None for a verbless one.
    """
    event = finding.kind in EVENTS
    tense = tense_of(tree, finding, verb)
    usable = []
    for date in dates:
        if date.kind is DateKind.ASIDE and not inside_date(tree, finding, date):
            continue
        if date.edtf is None and (not event or date.text.lower().endswith(_UNREACHED) or of_an_hour(date.text)):
            continue
        over = event or (tense == "past" and _spent(dates, story, published))
        if date.kind is DateKind.DURATION and (over or (published is not None and _is_past(tree, finding))):
            continue
        if _as_long(date, dates) or _reckoned_from(tree, finding, date, dates):
            continue
        if event and (
            date.text.lower() in _NOW or under_since(tree, finding, date) or _ranked_since(tree, finding, date)
        ):
            continue
        if _to_come(tree, finding, date) or _of_what_went(tree, finding, date, tense=tense, published=published):
            continue
        if not _beside_label(finding, date) and not _of_dateline(tree, date):
            usable.append(date)
    return _telling(usable, tense, published)


def _to_come(tree: Tree, finding: Finding, date: DateMention) -> bool:
    """Tell whether a day is that of another thing that "will" be: "will speak on Friday, after the army took X"."""
    first = next(iter(tokens_of(tree, date)), None)
    clause = next((k for k in tree.climb(first) if tree.is_verb(k)), None) if first is not None else None
    if clause is None or clause == finding.governor:
        return False
    return any(tree[k].lower in {"will", "shall", "'ll", "’ll"} for k in tree.kids(clause, "aux"))


def _is_past(tree: Tree, finding: Finding) -> bool:
    """Tell whether a state "had" lasted so long until something else, and nobody says so: "fled X, which they had"."""
    if finding.kind is not Kind.HOLDS or not had_been(tree, finding):
        return False
    if tree[finding.governor].dep == "relcl":
        return True  # "moved in, officials said, driving out men who had held it for months"
    return not any(
        tree.verb_base(k) in tree.frames.scope.speech for k in tree.climb(finding.governor) if tree.is_verb(k)
    )


def _of_what_went(tree: Tree, finding: Finding, date: DateMention, *, tense: str, published: dt.date | None) -> bool:
    """Tell whether a day is that of what went before a state that is so now, or what has come about."""
    if tense == "perfect":
        within = date.text.lower().startswith("within") and date.relative == "told"  # "has taken X within five days"
        return within or _of_clause_before(tree, finding, date, published)
    if tense != "present" or finding.kind in EVENTS:
        return False
    if _of_past_clause(tree, finding, date):
        return True
    return published is not None and _of_news_before(tree, finding, date, published)


def _telling(usable: list[DateMention], tense: str, published: dt.date | None) -> list[DateMention]:
    """Return dates without those that others tell better: "said on Monday that they were now in control of X"."""
    if tense == "past":
        usable = [date for date in usable if date.text.lower() not in _NOW] or usable
    if published is not None and any(_history(date, published) for date in usable):
        usable = [date for date in usable if not (date.relative == "published" and of_an_hour(date.text))]
    return usable


def _of_dateline(tree: Tree, date: DateMention) -> bool:
    """Tell whether a date is that on which a report was written: "DOLNA, Nov. 8 - Troops took"."""
    inside = tokens_of(tree, date)
    behind = tree[inside[-1] + 1].text if inside and inside[-1] + 1 < len(tree) else ""
    if not behind or inside[0] > _DATELINE or not tree[0].text.isupper():
        return False
    return behind in _DASHES or (inside[0] > 0 and tree[inside[0] - 1].text == "," and behind[0].isupper())


@lru_cache(maxsize=4096)  # asked for again with each finding of a sentence
def of_an_hour(text: str) -> bool:
    """Tell whether a date names a time of day, which is of the day told of: "at night", "overnight"."""
    lower = text.lower()
    return any(word in lower for word in (*read_date_words().times_of_day, "daylight"))


def tense_of(tree: Tree, finding: Finding, verb: int | None) -> str:
    """Return ``present``, ``perfect``, ``past`` or ``unknown`` of the clause."""
    start = verb if verb is not None else finding.governor
    for k in (start, *tree.climb(start)):
        if not tree.is_verb(k):
            continue
        words = {tree[kid].lower for kid in tree.kids(k, "aux", "auxpass")}
        present = any(tree[kid].tag in {"VBZ", "VBP"} for kid in tree.kids(k, "auxpass"))
        if words & {"has", "have", "'ve", "’ve"}:
            return "perfect"
        if words & {"had", "was", "were", "did"} or tree[k].tag == "VBD":
            return "past"
        if present or tree[k].tag in {"VBZ", "VBP"} or words & {"is", "are", "'s", "’s", "'re", "does", "do"}:
            return "present"
        if tree[k].dep in {"relcl", "ROOT"} and tree[k].tag == "VBD":
            return "past"
        if tree[k].dep == "ROOT" and tree[k].tag == "VB" and not words and tree.kids(k, "nsubj"):
            return "present"
    return "unknown"


def of_since_clause(tree: Tree, date: DateMention) -> int | None:
    """Return the verb of the clause with "since" that a date stands in: it tells of before, the story goes on."""
    if not tree.says_any(_SINCE):
        return None
    above = [k for first in tokens_of(tree, date)[:1] for k in (first, *tree.climb(first))]
    clause = next((k for k in above if tree.is_verb(k)), None)
    if clause is None or tree[clause].dep != "advcl":
        return None
    return clause if "since" in {tree[k].lower for k in tree.kids(clause, "mark", "advmod")} else None


def _ranked_since(tree: Tree, finding: Finding, date: DateMention) -> bool:
    """Tell whether a day is that from which something is the first: "the first town that they took since 2001"."""
    first = next(iter(tokens_of(tree, date)), 0)
    since = "since" in {tree[first].lower, tree[max(first - 1, 0)].lower}
    behind = finding.trigger < first  # not "for the first time since 2012, when they captured it"
    return since and behind and tree.says_any(_RANKS) and any(token.lower in _RANKS for token in tree.tokens[:first])


def under_since(tree: Tree, finding: Finding, date: DateMention) -> bool:
    """Tell whether a day is that of what something is so since: "held since its capture in 2014", "since they came"."""
    if date.kind is not DateKind.POINT or not tree.says_any(_SINCE):
        return False
    clause = of_since_clause(tree, date)
    if clause is not None:
        above = (finding.governor, *tree.climb(finding.governor))
        beside = tree[clause].head in above or finding.governor in tree.climb(clause)
        return clause not in above and (beside or finding.place.token in tree.climb(clause))
    own = {finding.governor, finding.trigger}
    first = next(iter(tokens_of(tree, date)), 0)
    if described_since(tree, finding, first):
        return False
    back = list(range(first - 1, max(first - _PHRASE, -1), -1))  # "since its capture in 2014", wherever "in" hangs
    end = next((n for n, k in enumerate(back) if tree.is_verb(k) or tree[k].dep == "punct"), len(back))
    for path in (back[:end], tree.climb(first)):
        since = next((n for n, k in enumerate(path) if tree[k].lower == "since" and tree[k].dep in _LEADING), None)
        if since is not None and not own & set(path[:since]):
            own_day = tree[path[since] + 1]  # "since 2021, when it fell on Monday"
            if own_day.i not in tokens_of(tree, date) and (own_day.kind == "date" or own_day.tag == "CD"):
                return False
            return path[since] not in tree.climb(finding.governor)
    return False


def _spent(dates: Sequence[DateMention], story: StoryTime, published: dt.date | None) -> bool:
    """Tell whether a length of time is over in a story of long ago: "took X in 2015 and ruled it for a year"."""
    if published is None:
        return False
    if any(date.kind is DateKind.POINT and _history(date, published) for date in dates):
        return True
    if story.news:
        return False
    return story.edtf is not None and story.edtf.rpartition("/")[2][:7] < (published - _LONG_AGO).isoformat()[:7]


def _as_long(date: DateMention, dates: Sequence[DateMention]) -> bool:
    """Tell whether a time only says how long it took, beside the day: "from May for nine months", "within hours on"."""
    own = [other for other in dates if other.relative is None and other.point and other is not date]
    if date.kind is DateKind.DURATION:
        return any(other.kind is DateKind.SINCE for other in own)
    return date.text.lower().startswith("within ") and any(0 < o.start - date.end <= _BESIDE for o in own)


def _reckoned_from(tree: Tree, finding: Finding, date: DateMention, dates: Sequence[DateMention]) -> bool:
    """Tell whether a day is only what another is reckoned from: "a week after the start of the war on 4 May"."""
    if date.text.lower().endswith((" after", " before", " since")):
        return False  # "a day after they entered X and two days after they lost Y"
    for other in dates:
        if other.edtf is None or other.end > date.start or not other.text.lower().endswith((" after", " before")):
            continue
        between = tree.between(other.end, date.start)
        own = {finding.governor, finding.trigger, finding.place.token}.isdisjoint(between)
        if own and all(tree[k].text != "," for k in between):
            return True
    return False


def _beside_label(finding: Finding, date: DateMention) -> bool:
    """Tell whether a date is of an event beside a label, which is still true: "last month's attack on X, a bastion"."""
    vague = date.relative == "published" and date.kind is DateKind.POINT and date.precision != "day"
    of_another = date.back_reference and date.text.lower().endswith(" after")  # "days after taking Y"
    return finding.frame.shape in {"held", "label"} and (vague or of_another)


def _history(date: DateMention, published: dt.date) -> bool:
    """Tell whether a date that stands for itself lies long before its publication."""
    if date.relative is not None or date.point is None or not date.point[:4].isdigit():
        return False
    return date.point[:7] < (published - _LONG_AGO).isoformat()[:7]


def _of_past_clause(tree: Tree, finding: Finding, date: DateMention) -> bool:
    """Tell whether a day is that of what happened while a state is so now: "hold X, while Y fell on Monday"."""
    if date.kind is not DateKind.POINT:
        return False
    clauses = [next((k for k in tree.climb(i) if tree.is_verb(k)), None) for i in tokens_of(tree, date)]
    own, speech = {finding.trigger, finding.governor}, tree.frames.scope.speech
    aside = tree[finding.governor].dep == "advcl"
    aside_of = tree[finding.governor].dep == "relcl"  # "in recent weeks they have entered X, where the army holds Y"
    return bool(clauses) and all(
        k is not None
        and k not in own
        and (_is_over(tree, k) or (aside_of and any(tree[a].lower in _HAVE for a in tree.kids(k, "aux"))))
        and tree.verb_base(k) not in speech
        and (aside or aside_of or tree[k].dep in {"advcl", "acl"})
        for k in clauses
    )


def _of_news_before(tree: Tree, finding: Finding, date: DateMention, published: dt.date) -> bool:
    """Tell whether a day before publication is not that of what is so now: "X, taken on Friday, remains with them"."""
    last = (date.point or "").rpartition("/")[2].rstrip("~")
    if date.kind is not DateKind.POINT or not last or last >= published.isoformat()[: len(last)]:
        return False
    inside = tokens_of(tree, date)
    if not inside or date.text.lower().startswith("as of") or (inside[0] > 1 and tree[inside[0] - 2].lower == "as"):
        return False
    own = [finding.governor, *tree.climb(finding.governor)]
    clause = next((k for k in own if tree.is_verb(k)), None)
    if is_spoken(tree, date):  # "said on Sunday that they neared X, which remains with the rebels"
        spoken = next((n for n, k in enumerate(own) if tree.verb_base(k) in tree.frames.scope.speech), 0)
        return any(tree[k].dep in {"relcl", "appos"} for k in own[:spoken])
    above = next((k for k in tree.climb(inside[0]) if tree.is_verb(k)), None)
    return clause != above or date.relative == "told"


def _is_over(tree: Tree, verb: int) -> bool:
    """Tell whether a verb is told as past: "fell", "was abandoned", "(the plant,) seized (in May)"."""
    passive = tree.kids(verb, "auxpass")
    was = any(tree[k].lower in {"was", "were"} for k in passive)
    return tree[verb].tag == "VBD" or (tree[verb].tag == "VBN" and (was or (tree[verb].dep == "acl" and not passive)))


def _of_clause_before(tree: Tree, finding: Finding, date: DateMention, published: dt.date | None) -> bool:
    """Tell whether a day is that of a clause told as past, beside one in the perfect: "fell in May, but has"."""
    if date.kind is not DateKind.POINT or not tree.is_verb(finding.governor):
        return False
    first = next(iter(tokens_of(tree, date)), None)
    clause = next((k for k in tree.climb(first) if tree.is_verb(k)), None) if first is not None else None
    if clause is None or tree[clause].tag != "VBD" or clause == finding.governor:
        return False
    if tree.verb_base(clause) in tree.frames.scope.speech:
        return False
    joined = tree[finding.governor].dep == "conj" and tree[finding.governor].head == clause
    aside = tree[finding.governor].dep == "relcl" and clause in tree.climb(
        finding.governor
    )  # "where they have taken X"
    of_another = tree[clause].dep == "relcl" and clause not in tree.climb(finding.governor)
    if published is not None and date.point and published.isoformat().startswith(date.point):
        of_another &= tree.verb_base(clause) not in _BEGINNING  # "the drive that began this month has freed X"
    return joined or aside or of_another
