"""Who is in the way and holds no ground, as protesters and people who are driven out; places named beside others."""

from __future__ import annotations

from tracker.claims.actors.data import Form
from tracker.claims.coref import entity_ref
from tracker.claims.parsing.syntax import Tree
from tracker.claims.roles.noun_phrases import PlaceHit
from tracker.claims.words import words

__all__ = ["are_driven_out", "are_visitors", "is_beside", "is_denied", "is_goal", "of_protests"]

_PROTESTERS = words("bystanders", "protesters")
_FIGHTERS = words("actor_groups", "armed") - {"forces", "troops", "soldiers"}
_SOLDIERY = words("actor_groups", "armed")
_RESIDENTS = words("bystanders", "residents")
_VISITORS = words("bystanders", "visitors")
_MANY = words("bystanders", "many")
_PEOPLES = frozenset({Form.DEMONYM, Form.PEOPLE, Form.STATE})
_INTO = ("into", "to", "inside", "towards", "toward")
_MEASURES = words("bystanders", "measures")
_SIDEWAYS = frozenset(
    {"", "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "outside", "from"}
)
_DENYING = frozenset({"neither", "nor", "not"})
_NOT_ONLY = frozenset({"all", "far", "just", "long", "merely", "only", "simply", "solely"})
_WHETHER = frozenset({"or", "if", "whether"})
_ON_THE_WAY = frozenset({"of", "the", "capital", "city", "town", "provincial", "regional", "state", "village"})
_COUNTRIES = ("PCL", "CONT")


def of_protests(tree: Tree) -> bool:
    """Tell whether clashes are those of a protest: "police clashed with protesters in X"."""
    return tree.says_any(_PROTESTERS) and not tree.says_any(_FIGHTERS)


def are_driven_out(tree: Tree, verb: int) -> bool:
    """Tell whether people are driven out who held nothing: "its population was expelled", "thousands of Serbs were"."""
    driven = tree.objects(verb)
    return bool(driven) and all(_are_people(tree, k) for k in driven)


def _are_people(tree: Tree, noun: int) -> bool:
    if tree[noun].lower.split(" ")[-1] in _RESIDENTS:
        return True
    if tree[noun].lower not in _MANY:
        return False
    behind = tree.prepositional(noun, ("of",))
    return bool(behind) and all(_is_a_people(tree, k) or tree[k].lower in _MANY for k in behind)


def _is_a_people(tree: Tree, k: int) -> bool:
    """Tell whether a name is that of a people, with no word for soldiers: "Serbs", not "Serb soldiers"."""
    entity = tree[k].entity
    if entity is None or entity.actor is None:
        return tree[k].lower in _RESIDENTS
    if tree[k].lower.split(" ")[-1] in _SOLDIERY:
        return False  # "most of the opposition fighters"
    return entity.actor.form in _PEOPLES or (entity.actor.form in {Form.NAME, Form.NOUN} and tree[k].text.endswith("s"))


def are_visitors(tree: Tree, verb: int) -> bool:
    """Tell whether who is cut off are guests or workers, whom no siege is laid to: "two journalists trapped in X"."""
    heads = tree.objects(verb)
    heads = [tree[verb].head] if not heads and tree[verb].dep in {"acl", "relcl"} else heads
    heads = [tree[verb].head if tree[k].lower in {"who", "that"} and tree[verb].dep == "relcl" else k for k in heads]
    return bool(heads) and all(tree[k].lower.split(" ")[-1] in _VISITORS for k in heads)


def is_goal(tree: Tree, verb: int, hit: PlaceHit) -> bool:
    """Tell whether somebody who leaves goes to a place, not from it: "the units in the area retreated into X"."""
    goals = tree.prepositional(verb, _INTO)
    entities = [tree[k].entity for k in goals]
    there = {entity_ref(entity).key for entity in entities if entity is not None and entity.kind in {"place", "name"}}
    return hit.token in goals or (hit.sentences_back is not None and hit.ref.key in there)


def is_beside(tree: Tree, hit: PlaceHit) -> bool:
    """Tell whether a name only says where, or of what, something without a name is: "its last base in Morland"."""
    return _is_only_country(tree, hit) or _is_of_capital(tree, hit) or _is_measured_from(tree, hit)


def is_denied(tree: Tree, hit: PlaceHit) -> bool:
    """Tell whether a place is what is not meant: "took neither X nor Y", "not X but Y", "no part of X"."""
    return any(_denied_itself(tree, k) for k in {hit.token, hit.head} if not tree.is_verb(k))


def _denied_itself(tree: Tree, noun: int) -> bool:
    first = noun
    for k in tree.kids(noun, "det", "amod", "compound", "nummod", "poss", "nmod"):
        if k < first and tree[k].lower in {"no", "neither"}:
            return True
        first = min(first, k)
    before = tree[first - 1].lower if first else ""
    here = tree[first].lower
    return before in _DENYING and here not in _NOT_ONLY and not (first > 1 and tree[first - 2].lower in _WHETHER)


def _is_only_country(tree: Tree, hit: PlaceHit) -> bool:
    """Tell whether a country only says where something lies: "withdrew from its last base in southern Morland"."""
    link = tree[hit.token].head
    noun = tree[link].head
    inside = tree[hit.token].dep == "pobj" and tree[link].lower in {"in", "inside"} and tree[noun].tag.startswith("NN")
    return inside and tree[noun].kind is None and hit.ref.feature.startswith(_COUNTRIES)


def _is_of_capital(tree: Tree, hit: PlaceHit) -> bool:
    """Tell whether a name is that of a land whose capital is meant: "took Dolna, the capital of the province of X"."""
    if tree[hit.head].lower != "capital" or hit.ref.feature.startswith("PPL"):
        return False  # "the capital of Dolna" may be Dolna
    above = [k for k in tree.climb(hit.token)[:4] if tree[k].lower != "of"]  # "of the province of X"
    return tree[tree[hit.token].head].lower == "of" and hit.head in above[:2]


def _is_measured_from(tree: Tree, hit: PlaceHit) -> bool:
    """Tell whether a distance stands right before a name: "a hill 12 km north-east (of) X"."""
    if tree.kids(hit.token, "relcl", "acl"):
        return False  # "120 km east of X, which they hold"
    k = hit.token - 1
    while k > 0 and (tree[k].lower.replace("-", "") in _SIDEWAYS or tree[k].lower in _ON_THE_WAY):
        k -= 1
    sideways = any(token.lower.replace("-", "") in _SIDEWAYS for token in tree.tokens[k + 1 : hit.token])
    return k > 0 and sideways and tree[k].lower in _MEASURES and tree[k - 1].tag == "CD"
