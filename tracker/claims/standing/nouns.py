"""What a preposition, or the verb of a noun, says of what it governs: "aimed at taking", "ordered the withdrawal"."""

from __future__ import annotations

from tracker.claims.parsing.syntax import Tree
from tracker.claims.standing.outcomes import (
    as_a_goal,
    as_an_aim,
    has_date,
    hindered_in_vain,
    said_too_early,
    still_to_come,
    truncated,
    unverified,
)
from tracker.claims.standing.phases import WILL, awaited
from tracker.claims.standing.verdicts import is_purpose, of_rumour, told_about
from tracker.claims.standing.weighing import Weigher
from tracker.claims.words import words

__all__ = ["NounWeigher", "strengthens_own"]

_SHORT_OF = words("scope", "short_of") | words("scope", "times")
_TALKS = words("scope", "talks")
_LEAVING = words("scope", "leaving")
_PREVENTING = words("scope", "preventing")
# Of the verbs that leave their infinitive open, those whose noun object is as real as the sentence.
_WANTS_VERB = words("scope", "wants_verb")
_DONE = frozenset({"complete", "finish"})
_NO_SUCH = words("scope", "evidence") | words("scope", "rumours") | {"case", "thought"}
_FALLEN = frozenset({"fall", "loss"})  # what "could mark a turning point" has fallen
_ONLY_LIKELY = words("scope", "pending") | words("scope", "inevitable")
_FEARING = words("scope", "fearing")
_DEVOTING = frozenset({"commit", "committed", "dedicate", "dedicated", "devote", "devoted"})
_PURPOSES = words("scope", "purposes")
_LOOKING_TO = words("scope", "looking_to")
_PRAISING = words("syntax", "praising")
_THINKING = frozenset({"speak", "talk", "think"})
_ENDING = words("scope", "ending")
_READYING = words("scope", "readying")
_EXPECTING = words("scope", "expecting") | {"aim", "seek", "want", "try"}
_LEANING = words("scope", "leaning")
_NONE_OF = words("scope", "none_of")
_AFTERWARDS = frozenset({"after", "following", "upon"})
_NEAR_TO = frozenset({"about", "brink", "close", "closer", "cusp", "near", "point", "poised", "ready", "verge"})
_TRYING = frozenset({"attempt", "battle", "fail", "fight", "struggle", "try"})
_DEEDS = words("matching", "for_winner") | words("matching", "for_loser")
_SUPPORT = words("syntax", "supporting")
_ENDINGS = words("matching", "endings")
_TAKING_PART = frozenset({"help", "involvement", "participation", "support"})
_MADE_READY = words("scope", "made_ready")
_CHARGING = words("scope", "charging")
_SIEGES = frozenset({"siege", "blockade", "encirclement"})
_LIFTING = frozenset({"break", "end", "lift", "raise", "relieve"})
_AVERTING = words("scope", "averting")
_PLANS = words("scope", "plans")
_CONTAINING = words("scope", "containing")
_RULE = frozenset({"control", "hold", "grip", "rule", "dominance", "occupation", "stranglehold"})
_SHAKING = words("scope", "shaking")
_WAS = frozenset({"was", "were", "had"})
_DUTIES = frozenset({"can", "may", "must", "should"})
_TO_COME = frozenset({"would", "will", "shall", "'ll", "’ll"})


def strengthens_own(tree: Tree, verb: int) -> bool:
    """Tell whether a verb says what becomes of a hold that its subject has: "moved guns up to tighten its grip"."""
    if not tree.is_verb(verb) or tree.verb_base(verb) not in _SHAKING:
        return False
    held = (k for k in tree.kids(verb, "dobj") if tree[k].lower in _RULE)
    return any(tree[p].tag == "PRP$" for k in held for p in tree.kids(k, "poss"))


class NounWeigher(Weigher):
    """Weighs a step up from a gerund, a preposition's phrase or a noun; each tells where to go on, None to stop."""

    def _tried(self, verb: int) -> int | None:
        """Return who tries or is near what: its verb does not reach what was before: "near taking X after taking Y"."""
        tree = self.tree
        above = tree[verb].head
        if tree[verb].dep == "pcomp" and tree[tree[above].head].lower in _NEAR_TO:
            return next((k for k in tree.climb(above) if tree.is_verb(k)), None)
        to = tree[verb].dep in {"xcomp", "advcl"} and any(tree[k].lower == "to" for k in tree.kids(verb, "aux"))
        if to and tree[above].lower in _NEAR_TO:
            return next((k for k in tree.climb(above) if tree.is_verb(k)), None)
        return above if to and tree.is_verb(above) and tree.verb_base(above) in _TRYING else None

    def gerund(self, preposition: int) -> int | None:
        """Weigh what a preposition makes of a deed, but for one told to be before what was tried."""
        tried = self._tried(self.tree[preposition].head) if self.tree[preposition].lower in _AFTERWARDS else None
        if tried is None:
            return self._gerund(preposition)
        self.own(tried)
        return tried

    def _gerund(self, preposition: int) -> int | None:
        """Weigh "aimed at retaking", "succeeded in taking", "from regaining", "by capturing"."""
        tree = self.tree
        word = tree[preposition].lower
        head = tree[preposition].head
        if word == "with" and any(tree.kids(k, "nsubjpass") for k in tree.kids(preposition, "pcomp")):
            return None  # "with X taken, they plan to go on"
        base = tree.verb_base(head) if tree.is_verb(head) else tree.singulars[head]
        cue = self._undone(preposition, head, base)
        if cue is not None:
            self.verdict.make_unreal(cue)
            return None
        measured = word == "of" and tree[tree[head].head].lower == "within"  # "within two miles of taking X"
        looking = self._looks_to(head)
        if measured or (word == "to" and looking):  # "turned its attention to taking X"
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
        none = any(tree[k].lower in {"no", "little"} for k in tree.kids(head, "det", "neg", "amod"))
        if none and ((word == "of" and base.removesuffix("s") in _NO_SUCH) or (word == "in" and base in _NONE_OF)):
            self.verdict.make_unreal("no")  # "there was no question of losing X"
            return None
        praised = (
            word in {"for", "on"} and base in _PRAISING and tree.is_verb(head)
        )  # "congratulated them for taking X"
        if word == "after" and tree[head].dep == "npadvmod":
            return None  # "would leave, a day after taking X"
        if word == "of" and (
            (base in self.scope.hedging and tree.is_verb(head))
            or told_about(tree, head)
            or base.removesuffix("s") == "claim"
        ):
            self.verdict.hedge(tree[head].text)  # "boasted of having taken X", "the claim of having taken"
            return None
        if word == "of" and base in _THINKING:
            self.verdict.make_unreal(tree[head].text)  # "spoke of taking X"
            return None
        upon = word == "on" and preposition < head  # "on entering X, they …"
        if (word in {"at", "for", "towards", "toward", "about", "on", "against"} and not praised and not upon) or (
            word == "of" and base in self.scope.effort
        ):
            self.verdict.make_unreal(tree[head].text)
            return None
        if (
            (base in self.scope.effort or base in self.scope.irrealis)
            and base not in self.scope.implicative
            and word in {"of", "in", "to", "with", "into"}
        ):
            self.verdict.make_unreal(tree[head].text)
            return None
        if word == "in" and tree.is_verb(head):
            self.own(head)
        if word in {"in", "of"} and base.removesuffix("s") in _PURPOSES:
            self.verdict.make_unreal(tree[head].text)  # "a necessary step in taking X"
            return None
        if word in {"in", "with", "to", "by"} and base in _ENDING and tree.is_verb(head):
            self.own(head)
            return head  # "will lead to X being retaken"
        if (upon or word in {"after", "before", "by", "following", "upon"}) and tree.is_verb(head):
            self.future(head, None if word == "before" else WILL)  # "after taking X they will move on"
            if word == "by" and base in _EXPECTING and tree[head].tag in {"VBP", "VBZ"}:
                self.verdict.make_unreal(tree[head].text)  # "by taking X they hope to open the road"
            if base == "be" and any(tree[k].tag == "VB" for k in tree.kids(head, "xcomp")):
                self.own(head)
                self.verdict.make_unreal(tree[head].text)  # "was, after taking X, to enter Y"
                return None
        return head

    def _looks_to(self, head: int) -> bool:
        """Tell whether somebody looks or comes nearer to something: "turned its attention to", "inched closer to"."""
        tree = self.tree
        base = tree.verb_base(head) if tree.is_verb(head) else tree.singulars[head]
        nearer = (*tree.kids(head, "dobj"), *tree.kids(head, "advmod", "acomp", "oprd"))
        return base in _LOOKING_TO or any(tree[k].lower in _LOOKING_TO for k in nearer)

    def _undone(self, preposition: int, head: int, base: str) -> str | None:
        """Return the word by which doing something is left undone: "without taking", "short of taking X"."""
        tree, word = self.tree, self.tree[preposition].lower
        if word == "near" or (word == "from" and base == "way" and tree.kids(head, "amod")):
            return word  # "was nowhere near taking X", "is a long way from taking X"
        made_up = word == "as" and base in self.scope.denying  # "dismissed as “made up” a statement saying that"
        cue = word if made_up or word in {"without", "instead"} else truncated(tree, preposition)
        if cue is not None or word not in {"of", "from", "to"}:
            return cue
        before = tree[preposition - 1]
        if before.lower in {"far", "instead"}:  # "far from having taken X, they …"
            return before.text
        return None if _SHORT_OF.isdisjoint({before.lower, tree[head].lower}) else tree[head].text

    def participle(self, i: int, head: int) -> int | None:
        """Weigh the noun that a participle hangs on: "statements suggesting", "an operation taking"."""
        self._of_others(i, head)
        base = self.tree.verb_base(i)
        said = base in self.scope.speech or base in self.scope.hedging
        if said and of_rumour(self.tree, i, head, self.verdict):
            return None
        return (
            head
            if self.tree[head].dep in {"nsubj", "dobj", "pobj", "attr"} and self.tree[head].lower in self.scope.effort
            else None
        )

    def _of_others(self, i: int, actor: int) -> None:
        """Weigh what somebody is for or against others doing: "opposed the army taking X", "counted on them taking"."""
        tree = self.tree
        if tree[i].tag != "VBG" or tree[actor].kind != "actor" or tree[actor].dep not in {"dobj", "pobj"}:
            return
        above = tree[actor].head
        against = tree[above].lower == "against"
        verb = above if tree.is_verb(above) else tree[above].head
        leaning = self.scope.irrealis | self.scope.denying | _LEANING
        if against or (tree.is_verb(verb) and not leaning.isdisjoint({tree.verb_base(verb), tree[verb].lower})):
            self.verdict.make_unreal(tree[above if against else verb].text)

    def over_preposition(self, i: int, head: int) -> int | None:
        """Weigh a noun behind a preposition: "the battle for the liberation of X", "on the verge of"."""
        tree = self.tree
        base = tree.verb_base(head) if tree.is_verb(head) else tree.singulars[head]
        cue = awaited(tree, i)
        if cue is not None:
            self.verdict.make_unreal(cue)
        word = tree[i].lower
        ahead = tree[i].text if word == "without" else self._ahead(i, head)
        if ahead is not None:
            self.verdict.make_unreal(ahead)
            return None
        if tree.is_verb(head):
            early = said_too_early(tree, head)
            aim = as_an_aim(tree, i) if word == "with" else None
            if aim is not None:
                self.verdict.make_unreal(aim)
            if (word in {"in", "with", "to", "by"} and base in _ENDING) or (
                word == "in" and tree[head].lower in _SUPPORT
            ):
                self.own(head)
                return head  # "is expected to end with the capture of X"
            if early is not None:
                self.verdict.make_unreal(early)
            elif (
                word in {"towards", "toward"}
                or (word in {"at", "for", "on", "to"} and (base in self.scope.irrealis or tree[head].lower in _LEANING))
                or (word == "for" and not _READYING.isdisjoint({base, tree[head].lower}))
                or (word == "with" and not _CHARGING.isdisjoint({base, tree[head].lower}))
            ):
                self.verdict.make_unreal(tree[head].text)
            elif word == "on" and any(tree[k].lower == "work" for k in tree.kids(head, "nsubj")):
                self.verdict.make_unreal("work")  # "work continues on the liberation of X"
            elif word == "to" and (base in _DEVOTING or self._looks_to(head)):
                self.verdict.make_unreal(tree[head].text)
            elif word == "for":  # "a deal was reached for the evacuation of X"
                for k in tree.kids(head, "nsubjpass", "dobj"):
                    self.effort(k)
            return None
        if of_rumour(tree, i, head, self.verdict):
            return None
        if word in {"of", "to"} and base in _ENDINGS:
            return head  # "called for an end to the siege of X"
        if word == "in" and base in _TAKING_PART:
            return head  # "rejected their participation in the capture of X"
        if (
            word in {"towards", "toward"}
            or (base in self.scope.effort and word in {"of", "for", "at", "on", "over", "about", "regarding"})
            or (word == "to" and base in _LOOKING_TO)
            or (word == "for" and tree[head].kind == "actor" and not self._praised(head))  # "brigades for taking X"
            or (word == "of" and base in {"event", "case", "anticipation"})
            or (word == "of" and base == "advance" and tree[tree[head].head].lower == "in")
            or (word == "for" and any(tree[k].lower == "no" for k in tree.kids(head, "det")))
            or (word == "on" and tree[head].lower in {"bent", "focused", "intent"})
            or (word in {"on", "about"} and base.removesuffix("s") in {"question", "speculation", "doubt"})
            or (word == "for" and (base in self.scope.irrealis or self._made_ready(head)))
        ):
            self.verdict.make_unreal(tree[head].text)
        return None

    def _praised(self, actor: int) -> bool:
        """Tell whether somebody is praised or blamed: "commended the army for the liberation of X"."""
        return any(token.lower in _PRAISING for token in self.tree.tokens[max(0, actor - 4) : actor])

    def _made_ready(self, noun: int) -> bool:
        """Tell whether a noun is what is made ready for an event: "pave the way for", "the operations room for"."""
        tree = self.tree
        if any(tree.singulars[k] in self.scope.effort for k in tree.kids(noun, "compound")):
            return True
        return tree[noun].lower in _MADE_READY and tree[tree[noun].head].tag not in {"VBD", "VBN"}

    def _ahead(self, preposition: int, head: int) -> str | None:
        """Return the word that sets an event after what is told: "ahead of the capture of X", "must wait before"."""
        tree = self.tree
        word = tree[preposition].lower
        early = word == "of" and tree[head].lower == "ahead"
        before = word == "before" or (word == "to" and tree[head].lower == "prior")
        if word == "pending":
            return tree[preposition].text
        if not early and not before and word not in _AFTERWARDS:
            return None
        event = next(iter(tree.kids(preposition, "pobj")), None)
        if event is None or has_date(tree, event):
            return None
        if word == "before" and tree[head].lower.removesuffix("s") in _PURPOSES:
            return tree[head].text  # "preliminary steps before the capture of X"
        verb = next((k for k in (head, *tree.climb(head)) if tree.is_verb(k)), None)
        if verb is None:
            return None
        if word in _AFTERWARDS:  # "will be governed by a council after its liberation"
            its = any(tree[k].lower in {"its", "their"} for k in tree.kids(event, "poss"))
            return self._to_come(verb, _TO_COME | {"to"}) if its and preposition > verb else None
        told = tree[verb].tag in {"VBZ", "VBP", "VBG"} and not any(
            tree[k].lower in _WAS for k in tree.kids(verb, "aux")
        )
        still = told and not any(tree[k].tag == "VBD" for k in tree.kids(verb, "aux", "auxpass"))
        if early or still:
            return tree[head if early else preposition].text
        return self._to_come(verb, _TO_COME | _DUTIES)

    def _to_come(self, verb: int, auxiliaries: frozenset[str] = _TO_COME) -> str | None:
        """Return the auxiliary by which a verb tells what is to come."""
        return next((self.tree[k].text for k in self.tree.kids(verb, "aux") if self.tree[k].lower in auxiliaries), None)

    def noun_of_verb(self, noun: int, head: int, dep: str) -> int | None:
        """Weigh the verb of a trigger noun: "the loss would leave", "ordered the withdrawal"."""
        tree = self.tree
        base = tree.verb_base(head)
        if dep == "oprd" and tree[head].dep == "pcomp":
            return head  # "for what they called the liberation of X"
        if dep == "acomp" and base in {"remain", "stay", "keep"} and tree[noun].lower in {"free", "clear"}:
            self.verdict.make_unreal(tree[head].text)  # "the town remained free"
        if dep == "acomp":
            self.own(head)
            return head  # "until X is free of them"
        if dep == "nsubjpass" and tree[noun].lower in _SIEGES and base in _LIFTING:
            return None  # "called for the siege of X to be lifted": there is one
        if dep in {"dobj", "nsubjpass"} and base in _SHAKING and tree[noun].lower in _RULE and self._is_owned(noun):
            self.presume(head)
            return None  # "meant to loosen their grip on X", "could threaten their control": they have it
        if dep in {"dobj", "nsubjpass", "attr"}:
            if (dep == "attr" and is_purpose(tree, head)) or (base in _CONTAINING and self._of_a_plan(head)):
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
            if base == "rule" and any(tree[k].lower == "out" for k in tree.kids(head, "prt", "advmod", "prep")):
                self.verdict.make_unreal(tree[head].text)  # "ruled out their rule over X"
            if base == "face" and tree[head].tag != "VBD":
                self.verdict.make_unreal(tree[head].text)
            if base in _TALKS and tree[noun].lower.removesuffix("s") in _LEAVING:
                self.verdict.make_unreal(tree[head].text)
            wanted = self.scope.denying | self.scope.irrealis - _WANTS_VERB
            if tree[head].lower in _AVERTING or (base in wanted and base not in self.scope.implicative):
                self.verdict.make_unreal(tree[head].text)
            elif base in self.scope.hedging:
                self.verdict.hedge(tree[head].text)
            self.own(head)
            return head
        fallen = tree[noun].lower in _FALLEN and not self._only_feared(noun, head)
        self.of_subject(head, dated=has_date(tree, noun), fallen=fallen)
        return None

    def _is_owned(self, noun: int) -> bool:
        """Tell whether somebody has a hold: "their grip on X", "rebel control"."""
        tree = self.tree
        owners = tree.kids(noun, "poss", "amod", "compound", "nmod")
        return any(tree[k].kind in {"actor", "place"} or tree[k].tag == "PRP$" for k in owners) or bool(
            tree.prepositional(noun, ("by",))
        )

    def presume(self, verb: int) -> None:
        """Take a state for so, and date it by the verb of its sentence, whatever that says of what is done to it."""
        self.verdict.presumed = True
        if self.verdict.finite is None:
            chain = (verb, *self.tree.climb(verb))
            finite = (k for k in chain if self.tree.is_verb(k) and self.tree[k].tag in {"VBD", "VBZ", "VBP", "MD"})
            self.verdict.finite = next(finite, verb)

    def _only_feared(self, noun: int, verb: int) -> bool:
        """Tell whether a fall that "could" do something is to come: "its eventual fall", "warned that the loss"."""
        tree = self.tree
        if any(tree[k].lower in _ONLY_LIKELY for k in tree.kids(noun, "amod")):
            return True
        return tree[verb].dep == "ccomp" and tree.verb_base(tree[verb].head) in _FEARING

    def of_doing(self, verb: int) -> None:
        """Weigh what is said of doing something: "taking X is necessary", not "taking X was", "is a success"."""
        tree = self.tree
        self.of_subject(verb)
        good = any(tree[k].lower in _DEEDS for k in tree.kids(verb, "attr"))
        if tree[verb].tag in {"VBZ", "VBP"} and tree.verb_base(verb) in {"be", "remain"} and not good:
            self.verdict.make_unreal(tree[verb].text)

    def of_subject(self, head: int, *, dated: bool = False, fallen: bool = False) -> None:
        """Weigh what is said of an event that is the subject: "would leave", "is imminent", "remains the goal"."""
        if not dated:  # "its capture on Monday could change the war"
            self.future(head, _TO_COME if fallen else None)
        cue = still_to_come(self.tree, head)
        if cue is not None:
            self.verdict.make_unreal(cue)

    def _of_a_plan(self, verb: int) -> bool:
        """Tell whether what contains something is a plan, or a part of one: "the plan's first phase was"."""
        tree = self.tree
        subjects = tree.kids(verb, "nsubj")
        owners = [k for s in subjects for k in (*tree.kids(s, "poss"), *tree.prepositional(s, ("of",)))]
        named = {tree[k].lower for k in (*subjects, *owners)} | {tree[k].lower.removesuffix("s") for k in subjects}
        return not named.isdisjoint(_PLANS | _PURPOSES - {"step"}) or any(
            tree.frames.singular(word) in _PLANS for word in named
        )

    def _completed(self, effort: int) -> bool:
        """Tell whether an effort is said to be done: "completed the last stage of retaking X"."""
        verb = self.tree[effort].head
        return self.tree.is_verb(verb) and self.tree.verb_base(verb) in _DONE
