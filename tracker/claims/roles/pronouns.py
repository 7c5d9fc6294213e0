"""Whom "they", "it", "its" and "we" mean: who says so, who stands ahead, else who was named last."""

from __future__ import annotations

from dataclasses import replace

from tracker.claims.actors.persons import is_office
from tracker.claims.roles.side_words import ActorHit, SideWords
from tracker.claims.roles.voices import in_quotation, side_of_speaker, voice_over
from tracker.claims.words import words
from tracker.model import Kind

__all__ = ["SPEAKING", "Pronouns"]

SPEAKING = frozenset({"we", "our", "us", "ours", "ourselves"})
_SUPPORTING = words("syntax", "supporting")
_TAKING = frozenset({Kind.GAINS, Kind.LOSES, Kind.BESIEGES, Kind.BREAKS_SIEGE, Kind.CONTESTS})
_MAKING = frozenset({"make", "give", "leave", "allow", "enable", "turn", "bring", "put"})  # "its capture gave them"
_FRONTED = frozenset({"since", "although", "though", "while", "until", "before"})


class Pronouns(SideWords):
    """Reads the pronouns of one sentence that stand for sides."""

    def _meant(self, i: int, avoid: str | None) -> ActorHit | None:
        token = self.tree[i]
        if token.lower in SPEAKING:
            voice = voice_over(self.tree, self, i)
            if voice is not None:
                return replace(voice, text=token.text, token=i, sentences_back=1)
            writer = self.discourse.voices.writer
            if writer is not None and writer != avoid and not in_quotation(self.tree, i):
                return ActorHit(actor_id=writer, text=token.text, token=i, sentences_back=1)
        named = (
            self._supported(i)
            or self._ahead(i)
            or self._of_main(i)
            or self._of_doer(i)
            or self._in_brackets(i)
            or self._who_says_it(i, avoid)
            or self._doers_own(i, avoid)
            or self._capitals_own(i, avoid)
        )
        if named is not None:
            if named.actor_id is not None and token.lower == "they" and self._speaks(self.tree[token.head].head):
                self._goes_on(i, named.actor_id)  # "the rebels said they held X"
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

    def _supported(self, i: int) -> ActorHit | None:
        """Return whom another side supports, where it is told what they do then: "helped the army as they took X"."""
        verb = self.tree[i].head
        above = self.tree[verb].head
        as_ = any(self.tree[k].lower in {"as", "while"} for k in self.tree.kids(verb, "mark"))
        if self.tree[i].lower != "they" or self.tree[verb].dep != "advcl" or not as_:
            return None
        if self.tree[above].lower not in _SUPPORTING or self.tree.is_passive(above):
            return None
        helped = [k for k in self.tree.objects(above) if k < verb and self.is_side(k)]
        return next((hit for hit in map(self.actor, helped) if hit is not None), None)

    def _who_says_it(self, i: int, avoid: str | None) -> ActorHit | None:
        """Return the side that says of itself what "it" or "its men" did: "the rebels said they had taken X"."""
        verb, word = self.tree[i].head, self.tree[i].lower
        if word in {"its", "their"} and self.tree[i].dep == "poss":
            subject, verb, word = self.tree[verb].dep, self.tree[verb].head, "it"
        elif word == "theirs" and self.tree[i].dep in {"attr", "acomp"}:
            subject, word = "nsubj", "they"  # "X was theirs, the rebels said"
        else:
            subject = self.tree[i].dep
        if subject not in {"nsubj", "nsubjpass"} or word not in {"it", "they"}:
            return None
        above = self.tree[verb].head
        if self.tree[verb].dep != "ccomp" or not self._speaks(above):
            return None
        heads = self.tree.surface_subjects(above)
        if not heads:
            return None
        kind = self.tree[heads[0]].kind
        if kind == "place":
            capital = self._speaking(heads[0])
            hit = self._entity(heads[0]) if capital is not None else None
            known = hit is not None and hit.actor_id not in {None, avoid}
            return replace(hit, text=self.tree[i].text, token=i, sentences_back=0) if known and hit else None
        one = kind is None and self.tree[i].lower in {"it", "its"}  # "Morland's defence ministry"; "they" are others
        common = side_of_speaker(self.tree, self, heads[0]) if one else None
        hit = self._entity(heads[0]) if kind == "actor" else common or self._office(heads[0])
        known = hit is not None and hit.actor_id not in {None, avoid}
        return replace(hit, text=self.tree[i].text, token=i, sentences_back=0) if known and hit is not None else None

    def _doers_own(self, i: int, avoid: str | None) -> ActorHit | None:
        """Return who does something with what is his own: "the army and its allies planted their flag"."""
        verb = self.tree[self.tree[i].head].head
        own = self.tree[i].dep == "poss" and self.tree[self.tree[i].head].dep == "dobj" and verb < i
        if not own or not self.tree.is_verb(verb) or self.tree.is_passive(verb):
            return None
        frames = self.tree.frames.by_verb.get(self.tree.verb_base(verb), ())
        if any(frame.kind in _TAKING and frame.shape == "verb" for frame in frames):
            return None  # "the rebels captured their base" tells not whose
        heads = [k for k in self.tree.surface_subjects(verb) if self.tree[k].kind == "actor"]
        hit = self._entity(heads[0]) if heads else None
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
        if self.tree[i].lower in {"its", "their"} and self.tree[self.tree[i].head].dep == "nsubj":
            made = (verb, *self.tree.kids(verb, "ccomp", "xcomp")) if self.tree.verb_base(verb) in _MAKING else ()
            given = [k for m in made for k in self.tree.kids(m, "dobj", "dative", "nsubj") if k > verb]
            return next((self._entity(k) for k in given if self.tree[k].kind == "actor"), None)
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

    def _of_doer(self, i: int) -> ActorHit | None:
        """Return who does what a participle adds: "they took the Dolna army's base, completing their takeover"."""
        deed = self.tree[self.tree[i].head]
        verb = self.tree[deed.head]
        if self.tree[i].dep != "poss" or deed.dep != "dobj" or verb.dep != "advcl" or verb.tag != "VBG":
            return None
        doers = [k for k in self.tree.subjects(verb.head) if k < i and self.is_side(k)] if verb.head < i else []
        hit = self.actor(doers[0]) if doers and not self.tree.is_passive(verb.head) else None
        return replace(hit, text=self.tree[i].text, token=i) if hit is not None and hit.actor_id is not None else None

    def _office(self, i: int) -> ActorHit | None:
        """Return the state that an office speaks for: "the Morlan Defence Ministry", "the Ministry of Morland"."""
        entity = self.tree[i].entity
        return side_of_speaker(self.tree, self, i) if entity is not None and is_office(entity.text) else None
