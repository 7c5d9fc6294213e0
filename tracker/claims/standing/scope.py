"""
Whether the sentence says that it is so: from the trigger up the tree, each governor has its say.

"Vowed to retake", "the battle to retake", "would leave", "if they reach", "nearly
besieged" are unreal; "managed to retake" is as real as the managing; "reportedly"
and "claimed" leave it open. The words are data (`[scope]` of the frames file).
"""

from __future__ import annotations

from tracker.claims.parsing.syntax import Tree
from tracker.claims.records import record
from tracker.claims.standing.clauses import ClauseWeigher
from tracker.claims.standing.listed import event_before, verb_before
from tracker.claims.standing.nouns import strengthens_own
from tracker.claims.standing.outcomes import succeeded
from tracker.claims.standing.verdicts import (
    Verdict,
    asked,
    in_play,
    unconfirmed,
)
from tracker.claims.words import words
from tracker.model import Modality

__all__ = ["Standing", "standing_of"]

_BEGINNING = frozenset({"begin", "start", "launch", "commence", "continue", "resume"})
_FUTURE = words("scope", "future")
_PURPOSES = words("scope", "purposes")
_OF_STATES = frozenset({"compound", "amod", "det", "poss", "case", "npadvmod", "nmod"})
_WITHIN = frozenset({"under", "in", "within"})
_NOT = frozenset({"not", "never", "nor", "n't", "n’t"})
_STILL = frozenset(
    {"actually", "completely", "currently", "entirely", "ever", "fully", "now", "still", "then", "wholly", "yet"}
)
_SUBJECTS = ("nsubj", "nsubjpass")
_TOLD_OF = frozenset({"acl", "relcl", "ccomp"})
_FAR = 14  # edges climbed; deeper nesting is a parser's error


@record(kw_only=False)
class Standing:
    """
    How a finding stands in its sentence.

    Attributes
    ----------
    cue
        Words that made it hedged or unreal, None when it is asserted.
    speaker
        Index of the head noun of who says so, None when the writer does.
    verb
        Index of the finite verb of its clause, from which tense and dates are read.
    presumed
        Whether no word before it makes it unreal: "meant to loosen their grip on X".
    """

    modality: Modality
    cue: str | None
    speaker: int | None
    verb: int | None
    presumed: bool = False


def standing_of(tree: Tree, governor: int, trigger: int, *, state: bool, parsed: bool = True) -> Standing:
    """
    Return how a finding stands, by climbing from its governor to the root.

    Parameters
    ----------
    governor
        The verb or noun from which truth is judged.
    trigger
        The word that set the frame off; its own modifiers count, too.
    state
        Whether an attribute of a noun ("rebel-held X") carries it: what happens
        to the noun does not touch its truth.
    parsed
        Whether a parser made the tree: one from windows does not say what governs the first of a list.
    """
    verdict = Verdict()
    judge = _Judge(tree, verdict)
    judge.own(trigger)
    judge.before_state(trigger, state=state)
    if state or (
        tree[governor].dep == "amod" and tree[governor].tag in {"VBN", "JJ"} and tree[governor].head > governor
    ):
        judge.above_state(governor)
    else:
        if governor != trigger:
            judge.own(governor)
        first = verb_before(tree, governor) if parsed else None
        if first is not None and not verdict.unreal:
            judge.own(first)
            judge.climb(first)
        if tree.is_verb(governor) and tree.verb_base(governor) == "claim":
            verdict.hedge(tree[governor].text)  # "claimed control of X"
        if (
            tree.is_verb(governor)
            and tree.is_passive(governor)
            and tree.verb_base(governor) in {"report", "say", "claim", "believe"}
        ):
            verdict.hedge(tree[governor].text)
        if strengthens_own(tree, governor):
            judge.presume(governor)
        else:
            judge.climb(governor)
    modality = Modality.UNREAL if verdict.unreal else Modality.HEDGED if verdict.hedged else Modality.ASSERTED
    return Standing(modality, verdict.cue, verdict.speaker, verdict.finite, verdict.presumed)


class _Judge(ClauseWeigher):
    """Climbs from a finding to the root of its sentence."""

    def before_state(self, trigger: int, *, state: bool) -> None:
        """Weigh what stands before a state without a verb of its own: "not yet under army control"."""
        tree, k = self.tree, trigger
        while k > 0 and (tree[k - 1].text == "-" or tree[k - 1].dep in _OF_STATES) and tree[k - 1].lower not in _NOT:
            k -= 1
        within = k > 0 and tree[k - 1].lower in _WITHIN
        if not within and not state:
            return
        k -= within
        while k > 1 and tree[k - 1].lower in _STILL:
            k -= 1
        no_longer = k > 1 and (tree[k - 2].lower, tree[k - 1].lower) == ("no", "longer")
        if no_longer or (k > 0 and tree[k - 1].lower in _NOT and tree[k].lower not in {"only", "just", "merely"}):
            self.verdict.make_unreal(tree[k - 1].text)

    def above_state(self, i: int) -> None:
        """Climb from an attribute's noun: only speech and hedges reach it."""
        for above in (i, *self.tree.climb(i)):
            if self.tree.is_verb(above):
                self.verdict.finite = above if self.verdict.finite is None else self.verdict.finite
        for k in self.tree.climb(i):
            if self.tree.is_verb(k):
                self.speech(k, only_speaker=True)
        verb = self.tree[i].head
        as_such = self.tree[i].dep == "pobj" and self.tree[verb].lower == "as"  # "will be used as a base"
        if as_such:
            verb = self.tree[verb].head
        if (as_such or self.tree[i].dep in {"attr", "oprd"}) and self.tree.is_verb(verb):  # "was to become their base"
            self.own(verb)
            self.climb(verb)

    def climb(self, i: int) -> None:
        """Weigh each governor above a finding."""
        tree = self.tree
        steps = 0
        while steps < _FAR:
            steps += 1
            if tree.is_verb(i) and self.verdict.finite is None:
                self.verdict.finite = i
            head = tree[i].head
            if head == i:
                self._inverted(i)
                self._at_root(i)
                return
            onward = self._edge(i, head)
            if onward is None:
                return
            i = onward

    def _at_root(self, i: int) -> None:
        """Weigh what holds for the whole sentence: a question, a game, a source that nobody has confirmed."""
        tree, verdict = self.tree, self.verdict
        for cue in (asked(tree, i), in_play(tree, i)):
            if cue is not None:
                verdict.make_unreal(cue)
        cue = unconfirmed(tree, i)
        if cue is not None:
            verdict.hedge(cue)

    def _edge(self, i: int, head: int) -> int | None:
        """Weigh one step up; return where to go on, None to stop."""
        tree = self.tree
        dep = tree[i].dep
        self._after_effort(i)
        first = event_before(tree, i)
        if first is not None:
            return first
        if dep == "conj" or (dep == "dep" and tree[i].tag == tree[head].tag == "VB"):
            if tree.is_verb(i) and tree.is_verb(head):
                return self._shared(i, head)
            return head
        if dep == "appos" and tree[head].kind == "actor":
            self._beside(i)
        if dep in {"prep", "agent"}:
            return self.over_preposition(i, head)
        if tree[head].lower in {"case", "event"} and tree[tree[head].head].lower == "in" and dep in _TOLD_OF:
            self.verdict.make_unreal(tree[head].text)  # "in the event that they take X"
            return None
        gerund = tree[i].tag == "VBG" and tree.is_verb(head)
        if tree.is_verb(i) and not (gerund and dep in _SUBJECTS):  # "fighting in X was avoided"
            return self.clause(i, head, "xcomp" if gerund and dep == "acl" else dep)  # "the plan foresaw taking X"
        if dep in {"pobj", "pcomp"}:
            return head
        if tree.is_verb(head):
            return self.noun_of_verb(i, head, dep)
        if dep == "nsubj" and tree[head].lower in _PURPOSES:  # "made the capture of X its priority"
            self.verdict.make_unreal(tree[head].text)
        self.effort(head)
        if dep in {"compound", "poss", "amod", "nmod", "appos"} and self.tree[head].lower in self.scope.effort:
            return head
        return head if dep in {"appos", "compound", "nmod"} else None

    def _beside(self, i: int) -> None:
        """Weigh what an event explains, wherever the parser hung it: "preparing for the next step, the fall of X"."""
        first = min(self.tree.kids(i), default=i)
        if first > 1 and self.tree[first - 1].text == ",":
            self.effort(first - 2)

    def _after_effort(self, i: int) -> None:
        """Weigh "the operation to isolate X", wherever the parser hung the infinitive."""
        tree = self.tree
        if tree[i].tag != "VB":
            return
        to = next((k for k in range(i - 1, max(i - 4, 0), -1) if tree[k].lower == "to"), None)
        if to is None or to == 0 or tree[to - 1].entity is not None:
            return
        noun = tree.frames.singular(tree[to - 1].lower)
        if noun in self.scope.effort and tree[to - 1].tag.startswith("NN") and succeeded(tree, to - 1) is None:
            self.verdict.make_unreal(tree[to - 1].text)
        begun = tree[i].head
        if tree.is_verb(begun) and tree.verb_base(begun) in _BEGINNING:  # "operations have begun to liberate X"
            subjects = (tree.singulars[k] for k in tree.kids(begun, "nsubj", "nsubjpass"))
            if not self.scope.effort.isdisjoint(subjects):
                self.verdict.make_unreal(tree[begun].text)

    def _shared(self, i: int, head: int) -> int:
        """Carry auxiliaries over to a joined verb without its own: "would enter and seize"."""
        tree = self.tree
        own = list(tree.kids(i, "aux", "nsubj", "nsubjpass"))
        if not own and tree[head].dep == "ccomp" and tree.kids(i, "ccomp") and tree.verb_base(i) in self.scope.speech:
            return tree[head].head  # "denied that X was lost and said that they hold Y": he says so, too
        as_would = tree[head].tag == "VBN" and any(tree[k].tag == "MD" for k in tree.kids(head, "aux"))
        if tree[i].tag == "VBD" and as_would and not own and not self._but_before(i):
            self.own(head)  # "would have gone and left X"
        if tree[i].tag == "VBD" and tree[head].tag == "VB":
            return self._told_beside(head)
        to = [k for k in own if tree[k].lower == "to"]
        if to and tree[i].tag == "VB" and tree[head].tag in {"VBD", "VBZ", "VBP"}:
            self.verdict.make_unreal(tree[to[0]].text)  # no verb of its own stands beside one told: what for
        passive = tree[i].tag == tree[head].tag == "VBN" and not tree.kids(i, "auxpass")
        if not own or (passive and not tree.kids(i, "aux")):  # "could be cut off and taken", "and Y freed"
            for k in tree.kids(head, "aux", "neg"):
                word = tree[k].lower
                if (word in _FUTURE and (passive or tree[i].tag == "VB")) or (word == "to" and tree[i].tag == "VB"):
                    self.own(head)
                    break
        return head

    def _but_before(self, i: int) -> bool:
        """Tell whether a verb is set against the one it is joined to: "would have stayed but left X"."""
        head = self.tree[i].head
        return any(self.tree[k].lower in {"but", "yet"} and k < i for k in self.tree.kids(head, "cc"))

    def _told_beside(self, infinitive: int) -> int:
        """Return the verb that one told as past stands beside, not the infinitive: "tried to hold on but lost X"."""
        tree = self.tree
        return next((k for k in tree.climb(infinitive) if tree.is_verb(k) and tree[k].tag != "VB"), infinitive)

    def _inverted(self, i: int) -> None:
        """Read a speech verb set aside by commas: "X fell, the monitor said"."""
        for k in self.tree.kids(i, "parataxis", "ccomp"):
            if (
                ((base := self.tree.verb_base(k)) in self.scope.speech or base in self.scope.hedging)
                and self.tree.kids(k, "nsubj")
                and not self.tree.kids(k, "ccomp", "dobj")
            ):
                self.speech(k)
