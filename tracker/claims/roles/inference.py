"""
Sides that a sentence leaves unsaid but its surroundings tell.

"After the city's capture the rebels went on": whoever is on the move took it. Careful
readers name the side in such places; the claim's confidence is lowered for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.claims.parsing.syntax import Tree
from tracker.claims.roles.acting import is_left_with
from tracker.claims.roles.filling import Finding
from tracker.claims.roles.opponents import by_the_word, not_the_holder
from tracker.claims.roles.opponents import rival as opponent
from tracker.claims.roles.sides import ActorHit, ActorReader
from tracker.claims.roles.voices import side_of_speaker
from tracker.claims.standing.scope import standing_of
from tracker.claims.timing import Timing
from tracker.claims.words import words
from tracker.model import Kind, Modality

__all__ = ["Movers"]

_MOVES = frozenset({Kind.GAINS, Kind.ENTERS, Kind.BESIEGES, Kind.APPROACHES})
_LOSSES = frozenset({"lose", "lose-control"})
_BOASTING = words("matching", "announcing")
_CONCEDING = frozenset({"admit", "acknowledge", "concede"})
_TELLING = words("matching", "admitting") | words("matching", "announcing")
_ADMITTING = words("matching", "admitting")
_DEFENDERS = frozenset({"garrison", "defenders", "defender"})
_ATTACKERS = frozenset({"attackers", "attacker", "besiegers", "assailants"})
_HOLDING_OUT = frozenset({"hold-on", "place-holds-out"})
_HELPING = ("support", "back", "aid", "assist", "help", "enabl", "facilitat")  # others took it
_ATTACKS = frozenset({Kind.GAINS, Kind.ENTERS, Kind.CONTESTS})
_WINNING_BACK = words("opponents", "winning_back")
_GOING_ON = frozenset({"follow", "come-next"})
_AT_ONCE = 2  # sentences within which a gain told before tells the winner of what was lost
_BACK = 3  # sentences over which a side stays on the move


@dataclass(slots=True)
class _Siege:
    actor: ActorHit
    timing: Timing


@dataclass(slots=True)
class _Move:
    actor: ActorHit
    sentence: int
    country: str | None


class Movers:
    """Who is on the move and who besieges what, through one report."""

    def __init__(self) -> None:
        self._dated = False
        self._long_ago = False
        self._won_back: dict[int, str] = {}  # who acts, by the trigger in this sentence
        self._sieges: dict[str, _Siege] = {}
        self._moves: list[_Move] = []  # the last of each side, oldest first
        self._setting_out: ActorHit | None = None
        self._last_gain = -_BACK  # the last sentence that told of one, whoever's it was
        self._left: tuple[ActorHit, int] | None = None  # who left a place last
        self._holders: dict[str, list[ActorHit]] = {}  # of each place, in the order told
        self._since: set[str] = set()  # places of which the text tells since which day the last holder has them
        self._takers: dict[str, ActorHit] = {}  # who took each place last
        self._attackers: dict[str, ActorHit] = {}  # who set out to take each place
        self._entrants: dict[str, ActorHit] = {}  # who entered each place last
        self._against: list[ActorHit] = []  # who held, lost or fought for a place, in the order told

    def sets_out(self, actor_id: str, text: str) -> None:
        """Remember the first side that the text tells to have set out, against a place or elsewhere."""
        if self._setting_out is None:
            self._setting_out = ActorHit(actor_id=actor_id, text=text, token=0)

    def begin(self, *, dated: bool, long_ago: bool) -> None:
        """Go on to a sentence that names a date, or none, or one that lies well before the report."""
        self._dated, self._long_ago = dated, long_ago
        self._won_back.clear()

    def named(
        self, finding: Finding, others: Sequence[Finding], tree: Tree, sides: ActorReader, sentence: int
    ) -> Finding:
        """Return a finding with the side that it leaves unsaid, where its surroundings tell it."""
        finding = self._with_garrison(finding, sides, sentence)
        finding = self._winning_back(finding, tree, sides)
        if finding.frame.frame_id in _LOSSES and finding.actor is None and finding.counter is None:
            taker = self._takers.get(finding.place.ref.key)
            last = self._holders.get(finding.place.ref.key, [])[-1:]
            if taker is not None and last == [taker] and _admitted(tree, finding.governor):
                return replace(finding, actor=replace(taker, sentences_back=1))  # "they confirmed that X was lost"
            finding = replace(finding, counter=self._loser(finding, tree, sides))
        fell = finding.frame.frame_id == "fall" and finding.actor is None and finding.counter is None
        if fell and finding.place.ref.key in self._takers and _admitted(tree, finding.governor):
            return replace(finding, actor=replace(self._takers[finding.place.ref.key], sentences_back=1))
        if fell:
            admitting = _teller(finding, tree, sides, _CONCEDING)
            other = opponent(finding, admitting, sides) if admitting is not None else None
            if other is not None:
                finding = replace(finding, actor=other, counter=admitting)
        if finding.kind is Kind.WITHDRAWS and finding.actor is None:
            held = finding.place.ref.key in self._holders or tree.verb_base(finding.trigger) != "evacuate"
            return replace(finding, actor=self._leaver(finding, sides, sentence)) if held else finding
        if finding.frame.frame_id == "place-holds-out":
            return self._staying(finding, sides)
        if (
            finding.actor is not None
            or finding.open_side is not None
            or finding.frame.kind not in {Kind.GAINS, Kind.BESIEGES, Kind.CONTESTS, Kind.ENTERS}
        ):
            return finding
        if finding.kind is Kind.ENTERS:  # "was stormed on Monday": by who was on the move before
            stormer, back = self._on_the_move(finding, sides, sentence)
            return finding if stormer is None else replace(finding, actor=replace(stormer, sentences_back=back))
        if finding.kind is Kind.GAINS and finding.counter is not None and finding.frame.shape != "noun":
            holder = _holder_since(finding, others, tree)
            if holder is not None:
                return replace(finding, actor=holder)
            return self._with_victor(finding, tree, sides, sentence)
        if finding.frame.frame_id in _GOING_ON:
            recent = self._moves[-1] if self._moves and sentence - self._moves[-1].sentence <= 1 else None
            return finding if recent is None else replace(finding, actor=replace(recent.actor, sentences_back=1))
        if finding.frame.shape == "noun" and _is_helped(tree, finding.trigger):
            return finding
        told = self._boaster(finding, tree, sides) or by_the_word(finding, tree, sides)
        if told is not None:
            return replace(finding, actor=told)
        hit, back = self._mover(finding, others, tree, sides, sentence)
        holders = {held.actor_id for held in self._holders.get(finding.place.ref.key, [])}
        known = finding.frame.shape == "noun" and hit == self._takers.get(finding.place.ref.key)
        freed = sides.discourse.about_title and _reverses(tree, finding.trigger)  # not by who took it first
        known = known and (len(holders) > 1 or not freed)
        if tree[finding.trigger].dep == "amod" and hit is not None and hit.actor_id in holders:
            known = True  # "the liberated villages are X and Y", of which he was just told to have taken two
        back_again = _reverses(tree, finding.trigger) and not known and not self._told_again(finding)
        again = finding.kind is not Kind.GAINS or back_again or self._later(finding, back, tree)
        if hit is not None and again:
            mover, hit = hit, self._not_its_own(hit, finding, others, tree, sides)
            if hit is None and finding.counter is None and finding.kind is Kind.GAINS:
                return replace(finding, counter=replace(mover, sentences_back=max(back, mover.sentences_back or 0)))
        if hit is None and finding.kind is Kind.GAINS and finding.counter is None:
            return replace(finding, counter=self._held_before(finding, others, tree, sides))
        if hit is None or (finding.counter is not None and finding.counter.actor_id == hit.actor_id):
            return finding
        return replace(finding, actor=replace(hit, sentences_back=max(back, hit.sentences_back or 0)))

    def _winning_back(self, finding: Finding, tree: Tree, sides: ActorReader) -> Finding:
        """Return a finding in which nobody wins back what he was told to hold; two frames of a verb tell one deed."""
        if finding.kind is not Kind.GAINS:
            return finding
        known = self._won_back.get(finding.trigger)
        if known is not None and finding.actor is not None:
            return replace(finding, actor=replace(finding.actor, actor_id=known))
        holder = next(reversed(self._holders.get(finding.place.ref.key, [])), None)
        mended = not_the_holder(finding, holder, tree, sides)
        if mended.actor is not None and mended.actor.actor_id is not None:
            self._won_back[finding.trigger] = mended.actor.actor_id
        return mended

    def _leaver(self, finding: Finding, sides: ActorReader, sentence: int) -> ActorHit | None:
        """Return who gave up a place: who was told to hold it, who left others before, who does not advance."""
        holder = next(reversed(self._holders.get(finding.place.ref.key, [])), None)
        if holder is not None:
            return replace(holder, sentences_back=1)
        mover = self._moves[-1] if self._moves else None
        moves = [(mover.actor, mover.sentence)] if mover is not None else []
        if self._left is not None:
            moves.append(self._left)
        hit, when = max(moves, key=lambda move: move[1], default=(None, 0))
        if hit is None or sentence - when > _BACK:
            return None
        leaver = hit if self._left is not None and hit is self._left[0] else opponent(finding, hit, sides)
        return replace(leaver, sentences_back=sentence - when + 1) if leaver is not None else None

    def _loser(self, finding: Finding, tree: Tree, sides: ActorReader) -> ActorHit | None:
        """Return who lost a place of which only that is told: who admits it, else who was last told to hold it."""
        admitting = _teller(finding, tree, sides, _TELLING)
        if admitting is not None:
            return admitting
        holders = self._holders.get(finding.place.ref.key, [])
        return replace(holders[-1], sentences_back=1) if holders else None

    def _boaster(self, finding: Finding, tree: Tree, sides: ActorReader) -> ActorHit | None:
        """Return the side that declares a place captured, by nobody named, which it was not told to hold."""
        lost = finding.frame.frame_id in _LOSSES
        if lost or finding.kind not in {Kind.GAINS, Kind.BESIEGES} or not tree.is_verb(finding.trigger):
            return None
        if not tree.is_passive(finding.trigger):
            return None
        above = tree[finding.trigger].head
        if tree[finding.trigger].dep != "ccomp" or not tree.is_verb(above) or tree.verb_base(above) not in _BOASTING:
            return None
        heads = tree.surface_subjects(above)
        hit = side_of_speaker(tree, sides, heads[0]) if heads else None
        holders = self._holders.get(finding.place.ref.key, [])
        return None if hit is None or (holders and holders[-1].actor_id == hit.actor_id) else hit

    def _held_before(
        self, finding: Finding, others: Sequence[Finding], tree: Tree, sides: ActorReader
    ) -> ActorHit | None:
        """Return who, in an entry, was last told to hold what is retaken by nobody named: it is he who lost it."""
        if not sides.discourse.about_title or not _reverses(tree, finding.trigger):
            return None
        key = finding.place.ref.key
        here = [
            other.actor
            for other in others
            if other.place.ref.key == key and other.kind is Kind.HOLDS and other.trigger < finding.trigger
        ]
        told = [*self._holders.get(key, []), *(hit for hit in here if hit is not None)]
        return replace(told[-1], sentences_back=1) if told and finding.place.part is None else None

    def _with_victor(self, finding: Finding, tree: Tree, sides: ActorReader, sentence: int) -> Finding:
        """Return a loss as a gain by who was just told to take ground: "the towns were freed from the rebels"."""
        if not tree.is_verb(finding.trigger) or not tree.is_passive(finding.trigger):
            return finding
        last = self._moves[-1] if self._moves else None
        mover, moved = (last.actor, last.sentence) if last is not None else (None, 0)
        speaker = _own_boast(finding.trigger, tree, sides)
        if speaker is not None:
            mover, moved = speaker, sentence
        elif self._long_ago and sentence != moved:
            return finding  # by somebody else than who takes ground now: "they were ousted from X in 2011"
        if mover is None:
            return finding
        where = finding.place.ref.resolution
        here = sides.discourse.fights_in(mover.actor_id or "", where.country if where is not None else None)
        other = finding.counter is not None and mover.actor_id != finding.counter.actor_id
        if not here or not other or sentence - moved > _AT_ONCE:
            return finding
        return replace(finding, actor=replace(mover, sentences_back=sentence - moved))

    def _later(self, finding: Finding, back: int, tree: Tree) -> bool:
        """Tell whether a place is taken on another day than by who is told to hold it since a day."""
        if _retold(tree, finding.trigger):
            return False
        falls = finding.frame.frame_id == "fall" or tree[finding.trigger].lower in {"fall", "loss"}
        if not falls and (finding.frame.shape == "noun" or back <= 1):
            return False
        return finding.place.ref.key in self._since and self._dated

    def _told_again(self, finding: Finding) -> bool:
        """Tell whether a noun without a date speaks of what was told: "the army retook X. Its recapture cost …"."""
        holders = {hit.actor_id for hit in self._holders.get(finding.place.ref.key, [])}
        return finding.frame.shape == "noun" and len(holders) > 1

    def _with_garrison(self, finding: Finding, sides: ActorReader, sentence: int) -> Finding:
        """Return a finding in which the garrison and the defenders are who was last told to hold the place."""
        holders = self._holders.get(finding.place.ref.key, [])

        # who leaves right after a part was taken is not who took it
        leaving = finding.kind is Kind.WITHDRAWS and bool(self._moves) and sentence - self._moves[-1].sentence <= 1

        def mended(hit: ActorHit | None) -> ActorHit | None:
            word = hit.text.lower().split()[-1] if hit is not None else ""
            named = hit is not None and len(hit.text.split()) > 1 and hit.sentences_back is None  # "rebel garrison"
            meant = (word in _DEFENDERS and not named) or (
                finding.frame.frame_id == "beat-back" and word in {"they", "them"}
            )
            if hit is not None and finding.frame.frame_id in _HOLDING_OUT and hit.sentences_back and self._moves:
                return self._other_than(hit, self._moves[-1].actor, sides)  # not who just took ground
            if hit is not None and word in _ATTACKERS:
                attacking = bool(holders) and finding.kind in _ATTACKS
                return self._other_than(hit, holders[-1], sides) if attacking else hit
            if hit is None or not meant:
                return hit
            if holders and leaving and self._moves and self._moves[-1].actor.actor_id == holders[-1].actor_id:
                return self._other_than(replace(hit, actor_id=holders[-1].actor_id), holders[-1], sides)
            if holders:
                return replace(hit, actor_id=holders[-1].actor_id)
            if finding.kind is Kind.BESIEGES:
                return None  # the side of a garrison is not whoever was named last
            if self._moves:
                return self._other_than(hit, self._moves[-1].actor, sides)
            return None if finding.frame.frame_id == "left-with" else hit

        actor, counter = mended(finding.actor), mended(finding.counter)
        if actor is finding.actor and counter is finding.counter:
            return finding
        return replace(finding, actor=actor, counter=counter)

    def _other_than(self, hit: ActorHit, rival: ActorHit, sides: ActorReader) -> ActorHit:
        """Return a side that can't be its rival: who was last told to stand against it, else the one other side."""
        if hit.actor_id != rival.actor_id:
            return hit
        against = next((one for one in reversed(self._against) if one.actor_id != rival.actor_id), None)
        other = against or self._only_other(rival, sides)
        return replace(hit, actor_id=other.actor_id if other is not None else None)

    def _staying(self, finding: Finding, sides: ActorReader) -> Finding:
        """Return who holds out in a place that does: its last holder, else the one side that is not on the move."""
        holders = self._holders.get(finding.place.ref.key, [])
        mover = self._moves[-1].actor if self._moves else None
        holder = holders[-1] if holders else self._only_other(mover, sides) if mover is not None else None
        return finding if holder is None else replace(finding, actor=replace(holder, sentences_back=1))

    def bears_out(self, finding: Finding, sentence: int) -> bool:
        """
        Tell whether what was told before bears out a frame that says too little by itself.

        What follows a capture was captured, too; what is stormed is so by a side that took ground before; who is thrown
        back from a place held it.
        """
        if finding.frame.frame_id in _GOING_ON:
            return sentence - self._last_gain <= 1
        if finding.frame.frame_id == "enter":
            return finding.actor is not None
        return finding.frame.frame_id != "beat-back" or self._holds(finding)

    def _holds(self, finding: Finding) -> bool:
        """Tell whether the other side of a finding is who was last told to hold its place."""
        holders = self._holders.get(finding.place.ref.key, [])
        return bool(holders) and finding.counter is not None and holders[-1].actor_id == finding.counter.actor_id

    def _not_its_own(
        self, hit: ActorHit, finding: Finding, others: Sequence[Finding], tree: Tree, sides: ActorReader
    ) -> ActorHit | None:
        """
        Return who takes or besieges a place: not who is told to hold it, but who held it before ("was recaptured").

        Where nobody is told to have held it before, it is the one other side that the text has named.
        """
        key = finding.place.ref.key
        told = [
            other.actor
            for other in (others if finding.frame.shape == "verb" else ())
            if other.actor is not None
            and other.place.ref.key == key
            and other.kind in {Kind.GAINS, Kind.HOLDS}
            and other.place.part is None
            and standing_of(tree, other.governor, other.trigger, state=False).modality is not Modality.UNREAL
        ]
        holders = [*self._holders.get(key, []), *told]
        if not holders or holders[-1].actor_id != hit.actor_id:
            return hit
        before = next((held for held in reversed(holders) if held.actor_id != hit.actor_id), None)
        return before or self._only_other(hit, sides)

    @staticmethod
    def _only_other(hit: ActorHit, sides: ActorReader) -> ActorHit | None:
        seen = [actor for actor in (*sides.discourse.seen_actors, *sides.here) if actor.actor_id != hit.actor_id]
        if len({actor.actor_id for actor in seen}) != 1:
            return None
        return replace(hit, actor_id=seen[-1].actor_id, text=seen[-1].text)

    def _mover(
        self, finding: Finding, others: Sequence[Finding], tree: Tree, sides: ActorReader, sentence: int
    ) -> tuple[ActorHit | None, int]:
        if finding.kind is Kind.BESIEGES:
            known = self._sieges.get(finding.place.ref.key)
            if known is not None:
                return known.actor, 2
        if finding.kind is Kind.GAINS and (finding.frame.shape == "noun" or _retold(tree, finding.trigger)):
            taker = self._takers.get(finding.place.ref.key)
            rival = self._rival(finding, tree)
            if taker is not None and rival is not None and rival.actor_id != taker.actor_id:
                return rival, 2
            if taker is not None:
                return taker, 2  # "the capture of X" that was told before
        for other in others:
            apart = not _in_one_country(finding, other)
            if _won_back(finding, other, tree) and other.actor is not None:
                return opponent(finding, other.actor, sides), 1  # "was overrun, but recovered by the army"
            if other.actor is not None and other.kind in _MOVES and other.kind is not Kind.APPROACHES and not apart:
                return other.actor, 1
        attacker = self._attackers.get(finding.place.ref.key) if finding.kind is Kind.GAINS else None
        if attacker is not None:
            return attacker, 2
        leading = self._leading(tree, sides)
        if leading is not None and finding.kind is not Kind.CONTESTS:
            return leading, 1
        if finding.kind is Kind.BESIEGES and "" in self._sieges:
            return self._sieges[""].actor, 2
        hit, back = self._on_the_move(finding, sides, sentence)
        if hit is not None and finding.kind is not Kind.CONTESTS:
            return hit, back
        siege = self._sieges.get(finding.place.ref.key)
        if siege is not None and finding.kind is Kind.GAINS:
            return siege.actor, 2  # "was besieged for 87 days. On 18 November the town fell."
        return None, 0

    def _rival(self, finding: Finding, tree: Tree) -> ActorHit | None:
        """Return who else came to a place that is retaken: "IS had seized X. The army entered it. Its liberation …"."""
        key = finding.place.ref.key
        return (self._entrants.get(key) or self._attackers.get(key)) if _reverses(tree, finding.trigger) else None

    def _on_the_move(self, finding: Finding, sides: ActorReader, sentence: int) -> tuple[ActorHit | None, int]:
        """Return who was last told to take ground, there rather than elsewhere, else who set out at first."""
        where = finding.place.ref.resolution
        country = where.country if where is not None else None
        moves = [move for move in reversed(self._moves) if sentence - move.sentence <= _BACK]
        elsewhere = [move for move in moves if country and move.country and move.country != country]
        for move in sorted(moves, key=lambda move: move in elsewhere):
            if sides.discourse.fights_in(move.actor.actor_id or "", country):
                return move.actor, sentence - move.sentence + 1
        setting_out = self._setting_out if finding.frame.frame_id not in _LOSSES else None
        if setting_out is not None and sides.discourse.fights_in(setting_out.actor_id or "", country):
            return setting_out, _BACK
        return None, 0

    @staticmethod
    def _leading(tree: Tree, sides: ActorReader) -> ActorHit | None:
        """Return the side that is the subject of the sentence, unless it only speaks."""
        for token in tree.tokens:
            if (
                not _leads(tree, token.i)
                or not tree.is_verb(token.i)
                or tree.verb_base(token.i) in tree.frames.scope.speech
                or is_left_with(tree, token.i)
                or _helps(tree, token.i)
            ):
                continue
            for head in tree.surface_subjects(token.i):
                hit = sides.actor(head) if sides.is_side(head) else None
                if hit is not None and hit.actor_id is not None and not hit.civil and not tree.is_passive(token.i):
                    return hit
        return None

    def timed(self, finding: Finding, named: Finding, timing: Timing) -> Timing:
        """Remember when a siege was laid; one without a date of its own has that of the siege it belongs to."""
        if named.kind is not Kind.BESIEGES or named.actor is None:
            return timing
        key = named.place.ref.key
        if finding.actor is not None:
            for name in (key, ""):
                self._sieges.setdefault(name, _Siege(named.actor, timing))
            return timing
        known = self._sieges.get(key) or self._sieges.get("")
        return known.timing if known is not None and timing.source not in {"clause", "sentence", "tense"} else timing

    def tried(self, finding: Finding) -> None:
        """Remember who set out to take a place, or failed to: if it is taken by nobody named, it was he."""
        if finding.kind is Kind.GAINS and finding.actor is not None:
            self._attackers[finding.place.ref.key] = finding.actor

    def moved(self, finding: Finding, tree: Tree, sides: ActorReader, *, aside: bool = False) -> None:
        """
        Remember who took or entered a place.

        A move told in the pluperfect lies before the story: whoever made it is the last to be on the move now.

        Parameters
        ----------
        aside
            Whether it was long before what the text tells: "X, which they had overrun in 2000".
        """
        holding = finding.actor if finding.kind in {Kind.HOLDS, Kind.WITHDRAWS, Kind.LOSES} else None
        self._against += [side for side in (finding.counter, holding) if side is not None]
        if finding.kind in {Kind.GAINS, Kind.LOSES}:
            self._last_gain = sides.sentence
        if finding.actor is None:
            return
        if finding.kind is Kind.ENTERS:
            self._entrants[finding.place.ref.key] = finding.actor
        if finding.kind is Kind.GAINS and _begun(tree, finding.governor):
            self._attackers[finding.place.ref.key] = finding.actor
            return
        if finding.kind is Kind.GAINS:
            self._takers[finding.place.ref.key] = finding.actor
        if finding.kind in {Kind.GAINS, Kind.HOLDS} and finding.place.part is None:
            (self._since.add if self._dated else self._since.discard)(finding.place.ref.key)
            self._holders.setdefault(finding.place.ref.key, []).append(finding.actor)
        if finding.kind in {Kind.WITHDRAWS, Kind.LOSES}:
            self._left = finding.actor, sides.sentence
            self._holders.setdefault(finding.place.ref.key, []).insert(0, finding.actor)  # it was theirs before
        if finding.kind is Kind.APPROACHES and finding.actor.actor_id is not None:
            self.sets_out(finding.actor.actor_id, finding.actor.text)
        taken = finding.kind in {Kind.GAINS, Kind.ENTERS} or finding.frame.frame_id == "in-control-of"
        if not taken or aside:
            return
        where = finding.place.ref.resolution
        self.took(finding.actor, finding.governor, tree, sides, where.country if where is not None else None)

    def took(self, taker: ActorHit, verb: int, tree: Tree, sides: ActorReader, country: str | None = None) -> None:
        """
        Remember who took ground and when: what he "had taken" lies before the story, if he has not moved since.

        It is no move at all where it only tells which ground another side goes to: "they reached towns that he had
        taken".
        """
        before = any(tree[k].lower == "had" for k in tree.kids(verb, "aux"))
        at = sides.sentence
        going_on = any(move.actor.actor_id == taker.actor_id and at - move.sentence <= 1 for move in self._moves)
        if before and not going_on and tree[verb].dep == "relcl" and _is_about_another(taker, tree, sides):
            return
        others = [move for move in self._moves if move.actor.actor_id != taker.actor_id]
        move = _Move(taker, at, country)
        self._moves = [move, *others] if before and not going_on else [*others, move]


def _is_about_another(taker: ActorHit, tree: Tree, sides: ActorReader) -> bool:
    """Tell whether another side than the taker is the subject of the sentence."""
    roots = (token.i for token in tree.tokens if token.head == token.i and tree.is_verb(token.i))
    hits = (sides.actor(head) for root in roots for head in tree.surface_subjects(root) if sides.is_side(head))
    return any(hit is not None and hit.actor_id not in {None, taker.actor_id} for hit in hits)


def _leads(tree: Tree, verb: int) -> bool:
    """Tell whether a verb is that of the sentence, or says before a colon what the sentence is about."""
    above = tree[verb].head
    before = tree[verb].dep == "ccomp" and tree[above].head == above > verb
    return above == verb or (before and any(token.text == ":" for token in tree.tokens[verb:above]))


def _won_back(finding: Finding, other: Finding, tree: Tree) -> bool:
    """Tell whether a place is won back, from who took it, later in the sentence."""
    later = other.trigger > finding.trigger and other.place.ref.key == finding.place.ref.key
    both = finding.kind is Kind.GAINS and other.kind is Kind.GAINS and other.place.part == finding.place.part
    back = tree.is_verb(other.trigger) and tree.verb_base(other.trigger) in _WINNING_BACK
    return later and both and back


def _in_one_country(finding: Finding, other: Finding) -> bool:
    """Tell whether two findings may be in one country."""
    places = (finding.place.ref.resolution, other.place.ref.resolution)
    countries = {place.country for place in places if place is not None and place.country is not None}
    return len(countries) < 2


def _teller(finding: Finding, tree: Tree, sides: ActorReader, verbs: frozenset[str]) -> ActorHit | None:
    """Return the side that admits, or tells, what happened."""
    for k in tree.climb(finding.governor):
        if tree.is_verb(k) and tree.verb_base(k) in verbs:
            heads = tree.surface_subjects(k)
            telling = side_of_speaker(tree, sides, heads[0]) if heads else None
            if telling is not None:
                return telling
    return None


def _holder_since(finding: Finding, others: Sequence[Finding], tree: Tree) -> ActorHit | None:
    """Return who is said to hold a place since he took it: "held by A since 2014, when it was retaken from B"."""
    marks = {tree[k].lower for k in tree.kids(finding.trigger, "advmod", "mark")}
    if "when" not in marks or not tree.is_passive(finding.trigger):
        return None
    for other in others:
        same = other.place.ref.key == finding.place.ref.key and other.kind is Kind.HOLDS
        between = {token.lower for token in tree.tokens[other.trigger : finding.trigger]}
        if same and other.actor is not None and "since" in between:
            return other.actor
    return None


def _own_boast(verb: int, tree: Tree, sides: ActorReader) -> ActorHit | None:
    """Return the side that tells what was taken by nobody named: "X was freed from the rebels, the army said"."""
    above = tree[verb].head
    if tree[verb].dep != "ccomp" or not tree.is_verb(above) or tree.verb_base(above) not in tree.frames.scope.speech:
        return None
    heads = tree.surface_subjects(above)
    hit = sides.actor(heads[0]) if heads else None
    if hit is not None and hit.actor_id is not None and not hit.civil:
        return hit
    proclaims = tree.verb_base(above) in _BOASTING
    return sides.statesman(heads[0]) if heads and proclaims else None  # "the president declared X freed from them"


def _admitted(tree: Tree, verb: int) -> bool:
    """Tell whether something is only confirmed: "officials admitted that X was lost"."""
    above = tree[verb].head
    return tree[verb].dep == "ccomp" and tree.is_verb(above) and tree.verb_base(above) in _ADMITTING


def _is_helped(tree: Tree, noun: int) -> bool:
    """Tell whether somebody only helped what others did: "they supported the liberation of X"."""
    verb = tree[noun].head
    return tree[noun].dep == "dobj" and tree.is_verb(verb) and _helps(tree, verb)


def _helps(tree: Tree, verb: int) -> bool:
    return tree[verb].lower.startswith(_HELPING)


def _begun(tree: Tree, verb: int) -> bool:
    """Tell whether a deed is only begun: "began to retake X"."""
    above = tree[verb].head
    return tree[verb].dep == "xcomp" and tree.is_verb(above) and tree.verb_base(above) in {"begin", "start"}


def _retold(tree: Tree, trigger: int) -> bool:
    """Tell whether a clause only goes back to what was told: "after X was captured"."""
    token = tree[trigger]
    marks = {tree[k].lower for k in tree.kids(trigger, "mark", "advmod")}
    back = token.dep == "advcl" and bool(marks & {"after", "since", "when"})
    return back and tree.is_passive(trigger) and not tree.agents(trigger) and not _reverses(tree, trigger)


def _reverses(tree: Tree, trigger: int) -> bool:
    """Tell whether a word of taking says that somebody else held the place: "recaptured", "liberated"."""
    if tree.is_verb(trigger) and not tree.is_passive(trigger):
        return False  # its subject took it, though nobody knows who that is
    return tree[trigger].lower.startswith(("re", "liberat", "free"))
