"""What a preposition, or the verb of a noun, says of what it governs: "aimed at taking", "ordered the withdrawal"."""

from __future__ import annotations

from tracker.claims.standing.outcomes import (
    as_a_goal,
    has_date,
    hindered_in_vain,
    said_too_early,
    still_to_come,
    truncated,
    unverified,
)
from tracker.claims.standing.phases import WILL, awaited
from tracker.claims.standing.verdicts import is_purpose, of_rumour
from tracker.claims.standing.weighing import Weigher
from tracker.claims.words import words

__all__ = ["NounWeigher"]

_SHORT_OF = words("scope", "short_of") | words("scope", "times")
_TALKS = words("scope", "talks")
_LEAVING = words("scope", "leaving")
_PREVENTING = words("scope", "preventing")
# Of the verbs that leave their infinitive open, those whose noun object is as real as the sentence.
_WANTS_VERB = words("scope", "wants_verb")
_DONE = frozenset({"complete", "finish"})
_NO_SUCH = words("scope", "evidence") | {"case", "thought"}
_FALLEN = frozenset({"fall", "loss"})  # what "could mark a turning point" has fallen
_DEVOTING = frozenset({"commit", "committed", "dedicate", "dedicated", "devote", "devoted"})
_TO_COME = frozenset({"would", "will", "shall", "'ll", "’ll"})


class NounWeigher(Weigher):
    """Weighs a step up from a gerund, a preposition's phrase or a noun; each tells where to go on, None to stop."""

    def gerund(self, preposition: int) -> int | None:
        """Weigh "aimed at retaking", "succeeded in taking", "from regaining", "by capturing"."""
        tree = self.tree
        word = tree[preposition].lower
        head = tree[preposition].head
        base = tree.verb_base(head) if tree.is_verb(head) else tree.frames.singular(tree[head].lower)
        cue = word if word in {"without", "instead"} else truncated(tree, preposition)
        if cue is not None:
            self.verdict.make_unreal(cue)
            return None
        fronted = tree[preposition - 1].lower in {"far", "instead"}  # "far from having taken X, they …"
        if word in {"of", "from", "to"} and (fronted or tree[head].lower in _SHORT_OF):
            self.verdict.make_unreal(tree[preposition - 1 if fronted else head].text)
            return None
        measured = word == "of" and tree[tree[head].head].lower == "within"  # "within two miles of taking X"
        if measured or (word == "to" and base in {"view", "eye"}):
            self.verdict.make_unreal(tree[tree[head].head if measured else head].text)
            return None
        back = {tree[k].lower for k in (head, *tree.kids(head, "prt", "advmod"))} & {"back", "off", "away"}
        if word == "from" and back and {base, tree.verb_base(tree[head].head)} & {"hold", "back", "shy"}:
            self.verdict.make_unreal(tree[head].text)  # "held back from entering"
            return None
        if word == "from" and base in _PREVENTING:
            if hindered_in_vain(tree, head):
                return None
            self.verdict.make_unreal(tree[head].text)
            return None
        if word == "of" and self._completed(head):
            return head
        if word == "on" and base in {"go", "carry", "keep"}:
            self.own(head)
            return head  # "went on holding X"
        if word == "of" and base in _NO_SUCH and any(tree[k].lower == "no" for k in tree.kids(head, "det", "neg")):
            self.verdict.make_unreal("no")  # "there was no question of losing X"
            return None
        if word in {"at", "for", "towards", "toward", "about", "on"} or (word == "of" and base in self.scope.effort):
            self.verdict.make_unreal(tree[head].text)
            return None
        if (
            base in self.scope.effort | self.scope.irrealis
            and base not in self.scope.implicative
            and word in {"of", "in", "to", "with", "into"}
        ):
            self.verdict.make_unreal(tree[head].text)
            return None
        if word == "in" and tree.is_verb(head):
            self.own(head)
        if word in {"after", "before", "by", "following", "upon"} and tree.is_verb(head):
            self.future(head, WILL)  # "after taking X they will move on"
        return head

    def participle(self, i: int, head: int) -> int | None:
        """Weigh the noun that a participle hangs on: "statements suggesting", "an operation taking"."""
        if self.tree.verb_base(i) in self.scope.speech | self.scope.hedging and of_rumour(
            self.tree, i, head, self.verdict
        ):
            return None
        return (
            head
            if self.tree[head].dep in {"nsubj", "dobj", "pobj", "attr"} and self.tree[head].lower in self.scope.effort
            else None
        )

    def over_preposition(self, i: int, head: int) -> int | None:
        """Weigh a noun behind a preposition: "the battle for the liberation of X", "on the verge of"."""
        tree = self.tree
        base = tree.verb_base(head) if tree.is_verb(head) else tree.frames.singular(tree[head].lower)
        cue = awaited(tree, i)
        if cue is not None:
            self.verdict.make_unreal(cue)
        if tree.is_verb(head):
            word = tree[i].lower
            early = said_too_early(tree, head)
            if early is not None:
                self.verdict.make_unreal(early)
            elif word in {"towards", "toward"} or (word in {"at", "for"} and base in self.scope.irrealis):
                self.verdict.make_unreal(tree[head].text)
            elif word == "on" and any(tree[k].lower == "work" for k in tree.kids(head, "nsubj")):
                self.verdict.make_unreal("work")  # "work continues on the liberation of X"
            elif word == "to" and base in _DEVOTING:
                self.verdict.make_unreal(tree[head].text)
            elif word == "for":  # "a deal was reached for the evacuation of X"
                for k in tree.kids(head, "nsubjpass", "dobj"):
                    self.effort(k)
            return None
        if of_rumour(tree, i, head, self.verdict):
            return None
        towards = tree[i].lower in {"towards", "toward"}
        if towards or (base in self.scope.effort and tree[i].lower in {"of", "for", "at", "on"}):
            self.verdict.make_unreal(tree[head].text)
            return None
        return None

    def noun_of_verb(self, noun: int, head: int, dep: str) -> int | None:
        """Weigh the verb of a trigger noun: "the loss would leave", "ordered the withdrawal"."""
        tree = self.tree
        base = tree.verb_base(head)
        if dep in {"dobj", "nsubjpass", "attr"}:
            if dep == "attr" and is_purpose(tree, head):
                self.verdict.make_unreal(tree[head].text)
            goal = as_a_goal(tree, head, noun)
            if goal is not None:
                self.verdict.make_unreal(goal)
            if base in _PREVENTING and hindered_in_vain(tree, head):
                return None
            doubted = unverified(tree, head)
            if doubted is not None:
                self.verdict.hedge(doubted)
                return None
            if base in _TALKS and tree[noun].lower.removesuffix("s") in _LEAVING:
                self.verdict.make_unreal(tree[head].text)
            if base in self.scope.denying | self.scope.irrealis - _WANTS_VERB and base not in self.scope.implicative:
                self.verdict.make_unreal(tree[head].text)
            elif base in self.scope.hedging:
                self.verdict.hedge(tree[head].text)
            self.own(head)
            return head
        self.of_subject(head, dated=has_date(tree, noun), fallen=tree[noun].lower in _FALLEN)
        return None

    def of_subject(self, head: int, *, dated: bool = False, fallen: bool = False) -> None:
        """Weigh what is said of an event that is the subject: "would leave", "is imminent", "remains the goal"."""
        if not dated:  # "its capture on Monday could change the war"
            self.future(head, _TO_COME if fallen else None)
        cue = still_to_come(self.tree, head)
        if cue is not None:
            self.verdict.make_unreal(cue)

    def _completed(self, effort: int) -> bool:
        """Tell whether an effort is said to be done: "completed the last stage of retaking X"."""
        verb = self.tree[effort].head
        return self.tree.is_verb(verb) and self.tree.verb_base(verb) in _DONE
