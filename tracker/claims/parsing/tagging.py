"""Word classes without a model: closed classes from a list, verbs from the frames, the rest by ending and place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tracker.claims.frames import Frames
from tracker.claims.parsing.tokens import Token
from tracker.claims.words import words

__all__ = ["tag"]


_TAGS = (
    "DT",
    "PRP$",
    "PRP",
    "IN",
    "MD",
    "CC",
    "WP",
    "WRB",
    "EX",
    "RB",
    "JJ",
    "CD",
)  # the first that has the word counts
_CLOSED = {name: words("tags", name) for name in _TAGS}
_MARKS = words("tagging", "marks")
_BE = words("tagging", "be")
_HAVE = frozenset({"have", "has", "had", "having", "'ve", "’ve"})
_PARTICLES = frozenset({"over", "off", "up", "on", "back", "away"})
_DO = frozenset({"do", "does", "did"})
_SUFFIX_JJ = ("ous", "ful", "ive", "able", "ible", "less", "ish", "ary", "ial", "ern")
_NOT_VERBS = words("tagging", "not_verbs")
_NOT_GERUND = words("tagging", "not_gerund")


def tag(tokens: Sequence[Token], frames: Frames) -> None:
    """Write a Penn tag and a base form on each token."""
    for token in tokens:
        token.lemma = frames.singular(token.lower)
        token.tag = _first(token, frames)
    _quantities(tokens)
    _particles(tokens, frames)
    for token in tokens:
        if token.tag == "?":
            token.tag = _verb_or_noun(tokens, token.i, frames)
    for token in tokens:
        if token.tag == "VBD":
            token.tag = _past_or_participle(tokens, token.i)
        if token.tag.startswith("VB"):
            known = frames.verb_forms.get(token.lower, ())
            token.lemma = known[0][0] if known else token.lower


def _quantities(tokens: Sequence[Token]) -> None:
    """Read "most of", "over half", "at least 40" as quantities, not as adverbs and prepositions."""
    for token, following in pairwise(tokens):
        word, after = token.lower, following.lower
        if word in {"most", "all", "half", "much", "some", "more", "both", "none"} and after == "of":
            token.tag = "NN"
        elif word in {"over", "about", "around", "nearly", "almost"} and (
            following.tag == "CD" or after in {"half", "all"}
        ):
            token.tag = "JJ"
        elif word == "at" and after in {"least", "most"}:
            token.tag = following.tag = "JJ"


def _particles(tokens: Sequence[Token], frames: Frames) -> None:
    """Read "handed over X", "went on inside X", "the rebels' X" for what they are."""
    for k in range(1, len(tokens) - 1):
        before, token, after = tokens[k - 1], tokens[k], tokens[k + 1]
        glued = before.lower.endswith("s") and before.end == token.start
        leads = before.tag == "TO" and after.tag in {"DT", "PRP$"}
        if token.tag == "JJ" and leads and token.lower in frames.verb_forms:
            token.tag = "VB"  # "to complete the liberation"
        if token.text in {"'", "’"} and glued and after.tag != "PUNCT":
            token.tag = "POS"
        if token.tag != "IN" or token.lower not in _PARTICLES:
            continue
        bases = [base for base, _ in frames.verb_forms.get(before.lower, ())]
        phrasal = any(token.lower in frame.particles for base in bases for frame in frames.by_verb.get(base, ()))
        if bases and (phrasal or after.tag in {"IN", "TO"}) and not (token.lower == "out" and after.lower == "of"):
            token.tag = "RB"


def _first(token: Token, frames: Frames) -> str:
    """Return the tag that the word alone tells, ``?`` when its neighbours must tell."""
    word = token.lower
    if token.kind == "held":
        return "JJ"
    if token.kind == "date":
        return "NNP"
    if token.entity is not None:
        return "NNS" if token.kind == "actor" and token.shown.endswith("s") else "NNP"
    if not any(c.isalnum() for c in word) and word not in {"'s", "’s", "%"}:
        return "HYPH" if word in {"-", "–"} else "PUNCT"
    if word in {"'s", "’s"}:
        return "POS"
    if word == "%":
        return "NN"
    if word[0].isdigit():
        return "CD"
    if word == "to":
        return "TO"
    if word in _BE | _HAVE | _DO:
        return "?"
    for name, closed in _CLOSED.items():
        if word in closed:
            return name
    if word in _MARKS:
        return "IN"
    if word in frames.verb_forms or (word.endswith(("ed", "ing")) and len(word) > 4):
        return "?"
    if word.endswith("ly") and len(word) > 4:
        return "RB"
    if word in frames.noun_forms:
        return "NNS" if word.endswith("s") and frames.noun_forms[word] != word else "NN"
    if word.endswith(_SUFFIX_JJ):
        return "JJ"
    return "NNS" if word.endswith("s") and not word.endswith("ss") else "NN"


def _verb_or_noun(tokens: Sequence[Token], i: int, frames: Frames) -> str:
    """Tell verb from noun by what stands before and behind."""
    word = tokens[i].lower
    before = tokens[i - 1] if i else None
    previous = before.tag if before is not None else "PUNCT"
    following = tokens[i + 1].tag if i + 1 < len(tokens) else "PUNCT"
    if word in _BE:
        return {"be": "VB", "been": "VBN", "being": "VBG", "was": "VBD", "were": "VBD"}.get(word, "VBZ")
    if word == "had" and before is not None and before.lower in {"has", "have"}:
        return "VBN"
    if word in _HAVE | _DO:
        return {"had": "VBD", "did": "VBD", "having": "VBG", "has": "VBZ", "does": "VBZ"}.get(word, "VBP")
    tags = {name for _, name in frames.verb_forms.get(word, ())}
    if word.endswith("ing") and (not tags or tags == {"VBG"}):
        noun = word in _NOT_GERUND or previous in {"DT", "PRP$", "JJ", "POS"}
        return "NN" if noun else "VBG"
    if word.endswith("ed") and not tags:
        tags = {"VBD", "VBN"} if word not in _NOT_VERBS else set()
    if tags & {"VBD", "VBN"} and "VB" not in tags:
        attribute = previous in {"DT", "PRP$", "JJ", "HYPH", "POS"} and following in {
            "NN",
            "NNS",
            "NNP",
            "JJ",
            "CD",
            "?",
        }
        if _before_place(tokens, i):
            return "JJ"
        return "VBN" if attribute or previous == "HYPH" else "VBD"
    nounlike = (
        word in frames.noun_forms
        or frames.singular(word) in frames.by_noun
        or any(word in frame.nouns for frame in frames.frames)
    )
    after = tokens[i + 1].lower if i + 1 < len(tokens) else ""
    if nounlike and previous.startswith("VB") and ("VB" in tags or word.endswith("s")):
        return "NNS" if word.endswith("s") else "NN"
    if (
        nounlike
        and after
        and any(name == "VBD" for _, name in frames.verb_forms.get(after, ()))
        and previous in {"JJ", "NN", "PUNCT"}
    ):
        return "NNS" if word.endswith("s") else "NN"
    noun = frames.noun_forms.get(word) is not None or frames.singular(word) in frames.by_noun or word.endswith("s")
    if previous in {"MD", "TO"}:
        return "VB"
    if previous in {"DT", "PRP$", "JJ", "POS", "CD", "IN", "HYPH"} or (
        before is not None
        and before.kind == "actor"
        and noun
        and following in {"IN", "TO", "PUNCT"}
        and not _needs_verb(tokens, i)
    ):
        return "NN" if word not in {"held", "put", "cut", "set"} else "VBD"
    if previous in {"NN", "NNS", "NNP", "PRP", "RB", "WP", "CC", "VBD", "VBZ"} and following in {
        "DT",
        "NNP",
        "PRP$",
        "PRP",
        "IN",
        "NN",
        "NNS",
        "JJ",
        "RB",
        "TO",
        "CD",
        "?",
        "VBG",
    }:
        if tags & {"VBD", "VBN"}:
            return "VBD"
        return "VBZ" if word.endswith("s") else "VBP"
    return "NNS" if word.endswith("s") else "NN"


def _before_place(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a participle stands between a preposition and a name: "from temporarily (occupied) X"."""
    k = i - 1
    while k > 0 and tokens[k].tag == "RB":
        k -= 1
    named = i + 1 < len(tokens) and tokens[i + 1].kind == "place"
    return named and k >= 0 and tokens[k].tag in {"IN", "TO"} and tokens[k].lower not in _MARKS


def _needs_verb(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether no other verb stands in the clause."""
    for token in tokens[max(0, i - 8) : i + 9]:
        if token.i != i and (token.tag.startswith(("VB", "MD")) or token.lower in _BE | _HAVE):
            return False
    return True


def _past_or_participle(tokens: Sequence[Token], i: int) -> str:
    """Tell "captured" in "was captured", "held by", "X, captured in 2014," from the simple past."""
    if tokens[i].lower in _BE | _HAVE | _DO:
        return "VBD"
    k = i - 1
    while k >= 0 and i - k < 5 and tokens[k].tag == "RB":
        k -= 1
    if k >= 0 and (tokens[k].lower in _BE | _HAVE):
        return "VBN"
    follows = tokens[i + 1].lower if i + 1 < len(tokens) else ""
    noun_before = k >= 0 and tokens[k].tag in {"NN", "NNS", "NNP"}
    if follows == "by" and noun_before:
        return "VBN"
    if k >= 0 and tokens[k].text == "," and follows in {"by", "in", "on", "from"}:
        return "VBN"
    if (
        k >= 0
        and tokens[k].lower in {"and", "or"}
        and k
        and any(token.tag == "VBN" for token in tokens[max(0, k - 4) : k])
        and follows in {"by", "from", "in", ".", ","}
    ):
        return "VBN"
    return "VBD"
