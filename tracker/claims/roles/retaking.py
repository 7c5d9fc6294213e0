"""What a word of taking tells of before: that somebody else held the place, or that its capture is an old story."""

from __future__ import annotations

from tracker.claims.parsing.syntax import Tree
from tracker.claims.roles.filling import Finding
from tracker.claims.words import words
from tracker.model import Kind

__all__ = ["retold", "reverses", "won_back"]

_WINNING_BACK = words("opponents", "winning_back")


def won_back(finding: Finding, other: Finding, tree: Tree) -> bool:
    """Tell whether a place is won back, from who took it, later in the sentence."""
    later = other.trigger > finding.trigger and other.place.ref.key == finding.place.ref.key
    both = finding.kind is Kind.GAINS and other.kind is Kind.GAINS and other.place.part == finding.place.part
    back = tree.is_verb(other.trigger) and tree.verb_base(other.trigger) in _WINNING_BACK
    return later and both and back


def retold(tree: Tree, trigger: int) -> bool:
    """Tell whether a clause only goes back to what was told: "after X was captured"."""
    token = tree[trigger]
    marks = {tree[k].lower for k in tree.kids(trigger, "mark", "advmod")}
    back = token.dep == "advcl" and bool(marks & {"after", "since", "when"})
    return back and tree.is_passive(trigger) and not tree.agents(trigger) and not reverses(tree, trigger)


def reverses(tree: Tree, trigger: int) -> bool:
    """Tell whether a word of taking says that somebody else held the place: "recaptured", "liberated"."""
    if tree.is_verb(trigger) and not tree.is_passive(trigger):
        return False  # its subject took it, though nobody knows who that is
    return tree[trigger].lower.startswith(("re", "liberat", "free"))
