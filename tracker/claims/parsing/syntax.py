"""
A sentence as a tree, and the ways through it that lead from a word to who did what where.

Labels are those of ClearNLP, as spaCy's English models write them. The tree comes from
a trained parser or from the rules of `window`; everything here holds for both.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from operator import attrgetter

from tracker.claims.frames import Frames
from tracker.claims.parsing.mending import mend
from tracker.claims.parsing.tokens import Token
from tracker.claims.words import words

__all__ = ["Tree"]

_SUBJECTS = ("nsubj", "csubj")
_PASSIVES = ("nsubjpass", "csubjpass")
_CONTROLLED = ("xcomp", "advcl", "pcomp", "ccomp", "acl")
_SUPPORTING = words("syntax", "supporting") | words("syntax", "joining")
_PREVENTING = words("scope", "preventing")
_OBJECT_CONTROL = words("syntax", "object_control")
_PRAISING = words("syntax", "praising")
_DECLARING = frozenset({"proclaim", "pronounce"})
_HAVE = frozenset({"has", "have", "had", "having"})
_SELVES = frozenset({"itself", "themselves"})
_BE = frozenset({"is", "are", "was", "were", "be", "been"})
_TIMES = words("syntax", "times")
_WINNING_BACK = words("opponents", "winning_back")
_GIVING_UP = words("syntax", "giving_up")
_PARTICLES = frozenset({"back", "away", "over", "up", "off", "on"})
_FIRST = frozenset({"first", "last", "ones"})
_RELATIVES = frozenset({"which", "that", "who", "whom"})
_LEADING = frozenset({"prep", "agent", "prt", "advmod", "dative", "pcomp"})
_SENT = frozenset({"sent", "send", "sends", "sending"})  # "sent the army fleeing"
_TOOK = frozenset({"took", "taken", "takes"})
_AMID = frozenset({"during", "in", "amid", "throughout", "without"})


@lru_cache(maxsize=512)  # the file of frames and the rules have some hundred such lists
def _first_words(phrases: tuple[str, ...]) -> frozenset[str]:
    """Return the first words of prepositions, without which none of them stands in a sentence."""
    return frozenset(phrase.partition(" ")[0] for phrase in phrases)


_start_of, _end_of = attrgetter("start"), attrgetter("end")


class Tree(list[Token]):
    """
    A parsed sentence: its tokens by number.

    Attributes
    ----------
    tokens
        In order; each has its head's index, the root its own.
    frames
        The language's words, for base forms that no back end gets wrong.
    below
        Of each token the indexes of those that hang on it.
    verbs
        The indexes of verb forms, in order.
    singulars
        Each word in lower case, nouns that the frames know in the singular.
    """

    def __init__(self, tokens: Sequence[Token], frames: Frames) -> None:
        super().__init__(tokens)
        self.tokens = tokens
        self.frames = frames
        mend(tokens, frames)
        self._heads = [token.head for token in tokens]
        self.below: list[list[int]] = [[] for _ in tokens]
        for i, head in enumerate(self._heads):
            if head != i:
                self.below[head].append(i)
        self._deps = [token.dep for token in tokens]
        self._verbs = [token.entity is None and token.tag[:2] == "VB" for token in tokens]
        self.verbs = [i for i, verb in enumerate(self._verbs) if verb]
        lower = [token.lower for token in tokens]
        self._words = set(lower)
        self.singulars = list(map(frames.noun_forms.get, lower, lower))
        self._bases: dict[int, str] = {}
        self._passive: dict[int, bool] = {}
        self._objects: dict[int, list[int]] = {}
        self._surface: dict[int, list[int]] = {}
        self._above: dict[int, list[int]] = {}

    def kids(self, i: int, *deps: str) -> list[int]:
        """Return the children of a token, of these labels only when any are given."""
        kids = self.below[i]
        if not kids:
            return []
        if not deps:
            return kids[:]
        of = self._deps
        found = []
        for k in kids:
            if of[k] in deps:
                found.append(k)  # noqa: PERF401 - asked for twice a token, which a comprehension is slower for
        return found

    def says_any(self, words: AbstractSet[str]) -> bool:
        """Tell whether any of some words, in lower case, stands in the sentence."""
        return not self._words.isdisjoint(words)

    def climb(self, i: int) -> Sequence[int]:
        """Return the heads above a token, nearest first."""
        found = self._above.get(i)
        if found is None:
            found = self._above[i] = []
            heads = self._heads
            while heads[i] != i and len(found) < len(heads):
                i = heads[i]
                found.append(i)
        return found

    def between(self, start: int, end: int) -> list[int]:
        """Return the tokens of which a part lies between two offsets of the text."""
        first = bisect_right(self.tokens, start, key=_end_of)
        return list(range(first, bisect_left(self.tokens, end, first, key=_start_of)))

    def is_verb(self, i: int) -> bool:
        """Tell whether a token is a verb form."""
        return self._verbs[i]

    def is_passive(self, i: int) -> bool:
        """Tell whether a verb form is passive: by its auxiliary, or as a bare participle behind a noun."""
        known = self._passive.get(i)
        if known is None:
            known = self._passive[i] = self._looks_passive(i)
        return known

    def _looks_passive(self, i: int) -> bool:
        if self.kids(i, "nsubjpass", "auxpass", "csubjpass"):
            return True
        token = self.tokens[i]
        if token.tag != "VBN" or self.kids(i, "dobj"):
            return False
        if token.dep in {"acomp", "oprd", "attr"}:
            return True
        if self.kids(i, "agent") or token.dep == "acl":
            return True
        if self.kids(i, "aux"):
            return False
        if token.dep == "conj" and self.tokens[token.head].tag in {"VBN", "VBD"} and not self.kids(i, "nsubj"):
            return self.is_passive(token.head)
        if token.dep == "xcomp":  # "were left cut off"
            return not self._infinitive(i)
        return token.dep in {"advcl", "amod", "ccomp", "ROOT", "oprd"} and not self.kids(i, "nsubj")

    def conjuncts(self, i: int) -> list[int]:
        """Return the tokens that are joined to this one by "and", "or" or a comma, without itself."""
        found: list[int] = []
        todo = [i]
        while todo and len(found) < 60:
            for k in self.below[todo.pop()]:
                if self._deps[k] == "conj":
                    found.append(k)
                    todo.append(k)
        return sorted(found)

    def between_whom(self, i: int) -> list[int]:
        """Return the nouns behind "between" on a word, each of those that are joined."""
        return [k for head in self.prepositional(i, ("between",)) for k in (head, *self.conjuncts(head))]

    def verb_base(self, i: int, among: Iterable[str] | None = None) -> str:
        """Return the base form of a verb: from the file of frames where it knows the form, else the back end's."""
        if among is not None:
            return self._base(i, among)
        base = self._bases.get(i)
        if base is None:
            base = self._bases[i] = self._base(i, None)
        return base

    def _base(self, i: int, among: Iterable[str] | None) -> str:
        token = self.tokens[i]
        known = self.frames.verb_forms.get(token.lower, ())
        bases = [base for base, tag in known if tag == token.tag] or [base for base, _ in known]
        if among is not None:
            bases = [base for base in bases if base in among] or bases
        return bases[0] if bases else token.lemma

    # -- deep roles -------------------------------------------------------------------------------

    def subjects(self, verb: int, depth: int = 0) -> list[int]:
        """Return the heads of who does it: the agent of a passive, else the subject, shared or understood."""
        if depth > 6:
            return []
        if self.tokens[verb].dep in {"acomp", "oprd", "attr", "amod"} and self.tokens[verb].tag in {"JJ", "VBN"}:
            above = self.tokens[verb].head
            declared = self.tokens[verb].dep == "oprd" and self.is_passive(above) and self._declares(above)
            return self.agents(verb) or (self.agents(above) if declared else [])
        if self.is_passive(verb):
            return self.agents(verb) or self._has_done(verb, depth)
        own = self.kids(verb, *_SUBJECTS)
        if own:
            return [self._antecedent(k, verb) for k in own]
        return self._understood(verb, depth)

    def _declares(self, verb: int) -> bool:
        """Tell whether a verb is one of saying what something is: "was declared secure by"."""
        base = self.verb_base(verb)
        return base in _DECLARING or base in self.frames.scope.speech

    def _has_done(self, verb: int, depth: int) -> list[int]:
        """Return who has something in a state: "they have the town of X surrounded"."""
        token = self.tokens[verb]
        has = token.dep == "ccomp" and token.tag == "VBN" and self.tokens[token.head].lower in _HAVE
        return self.surface_subjects(token.head, depth + 1) if has else []

    def _of_auxiliary(self, verb: int) -> list[int]:
        """Return a subject that the parser hung on the auxiliary ("remains surrounded")."""
        return [k for aux in self.kids(verb, "aux", "auxpass") for k in self.kids(aux, *_SUBJECTS, *_PASSIVES)]

    def agents(self, verb: int) -> list[int]:
        """Return what stands behind "by" with a passive."""
        by = [k for k in self.kids(verb, "agent", "prep") if self.tokens[k].lower == "by"]
        found = [p for k in by for p in self.kids(k, "pobj") if not self._is_time(p)]
        if not found and self.tokens[verb].dep != "conj":
            for other in self.conjuncts(verb):
                if self.is_passive(other) and not self.kids(other, *_PASSIVES) and not self._undone(verb, other):
                    found += [p for k in self.kids(other, "agent") for p in self.kids(k, "pobj")]
        return found or self._hyphened(verb) or self._agents_within(verb)

    def _hyphened(self, verb: int) -> list[int]:
        """Return the side that a hyphen joins to a participle: "the rebel-besieged town of X"."""
        joined = verb > 1 and self.tokens[verb - 1].text == "-" and self.tokens[verb - 2].kind == "actor"
        return [verb - 2] if joined else []

    def _undone(self, verb: int, other: int) -> bool:
        """Tell whether two that are joined have two doers: "lost and retaken by X", "abandoned and looted by X"."""
        bases = [self.verb_base(k) for k in (verb, other)]
        return any({base in deeds for base in bases} == {True, False} for deeds in (_WINNING_BACK, _GIVING_UP))

    def _agents_within(self, verb: int) -> list[int]:
        """Return the side that the parser hung on an effort: "was retaken during the first push by the army"."""
        efforts = [p for k in self.kids(verb, "prep") if self.tokens[k].lower in _AMID for p in self.kids(k, "pobj")]
        found = []
        for noun in efforts:
            of = [p for k in self.kids(noun, "prep") if self.tokens[k].lower == "of" for p in self.kids(k, "pobj")]
            for k in (noun, *of, *self.kids(noun, "acl")):  # "in an attack launched by the army"
                by = [b for b in self.kids(k, "prep", "agent") if self.tokens[b].lower == "by"]
                found += [m for b in by for p in self.kids(b, "pobj") for m in self._fielded(p)]
        return found

    def _fielded(self, i: int) -> list[int]:
        """Return the side that a noun is, or that it counts or gathers: "hundreds of the rebels"."""
        if self.tokens[i].kind == "actor":
            return [i]
        of = [p for k in self.kids(i, "prep") if self.tokens[k].lower == "of" for p in self.kids(k, "pobj")]
        return [p for p in of if self.tokens[p].kind == "actor"]

    def _is_time(self, i: int) -> bool:
        """Tell whether a noun behind "by" is a time: "was surrounded by the middle of May"."""
        token = self.tokens[i]
        return token.kind == "date" or token.lower in _TIMES or (token.entity is None and token.lower[:1].isdigit())

    def surface_subjects(self, verb: int, depth: int = 0) -> list[int]:
        """Return the heads of the grammatical subject, whichever voice the verb has."""
        if depth:
            return self._on_surface(verb, depth)
        known = self._surface.get(verb)
        if known is None:
            known = self._surface[verb] = self._on_surface(verb, 0)
        return list(known)

    def _on_surface(self, verb: int, depth: int) -> list[int]:
        own = self.kids(verb, *_SUBJECTS, *_PASSIVES) or self._of_auxiliary(verb)
        if not own and self.kids(verb, "expl"):
            return self.kids(verb, "attr", "dobj")  # "there are parts of X under their control"
        if own:
            return [self._antecedent(k, verb) for k in own]
        return self._understood(verb, depth, passive_too=True) if depth <= 6 else []

    def objects(self, verb: int) -> list[int]:
        """Return the heads of what it is done to: object, subject of a passive, carrier of a relative clause."""
        known = self._objects.get(verb)
        if known is None:
            known = self._objects[verb] = self._done_to(verb)
        return list(known)

    def _done_to(self, verb: int) -> list[int]:
        token = self.tokens[verb]
        if (
            token.tag in {"JJ", "VBN"}
            and token.dep in {"acomp", "oprd", "attr"}
            and not self.kids(verb, "dobj", *_PASSIVES)
        ):
            return self.surface_subjects(token.head)
        if token.tag == "JJ" and token.dep == "amod":
            return [token.head]
        if self.is_passive(verb):
            own = (
                self.kids(verb, *_PASSIVES)
                or self._of_auxiliary(verb)
                or (self.kids(verb, *_SUBJECTS) if token.tag == "VBN" else [])
            )
            if own:
                return [self._antecedent(k, verb) for k in own]
            if token.dep in {"acl", "relcl", "amod"}:
                return [token.head]
            if token.dep == "advcl" and any(self.tokens[k].lower == "as" for k in self.kids(verb, "mark")):
                return self.objects(token.head) or self.surface_subjects(token.head)  # "showed X as contested"
            if token.dep == "conj":
                return self.surface_subjects(token.head) if self.is_verb(token.head) else []
            return self._understood(verb, 0, passive_too=True)
        own = self.kids(verb, "dobj", "dative")
        if not own and token.lower in _BE:
            own = [k for k in self.kids(verb, "attr") if self.tokens[k].entity is not None]
        own = [k for k in own if self.tokens[k].dep == "dobj"] or own
        if own:
            return [self._antecedent(k, verb) for k in own]
        if token.dep == "relcl" and self.kids(verb, "nsubj") and not self._relative_subject(verb):
            return [token.head]
        for other in self.conjuncts(verb):  # "surround and capture the city", "took, looted and burned it"
            same = self.is_verb(other) and not self.is_passive(other) and not self.kids(other, *_SUBJECTS)
            if same and self.kids(other, "dobj"):
                return [self._antecedent(k, other) for k in self.kids(other, "dobj")]
        return []

    def prepositional(self, i: int, words: Sequence[str]) -> list[int]:
        """Return the heads behind any of these prepositions on a token; two-word ones such as "out of" too."""
        found: list[int] = []
        kids = self.below[i]
        if not kids or self._words.isdisjoint(_first_words(tuple(words))):
            return found
        for k in kids:
            if self._deps[k] in _LEADING:
                found += self._behind(k, words)
        return [self._antecedent(k, i) if self.tokens[k].lower in _RELATIVES else k for k in found]

    def _behind(self, k: int, words: Sequence[str]) -> list[int]:
        word = self.tokens[k].lower
        found = self.kids(k, "pobj", "pcomp") if word in words else []
        for inner in self.kids(k, "prep", "pcomp"):
            pair = f"{word} {self.tokens[inner].lower}"
            beside = word in words and self.tokens[inner].lower in {"of", "at", "in"}
            if pair in words or beside or (word in _PARTICLES and self.tokens[inner].lower in words):
                found += self.kids(inner, "pobj")
        if not found and k + 1 < len(self.tokens):  # a particle, its preposition hung on the verb
            pair = f"{word} {self.tokens[k + 1].lower}"
            if pair in words and self.tokens[k + 1].head != k:
                found += self.kids(k + 1, "pobj")
        for other in self.kids(k, "conj"):
            if self.tokens[other].dep == "conj" and self.tokens[other].tag in {"IN", "TO"}:
                joined = self.kids(other, "pobj") if word in words and not found else []  # "in and around X"
                found += joined or self._behind(other, words)
        return [p for p in found if not self.is_verb(p)]

    def _relative_subject(self, verb: int) -> bool:
        return any(
            self.tokens[k].lower in _RELATIVES and self.tokens[k].tag != "DT"
            for k in self.kids(verb, "nsubj", "nsubjpass")
        )

    def _antecedent(self, k: int, verb: int) -> int:
        """Return what a relative pronoun or "itself" stands for, any other token itself."""
        if self.tokens[k].lower in _SELVES and self.tokens[verb].dep in {"ccomp", "xcomp"}:
            return next(iter(self.kids(self.tokens[verb].head, *_SUBJECTS)), k)  # "found itself surrounded"
        if self.tokens[k].lower not in _RELATIVES or self.tokens[k].entity:
            return k
        for clause in (verb, *self.climb(verb)):
            if self.tokens[clause].dep == "relcl":
                return self.tokens[clause].head
        return k

    def _understood(self, verb: int, depth: int, *, passive_too: bool = False) -> list[int]:
        """Return the subject that a verb without its own takes from what governs it."""
        token = self.tokens[verb]
        head = token.head
        if head == verb:
            return []
        taker = self._whom_it_took(verb) if self.says_any(_TOOK) else []
        if taker:
            return taker
        if token.dep in {"relcl", "acl"} and not self.is_verb(head):
            if self.tokens[head].dep == "attr" and self.tokens[head].lower in _FIRST and self._infinitive(verb):
                return self.surface_subjects(self.tokens[head].head, depth + 1)  # "were the first to enter X"
            if token.dep == "acl" and self._infinitive(verb):
                return self._noun_doer(head, depth)
            ground = self.tokens[head].kind == "place" or (
                self.tokens[head].dep == "pobj" and self.tokens[head].kind == "actor"
            )
            # ", taking X" behind a comma is what the subject does, whatever stands between.
            aside = self.tokens[verb - 1].text == "," and self.tokens[head].dep in {"dobj", "pobj", "appos", "conj"}
            if token.dep == "acl" and token.tag == "VBG" and (ground or aside):  # "swept across the plain taking X"
                above = next((k for k in self.climb(head) if self.is_verb(k)), None)
                return self.surface_subjects(above, depth + 1) if above is not None else []
            return [head]
        if token.dep == "pcomp":
            between = [k for k in self.kids(head, "pobj") if head < k < verb]
            if between:  # "resulted in the army taking X"
                return between
            link, head = self.tokens[head].lower, self.tokens[head].head  # over the preposition
            if not self.is_verb(head):
                beside = link == "in" and self.tokens[head].kind == "actor"
                return [head] if beside and self.tokens[head].dep == "dobj" else self._noun_doer(head, depth)
            supported = [k for k in self.objects(head) if self.tokens[k].kind == "actor"]
            if supported and link == "in" and self.tokens[head].lower in _SUPPORTING and not self.is_passive(head):
                return supported  # "supported the army in retaking X"
            if supported and link == "from" and self.verb_base(head) in _PREVENTING and not self.is_passive(head):
                return supported  # "could not stop the army from taking X"
        elif token.dep not in {"conj", *_CONTROLLED}:
            return []
        if not self.is_verb(head):
            return self._noun_doer(head, depth) if token.dep != "conj" else []
        if (
            token.dep in {"xcomp", "ccomp", "advcl"}
            and (self._infinitive(verb) or (token.tag == "VBG" and self.tokens[head].lower in _SENT))
            and self.verb_base(head) in _OBJECT_CONTROL
        ):
            objects = self.objects(head)
            if objects:
                return objects
        called = self.prepositional(head, ("on", "upon")) if self.verb_base(head) == "call" else []
        if called and self._infinitive(verb):
            return called  # "called on the army to lift the siege"
        if token.dep == "pcomp" and self._praised(head):
            return self._praised(head)
        dangling = token.dep == "pcomp" and all(map(self._is_ground, self.surface_subjects(head, depth + 1)))
        if self.is_passive(head) and not passive_too and (token.dep == "advcl" or dangling):
            return self.agents(head) or self.surface_subjects(head, depth + 1)
        return self.surface_subjects(head, depth + 1)

    def _is_ground(self, i: int) -> bool:
        """Tell whether a noun is ground, which takes nothing itself: "after taking X, the town of Y was stormed by"."""
        return self.tokens[i].kind == "place" or self.tokens[i].lower in self.frames.nouns.settlement

    def _whom_it_took(self, verb: int) -> list[int]:
        """Return who needed a time for what an infinitive tells: "it took the army three weeks to retake X"."""
        above = next((k for k in self.climb(verb) if self._verbs[k]), None)
        if above is None or self.tokens[above].lower not in _TOOK or not self._infinitive(verb):
            return []
        it = any(self.tokens[k].lower == "it" for k in self.kids(above, "nsubj"))
        taken = [k for k in self.kids(above, "dobj", "dative") if self.tokens[k].kind == "actor" and k < verb]
        return taken if it else []

    def _infinitive(self, verb: int) -> bool:
        return any(self.tokens[k].lower == "to" for k in self.kids(verb, "aux"))

    def _noun_doer(self, noun: int, depth: int) -> list[int]:
        """Return who makes an effort named by a noun: its owner, or the subject of its verb."""
        owners = self.kids(noun, "poss")
        if owners:
            return owners
        if any(self.tokens[k].entity for k in self.kids(noun, "compound", "amod", "nmod")):
            return [noun]
        for above in self.climb(noun):
            if self.is_verb(above):
                return self._praised(above) or self.surface_subjects(above, depth + 1)
        return []

    def _praised(self, verb: int) -> list[int]:
        """Return who is praised or blamed, whose deed it is: "hailed the army for its success in driving them out"."""
        return self.objects(verb) if self.tokens[verb].lower in _PRAISING and not self.is_passive(verb) else []
