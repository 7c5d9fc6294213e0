"""
The course of the fighting as the text has told it so far: who moved, who held what, who besieges what.

Only what is told is remembered here; what it tells of sides left unsaid is for those who build on it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tracker.claims.parsing.syntax import Tree
from tracker.claims.roles.filling import Finding
from tracker.claims.roles.sides import ActorHit, ActorReader
from tracker.claims.timing import Timing
from tracker.model import Kind

__all__ = ["BACK", "GOING_ON", "LOSSES", "Course"]

LOSSES = frozenset({"lose", "lose-control"})
GOING_ON = frozenset({"follow", "come-next"})
_STAYING = frozenset({"leave", "remain", "stay", "keep"})  # "remained in control": nobody came
BACK = 3  # sentences over which a side stays on the move


@dataclass(slots=True)
class _Siege:
    actor: ActorHit
    timing: Timing


@dataclass(slots=True)
class _Move:
    actor: ActorHit
    sentence: int
    country: str | None


class Course:
    """Who is on the move, who holds and who besieges what, through one report."""

    def __init__(self) -> None:
        self._dated = False
        self._long_ago = False
        self._won_back: dict[tuple[int, str | None], str] = {}  # who acts, by the trigger in this sentence
        self._sieges: dict[str, _Siege] = {}
        self._besiegers: dict[str, ActorHit] = {}  # who has besieged each place since it was last taken
        self._moves: list[_Move] = []  # the last of each side, oldest first
        self._setting_out: ActorHit | None = None
        self._last_gain = -BACK  # the last sentence that told of one, whoever's it was
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

    def _other_than(self, hit: ActorHit, rival: ActorHit, sides: ActorReader) -> ActorHit:
        """Return a side that can't be its rival: who was last told to stand against it, else the one other side."""
        if hit.actor_id != rival.actor_id:
            return hit
        against = next((one for one in reversed(self._against) if one.actor_id != rival.actor_id), None)
        other = against or self._only_other(rival, sides)
        return replace(hit, actor_id=other.actor_id if other is not None else None)

    def bears_out(self, finding: Finding, sentence: int) -> bool:
        """
        Tell whether what was told before bears out a frame that says too little by itself.

        What follows a capture was captured, too; what is stormed is so by a side that took ground before; who is thrown
        back from a place held it, and nobody leaves unsaid what another holds.
        """
        if finding.frame.frame_id in GOING_ON:
            return sentence - self._last_gain <= 1
        if finding.frame.frame_id == "enter":
            return finding.actor is not None
        if finding.kind is Kind.WITHDRAWS and finding.place.token == finding.trigger:
            return not self._has_it(finding)
        if finding.frame.frame_id == "drive-out" and finding.actor is None and finding.place.sentences_back:
            return not _is_people(finding.counter) or self._holds(finding)
        return finding.frame.frame_id != "beat-back" or self._holds(finding)

    def _has_it(self, finding: Finding) -> bool:
        """Tell whether another side is told to hold, not to have just taken, what somebody is thought to leave."""
        key = finding.place.ref.key
        holders = [held.actor_id for held in self._holders.get(key, [])]
        leaver, taker = finding.actor, self._takers.get(key)
        if leaver is None or not holders or leaver.actor_id in holders:
            return False
        return taker is None or taker.actor_id != holders[-1]

    def _holds(self, finding: Finding) -> bool:
        """Tell whether the other side of a finding is who was last told to hold its place."""
        holders = self._holders.get(finding.place.ref.key, [])
        return bool(holders) and finding.counter is not None and holders[-1].actor_id == finding.counter.actor_id

    @staticmethod
    def _only_other(hit: ActorHit, sides: ActorReader) -> ActorHit | None:
        seen = [actor for actor in (*sides.discourse.seen_actors, *sides.here) if actor.actor_id != hit.actor_id]
        if len({actor.actor_id for actor in seen}) != 1:
            return None
        return replace(hit, actor_id=seen[-1].actor_id, text=seen[-1].text)

    def _on_the_move(self, finding: Finding, sides: ActorReader, sentence: int) -> tuple[ActorHit | None, int]:
        """Return who was last told to take ground, there rather than elsewhere, else who set out at first."""
        country = finding.place.ref.country
        moves = [move for move in reversed(self._moves) if sentence - move.sentence <= BACK]
        elsewhere = [move for move in moves if country and move.country and move.country != country]
        for move in sorted(moves, key=lambda move: move in elsewhere):
            there = move.country is not None and move.country == country  # whatever the files say of where it fights
            if there or sides.discourse.fights_in(move.actor.actor_id or "", country):
                return move.actor, sentence - move.sentence + 1
        setting_out = self._setting_out if finding.frame.frame_id not in LOSSES else None
        if setting_out is not None and sides.discourse.fights_in(setting_out.actor_id or "", country):
            return setting_out, BACK
        return None, 0

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
        if finding.kind is Kind.BESIEGES:
            self._besiegers[finding.place.ref.key] = finding.actor
        if finding.kind is Kind.GAINS:
            self._takers[finding.place.ref.key] = finding.actor
            self._besiegers.pop(finding.place.ref.key, None)
        if finding.kind in {Kind.GAINS, Kind.HOLDS} and finding.place.part is None:
            (self._since.add if self._dated else self._since.discard)(finding.place.ref.key)
            self._holders.setdefault(finding.place.ref.key, []).append(finding.actor)
        if finding.kind in {Kind.WITHDRAWS, Kind.LOSES}:
            self._left = finding.actor, sides.sentence
            self._holders.setdefault(finding.place.ref.key, []).insert(0, finding.actor)  # it was theirs before
        if finding.kind is Kind.APPROACHES and finding.actor.actor_id is not None:
            self.sets_out(finding.actor.actor_id, finding.actor.text)
        comes = finding.frame.frame_id == "in-control-of" and tree.verb_base(finding.governor) not in _STAYING
        taken = finding.kind in {Kind.GAINS, Kind.ENTERS} or comes
        if not taken or aside:
            return
        self.took(finding.actor, finding.governor, tree, sides, finding.place.ref.country)

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


def _is_people(hit: ActorHit | None) -> bool:
    """Tell whether a side is named by its people alone, who may live there: "Dolnans were expelled"."""
    return hit is not None and hit.sentences_back is None and hit.text[:1].isupper() and " " not in hit.text


def _is_about_another(taker: ActorHit, tree: Tree, sides: ActorReader) -> bool:
    """Tell whether another side than the taker is the subject of the sentence."""
    roots = (token.i for token in tree.tokens if token.head == token.i and tree.is_verb(token.i))
    hits = (sides.actor(head) for root in roots for head in tree.surface_subjects(root) if sides.is_side(head))
    return any(hit is not None and hit.actor_id not in {None, taker.actor_id} for hit in hits)


def _begun(tree: Tree, verb: int) -> bool:
    """Tell whether a deed is only begun: "began to retake X"."""
    above = tree[verb].head
    return tree[verb].dep == "xcomp" and tree.is_verb(above) and tree.verb_base(above) in {"begin", "start"}
