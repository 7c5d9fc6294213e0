"""
The fallback back end: a tree from token windows, where no parser is installed.

Words are tagged by list, ending and neighbours; noun phrases and verb groups are
chunked; then one pass from left to right hangs each chunk on the nearest that can
carry it. The tree has the labels of the trained parser, so the frames are matched alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tracker.claims.frames import Frames
from tracker.claims.parsing.chunks import BE, CLAUSE_MARKS, NOMINAL, Chunks
from tracker.claims.parsing.tagging import tag
from tracker.claims.parsing.tokens import Token

__all__ = ["parse_all_by_rule"]

_MARKS = CLAUSE_MARKS | {"after", "before", "since", "as", "until", "till"}
_RELATIVE = frozenset({"which", "who", "whom", "that", "whose"})
_NOUN_PREPOSITIONS = frozenset({"of"})
_PARTICLES = frozenset({"out", "over", "back", "off", "up", "away", "down", "in", "on"})


def parse_all_by_rule(frames: Frames, sentences: Iterable[Sequence[Token]]) -> Iterator[Sequence[Token]]:
    """Fill lemma, tag, dep and head of the tokens of each sentence by rule; linear in the length of the sentence."""
    for tokens in sentences:
        if tokens:
            tag(tokens, frames)
            _Hanger(tokens, frames).run()
        yield tokens


class _Hanger(Chunks):
    """Hangs the chunks of one sentence from left to right."""

    def __init__(self, tokens: Sequence[Token], frames: Frames) -> None:
        super().__init__(tokens, frames)
        self.root: int | None = None
        self.subject: int | None = None  # noun that waits for its verb
        self.verb: int | None = None  # verb that takes what follows
        self.main: int | None = None  # verb of the main clause
        self.noun: int | None = None  # last noun phrase
        self.preposition: int | None = None  # preposition that waits for its noun
        self.mark: int | None = None
        self.relative: int | None = None
        self.outer: int | None = None  # subject that waits while a relative clause runs
        self.joiner: str | None = None  # "and" or a comma since the last chunk
        self.wants_object = False

    def run(self) -> None:
        i = 0
        while i < len(self.tokens):
            i = self._step(i)
        if self.root is None:
            self.root = self.subject if self.subject is not None else 0
        for token in self.tokens:
            if token.head < 0:
                token.head, token.dep = self.root, token.dep or "dep"
        root = self.tokens[self.root]
        root.head, root.dep = root.i, "ROOT"
        self._untangle()

    def _untangle(self) -> None:
        """Tie anything that does not lead to the root to it: a tree has no rings."""
        for token in self.tokens:
            seen = set()
            k = token.i
            while self.tokens[k].head != k and k not in seen:
                seen.add(k)
                k = self.tokens[k].head
            if k in seen:
                token.head = self.root if self.root is not None else 0

    def _step(self, i: int) -> int:
        token = self.tokens[i]
        if token.tag == "PUNCT":
            return self._punctuation(i)
        if [t.lower for t in self.tokens[i : i + 3]] == ["as", "well", "as"]:
            for k in range(i, i + 3):
                self._hang(k, self.verb if self.verb is not None else self.noun, "cc")
            self.joiner = "and"
            self.preposition = None
            return i + 3
        if token.tag == "CC":
            self._hang(i, self.verb if self.verb is not None else self.noun, "cc")
            self.joiner = "and"
            return i + 1
        if token.lower in _RELATIVE and self.noun is not None and self.preposition is None and self._starts_relative(i):
            self.relative = i
            self.outer, self.subject = self.subject, None
            return i + 1
        if token.lower in _MARKS and self._starts_clause(i):
            self.mark = i
            self.subject = None
            return i + 1
        if (
            token.tag in {"MD", "TO", "VB", "VBD", "VBZ", "VBP", "VBG"}
            or (token.tag == "VBN" and not self._attributive(i))
            or token.tag == "RB"
        ):
            end, head = self._verb_group(i)
            if head is not None:
                self._hang_verb(i, end, head)
                return end
            if token.tag == "TO":
                return self._start_preposition(i)
            self._adverb(i)
            return i + 1
        if token.tag in {"IN", "TO"}:
            if token.lower == "that":
                self.mark = i
                self.subject = None
                return i + 1
            return self._start_preposition(i)
        if token.tag in {"WP", "WRB"}:
            self.mark = i
            return i + 1
        return self._noun_phrase(i)

    # -- chunks -----------------------------------------------------------------------------------

    def _punctuation(self, i: int) -> int:
        self._hang(i, None, "punct")
        if self.tokens[i].text in {",", ";", ":", "—"}:
            self.joiner = ","
        return i + 1

    def _adverb(self, i: int) -> None:
        particle = self.tokens[i].lower in _PARTICLES
        target = self.verb if self.verb is not None else self.noun
        self._hang(i, target, "prt" if particle else "advmod")

    def _start_preposition(self, i: int) -> int:
        """Hang a preposition on the noun or verb before it and let it wait for its noun."""
        token = self.tokens[i]
        word = token.lower
        on = self.verb
        adjacent = (
            self.noun is not None
            and self.joiner is None
            and all(t.tag in {"PUNCT", "RB"} and t.text != "," for t in self.tokens[self.noun + 1 : i])
        )
        if self.preposition is not None and self.preposition == i - 1:
            on = self.preposition  # "out of", "from inside"
        elif (
            (word in _NOUN_PREPOSITIONS and self.noun is not None)
            or (adjacent and self.noun is not None and (self.verb is None or self._carries(self.noun)))
            or self.verb is None
        ):
            on = self.noun
        passive = word == "by" and on is not None and self.tokens[on].tag == "VBN"
        self._hang(i, on, "agent" if passive else "prep")
        self.preposition = i
        self.joiner = None
        return i + 1

    def _noun_phrase(self, i: int) -> int:
        end = self._phrase_end(i)
        if end == i:
            self._hang(i, self.noun, "dep")
            return i + 1
        head = self._head(i, end)
        self._inside(i, end, head)
        self._hang_noun(head, end)
        return end

    def _inside(self, i: int, end: int, head: int) -> None:
        """Hang the words of a phrase on its head, and possessors on what they own."""
        for k in range(i, end):
            token = self.tokens[k]
            if k == head:
                continue
            follows = self.tokens[k + 1].tag if k + 1 < end else ""
            if token.tag == "POS":
                self._hang(k, k - 1, "case")
            elif follows == "POS":
                self._hang(k, head, "poss")
            elif token.tag in {"NN", "NNS", "NNP"}:
                owner = next((m for m in range(k + 1, end) if self.tokens[m].tag == "POS"), None)
                self._hang(k, owner - 1 if owner is not None and owner - 1 != k else head, "compound")
            else:
                names = {"DT": "det", "PRP$": "poss", "CD": "nummod", "HYPH": "punct"}
                self._hang(k, head, names.get(token.tag, "amod"))

    # -- hanging ----------------------------------------------------------------------------------

    def _hang(self, i: int, head: int | None, dep: str) -> None:
        token = self.tokens[i]
        token.dep = dep
        token.head = head if head is not None and head != i else -1

    def _hang_noun(self, head: int, end: int) -> None:
        joiner, self.joiner = self.joiner, None
        if self.preposition is not None:
            self._hang(head, self.preposition, "pobj")
            self.preposition = None
            self.noun = head
            return
        verb_next = self._verb_follows(end)
        if joiner == "and" and self.subject is not None and self.subject == self.noun and self.relative is None:
            self._hang(head, self._first_of_list(self.subject), "conj")
            self.noun = head
            self.subject = self._first_of_list(self.subject)
            return
        if joiner == "," and self.noun is not None and self.verb is None and self._fronted(self.noun):
            self.subject = head
            self.noun = head
            return
        if self.mark is not None and self.subject is None and self.relative is None:
            self.subject = head
            self.noun = head
            return
        if joiner and self.noun is not None and not (verb_next and self._new_clause(joiner, head, end)):
            same_kind = (self.tokens[head].kind == "place") == (self.tokens[self.noun].kind == "place")
            if joiner == "," and (self._equated(self.noun, head) or not same_kind):
                self._hang(head, self.noun, "appos")
                self.noun = head
                return
            self._hang(head, self._first_of_list(self.noun), "conj")
            self.noun = head
            return
        if self.relative is not None and verb_next:
            self.subject = head
        elif self.verb is not None and self.wants_object and not (verb_next and self._speaks()):
            passive = self.tokens[self.verb].tag == "VBN" and any(
                t.head == self.verb and t.dep == "auxpass" for t in self.tokens
            )
            copula = self.tokens[self.verb].lower in BE
            self._hang(head, self.verb, "attr" if copula else "oprd" if passive else "dobj")
            self.wants_object = False
        else:
            self.subject = head
        self.noun = head

    def _speaks(self) -> bool:
        return (
            self.verb is not None
            and self.tokens[self.verb].lemma in self.frames.scope.speech | self.frames.scope.hedging
        )

    def _new_clause(self, joiner: str, head: int, end: int) -> bool:
        """Tell whether a noun behind "and" or a comma is the subject of a new clause rather than one of a list."""
        del joiner, end
        return self.verb is not None or self.mark is not None or self.tokens[head].kind in {"actor", None}

    def _starts_relative(self, i: int) -> bool:
        if self.tokens[i].lower == "that":
            adjacent = self.noun is not None and self.noun == i - 1
            return (
                adjacent
                and i + 1 < len(self.tokens)
                and self.tokens[i + 1].tag in {"VBD", "VBZ", "VBP", "MD", "RB", "NNP", "NNS", "DT", "PRP"}
            )
        return True

    def _hang_verb(self, start: int, end: int, head: int) -> None:
        tokens = self.tokens
        verb = tokens[head]
        forms = [tokens[k].lower for k in range(start, head)]
        infinitive = any(tokens[k].tag == "TO" for k in range(start, head))
        passive = verb.tag == "VBN" and any(form in BE for form in forms)
        for k in range(start, end):
            if k != head:
                word = tokens[k].lower
                dep = (
                    "neg"
                    if word in {"not", "n't", "n’t", "never"}
                    else "auxpass"
                    if passive and word in BE
                    else "aux"
                    if tokens[k].tag != "RB"
                    else "advmod"
                )
                self._hang(k, head, dep)
        finite = verb.tag in {"VBD", "VBZ", "VBP"} or any(
            tokens[k].tag in {"VBD", "VBZ", "VBP", "MD"} for k in range(start, head)
        )
        if finite and not infinitive:
            self._hang_finite(head, passive=passive)
        else:
            self._hang_loose(start, head, infinitive=infinitive)
        self.verb = head
        self.wants_object = not passive
        self.preposition = None
        self.joiner = None

    def _hang_finite(self, head: int, *, passive: bool) -> None:
        tokens = self.tokens
        label = "nsubjpass" if passive else "nsubj"
        if self.relative is not None and self.noun is not None:
            carrier = self.noun
            if self.subject is not None and self.subject > self.relative:
                self._hang(self.relative, head, "dobj")
                self._hang(self.subject, head, label)
                carrier = max(
                    (k for k in range(self.relative) if tokens[k].tag in NOMINAL and tokens[k].dep != "compound"),
                    default=carrier,
                )
            else:
                self._hang(self.relative, head, label)
            self._hang(head, carrier, "relcl")
            self.relative = None
            self.subject, self.outer = self.outer, None  # the main clause goes on with it
            return
        if self.subject is not None:
            self._hang(self.subject, head, label)
        if self.mark is not None:
            self._hang(self.mark, head, "mark")
            said = tokens[self.mark].lower == "that" and self.main is not None
            self._hang(head, self.main, "ccomp" if said else "advcl")
            self.mark = None
            if self.main is None:
                self._pending(head)
        elif self.main is None:
            self._set_main(head)
        elif self.subject is None:
            self._hang(head, self._conj_of(), "conj")
        elif self._is_aside(head):
            self._hang(head, self.main, "parataxis")
        elif self.verb is not None and self._speaks() and self.verb == self.main:
            self._hang(head, self.main, "ccomp")
        else:
            self._hang(head, self.main, "conj")
            self.main = head
        self.subject = None

    def _conj_of(self) -> int | None:
        verb = self.verb if self.verb is not None else self.main
        while verb is not None and self.tokens[verb].dep in {"relcl", "acl", "advcl", "xcomp"} and verb != self.main:
            above = self.tokens[verb].head
            if above < 0 or not self.tokens[above].tag.startswith("VB"):
                return self.main
            verb = above
        return verb

    def _pending(self, head: int) -> None:
        """Leave a subordinate clause before its main clause to hang on the root once that is known."""
        self.tokens[head].head = -1

    def _set_main(self, head: int) -> None:
        self.main = head
        self.root = head
        for token in self.tokens[:head]:
            if token.dep in {"advcl", "prep", "npadvmod"} and token.head < 0:
                token.head = head

    def _hang_loose(self, start: int, head: int, *, infinitive: bool) -> None:
        """Hang an infinitive, gerund or participle."""
        tokens = self.tokens
        if self.preposition is not None and self.preposition == start - 1:
            self._hang(head, self.preposition, "pcomp")
            return
        if self.joiner == "and" and self.verb is not None and tokens[self.verb].tag == tokens[head].tag:
            self._hang(head, self.verb, "conj")
            return
        if infinitive:
            near_noun = self.noun is not None and self.noun == start - 1
            effort = (
                near_noun
                and self.noun is not None
                and self.frames.singular(tokens[self.noun].lower) in self.frames.scope.effort
            )
            if effort:
                self._hang(head, self.noun, "acl")
            elif self.verb is not None:
                self._hang(head, self.verb, "xcomp" if self.verb == start - 1 or not near_noun else "advcl")
            else:
                self._hang(head, self.noun, "acl")
            return
        if tokens[head].tag == "VBN" and self.noun is not None and self.joiner != "and":
            self._hang(head, self.noun, "acl")
            return
        if tokens[head].tag == "VBG" and self.noun is not None and self.noun == start - 1 and self.main is None:
            self._hang(head, self.noun, "acl")
            return
        self._hang(head, self._conj_of(), "advcl")
        if self.main is None:
            self._pending(head)
