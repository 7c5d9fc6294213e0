"""What a predicate says about whether something came about: still to come, a goal, prevented in vain."""

from __future__ import annotations

from tracker.claims.parsing.syntax import Tree
from tracker.claims.standing.phases import is_day, not_until
from tracker.claims.standing.verdicts import is_purpose
from tracker.claims.words import words

__all__ = [
    "as_a_goal",
    "as_an_aim",
    "could_not_keep",
    "halted",
    "has_date",
    "hindered_in_vain",
    "inverted",
    "of_what_would_be",
    "said_too_early",
    "still_to_come",
    "succeeded",
    "truncated",
    "unverified",
]

_BE = words("scope", "being")
_AT_HAND = words("scope", "at_hand")
_PENDING = words("scope", "pending")
_INEVITABLE = words("scope", "inevitable")
_HAPPENING = words("scope", "happening")
_LATELY = frozenset({"recent", "latest", "earlier"})
_PURPOSES = words("scope", "purposes")
_RANKING = words("scope", "ranking")
_LIKELIER = words("scope", "made_likelier")
_HALTING = words("scope", "halting")
_EARLY = words("scope", "too_early")
_TALK = words("scope", "talking")
_VERIFYING = words("scope", "verifying")
_POWERLESS = words("scope", "powerless")
_TIMES = words("scope", "times") | {"time"}
_NOBODY = words("scope", "nobody") | {"nothing", "neither"}
_COMING = frozenset({"begin", "come", "follow", "open", "precede", "start"})
_COMPLETING = frozenset({"accomplish", "complete", "conclude", "finish", "fulfil", "fulfill"})
_TURNING_OUT = frozenset({"be", "end", "prove"})
_AWAY = frozenset({"away", "distant", "far", "off"})
_OFFERED = frozenset({"agenda", "cards", "debate", "discussion", "horizon", "offer", "question", "sight", "table"})
_WAITING = frozenset({"matter", "question"})  # "only a matter of time"
_PREDICATES = ("acomp", "attr", "oprd", "advmod")
_PRESENT = frozenset({"VBZ", "VBP"})
_PAST = frozenset({"VBD", "VBN"})
_SUBJECTS = ("nsubj", "nsubjpass")


def has_date(tree: Tree, noun: int) -> bool:
    """Tell whether an event told by a noun has its day: "the capture of X on Monday", "the recent fall of X"."""
    if any(tree[k].lower in _LATELY for k in tree.kids(noun, "amod")):
        return True
    day = {*tree.kids(noun, "poss", "npadvmod"), *(d for k in tree.kids(noun, "prep") for d in tree.kids(k, "pobj"))}
    of_whom = {d for k in day for p in tree.kids(k, "prep") for d in tree.kids(p, "pobj")}  # "by the army on Monday"
    return any(is_day(tree, k) for k in day | of_whom)


def still_to_come(tree: Tree, verb: int) -> str | None:
    """Return the word that says of an event that it has not come about: "the fall of X is imminent", "is the goal"."""
    negated = next((tree[k].text for k in tree.kids(verb, "neg")), None)
    taken = any(tree[k].lower == "place" for k in tree.kids(verb, "dobj"))
    if negated is not None and (taken or tree.verb_base(verb) in _HAPPENING):
        return None if not_until(tree, verb) else negated
    if negated is not None and any(tree[k].lower in _OFFERED for k in tree.prepositional(verb, ("on", "in", "up"))):
        return negated  # "is not on the table"
    if tree.verb_base(verb) == "have" and any(tree[k].tag in {"VB", "VBN"} for k in tree.kids(verb, "xcomp")):
        return tree[verb].text  # "has to be done by others"
    if tree.verb_base(verb) not in _BE:
        return None
    present = tree[verb].tag in _PRESENT
    first = next((k for k in tree.kids(verb, "csubj", "advmod", "acomp") if k < verb), None)
    if present and first is not None and (tree[first].lower == "next" or is_purpose(tree, verb)):
        return tree[first].text  # "next is the capture of X", "what remains is"
    due = [k for k in tree.kids(verb, "xcomp") if tree.is_passive(k) or tree.verb_base(k) in _COMING]
    if due and any(tree[k].lower == "to" for k in tree.kids(due[0], "aux")):
        return tree[verb].text  # "was to be brought about by", "is to follow"
    near = [k for p in tree.kids(verb, "prep") for k in tree.kids(p, "pobj") if tree[k].lower in _AT_HAND]
    if near:
        return tree[near[0]].text  # "is within reach"
    for k in tree.kids(verb, *_PREDICATES):
        word = tree[k].lower
        if word in _PENDING or (present and word in _INEVITABLE):
            return tree[k].text
        if word in _AWAY and (negated is not None or any(tree[d].lower in _TIMES | {"far"} for d in tree.kids(k))):
            return tree[k].text  # "is not far off", "is days away"
        if _waits(tree, k) and (present or _awaits_time(tree, k)):
            return tree[k].text
        if tree[k].dep == "attr" and word.removesuffix("s") in _PURPOSES and not _is_step_done(tree, k):
            return tree[k].text
    return None


def _is_step_done(tree: Tree, predicate: int) -> bool:
    """Tell whether something is called a step, and not the next one: "the capture of X is a step forward"."""
    return tree[predicate].lower == "step" and all(tree[k].lower != "next" for k in tree.kids(predicate, "amod"))


def _waits(tree: Tree, predicate: int) -> bool:
    """Tell whether a predicate is a matter, or question, of time."""
    return tree[predicate].lower in _WAITING and any(tree[d].lower == "of" for d in tree.kids(predicate, "prep"))


def _awaits_time(tree: Tree, predicate: int) -> bool:
    """Tell whether a predicate is a matter of time: "its fall seemed a matter of weeks"."""
    behind = tree.prepositional(predicate, ("of",))
    return any(tree[k].lower in _TIMES for k in behind)


def waited_for(tree: Tree, clause: int) -> str | None:
    """Return the word that sets a clause in the future: "it was only a matter of time before they took X"."""
    if not {tree[k].lower for k in tree.kids(clause, "mark", "advmod")} & {"before", "until", "till", "when"}:
        return None
    above = tree[clause].head
    return next((tree[k].text for k in (above, *tree.kids(above, "attr")) if _waits(tree, k)), None)


def as_a_goal(tree: Tree, verb: int, noun: int) -> str | None:
    """Return the word by which an event is made a goal: "has made the capture of X its priority"."""
    if tree.verb_base(verb) not in _RANKING:
        return None
    for token in tree.tokens[noun + 1 :]:
        if token.text in {",", ";", ":", "."} or token.dep in {"nsubj", "mark"}:
            return None
        if token.lower in _LIKELIER:
            return token.text  # "brought the capture of X closer"
        if token.lower.removesuffix("s") in _PURPOSES and token.dep in {
            "oprd",
            "appos",
            "dobj",
            "attr",
            "pobj",
            "ccomp",
        }:
            return token.text
    return None


def as_an_aim(tree: Tree, preposition: int) -> str | None:
    """Return the noun by which "with" makes an event an aim: "attacked with the capture of X as the main goal"."""
    for k in tree.prepositional(tree[preposition].head, ("as",)):
        if k > preposition and tree[k].lower.removesuffix("s") in _PURPOSES:
            return tree[k].text
    return None


def said_too_early(tree: Tree, verb: int) -> str | None:
    """Return the word that calls it too early to speak of something: "it is premature to talk of the fall of X"."""
    if tree[verb].tag != "VB" or tree.verb_base(verb) not in _TALK:
        return None
    above = tree[verb].head
    for k in (above, *tree.kids(above, *_PREDICATES)):
        if tree[k].lower in _EARLY:
            return tree[k].text
    return None


def prospective(tree: Tree, clause: int) -> str | None:
    """Return the mark of a clause beside what is to come: "when they take X, the war will be over"."""
    mark = next((k for k in tree.kids(clause, "mark", "advmod") if tree[k].lower in {"when", "after", "before"}), None)
    if mark is None:
        return None
    above = tree[clause].head
    if tree[clause].tag in _PRESENT and all(tree[k].tag not in _PAST for k in tree.kids(clause, "aux", "auxpass")):
        ahead = tree[mark].lower == "before" or any(tree[k].tag == "MD" for k in tree.kids(above, "aux"))
        return tree[mark].text if ahead else None
    spoken = tree[above].dep == "ccomp" and tree.verb_base(tree[above].head) in tree.frames.scope.speech
    would = spoken and any(tree[k].lower == "would" for k in tree.kids(above, "aux"))
    return tree[mark].text if would and tree[mark].start > tree[tree[above].head].start else None  # "said they would"


def inverted(tree: Tree, clause: int) -> str | None:
    """Return the auxiliary that stands for "if" before its subject: "had they captured X", "were X to fall"."""
    subject = min(tree.kids(clause, *_SUBJECTS), default=None)
    if subject is None:
        return None
    first = next((k for k in tree.kids(clause, "aux", "auxpass") if tree[k].lower in {"had", "were", "should"}), None)
    if first is None or first > subject or tree.kids(clause, "mark"):
        return None
    return tree[first].text


def hindered_in_vain(tree: Tree, verb: int) -> bool:
    """Tell whether who hinders does not: "could not prevent them from entering", "failed to stop the fall of X"."""
    if any(tree[k].dep == "neg" for k in tree.kids(verb)):
        return True
    if any(tree[k].lower in _NOBODY for k in tree.kids(verb, *_SUBJECTS)):
        return True
    if tree[verb].tag != "VB" or tree[verb].dep not in {"xcomp", "acl", "ccomp"}:
        return False
    above = tree[verb].head
    base = tree.verb_base(above) if tree.is_verb(above) else tree[above].lower
    return base in _POWERLESS


def could_not_keep(tree: Tree, verb: int) -> bool:
    """Tell whether who held a place is said to have failed in that: "failed to hold X", "was unable to keep X"."""
    if tree[verb].tag != "VB" or tree[verb].dep != "xcomp" or tree.verb_base(verb) not in {"hold", "keep", "retain"}:
        return False
    above = tree[verb].head
    told = above if tree.is_verb(above) else tree[above].head
    base = tree.verb_base(above) if tree.is_verb(above) else tree[above].lower
    before = any(tree[k].lower == "had" for k in tree.kids(told, "aux"))
    return base in {"fail", "unable"} and (tree[told].tag == "VBD" or before)


def truncated(tree: Tree, preposition: int) -> str | None:
    """Return the verb of a move that ended before what hangs on "before": "halted before reaching X"."""
    verb = tree[preposition].head
    if tree[preposition].lower != "before" or not tree.is_verb(verb):
        return None
    return tree[verb].text if tree.verb_base(verb) in _HALTING else None


def halted(tree: Tree, verb: int) -> bool:
    """Tell whether a verb says that a move ended early: "halted", "called off"."""
    off = tree.verb_base(verb) == "call" and any(tree[k].lower == "off" for k in tree.kids(verb, "prt", "advmod"))
    return off or tree.verb_base(verb) in _HALTING


def unverified(tree: Tree, verb: int) -> str | None:
    """Return the word by which a source leaves something open: "could not verify that", "unable to confirm"."""
    if tree.verb_base(verb) not in _VERIFYING:
        return None
    above = tree[verb].head
    if tree[verb].dep in {"xcomp", "acomp"} and tree[above].lower in _POWERLESS:
        return tree[verb].text
    refused = any(tree[k].dep == "neg" for k in tree.kids(verb))
    return tree[verb].text if refused else None


def _conditional(tree: Tree, verb: int) -> bool:
    """Tell whether a verb has its condition beside it: "if confirmed, it would be"."""
    clauses = tree.kids(verb, "advcl")
    marks = {tree[k].lower for clause in clauses for k in (*tree.kids(clause, "mark"), clause - 1) if k >= 0}
    return "if" in marks or any(inverted(tree, clause) for clause in clauses)


def of_what_would_be(tree: Tree, clause: int, noun: int) -> str | None:
    """Return the auxiliary that sets a relative clause in the future: "it would be the first town that they take"."""
    be = tree[noun].head
    if tree[noun].dep not in {"attr", "oprd"} or tree.verb_base(be) not in _BE:
        return None
    told = tree[clause].tag in _PAST and (tree[clause].dep == "relcl" or not _conditional(tree, be))
    if told or any(tree[k].tag in _PAST for k in tree.kids(clause, "aux", "auxpass")):
        return None
    return next((tree[k].text for k in tree.kids(be, "aux") if tree[k].tag == "MD"), None)


def succeeded(tree: Tree, effort: int) -> int | None:
    """Return the verb that says of an effort that it did what it was for: "the operation to retake X was completed"."""
    verb = tree[effort].head
    if not tree.is_verb(verb) or tree[effort].dep not in _SUBJECTS:
        return None
    base = tree.verb_base(verb)
    called = {tree[k].lower for k in (*tree.kids(verb, "acomp", "attr"), *tree.prepositional(verb, ("in", "with")))}
    under_way = any(tree[k].lower == "being" for k in tree.kids(verb, "aux", "auxpass"))
    done = base == "succeed" or (base in _COMPLETING and tree.is_passive(verb) and not under_way)
    return verb if done or (base in _TURNING_OUT and called & {"successful", "success", "victory"}) else None
