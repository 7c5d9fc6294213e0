"""What a sentence says about the truth of what hangs in it, beyond the verbs that govern it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from tracker.claims.parsing.syntax import Tree
from tracker.claims.words import words

__all__ = [
    "Verdict",
    "asked",
    "beaten_back",
    "fire_control",
    "in_play",
    "is_purpose",
    "is_unclear",
    "not_only",
    "of_rumour",
    "only_to",
    "permitted_now",
    "says_nobody",
    "told_about",
    "told_by",
    "unconfirmed",
]

_PURPOSES = words("scope", "purposes")
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
_WANTING = frozenset({"remains", "want", "wants", "need", "needs"})
_NOT_ONE = frozenset({("not", "a"), ("not", "one")})  # "not a single rebel entered"
_HARDLY = frozenset({"hardly", "scarcely"})  # "hardly any rebels entered"
_HEARING = words("scope", "hearing")
_PERMITS = words("scope", "permits")
_SUBJECTS = ("nsubj", "nsubjpass")
_ASKING = frozenset({
    "am", "are", "can", "could", "did", "do", "does", "had", "has", "have", "is", "may", "might", "shall", "should",
    "was", "were", "will", "would",
})  # fmt: skip
_REPELLING = frozenset({"repel", "repulse", "rebuff"})
_FORCING = frozenset({"beat", "chase", "drive", "fight", "force", "push", "throw", "turn"})
_AFTERWARDS = frozenset({"then", "later", "subsequently", "eventually", "finally", "soon"})  # what came in was in
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
    presumed
        Whether it is so whatever becomes of what its sentence tells: "meant to loosen their grip on X".
    """

    cue: str | None = None
    unreal: bool = False
    hedged: bool = False
    speaker: int | None = None
    finite: int | None = None
    presumed: bool = False

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
    none = "no" in said or any(
        tree[m].lower in _HARDLY for k in tree.kids(subject, "det") for m in tree.kids(k, "advmod")
    )
    first = min([subject, *tree.kids(subject, "det", "nummod", "amod", "quantmod", "neg", "advmod")])
    start = [token.lower for token in tree.tokens[max(first - 1, 0) : first + 3]]
    none |= any(pair in _NOT_ONE for pair in pairwise(start))
    return word in _NOBODY or "neither" in said or (none and (word in _ANYBODY or tree[subject].kind == "actor"))


def fire_control(tree: Tree, kid: int) -> bool:
    """Tell whether what is held is fire control, which is reach and not ground."""
    if tree[kid].dep not in {"compound", "dobj"} or tree[kid].entity is not None:
        return False
    shot = tree[kid].lower == "fire" and tree.verb_base(tree[kid].head) in {"exchange", "trade"}
    words_on = {tree[kid].lower, *(tree[k].lower for k in tree.kids(kid, "compound"))}
    return "fire" in words_on and not shot


def not_only(tree: Tree, negation: int) -> bool:
    """Tell whether a negation only says that there is more: "not only did they take X"."""
    after = [tree[k].lower for k in range(negation + 1, min(negation + 2, len(tree.tokens)))]
    return tree[negation].lower == "not" and bool({"only", "just", "merely"} & set(after))


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
    subjects = tree.kids(be, *_SUBJECTS)
    if tree[be].dep == "acl":
        subjects.append(tree[be].head)  # "with the main goal being the capture of"
    if any(tree[k].lower in _WANTING for k in tree.kids(be, "csubj")):
        return True  # "what remains is the capture of"
    next_up = tree[be].tag in {"VBZ", "VBP"} and any(
        tree[d].lower == "next" for k in subjects for d in tree.kids(k, "amod")
    )
    return next_up or any(_one(tree[k].lower) in _PURPOSES for k in subjects)


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
    phrase |= tree[clause].dep == "prep" and tree[clause].lower == "of" and word in {"sign", "evidence", "indication"}
    that = bool(tree.kids(clause, *_SUBJECTS, "mark")) or tree[clause].tag == "VBG"  # "statements suggesting that"
    that |= any(tree[k].lower in {"have", "having"} for k in tree.kids(clause, "aux"))  # "their claim to have taken X"
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
    if _unheard(tree, noun, verb):
        verdict.make_unreal("no")  # "there are no reports of the army retaking X"
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
        if base in _CONFIRMING and not refuted and tree[noun].dep in {"dobj", "nsubjpass"}:
            return True
    if word not in _STATEMENTS:
        verdict.hedge(tree[noun].text)
    return True


def told_about(tree: Tree, noun: int) -> bool:
    """Tell whether a noun is what people tell each other: "rumours", "some reports", not "the report"."""
    word, on = tree[noun].lower, {tree[k].lower for k in tree.kids(noun, "amod", "det")}
    if _one(word) not in _RUMOURS:
        return False
    return _one(word) in {"rumour", "rumor"} or bool(on & (_UNCONFIRMED | {"some"})) or (word == "reports" and not on)


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
    needed = tree.verb_base(tree[verb].head) in tree.frames.scope.irrealis  # "needs only to take X"
    return not needed and any(k > 0 and tree[k - 1].lower == "only" for k in lead)


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
    """Return the word by which a source is called open: "according to unconfirmed reports", "if reports are right"."""
    for prep in tree.kids(root, "prep"):
        if tree[prep].lower not in {"to", "according", "in"}:
            continue
        inner = [prep, *tree.kids(prep, "prep")]
        for k in (k for p in inner for k in tree.kids(p, "pobj")):
            if told_about(tree, k):
                return tree[k].text
    for clause in tree.kids(root, "advcl"):
        if any(tree[k].lower == "if" for k in tree.kids(clause, "mark")):
            for k in tree.kids(clause, *_SUBJECTS):
                if _one(tree[k].lower) in _RUMOURS:
                    return tree[k].text  # "if the reports are right"
    return None


def _one(word: str) -> str:
    """Return a plural in s as one."""
    return word.removesuffix("s")


def _unheard(tree: Tree, noun: int, verb: int | None) -> bool:
    """Tell whether nobody reports something: "no reports that", "has not received any reports of"."""
    words_on = {tree[k].lower for k in tree.kids(noun, "det", "amod")}
    got = verb is not None and tree.verb_base(verb) in _HEARING and any(tree[k].dep == "neg" for k in tree.kids(verb))
    return "no" in words_on or got


def _denied(tree: Tree, noun: int, verb: int | None) -> bool:
    words_on = {tree[k].lower for k in tree.kids(noun, "det", "amod", "neg")}
    negated = verb is not None and any(tree[k].dep == "neg" for k in tree.kids(verb))
    return negated or bool(words_on & {"no", "little", "any", "scant"})
