"""
Whether the sentence says that it is so: from the trigger up the tree, each governor has its say.

"Vowed to retake", "the battle to retake", "would leave", "if they reach", "nearly
besieged" are unreal; "managed to retake" is as real as the managing; "reportedly"
and "claimed" leave it open. The words are data (`[scope]` of the frames file).
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.claims.parsing.syntax import Tree
from tracker.claims.standing.verdicts import (
    WILL,
    Verdict,
    asked,
    awaited,
    came_to_pass,
    fire_control,
    in_play,
    is_purpose,
    is_unclear,
    no_longer,
    not_until,
    of_rumour,
    permitted_now,
    says_nobody,
    took_time,
    unconfirmed,
)
from tracker.claims.words import words
from tracker.model import Modality

__all__ = ["Standing", "standing_of"]

_FUTURE = words("scope", "future")
_TIME_MARKS = words("scope", "time_marks")
_DIRECTIVE = words("scope", "directive")
_SHORT_OF = words("scope", "short_of") | words("scope", "times")
_TALKS = words("scope", "talks")
_LEAVING = words("scope", "leaving")
_PREVENTING = words("scope", "preventing")
_LASTING = words("scope", "lasting")
_PAST_FUTURE = frozenset({"later", "eventually", "subsequently", "finally", "ultimately"})
_MAYBE = frozenset({"may", "might", "must"})  # with "have": "may have taken"
_ORDINALS = frozenset({"first", "last", "latest", "second", "third", "only", "next", "final"})
_NOT = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor"})
# Of the verbs that leave their infinitive open, those whose noun object is as real as the sentence.
_WANTS_VERB = words("scope", "wants_verb")
_FAR = 14  # edges climbed; deeper nesting is a parser's error


@dataclass(frozen=True, slots=True)
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
    """

    modality: Modality
    cue: str | None
    speaker: int | None
    verb: int | None


def standing_of(tree: Tree, governor: int, trigger: int, *, state: bool) -> Standing:
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
    """
    verdict = Verdict()
    judge = _Judge(tree, verdict)
    judge.own(trigger)
    if state or (
        tree[governor].dep == "amod" and tree[governor].tag in {"VBN", "JJ"} and tree[governor].head > governor
    ):
        judge.above_state(governor)
    else:
        if governor != trigger:
            judge.own(governor)
        if (
            tree.is_verb(governor)
            and tree.is_passive(governor)
            and tree.verb_base(governor) in {"report", "say", "claim", "believe"}
        ):
            verdict.hedge(tree[governor].text)
        judge.climb(governor)
    modality = Modality.UNREAL if verdict.unreal else Modality.HEDGED if verdict.hedged else Modality.ASSERTED
    return Standing(modality, verdict.cue, verdict.speaker, verdict.finite)


class _Judge:
    def __init__(self, tree: Tree, verdict: Verdict) -> None:
        self.tree = tree
        self.scope = tree.frames.scope
        self.verdict = verdict

    def own(self, i: int) -> None:
        """Weigh what stands directly on a word: negation, modal, adverb."""
        tree, verdict = self.tree, self.verdict
        words = {tree[k].lower: k for k in tree.kids(i)}
        later = bool(set(words) & _PAST_FUTURE)
        for word, k in words.items():
            if not_until(tree, i) and (tree[k].dep == "neg" or word in _NOT):
                continue
            if tree[k].dep == "neg" or (word in _NOT and tree[k].dep in {"advmod", "det", "preconj"}):
                verdict.make_unreal(tree[k].text)
            elif word in {"'d", "’d"} and tree[i].tag in {"VBN", "VBD"}:
                continue  # "who'd held it"
            elif tree[k].dep == "aux" and word in _FUTURE and tree.is_verb(i):
                if word in _MAYBE and "have" in words and "not" not in words:
                    verdict.hedge(tree[k].text)
                elif not (word == "would" and (later or self._went_on(i))):
                    verdict.make_unreal(tree[k].text)
            elif (
                says_nobody(tree, k)
                or no_longer(tree, k)
                or fire_control(tree, k)
                or (tree[k].dep in {"advmod", "amod"} and self._nearly(k))
            ):
                verdict.make_unreal(tree[k].text)
            elif word in self.scope.hedges:
                verdict.hedge(tree[k].text)
            elif (tree[k].dep in {"mark", "advmod"} and self._open(word, i)) or (
                word in {"ready", "able", "unable", "set", "poised", "about"} and tree[k].dep == "amod"
            ):
                verdict.make_unreal(tree[k].text)

    def above_state(self, i: int) -> None:
        """Climb from an attribute's noun: only speech and hedges reach it."""
        for above in (i, *self.tree.climb(i)):
            if self.tree.is_verb(above):
                self.verdict.finite = self._finite(above) if self.verdict.finite is None else self.verdict.finite
        for k in self.tree.climb(i):
            if self.tree.is_verb(k):
                self._speech(k, only_speaker=True)

    def climb(self, i: int) -> None:
        """Weigh each governor above a finding."""
        tree = self.tree
        steps = 0
        while steps < _FAR:
            steps += 1
            if tree.is_verb(i) and self.verdict.finite is None:
                self.verdict.finite = self._finite(i)
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
        if dep == "conj":
            if tree.is_verb(i) and tree.is_verb(head):
                return self._shared(i, head)
            return head
        if dep in {"prep", "agent"}:
            return self._over_preposition(i, head)
        if tree.is_verb(i):
            return self._verb_edge(i, head, dep)
        if dep in {"pobj", "pcomp"}:
            return head
        if tree.is_verb(head):
            return self._noun_of_verb(i, head, dep)
        self._effort(head)
        if dep in {"compound", "poss", "amod", "nmod", "appos"} and self.tree[head].lower in self.scope.effort:
            return head
        return head if dep in {"appos", "compound", "nmod"} else None

    def _after_effort(self, i: int) -> None:
        """Weigh "the operation to isolate X", wherever the parser hung the infinitive."""
        tree = self.tree
        if tree[i].tag != "VB":
            return
        to = next((k for k in range(i - 1, max(i - 4, 0), -1) if tree[k].lower == "to"), None)
        if to is None or to == 0 or tree[to - 1].entity is not None:
            return
        noun = tree.frames.singular(tree[to - 1].lower)
        if noun in self.scope.effort and tree[to - 1].tag.startswith("NN"):
            self.verdict.make_unreal(tree[to - 1].text)

    def _shared(self, i: int, head: int) -> int:
        """Carry auxiliaries over to a joined verb without its own: "would enter and seize"."""
        tree = self.tree
        own = list(tree.kids(i, "aux", "nsubj", "nsubjpass"))
        to = [k for k in own if tree[k].lower == "to"]
        if to and tree[i].tag == "VB" and tree[head].tag in {"VBD", "VBZ", "VBP"}:
            self.verdict.make_unreal(tree[to[0]].text)  # no verb of its own stands beside one told: what for
        if not own:
            for k in tree.kids(head, "aux", "neg"):
                word = tree[k].lower
                if (word in _FUTURE and tree[i].tag == "VB") or (word == "to" and tree[i].tag == "VB"):
                    self.own(head)
                    break
        return head

    def _verb_edge(self, i: int, head: int, dep: str) -> int | None:
        tree = self.tree
        if dep == "pcomp":
            return self._gerund(head)
        infinitive = tree[i].tag in {"VB", "VBN"} and any(tree[k].lower == "to" for k in tree.kids(i, "aux"))
        if dep in {"ccomp", "parataxis"} and i < head and any(t.text == ";" for t in tree.tokens[i:head]):
            return None  # a statement of its own
        if dep in {"relcl", "acl"} and infinitive and took_time(tree, head):
            return tree[head].head if tree.is_verb(tree[head].head) else None
        if dep == "relcl":
            if infinitive and self._first_of_all(head):
                return head  # "was the first unit to enter X"
            if infinitive:
                self.verdict.make_unreal(tree[head].text)
            return None
        if dep == "acl":
            if infinitive:
                self.verdict.make_unreal(tree[head].text)
                return None
            if of_rumour(tree, i, head, self.verdict):
                return None
            return self._participle(head)
        if not tree.is_verb(head):
            if infinitive or dep in {"ccomp", "xcomp"}:
                if of_rumour(tree, i, head, self.verdict):
                    return None
                self._adjective(head, infinitive=infinitive)
            return head
        base = tree.verb_base(head)
        if dep in {"ccomp", "parataxis"}:
            return self._complement(head, base)
        if infinitive and any(tree[k].lower == "yet" for k in tree.kids(head, "advmod")):
            self.verdict.make_unreal("yet")  # "has yet to take"
        if infinitive and dep in {"xcomp", "ccomp", "advcl"} and took_time(tree, head):
            self.own(head)
            return head
        if dep == "xcomp" and base in self.scope.speech | self.scope.hedging:
            if infinitive and base in _DIRECTIVE and not any(tree[k].lower == "have" for k in tree.kids(i, "aux")):
                self.verdict.make_unreal(tree[head].text)
            self._speech(head)
            return head
        if infinitive and base == "have" and any(tree[k].lower == "yet" for k in (*tree.kids(head), *tree.kids(i))):
            self.verdict.make_unreal("yet")
        if infinitive and base == "push" and not any(tree[k].lower == "on" for k in tree.kids(head, "prt")):
            self.verdict.make_unreal(tree[head].text)  # "pushing to regain X"
        if dep == "xcomp" or (infinitive and dep in {"advcl", "dobj"}):
            told = base == "be" or permitted_now(tree, head, base)
            if (infinitive and (base not in self.scope.implicative or told or self._purpose(head, dep))) or (
                not infinitive and base in self.scope.irrealis and base not in self.scope.implicative
            ):
                self.verdict.make_unreal(tree[head].text)
            self.own(head)
            return head
        if dep == "advcl":
            return self._adverbial(i, head)
        return head

    def _first_of_all(self, head: int) -> bool:
        """Tell whether an infinitive on a noun is what it did: "the first (city) to fall"."""
        near = {self.tree[k].lower for k in self.tree.kids(head, "amod", "nummod", "det")} | {self.tree[head].lower}
        return bool(near & _ORDINALS)

    def _purpose(self, head: int, dep: str) -> bool:
        """Tell whether an infinitive says what for, not what came of it."""
        if dep != "advcl":
            return False
        base = self.tree.verb_base(head)
        if base in {"push", "move", "press"} and any(self.tree[k].lower == "on" for k in self.tree.kids(head, "prt")):
            return False  # "pushed on to take X"
        if any(
            self.tree.frames.singular(self.tree[k].lower) in self.scope.effort for k in self.tree.kids(head, "dobj")
        ):
            return True
        return base not in {
            "go",
            "manage",
            "succeed",
            "proceed",
            "continue",
            "begin",
            "start",
            "help",
            "force",
            "compel",
        }

    def _complement(self, head: int, base: str) -> int | None:
        tree = self.tree
        if base in self.scope.speech or base in self.scope.hedging:
            self._speech(head)
            return head
        if (base in self.scope.irrealis and base not in self.scope.implicative) or permitted_now(tree, head, base):
            self.verdict.make_unreal(tree[head].text)
        elif base in self.scope.implicative:
            self.own(head)
        cue = is_unclear(tree, head)
        if cue is not None:
            self.verdict.make_unreal(cue)
        return head

    def _speech(self, head: int, *, only_speaker: bool = False) -> None:
        tree, verdict = self.tree, self.verdict
        base = tree.verb_base(head)
        if base not in self.scope.speech and base not in self.scope.hedging:
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
        if base in self.scope.denying or any(tree[k].dep == "neg" for k in tree.kids(head)):
            verdict.make_unreal(tree[head].text)
        elif base in self.scope.hedging or (tree.is_passive(head) and base in {"report", "say"}):
            verdict.hedge(tree[head].text)

    def _adverbial(self, i: int, head: int) -> int | None:
        tree = self.tree
        marks = {tree[k].lower for k in tree.kids(i, "mark", "advmod")}
        opening = [mark for mark in sorted(marks) if self._open(mark, i)]
        if opening:
            self.verdict.make_unreal(opening[0])
            return None
        if tree.kids(i, "nsubj", "nsubjpass") and marks & (_TIME_MARKS | _LASTING):
            return None  # a clause of its own; what governs the main clause does not reach it
        if not tree.kids(i, "nsubj", "nsubjpass"):
            if tree[i].tag in {"VBG", "VBN"}:
                self.own_future(head)
            return head
        return head

    def _still_to_come(self, head: int) -> None:
        """Let what will be done set what is done before it in the future: "after taking X they will move on"."""
        for k in self.tree.kids(head, "aux"):
            if self.tree[k].lower in WILL:
                self.verdict.make_unreal(self.tree[k].text)

    def _nearly(self, k: int) -> bool:
        """Tell whether an adverb says that it came close: "nearly", "almost completely"."""
        words = [self.tree[k].lower, *(self.tree[j].lower for j in self.tree.kids(k, "advmod"))]
        return not self.scope.nearly.isdisjoint(words)

    def _open(self, mark: str, clause: int) -> bool:
        """Tell whether a mark leaves its clause open: "if", and "until" and "once" of what is still to come."""
        if mark in _LASTING:
            return self.tree.is_verb(clause) and not came_to_pass(self.tree, clause)
        return mark in self.scope.conditionals

    def own_future(self, head: int) -> None:
        """Let a main clause's modal reach its participles: "would advance, taking X"."""
        for k in self.tree.kids(head, "aux"):
            if self.tree[k].lower in _FUTURE:
                self.verdict.make_unreal(self.tree[k].text)

    def _gerund(self, preposition: int) -> int | None:
        """Weigh "aimed at retaking", "succeeded in taking", "from regaining", "by capturing"."""
        tree = self.tree
        word = tree[preposition].lower
        head = tree[preposition].head
        base = tree.verb_base(head) if tree.is_verb(head) else tree.frames.singular(tree[head].lower)
        if word in {"without", "instead"}:
            self.verdict.make_unreal(word)
            return None
        if word in {"of", "from", "to"} and tree[head].lower in _SHORT_OF:
            self.verdict.make_unreal(tree[head].text)
            return None
        if word == "from" and base in _PREVENTING:
            self.verdict.make_unreal(tree[head].text)
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
            self._still_to_come(head)
        return head

    def _participle(self, head: int) -> int | None:
        return (
            head
            if self.tree[head].dep in {"nsubj", "dobj", "pobj", "attr"} and self.tree[head].lower in self.scope.effort
            else None
        )

    def _over_preposition(self, i: int, head: int) -> int | None:
        """Weigh a noun behind a preposition: "the battle for the liberation of X", "on the verge of"."""
        tree = self.tree
        base = tree.verb_base(head) if tree.is_verb(head) else tree.frames.singular(tree[head].lower)
        cue = awaited(tree, i)
        if cue is not None:
            self.verdict.make_unreal(cue)
        if tree.is_verb(head):
            word = tree[i].lower
            if word in {"at", "for", "towards", "toward"} and base in self.scope.irrealis:
                self.verdict.make_unreal(tree[head].text)
            elif word == "for":  # "a deal was reached for the evacuation of X"
                for k in tree.kids(head, "nsubjpass", "dobj"):
                    self._effort(k)
            return None
        if of_rumour(tree, i, head, self.verdict):
            return None
        if base in self.scope.effort and tree[i].lower in {"of", "for", "at", "towards", "toward", "on"}:
            self.verdict.make_unreal(tree[head].text)
            return None
        return None

    def _noun_of_verb(self, noun: int, head: int, dep: str) -> int | None:
        """Weigh the verb of a trigger noun: "the loss would leave", "ordered the withdrawal"."""
        tree = self.tree
        base = tree.verb_base(head)
        if dep in {"dobj", "nsubjpass", "attr"}:
            if dep == "attr" and is_purpose(tree, head):
                self.verdict.make_unreal(tree[head].text)
            if base in _TALKS and tree[noun].lower.removesuffix("s") in _LEAVING:
                self.verdict.make_unreal(tree[head].text)
            if base in self.scope.denying | self.scope.irrealis - _WANTS_VERB and base not in self.scope.implicative:
                self.verdict.make_unreal(tree[head].text)
            elif base in self.scope.hedging:
                self.verdict.hedge(tree[head].text)
            self.own(head)
            return head
        for k in tree.kids(head, "aux"):
            if tree[k].lower in _FUTURE:
                self.verdict.make_unreal(tree[k].text)
        return None

    def _effort(self, noun: int) -> None:
        base = self.tree.frames.singular(self.tree[noun].lower)
        if base in self.scope.effort:
            self.verdict.make_unreal(self.tree[noun].text)

    def _adjective(self, head: int, *, infinitive: bool) -> None:
        word = self.tree[head].lower
        if word == "able" and self._was(head):
            return
        if infinitive or word in self.scope.irrealis | self.scope.effort:
            self.verdict.make_unreal(self.tree[head].text)
        elif word in self.scope.hedging:
            self.verdict.hedge(self.tree[head].text)

    def _inverted(self, i: int) -> None:
        """Read a speech verb set aside by commas: "X fell, the monitor said"."""
        for k in self.tree.kids(i, "parataxis", "ccomp"):
            if (
                self.tree.verb_base(k) in self.scope.speech
                and self.tree.kids(k, "nsubj")
                and not self.tree.kids(k, "ccomp", "dobj")
            ):
                self._speech(k)

    def _was(self, adjective: int) -> bool:
        """Tell whether an adjective is said of the past: "were able to take" took it."""
        return self.tree[self.tree[adjective].head].lower in {"was", "were", "been"}

    def _went_on(self, i: int) -> bool:
        return any(self.tree.verb_base(k) == "go" for k in (i,))

    def _finite(self, i: int) -> int | None:
        return i
