"""Chunks of a sentence whose words are tagged: where a noun phrase or a verb group ends, and what a word begins."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.claims.frames import Frames
from tracker.claims.parsing.tokens import Token

__all__ = ["BE", "CLAUSE_MARKS", "NOMINAL", "Chunks"]

NOMINAL = frozenset({"NN", "NNS", "NNP", "PRP", "EX"})
BE = frozenset({"be", "is", "are", "was", "were", "been", "being", "am", "'s", "’s", "'re", "’re"})
# Conjunctions that nothing but a clause follows.
CLAUSE_MARKS = frozenset(
    {"if", "unless", "whether", "because", "although", "though", "while", "when", "where", "whereas", "once", "lest"}
)
_INSIDE = frozenset({"DT", "PRP$", "JJ", "CD", "NN", "NNS", "NNP", "POS", "HYPH", "VBN", "PRP"})
_HAVE = frozenset({"have", "has", "had", "having", "'ve", "’ve"})
_TIMES = frozenset(
    {"day", "morning", "night", "week", "month", "evening", "afternoon", "year", "time", "hours", "days", "weeks"}
)


class Chunks:
    """What the words of one sentence tell before anything is hung."""

    def __init__(self, tokens: Sequence[Token], frames: Frames) -> None:
        self.tokens = tokens
        self.frames = frames

    def _attributive(self, i: int) -> bool:
        """Tell whether a participle stands before its noun inside a phrase."""
        following = self.tokens[i + 1].tag if i + 1 < len(self.tokens) else "PUNCT"
        before = self.tokens[i - 1] if i else None
        if before is not None and (
            before.tag == "HYPH"
            or (
                before.kind == "actor"
                and self.tokens[i].lower in self.frames.held_forms
                and following in NOMINAL | {"JJ", "CD"}
            )
        ):
            return following in NOMINAL | {"JJ", "CD", "VBN"}
        inside = (before is not None and before.tag in {"DT", "PRP$", "JJ", "CD"}) or i == 0
        return inside and following in NOMINAL | {"JJ", "CD"}

    def _verb_group(self, i: int) -> tuple[int, int | None]:
        """Return the end of the verb group at `i` and its main verb, None when there is none."""
        k = i
        head = None
        while k < len(self.tokens):
            token = self.tokens[k]
            if token.tag.startswith("VB") and not (
                token.tag == "VBN" and self._attributive(k) and head is None and k == i
            ):
                if head is not None and token.tag == "VBG" and self.tokens[head].lower not in BE:
                    break
                if head is not None and token.tag == "VBN" and self.tokens[head].lower not in BE | _HAVE:
                    break
                if head is not None and token.tag not in {"VBN", "VBG", "VB"}:
                    break
                if (
                    head is not None
                    and token.tag == "VB"
                    and self.tokens[k - 1].tag == "TO"
                    and head is not None
                    and self.tokens[head].tag != "TO"
                ):
                    break
                head = k
                if token.lower not in BE | _HAVE:
                    k += 1
                    break
            elif (
                (token.tag == "TO" and head is not None)
                or (token.tag not in {"MD", "RB", "TO"})
                or (token.lower in {"out", "back", "away", "up", "down"} and head is not None)
            ):
                break
            k += 1
        return (k, head) if head is not None else (i, None)

    def _phrase_end(self, i: int) -> int:
        """Return the end of the noun phrase at `i`, `i` itself where none is."""
        end = i
        while end < len(self.tokens) and self.tokens[end].tag in _INSIDE:
            token = self.tokens[end]
            if end > i and token.tag in {"DT", "PRP$", "PRP"} and self.tokens[end - 1].tag != "DT":
                break
            if token.tag == "VBN" and end > i and not self._attributive(end):
                break
            if token.tag == "VBN" and end == i and not self._attributive(end):
                break
            if end > i and self.tokens[end - 1].kind == "place" and (token.kind == "actor" or token.tag == "JJ"):
                break
            end += 1
        while end > i + 1 and self.tokens[end - 1].tag in {"POS", "HYPH", "VBN"}:
            end -= 1
        return end

    def _carries(self, noun: int) -> bool:
        """Tell whether a noun takes prepositions of its own: "siege on", "control over", "parts in"."""
        word = self.frames.singular(self.tokens[noun].lower)
        if self.tokens[noun].entity is not None:
            return False
        nouns = self.frames.nouns
        light = any(word in frame.nouns for frame in self.frames.frames if frame.frame_id != "own-town")
        return light or word in nouns.part or word in nouns.share or word in self.frames.scope.effort

    def _head(self, i: int, end: int) -> int:
        nominal = [k for k in range(i, end) if self.tokens[k].tag in NOMINAL]
        return nominal[-1] if nominal else end - 1

    def _fronted(self, noun: int) -> bool:
        """Tell whether a phrase before a comma only sets time or place: "On Monday, …", "The same day, …"."""
        token = self.tokens[noun]
        return token.dep == "pobj" or token.kind == "date" or token.lower in _TIMES

    def _first_of_list(self, noun: int) -> int:
        while self.tokens[noun].dep == "conj" and self.tokens[noun].head >= 0:
            noun = self.tokens[noun].head
        return noun

    def _equated(self, noun: int, head: int) -> bool:
        """Tell an apposition from a list: one is a name, the other a noun of kind with an article."""
        one, other = self.tokens[noun], self.tokens[head]
        if (one.entity is None) == (other.entity is None):
            return False
        first = min((t.i for t in self.tokens if t.head == head and t.i < head), default=head)
        return self.tokens[first].tag in {"DT", "PRP$"} or one.entity is None

    def _verb_follows(self, end: int) -> bool:
        for token in self.tokens[end : end + 4]:
            if token.tag in {"VBD", "VBZ", "VBP", "MD"}:
                return True
            if token.tag != "RB":
                return False
        return False

    def _starts_clause(self, i: int) -> bool:
        """Tell whether a conjunction is followed by a subject and a verb before the next comma."""
        if self.tokens[i].lower in CLAUSE_MARKS:
            return True
        for token in self.tokens[i + 1 : i + 14]:
            if token.text in {",", ";"} or token.tag in {"CC", "WP"}:
                return False
            if token.tag in {"VBD", "VBZ", "VBP", "MD"}:
                return True
        return False

    def _is_aside(self, head: int) -> bool:
        """Tell whether a speech verb with its subject stands behind the clause: "X fell, the monitor said"."""
        speech = self.tokens[head].lemma in self.frames.scope.speech
        rest = self.tokens[head + 1 : head + 3]
        return speech and (not rest or rest[0].tag in {"PUNCT", "IN"} or rest[0].lower in {"on", "in"})
