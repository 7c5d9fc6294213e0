"""
Whether the sentence says that it is so: from the trigger up the tree, each governor has its say.

"Vowed to retake", "the battle to retake", "would leave", "if they reach", "nearly
besieged" are unreal; "managed to retake" is as real as the managing; "reportedly"
and "claimed" leave it open. The words are data (`[scope]` of the frames file).
"""

from __future__ import annotations

from tracker.claims.parsing.syntax import Tree
from tracker.claims.records import record
from tracker.claims.standing.nouns import NounWeigher
from tracker.claims.standing.outcomes import (
    hindered_in_vain,
    inverted,
    of_what_would_be,
    prospective,
    unverified,
    waited_for,
)
from tracker.claims.standing.verdicts import (
    Verdict,
    asked,
    in_play,
    is_unclear,
    not_until,
    of_rumour,
    only_to,
    permitted_now,
    told_by,
    took_time,
    unconfirmed,
)
from tracker.claims.words import words
from tracker.model import Modality

__all__ = ["Standing", "standing_of"]

_BEGINNING = frozenset({"begin", "start", "launch", "commence", "continue", "resume"})
_FUTURE = words("scope", "future")
_TIME_MARKS = words("scope", "time_marks")
_DIRECTIVE = words("scope", "directive")
_PREVENTING = words("scope", "preventing")
_LASTING = words("scope", "lasting")
_PURPOSES = words("scope", "purposes")
_ORDINALS = frozenset({"first", "last", "latest", "second", "third", "only", "next", "final"})
_FIGHTING = frozenset({"battle", "fight", "struggle", "strive", "work"})  # what follows is no object of theirs
_NEXT = 2  # tokens
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
        if tree.is_verb(governor) and tree.verb_base(governor) == "claim":
            verdict.hedge(tree[governor].text)  # "claimed control of X"
        if (
            tree.is_verb(governor)
            and tree.is_passive(governor)
            and tree.verb_base(governor) in {"report", "say", "claim", "believe"}
        ):
            verdict.hedge(tree[governor].text)
        judge.climb(governor)
    modality = Modality.UNREAL if verdict.unreal else Modality.HEDGED if verdict.hedged else Modality.ASSERTED
    return Standing(modality, verdict.cue, verdict.speaker, verdict.finite)


class _Judge(NounWeigher):
    """Climbs from a finding to the root of its sentence."""

    def above_state(self, i: int) -> None:
        """Climb from an attribute's noun: only speech and hedges reach it."""
        for above in (i, *self.tree.climb(i)):
            if self.tree.is_verb(above):
                self.verdict.finite = above if self.verdict.finite is None else self.verdict.finite
        for k in self.tree.climb(i):
            if self.tree.is_verb(k):
                self.speech(k, only_speaker=True)
        verb = self.tree[i].head
        if self.tree[i].dep in {"attr", "oprd"} and self.tree.is_verb(verb):  # "was to become their stronghold"
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
        if dep == "conj":
            if tree.is_verb(i) and tree.is_verb(head):
                return self._shared(i, head)
            return head
        if dep in {"prep", "agent"}:
            return self.over_preposition(i, head)
        if tree.is_verb(i):
            return self._verb_edge(i, head, dep)
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
        begun = tree[i].head
        if tree.is_verb(begun) and tree.verb_base(begun) in _BEGINNING:  # "operations have begun to liberate X"
            subjects = (tree.frames.singular(tree[k].lower) for k in tree.kids(begun, "nsubj", "nsubjpass"))
            if not self.scope.effort.isdisjoint(subjects):
                self.verdict.make_unreal(tree[begun].text)

    def _shared(self, i: int, head: int) -> int:
        """Carry auxiliaries over to a joined verb without its own: "would enter and seize"."""
        tree = self.tree
        own = list(tree.kids(i, "aux", "nsubj", "nsubjpass"))
        if not own and tree[head].dep == "ccomp" and tree.kids(i, "ccomp") and tree.verb_base(i) in self.scope.speech:
            return tree[head].head  # "denied that X was lost and said that they hold Y": he says so, too
        if tree[i].tag == "VBD" and tree[head].tag == "VB":
            return self._told_beside(head)
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

    def _told_beside(self, infinitive: int) -> int:
        """Return the verb that one told as past stands beside, not the infinitive: "tried to hold on but lost X"."""
        tree = self.tree
        return next((k for k in tree.climb(infinitive) if tree.is_verb(k) and tree[k].tag != "VB"), infinitive)

    def _what_to_do(self, noun: int) -> int | None:
        """Weigh an infinitive hung on a noun: what "forces to take X" are for, unless they were helped to take it."""
        verb = self.tree[noun].head
        helped = self.tree[noun].kind == "actor" and self.tree[noun].dep == "dobj" and _helped(self.tree, verb)
        if not helped:
            self.verdict.make_unreal(self.tree[noun].text)
        return verb if helped else None

    def _verb_edge(self, i: int, head: int, dep: str) -> int | None:
        tree = self.tree
        if dep in {"csubj", "csubjpass"}:
            self.of_subject(head)
            return None
        if dep == "pcomp":
            return self.gerund(head)
        infinitive = tree[i].tag in {"VB", "VBN"} and any(tree[k].lower == "to" for k in tree.kids(i, "aux"))
        if infinitive and only_to(tree, i):
            return head
        if dep in {"ccomp", "parataxis"} and i < head and any(t.text == ";" for t in tree.tokens[i:head]):
            return None  # a statement of its own
        if dep in {"relcl", "acl"} and infinitive and took_time(tree, head):
            return tree[head].head if tree.is_verb(tree[head].head) else None
        if dep == "relcl":
            return self._relative(i, head, infinitive=infinitive)
        if dep == "acl":
            if infinitive:
                return self._what_to_do(head)
            if of_rumour(tree, i, head, self.verdict):
                return None
            to_be = of_what_would_be(tree, i, head)
            if to_be is not None:
                self.verdict.make_unreal(to_be)
                return None
            return self.participle(i, head)
        if not tree.is_verb(head):
            if infinitive or dep in {"ccomp", "xcomp"}:
                if of_rumour(tree, i, head, self.verdict):
                    return None
                self.adjective(head, infinitive=infinitive)
            return head
        base = tree.verb_base(head)
        if dep == "ccomp" and tree[head].dep in {"dobj", "pobj"} and of_rumour(tree, i, head, self.verdict):
            return None  # "rejected Russian reports that": a noun, though taken for a verb
        if dep in {"ccomp", "parataxis"}:
            return self._complement(i, head, base)
        if infinitive and any(k < i and self._first_of_all(i, k) for k in tree.kids(head, "attr", "oprd")):
            return head  # "became the first town to fall"
        if infinitive and any(tree[k].lower == "yet" for k in tree.kids(head, "advmod")):
            self.verdict.make_unreal("yet")  # "has yet to take"
        in_the_end = base == "fail" and (not_until(tree, i) or not_until(tree, head))  # "failed to take it until May"
        if infinitive and dep in {"xcomp", "ccomp", "advcl"} and (in_the_end or took_time(tree, head)):
            self.own(head)
            return head
        self._considered(i, head, base)
        if dep == "xcomp" and (base in self.scope.speech or base in self.scope.hedging):
            if infinitive and base in _DIRECTIVE and not any(tree[k].lower == "have" for k in tree.kids(i, "aux")):
                self.verdict.make_unreal(tree[head].text)
            self.speech(head)
            return head
        near = any(tree[k].lower == "to" and 0 < k - head <= _NEXT for k in tree.kids(i, "aux"))
        if infinitive and base == "have" and tree[head].tag in {"VBZ", "VBP"} and near:
            self.verdict.make_unreal(tree[head].text)  # "has yet to take", "have to take X first"
        if infinitive and base == "push" and not any(tree[k].lower == "on" for k in tree.kids(head, "prt")):
            self.verdict.make_unreal(tree[head].text)  # "pushing to regain X"
        if dep == "xcomp" or (infinitive and dep in {"advcl", "dobj"}):
            if hindered_in_vain(tree, head) and base in _PREVENTING:
                return None
            told = base == "be" or permitted_now(tree, head, base) or self._going(head, base)
            if (infinitive and (base not in self.scope.implicative or told or self._purpose(head, dep))) or (
                not infinitive
                and ((told and base == "rule") or base in self.scope.irrealis)
                and base not in self.scope.implicative
            ):
                self.verdict.make_unreal(tree[head].text)
            self.own(head)
            return head
        if dep == "advcl":
            return self._adverbial(i, head)
        return head

    def _reported(self, i: int, noun: int) -> bool:
        """Tell whether somebody says of a noun what it is: "the map shows X to be in their hands"."""
        above = self.tree[noun].head
        speech = self.scope.speech | self.scope.hedging
        return self.tree.verb_base(i) in {"be", "have"} and self.tree.verb_base(above) in speech

    def _relative(self, i: int, head: int, *, infinitive: bool) -> int | None:
        """Weigh a relative clause; it stands by itself but for "the first unit to enter X"."""
        tree = self.tree
        if infinitive and (self._first_of_all(i, head) or self._reported(i, head)):
            return head  # "was the first unit to enter X", "shows X to be in their hands"
        to_be = of_what_would_be(tree, i, head)
        if infinitive and to_be is None:
            return self._what_to_do(head)
        if to_be is not None:
            self.verdict.make_unreal(to_be)
        elif any(tree[k].lower == "that" for k in tree.kids(i, "mark", "dobj")):
            of_rumour(tree, i, told_by(tree, head), self.verdict)
        return None

    def _considered(self, i: int, head: int, base: str) -> None:
        """Weigh what was only thought about: "considered leaving X"."""
        if (
            self.tree[i].dep == "xcomp"
            and self.tree[i].tag == "VBG"
            and base in self.scope.hedging & self.scope.irrealis
        ):
            self.verdict.make_unreal(self.tree[head].text)

    def _first_of_all(self, i: int, head: int) -> bool:
        """Tell whether an infinitive on a noun is what it did: "the first (city) to fall"."""
        present = self.tree[self.tree[head].head].tag in {"VBZ", "VBP"}
        next_up = present and "next" in {self.tree[k].lower for k in (head, *self.tree.kids(head, "amod"))}
        if next_up or any(self.tree[k].lower == "yet" for k in (*self.tree.kids(head), *self.tree.kids(i))):
            return False
        near = {self.tree[k].lower for k in self.tree.kids(head, "amod", "nummod", "det")} | {self.tree[head].lower}
        return bool(near & _ORDINALS)

    def _purpose(self, head: int, dep: str) -> bool:
        """Tell whether an infinitive says what for, not what came of it."""
        base = self.tree.verb_base(head)
        if any(
            self.tree.frames.singular(self.tree[k].lower) in self.scope.effort for k in self.tree.kids(head, "dobj")
        ):
            return True
        if dep != "advcl" or (
            base in {"push", "move", "press"} and any(self.tree[k].lower == "on" for k in self.tree.kids(head, "prt"))
        ):
            return False  # "pushed on to take X"
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

    def _going(self, head: int, base: str) -> bool:
        """Tell whether somebody "is going to" do something, or "rules out" doing it."""
        particles = {self.tree[k].lower for k in self.tree.kids(head, "prt", "advmod", "prep")}
        if base == "go":
            return self.tree[head].tag == "VBG" and "on" not in particles
        return base == "rule" and "out" in particles

    def _complement(self, i: int, head: int, base: str) -> int | None:
        tree = self.tree
        if base in self.scope.speech or base in self.scope.hedging or unverified(tree, head) is not None:
            self.speech(head)
            return head
        finite = not any(tree[k].lower == "to" for k in tree.kids(i, "aux"))
        open_end = base in self.scope.irrealis - self.scope.implicative and not (base in _FIGHTING and finite)
        if open_end or permitted_now(tree, head, base):
            self.verdict.make_unreal(tree[head].text)
        elif base in self.scope.implicative:
            self.own(head)
        cue = is_unclear(tree, head)
        if cue is not None:
            self.verdict.make_unreal(cue)
        return head

    def _adverbial(self, i: int, head: int) -> int | None:
        tree = self.tree
        marks = {tree[k].lower for k in tree.kids(i, "mark", "advmod")}
        opening = next((mark for mark in sorted(marks) if self.leaves_open(mark, i)), None)
        opening = opening or inverted(tree, i) or waited_for(tree, i) or prospective(tree, i)
        if opening is not None:
            self.verdict.make_unreal(opening)
            return None
        if tree.kids(i, "nsubj", "nsubjpass") and marks & (_TIME_MARKS | _LASTING):
            return None  # a clause of its own; what governs the main clause does not reach it
        if not tree.kids(i, "nsubj", "nsubjpass"):
            if tree[i].tag in {"VBG", "VBN"} and not any(tree[k].lower == "having" for k in tree.kids(i, "aux")):
                self.future(head)
            return head
        return head

    def _inverted(self, i: int) -> None:
        """Read a speech verb set aside by commas: "X fell, the monitor said"."""
        for k in self.tree.kids(i, "parataxis", "ccomp"):
            if (
                self.tree.verb_base(k) in self.scope.speech
                and self.tree.kids(k, "nsubj")
                and not self.tree.kids(k, "ccomp", "dobj")
            ):
                self.speech(k)


def _helped(tree: Tree, verb: int) -> bool:
    """Tell whether a verb says that somebody was helped, or enabled, to do something."""
    return tree.is_verb(verb) and tree[verb].lower.startswith(("helped", "assisted", "enabled"))
