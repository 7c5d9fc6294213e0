"""From the noun of a role to sides: whom a noun phrase or a possessor means, by its own words and those below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from tracker.claims.actors.data import Form
from tracker.claims.actors.persons import is_office, is_people, is_person, is_title
from tracker.claims.coref import Discourse, SeenActor
from tracker.claims.parsing.syntax import Tree
from tracker.claims.roles.fighters import Fighters
from tracker.claims.roles.pronouns import SPEAKING, Pronouns
from tracker.claims.roles.side_words import CIVIL, GROUPS, NOBODY, PEOPLE, THEY, ActorHit, of_state
from tracker.claims.words import words
from tracker.model import Kind

__all__ = ["PEOPLE", "ActorHit", "ActorReader"]

_TIED = frozenset({"loyal", "allied", "aligned", "affiliated", "linked", "belonging"})
_UNITS = frozenset(
    {"army", "battalion", "battalions", "brigade", "brigades", "corps", "division", "regiment", "unit", "units"}
)
_OWN = frozenset({"theirs", "ours"})  # who owns and what is owned in one word
_SUBJECTS = frozenset({"they", "it", "battalion", "brigade", "regiment", "division", "squadron", "unit"})
_FIGHTING = words("sides", "fighting")
_MEN = GROUPS | _UNITS
_OFFICES = words("matching", "officials") | {"chief", "head"}
_NO_SIDES = _OFFICES | words("sides", "papers")  # "the Dolna Agreement left it to the army"
_LED = frozenset({"led", "launched", "mounted", "spearheaded", "waged", "conducted"})
_COMPOSING = frozenset({"make", "form", "compose", "constitute"})
_OPEN = frozenset({Form.BARE, Form.UNIT})  # words that any side's may be
_FROM_ABROAD = frozenset({"invaders", "occupiers", "infiltrators", "intruders"})
_THEIR = frozenset({"its", "their"})
_HIM = frozenset({"him", "his", "her"})
_ORDERING = frozenset({"order", "tell", "instruct", "command", "send", "direct"})
_TAKING = frozenset({Kind.GAINS, Kind.HOLDS, Kind.LOSES, Kind.BESIEGES})
_DISGUISED = frozenset({"disguised", "dressed", "posing", "masquerading", "clad", "camouflaged"})
_SORTS = frozenset({"military", "armed"})


class ActorReader(Pronouns, Fighters):
    """Reads the sides that the noun phrases of one sentence name."""

    def __init__(self, tree: Tree, discourse: Discourse, sentence: int) -> None:
        super().__init__(tree, discourse, sentence)
        self._asked: set[int] = set()
        for token in tree.tokens:
            if token.entity is None:
                continue
            speaker = self._speaking(token.i)
            if speaker is not None and speaker.actor_id is not None:
                sends = not self._speaks(token.head)  # "Kamen sent troops. They …"
                seen = SeenActor(
                    speaker.actor_id, speaker.text, sentence, token.i, sends, sends and self._is_main(token.i)
                )
                self.here.append(seen)
            elif token.kind == "place" and self._takes(token.i):
                hit = self._at(token.i, None, 0)
                if hit is not None and hit.actor_id is not None:
                    seen = SeenActor(
                        hit.actor_id, hit.text, sentence, token.i, subject=True, main=self._is_main(token.i)
                    )
                    self.here.append(seen)
            if token.kind in {"actor", "held"} and not self._is_ground(token.i) and not self._helps(token.i):
                hit = self._entity(token.i)
                if hit is None or hit.actor_id is None:
                    continue
                ordered = token.kind == "actor" and self._is_ordered(token.i)
                subject = ordered or (token.kind == "actor" and self._is_subject(token.i))
                group = ordered or self._is_group(token.i) or self._is_rather_group(token.i)
                if hit.sentences_back is None or (subject and group):
                    main = subject and self._is_main(token.i)
                    aside = token.kind == "held"
                    self.here.append(
                        SeenActor(hit.actor_id, hit.text, sentence, token.i, subject, main=main, aside=aside)
                    )
        for token in tree.tokens:
            if (
                token.dep == "nsubj"
                and token.lower in _SUBJECTS
                and tree.is_verb(token.head)
                and self._fights(token.head)
            ):
                self._meant(token.i, None)

    def _is_ordered(self, i: int) -> bool:
        """Tell whether somebody is told what to do, and does it from then on: "he ordered his troops to take X"."""
        verb = self.tree[i].head
        told = self.tree[i].dep in {"dobj", "nsubj"} and self.tree.is_verb(verb)
        above = self.tree[verb].head if told and self.tree[verb].dep in {"ccomp", "xcomp"} else verb
        if not told or not self.tree.is_verb(above) or self.tree.verb_base(above) not in _ORDERING:
            return False
        return above != verb or bool(self.tree.kids(verb, "xcomp"))

    def _takes(self, i: int) -> bool:
        """Tell whether a capital or a country does what only sides do: "Kamen took Dolna. Its troops …"."""
        token = self.tree[i]
        mention = token.entity.actor if token.entity is not None else None
        known = mention is not None and mention.form in {Form.CAPITAL, Form.STATE}
        active = token.dep == "nsubj" and self.tree.is_verb(token.head) and not self.tree.is_passive(token.head)
        frames = self.tree.frames.by_verb.get(self.tree.verb_base(token.head), ()) if known and active else ()
        return any(frame.kind in _TAKING for frame in frames)

    def _fights(self, verb: int) -> bool:
        """Tell whether a verb is one of a side's, so that what stands for its subject is a side."""
        tree = self.tree
        return bool(tree.frames.by_verb.get(tree.verb_base(verb))) or tree[verb].lower in _FIGHTING

    def armed(self, heads: Iterable[int]) -> ActorHit | None:
        """Return the first of some nouns' sides that is known and no civil one."""
        hits = map(self.actor, heads)
        return next((hit for hit in hits if hit is not None and hit.actor_id is not None and not hit.civil), None)

    def actor(self, i: int, *, avoid: str | None = None) -> ActorHit | None:
        """Return the side that the noun phrase with head `i` means: of several the first that is known."""
        if any(self.tree[k].lower == "neither" for k in self.tree.kids(i, "det")):
            return ActorHit(actor_id=None, text=f"neither {self.tree[i].text}", token=i)
        if i > 1 and self.tree[i - 1].lower == "as" and self.tree[i - 2].lower in _DISGUISED:
            return ActorHit(actor_id=None, text=self.tree[i].text, token=i)  # "men dressed as soldiers"
        first = self._at(i, avoid, 0)
        if first is not None and first.actor_id is not None and "coalition" not in first.text.lower():
            return first  # a coalition helps whom it is named beside; its soldiers fight
        for k in self.tree.conjuncts(i):
            hit = self._at(k, avoid, 0)
            if hit is not None and hit.actor_id is not None and self.tree[k].kind == "actor":
                return hit
        return first

    def owner(self, i: int) -> ActorHit | None:
        """Return the side that owns a noun: "the army's advance", "rebel control", "its stronghold"."""
        if self.tree[i].lower in _OWN:
            return self._at(i, None, 0)
        kids = self.tree.kids(i, "poss", "compound", "amod", "nmod")
        for k in [
            *(k for k in kids if self.tree[k].dep == "poss"),
            *(k for k in reversed(kids) if self.tree[k].dep != "poss"),
        ]:
            token = self.tree[k]
            if self._is_land_of(k, kids):
                continue
            if token.kind == "actor" and (token.lower == "garrison" or (token.dep == "amod" and token.lower in _SORTS)):
                continue  # "a military occupation", "a garrison town" are of a sort
            if token.kind == "actor":
                return self._entity(k)
            if token.dep == "poss":
                return self._at(k, None, 1)
            if token.kind is None:
                inner = self.owner(k)
                if inner is not None:
                    return inner
        before = self.tree[i - 1] if i else None
        if before is not None and before.kind == "actor" and before.lower != "garrison":
            return self._entity(before.i)
        return None

    def _at(self, i: int, avoid: str | None, depth: int) -> ActorHit | None:
        token = self.tree[i]
        if token.kind in {"actor", "held"}:
            return self._entity(i, avoid)
        if token.kind == "place" and token.entity is not None and token.entity.actor is not None:
            return self._entity(i, avoid) if token.dep in {"nsubj", "poss", "pobj", "conj", "dative"} else None
        if token.kind in {"place", "name", "date"}:
            return self._unlisted(i)
        if token.lower in THEY:
            return self._meant(i, avoid)
        if token.lower in _HIM:
            return self._leads(i)
        if depth > 3:
            return None
        hit = self._listed_beside(i) or self._by_its_kind(i) or self.owner(i)
        if hit is None and token.lower == "men":
            hit = self._ours(i)  # "his men"
            if hit is not None:
                return hit
        if hit is None:
            hit = self._behind(i, avoid, depth)
        civil = token.lower in CIVIL
        whose = hit.token if hit is not None else i
        beside = whose == i - 1 or (self.tree[whose].dep == "poss" and self.tree[whose].head == i)
        if token.lower in {"man", "men"} and hit is not None and beside:
            own = self.tree[hit.token].dep == "poss" and self.tree[hit.token].lower not in SPEAKING
            civil = not own and self.tree[hit.token].dep not in {"compound", "nmod"}  # "army men", "its men"
        if hit is not None:
            return ActorHit(
                actor_id=hit.actor_id, text=hit.text, token=hit.token, civil=civil, sentences_back=hit.sentences_back
            )
        if civil:
            return ActorHit(actor_id=None, text=token.text, token=i, civil=True)
        if token.lower in GROUPS:
            return self._meant(i, avoid)
        leader = self.led_by(i) if token.tag == "NNP" else None  # "Morla took X": a surname alone is no known name
        return leader or ActorHit(actor_id=None, text=token.text, token=i)

    def _listed_beside(self, i: int) -> ActorHit | None:
        """Return the listed side in apposition to a noun whose own words no file lists: "the Gornland force, GOMIS"."""
        for k in self.tree.kids(i, "appos"):
            entity = self.tree[k].entity
            if entity is not None and entity.actor is not None and entity.actor.actor_id in self.discourse.grounds:
                return self._entity(k) if entity.actor.form is Form.NAME else None
        return None

    def _behind(self, i: int, avoid: str | None, depth: int) -> ActorHit | None:
        """Return the side behind "of", "by", "from" or in apposition."""
        for k in self.tree.kids(i, "appos"):
            if self.tree[k].kind == "name" and self.tree[i].lower in _OFFICES:
                continue  # "the head of the administration, Petrenko"
            hit = self._at(k, avoid, depth + 1)
            if hit is not None and hit.actor_id:
                return hit
        for k in self.tree.kids(i, "amod", "acl", "relcl"):
            if self.tree[k].lower in _TIED:  # "brigades loyal to the government"
                for m in self.tree.prepositional(k, ("to", "with")):
                    hit = self._at(m, avoid, depth + 1)
                    if hit is not None and hit.actor_id:
                        return hit
        for k in self.tree.kids(i, "acl"):
            if self.tree[k].lower in _LED:  # "an offensive led by the army"
                for m in self.tree.agents(k):
                    hit = self._at(m, avoid, depth + 1)
                    if hit is not None and hit.actor_id:
                        return hit
        for k in self.tree.kids(i, "relcl", "acl"):
            if self.tree.is_verb(k) and self.tree.verb_base(k) in _COMPOSING:  # "the groups that make up X"
                for m in self.tree.kids(k, "dobj"):
                    if self.tree[m].kind == "actor":
                        return self._entity(m)
        for k in self.tree.prepositional(i, ("of", "by", "from", "with")):
            if self.tree[k].kind == "actor" or self.tree[k].lower in _MEN:
                hit = self._at(k, avoid, depth + 1)
                if hit is not None and hit.actor_id:
                    return hit
        return None

    def _entity(self, i: int, avoid: str | None = None) -> ActorHit | None:
        entity = self.tree[i].entity
        if entity is None or entity.actor is None:
            return None
        mention = entity.actor
        owner = self._whose(i, mention)
        if owner is not None:
            return owner
        if mention.actor_id is not None:
            beside = self._listed_beside(i) if mention.actor_id not in self.discourse.grounds else None
            if beside is not None and mention.form is not Form.UNKNOWN:
                return beside  # "the Gornland militia, the GOMIS"
            actor_id = self._at_home(mention) or mention.actor_id
            return ActorHit(actor_id=actor_id, text=mention.text, token=i)
        if mention.form is Form.BARE and i not in self._asked:  # it may stand beside what stands behind it
            self._asked.add(i)
            behind = self._behind(i, avoid, 2)  # "the forces of the battalion of the Dolnan army"
            owners = self.tree.kids(i, "poss")
            own = (self._capitals_own(k, avoid) or self._who_says_it(k, avoid) for k in owners)
            behind = self._beside(i) or behind or self._backed_ahead(i) or next(filter(None, own), None)
            self._asked.remove(i)
            if behind is not None and (behind.sentences_back is None or self._is_numbered(behind.token)):
                return behind
            owned = next((k for k in owners if self.tree[k].lower in _THEIR and self._of_army(i)), None)
            hit = self._meant(owned, avoid) if owned is not None else None
            if hit is not None:
                return hit  # "its troops" are whose the text goes on about
        if mention.form is Form.UNIT and i not in self._asked:  # "the 15th Division of the Dolnan army"
            self._asked.add(i)
            behind = self._behind(i, avoid, 2)
            self._asked.remove(i)
            if behind is not None and behind.sentences_back is None:
                return behind
        among: Sequence[str] = mention.candidates or self._of_that_kind(i)
        if not among and of_state(mention.text):
            among = sorted(self.discourse.states) or [""]  # no rebels are "government troops"
        if not among and self._last_word(i) in _FROM_ABROAD:
            among = self._from_abroad()
        if mention.form is Form.UNIT:
            among = self._known_states() or among  # a numbered unit is a state's before it is anybody else's
        if mention.form is Form.BARE and not among and self._of_army(i):
            among = self._known_states()  # "troops" are an army's before they are anybody else's
            army = None if among or self._armies_named() else self._home_state()
            if army is not None and army != avoid:
                return ActorHit(actor_id=army, text=entity.text, token=i, sentences_back=9)
        ask = partial(
            self.discourse.actor_for,
            self.here,
            sentence=self.sentence,
            position=i,
            among=among,
            avoid=avoid,
            subject_first=mention.form is Form.BARE,
            country=self.country,
        )
        seen = ask(group=True) if self._is_rather_group(i) else None
        seen = seen or ask(group=self._is_group(i))
        again = self._also(i, avoid) if mention.form is Form.BARE and not among else None
        if again is not None:
            return again
        if seen is None:
            at_home = (one for one in mention.candidates if self.discourse.fights_in(one, self.country))
            home = self._home_state() if mention.form is Form.UNIT else self._at_home_army(i)
            army = home or (self._of_title(i, avoid) if mention.form in _OPEN else None)
            whose = mention.candidates[0] if mention.candidates else self._later(i, avoid) or self._unnamed(i) or army
            first = next(at_home, whose)
            return ActorHit(actor_id=first, text=entity.text, token=i, sentences_back=None if first is None else 9)
        return ActorHit(actor_id=seen.actor_id, text=entity.text, token=i, sentences_back=self.sentence - seen.sentence)

    def _is_numbered(self, i: int) -> bool:
        """Tell whether a noun is a unit told by its number, as whose "troops" are: "troops of the 57th Division"."""
        entity = self.tree[i].entity
        return entity is not None and entity.actor is not None and entity.actor.form is Form.UNIT

    def _unlisted(self, i: int) -> ActorHit | None:
        """Return a name that no file lists as a side of its own; a place is one only as a country or capital."""
        token = self.tree[i]
        for k in self.tree.kids(i, "appos"):  # "Further north, the Syrian Democratic Forces, …"
            if self.tree[k].kind == "actor":
                return self._entity(k)
        if token.entity is not None and is_office(token.entity.text):
            return self._office(i)
        if token.kind == "name" and token.dep == "nsubj" and self._speaks(token.head):
            return None  # "Petrenko announced the withdrawal"
        name = token.entity.text if token.kind == "name" and token.entity is not None else ""
        if name.lower() in self.discourse.leaders:
            return self.led_by(i)
        if i and self.tree[i - 1].lower == "operation":
            return None
        if is_person(name) or is_people(name) or name.split(" ")[0].lower() in NOBODY:
            return None
        if name.split(" ")[-1].lower() in _NO_SIDES:
            return None  # "the Army Commander"
        if token.kind == "name" and token.entity is not None and not is_title(token.entity.text):
            return ActorHit(
                actor_id="other:" + token.entity.text.lower(), text=token.entity.text, token=i, sentences_back=None
            )
        return None
