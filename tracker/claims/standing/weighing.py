"""What a word by itself makes of what is said: negation, auxiliary, adverb, verb of speech."""

from __future__ import annotations

from itertools import pairwise

from tracker.claims.parsing.syntax import Tree
from tracker.claims.standing.outcomes import unverified
from tracker.claims.standing.phases import came_to_pass, no_longer, not_until
from tracker.claims.standing.verdicts import Verdict, fire_control, not_only, says_nobody, told_about
from tracker.claims.words import words

__all__ = ["Weigher"]

_FUTURE = words("scope", "future")
_LASTING = words("scope", "lasting")
_PAST_FUTURE = frozenset({"later", "eventually", "subsequently", "finally", "ultimately"})
_FALSELY = words("scope", "falsely")
_LET_ALONE = frozenset({("much", "less"), ("still", "less"), ("let", "alone"), ("never", "mind")})
_CONTROL = frozenset({"authority", "control", "foothold", "hold", "presence", "sway"})
_MAYBE = frozenset({"may", "might", "must"})  # with "have": "may have taken"
_FALSE = words("scope", "falsehoods")
_NOT_YET = words("scope", "not_yet")
_UNSURE = words("scope", "unsure")
_NEVER_SO = words("scope", "never_so")
_IN_VIEW = words("scope", "at_hand") | {"mind", "prospect"}
_STILL = frozenset({"still", "soon", "yet"})  # "yet to be taken"
_NOT = frozenset({"nowhere", "not", "n't", "n’t", "never", "no", "neither", "nor"})


class Weigher:
    """Weighs single words of a sentence and notes what they say in a verdict."""

    def __init__(self, tree: Tree, verdict: Verdict) -> None:
        self.tree = tree
        self.scope = tree.frames.scope
        self.verdict = verdict

    def own(self, i: int) -> None:
        """Weigh what stands directly on a word: negation, modal, adverb."""
        tree, verdict = self.tree, self.verdict
        if i > 1 and (tree[i - 2].lower, tree[i - 1].lower) == ("all", "but"):
            verdict.make_unreal("all but")
        if tree.is_verb(i) and self._of_none(i):
            verdict.make_unreal("no")
        for k in (*tree.kids(i, "prep"), *(p for a in tree.kids(i, "attr") for p in tree.kids(a, "prep"))):
            denied = tree.kids(k, "neg") if tree[k].lower in {"under", "in"} else []
            if denied and not not_only(tree, denied[0]):
                verdict.make_unreal(tree[denied[0]].text)  # "was the last town not under their control"
        below = {tree[k].lower: k for k in tree.kids(i)}
        self._mood(i)
        later = not _PAST_FUTURE.isdisjoint(below) or ("would" in below and self._lasted(i))
        for word, k in below.items():
            if (tree[k].dep == "neg" or word in _NOT) and (not_until(tree, i) or not_only(tree, k)):
                continue
            if tree[k].dep == "neg" or (word in _NOT and tree[k].dep in {"advmod", "det", "preconj"}):
                verdict.make_unreal(tree[k].text)
            elif word in {"'d", "’d"} and tree[i].tag in {"VBN", "VBD"}:
                continue  # "who'd held it"
            elif (tree[k].dep == "aux" or word == "cannot") and word in _FUTURE and tree.is_verb(i):
                if word in _MAYBE and "have" in below and "not" not in below and not self._but_for(i):
                    verdict.hedge(tree[k].text)
                elif not (word == "would" and (later or (tree.verb_base(i) == "go" and self._goes_on(i)))):
                    verdict.make_unreal(tree[k].text)
            elif (
                says_nobody(tree, k)
                or no_longer(tree, k)
                or fire_control(tree, k)
                or (tree[k].dep in {"advmod", "amod"} and self._nearly(k))
            ):
                verdict.make_unreal(tree[k].text)
            elif word in self.scope.hedges or (tree[k].dep == "amod" and word in _UNSURE and not tree.is_verb(i)):
                verdict.hedge(tree[k].text)
            elif (
                (tree[k].dep in {"amod", "acl"} and word in _NOT_YET and not tree.is_verb(i) and not self._is_done(i))
                or (tree[k].dep in {"mark", "advmod"} and self.leaves_open(word, i))
                or (word in {"ready", "able", "unable", "set", "poised", "about"} and tree[k].dep == "amod")
            ):
                verdict.make_unreal(tree[k].text)

    def _is_done(self, i: int) -> bool:
        """Tell whether what was planned is said to be done: "completed the planned liberation of X"."""
        verb = self.tree[i].head
        told = self.tree[i].dep == "dobj" and self.tree.is_verb(verb)
        return told and self.tree.verb_base(verb) in {"complete", "finish", "conclude"}

    def _of_none(self, i: int) -> bool:
        """Tell whether what a verb does is done to none: "exercises no control over X", "has little control of"."""
        tree = self.tree
        held = [k for k in tree.kids(i, "dobj") if tree[k].lower in _CONTROL]
        return any(tree[d].lower in {"no", "little", "scant"} for k in held for d in tree.kids(k, "det", "amod"))

    def _lasted(self, i: int) -> bool:
        """Tell whether a history looks ahead: "X and Y, which they would keep until 2019"."""
        ends = any(self.tree[k].lower in {"until", "till"} for k in self.tree.kids(i, "prep"))
        return ends and self.tree[i].dep == "relcl"

    def _but_for(self, i: int) -> bool:
        """Tell whether something stood in the way: "might have taken X but for the rains", "had the bridge held"."""
        behind = [token.lower for token in self.tree.tokens[i:]]
        return ("but", "for") in pairwise(behind) or any(
            pair in {("if", "not"), ("had", "it")} for pair in pairwise(behind)
        )

    def _goes_on(self, i: int) -> bool:
        """Tell whether "go" only leads on, "would go on to take X"; not in what somebody says that he will do."""
        tree = self.tree
        said = any(tree.is_verb(k) and tree.verb_base(k) in self.scope.speech for k in range(i))
        return not said and any(tree[k].tag == "VB" for k in tree.kids(i, "xcomp", "advcl"))

    def _mood(self, i: int) -> None:
        """Weigh what a verb's form and place make of it: "that X be handed over", "still to be taken", "at no time"."""
        tree = self.tree
        if tree[i].tag == "VBN" and not tree.kids(i, "aux"):
            be = next((k for k in tree.kids(i, "auxpass") if tree[k].lower == "be"), None)
            if be is not None and tree[i].dep != "conj":
                self.verdict.make_unreal(tree[be].text)
        if i > 1 and (tree[i - 2].lower, tree[i - 1].lower) in _LET_ALONE:
            self.verdict.make_unreal(tree[i - 1].text)
        if i > 1 and (tree[i - 2].lower, tree[i - 1].lower) == ("rather", "than"):
            self.verdict.make_unreal("rather than")
        if not tree.is_verb(i):
            mind = [k for k in tree.prepositional(i, ("in", "within")) if tree[k].lower in _IN_VIEW]
            if mind:
                self.verdict.make_unreal(tree[mind[0]].text)  # "with the capture of X in mind"
        for k in tree.kids(i, "aux"):
            if tree[k].lower == "to" and k and tree[k - 1].lower in _STILL:
                self.verdict.make_unreal(tree[k - 1].text)
        for k in tree.kids(i, "prep", "npadvmod"):
            in_no_time = (tree[k].lower, tree[min(k + 2, len(tree) - 1)].lower) == ("in", "time")  # is soon
            if (
                k + 2 < len(tree.tokens)
                and tree[k + 1].lower == "no"
                and tree[k + 2].lower in _NEVER_SO
                and not in_no_time
            ):
                self.verdict.make_unreal(tree[k + 1].text)

    def speech(self, head: int, *, only_speaker: bool = False) -> None:
        """Weigh a verb of speech: who says so, and whether he denies it or leaves it open."""
        tree, verdict = self.tree, self.verdict
        base = tree.verb_base(head)
        if base not in self.scope.speech and base not in self.scope.hedging and unverified(tree, head) is None:
            return
        speakers = tree.agents(head) if tree.is_passive(head) else tree.surface_subjects(head)
        if (
            verdict.speaker is None
            and speakers
            and tree[speakers[0]].lower not in {"it", "that", "which", "there", "this"}
        ):
            verdict.speaker = speakers[0]
        if only_speaker:
            return
        if head and any(tree[k].lower in _FALSE for k in tree.kids(head - 1, "amod")):
            verdict.make_unreal(tree[head].text)  # "false Russian claims that": a noun, though taken for a verb
            return
        falsely = next((k for k in tree.kids(head, "advmod") if tree[k].lower in _FALSELY), None)
        if falsely is not None:
            verdict.make_unreal(tree[falsely].text)  # "wrongly announced that they had taken X"
            return
        doubted = unverified(tree, head)
        if doubted is not None:
            verdict.hedge(doubted)
            return
        nobody = any(map(self._is_nobody, speakers))
        negated = nobody or any(tree[k].dep == "neg" or no_longer(tree, k) for k in tree.kids(head))
        if base in self.scope.denying:
            if not negated:  # who does not deny it admits it
                verdict.make_unreal(tree[head].text)
        elif negated:
            verdict.make_unreal(tree[head].text)
        elif base in self.scope.hedging or (self._is_told(head) and base in {"report", "say"}):
            verdict.hedge(tree[head].text)
        elif any(told_about(tree, k) for k in speakers):
            verdict.hedge(tree[speakers[0]].text)  # "rumours say that"

    def _is_nobody(self, speaker: int) -> bool:
        """Tell whether nobody says something: "nobody", "no source", "neither side", "none of them"."""
        none = {"no", "neither"}.isdisjoint(self.tree[k].lower for k in self.tree.kids(speaker, "det", "preconj"))
        return not none or self.tree[speaker].lower in {"nothing", "nobody", "none", "neither"}

    def _is_told(self, verb: int) -> bool:
        """Tell whether a verb of speech leaves open who speaks: "is said to", "X, said to be"."""
        return self.tree.is_passive(verb) or (self.tree[verb].tag == "VBN" and self.tree[verb].dep in {"acl", "advcl"})

    def effort(self, noun: int) -> None:
        """Weigh a noun of effort: "the operation", "a plan"."""
        base = self.tree.singulars[noun]
        if base in self.scope.effort:
            self.verdict.make_unreal(self.tree[noun].text)

    def adjective(self, head: int, *, infinitive: bool) -> None:
        """Weigh the adjective that an infinitive or a clause hangs on: "ready to take", "likely that"."""
        word = self.tree[head].lower
        above = self.tree[head].head
        denied = any(self.tree[k].dep == "neg" for k in (*self.tree.kids(above), *self.tree.kids(head)))
        if word == "able" and self.tree[above].lower in {"was", "were", "been"} and not denied:
            before = next((k for k in self.tree.kids(above, "mark") if self.tree[k].lower == "before"), None)
            if before is not None:
                self.verdict.make_unreal(self.tree[before].text)  # "before they were able to take X"
            return  # who was able to take it took it
        if infinitive or (word in self.scope.irrealis or word in self.scope.effort):
            self.verdict.make_unreal(self.tree[head].text)
        elif word in self.scope.hedging:
            self.verdict.hedge(self.tree[head].text)

    def future(self, verb: int, auxiliaries: frozenset[str] | None = None) -> None:
        """Let an auxiliary of what is still to come reach what hangs on its verb: "would advance, taking X"."""
        auxiliaries = _FUTURE if auxiliaries is None else auxiliaries
        if any(self.tree[k].lower in _PAST_FUTURE for k in self.tree.kids(verb)) and auxiliaries is _FUTURE:
            auxiliaries = auxiliaries - {"would"}  # "would later advance, taking X"
        for k in self.tree.kids(verb, "aux"):
            if self.tree[k].lower in auxiliaries:
                self.verdict.make_unreal(self.tree[k].text)

    def _nearly(self, k: int) -> bool:
        """Tell whether an adverb says that it came close: "nearly", "almost completely", "all but"."""
        words = [self.tree[k].lower, *(self.tree[j].lower for j in self.tree.kids(k, "advmod"))]
        return words == ["but", "all"] or not self.scope.nearly.isdisjoint(words)

    def leaves_open(self, mark: str, clause: int) -> bool:
        """Tell whether a mark leaves its clause open: "if", and "until" and "once" of what is still to come."""
        if mark in _LASTING:
            return self.tree.is_verb(clause) and not came_to_pass(self.tree, clause)
        return mark in self.scope.conditionals
