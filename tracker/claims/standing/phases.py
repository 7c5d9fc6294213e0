"""At which phase something is told: under way, waited for, come to pass in the end, over."""

from __future__ import annotations

from itertools import pairwise

from tracker.claims.dates.words import read_date_words
from tracker.claims.parsing.syntax import Tree
from tracker.claims.words import words

__all__ = [
    "WILL",
    "awaited",
    "came_to_pass",
    "ceased",
    "ended",
    "got_through",
    "is_day",
    "no_longer",
    "no_more",
    "not_until",
    "once_it_was",
    "took_time",
    "under_way",
]

_DAYS = frozenset({*read_date_words().weekdays, *read_date_words().months, "today", "yesterday"})
_BE = frozenset({"am", "is", "are", "was", "were", "been", "'re", "’re", "'s", "’s"})
_MOMENTS = frozenset({"day", "moment", "time", "hour"})
_UNTIL_THEN = frozenset({"when", "once", "after", "until", "till", "before", "as", "if", "unless"})
_WANTED = words("scope", "wanted")
_PROGRESS = words("scope", "progress")
_PASSING = words("scope", "passing")
_BREAKING = words("scope", "breaking")
_GOING_ON = words("scope", "going_on")
_UNFINISHED = words("scope", "unfinished")
_SETTING_OFF = words("scope", "setting_off")
_PROGRESSING = frozenset({"afoot", "ongoing", "progress", "underway", "way"})
_ENDED_AT_LAST = frozenset({"complete", "conclude", "end", "finish"})
_SUPPORTING = words("syntax", "supporting")
_SUBJECTS = ("nsubj", "nsubjpass")
_TIMES = words("scope", "times")
_EXPECTING = words("scope", "expecting")
_FUTURE = words("scope", "future")
WILL = frozenset({"will", "shall", "'ll", "’ll"})  # "would" tells of what came, too
_PAST = frozenset({"was", "were", "had", "did"})
_UNTIL = frozenset({"until", "till"})
_SPANS_OF_TIME = frozenset({"year", "years", "decade", "decades", "month", "months", "weeks", "period", "era"})
_ENDED = frozenset(
    {"ended", "ending", "ends", "finished", "finishing", "terminated", "terminating", "toppled", "toppling"}
)


def under_way(tree: Tree, verb: int) -> str | None:
    """Return the words that say that a deed is under way, not done: "continued to clear X", "are retaking X"."""
    if not tree.is_verb(verb):
        return _event_under_way(tree, verb)
    token, above = tree[verb], tree[verb].head
    helping = _helping_now(tree, verb)
    if helping is not None:
        return helping
    if token.dep == "xcomp" and tree.is_verb(above) and tree[above].lower in _GOING_ON:
        return tree[above].text
    if token.dep == "pcomp" and tree[above].lower == "in":
        on_its_way = [k for k in (tree[above].head, *tree.objects(tree[above].head)) if tree[k].lower in _PROGRESS]
        if on_its_way:
            return tree[on_its_way[0]].text
    going_on = token.dep == "advcl" and token.tag in {"VBP", "VBZ"}
    if going_on and (as_ := next((k for k in tree.kids(verb, "mark") if tree[k].lower == "as"), None)) is not None:
        return tree[as_].text  # "supports them as they liberate X"
    cue = _when_it_is(tree, verb) or once_it_was(tree, verb)
    if cue is not None:
        return cue
    if token.dep == "acl" and token.tag == "VBG" and above == verb - 1:
        doing = tree[above].dep in _SUBJECTS and tree[above].kind == "actor"
        return token.text if doing else None  # "fighters liberating X found a tunnel"
    if any(tree[k].lower == "being" for k in tree.kids(verb, "auxpass")) and token.dep != "pcomp":
        return "being"
    be = next((k for k in tree.kids(verb, "aux") if tree[k].lower in _BE), None)
    return f"{tree[be].text} {token.text}" if be is not None and token.tag == "VBG" else None


def _helping_now(tree: Tree, verb: int) -> str | None:
    """Return the verb by which others help to do something still: "is helping them to retake X", not "helped"."""
    token, above = tree[verb], tree[verb].head
    if token.dep == "pcomp" and tree[above].lower == "in":
        above = tree[above].head
    elif token.tag != "VB" or token.dep not in {"ccomp", "xcomp", "advcl"}:
        return None
    return _supporting_now(tree, above)


def _supporting_now(tree: Tree, verb: int) -> str | None:
    """Return a verb by which somebody supports something still: "supports", "is helping", "continues to help"."""
    if tree[verb].lower not in _SUPPORTING or not tree.is_verb(verb):
        return None
    now = tree[verb].tag in {"VBZ", "VBP"} or any(tree[k].lower in _BE for k in tree.kids(verb, "aux"))
    further = tree[verb].dep == "xcomp" and tree[tree[verb].head].lower in _GOING_ON
    return tree[verb].text if now or further else None


def _event_under_way(tree: Tree, noun: int) -> str | None:
    """Return the verb by which an event told by a noun has not ended: "the liberation of X has begun", "is delayed"."""
    verb = tree[noun].head
    if tree[noun].dep == "pobj" and tree[verb].lower == "in":
        return _supporting_now(tree, tree[verb].head)
    if not tree.is_verb(verb) or tree[noun].dep not in {*_SUBJECTS, "dobj"}:
        return None
    base = tree.verb_base(verb)
    if any(tree.verb_base(k) in _ENDED_AT_LAST for k in tree.conjuncts(verb)):
        return None  # "the liberation of X began in March and ended in May"
    if tree[noun].dep == "dobj":
        return tree[verb].text if base in _SETTING_OFF else _supporting_now(tree, verb)
    particles = {tree[k].lower for k in tree.kids(verb, "prt")}
    if (
        not _UNFINISHED.isdisjoint({base, tree[verb].lower})
        or (base == "rule" and "out" in particles)
        or (base in {"call", "put"} and "off" in particles)
    ):
        return tree[verb].text
    if base == "go" and tree[verb].tag == "VBG":
        return tree[verb].text  # "is going according to plan"
    going_on = [*tree.kids(verb, "acomp", "advmod"), *tree.prepositional(verb, ("under", "in"))]
    return next((tree[k].text for k in going_on if tree[k].lower in _PROGRESSING), None) if base == "be" else None


def _when_it_is(tree: Tree, verb: int) -> str | None:
    """Return the word that sets a passive of the present in the future: "once X is freed", "vital that X is freed"."""
    now = any(tree[k].lower in {"is", "are", "’s", "'s"} for k in tree.kids(verb, "auxpass"))
    if not now or any(tree[k].lower in {"has", "have", "had", "been"} for k in tree.kids(verb, "aux", "auxpass")):
        return None
    token, above = tree[verb], tree[verb].head
    mark = next((k for k in tree.kids(verb, "mark", "advmod") if tree[k].lower in _UNTIL_THEN), None)
    if token.dep == "advcl" and mark is not None:
        return tree[mark].text
    if token.dep == "relcl" and tree[above].lower in _MOMENTS:
        return tree[above].text
    wanted = [k for k in tree.kids(above, "acomp", "attr") if tree[k].lower in _WANTED]
    return tree[wanted[0]].text if token.dep in {"ccomp", "csubj"} and wanted else None


def once_it_was(tree: Tree, verb: int) -> str | None:
    """Return the word that makes a past one of a plan: "once X was in their hands, they meant to march on Y"."""
    mark = next((k for k in tree.kids(verb, "mark", "advmod") if tree[k].lower == "once"), None)
    if mark is None or tree[verb].dep != "advcl":
        return None
    above = [tree[verb].head, tree[tree[verb].head].head]
    planned = any(tree.is_verb(k) and tree.verb_base(k) in tree.frames.scope.irrealis for k in above)
    would = any(tree[k].lower in {"would", "could", "should"} for k in tree.kids(above[0], "aux"))
    return tree[mark].text if planned or would else None


def awaited(tree: Tree, preposition: int) -> str | None:
    """Return the word that sets in the future what a noun stands for: "will go on until the fall of X"."""
    if tree[preposition].lower not in {"until", "till", "upon", "pending"}:
        return None
    for k in (k for k in tree.climb(preposition) if tree.is_verb(k)):
        for auxiliary in tree.kids(k, "aux"):
            if tree[auxiliary].lower in WILL:
                return tree[auxiliary].text
        if tree.verb_base(k) in _EXPECTING:
            return tree[k].text
    return None


def came_to_pass(tree: Tree, clause: int) -> bool:
    """Tell whether what something lasted until, or followed, is told as past: "held it until it fell"."""
    above = tree[clause].head
    return _is_past(tree, clause) and (not tree.is_verb(above) or _is_past(tree, above))


def _is_past(tree: Tree, verb: int) -> bool:
    auxiliaries = {tree[k].lower for k in tree.kids(verb, "aux", "auxpass")}
    if auxiliaries & _FUTURE:
        return False
    joined = tree[verb].dep == "conj" and not auxiliaries and tree[verb].tag == "VBN"
    told = tree[verb].tag == "VBD" or bool(auxiliaries & _PAST)
    return told or (joined and _is_past(tree, tree[verb].head))


def is_day(tree: Tree, i: int) -> bool:
    """Tell whether a word is a date, or names a day or month."""
    return tree[i].kind == "date" or tree[i].lower in _DAYS


def not_until(tree: Tree, verb: int) -> bool:
    """Tell whether something was so from a time on: "not until June did they take X", "did not fall before June"."""
    for k in tree.kids(verb, "prep", "mark", "advmod"):
        if tree[k].lower in _UNTIL:
            return True
        if tree[k].lower == "before" and any(is_day(tree, d) for d in tree.kids(k, "pobj")):
            return tree[verb].tag == "VBD" or any(tree[d].lower in _PAST for d in tree.kids(verb, "aux", "auxpass"))
    return False


def took_time(tree: Tree, i: int) -> bool:
    """Tell whether an infinitive hangs on a time that it took: "needed eleven days to", "it took months to"."""
    verb = i if tree.is_verb(i) else tree[i].head
    if not tree.is_verb(verb) or tree[verb].lower not in {"took", "taken", "needed"}:
        return False
    if any(tree[k].lower in {"would", "could", "might", "will"} for k in tree.kids(verb, "aux")):
        return False
    if any(tree[k].lower in _UNTIL for k in tree.kids(verb, "prep", "mark")):
        return True  # "it took until June to retake X"
    return any(tree[k].lower in _TIMES for k in tree.kids(verb, "dobj", "npadvmod", "attr", "dative"))


def got_through(tree: Tree, verb: int) -> bool:
    """Tell whether a verb tells that what was in the way is passed: "crossed the river to take X", "swept in to"."""
    if tree[verb].tag not in {"VBD", "VBN"} or any(tree[k].tag == "MD" for k in tree.kids(verb, "aux")):
        return False
    through = any(tree[k].lower == "through" for k in tree.kids(verb, "prep", "prt"))
    return tree[verb].lower in _PASSING or (through and tree[verb].lower in _BREAKING)


def no_longer(tree: Tree, adverb: int) -> bool:
    """Tell whether an adverb is the "longer" of "no longer"."""
    return tree[adverb].lower == "longer" and any(tree[k].lower == "no" for k in tree.kids(adverb))


def no_more(tree: Tree, verb: int) -> bool:
    """Tell whether something is denied that was so before: "they don't hold it any more"."""
    if not tree.kids(verb, "neg"):
        return False
    behind = [token.lower for token in tree.tokens[verb + 1 : verb + 6]]
    return "anymore" in behind or any(pair in {("any", "more"), ("any", "longer")} for pair in pairwise(behind))


def ceased(tree: Tree, verb: int) -> bool:
    """Tell whether something is said to have ended: "they ceased to control X"."""
    above = tree[verb].head
    return tree[verb].dep == "xcomp" and tree.is_verb(above) and tree.verb_base(above) == "cease"


def ended(tree: Tree, noun: int) -> bool:
    """Tell whether a rule is said to be ended: "ending a year of rebel rule over X", "a year in which they ran X"."""
    k = noun
    if tree.is_verb(k) and tree[k].dep == "relcl" and tree[tree[k].head].lower in _SPANS_OF_TIME:
        k = tree[k].head
    while tree[k].dep == "pobj" and tree[tree[k].head].lower == "of":
        k = tree[tree[k].head].head
    above = tree[k].head
    done = tree[k].dep == "dobj" or (tree[k].dep == "nsubjpass" and tree.is_passive(above))
    return done and tree.is_verb(above) and tree[above].lower in _ENDED
