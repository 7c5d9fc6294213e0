"""
Lists that parsers break: names behind a date, behind "followed by", "as well as" or "along with".

Called by `mending` for one token at a time; a name is joined to the list, or to the thing, that it belongs to.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from tracker.claims.frames import Frames
from tracker.claims.parsing.mending_added import (
    join_part,
    mend_adjective_verb,
    mend_both,
    mend_kinds,
    mend_kinds_named,
    mend_next_town,
    mend_noun_verb,
    mend_parts_joined,
    mend_rest,
    mend_share_joined,
)
from tracker.claims.parsing.mending_dated import is_time
from tracker.claims.parsing.repairs import NAMES, VERBS, Repair
from tracker.claims.parsing.tokens import Token

__all__ = ["LISTS", "SIDES", "mend_subject", "object_above"]

_CLAUSES = frozenset({"until", "till", "before", "after", "since"})
_STEPS = 30  # heads climbed at most: a tree that is no tree must end, too
_ADDING = (
    ("as", "well", "as"),
    ("along", "with"),
    ("together", "with"),
    ("followed", "by"),
    ("alongside",),
    ("in", "addition", "to"),
)
_LEAST_ASIDE = 5  # tokens before "Y" in "took X and, later, Y"
_WHILES = frozenset({"day", "evening", "morning", "night", "week", "weekend"})
_LONGEST_TIME = 6  # tokens
_BEHIND = 2  # tokens: "among them X"
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_HOLDING = frozenset({"charge", "command", "control", "possession"})
_REACH = 5  # tokens from such words to the name
SIDES = frozenset({"north", "south", "east", "west", "centre", "center"})  # "took X in the north and Y in the south"
_RANKS = frozenset({"first", "second", "third", "latest", "last"})  # "X was the first to fall, followed by Y"
_FALLING = frozenset(
    {"fell", "fall", "falls", "fallen", "falling", "surrendered", "capitulated", "went"}
)  # what falls is the subject


def _mend_followed(tokens: Sequence[Token], i: int) -> None:
    """Join Y to X in "X was taken on 18 April, followed three days later by Y"."""
    if not 0 < i < len(tokens) - _BEHIND:
        return
    by = next((t for t in tokens[i + 1 : i + _REACH] if t.lower == "by" and t.head == i), None)
    name = next((t for t in tokens[by.i + 1 : by.i + 3] if t.head == by.i), None) if by is not None else None
    timed = by is not None and by.i > i + 1 and not any(t.tag.startswith("VB") for t in tokens[i + 1 : by.i])
    own = any(t.head == i and "subj" in t.dep for t in tokens[:i])
    if name is None or own or not timed or name.kind != "place" or tokens[i - 1].text != ",":
        return
    target = object_above(tokens, tokens[i].head, i)
    if target is not None and target.kind == "place":
        name.head, name.dep = target.i, "conj"


def _mend_among(tokens: Sequence[Token], i: int) -> None:
    """Part a list from the verb of the next clause: "took ten villages, among them X and Y, and reached Z"."""
    if not 0 < i < len(tokens) - _BEHIND:
        return
    name = tokens[i + _BEHIND]
    verb = tokens[name.head]
    if tokens[i + 1].lower not in {"them", "which"} or name.kind not in {"place", "name"} or "subj" not in name.dep:
        return
    noun = tokens[i - 2] if tokens[i - 1].text == "," else tokens[i - 1]
    if verb.dep != "conj" or verb.head > i or verb.i < name.i or not noun.tag.startswith("NN"):
        return
    name.head, name.dep = noun.i, "appos"
    tokens[i].head = noun.i


def _mend_any_list(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Join what bears a name, or shares in what does, to the list that it goes on with."""
    token = tokens[i]
    shared = _is_share(frames.singular(token.lower), frames)
    named = token.kind in {"place", "name"} or shared
    if named or _is_of_names(tokens, i, frames) or _bears_name(tokens, i, frames):
        _mend_list(tokens, i, frames)


def _mend_added(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Join what stands behind "as well as" and its like."""
    for words in _ADDING if i else ():
        if tuple(t.lower for t in tokens[i : i + len(words)]) == words:
            _mend_addition(tokens, i, len(words), frames)


def _mend_behind_time(tokens: Sequence[Token], i: int) -> None:
    """Join "took X in May and, two weeks later, Y": the time stands between commas, and is Y's."""
    if i < _LEAST_ASIDE or tokens[i - 1].text != ",":
        return
    if tokens[i].dep == "npadvmod" and tokens[tokens[i].head].tag.startswith("VB") and _mend_dated(tokens, i):
        return
    opens = next((k for k in range(i - 3, max(i - 3 - _LONGEST_TIME, 0), -1) if tokens[k].text == ","), None)
    if opens is None or tokens[opens - 1].lower not in {"and", "then"}:
        return
    time = tokens[opens + 1 : i - 1]
    if not any(t.tag == "CD" or is_time(t) for t in time):
        return
    above = next((k for k in range(opens - 1, -1, -1) if tokens[k].tag.startswith("VB")), None)
    target = None if above is None else object_above(tokens, above, opens)
    if target is None or target.kind not in {"place", "name"}:
        return
    for t in time:
        if not opens < t.head < i - 1:
            t.head, t.dep = i, "prep" if t.tag == "IN" else "npadvmod"
    tokens[i].head, tokens[i].dep = target.i, "conj"


def _mend_joined_time(tokens: Sequence[Token], i: int) -> None:
    """Join "took X over the weekend and Y on Monday": Y is no time, whatever it was joined to."""
    time = tokens[tokens[i].head]
    link = tokens[time.head]
    if time.dep != "pobj" or time.lower not in _WHILES or time.i > i or not tokens[link.head].tag.startswith("VB"):
        return
    target = object_above(tokens, link.head, link.i)
    if target is not None and link.head < link.i:
        tokens[i].head, tokens[i].dep = target.i, "conj"


def _mend_dated(tokens: Sequence[Token], i: int) -> bool:
    """Join "took X on Monday, Y four days later and Z on Friday": a time stands behind each."""
    behind = tokens[i + 1] if i + 1 < len(tokens) else None
    target = object_above(tokens, tokens[i].head, i)
    timed = behind is not None and (behind.tag == "CD" or is_time(behind) or behind.lower in {"on", "in", "a", "the"})
    if not timed or target is None or target.kind not in {"place", "name"} or tokens[i].head > target.i:
        return False
    tokens[i].head, tokens[i].dep = target.i, "conj"
    return True


def _mend_aside(tokens: Sequence[Token], i: int) -> None:
    """Hang "a town" on the name before it: "In X, a town held by rebels, there is no water"."""
    if i <= _BEHIND:
        return
    article, comma, name = tokens[i - 1], tokens[i - 2], tokens[i - 3]
    if article.tag == "DT" and comma.text == "," and name.kind in {"place", "name"}:
        tokens[i].head, tokens[i].dep = name.i, "appos"


def _mend_plural(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Make a noun of what stands where one must and was taken for a verb: "over Dolna and Gora villages"."""
    token = tokens[i]
    token.tag = "NN" if frames.singular(token.lower) == token.lower else "NNS"


def _mend_list(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Join "and Y on Tuesday" to X, not to the date between: "took X on Monday, Y on Tuesday and Z on Friday"."""
    first = tokens[tokens[i].head]
    if first.tag.startswith("VB") and tokens[i].dep == "conj":
        _mend_gap(tokens, i, frames)
        _mend_noun_gap(tokens, i, frames)
        return
    if first.entity is None and first.dep == "conj" and tokens[first.head].tag.startswith("VB"):
        _mend_second_list(tokens, i)
        return
    timed = is_time(first) or first.lower.endswith("day")
    aside = first.dep == "pobj" and (first.lower in SIDES or _is_countryside(tokens, first.i))
    if not timed and not aside:
        return
    target = object_above(tokens, first.head, i)
    if target is not None and target.kind in {"place", "name"}:
        tokens[i].head, tokens[i].dep = target.i, "conj"


def _bears_name(tokens: Sequence[Token], i: int, frames: Frames) -> bool:
    """Tell whether a noun of kind has the name of a place before it: "the Dolna and Gora districts"."""
    nouns = frames.nouns
    kind = frames.singular(tokens[i].lower)
    if not (kind in nouns.settlement or kind in nouns.quarter or kind in nouns.province):
        return False
    return any(t.head == i and t.kind == "place" and t.dep in {"compound", "nmod"} for t in tokens[:i])


def _is_countryside(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a noun only says where something lies: "in the northern countryside", "in the eastern part"."""
    if tokens[i].entity is not None or tokens[tokens[i].head].lower not in {"in", "to", "on"}:
        return False
    return any(t.head == i and t.lower.endswith("ern") for t in tokens[:i])


def _mend_noun_gap(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Join Y to X where the noun is left out: "the seizure of X on 10 June, and Y on 11 June"."""
    verb = tokens[i].head
    dated = i + 1 < len(tokens) and tokens[i + 1].lower in {"on", "in", "by"}
    if not dated or verb > i or any(t.head == verb and t.dep in {"dobj", "nsubjpass"} for t in tokens[:i]):
        return
    for t in reversed(tokens[:i]):
        noun = tokens[tokens[t.head].head]
        taken = any(frame.shape == "noun" for frame in frames.by_noun.get(frames.singular(noun.lower), ()))
        if t.kind == "place" and t.dep == "pobj" and tokens[t.head].lower == "of" and taken:
            tokens[i].head = t.i
            return


def _mend_second_list(tokens: Sequence[Token], i: int) -> None:
    """Join a second list to the first: "took A and B, and in the region south of X the towns C and D"."""
    first = tokens[tokens[i].head]
    verb = tokens[first.head]
    target = next((t for t in tokens[:i] if t.head == verb.i and t.dep == "dobj"), None)
    if target is not None and target.kind == "place" and not first.tag.startswith("VB"):
        tokens[i].head = target.i


def _mend_repeated(tokens: Sequence[Token], i: int) -> None:
    """Join a preposition said twice to the first one: "control over X, and over the towns of Y"."""
    again = tokens[i]
    if i == 0 or tokens[i - 1].lower != "and" or not any(t.head == i and t.dep == "pobj" for t in tokens):
        return
    if any(t.head == i and (is_time(t) or t.lower[:1].isdigit()) for t in tokens[i + 1 :]):
        return  # "on the 6th X and on the 9th Y"
    first = next((t for t in reversed(tokens[: i - 1]) if t.lower == again.lower and t.dep == "prep"), None)
    if first is None or first.head == again.head or tokens[first.head].tag.startswith("VB"):
        return
    if any(t.tag.startswith("VB") and t.dep != "amod" for t in tokens[first.i : i]):
        return
    again.head, again.dep = first.i, "conj"


def _mend_names(tokens: Sequence[Token], i: int) -> None:
    """Part two things of which only one is named: "the airport and Morla camp" is no "airport camp"."""
    name, first = tokens[i], tokens[tokens[i].head]
    noun = tokens[first.head]
    if first.dep not in {"nmod", "compound"} or first.entity is not None or noun.i != i + 1 or first.i > i:
        return
    if noun.entity is not None or not first.tag.startswith("NN"):
        return
    for token in tokens[: first.i]:
        if token.head == noun.i:
            token.head = first.i
    first.head, first.dep = noun.head, noun.dep
    noun.head, noun.dep = first.i, "conj"
    name.head, name.dep = noun.i, "compound"


def _mend_counted(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Hang names on the noun that counts them: "three towns on the Morla, A, B and C", not on where they lie."""
    land = tokens[tokens[i].head]
    link = tokens[land.head]
    towns = tokens[link.i - 1] if link.i and tokens[link.head].tag.startswith("VB") else tokens[link.head]
    if land.dep != "pobj" or tokens[i - 1].text != "," or land.i != i - 2 or towns.i > land.i or land.kind != "place":
        return
    plural = frames.singular(towns.lower) != towns.lower
    if not plural or frames.singular(towns.lower) not in frames.nouns.settlement | frames.nouns.quarter:
        return
    listed = {i}
    for t in tokens[i + 1 :]:
        if t.dep == "conj" and t.head in listed and t.kind in {"place", "name"}:
            listed.add(t.i)
    known = [entity.resolution for k in listed if (entity := tokens[k].entity) is not None]
    if any(area is not None and (area.feature or "").startswith("ADM") for area in known):
        return  # "two villages in A, B and C" lie in three lands
    if any(t.head == towns.i and _COUNTS.get(t.lower) == len(listed) for t in tokens[: towns.i]):
        tokens[i].head, tokens[i].dep = towns.i, "appos"


def mend_subject(tokens: Sequence[Token], i: int) -> None:
    """Give a finite verb the noun before it, which was joined to an object: "left X and the city came under"."""
    if any(t.head == i and t.dep.startswith(("nsubj", "csubj", "expl")) for t in tokens):
        return
    k = i - 1
    while k > 0 and (tokens[k].tag in {"RB", "MD"} or tokens[k].lower in {"has", "have", "had", "was", "were"}):
        k -= 1
    noun = tokens[k]
    first = min([k, *(t.i for t in tokens if t.head == k and t.dep in {"det", "amod", "compound", "poss"})])
    joined = first > 1 and tokens[first - 1].dep == "cc"
    if noun.dep == "conj" and joined and tokens[noun.head].dep in {"pobj", "dobj"} and noun.tag.startswith("NN"):
        noun.head, noun.dep = i, "nsubj"
        if noun.kind == "actor" and k > 2:
            _mend_joined_subject(tokens, k)


def _mend_joined_subject(tokens: Sequence[Token], i: int) -> None:
    """Make "until A and B troops took it" a clause of both where A was hung on the preposition."""
    link, first = tokens[i - 1], tokens[i - 2]
    mark = tokens[first.head]
    joined = link.lower == "and" and first.kind == "actor" and first.dep == "pobj" and mark.lower in _CLAUSES
    if not joined or mark.i != first.i - 1 or tokens[i].head < i:
        return
    verb = tokens[tokens[i].head]
    verb.head, verb.dep = (mark.head, "advcl") if tokens[mark.head].i != verb.i else (verb.head, verb.dep)
    mark.head, mark.dep = verb.i, "mark"
    first.head, first.dep = verb.i, "nsubj"
    tokens[i].head, tokens[i].dep = first.i, "conj"
    link.head = first.i


def _mend_apposition(tokens: Sequence[Token], i: int) -> None:
    """Hang a name on the thing it names, not on the country behind it: "the crossing with Iraq, Tanf"."""
    country = tokens[tokens[i].head]
    link = tokens[country.head]
    thing = tokens[link.head]
    if country.dep != "pobj" or link.lower not in {"with", "to", "into", "near"} or tokens[i - 1].text != ",":
        return
    if thing.tag.startswith("NN") and thing.entity is None and thing.i < country.i < i:
        tokens[i].head = thing.i


def _mend_gap(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Join Y to X where the verb is left out: "X was taken on Monday, and Y on Tuesday"."""
    verb = tokens[i].head
    if verb > i or any(t.head == i and t.dep in {"nsubj", "nsubjpass", "dobj"} for t in tokens):
        return
    kinds = {"nsubjpass"} if any(t.head == verb and t.dep == "auxpass" for t in tokens) else {"dobj"}
    kinds = {"nsubj"} if tokens[verb].lower in _FALLING else kinds
    target = next((t for t in tokens[:i] if t.dep in kinds and t.head == verb), None)
    if target is not None and (target.kind in {"place", "name"} or _is_of_names(tokens, target.i, frames)):
        tokens[i].head = target.i


def _is_of_names(tokens: Sequence[Token], i: int, frames: Frames) -> bool:
    """Tell whether a noun of kind or a share has names behind it: "the towns of X and Y", "half of X"."""
    nouns = frames.nouns
    kind = frames.singular(tokens[i].lower)
    if not (kind in nouns.settlement or kind in nouns.quarter or kind in nouns.facility or _is_share(kind, frames)):
        return False
    of = next((t.i for t in tokens[i + 1 :] if t.head == i and t.lower == "of"), None)
    return of is not None and any(t.head == of and t.kind in {"place", "name"} for t in tokens[of + 1 :])


def _is_share(noun: str, frames: Frames) -> bool:
    return noun in {"%", "percent"} or noun in frames.nouns.share


def _mend_addition(tokens: Sequence[Token], i: int, length: int, frames: Frames) -> None:
    """Join what follows "as well as", "along with", "followed by" to the object before it, when it is a place."""
    held = _held_before(tokens, i)
    name = next((t for t in tokens[i + length : i + length + _REACH] if t.kind in {"place", "name"}), None)
    if held is not None and name is None and tokens[i].dep == "prep":
        noun = next((t for t in tokens[i + 1 : i + 1 + _REACH] if t.dep == "pobj" and t.head == i), None)
        if noun is not None:
            noun.head, noun.dep = held.i, "conj"
        return
    if name is None or name.dep in {"dobj", "nsubj"}:
        return
    if tokens[i].lower == "followed" and join_part(tokens, i, object_above(tokens, tokens[i].head, i), name, frames):
        return
    nouns = frames.nouns
    kinds = nouns.settlement | nouns.facility | nouns.quarter | nouns.province
    between = [t for t in tokens[i + length : name.i] if t.tag.startswith(("NN", "VB"))]
    if any(frames.singular(t.lower) not in kinds for t in between):
        return  # "followed by the seizure of Y"
    if held is not None and name.dep in {"pobj", "conj", "appos", "dobj"}:
        name.head, name.dep = held.i, "conj"
        return
    above = tokens[i].head if tokens[i].tag.startswith("VB") else name.head
    target = object_above(tokens, above, i)
    target = None if target is name else target
    noun = tokens[tokens[name.head].head] if name.dep == "pobj" and tokens[name.head].lower == "of" else name
    before = tokens[i - 1]
    if target is None and before.kind == "place" and noun.dep in {"dobj", "conj", "appos", "pobj"}:
        name.head, name.dep = before.i, "conj"  # "out of A and B as well as the village of C"
        return
    if target is not None and name.dep in {"pobj", "conj", "appos"}:
        name.head, name.dep = target.i, "conj"
        last = name
        for token in (
            tokens[name.i + 1 :] if tokens[i].lower == "followed" else ()
        ):  # "by X on Saturday and Y on Sunday"
            last = token if token.kind in {"place", "name"} else last
            if token.head == i and token.dep in {"prep", "advmod", "npadvmod"}:
                token.head = last.i


def _held_before(tokens: Sequence[Token], i: int) -> Token | None:
    """Return what stands before an addition as held: "took X, leaving them in control of Y, alongside Z"."""
    at, steps = i - 1 - (tokens[i - 1].text == ","), 0
    while at > 0 and steps < _STEPS:
        head = tokens[tokens[at].head]
        if tokens[at].dep == "pobj" and head.lower in {"of", "over"} and tokens[head.head].lower in _HOLDING:
            return tokens[at]
        if head.i in {at, i} or head.i > i:
            return None
        at, steps = head.i, steps + 1
    return None


def object_above(tokens: Sequence[Token], start: int, before: int) -> Token | None:
    """Return the object, or what fell, standing before a token, of the first verb met when climbing from `start`."""
    above, steps = start, 0
    while tokens[above].head != above and not tokens[above].tag.startswith("VB") and steps < _STEPS:
        above, steps = tokens[above].head, steps + 1
    by = above + 1 < len(tokens) and tokens[above + 1].lower == "by"
    if tokens[above].lower == "followed" and by:  # "followed by X on Saturday and Y on Sunday"
        named = next((t for t in tokens[above + 2 : above + 2 + _REACH] if t.kind in {"place", "name"}), None)
        return tokens[named.head] if named is not None and named.dep == "conj" else named
    first = any(t.head == above and t.dep == "attr" and t.lower in _RANKS for t in tokens[above:before])
    falls = tokens[above].lower in _FALLING or tokens[above].lower == "followed"
    deps = {"nsubj"} if first or falls else {"dobj", "nsubjpass"}
    return next((t for t in tokens[:before] if t.dep in deps and t.head == above), None)


def _quarters(frames: Frames) -> AbstractSet[str]:
    return frames.forms_of(frames.nouns.settlement | frames.nouns.quarter)


def _settlements(frames: Frames) -> AbstractSet[str]:
    return frames.forms_of(frames.nouns.settlement)


def _parts(frames: Frames) -> AbstractSet[str]:
    return frames.forms_of(frames.nouns.part)


def _shares(frames: Frames) -> AbstractSet[str]:
    return frames.nouns.share.keys() | frames.nouns.plain.keys()


def _grounds(frames: Frames) -> AbstractSet[str]:
    return frames.forms_of(frames.nouns.settlement | frames.nouns.quarter | frames.nouns.province)


LISTS = (
    Repair(mend_noun_verb, deps="conj", tags="NN"),
    Repair(mend_adjective_verb, deps="ROOT ccomp conj", tags="JJ"),
    Repair(mend_parts_joined, deps="conj", tags="NNS NN", kinds="None", words=_parts),
    Repair(mend_share_joined, deps="conj", tags="NN JJ JJS DT RBS", kinds="None", words=_shares),
    Repair(_mend_behind_time, deps="npadvmod dep appos", kinds=NAMES),
    Repair(_mend_repeated, deps="prep"),
    Repair(_mend_repeated, deps="conj", tags="IN"),
    Repair(_mend_apposition, deps="appos", kinds="place"),
    Repair(_mend_joined_time, deps="conj", kinds=NAMES),
    Repair(mend_rest, deps="conj", tags="NN NNS", kinds="None"),
    Repair(_mend_names, deps="conj", kinds=NAMES),
    Repair(_mend_counted, deps="conj", kinds=NAMES),
    Repair(_mend_any_list, deps="conj appos"),
    Repair(mend_kinds, deps="appos", words=_quarters),
    Repair(mend_next_town, deps="appos", words=_settlements),
    Repair(mend_kinds_named, deps="appos", words=_quarters),
    Repair(_mend_aside, deps="dep", words=_settlements),
    Repair(_mend_plural, deps="pobj dobj nsubj nsubjpass", tags=VERBS, kinds="None", words=_grounds),
    Repair(mend_both, deps="advmod det cc preconj nsubj", words=frozenset({"both"})),
    Repair(_mend_among, words=frozenset({"among"})),
    Repair(_mend_followed, deps="advcl dep acl conj", words=frozenset({"followed"})),
    Repair(_mend_added, words=frozenset(words[0] for words in _ADDING)),
)
