"""What governs a clause says of it: "vowed to take", "denied that", "once they take", "the first unit to enter"."""

from __future__ import annotations

from tracker.claims.parsing.syntax import Tree
from tracker.claims.standing.nouns import NounWeigher
from tracker.claims.standing.outcomes import (
    halted,
    hindered_in_vain,
    inverted,
    of_what_would_be,
    prospective,
    succeeded,
    unverified,
    waited_for,
)
from tracker.claims.standing.phases import got_through, not_until, took_time
from tracker.claims.standing.verdicts import (
    Verdict,
    is_purpose,
    is_unclear,
    of_rumour,
    only_to,
    permitted_now,
    says_nobody,
    told_by,
)
from tracker.claims.words import words

__all__ = ["ClauseWeigher"]

_IF = frozenset({"if", "unless"})
_TIME_MARKS = words("scope", "time_marks")
_DIRECTIVE = words("scope", "directive")
_PREVENTING = words("scope", "preventing")
_LASTING = words("scope", "lasting")
_BINDING = words("scope", "binding")
_PLANS = words("scope", "plans")
_AVERTING = words("scope", "averting")
_FALSE = words("scope", "falsehoods")
_PERMITS = words("scope", "permits")
_ORDINALS = frozenset({"first", "last", "latest", "second", "third", "only", "next", "final"})
_NTH = ("fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "teenth", "tieth")
_FIGHTING = frozenset({"battle", "fight", "struggle", "strive", "work"})  # what follows is no object of theirs
_ABSOLUTE = frozenset({"with"})  # "with X taken, they plan to go on"
_NEXT = 2  # tokens


class ClauseWeigher(NounWeigher):
    """Weighs a step up from the verb of a clause; each tells where to go on, None to stop."""

    def clause(self, i: int, head: int, dep: str) -> int | None:
        """Weigh what a verb hangs on: a verb, an adjective, a noun, or a clause that it belongs to."""
        tree = self.tree
        if dep in {"csubj", "csubjpass"}:
            self.of_doing(head)
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
                return self._what_to_do(i, head)
            if of_rumour(tree, i, head, self.verdict):
                return None
            to_be = of_what_would_be(tree, i, head)
            if to_be is not None:
                self.verdict.make_unreal(to_be)
                return None
            return self.participle(i, head)
        if not tree.is_verb(head):
            if infinitive and tree[head].dep == "acomp" and self._first_of_all(i, head):
                return head  # "X was next to fall"
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
        if infinitive:
            self._unfit(i, head, base)
        done = base == "fail" and (not_until(tree, i) or not_until(tree, head))  # "failed to take it until May"
        if (
            infinitive
            and dep in {"xcomp", "ccomp", "advcl"}
            and (done or took_time(tree, head) or got_through(tree, head))
        ):
            self.own(head)
            return head
        self._considered(i, head, base)
        if dep == "xcomp" and (base in self.scope.speech or base in self.scope.hedging):
            if infinitive and base in _DIRECTIVE and not any(tree[k].lower == "have" for k in tree.kids(i, "aux")):
                self.verdict.make_unreal(tree[head].text)
            self.speech(head)
            return head
        near = any(tree[k].lower == "to" and 0 < k - head <= _NEXT for k in tree.kids(i, "aux"))
        said = (
            tree[head].dep == "ccomp" and tree.verb_base(tree[head].head) in self.scope.speech
        )  # "said X had to be taken"
        if infinitive and base == "have" and (tree[head].tag in {"VBZ", "VBP"} or said) and near:
            self.verdict.make_unreal(tree[head].text)  # "has yet to take", "have to take X first"
        if infinitive and base == "push" and not any(tree[k].lower == "on" for k in tree.kids(head, "prt")):
            self.verdict.make_unreal(tree[head].text)  # "pushing to regain X"
        if dep == "xcomp" or (infinitive and dep in {"advcl", "dobj"}):
            if hindered_in_vain(tree, head) and base in _PREVENTING:
                return None
            told = base == "be" or permitted_now(tree, head, base) or self._going(head, base)
            if (infinitive and (base not in self.scope.implicative or told or self._purpose(head, dep))) or (
                not infinitive
                and ((told and base == "rule") or base in self.scope.irrealis or tree[head].lower in _AVERTING)
                and base not in self.scope.implicative
            ):
                self.verdict.make_unreal(tree[head].text)
            self.own(head)
            return head
        if dep == "advcl":
            return self._adverbial(i, head)
        return head

    def _complement(self, i: int, head: int, base: str) -> int | None:
        tree = self.tree
        if base in self.scope.speech or base in self.scope.hedging or unverified(tree, head) is not None:
            self.speech(head)
            return head
        finite = not any(tree[k].lower == "to" for k in tree.kids(i, "aux"))
        if finite and tree.kids(i, "mark") and tree[head].dep != "relcl":  # "no evidence has emerged that"
            for k in tree.kids(head, "nsubj", "nsubjpass"):
                of_rumour(tree, i, k, self.verdict)
        if base == "doubt" and self._by_nobody(head):
            return head  # "few doubted that X had fallen"
        open_end = base in self.scope.irrealis - self.scope.implicative and not (base in _FIGHTING and finite)
        sure = not tree.kids(head, "neg", "aux") and not tree.says_any(_IF)
        follows = base == "mean" and finite and sure  # "this means that they hold X"
        if (open_end and not follows) or permitted_now(tree, head, base):
            self.verdict.make_unreal(tree[head].text)
        elif base == "be" and finite and is_purpose(tree, head):
            self.verdict.make_unreal(tree[head].text)  # "the plan was that they would"
        elif base in self.scope.implicative or base in _PERMITS:
            self.own(head)  # "would not let X fall"
        cue = is_unclear(tree, head)
        if cue is not None:
            self.verdict.make_unreal(cue)
        return head

    def _by_nobody(self, verb: int) -> bool:
        """Tell whether hardly anybody does something, or it is not done: "few doubted", "did not doubt"."""
        tree = self.tree
        few = any(tree[k].lower == "few" or says_nobody(tree, k) for k in tree.surface_subjects(verb))
        return few or any(tree[k].dep == "neg" for k in tree.kids(verb))

    def _adverbial(self, i: int, head: int) -> int | None:
        tree = self.tree
        marks = {tree[k].lower for k in tree.kids(i, "mark", "advmod")}
        opening = next((mark for mark in sorted(marks) if self.leaves_open(mark, i)), None)
        if "before" in marks and tree.is_passive(head) and halted(tree, head):
            opening = "before"  # "was called off before they entered X"
        opening = opening or inverted(tree, i) or waited_for(tree, i) or prospective(tree, i)
        if opening is not None:
            self.verdict.make_unreal(opening)
            return None
        if tree.kids(i, "nsubj", "nsubjpass") and marks & (_TIME_MARKS | _LASTING | _ABSOLUTE):
            return None  # a clause of its own; what governs the main clause does not reach it
        if not tree.kids(i, "nsubj", "nsubjpass"):
            if tree[i].tag in {"VBG", "VBN"} and not any(tree[k].lower == "having" for k in tree.kids(i, "aux")):
                self.future(head)
            return head
        return head

    def _relative(self, i: int, head: int, *, infinitive: bool) -> int | None:
        """Weigh a relative clause; it stands by itself but for "the first unit to enter X"."""
        tree = self.tree
        if infinitive and (self._first_of_all(i, head) or self._reported(i, head)):
            return head  # "was the first unit to enter X", "shows X to be in their hands"
        to_be = of_what_would_be(tree, i, head)
        if infinitive and to_be is None:
            return self._what_to_do(i, head)
        if to_be is not None:
            self.verdict.make_unreal(to_be)
        elif tree[i].tag in {"VBZ", "VBP"} and tree[head].lower == "time" and tree[tree[head].head].lower == "by":
            self.verdict.make_unreal(tree[head].text)  # "by the time they take X"
        elif tree[head].dep == "attr" and tree[head].lower in _FALSE:
            self.verdict.make_unreal(tree[head].text)  # "it is a lie that they left X"
        elif any(tree[k].lower == "that" for k in tree.kids(i, "mark", "dobj")):
            of_rumour(tree, i, told_by(tree, head), self.verdict)
        elif tree.verb_base(i) in self.scope.speech:  # "rejected a statement in which they said that"
            told = Verdict()
            if of_rumour(tree, i, head, told) and told.unreal:
                self.verdict.make_unreal(told.cue or tree[head].text)
        return None

    def _what_to_do(self, infinitive: int, noun: int) -> int | None:
        """Weigh an infinitive hung on a noun: what "forces to take X" are for, unless they were helped to take it."""
        verb = self.tree[noun].head
        if self.tree[noun].lower in {"claim", "claims"} and any(
            self.tree[k].lower == "have" for k in self.tree.kids(infinitive, "aux")
        ):
            of_rumour(self.tree, infinitive, noun, self.verdict)  # "their claim to have taken X"
            return None
        done = succeeded(self.tree, noun)
        if done is not None:
            self.own(done)
            return done
        helped = self.tree[noun].kind == "actor" and self.tree[noun].dep == "dobj" and _helped(self.tree, verb)
        if not helped:
            self.verdict.make_unreal(self.tree[noun].text)
        return verb if helped else None

    def _reported(self, i: int, noun: int) -> bool:
        """Tell whether somebody says of a noun what it is: "the map shows X to be in their hands"."""
        above = self.tree[noun].head
        says = self.tree.verb_base(above)
        told = says in self.scope.speech or says in self.scope.hedging
        return told and self.tree.verb_base(i) in {"be", "have"}

    def _considered(self, i: int, head: int, base: str) -> None:
        """Weigh what was only thought about: "considered leaving X", "ruled out entering it"."""
        next_to = 0 < i - head <= _NEXT or self.tree[i].dep == "xcomp"
        thought = base in self.scope.hedging & self.scope.irrealis or (base == "rule" and self._going(head, base))
        if next_to and self.tree[i].tag == "VBG" and thought:
            self.verdict.make_unreal(self.tree[head].text)

    def _unfit(self, i: int, head: int, base: str) -> None:
        """Weigh who lacks the means, or is bound, to do something: "proved unable, so far, to", "with which to"."""
        tree = self.tree
        for k in tree.kids(head, "acomp", "oprd"):
            if k < i and tree[k].lower in self.scope.irrealis:
                self.adjective(k, infinitive=True)
        to = next((k for k in tree.kids(i, "aux") if tree[k].lower == "to"), 0)
        if tree[to - 1].lower in {"which", "whom"}:
            self.verdict.make_unreal(tree[to].text)
        if base in _BINDING and any(tree.singulars[k] in _PLANS for k in tree.kids(head, "nsubj")):
            self.verdict.make_unreal(tree[head].text)

    def _first_of_all(self, i: int, head: int) -> bool:
        """Tell whether an infinitive on a noun is what it did: "the first (city) to fall"."""
        present = self.tree[self.tree[head].head].tag in {"VBZ", "VBP"}
        next_up = present and "next" in {self.tree[k].lower for k in (head, *self.tree.kids(head, "amod"))}
        if next_up or any(self.tree[k].lower == "yet" for k in (*self.tree.kids(head), *self.tree.kids(i))):
            return False
        near = {self.tree[k].lower for k in self.tree.kids(head, "amod", "nummod", "det")} | {self.tree[head].lower}
        return bool(near & _ORDINALS) or any(word.endswith(_NTH) for word in near)

    def _purpose(self, head: int, dep: str) -> bool:
        """Tell whether an infinitive says what for, not what came of it."""
        base = self.tree.verb_base(head)
        if any(self.tree.singulars[k] in self.scope.effort for k in self.tree.kids(head, "dobj")):
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


def _helped(tree: Tree, verb: int) -> bool:
    """Tell whether a verb says that somebody was helped, or enabled, to do something."""
    return tree.is_verb(verb) and tree[verb].lower.startswith(("helped", "assisted", "enabled"))
