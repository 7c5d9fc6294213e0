"""From the noun of a role to sides: whom a noun phrase, a pronoun or a possessor means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from tracker.claims.actors.data import Form
from tracker.claims.actors.persons import is_office, is_people, is_person, is_title
from tracker.claims.coref import Discourse, SeenActor
from tracker.claims.parsing.syntax import Tree
from tracker.claims.roles.side_words import CIVIL, GROUPS, NOBODY, PEOPLE, THEY, ActorHit, SideWords, of_state
from tracker.claims.roles.voices import in_quotation, side_of_speaker, voice_over
from tracker.claims.words import words

__all__ = ["PEOPLE", "ActorHit", "ActorReader"]

_SPEAKING = frozenset({"we", "our", "us", "ours", "ourselves"})
_TIED = frozenset({"loyal", "allied", "aligned", "affiliated", "linked", "belonging"})
_UNITS = frozenset(
    {"army", "battalion", "battalions", "brigade", "brigades", "corps", "division", "regiment", "unit", "units"}
)
_BACKED = frozenset({"backed", "supported", "recognised", "recognized", "aligned"})
_SUBJECTS = frozenset({"they", "it", "battalion", "brigade", "regiment", "division", "squadron", "unit"})
_FIGHTING = words("sides", "fighting")
_OFFICES = words("matching", "officials") | {"chief", "head"}
_LONG_PHRASE = 14  # tokens
_LED = frozenset({"led", "launched", "mounted", "spearheaded", "waged", "conducted"})
_FRONTED = frozenset({"since", "although", "though", "while", "until", "before"})
_COMPOSING = frozenset({"make", "form", "compose", "constitute"})
_LOCALS = frozenset({"fighters", "gunmen", "militias", "militiamen", "tribesmen", "rebels", "insurgents"})
_OPEN = frozenset({Form.BARE, Form.UNIT})  # words that any side's may be
_SORTS = frozenset({"military", "armed"})


class ActorReader(SideWords):
    """Reads the sides that the noun phrases of one sentence name."""

    def __init__(self, tree: Tree, discourse: Discourse, sentence: int) -> None:
        super().__init__(tree, discourse, sentence)
        self._asked: set[int] = set()
        for token in tree.tokens:
            if token.entity is None:
                continue
            speaker = self._speaking(token.i)
            if speaker is not None and speaker.actor_id is not None:
                self.here.append(SeenActor(speaker.actor_id, speaker.text, sentence, token.i, subject=False))
            if token.kind in {"actor", "held"} and not self._is_ground(token.i) and not self._helps(token.i):
                hit = self._entity(token.i)
                if hit is None or hit.actor_id is None:
                    continue
                subject = token.kind == "actor" and self._is_subject(token.i)
                if hit.sentences_back is None or (subject and self._is_group(token.i)):
                    self.here.append(
                        SeenActor(
                            hit.actor_id, hit.text, sentence, token.i, subject, subject and self._is_main(token.i)
                        )
                    )
        for token in tree.tokens:
            if (
                token.dep == "nsubj"
                and token.lower in _SUBJECTS
                and tree.is_verb(token.head)
                and self._fights(token.head)
            ):
                self._meant(token.i, None)

    def _fights(self, verb: int) -> bool:
        """Tell whether a verb is one of a side's, so that what stands for its subject is a side."""
        tree = self.tree
        return bool(tree.frames.by_verb.get(tree.verb_base(verb))) or tree[verb].lower in _FIGHTING

    def actor(self, i: int, *, avoid: str | None = None) -> ActorHit | None:
        """Return the side that the noun phrase with head `i` means: of several the first that is known."""
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
        kids = self.tree.kids(i, "poss", "compound", "amod", "nmod")
        for k in [
            *(k for k in kids if self.tree[k].dep == "poss"),
            *(k for k in reversed(kids) if self.tree[k].dep != "poss"),
        ]:
            token = self.tree[k]
            if self._is_land_of(k, kids):
                continue
            if token.kind == "actor" and token.dep == "amod" and token.lower in _SORTS:
                continue  # "a military occupation" is one of a sort
            if token.kind == "actor":
                return self._entity(k)
            if token.dep == "poss":
                return self._at(k, None, 1)
            if token.kind is None:
                inner = self.owner(k)
                if inner is not None:
                    return inner
        before = self.tree[i - 1] if i else None
        if before is not None and before.kind == "actor":
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
        if depth > 3:
            return None
        hit = self._listed_beside(i) or self.owner(i)
        if hit is None and token.lower == "men":
            hit = self._ours(i)  # "his men"
            if hit is not None:
                return hit
        if hit is None:
            hit = self._behind(i, avoid, depth)
        civil = token.lower in CIVIL
        if token.lower in {"man", "men"} and hit is not None and hit.token == i - 1:
            own = self.tree[hit.token].dep == "poss" and self.tree[hit.token].lower not in _SPEAKING
            civil = not own and self.tree[hit.token].dep not in {"compound", "nmod"}  # "army men", "its men"
        if hit is not None:
            return ActorHit(
                actor_id=hit.actor_id, text=hit.text, token=hit.token, civil=civil, sentences_back=hit.sentences_back
            )
        if civil:
            return ActorHit(actor_id=None, text=token.text, token=i, civil=True)
        if token.lower in GROUPS:
            return self._meant(i, avoid)
        return ActorHit(actor_id=None, text=token.text, token=i)

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
            if self.tree[k].kind == "actor" or self.tree[k].lower in GROUPS | _UNITS:
                hit = self._at(k, avoid, depth + 1)
                if hit is not None and hit.actor_id:
                    return hit
        return None

    def _entity(self, i: int, avoid: str | None = None) -> ActorHit | None:
        entity = self.tree[i].entity
        if entity is None or entity.actor is None:
            return None
        mention = entity.actor
        ours = self._ours(i) if mention.form in {Form.UNKNOWN, Form.BARE, Form.NOUN} else None
        if ours is not None:
            return ours
        local = self._local(i) if mention.form is Form.BARE else None
        if local is not None:
            return local
        led = self._behind_attack(i) if mention.generic else None
        if led is not None:
            return led
        named = self._called(i) if mention.generic else None
        if named is not None:
            return named
        of_name = self._of_named(i) if mention.generic else None
        if of_name is not None:
            return of_name
        owned = mention.form in {Form.UNKNOWN, Form.UNIT, Form.BARE} or mention.generic
        owner = self._whose_unit(i) if owned else None
        if owner is not None:
            return owner
        if mention.actor_id is not None:
            actor_id = self._at_home(mention) or mention.actor_id
            return ActorHit(actor_id=actor_id, text=mention.text, token=i)
        if mention.form is Form.BARE and i not in self._asked:  # it may stand beside what stands behind it
            self._asked.add(i)
            behind = self._behind(i, avoid, 2)  # "the forces of the battalion of the Dolnan army"
            own = (self._capitals_own(k, avoid) for k in self.tree.kids(i, "poss"))
            behind = self._beside(i) or behind or self._backed_ahead(i) or next(filter(None, own), None)
            self._asked.remove(i)
            if behind is not None and behind.sentences_back is None:
                return behind
        if mention.form is Form.UNIT and i not in self._asked:  # "the 15th Division of the Dolnan army"
            self._asked.add(i)
            behind = self._behind(i, avoid, 2)
            self._asked.remove(i)
            if behind is not None and behind.sentences_back is None:
                return behind
        among: Sequence[str] = mention.candidates or self._of_that_kind(i)
        if not among and of_state(mention.text):
            among = sorted(self.discourse.states) or [""]  # no rebels are "government troops"
        if mention.form is Form.UNIT:
            among = self._known_states() or among  # a numbered unit is a state's before it is anybody else's
        if mention.form is Form.BARE and not among and self._of_army(i):
            among = self._known_states()  # "troops" are an army's before they are anybody else's
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
            army = self._at_home_army(i) or (self._of_title(avoid) if mention.form in _OPEN else None)
            whose = mention.candidates[0] if mention.candidates else self._unnamed(i) or army
            first = next(at_home, whose)
            return ActorHit(actor_id=first, text=entity.text, token=i, sentences_back=None if first is None else 9)
        return ActorHit(actor_id=seen.actor_id, text=entity.text, token=i, sentences_back=self.sentence - seen.sentence)

    def _of_title(self, avoid: str | None) -> str | None:
        """Return the side that the title names where it fights in the country of the place: whose "marines" are."""
        side = self.discourse.title_side
        return side if side != avoid and side is not None and self.discourse.fights_in(side, self.country) else None

    def _ours(self, i: int) -> ActorHit | None:
        """Return whose "our" or "his forces" are: the side of who says it, else the one state named so far."""
        if not any(self.tree[k].lower in {"our", "his", "her"} for k in self.tree.kids(i, "poss")):
            return None
        voice = voice_over(self.tree, self, i)
        states = self._known_states()
        armed = self.tree[i].lower.split(" ")[-1] in {"forces", "army", "troops", "units", "men", "soldiers"}
        if voice is None and states and armed:
            seen = self.discourse.actor_for(self.here, sentence=self.sentence, position=i, among=states)
            whose = seen.actor_id if seen is not None else states[0]
            return ActorHit(actor_id=whose, text=self.tree[i].text, token=i, sentences_back=1)
        return replace(voice, text=self.tree[i].text, token=i, sentences_back=1) if voice is not None else None

    def _local(self, i: int) -> ActorHit | None:
        """Return people of a place under arms as a side of their own: "local fighters drove them from X"."""
        text = self.tree[i].lower.removeprefix("the ")
        local = text.startswith("local ") or any(self.tree[k].lower == "local" for k in self.tree.kids(i, "amod"))
        word = text.split(" ")[-1]
        if not local or word not in _LOCALS:
            return None
        return ActorHit(actor_id=f"other:local {word}", text=self.tree[i].text, token=i)

    def _of_named(self, i: int) -> ActorHit | None:
        """Return the side whose name stands behind a common noun: "rebels of the Morla Front"."""
        for k in self.tree.prepositional(i, ("of", "from")):
            entity = self.tree[k].entity
            mention = entity.actor if entity is not None else None
            if mention is not None and mention.form in {Form.NAME, Form.ATTRIBUTIVE, Form.UNKNOWN}:
                return ActorHit(actor_id=mention.actor_id, text=self.tree[i].text, token=i)
        return None

    def _beside(self, i: int) -> ActorHit | None:
        """Return the side whose name stands before a word for fighters: "the Dolnan Front (DF) forces"."""
        for k in self.tree.kids(i, "compound", "nmod"):
            entity = self.tree[k].entity
            if k < i and entity is not None and entity.actor is not None and entity.actor.form is Form.NAME:
                hit = self._entity(k)
                return replace(hit, token=i) if hit is not None else None
        return None

    def _whose_unit(self, i: int) -> ActorHit | None:
        """Return whose a unit is that no file lists: "the rebels' 3rd Division", "the council's Desert Force"."""
        for k in self.tree.kids(i, "poss"):
            entity = self.tree[k].entity
            if entity is not None and entity.actor is not None and entity.actor.form in {Form.NAME, Form.NOUN}:
                hit = self._entity(k)
                return replace(hit, token=i) if hit is not None and hit.actor_id is not None else None
        return None

    def _behind_attack(self, i: int) -> ActorHit | None:
        """Return whose attack a "military offensive by troops from Morland" is."""
        if self.tree.frames.singular(self.tree[i].lower.split(" ")[-1]) not in self.tree.frames.scope.effort:
            return None
        inside = self.tree.prepositional(i, ("by",))
        return self._at(inside[0], None, 2) if inside else None

    def _backed_ahead(self, i: int) -> ActorHit | None:
        """Return the side that others back in the same phrase: "forces of the United Nations (U.N.)-backed X"."""
        following = self.tree.tokens[i + 1 : i + _LONG_PHRASE]
        if not following or following[0].lower != "of":
            return None
        backed = False
        for token in following[1:]:
            backed |= token.lower in _BACKED
            if token.text in {",", ";"} or (token.tag in {"VBD", "VBZ", "VBP", "MD"} and not backed):
                return None
            if backed and token.kind == "actor":
                return self._entity(token.i)
        return None

    def _meant(self, i: int, avoid: str | None) -> ActorHit | None:
        token = self.tree[i]
        if token.lower in _SPEAKING:
            voice = voice_over(self.tree, self, i)
            if voice is not None:
                return replace(voice, text=token.text, token=i, sentences_back=1)
            writer = self.discourse.voices.writer
            if writer is not None and writer != avoid and not in_quotation(self.tree, i):
                return ActorHit(actor_id=writer, text=token.text, token=i, sentences_back=1)
        named = (
            self._ahead(i)
            or self._of_main(i)
            or self._in_brackets(i)
            or self._who_says_it(i, avoid)
            or self._capitals_own(i, avoid)
        )
        if named is not None:
            return named
        plural = token.lower in {"they", "them", "their", "themselves"} or None
        if plural and avoid is None and in_quotation(self.tree, i):
            voice = voice_over(self.tree, self, i)  # who is quoted calls his own "we"
            avoid = voice.actor_id if voice is not None else None
        again = self._also(i, avoid)
        if again is not None:
            return again
        seen = self.discourse.actor_for(
            self.here,
            sentence=self.sentence,
            position=i,
            avoid=avoid,
            plural=plural,
            country=self.country,
            group=self._is_group(i),
        )
        if seen is None:
            return None
        self._goes_on(i, seen.actor_id)
        return ActorHit(actor_id=seen.actor_id, text=token.text, token=i, sentences_back=self.sentence - seen.sentence)

    def _who_says_it(self, i: int, avoid: str | None) -> ActorHit | None:
        """Return the side that says of itself what "it" or "its men" did: "the rebels said they had taken X"."""
        verb, word = self.tree[i].head, self.tree[i].lower
        if word in {"its", "their"} and self.tree[i].dep == "poss":
            subject, verb, word = self.tree[verb].dep, self.tree[verb].head, "it"
        else:
            subject = self.tree[i].dep
        if subject not in {"nsubj", "nsubjpass"} or word not in {"it", "they"}:
            return None
        above = self.tree[verb].head
        if self.tree[verb].dep != "ccomp" or not self._speaks(above):
            return None
        heads = self.tree.surface_subjects(above)
        if not heads or self.tree[heads[0]].kind == "place":
            return None
        kind = self.tree[heads[0]].kind
        one = kind is None and self.tree[i].lower in {"it", "its"}  # "Morland's defence ministry"; "they" are others
        common = side_of_speaker(self.tree, self, heads[0]) if one else None
        hit = self._entity(heads[0]) if kind == "actor" else common or self._office(heads[0])
        known = hit is not None and hit.actor_id not in {None, avoid}
        return replace(hit, text=self.tree[i].text, token=i, sentences_back=0) if known and hit is not None else None

    def _capitals_own(self, i: int, avoid: str | None) -> ActorHit | None:
        """Return the government that its capital stands for, of what is its own: "Moscow pulled its soldiers out"."""
        verb = next((k for k in self.tree.climb(i) if self.tree.is_verb(k)), None)
        heads = self.tree.surface_subjects(verb) if verb is not None and self.tree[i].lower == "its" else ()
        if not heads or self.tree[heads[0]].kind != "place":
            return None
        hit = self._at(heads[0], avoid, 0)
        known = hit is not None and hit.actor_id not in {None, avoid}
        return hit if known else None

    def _in_brackets(self, i: int) -> ActorHit | None:
        """Return the side that an editor has put behind a pronoun: "they (the rebels) have taken X"."""
        behind = [k for k in range(i + 1, min(i + 4, len(self.tree))) if self.tree[k].kind == "actor"]
        if not behind or self.tree[i + 1].text not in {"(", "["}:
            return None
        return self._entity(behind[0])

    def _ahead(self, i: int) -> ActorHit | None:
        """Return the subject that a fronted "its" or "their" looks ahead to: "After its defeat the army left"."""
        if self.tree[i].dep != "poss":
            return None
        verbs = (k for k in self.tree.climb(i) if self.tree.is_verb(k) and self.tree[k].dep != "prep")
        verb = next(verbs, None)  # "following" is none
        if verb is None or verb < i:
            return None
        subjects = [k for k in self.tree.kids(verb, "nsubj", "nsubjpass") if k > i]
        own = any(self.tree[k].dep in {"nsubj", "nsubjpass", "dobj"} for k in self.tree.climb(i) if k < verb)
        if own or not subjects or self.tree[subjects[0]].kind != "actor":
            return None
        hit = self._entity(subjects[0])
        return replace(hit, token=i) if hit is not None and hit.actor_id is not None else None

    def _of_main(self, i: int) -> ActorHit | None:
        """Return the side that a pronoun of a clause before it looks ahead to: "Since it lost X, the army has"."""
        clause = self.tree[i].head
        verb = self.tree[clause].head
        marks = {self.tree[k].lower for k in self.tree.kids(clause, "mark")}
        if self.tree[i].dep != "nsubj" or self.tree[clause].dep != "advcl" or verb < clause or not marks & _FRONTED:
            return None
        subjects = [k for k in self.tree.kids(verb, "nsubj") if k > clause and self.tree[k].kind == "actor"]
        if not subjects or self.tree[i].lower not in {"it", "they"}:
            return None
        plural = self.tree[subjects[0]].tag in {"NNS", "NNPS"}
        hit = self._entity(subjects[0]) if plural == (self.tree[i].lower == "they") else None
        return replace(hit, text=self.tree[i].text, token=i) if hit is not None and hit.actor_id is not None else None

    def _office(self, i: int) -> ActorHit | None:
        """Return the state that an office speaks for: "the Morlan Defence Ministry", "the Ministry of Morland"."""
        entity = self.tree[i].entity
        return side_of_speaker(self.tree, self, i) if entity is not None and is_office(entity.text) else None

    def led_by(self, i: int) -> ActorHit | None:
        """Return the side that a person is known to lead or to speak for, where it fights in the land told of."""
        token = self.tree[i]
        name = token.entity.text if token.entity is not None else token.text if token.tag == "NNP" else ""
        side = self.discourse.leaders.get(name.lower())
        if side is None or not self.discourse.fights_in(side, self.country):
            return None
        return ActorHit(actor_id=side, text=name, token=i, sentences_back=None)

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
        if name.split(" ")[-1].lower() in _OFFICES:
            return None  # "the Army Commander"
        if token.kind == "name" and token.entity is not None and not is_title(token.entity.text):
            return ActorHit(
                actor_id="other:" + token.entity.text.lower(), text=token.entity.text, token=i, sentences_back=None
            )
        return None
