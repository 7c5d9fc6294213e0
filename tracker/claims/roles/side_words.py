"""Words for sides in one sentence: which noun is one, on which ground it stands, what role it plays."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from tracker.claims.actors.data import Form, read_words
from tracker.claims.actors.index import ActorMention
from tracker.claims.actors.persons import is_office, is_people, is_title, opens_title
from tracker.claims.coref import UNNAMED, Discourse, SeenActor
from tracker.claims.parsing.syntax import Tree
from tracker.claims.records import record
from tracker.claims.words import words

__all__ = ["CIVIL", "GROUPS", "NOBODY", "PEOPLE", "THEY", "ActorHit", "SideWords", "of_state"]

THEY = words("sides", "they")
GROUPS = words("sides", "groups")
CIVIL = words("sides", "civil")  # people and things that move in and out of towns without holding them
PEOPLE = CIVIL | GROUPS | {"garrison", "garrisons", "inhabitants", "population", "tens", "thousands", "hundreds"}
_NO_STATE = words("sides", "no_state")
_OF_ARMY = words("sides", "of_army")
_RATHER_NO_STATE = words("sides", "rather_no_state")  # some states have them
_SOON = 4  # sentences within which who "also" does something is who did the like before
_NO_NAMES = words("actor_groups", "no_names")  # "Islamic militants"
_HELP = words("sides", "help")
_ATTACKS = words("attackers", "nouns")
_SENDING = frozenset({"send", "deploy", "dispatch", "withdraw", "pull", "commit", "move"})
_ARMIES = frozenset({"army", "forces", "troops", "soldiers", "military", "corps", "brigade", "division", "brigades"})
_AT_WAR = frozenset({"defence", "defense", "interior", "security", "staff"})  # what ministries that fight are for
_STATESMEN = frozenset({"president", "premier", "minister", "chancellor"})
_KINDS = words("sides", "kinds")
_NAME = 8  # words of a side's name, "the Morlan Alliance for Peace"
NOBODY = words("sides", "nobody")  # "Operation X", "the Centre group"
# "in neighbouring Iraq", "the border crossing with Iraq": the land, not its army.
_ON_GROUND = frozenset({"in", "into", "across", "near", "throughout", "inside", "within", "towards", "toward", "of"})
_EDGES = frozenset({"border", "borders", "frontier", "crossing", "crossings", "road", "highway", "corridor"})
_THINGS = words("sides", "things")  # "with Turkish drones overhead", "a South African contractor"
_PEOPLE_OF_A_SIDE = THEY | GROUPS
_OF_LAND = _EDGES | words("sides", "land") | _THINGS


@record()
class ActorHit:
    """
    A side in a role.

    Attributes
    ----------
    actor_id
        None for people of whom the text doesn't tell which side they are.
    civil
        Whether they are people or things that hold no ground.
    sentences_back
        How far back the name stands that a pronoun or noun refers to; None when it is named here.
    """

    actor_id: str | None
    text: str
    token: int
    civil: bool = False
    sentences_back: int | None = None


class SideWords(ABC):
    """
    What the words of one sentence tell about the sides in it.

    Parameters
    ----------
    sentence
        Number of the sentence in its report.
    """

    def __init__(self, tree: Tree, discourse: Discourse, sentence: int) -> None:
        self.tree = tree
        self.discourse = discourse
        self.sentence = sentence
        self.country: str | None = None  # of the place that is asked about
        self.here: list[SeenActor] = []
        self.asked: set[int] = set()  # speakers of whom it is being asked for whom they speak
        self.unplaced: list[tuple[int, ActorHit]] = []  # verbs of taking, and who takes what they do not name

    @abstractmethod
    def actor(self, i: int, *, avoid: str | None = None) -> ActorHit | None:
        """Return the side that the noun phrase with head `i` means: of several the first that is known."""

    @abstractmethod
    def owner(self, i: int) -> ActorHit | None:
        """Return the side that owns a noun: "the army's advance", "rebel control", "its stronghold"."""

    @abstractmethod
    def _at(self, i: int, avoid: str | None, depth: int) -> ActorHit | None:
        """Return the side that one noun phrase of a list means."""

    @abstractmethod
    def _entity(self, i: int, avoid: str | None = None) -> ActorHit | None:
        """Return the side that a name or a word for fighters means."""

    def is_side(self, i: int) -> bool:
        """Tell whether a noun is people of a side, not something that it has: "the army", "they"."""
        return self.tree[i].kind == "actor" or self.tree[i].lower in _PEOPLE_OF_A_SIDE

    def _is_land_of(self, k: int, kids: Sequence[int]) -> bool:
        """Tell whether a country only says where it is what another side has: "Morland's last rebel bastion"."""
        entity = self.tree[k].entity
        state = entity is not None and entity.actor is not None and entity.actor.form is Form.STATE
        nearer = [j for j in kids if j > k and self.tree[j].dep != "poss" and self.tree[j].kind == "actor"]
        return state and self.tree[k].dep == "poss" and bool(nearer)

    def _unnamed(self, i: int) -> str | None:
        """Return "rebels" of a war that no file lists, in a text that names them nowhere, as a side by that word."""
        words = self.tree[i].lower.removeprefix("the ").split(" ")
        word = words[0] if len(words) > 1 and f"other:{words[0]}s" in UNNAMED else words[-1]  # "rebel fighters"
        word = word.removesuffix("-held").removesuffix("s")
        return f"other:{word}s" if f"other:{word}s" in UNNAMED else None

    def _of_army(self, i: int) -> bool:
        words = self.tree[i].lower.split(" ")
        return words[-1] in _OF_ARMY or " ".join(words[-2:]) in _OF_ARMY

    def _at_home_army(self, i: int) -> str | None:
        """Return the only state that may fight in the country of a place, as whose "troops" are."""
        return self._home_state() if self._of_army(i) or of_state(self.tree[i].text) else None

    def statesman(self, i: int) -> ActorHit | None:
        """Return the one state at war where a place lies, for which its president speaks: "President X declared"."""
        titles = {self.tree[k].lower for k in (i, *self.tree.kids(i, "compound"))}
        titles |= set(self.tree[i].lower.split(" ")[:2])
        if titles.isdisjoint(_STATESMEN):
            return None
        surname = f" {self.tree[i].lower.split(' ')[-1]}"
        home = None if any(f" {name}".endswith(surname) for name in self.discourse.leaders) else self._home_state()
        return None if home is None else ActorHit(actor_id=home, text=self.tree[i].text, token=i, sentences_back=1)

    def office_at_home(self, i: int) -> ActorHit | None:
        """Return the state in whose land a place lies, for a ministry at war that may be no other's."""
        entity = self.tree[i].entity
        if entity is None or not is_office(entity.text):
            return None
        of = (self.tree[k].lower for k in self.tree.prepositional(i, ("of",)))
        known = self._known_states()
        home = self._home_state() or (known[0] if len(known) == 1 and self.country is None else None)
        if home is None or _AT_WAR.isdisjoint({*entity.text.lower().split(), *of}) or any(k != home for k in known):
            return None
        return ActorHit(actor_id=home, text=entity.text, token=i)

    def led_by(self, i: int) -> ActorHit | None:
        """Return the side that a person is known to lead or to speak for, where it fights in the land told of."""
        token = self.tree[i]
        name = token.entity.text if token.entity is not None else token.text if token.tag == "NNP" else ""
        told = name.lower().split()
        while told and opens_title(told[0]):
            told = told[1:]  # "President Ilham Dolan"
        side = self.discourse.leaders.get(name.lower()) or self.discourse.leaders.get(" ".join(told))
        if side is None or not self.discourse.fights_in(side, self.country):
            return None
        return ActorHit(actor_id=side, text=name, token=i, sentences_back=None)

    def _home_state(self) -> str | None:
        """Return the state of the country that the place asked about lies in, else the one that fights there."""
        home = self.discourse.camps.at_home(self.country)
        if home is not None:
            return home
        grounds = self.discourse.grounds
        fitting = [state for state in self.discourse.states if self.country and self.country in grounds.get(state, ())]
        return fitting[0] if len(fitting) == 1 else None

    def _known_states(self) -> tuple[str, ...]:
        """Return the states whose forces the text has named so far; empty when it has named none."""
        named = {actor.actor_id for actor in (*self.discourse.seen_actors, *self.here)}
        return tuple(sorted(named & self.discourse.states))

    def _armies_named(self) -> bool:
        """Tell whether the text has called a side an army or troops that is no state's."""
        named = (word for seen in (*self.discourse.seen_actors, *self.here) for word in seen.text.lower().split())
        return not _ARMIES.isdisjoint(named)

    def _from_abroad(self) -> tuple[str, ...]:
        """Return the sides named so far that fight for another state than that of the land asked about."""
        named = {actor.actor_id for actor in (*self.discourse.seen_actors, *self.here)} if self.country else set()
        return tuple(sorted(side for side in named if self.discourse.camps.from_abroad(side, self.country)))

    def _of_that_kind(self, i: int) -> tuple[str, ...]:
        """Return the sides whose names end in a noun that now stands alone: "the alliance", "the front"."""
        noun = self.tree[i].lower.split(" ")[-1]
        if noun not in _KINDS:
            return ()
        seen = (*self.discourse.seen_actors, *self.here)
        return tuple(
            sorted({one.actor_id for one in seen if noun.capitalize() in one.text.split()[:_NAME] and " " in one.text})
        )

    def _by_its_kind(self, i: int) -> ActorHit | None:
        """Return the one side that a plain noun of its name means: "the Morla Shura Council … the council took X"."""
        noun = self.tree[i].lower
        plain = all(self.tree[k].lower == "the" for k in self.tree.kids(i, "det", "amod", "compound", "poss", "nmod"))
        if noun not in _KINDS or not plain or i == 0 or self.tree[i - 1].lower != "the":
            return None
        named = set(self._of_that_kind(i))
        title = self.discourse.title_side()
        if title is not None and noun in title.removeprefix("other:").split():
            named.add(title)
        if len(named) != 1:
            return None
        return ActorHit(actor_id=named.pop(), text=self.tree[i].text, token=i, sentences_back=1)

    def _called(self, i: int) -> ActorHit | None:
        """Return the unknown name that stands before a word for fighters as a side: "the Morla group"."""
        for k in reversed(self.tree.kids(i, "compound", "nmod", "amod")):
            token = self.tree[k]
            if token.kind == "name" and token.entity is not None and k < i and not is_title(token.entity.text):
                name = token.entity.text
                if name[:1].isdigit() and self.tree.singulars[i] in _ATTACKS:
                    return None  # "the 2022 Dolna offensive" is called after where it was
                if is_people(name) or name.lower() in NOBODY | _NO_NAMES:
                    return None
                return ActorHit(actor_id="other:" + name.lower(), text=name, token=i)
        return None

    def _is_group(self, i: int) -> bool:
        if self.tree[i].lower.removeprefix("the ") == "armed men":
            return True
        return self._last_word(i) in _NO_STATE and not self._of_army(i)

    def _is_rather_group(self, i: int) -> bool:
        return self._last_word(i) in _RATHER_NO_STATE

    def _last_word(self, i: int) -> str:
        return self.tree[i].lower.removeprefix("the ").removesuffix("'s").split(" ")[-1]

    def _at_home(self, mention: ActorMention) -> str | None:
        """Return whom a common noun means where the place lies, when the side it was given fights elsewhere."""
        if not mention.generic or mention.actor_id is None or self.discourse.fights_in(mention.actor_id, self.country):
            return None
        return next((one for one in mention.candidates if self.discourse.fights_in(one, self.country)), None)

    def _helps(self, i: int) -> bool:
        """Tell whether a side only helps another: "with the support of X", "backed by X"."""
        below = i
        for k in self.tree.climb(i):
            word = self.tree[k].lower
            if word in _HELP:
                verb = self.tree.is_verb(k)
                helped = verb and not self.tree.is_passive(k) and self.tree[below].dep == "dobj"
                return not helped and not (verb and i < k and self.tree.is_passive(k))
            below = k
            if self.tree.is_verb(k):
                return False
        return False

    def _is_ground(self, i: int) -> bool:
        """Tell whether a country stands for its ground, not its side: "in neighbouring Iraq", "the Iraqi border"."""
        token = self.tree[i]
        following = self.tree[i + 1].lower if i + 1 < len(self.tree) else ""
        of_land = token.dep in {"amod", "compound", "nmod"} and self.tree[token.head].lower in _OF_LAND
        if of_land or following in _THINGS:
            form = token.entity.actor.form if token.entity and token.entity.actor else None
            return form in {Form.DEMONYM, Form.STATE}
        if (
            token.entity is None
            or token.entity.actor is None
            or token.entity.actor.form not in {Form.STATE, Form.CAPITAL}
        ):
            return False
        above = self.tree[token.head]
        if token.dep != "pobj":
            return False
        return above.lower in _ON_GROUND or self.tree[above.head].lower in _EDGES

    def _speaking(self, i: int) -> ActorMention | None:
        """Return the government that a capital stands for which says something or sends troops: "Kyiv said that"."""
        token = self.tree[i]
        mention = token.entity.actor if token.entity is not None else None
        if token.kind != "place" or mention is None or mention.form is not Form.CAPITAL or token.dep != "nsubj":
            return None
        sends = self.tree.is_verb(token.head) and self.tree.verb_base(token.head) in _SENDING
        armed = sends and any(self.tree[k].lower in GROUPS for k in self.tree.kids(token.head, "dobj"))
        return mention if armed or self._speaks(token.head) else None

    def _is_subject(self, i: int) -> bool:
        for k in (i, *self.tree.climb(i)):
            dep = self.tree[k].dep
            if dep in {"nsubj", "nsubjpass", "agent"}:
                return not self._speaks(self.tree[k].head)
            if dep in {"dobj", "pobj"} or self.tree.is_verb(k):
                return False
        return False

    def _is_main(self, i: int) -> bool:
        """Tell whether a subject is that of the main clause, or of what is said there."""
        verb = next((k for k in self.tree.climb(i) if self.tree.is_verb(k)), i)
        while self.tree[verb].dep in {"ccomp", "conj", "parataxis", "xcomp"} and self.tree[verb].head != verb:
            verb = self.tree[verb].head
        return self.tree[verb].head == verb

    def _also(self, i: int, avoid: str | None) -> ActorHit | None:
        """Return who took ground last, for who "also" takes some: "They also seized X"."""
        verb, last = self.tree[i].head, self.discourse.taker
        also = any(self.tree[k].lower in {"also", "further"} for k in self.tree.kids(verb, "advmod"))
        if last is None or not also or self.tree[i].dep != "nsubj" or last[0] == avoid:
            return None
        back = self.sentence - last[1]
        return (
            ActorHit(actor_id=last[0], text=self.tree[i].text, token=i, sentences_back=back) if back < _SOON else None
        )

    def _goes_on(self, i: int, actor_id: str) -> None:
        """Remember that the text goes on about a side by a pronoun: "they" of the next sentence are the same."""
        if self.tree[i].dep in {"nsubj", "nsubjpass"} and all(seen.position != i for seen in self.here):
            self.here.append(
                SeenActor(actor_id, self.tree[i].text, self.sentence, i, subject=True, main=self._is_main(i))
            )
            self.here.sort(key=lambda seen: seen.position)

    def _speaks(self, verb: int) -> bool:
        """Tell whether a verb only reports: who announces what others did isn't whom the text goes on about."""
        return self.tree.is_verb(verb) and self.tree.verb_base(verb) in self.tree.frames.scope.speech


def of_state(text: str) -> bool:
    """Tell whether words name a state's own forces: "government troops", "the military"."""
    return read_words().of_state(text)
