"""
What parsers get wrong as a rule, put right before anybody looks at the tree.

Each repair is one habit of small English models on reports of war: a participle behind
a comma taken for the simple past, a list hung on a date, a subject joined to the object before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.claims.frames import Frames
from tracker.claims.parsing.mending_asides import mend_asides, name_described
from tracker.claims.parsing.mending_clauses import mend_clauses
from tracker.claims.parsing.mending_dated import mend_dated
from tracker.claims.parsing.mending_lists import mend_lists, mend_subject
from tracker.claims.parsing.mending_nouns import mend_nouns
from tracker.claims.parsing.mending_subjects import mend_dated_subjects, mend_lost_subjects
from tracker.claims.parsing.mending_times import mend_times
from tracker.claims.parsing.mending_untold import mend_untold
from tracker.claims.parsing.mending_verbs import mend_main_verb
from tracker.claims.parsing.tokens import Token
from tracker.claims.words import words
from tracker.model import Kind

__all__ = ["mend"]

_PROCLAIMING = words("mending", "proclaiming")
_HAVE = frozenset({"had", "has", "have", "having"})
_TIMES = frozenset({"days", "weeks", "hours", "months", "years", "minutes", "day", "week", "month", "year", "hour"})
_MEASURES = frozenset({"km", "kilometres", "kilometers", "miles", "mile", "metres", "meters", "hours", "kms"})
_DONE_TO = frozenset({Kind.GAINS, Kind.BESIEGES})
_LASTING = frozenset({"on", "onto", "out"})  # behind "held"
_YEAR = 4  # digits
_MARKS = frozenset({"after", "before", "until", "since", "as"})
_ASIDE = 9  # tokens: "about five kilometres to the east of"
_RELATIVES = frozenset({"which", "that", "who", "whom", "whose", "where"})


def mend(tokens: Sequence[Token], frames: Frames) -> None:
    """Hang again, and tag again, what parsers get wrong as a rule."""
    mend_main_verb(tokens, frames)
    for token in tokens:
        if token.dep in {"amod", "compound"} and (
            token.tag in {"VBD", "VBZ", "VBP"}
            or (token.tag == "VBN" and (_has_subject(tokens, token.i) or _is_light(tokens, token.i, frames)))
        ):
            _mend_verb(tokens, token.i)
        if token.tag.startswith("NN") and token.dep == "compound" and tokens[token.head].lower in _TIMES:
            _mend_object(tokens, token.i)
        if token.dep == "amod" and tokens[token.head].kind in {"place", "name"}:
            _mend_taken_in(tokens, token.i, frames)
        if token.entity is None and token.lower in frames.participles:
            _mend_participle(tokens, token.i, frames)
        if token.tag == "VB" and token.dep == "ccomp":
            _mend_noun(tokens, token.i, frames)
        if token.tag == "VBG" and token.dep == "amod":
            _mend_fighting(tokens, token.i)
        if token.dep == "relcl" and token.entity is None:
            _mend_saying(tokens, token.i, frames)
        if token.dep in {"relcl", "advcl"} and token.entity is None:
            _mend_relative(tokens, token.i)
            _mend_relative_object(tokens, token.i)
        if token.dep == "amod" and token.tag in {"VBN", "VBD"} and token.entity is None:
            _mend_second_verb(tokens, token.i, frames)
        if token.tag == "VBG" and token.dep == "advcl":
            _mend_holding(tokens, token.i, frames)
        mend_nouns(tokens, token.i, frames)
        mend_dated(tokens, token.i)
    _mend_infinitives(tokens)
    for token in tokens:
        if token.tag in {"VBD", "VBZ", "VBP"} and token.dep in {"conj", "ROOT", "ccomp"}:
            mend_subject(tokens, token.i)
            _mend_fronted(tokens, token.i)
        elif token.tag == "VBN" and token.dep in {"conj", "ROOT", "ccomp"} and tokens[token.i - 1].lower in _HAVE:
            _mend_fronted(tokens, token.i)
        mend_lost_subjects(tokens, token.i)
        if token.kind == "place":
            mend_untold(tokens, token.i, frames)
        mend_lists(tokens, token.i, frames)
        mend_clauses(tokens, token.i, frames)
        mend_asides(tokens, token.i, frames)
        mend_times(tokens, token.i, frames)
    for token in tokens:
        if token.kind in {"date", "name", "place"} and token.dep in {"compound", "nmod", "pobj"}:
            _mend_dated_subject(tokens, token.i, frames)
        if token.lower in frames.verb_forms and token.tag in {"VBN", "VBD"}:
            _mend_state(tokens, token.i, frames)
        mend_dated_subjects(tokens, token.i)


def _mend_noun(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Make a noun of what was taken for a verb: "X is the last rebel stronghold"."""
    noun, be = tokens[i], tokens[tokens[i].head]
    before = next((t for t in tokens[:i] if t.head == i and t.dep == "nsubj"), None)
    if (
        before is None
        or before.i != i - 1
        or be.i > i
        or noun.lower not in frames.noun_forms
        or noun.entity is not None
    ):
        return
    if noun.lower in frames.verb_forms or not any(t.head == before.i and t.dep == "det" for t in tokens[be.i : i]):
        return
    for token in tokens[be.i + 1 : before.i]:
        if token.head == before.i:
            token.head = i
    before.dep = "compound"
    noun.tag, noun.dep = "NN", "attr"
    for token in tokens[i + 1 :]:  # what is told beside it is told beside the whole
        if token.head == i and token.dep in {"cc", "conj"} and (token.dep == "cc" or token.tag.startswith("VB")):
            token.head = be.i


def _mend_fighting(tokens: Sequence[Token], i: int) -> None:
    """Give a verb who fights as its subject, not whom he fights: "troops battling rebels Monday captured X"."""
    rival = tokens[tokens[i].head]
    side = tokens[i - 1] if i else None
    if side is None or side.kind != "actor" or side.head != rival.i or side.dep not in {"compound", "nmod", "amod"}:
        return
    if rival.kind != "actor" or rival.i < i or rival.dep not in {"nsubj", "nsubjpass"}:
        return
    side.head, side.dep = rival.head, rival.dep
    for token in tokens[: side.i]:
        if token.head == rival.i:
            token.head = side.i
    tokens[i].head, tokens[i].dep = side.i, "acl"
    rival.head, rival.dep = i, "dobj"


def _mend_holding(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Hang who holds a place on the side right before it: "attacked the troops holding X"."""
    side = tokens[i - 1] if i else tokens[i]
    bases = {base for base, tag in frames.verb_forms.get(tokens[i].lower, ()) if tag == "VBG"}
    holds = any(frame.frame_id == "control" for base in bases for frame in frames.by_verb.get(base, ()))
    if holds and side.kind == "actor" and side.dep == "dobj" and side.head == tokens[i].head:
        tokens[i].head, tokens[i].dep = side.i, "acl"


def _mend_saying(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Hang a statement on who says it, where that was taken for a relative clause: "hold half of X, the envoy said"."""
    bases = {base for base, _ in frames.verb_forms.get(tokens[i].lower, ())}
    kids = [t for t in tokens if t.head == i and t.i != i]
    subject = next((t for t in kids if t.dep == "nsubj"), None)
    if subject is None or bases.isdisjoint(frames.scope.speech) or any(t.lower in _RELATIVES for t in kids):
        return
    first = min([subject.i, *(t.i for t in tokens if t.head == subject.i and t.i < subject.i)])
    root = next((t for t in tokens if t.head == t.i), None)
    if root is None or root.i >= first or first == 0 or tokens[first - 1].text != ",":
        return
    root.head, root.dep = i, "ccomp"
    tokens[i].head, tokens[i].dep = i, "ROOT"


def _mend_relative(tokens: Sequence[Token], i: int) -> None:
    """Hang a relative clause on the name it follows, not on the distance: "110 km south of X, which they captured"."""
    pronoun = next((t for t in tokens if t.head == i and t.lower in {"which", "where"}), None)
    if pronoun is None or pronoun.i < 2 or tokens[pronoun.i - 1].text != "," or tokens[i].head > pronoun.i:
        return
    before = tokens[pronoun.i - 2]
    described = name_described(tokens, before.i)
    if described is not None and tokens[i].head == before.i and tokens[i].dep == "relcl":
        tokens[i].head = described
        return
    outer = _measured_from(tokens, before.i)
    if outer is not None and (before.kind == "place" or before.tag.startswith("NN")):
        tokens[i].head, tokens[i].dep = outer, "relcl"
        return
    loose = tokens[i].dep == "advcl" and pronoun.dep in {"dobj", "nsubj", "nsubjpass"}
    if before.text == ")" and pronoun.i > 3:  # "the Dolnan Front (DF), which had taken X"
        before = tokens[pronoun.i - 3]
    far = tokens[i].dep == "relcl" and tokens[tokens[i].head].entity is None
    if before.kind == "actor" and far and pronoun.dep == "nsubj" and tokens[tokens[i].head].i < before.i:
        tokens[i].head = before.head if before.dep == "appos" else before.i
    if before.kind == "place" and (loose or tokens[tokens[i].head].lower in _MEASURES):
        tokens[i].head, tokens[i].dep = before.i, "relcl"


def _mend_relative_object(tokens: Sequence[Token], i: int) -> None:
    """Give a relative clause the "it" that was made the next verb's subject: "after troops who guarded it had left"."""
    if i + 1 >= len(tokens) or tokens[i].dep != "relcl":
        return
    it, side = tokens[i + 1], tokens[tokens[i].head]
    verb, link = tokens[it.head], tokens[side.head]
    own = any(t.head == i and t.dep == "dobj" for t in tokens)
    if own or it.lower not in {"it", "them"} or it.dep != "nsubj" or verb.i < it.i or side.dep != "pobj":
        return
    if link.head == verb.i and link.i < side.i and link.lower in _MARKS:
        it.head, it.dep = i, "dobj"
        side.head, side.dep = verb.i, "nsubj"
        link.dep = "mark"


def _mend_second_verb(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Make a verb of what was hung on its object: "went in on Monday and fought rebels in the streets"."""
    verb, noun = tokens[i], tokens[tokens[i].head]
    finite = any(tag == "VBD" for _, tag in frames.verb_forms.get(verb.lower, ()))
    joined = i > 0 and tokens[i - 1].dep == "cc" and noun.dep == "conj" and tokens[noun.head].tag in {"VBD", "VBN"}
    if not finite or not joined or noun.i != i + 1 or noun.kind != "actor" or noun.head > i:
        return
    verb.head, verb.dep, verb.tag = noun.head, "conj", "VBD"
    noun.head, noun.dep = i, "dobj"
    for token in tokens[noun.i + 1 :]:
        if token.head == noun.i and token.dep == "prep":
            token.head = i


def _measured_from(tokens: Sequence[Token], i: int) -> int | None:
    """Return the name before an aside that tells how far it is: "X, five km east of Y, which"."""
    for k in range(i - 1, max(i - _ASIDE, 0), -1):
        if tokens[k].text == ",":
            measured = any(t.lower in _MEASURES for t in tokens[k + 1 : i])
            return k - 1 if measured and tokens[k - 1].kind in {"place", "name"} else None
        if tokens[k].tag.startswith("VB"):
            return None
    return None


def _mend_infinitives(tokens: Sequence[Token]) -> None:
    """Join an infinitive to the one before it: "engaged in operations to encircle and retake"."""
    infinitive: int | None = None
    for token in tokens:
        if token.tag != "VB":
            continue
        if any(t.lower == "to" for t in tokens[max(0, token.i - 3) : token.i]):
            infinitive = token.i
        elif (
            token.dep == "conj"
            and tokens[token.head].tag != "VB"
            and infinitive is not None
            and infinitive > token.head
        ):
            token.head = infinitive


def _mend_fronted(tokens: Sequence[Token], i: int) -> None:
    """
    Give a finite verb the side before it that a preposition took: "across the border Iraqi forces captured X".

    Without a comma the ground and the side are read as one phrase; the noun before the side is where
    it was, the side is who did it.
    """
    k = i - 1
    while k > 0 and (tokens[k].tag in {"RB", "MD"} or tokens[k].lower in {"has", "have", "had"}):
        k -= 1
    side, ground = tokens[k], tokens[k - 1]
    if k < 2 or side.kind != "actor" or side.dep != "pobj" or any(t.head == i and "subj" in t.dep for t in tokens):
        return
    link = tokens[side.head]
    first = link.i  # of "south of the river", "for eighty days in the summer"
    while tokens[first].head < first:
        first = tokens[first].head
    fronted = first == 0 or tokens[first - 1].dep in {"punct", "cc", "mark"}
    year = ground.dep == "nummod" and ground.text.isdigit() and len(ground.text) == _YEAR
    year |= ground.dep == "amod" and ground.lower[:1].isdigit() and link.lower in {"on", "by"}  # "on the 16th"
    if not fronted or ground.head != k or ground.kind == "actor" or link.i >= ground.i:
        return
    if not year and (ground.dep not in {"compound", "nmod", "amod"} or not ground.tag.startswith("NN")):
        return
    for token in tokens[link.i + 1 : k - 1]:
        if token.head == k:
            token.head = ground.i
    ground.head, ground.dep = link.i, "pobj"
    side.head, side.dep = i, "nsubj"


def _mend_dated_subject(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Give a verb the side that a date took in: "in August 2008 the rebels and allied clans overran X"."""
    date = tokens[i]
    k = i + 2 if i + 1 < len(tokens) and tokens[i + 1].tag == "DT" else i + 1
    side = tokens[k] if k < len(tokens) else date
    link = tokens[side.head if date.head == side.i else date.head]
    taken_in = date.head == side.i and side.dep == "pobj" and side.i == i + 1
    beside = side.head == date.i and side.dep == "appos" and k == i + 2  # "on 23 October the army, with guns, took"
    loose = date.dep == "pobj" and ((side.head == link.i and side.dep in {"dep", "pobj"}) or beside)
    if side.kind is None or not (taken_in or loose) or link.i > i or link.tag not in {"IN", "TO"}:
        return
    verb = tokens[link.head]
    if verb.dep == "pobj":  # "by the evening of 18 July X had fallen"
        verb = tokens[tokens[verb.head].head]
    alone = date.kind == "date" and (taken_in or beside) and verb.i > side.i
    if alone and not any(t.head == verb.i and "subj" in t.dep for t in tokens):  # "by 18 July X had fallen"
        date.head, date.dep = side.head, "pobj"
        passive = any(t.head == verb.i and t.dep == "auxpass" for t in tokens)
        side.head, side.dep = verb.i, "nsubjpass" if passive else "nsubj"
        return
    if side.kind != "actor":
        return
    second = next((t for t in tokens[side.i + 1 :] if t.dep in {"nsubj", "nsubjpass"}), None)
    if second is None or not _are_joined(tokens, side.i, second.i, frames):
        return
    date.head, date.dep = link.i, "pobj"
    side.head, side.dep = second.head, second.dep
    for token in tokens[side.i + 1 : second.i]:
        if token.dep == "cc":
            token.head = side.i
    for token in tokens[link.i + 1 : side.i]:
        if token.tag == "DT":
            token.head = side.i
    second.head, second.dep = side.i, "conj"


def _are_joined(tokens: Sequence[Token], first: int, second: int, frames: Frames) -> bool:
    """Tell whether nothing but "and", or a list that goes on, stands between two sides."""
    between = tokens[first + 1 : second]
    if not between or any(t.head != second and t.dep not in {"punct", "cc"} for t in between[1:]):
        return False
    if between[0].dep == "cc":
        return True
    goes_on = any(t.head == second and t.dep == "conj" for t in tokens[second + 1 :])  # "the army, police and militias"
    says = {base for base, _ in frames.verb_forms.get(tokens[tokens[second].head].lower, ())} & frames.scope.speech
    return between[0].text == "," and tokens[second].kind == "actor" and goes_on and not says


def _mend_state(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Give "have X surrounded" its side and its place: the parser makes X the subject."""
    bases = {base for base, _ in frames.verb_forms[tokens[i].lower]}
    besieging = any(frame.frame_id == "besiege" for base in bases for frame in frames.by_verb.get(base, ()))
    have = next((t for t in tokens[:i] if t.head == i and t.dep == "aux" and t.lower in _HAVE), None)
    place = tokens[i - 1] if i else None
    if not besieging or have is None or place is None or have.i != i - 2 or place.head != i:
        return
    if place.dep != "nsubj" or (place.kind not in {"place", "name"} and place.lower != "it"):
        return
    place.dep = "dobj"
    side = tokens[have.i - 1] if have.i else have
    if (side.kind == "actor" or side.lower in _RELATIVES) and not any(t.head == i and t.dep == "nsubj" for t in tokens):
        side.head, side.dep = i, "nsubj"


def _mend_taken_in(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Make a verb of what was hung on the name behind it, beside its side: "the army on Monday liberated X, a town"."""
    verb, place = tokens[i], tokens[tokens[i].head]
    link = tokens[place.head] if place.dep == "pobj" else None
    side = tokens[place.head if link is None else link.head]
    finite = "VBD" in {tag for _, tag in frames.verb_forms.get(verb.lower, ())}
    if not finite or place.dep not in {"appos", "pobj"} or side.kind != "actor" or not side.i < i < place.i:
        return
    if link is not None:
        dates = [t for t in tokens[link.i : i] if t.head == place.i and t.dep in {"nmod", "compound"}]
        if not dates or not side.i < link.i < dates[0].i:
            return
        dates[-1].head, dates[-1].dep = link.i, "pobj"
    verb.head, verb.dep, verb.tag = (i if side.dep == "ROOT" else side.head), side.dep, "VBD"
    for token in tokens:
        behind = token.i > place.i and token.head == side.i and token.dep in {"punct", "prep", "advcl", "cc", "conj"}
        if behind or token.i in {side.i, place.i}:
            token.head = i
    side.dep, place.dep = "nsubj", "dobj"


def _has_subject(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a participle before a noun has a side as its subject: "the army secured control" is a sentence."""
    return any(t.head == i and t.i < i and t.dep == "nsubj" and t.kind == "actor" for t in tokens)


def _is_light(tokens: Sequence[Token], i: int, frames: Frames) -> bool:
    """Tell whether a participle before its own noun is a verb: "the militia laid siege to X"."""
    side, noun = tokens[i - 1] if i else None, tokens[tokens[i].head]
    if side is None or side.kind != "actor" or side.head != noun.i or noun.i != i + 1:
        return False
    bases = {base for base, tag in frames.verb_forms.get(tokens[i].lower, ()) if tag == "VBD"}
    light = (frame for base in bases for frame in frames.by_verb.get(base, ()) if frame.shape == "light")
    return any(frames.singular(noun.lower) in frame.nouns for frame in light)


def _mend_verb(tokens: Sequence[Token], i: int) -> None:
    """Make a finite verb the head of its clause where its object was: "the army routed rebels from X"."""
    verb, noun = tokens[i], tokens[tokens[i].head]
    own = next((t for t in tokens[:i] if t.head == i and t.dep == "nsubj"), None)
    subject = own or next((t for t in tokens[:i] if t.head == noun.i and t.dep in {"nsubj", "nmod", "compound"}), None)
    if subject is None and i and tokens[i - 1].kind == "actor" and tokens[i - 1].head == noun.i:
        subject = tokens[i - 1]
    if noun.i < i or subject is None or (subject.dep != "nsubj" and subject.kind is None):
        return
    root = noun.head == noun.i
    for token in tokens:
        if (
            token.head == noun.i
            and token.i != noun.i
            and (token.i <= subject.i or token.dep in {"prep", "punct", "advcl"})
        ):
            token.head = i
    verb.head, verb.dep = (i, "ROOT") if root else (noun.head, noun.dep)
    verb.tag = "VBD" if verb.tag == "VBN" else verb.tag
    subject.dep = "nsubj"
    noun.head, noun.dep = i, "dobj"


def _mend_object(tokens: Sequence[Token], i: int) -> None:
    """Give a preposition or a verb its object back from a time: "taken by them days later", "left X days ago"."""
    noun, time = tokens[i], tokens[i].head
    first = i
    while (
        first and tokens[first - 1].head in {i, time} and tokens[first - 1].dep in {"det", "amod", "compound", "poss"}
    ):
        first -= 1
    before = tokens[first - 1] if first else None
    if before is not None and before.tag in {"IN", "TO"} and not any(t.head == before.i for t in tokens):
        for token in tokens[first:i]:
            token.head = i
        noun.head, noun.dep = before.i, "pobj"
        return
    verb = next((t for t in reversed(tokens[:i]) if t.tag.startswith("VB")), None)
    if noun.kind == "place" and verb is not None and not any(t.head == verb.i and t.dep == "dobj" for t in tokens):
        noun.head, noun.dep = verb.i, "dobj"


def _mend_participle(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Tell participles from the simple past, and hang them on the name that they follow."""
    token = tokens[i]
    forms = {tag for _, tag in frames.verb_forms[token.lower]}
    kids = [t for t in tokens if t.head == i and t.i != i]
    subject = any(t.dep in {"nsubj", "nsubjpass"} for t in kids)
    if any(t.dep == "auxpass" for t in kids) and not token.tag.startswith("VB"):
        token.tag = "VBN"  # "was overrun"
    if any(t.dep == "aux" and t.lower in _HAVE for t in kids) and not token.tag.startswith("VB"):
        token.tag = "VBN"  # "had overrun"
    if token.dep in {"compound", "amod"} and i and tokens[i - 1].lower in _HAVE:
        _mend_perfect(tokens, i)
    if token.tag not in {"VBD", "VBN"}:
        return
    agent = any(t.dep in {"agent", "prep"} and t.lower == "by" for t in kids)
    if not subject and (agent or "VBD" not in forms) and not any(t.dep == "dobj" for t in kids):
        token.tag = "VBN"
    if token.tag == "VBD" and token.dep == "conj" and not any("subj" in t.dep or t.dep == "dobj" for t in kids):
        _mend_shared_passive(tokens, i, frames)
    if token.dep == "ccomp" and subject and tokens[token.head].lower in _PROCLAIMING and _only_subject(kids):
        token.tag = "VBN"  # "declared X liberated"
        kids[0].dep = "nsubjpass"
    if token.tag == "VBN" and token.dep == "xcomp" and not subject:
        _mend_reported(tokens, i)
    if token.tag == "VBN" and token.dep == "advcl" and not subject:
        _mend_reduced(tokens, i)
    if token.dep == "acl" and i + 1 < len(tokens) and tokens[i + 1].lower in _LASTING and not agent:
        _mend_lasting(tokens, i)


def _mend_shared_passive(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Make a participle of what shares the auxiliary of a passive: "X was entered in May and secured a day later"."""
    above = tokens[i].head
    subjects = [t for t in tokens[:i] if t.head == above and t.dep == "nsubjpass"]
    if not any(t.kind == "place" for t in subjects) or any(t.head == above and t.dep == "dobj" for t in tokens):
        return
    bases = {base for base, _ in frames.verb_forms.get(tokens[i].lower, ())}
    known = [frame for base in bases for frame in frames.by_verb.get(base, ()) if frame.shape == "verb"]
    if any(frame.kind in _DONE_TO and frame.place[0].start == "object" for frame in known):
        tokens[i].tag = "VBN"


def _mend_lasting(tokens: Sequence[Token], i: int) -> None:
    """Make a verb of what was hung on the side that does it: "the rebels held on to X", "held out in X"."""
    side = tokens[tokens[i].head]
    if side.kind != "actor" or side.dep != "ROOT" or side.i > i:
        return
    tokens[i].head, tokens[i].dep, tokens[i].tag = i, "ROOT", "VBD"
    side.head, side.dep = i, "nsubj"
    for token in tokens[i + 1 :]:
        if token.head == side.i:
            token.head = i


def _only_subject(kids: Sequence[Token]) -> bool:
    """Tell whether a verb has only a subject and when: "declared it liberated on Monday"."""
    return kids[0].dep == "nsubj" and all(kid.dep in {"prep", "npadvmod", "punct"} for kid in kids[1:])


def _mend_perfect(tokens: Sequence[Token], i: int) -> None:
    """Make a participle the verb where its object was taken for a compound: "had overrun X"."""
    have, verb, noun = tokens[i - 1], tokens[i], tokens[tokens[i].head]
    if noun.i < i or noun.head != have.i or noun.dep != "dobj":
        return
    root = have.head == have.i
    for token in tokens:
        if token.head == have.i and token.i != have.i:
            token.head = i
    verb.tag = "VBN"
    verb.head, verb.dep = (i, "ROOT") if root else (have.head, have.dep)
    have.head, have.dep = i, "aux"


def _mend_reported(tokens: Sequence[Token], i: int) -> None:
    """Give the subject to what is reported of it: "X was reported captured"."""
    above = tokens[i].head
    between = {t.lower for t in tokens[above + 1 : i]}
    if "to" in between or not any(t.head == above and t.dep == "auxpass" for t in tokens):
        return
    for token in tokens[:above]:
        if token.head == above and token.dep == "nsubjpass":
            token.head = i


def _mend_reduced(tokens: Sequence[Token], i: int) -> None:
    """Hang "X, recently retaken from the rebels," on X."""
    k = i - 1
    while k > 0 and tokens[k].tag == "RB":
        k -= 1
    if k < 1 or tokens[k].text != "," or tokens[k - 1].kind not in {"place", "name"}:
        return
    tokens[i].head, tokens[i].dep = k - 1, "acl"
