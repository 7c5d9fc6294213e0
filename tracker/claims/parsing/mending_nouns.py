"""
Nouns that parsers lose: taken for verbs, or cut off from the side or the ground that stands before them.

Called by `mending` for one token at a time.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.claims.frames import Frames
from tracker.claims.parsing.repairs import NAMES, Repair
from tracker.claims.parsing.tokens import Token

__all__ = ["NOUN_PHRASES"]

_FINITE = "VB VBP VBZ VBD"
_LOOSE = frozenset({"attr", "dobj", "npadvmod", "dep", "appos", "oprd"})
_BEFORE_NOUN = frozenset({"DT", "PRP$", "JJ", "JJS", "JJR", "CD", "RB", "RBS"})
_AFTER_NAME = 2  # tokens: a name, a comma and an article
_AT_FIRST = frozenset({"long", "once", "formerly", "previously", "then", "now", "still", "also", "itself"})
_HAVE = frozenset({"has", "have", "had"})
_OVER_ALL = frozenset(
    {"besieged", "held", "controlled", "occupied", "surrounded", "encircled", "captured", "seized", "taken"}
)
_BACKED = frozenset({"backed", "supported", "aided", "assisted", "accompanied", "led", "helped", "allied", "joined"})
_SINCE = frozenset({"since", "after", "before", "until", "as"})
_DASHES = frozenset({"-", "–", "—", "--"})
_LONGEST_ASIDE = 20  # tokens
_BETWEEN = frozenset({"since", "also", "now", "then", "already", "reportedly", "later", "recently", "again"})


def _mend_label(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Make a noun in apposition of what was taken for a verb: "from X, the rebel stronghold near the border"."""
    noun, side = tokens[i], tokens[i - 1] if i else None
    if side is None or side.kind != "actor" or side.head != i or noun.lower in frames.verb_forms:
        return
    first = side.i
    while first > 0 and tokens[first].tag not in {"DT", "PRP$"} and tokens[first - 1].tag in _BEFORE_NOUN:
        first -= 1
    if first < 2 or tokens[first].tag not in {"DT", "PRP$"} or tokens[first - 1].text != ",":
        return
    name = tokens[first - 2]
    if name.kind not in {"place", "name"} or noun.head == i:
        return
    for token in tokens[first : side.i]:
        if token.head in {side.i, i} or tokens[token.head].i < first:
            token.head, token.dep = i, "det" if token.i == first else "amod"
    side.dep = "compound"
    noun.tag, noun.head, noun.dep = "NN", name.i, "appos"


def _mend_kind(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Let a name stand beside the noun before it: "another oil port, X,"."""
    if i < _AFTER_NAME or tokens[i - 1].text != ",":
        return
    noun = tokens[i - 2]
    if tokens[i].head == noun.i and (
        (kind := frames.singular(noun.lower)) in frames.nouns.settlement or kind in frames.nouns.facility
    ):
        tokens[i].dep = "appos"


def _mend_described(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Hang what a name is said to be on the name: "near X, a village they had taken", "X, long a rebel bastion"."""
    if i <= _AFTER_NAME:
        return
    nouns = frames.nouns
    noun = frames.singular(tokens[i].lower)
    if noun != tokens[i].lower or not (noun in frames.noun_forms or noun in nouns.settlement or noun in nouns.facility):
        return
    first = i
    while (
        first
        and (tokens[first - 1].head == i or tokens[first - 1].lower in _AT_FIRST)
        and tokens[first - 1].text != ","
    ):
        first -= 1
    if first < _AFTER_NAME or tokens[first - 1].text != "," or not any(t.tag == "DT" for t in tokens[first:i]):
        return
    name = tokens[first - 2]
    if name.kind in {"place", "name"} and name.head != i:
        tokens[i].head, tokens[i].dep = name.i, "appos"


def _mend_split(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Draw a side and the noun behind it together: "in Dolnan hands", where the noun was hung on the verb."""
    if i + 1 == len(tokens):
        return
    side, noun = tokens[i], tokens[i + 1]
    if noun.entity is not None or not noun.tag.startswith("NN") or noun.head == i or noun.dep not in _LOOSE:
        return
    if frames.singular(noun.lower) not in {"hand", "control", "rule", "occupation", "siege", "command", "possession"}:
        return
    noun.head, noun.dep = side.head, "pobj"
    for token in tokens[side.head + 1 : i]:
        if token.head == i:
            token.head = noun.i
    side.head, side.dep = noun.i, "compound"


def _mend_initial(tokens: Sequence[Token], i: int) -> None:
    """Mend "units under the command of A. Name took X", which the parser ends behind the initial."""
    if not 0 < i < len(tokens) - 1:
        return
    letter, name = tokens[i - 1], tokens[i + 1]
    verb = tokens[name.head]
    first = tokens[verb.head]
    initial = letter.text[-1:].isupper() and letter.text[-2:-1] in {"", " "}
    if not initial or name.dep != "nsubj" or verb.dep != "parataxis" or first.dep != "ROOT" or first.i >= letter.i:
        return
    if not first.tag.startswith("NN") or any(other.tag.startswith("V") for other in tokens[:i]):
        return
    name.head, name.dep = letter.i, "appos"
    first.head, first.dep = verb.i, "nsubj"
    verb.head, verb.dep = verb.i, "ROOT"


def _mend_split_object(tokens: Sequence[Token], i: int) -> None:
    """Mend "liberated from occupation X city", where the object is read into the noun before it."""
    head, link = tokens[tokens[i].head], tokens[i - 1]
    if link.lower != "from" or link.dep != "prep" or head.dep != "pobj" or head.head != link.i or i + 1 == len(tokens):
        return
    if tokens[i + 1].kind in {"place", "name"}:
        tokens[i].head, tokens[i].dep = link.i, "pobj"
        head.head, head.dep = link.head, "dobj"


def _mend_share(tokens: Sequence[Token], i: int) -> None:
    """Make a share the object of the verb before it: "have recaptured 95 % of X"."""
    verb = tokens[i].head
    of = any(t.head == i and t.lower == "of" for t in tokens[i + 1 : i + 2])
    if (
        of
        and verb < i
        and tokens[verb].tag.startswith("VB")
        and not any(t.head == verb and t.dep == "dobj" for t in tokens)
    ):
        tokens[i].dep = "dobj"


def _mend_perfect(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Make a verb of a participle that was taken for an adjective: "and has since seized parts of X"."""
    k = i + 1
    while k < len(tokens) and tokens[k].lower in _BETWEEN:
        k += 1
    if i + 2 >= len(tokens) or k == i + 1 or k >= len(tokens):
        return
    verb = tokens[k]
    noun = tokens[verb.head]
    if verb.entity is not None or verb.lower not in frames.participles or verb.dep != "amod" or noun.i <= k:
        return
    above = next((t for t in reversed(tokens[:i]) if t.tag in {"VBD", "VBN", "VBZ", "VBP"} and t.dep != "amod"), None)
    if above is None:
        return
    verb.tag, verb.head, verb.dep = "VBN", above.i, "conj"
    noun.head, noun.dep = k, "dobj"
    for token in tokens[i:k]:
        token.head, token.dep = k, "aux" if token.i == i else "advmod"


def _mend_hands(tokens: Sequence[Token], i: int) -> None:
    """Hang "hands" on the "in" before its side, not on a clause behind: "with X in rebel hands by May, they left"."""
    side, link = tokens[i - 1], tokens[i - 2]
    if i < _AFTER_NAME or side.kind != "actor" or link.lower not in {"in", "into", "under"} or side.head != link.i:
        return
    above = tokens[i].head
    for token in tokens[: link.i]:
        if token.head != i:
            continue
        if token.tag == "IN":
            token.head, token.dep = above, "prep"
        elif token.kind in {"place", "name"}:
            token.head, token.dep = (token.i - 1, "pobj") if tokens[token.i - 1].lower == "with" else (above, "nsubj")
    side.head, side.dep = i, "compound"
    tokens[i].head, tokens[i].dep = link.i, "pobj"


def _mend_joined(tokens: Sequence[Token], i: int) -> None:
    """Join two sides of which the first was taken to describe the second: "the Dolnan army and allied troops"."""
    side, other = tokens[i], tokens[tokens[i].head]
    first = tokens[i + 1] if i + 1 < len(tokens) else side
    if other.kind != "actor" or other.i <= i or first.lower not in {"and", "or"} or first.head != i:
        return
    between = tokens[i + 2 : other.i]
    if any(token.head not in {i, other.i} or token.kind == "actor" for token in between):
        return
    side.head, side.dep = (other.head if other.head != other.i else side.i), other.dep
    other.head, other.dep = side.i, "conj"
    for token in (*tokens[:i], *between):
        if token.head == i and token.dep == "conj":
            token.head, token.dep = other.i, "amod"
        elif token.head == other.i and token.i < i:
            token.head = i


def _mend_since(tokens: Sequence[Token], i: int) -> None:
    """Give a clause its subject over an aside: "since the rebels - who come from there - took X"."""
    side, link = tokens[i], tokens[tokens[i].head]
    if link.lower not in _SINCE or link.dep != "prep" or i + 2 >= len(tokens) or tokens[i + 1].text not in _DASHES:
        return
    close = next((t.i for t in tokens[i + 2 : i + _LONGEST_ASIDE] if t.text in _DASHES), None)
    verb = tokens[close + 1] if close is not None and close + 1 < len(tokens) else None
    if verb is None or verb.tag not in {"VBD", "VBZ", "VBP"} or verb.dep not in {"conj", "ROOT", "dep", "parataxis"}:
        return
    if any(t.head == verb.i and t.dep in {"nsubj", "nsubjpass"} for t in tokens) or verb.head == verb.i:
        return
    side.head, side.dep = verb.i, "nsubj"
    above = tokens[link.head]
    verb.head, verb.dep = (above.head if above.dep in {"pobj", "attr", "dobj"} else above.i), "advcl"
    while tokens[verb.head].dep in {"pobj", "prep"}:
        verb.head = tokens[verb.head].head
    link.head, link.dep = verb.i, "mark"


def _mend_gerund(tokens: Sequence[Token], i: int) -> None:
    """Make a noun of a fight that is told of, not done: "fighting inside X is costly"."""
    if not any(t.head == i and t.dep in {"dobj", "aux", "advcl"} for t in tokens):
        tokens[i].tag, tokens[i].dep = "NN", "nsubj"


def _mend_listed(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Hang what is done to several towns on all of them: "entered the towns of X and Y besieged by the rebels"."""
    last = tokens[i - 1] if i else None
    if last is None or last.kind not in {"place", "name"} or i + 1 >= len(tokens) or tokens[i + 1].lower != "by":
        return
    first = last
    while first.dep == "conj" and tokens[first.head].kind in {"place", "name"} and first.head < first.i:
        first = tokens[first.head]
    link = tokens[first.head]
    noun = tokens[link.head]
    plural = noun.tag == "NNS" and frames.singular(noun.lower) in frames.nouns.settlement | frames.nouns.quarter
    if first.dep == "pobj" and link.lower == "of" and plural:
        first = noun
    elif first is not last and tokens[i].dep == "acl":
        return  # "X and Y held by the rebels": of the last one alone
    tokens[i].head, tokens[i].dep, tokens[i].tag = first.i, "acl", "VBN"


def _mend_state_of(tokens: Sequence[Token], i: int) -> None:
    """Put a participle before the name behind it: "from temporarily occupied X", which the parser makes a verb."""
    k = i - 1
    while k > 0 and tokens[k].tag == "RB":
        k -= 1
    link, place = tokens[k] if k >= 0 else tokens[i], tokens[i + 1] if i + 1 < len(tokens) else tokens[i]
    if link.tag != "IN" or link.dep != "prep" or place.kind != "place" or place.head != i:
        return
    if any((t.head == link.i and t.i != i) or (t.head == i and "subj" in t.dep) for t in tokens):
        return
    for token in tokens[i + 2 :]:
        if token.head == i:
            token.head = link.head if token.tag in {"IN", "TO"} else place.i
    place.head, place.dep = link.i, "pobj"
    tokens[i].tag, tokens[i].head, tokens[i].dep = "VBN", place.i, "amod"


def _mend_backed(tokens: Sequence[Token], i: int) -> None:
    """Give a sentence its verb, taken for what its helper has: "the army backed by militias captured X."."""
    verb = tokens[i]
    helper = tokens[verb.head]
    link = tokens[helper.head]
    backed = tokens[link.head]
    side = tokens[backed.head]
    chain = helper.kind == "actor" and helper.i == i - 1 and link.lower in {"by", "with"} and backed.lower in _BACKED
    if not chain or side.kind != "actor" or side.head != side.i or backed.dep != "acl":
        return
    if not any(t.head == i and t.dep in {"dobj", "prep", "prt"} for t in tokens[i + 1 :]):
        return
    verb.tag, verb.head, verb.dep = "VBD", i, "ROOT"
    side.head, side.dep = i, "nsubj"
    for token in tokens[i + 1 :]:
        if token.head == side.i:
            token.head = i


NOUN_PHRASES = (
    Repair(_mend_gerund, deps="csubj", tags="VBG", words=frozenset({"fighting"})),
    Repair(_mend_hands, deps="nsubj nsubjpass ccomp advcl dobj ROOT", words=frozenset({"hands", "control", "rule"})),
    Repair(_mend_label, tags=_FINITE, kinds="None", words=lambda frames: frames.noun_forms.keys()),
    Repair(_mend_split, deps="pobj", kinds="actor"),
    Repair(_mend_kind, deps="npadvmod", kinds=NAMES),
    Repair(_mend_described, deps="npadvmod", kinds="None"),
    Repair(_mend_initial, words=frozenset({"."})),
    Repair(_mend_split_object, deps="compound", words=frozenset({"occupation"})),
    Repair(_mend_share, deps="npadvmod", words=frozenset({"%", "percent"})),
    Repair(_mend_perfect, words=_HAVE),
    Repair(_mend_since, deps="pobj", kinds="actor"),
    Repair(_mend_listed, tags="VBN VBD", deps="advcl acl", words=_OVER_ALL),
    Repair(_mend_state_of, tags="VBN VBD", words=_OVER_ALL),
    Repair(_mend_backed, tags="VBD VBN", deps="acl relcl"),
    Repair(_mend_joined, deps="amod compound nmod", kinds="actor"),
)
