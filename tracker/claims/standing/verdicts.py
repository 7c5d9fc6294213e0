"""What a sentence says about the truth of what hangs in it, beyond the verbs that govern it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from tracker.claims.parsing.syntax import Tree
from tracker.claims.words import words

__all__ = [
    "WILL",
    "Verdict",
    "asked",
    "awaited",
    "beaten_back",
    "came_to_pass",
    "ceased",
    "ended",
    "fire_control",
    "in_play",
    "is_purpose",
    "is_unclear",
    "no_longer",
    "no_more",
    "not_only",
    "not_until",
    "of_rumour",
    "only_to",
    "permitted_now",
    "says_nobody",
    "told_by",
    "took_time",
    "unconfirmed",
    "under_way",
]

_BE = frozenset({"am", "is", "are", "was", "were", "been", "'re", "’re", "'s", "’s"})
_MOMENTS = frozenset({"day", "moment", "time", "hour"})
_UNTIL_THEN = frozenset({"when", "once", "after", "until", "till", "before", "as", "if", "unless"})
_WANTED = words("scope", "wanted")
_PROGRESS = words("scope", "progress")
_GOING_ON = words("scope", "going_on")
_PURPOSES = words("scope", "purposes")
_TIMES = words("scope", "times")
_RUMOURS = words("scope", "rumours")
_EVIDENCE = words("scope", "evidence")
_STATEMENTS = frozenset({"announcement", "statement"})  # as sure as who makes them, unless denied
_RETRACTING = words("scope", "retracting")
_BEARING_OUT = words("scope", "bearing_out")
_CONFIRMING = words("scope", "confirming")
_WAVING = words("scope", "waving")
_ASIDE = frozenset({"aside", "off", "away", "down", "out"})
_FALSE = words("scope", "falsehoods")
_OPEN = words("scope", "open_words")
_UNCONFIRMED = words("scope", "unconfirmed")
_PLAY = words("scope", "play")
_NOBODY = words("scope", "nobody")
_ANYBODY = frozenset({"one", "side", "party", "group", "faction", "force", "army"})  # "no side controls"
_PERMITS = words("scope", "permits")
_EXPECTING = words("scope", "expecting")
_FUTURE = words("scope", "future")
WILL = frozenset({"will", "shall", "'ll", "’ll"})  # "would" tells of what came, too
_PAST = frozenset({"was", "were", "had", "did"})
_SUBJECTS = ("nsubj", "nsubjpass")
_ASKING = frozenset({
    "am", "are", "can", "could", "did", "do", "does", "had", "has", "have", "is", "may", "might", "shall", "should",
    "was", "were", "will", "would",
})  # fmt: skip
_REPELLING = frozenset({"repel", "repulse", "rebuff"})
_FORCING = frozenset({"beat", "chase", "drive", "fight", "force", "push", "throw", "turn"})
_AFTERWARDS = frozenset({"then", "later", "subsequently", "eventually", "finally", "soon"})  # what came in was in
_UNTIL = frozenset({"until", "till"})
_WHAT_IF = frozenset({"could", "if", "might", "would"})


@dataclass(slots=True)
class Verdict:
    """
    What was found out about a finding's truth, on the way up its tree.

    Attributes
    ----------
    cue
        The words that decided it.
    speaker
        Index of who says so.
    finite
        Index of the verb of its clause.
    """

    cue: str | None = None
    unreal: bool = False
    hedged: bool = False
    speaker: int | None = None
    finite: int | None = None

    def make_unreal(self, cue: str) -> None:
        """Mark it as not so; the first cue stays."""
        if not self.unreal:
            self.cue = cue
        self.unreal = True

    def hedge(self, cue: str) -> None:
        """Mark it as not sure."""
        if not self.unreal and not self.hedged:
            self.cue = cue
        self.hedged = True


def says_nobody(tree: Tree, subject: int) -> bool:
    """Tell whether a subject is nobody: "nobody has taken", "no one holds", "neither side controls"."""
    if tree[subject].dep not in _SUBJECTS:
        return False
    word = tree[subject].lower
    said = {tree[k].lower for k in tree.kids(subject, "det", "preconj")}
    return word in _NOBODY or "neither" in said or ("no" in said and word in _ANYBODY)


def fire_control(tree: Tree, kid: int) -> bool:
    """Tell whether what is held is fire control, which is reach and not ground."""
    words_on = {tree[kid].lower, *(tree[k].lower for k in tree.kids(kid, "compound"))} if tree[kid].dep else set()
    shot = tree[kid].lower == "fire" and tree.verb_base(tree[kid].head) in {"exchange", "trade"}
    return "fire" in words_on and not shot and tree[kid].dep in {"compound", "dobj"} and tree[kid].entity is None


_SPANS_OF_TIME = frozenset({"year", "years", "decade", "decades", "month", "months", "weeks", "period", "era"})
_ENDED = frozenset(
    {"ended", "ending", "ends", "finished", "finishing", "terminated", "terminating", "toppled", "toppling"}
)


def no_longer(tree: Tree, adverb: int) -> bool:
    """Tell whether an adverb is the "longer" of "no longer"."""
    return tree[adverb].lower == "longer" and any(tree[k].lower == "no" for k in tree.kids(adverb))


def no_more(tree: Tree, verb: int) -> bool:
    """Tell whether something is denied that was so before: "they don't hold it any more"."""
    if not tree.kids(verb, "neg"):
        return False
    behind = [token.lower for token in tree.tokens[verb + 1 : verb + 6]]
    return "anymore" in behind or any(pair in {("any", "more"), ("any", "longer")} for pair in pairwise(behind))


def under_way(tree: Tree, verb: int) -> str | None:
    """Return the words that say that a deed is under way, not done: "continued to clear X", "are retaking X"."""
    if not tree.is_verb(verb):
        return None
    above = tree[verb].head
    if tree[verb].dep == "xcomp" and tree.is_verb(above) and tree[above].lower in _GOING_ON:
        return tree[above].text
    if tree[verb].dep == "pcomp" and tree[above].lower == "in":
        on_its_way = [k for k in (tree[above].head, *tree.objects(tree[above].head)) if tree[k].lower in _PROGRESS]
        if on_its_way:
            return tree[on_its_way[0]].text
    going_on = tree[verb].dep == "advcl" and tree[verb].tag in {"VBP", "VBZ"}
    if going_on and (as_ := next((k for k in tree.kids(verb, "mark") if tree[k].lower == "as"), None)) is not None:
        return tree[as_].text  # "supports them as they liberate X"
    cue = _when_it_is(tree, verb)
    if cue is not None:
        return cue
    be = next((k for k in tree.kids(verb, "aux") if tree[k].lower in _BE), None)
    return f"{tree[be].text} {tree[verb].text}" if be is not None and tree[verb].tag == "VBG" else None


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


def not_until(tree: Tree, verb: int) -> bool:
    """Tell whether something was so from a time on: "it was not until June that they took X"."""
    return any(tree[k].lower in _UNTIL for k in tree.kids(verb, "prep", "mark", "advmod"))


def not_only(tree: Tree, negation: int) -> bool:
    """Tell whether a negation only says that there is more: "not only did they take X"."""
    after = [tree[k].lower for k in range(negation + 1, min(negation + 2, len(tree.tokens)))]
    return tree[negation].lower == "not" and bool({"only", "just", "merely"} & set(after))


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


def beaten_back(tree: Tree, verb: int) -> str | None:
    """Return the word by which an entry failed: "entered the town, but were pushed back"."""
    for k in tree.conjuncts(verb):
        base = tree.verb_base(k)
        behind = {tree[m].lower for m in tree.kids(k, "prt", "advmod", "prep")} & {"back", "off"}
        beaten = base in _REPELLING or (base in _FORCING and bool(behind))
        then = any(tree[m].lower in _AFTERWARDS for m in tree.kids(k, "advmod"))
        if k > verb and beaten and not then and tree.is_passive(k) and not tree.kids(k, *_SUBJECTS):
            return tree[k].text
    return None


def permitted_now(tree: Tree, verb: int, base: str) -> bool:
    """Tell whether something is only made possible: "allows the army to", not "allowed"."""
    return base in _PERMITS and tree[verb].tag in {"VBZ", "VBP"}


def is_purpose(tree: Tree, be: int) -> bool:
    """Tell whether what something is said to be is a purpose: "the aim is the capture of"."""
    return any(_one(tree[k].lower) in _PURPOSES for k in tree.kids(be, *_SUBJECTS))


def is_unclear(tree: Tree, verb: int) -> str | None:
    """Return the word by which a clause is called false or open: "it is untrue that", "it was unclear whether"."""
    for k in tree.kids(verb, "acomp", "attr", "oprd"):
        if tree[k].lower in _FALSE | _OPEN:
            return tree[k].text
        if _one(tree[k].lower) in _EVIDENCE and _denied(tree, k, verb):
            return tree[k].text
    return None


def of_rumour(tree: Tree, clause: int, noun: int, verdict: Verdict) -> bool:
    """Weigh a clause that says what a report, a rumour or evidence is about; tell whether it is one."""
    word = _one(tree[noun].lower)
    phrase = tree[clause].dep == "prep" and tree[clause].lower == "of" and word in _RUMOURS | {"confirmation"}
    that = bool(tree.kids(clause, *_SUBJECTS, "mark")) or tree[clause].tag == "VBG"  # "statements suggesting that"
    if not phrase and (word not in _RUMOURS | _EVIDENCE | _STATEMENTS or not that):
        return False
    verb = next((k for k in (tree[noun].head, tree[tree[noun].head].head) if tree.is_verb(k)), None)
    if verb is not None and verb != tree[noun].head and tree[tree[noun].head].dep != "prep":
        verb = None
    if word in _EVIDENCE:
        beyond = any(tree[k].lower in {"no", "little"} for k in tree.kids(noun, "det", "amod"))
        if word in {"doubt", "question"} and beyond:
            return True  # "there is no doubt that"
        if word == "confirmation":
            if _denied(tree, noun, verb):
                verdict.hedge(tree[noun].text)
        elif word in {"doubt", "question"} or _denied(tree, noun, verb):
            verdict.make_unreal(tree[noun].text)
        return True
    against = _against(tree, noun)
    if against is not None or any(tree[k].lower in _FALSE for k in tree.kids(noun, "amod")):
        verdict.make_unreal(against or tree[noun].text)
        return True
    if verb is not None:
        turned_out = [k for x in tree.kids(verb, "xcomp") for k in tree.kids(x, "acomp", "attr", "oprd")]
        predicates = [*tree.kids(verb, "acomp", "attr", "oprd", "advmod", "xcomp"), *turned_out]
        called = [tree[k].lower for k in predicates]
        base = tree.verb_base(verb)
        if base in _WAVING and {tree[k].lower for k in tree.kids(verb, "prt", "advmod")} & _ASIDE:
            verdict.make_unreal(tree[verb].text)  # "brushed aside reports that"
            return True
        refuted = any(tree[k].dep == "neg" for k in tree.kids(verb))
        if (base in tree.frames.scope.denying | _RETRACTING and not refuted) or _FALSE & set(called):
            verdict.make_unreal(tree[verb].text)
            return True
        if base in _BEARING_OUT and refuted:
            verdict.make_unreal(tree[verb].text)
            return True
        if base in _CONFIRMING and not refuted and tree[noun].dep == "dobj":
            return True
    if word not in _STATEMENTS:
        verdict.hedge(tree[noun].text)
    return True


def told_by(tree: Tree, noun: int) -> int:
    """Return the report that somebody made, where its clause hangs on him: "claims by the rebels that they hold X"."""
    preposition = tree[noun].head
    report = tree[preposition].head
    by_him = tree[noun].dep == "pobj" and tree[preposition].lower in {"by", "from", "of"}
    return report if by_him and _one(tree[report].lower) in _RUMOURS | _STATEMENTS else noun


def _against(tree: Tree, noun: int) -> str | None:
    """Return the word that sets a report aside: "contrary to claims that", "there is no truth to the report that"."""
    preposition = tree[noun].head
    above = tree[preposition].head
    if tree[noun].dep != "pobj" or tree[preposition].lower not in {"to", "in"}:
        return None
    before = tree[preposition - 1].lower if preposition else ""
    if "contrary" in {before, tree[above].lower}:
        return "contrary"
    untrue = tree[above].lower in {"truth", "substance", "basis"} and _denied(tree, above, None)
    return tree[above].text if untrue else None


def only_to(tree: Tree, verb: int) -> bool:
    """Tell whether an infinitive says what came of it: "took it, only to lose it", "only for others to take it"."""
    lead = (k for k in (*tree.kids(verb, "aux", "mark", "prep"), tree[verb].head) if tree[k].lower in {"to", "for"})
    return any(k > 0 and tree[k - 1].lower == "only" for k in lead)


def asked(tree: Tree, root: int) -> str | None:
    """Return the mark of a question that asks whether; one that asks when or why takes it for granted."""
    if not tree.tokens or not any(token.text.startswith("?") for token in tree.tokens[-3:]):
        return None
    first = next((token.lower for token in tree.tokens if token.text[0].isalnum()), "")
    wondering = first in _ASKING or (first == "what" and any(token.lower in _WHAT_IF for token in tree.tokens))
    return "?" if wondering and tree[root].tag[:2] in {"VB", "MD"} else None


def in_play(tree: Tree, root: int) -> str | None:
    """Return the word that sets a sentence in a game, a film or a drill: "in the exercise"."""
    for prep in tree.kids(root, "prep"):
        if tree[prep].lower in {"in", "during"}:
            for k in tree.kids(prep, "pobj"):
                if tree[k].lower in _PLAY and any(tree[d].lower in {"the", "a", "this"} for d in tree.kids(k, "det")):
                    return tree[k].text
    return None


def unconfirmed(tree: Tree, root: int) -> str | None:
    """Return the word by which a source is called open: "according to unconfirmed reports"."""
    for prep in tree.kids(root, "prep"):
        if tree[prep].lower not in {"to", "according", "in"}:
            continue
        inner = [prep, *tree.kids(prep, "prep")]
        for k in (k for p in inner for k in tree.kids(p, "pobj")):
            told = _one(tree[k].lower)
            doubted = any(tree[d].lower in _UNCONFIRMED for d in tree.kids(k, "amod"))
            if told in {"rumour", "rumor"} or (told in _RUMOURS and doubted):
                return tree[k].text
    return None


def _one(word: str) -> str:
    """Return a plural in s as one."""
    return word.removesuffix("s")


def _denied(tree: Tree, noun: int, verb: int | None) -> bool:
    words_on = {tree[k].lower for k in tree.kids(noun, "det", "amod", "neg")}
    negated = verb is not None and any(tree[k].dep == "neg" for k in tree.kids(verb))
    return negated or bool(words_on & {"no", "little", "any", "scant"})
