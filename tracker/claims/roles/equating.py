"""What a noun is said to be the same as: "X, the last stronghold of", "X is their base", "left X as their holdout"."""

from __future__ import annotations

from tracker.claims.parsing.syntax import Tree
from tracker.claims.words import words

__all__ = ["Equating", "made_into"]

_BE = frozenset({"be", "remain", "become", "stay"})
_SAMENESS = frozenset({"one", "part", "among", "amongst", "scene", "site", "arena"})
_INCLUDING = frozenset({"include", "includes", "included", "including", "among", "amongst"})
_SERVING = words("roles", "serving")
_LEAVING = words("roles", "leaving")
_VEHICLES = frozenset(
    {
        "bus",
        "buses",
        "convoy",
        "convoys",
        "truck",
        "trucks",
        "coach",
        "coaches",
        "vehicle",
        "vehicles",
        "column",
        "columns",
    }
)
_CARRYING = frozenset({"carrying", "evacuating", "transporting", "bringing", "taking", "ferrying"})


class Equating:
    """Finds what the nouns of one sentence are equated with."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def _equal(self, noun: int) -> list[int]:
        """Return what a noun is said to be the same as: apposition, or the other side of "is"."""
        tree = self.tree
        token = tree[noun]
        while (
            tree[noun].head == noun - 1 and tree[noun - 1].kind == "actor"
        ):  # "the last IS stronghold", hung on its owner
            noun -= 1
        token = tree[noun]
        found = tree.kids(noun, "appos")
        if token.dep == "appos":
            found.append(token.head)
        if token.dep in {"compound", "nmod"} and tree[token.head].kind == "place":
            found.append(token.head)
        if token.dep in {"attr", "oprd", "dobj"} and tree.verb_base(token.head) in _BE:
            found += tree.surface_subjects(token.head)
        if token.dep == "conj" and tree[token.head].dep == "attr":
            found += self._equal(token.head)  # "X was the centre and capital of"
        found += self._included(noun) + self._behind(noun)
        if token.dep == "nsubj" and tree.verb_base(token.head) in _BE:
            found += [k for k in tree.kids(token.head, "attr") if tree[k].kind in {"place", "name"}]
        upper = tree[tree[noun].head]
        if token.dep == "pobj" and upper.lower == "of" and tree[upper.head].lower in {"some", "most", "much"}:
            upper = tree[tree[upper.head].head]  # "the scene of some of the fiercest fighting"
        if token.dep == "pobj" and upper.lower == "of" and tree[upper.head].lower in _SAMENESS:
            found += self._equal(upper.head)  # "X was one of their last strongholds", "the scene of fighting"
        if token.dep == "pobj" and upper.lower == "to" and tree[upper.head].lower == "home":
            found += self._equal(upper.head)  # "X is home to their headquarters"
        if token.dep == "pobj" and upper.lower == "as" and tree.is_verb(upper.head):
            found += made_into(tree, upper.head)
        if token.dep in {"oprd", "ccomp", "dobj", "xcomp"} and tree.verb_base(token.head) in {
            "make",
            "declare",
            "proclaim",
        }:
            found += [k for k in tree.kids(noun, "nsubj") or tree.kids(token.head, "dobj") if k < noun]
        first = min([noun, *tree.below[noun], *(k for poss in tree.kids(noun, "poss") for k in tree.below[poss])])
        if (
            first > 1
            and tree[first - 1].text == ","
            and (tree[first - 2].kind == "place" or self._singular(first - 2) in tree.frames.nouns.province)
            and tree[first].lower in {"a", "an", "the", "its", "their"}
            and not (token.dep in {"nsubj", "nsubjpass"} and token.head in tree.climb(first - 2))
        ):  # not "after taking X, the capital of Y, Z, was attacked"
            found.append(first - 2)
        elif first > 3 and tree[first - 1].text == "," and tree[first].lower in {"the", "its", "their", "his"}:
            found += self._before_day(first - 2)
        for above in tree.climb(noun):
            if tree[above].dep == "appos" and tree[above].tag.startswith("NN"):
                found.append(tree[above].head)
                break
            if tree[above].dep not in {"pobj", "prep"}:
                break
        return [k for k in found if k != noun]

    def _behind(self, noun: int) -> list[int]:
        """Return the names a phrase leads to: "one of their strongholds, the port of X", "their towns: X and Y"."""
        tree = self.tree
        colon = next((token.i for token in tree.tokens[noun + 1 :] if token.text == ":"), None)
        if colon is not None and not any(tree.is_verb(k) for k in range(noun + 1, colon)):
            names = [token.i for token in tree.tokens[colon + 1 :] if token.kind in {"place", "name"}]
            return [k for k in names if tree[k - 1].lower in {":", ",", "and"}]
        comma = max(k for k in range(noun, len(tree)) if k == noun or noun in tree.climb(k)) + 1
        if comma + 1 >= len(tree) or tree[comma].text != ",":
            return []
        if tree[noun].dep != "pobj" or tree[comma + 1].lower != "the":
            return []
        for token in tree.tokens[comma + 2 :]:
            kind = self._singular(token.i)
            if kind in tree.frames.nouns.settlement and token.tag == "NN" and "subj" not in token.dep:
                return tree.prepositional(token.i, ("of",)) or tree.kids(token.i, "appos")
            if token.tag not in {"JJ", "NN", "JJS"} or token.entity is not None:
                return []
        return []

    def _included(self, noun: int) -> list[int]:
        """Return what a noun is said to include: "their gains include X", "among their gains are X and Y"."""
        tree = self.tree
        if not tree.says_any(_INCLUDING):
            return []
        upper = tree[tree[noun].head]
        if tree[noun].dep == "pobj" and upper.lower in {"among", "amongst"} and tree.verb_base(upper.head) in _BE:
            return tree.kids(upper.head, "nsubj", "attr")
        own = [tree[noun].head] if tree[noun].dep == "nsubj" else []
        own += [token.i for token in tree.tokens[noun + 1 :] if token.dep == "relcl" and self._tells_of(token.i, noun)]
        named = [k for verb in own if tree[verb].lower in _INCLUDING for k in tree.kids(verb, "dobj")]
        return named + tree.prepositional(noun, ("including",))

    def _tells_of(self, clause: int, noun: int) -> bool:
        """Tell whether a relative clause is about a noun, wherever it hangs: "gains over the week that include X"."""
        tree = self.tree
        head = tree[clause].head
        if head == noun:
            return True
        plural = tree[clause].tag == "VBP" and tree[head].tag == "NN" and tree[noun].tag == "NNS"
        return plural and noun < head and not any(tree.is_verb(k) for k in range(noun + 1, clause))

    def _same_as_subject(self, verb: int) -> list[int]:
        """Return what the subject of a participle is said to be: "the second largest was Alpha, controlling X"."""
        carried = [m for k in self.tree.surface_subjects(verb) for m in self._aboard(k)]
        if carried:
            return carried
        above = self.tree[verb].head
        if self.tree[verb].dep not in {"advcl", "acl"} or self.tree[verb].tag != "VBG":
            return []
        if not self.tree.is_verb(above) or self.tree.verb_base(above) not in _BE:
            return []
        return [k for k in self.tree.kids(above, "attr") if self.tree[k].kind == "actor" and k < verb]

    def _aboard(self, i: int) -> list[int]:
        """Return the side that goes in vehicles: "buses carrying rebels left", "a convoy of fighters departed"."""
        if self._singular(i) not in _VEHICLES:
            return []
        loads = [k for k in self.tree.kids(i, "acl") if self.tree[k].lower in _CARRYING]
        inside = [m for k in loads for m in self.tree.kids(k, "dobj")] + self.tree.prepositional(i, ("with", "of"))
        return [k for k in inside if self.tree[k].kind == "actor"]

    def _before_day(self, day: int) -> list[int]:
        """Return the name before a day: "entered X on Friday, the last stronghold of"."""
        timed = self.tree[day].kind == "date" or self.tree[day].lower.endswith("day")
        name = day - 2 if self.tree[day - 1].lower == "on" else day - 1
        return [name] if timed and name >= 0 and self.tree[name].kind == "place" else []

    def _singular(self, i: int) -> str:
        return self.tree.singulars[i]


def made_into(tree: Tree, verb: int) -> list[int]:
    """Return what is left, used or serves as something: "the advance left X as their last stronghold"."""
    base = tree.verb_base(verb)
    if base in _SERVING:
        return tree.surface_subjects(verb)
    if base not in _LEAVING:
        return []
    return tree.prepositional(verb, ("with",)) or tree.objects(verb)
